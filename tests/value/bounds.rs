//! Every value at, below and above its limits: what it takes, what it refuses, and in which words.

use cashflows_codec::InvalidValue;
use cashflows_codec::remote_auth::{request::*, *};
use cashflows_codec::value::*;
use proptest::prelude::*;

/// Checks that every text of `good` is taken and given back by all three constructors, and that
/// every text of `bad` is refused by all three with the words beside it.
fn check<T>(show: fn(&T) -> String, good: &[&str], bad: &[(&str, &str)])
where
    T: for<'t> TryFrom<&'t str, Error = InvalidValue>
        + TryFrom<String, Error = InvalidValue>
        + core::str::FromStr<Err = InvalidValue>
        + PartialEq
        + core::fmt::Debug,
{
    for &text in good {
        let value = T::try_from(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(show(&value), text);
        assert_eq!(T::try_from(text.to_owned()).as_ref(), Ok(&value));
        assert_eq!(text.parse().as_ref(), Ok(&value));
    }
    for &(text, words) in bad {
        for refused in [T::try_from(text), T::try_from(text.to_owned()), text.parse()] {
            let error = refused.expect_err(text);
            assert_eq!(error.to_string(), words, "{text:?}");
            assert_eq!(words, format!("{} {}", error.name(), error.rule()));
        }
    }
}

/// Text of `length` characters.
fn long(character: &str, length: usize) -> String {
    character.repeat(length)
}

#[test]
fn account() {
    let digits = "profile id must be 1 to 20 digits";
    check::<ProfileId>(
        ProfileId::to_string,
        &["1", "0073", &long("9", 20)],
        &[("", digits), (&long("9", 21), digits), ("12a", digits), ("١٢", digits)],
    );
    check::<Password>(
        |password| password.secret_str().to_owned(),
        &["x", " +&=%|\r\n\0é", &long("é", 256)],
        &[("", "password must not be empty"), (&long("é", 257), "password must have at most 256 characters")],
    );
}

#[test]
fn card() {
    let number = "card number must be 12 to 19 digits";
    check::<CardNumber>(
        |number| number.secret_str().to_owned(),
        &[&long("4", 12), &long("4", 19)],
        &[
            ("", number),
            (&long("4", 11), number),
            (&long("4", 20), number),
            ("4000 0000 0000 0002", number),
            ("4000-0000-0000-0002", number),
            ("４０００００００００００", number),
        ],
    );
    let number: CardNumber = "4000000000000002".parse().unwrap();
    assert_eq!(format!("{number} {number:?}"), "400000******0002 CardNumber(400000******0002)");
    check::<CardToken>(
        |token| token.secret_str().to_owned(),
        &["1", "1000000000030419", &long("~", 50)],
        &[
            ("", "card token must not be empty"),
            (&long("x", 51), "card token must have at most 50 characters"),
            ("a b", "card token must be visible ASCII characters without |"),
            ("a|b", "card token must be visible ASCII characters without |"),
            ("é", "card token must be visible ASCII characters without |"),
        ],
    );
    let cvv = "card security code must be 3 to 4 digits";
    check::<Cvv>(
        |cvv| cvv.secret_str().to_owned(),
        &["000", "1234"],
        &[("", cvv), ("12", cvv), ("12345", cvv), ("12a", cvv), ("+12", cvv)],
    );
    let expiry = "card expiry must be MMYY with a month of 01 to 12";
    check::<Expiry>(
        Expiry::to_string,
        &["0100", "1299", "0930"],
        &[
            ("", expiry),
            ("0021", expiry),
            ("1321", expiry),
            ("121", expiry),
            ("12211", expiry),
            ("12/1", expiry),
            ("+121", expiry),
            ("1é1", expiry),
        ],
    );
    let start = "card start date must be MMYY with a month of 01 to 12";
    check::<StartDate>(StartDate::to_string, &["0100", "1299"], &[("0021", start), ("1321", start)]);
    let issue = "card issue number must be 1 to 2 digits";
    check::<IssueNumber>(
        IssueNumber::to_string,
        &["0", "01", "99"],
        &[("", issue), ("100", issue), ("a", issue)],
    );
    check::<PaymentAccountReference>(
        PaymentAccountReference::to_string,
        &["P", &long("P", 64)],
        &[
            ("", "payment account reference must not be empty"),
            (&long("P", 65), "payment account reference must have at most 64 characters"),
            ("\t", "payment account reference must not contain control characters"),
        ],
    );
}

#[test]
fn a_card_expires_after_its_month() {
    let expiry: Expiry = "0226".parse().unwrap();
    for (year, month, past) in [
        (2025, 12, false),
        (2026, 1, false),
        (2026, 2, false),
        (2026, 3, true),
        (2027, 1, true),
        (2027, 2, true),
    ] {
        assert_eq!(expiry.is_past(year, month), past, "{year}-{month}");
    }
}

#[test]
fn the_documented_test_cards() {
    let passing = [
        "4510400400099005",
        "4510500400099002",
        "4510800400099006",
        "4000000000000002",
        "8400182600000009",
        "8400682600000008",
        "8400682600011005",
        "5400200400099009",
        "5400300400099007",
        "8500582600000009",
        "5400100400099001",
        "8500182600000008",
        "340000000000009",
    ];
    for number in passing {
        let card: CardNumber = number.parse().unwrap();
        assert!(card.passes_luhn(), "{number}");
    }
}

#[test]
fn money() {
    let format = "amount must be digits with exactly two decimals and nothing else, such as 24.99";
    check::<Amount>(
        Amount::to_string,
        &["0.00", "0.01", "9.99", "10.00", "184467440737095516.15"],
        &[
            ("184467440737095516.16", "amount is too large an amount"),
            ("999999999999999999999.99", "amount is too large an amount"),
            ("", format),
            (".", format),
            ("1", format),
            ("1.", format),
            ("1.0", format),
            ("1.000", format),
            (".00", format),
            ("-1.00", format),
            ("+1.00", format),
            ("£1.00", format),
            ("1,00", format),
            ("1,000.00", format),
            ("1.0.00", format),
            ("01.00", format),
            (" 1.00", format),
            ("1.00 ", format),
            ("1e2.00", format),
            ("1.0a", format),
            ("١.٠٠", format),
        ],
    );
    let currency = "currency must be an ISO 4217 currency code, such as GBP";
    check::<Currency>(
        Currency::to_string,
        &["GBP", "EUR", "USD", "JPY"],
        &[
            ("", currency),
            ("gbp", currency),
            ("GB", currency),
            ("GBPP", currency),
            ("QQQ", currency),
            ("826", currency),
        ],
    );
    let money = Money::new(Amount::from_hundredths(24_99), Currency::EUR);
    assert_eq!(money.to_string(), "24.99 EUR");
    assert_eq!(format!("{:?}", Currency::EUR), "Currency(EUR)");
}

#[test]
fn customer() {
    fn name_rules<T>(show: fn(&T) -> String, name: &str, max: usize)
    where
        T: for<'t> TryFrom<&'t str, Error = InvalidValue>
            + TryFrom<String, Error = InvalidValue>
            + core::str::FromStr<Err = InvalidValue>
            + PartialEq
            + core::fmt::Debug,
    {
        let control = format!("{name} must not contain control characters");
        check::<T>(
            show,
            &["x", "Zoë's & Co 🎈", &long("é", max)],
            &[
                ("", &format!("{name} must not be empty")),
                (&long("é", max + 1), &format!("{name} must have at most {max} characters")),
                ("a\nb", &control),
                ("a\rb", &control),
                ("a\tb", &control),
                ("a\0b", &control),
                ("a\u{85}b", &control),
            ],
        );
    }
    name_rules::<CustomerName>(|name| name.as_str().to_owned(), "customer name", 255);
    name_rules::<Postcode>(|postcode| postcode.as_str().to_owned(), "postcode", 32);
    name_rules::<Telephone>(|number| number.as_str().to_owned(), "telephone number", 64);
    name_rules::<Description>(Description::to_string, "description", 99);
    name_rules::<Descriptor>(Descriptor::to_string, "descriptor", 12);
    name_rules::<MerchantReference>(MerchantReference::to_string, "reference", 255);

    let control = "address must not contain control characters";
    check::<Address>(
        |address| address.as_str().to_owned(),
        &["My house\nMy street", "\n", &long("x", 1_024)],
        &[
            ("", "address must not be empty"),
            (&long("x", 1_025), "address must have at most 1024 characters"),
            ("a\r\nb", control),
            ("a\tb", control),
        ],
    );
    let ip = "IP address must be an IPv4 address, such as 192.0.2.1";
    check::<IpAddress>(
        |address| address.as_str().to_owned(),
        &["0.0.0.0", "192.0.2.1", "255.255.255.255"],
        &[
            ("", ip),
            ("192.0.2", ip),
            ("192.0.2.256", ip),
            ("192.0.2.01", ip),
            ("192.0.2.1 ", ip),
            ("2001:db8::1", ip),
            ("192.0.2.1:80", ip),
        ],
    );
    assert_eq!(IpAddress::from([255, 0, 2, 10]), "255.0.2.10".parse().unwrap());
    assert_eq!(IpAddress::from(core::net::Ipv4Addr::LOCALHOST).as_str(), "127.0.0.1");
    let email = "e-mail address must be an e-mail address";
    check::<Email>(
        |email| email.as_str().to_owned(),
        &["test@test.com", "a@b", "\"a@b\"@c"],
        &[
            ("", "e-mail address must not be empty"),
            ("test", email),
            ("@test.com", email),
            ("test@", email),
            ("a b@c", email),
            ("a@b c", email),
            (&format!("{}@b", long("a", 253)), "e-mail address must have at most 254 characters"),
        ],
    );
    let country = "country must be an ISO 3166-1 alpha-2 country code, such as GB";
    check::<Country>(
        Country::to_string,
        &["GB", "SS", "FR"],
        &[("", country), ("gb", country), ("UK", country), ("GBR", country), ("G", country), ("ZZ", country)],
    );
}

#[test]
fn identifiers() {
    let id = "transaction id must be ASCII letters and digits only";
    check::<TransactionId>(
        TransactionId::to_string,
        &["1", "01S0135FD47", "01S0001234", "99E5D84B40F", &long("a", 32)],
        &[
            ("", "transaction id must not be empty"),
            (&long("a", 33), "transaction id must have at most 32 characters"),
            ("01S-135", id),
            ("01S 135", id),
            ("é", id),
        ],
    );
    check::<OriginalId>(
        OriginalId::to_string,
        &["01S0001234", "99S0001234"],
        &[
            ("", "original transaction id must not be empty"),
            ("99E5D84B40F", "original transaction id names no transaction"),
            ("01S|", "original transaction id must be ASCII letters and digits only"),
        ],
    );
    let arn = "acquirer reference number must be 23 digits";
    check::<Arn>(
        Arn::to_string,
        &["74698692333601146452212"],
        &[("", arn), (&long("7", 22), arn), (&long("7", 24), arn), ("7469869233360114645221a", arn)],
    );
    check::<SchemeTransactionId>(
        SchemeTransactionId::to_string,
        &["MCC6830070529", "123456789012345", &long("9", 32)],
        &[
            ("", "scheme transaction id must not be empty"),
            (&long("9", 33), "scheme transaction id must have at most 32 characters"),
            ("MCC-1", "scheme transaction id must be ASCII letters and digits only"),
        ],
    );
    let code = "authorisation code must not contain | or control characters";
    check::<AuthorisationCode>(
        AuthorisationCode::to_string,
        &["031971", "AUTHOK", "116", "--", &long("x", 32)],
        &[
            ("", "authorisation code must not be empty"),
            (&long("x", 33), "authorisation code must have at most 32 characters"),
            ("a|b", code),
            ("-", "authorisation code is listed and has a name of its own"),
        ],
    );
    let mpg = "merchant payment gateway id must be 11 digits";
    check::<MpgId>(
        MpgId::to_string,
        &["12345678901"],
        &[("", mpg), ("1234567890", mpg), ("123456789012", mpg), ("1234567890a", mpg)],
    );
    check::<CreditReference>(
        CreditReference::to_string,
        &["win-1", &long("é", 255)],
        &[
            ("", "reference must not be empty"),
            ("a:b", "reference must not contain a colon"),
            (&long("é", 256), "reference must have at most 255 characters"),
        ],
    );
}

#[test]
fn a_transaction_id_tells_its_kind() {
    for (id, kind, names) in [
        ("01S0135FD47", Some('S'), true),
        ("01V0135F755", Some('V'), true),
        ("01R0135F71B", Some('R'), true),
        ("05P00001724", Some('P'), true),
        ("01S0001234", Some('S'), true),
        ("01X0001234", Some('X'), true),
        ("99E5D84B40F", Some('E'), false),
        ("99S5D84B40F", Some('S'), true),
        ("S01", None, true),
        ("012", None, true),
        ("001", None, true),
        ("NULL1", None, true),
        ("99e5D84B40F", Some('e'), false),
        ("0", None, false),
        ("00000000000", None, false),
        ("null", None, false),
        ("NULL", None, false),
        ("Nil", None, false),
        ("none", None, false),
        ("undefined", None, false),
        ("NaN", None, false),
        ("NA", None, false),
    ] {
        let id: TransactionId = id.parse().unwrap();
        assert_eq!(id.kind().map(TransactionKind::letter), kind, "{id}");
        assert_eq!(id.names_a_transaction(), names, "{id}");
        assert_eq!(OriginalId::try_from(id).is_ok(), names, "{id}");
    }
    let original: OriginalId = "01S0135FD47".parse().unwrap();
    assert_eq!(
        (original.as_ref(), format!("{original:?}")),
        ("01S0135FD47", "OriginalId(\"01S0135FD47\")".into())
    );
}

#[test]
fn three_d_secure() {
    let version = "3-D Secure version must be a 3-D Secure version, such as 2.1.0";
    check::<ThreeDsVersion1>(
        ThreeDsVersion1::to_string,
        &["1.0.2", "01.0.0"],
        &[
            ("", version),
            ("2.1.0", version),
            ("1.0", version),
            ("1.0.2.3", version),
            ("1..2", version),
            ("1.0.x", version),
            ("1.0.123", version),
        ],
    );
    let second = "3-D Secure version must be a version of 3-D Secure 2, such as 2.1.0";
    check::<ThreeDsVersion2>(
        ThreeDsVersion2::to_string,
        &["2.1.0", "2.2.0", "2.3.1", "3.0.0"],
        &[
            ("", second),
            ("1.0.2", second),
            ("2.1", second),
            ("2", second),
            ("0.1.0", second),
            ("2.1.0 ", second),
        ],
    );
    let eci = "electronic commerce indicator must be one of: 0, 1, 2, 5, 6, 7, 05, 06, 07";
    check::<Eci>(
        Eci::to_string,
        &["0", "1", "2", "5", "6", "7", "05", "06", "07"],
        &[("", eci), ("3", eci), ("00", eci), ("02", eci), ("005", eci), ("8", eci)],
    );
    let length = "CAVV must have 20 or 28 characters";
    check::<Cavv>(
        |cavv| cavv.secret_str().to_owned(),
        &["AAABCAAhIXdRcEdRVyEhAAAAAAA=", &long("x", 20)],
        &[
            ("", length),
            (&long("x", 19), length),
            (&long("x", 21), length),
            (&long("x", 27), length),
            (&long("x", 29), length),
            ("AAABCAAhIXdRcEdRVyEhAAAAAA =", "CAVV must be visible ASCII characters without |"),
        ],
    );
    let id = "directory server transaction id must be a UUID of 36 characters, or 20 visible ASCII characters for American Express";
    check::<DsTransactionId>(
        DsTransactionId::to_string,
        &["c5b808e7-1de1-4069-a17b-f70d3b3b1645", &long("x", 20)],
        &[
            ("", id),
            (&long("x", 36), id),
            ("c5b808e71de14069a17bf70d3b3b1645", id),
            (&long("x", 19), id),
            (&long("x", 21), id),
            ("c5b808e7-1de1-4069-a17b-f70d3b3b164g", id),
            (&long(" ", 20), id),
        ],
    );
    check::<Xid>(
        Xid::to_string,
        &["AgABBAACAAYABwAGAgQCAQgry0E="],
        &[
            (&long("x", 27), "XID must have at least 28 characters"),
            (&long("x", 29), "XID must have at most 28 characters"),
            (&long(" ", 28), "XID must be visible ASCII characters without |"),
        ],
    );
}

#[test]
fn an_indicator_has_a_meaning() {
    for (eci, meaning) in [
        ("5", Authentication::Full),
        ("2", Authentication::Full),
        ("05", Authentication::Full),
        ("6", Authentication::Attempted),
        ("1", Authentication::Attempted),
        ("06", Authentication::Attempted),
        ("7", Authentication::None),
        ("0", Authentication::None),
        ("07", Authentication::None),
    ] {
        assert_eq!(eci.parse::<Eci>().unwrap().meaning(), meaning, "{eci}");
    }
}

#[test]
fn words() {
    let recurrence = "recurrence must be one of: sing, subs, inst, unsc, card";
    check::<Recurrence>(
        Recurrence::to_string,
        &["sing", "subs", "inst", "unsc", "card"],
        &[("", recurrence), ("Sing", recurrence)],
    );
    check::<SaleExemption>(
        SaleExemption::to_string,
        &["lowvalue", "lowrisk"],
        &[("LowValue", "exemption must be one of: lowvalue, lowrisk")],
    );
    check::<ContinuousExemption>(
        ContinuousExemption::to_string,
        &["Recurring", "MerchantInitiated"],
        &[("recurring", "exemption must be one of: Recurring, MerchantInitiated")],
    );
    let wallet = "wallet must be one of: applepay, googlepay, samsungpay, other";
    check::<WalletKind>(
        WalletKind::to_string,
        &["applepay", "googlepay", "samsungpay", "other"],
        &[("ApplePay", wallet)],
    );
    let retry = "retry number must be 1 to 3 digits";
    let out_of_range = "retry number must be a number of 0 to 255";
    check::<RetryNumber>(
        RetryNumber::to_string,
        &["0", "1", "255"],
        &[("", retry), ("-1", retry), ("1000", retry), ("x", retry), ("256", out_of_range)],
    );
}

#[test]
fn tokens_and_secrets() {
    let hexadecimal = "TAVV must be hexadecimal digits, two for each byte";
    check::<Tavv>(
        |tavv| tavv.secret_str().to_owned(),
        &["0a", "FF", &long("aF", 64)],
        &[
            ("", "TAVV must not be empty"),
            ("0", hexadecimal),
            ("0g", hexadecimal),
            ("abc", hexadecimal),
            (&long("a", 129), "TAVV must have at most 128 characters"),
        ],
    );
    check::<Cryptogram>(
        |cryptogram| cryptogram.secret_str().to_owned(),
        &["x", &long("x", 128)],
        &[
            ("", "cryptogram must not be empty"),
            (&long("x", 129), "cryptogram must have at most 128 characters"),
            ("a b", "cryptogram must be visible ASCII characters without |"),
        ],
    );
    check::<DigestSecret>(
        |secret| secret.secret_str().to_owned(),
        &["x", "Zoë's", "a:b", &long("é", 256)],
        &[
            ("", "credit digest secret must not be empty"),
            (&long("é", 257), "credit digest secret must have at most 256 characters"),
        ],
    );
    let sha = "credit digest must be 64 hexadecimal digits in lower case";
    check::<SecurityHash>(
        SecurityHash::to_string,
        &[&long("0f", 32)],
        &[
            ("", sha),
            (&long("0f", 31), sha),
            (&long("0f", 33), sha),
            (&long("0F", 32), sha),
            (&long("0g", 32), sha),
        ],
    );
}

#[test]
fn recipient() {
    let date = "date of birth must be a calendar date as YYYYMMDD";
    check::<DateOfBirth>(
        |date| date.as_str().to_owned(),
        &["19700131", "20000229", "19960229", "19990228", "19991231", "19700430"],
        &[
            ("", date),
            ("1970013", date),
            ("197001311", date),
            ("19700132", date),
            ("19700431", date),
            ("19000229", date),
            ("19990229", date),
            ("19701301", date),
            ("19700001", date),
            ("19700100", date),
            ("1970-1-1", date),
        ],
    );
    check::<RecipientSurname>(
        |surname| surname.as_str().to_owned(),
        &["Ng", "O-Neil", "Łukasz", &long("x", 64)],
        &[
            ("", "recipient surname must have at least 2 characters"),
            ("X", "recipient surname must have at least 2 characters"),
            (&long("x", 65), "recipient surname must have at most 64 characters"),
            ("O Neil", "recipient surname must be letters and - only"),
            ("R2D2", "recipient surname must be letters and - only"),
        ],
    );
    check::<RecipientPostcode>(
        |postcode| postcode.as_str().to_owned(),
        &["AB", "CB22 5LD", &long("9", 16)],
        &[
            ("A", "recipient postcode must have at least 2 characters"),
            (&long("9", 17), "recipient postcode must have at most 16 characters"),
            ("CB22-5LD", "recipient postcode must be letters, digits and spaces only"),
        ],
    );
    let full = "recipient account number must not be a full card number";
    check::<RecipientAccount>(
        |account| account.as_str().to_owned(),
        &["1", "4510409005", "20-00-00/12345678", "5400200400099008", &long("x", 32)],
        &[
            ("", "recipient account number must not be empty"),
            (&long("x", 33), "recipient account number must have at most 32 characters"),
            ("a b", "recipient account number must be ASCII letters, digits, / and - only"),
            ("4510400400099005", full),
            ("4510-4004-0009-9005", full),
            ("340000000000009", full),
        ],
    );
}

proptest! {
    #[test]
    fn amounts_keep_every_hundredth(hundredths: u64) {
        let amount = Amount::from_hundredths(hundredths);
        prop_assert_eq!(amount.to_string().parse::<Amount>(), Ok(amount));
        prop_assert_eq!(amount.hundredths(), hundredths);
    }

    #[test]
    fn one_wrong_digit_fails_the_luhn_check(digits in "[0-9]{11,18}", place in 0_usize..11, add in 1_u8..10) {
        let number: CardNumber = (0..10).map(|check| format!("{digits}{check}"))
            .map(|number| CardNumber::try_from(number).unwrap())
            .find(CardNumber::passes_luhn)
            .unwrap();
        let mut wrong = number.secret_str().as_bytes().to_vec();
        wrong[place] = b'0' + (wrong[place] - b'0' + add) % 10;
        let wrong = CardNumber::try_from(core::str::from_utf8(&wrong).unwrap()).unwrap();
        prop_assert!(!wrong.passes_luhn());
    }
}

/// A result that is made is complete, and has the lengths of its scheme (RA-044 to RA-051).
#[test]
fn a_result_of_three_ds_is_complete_when_it_is_made() {
    const CAVV: &str = "AAABCAAhIXdRcEdRVyEhAAAAAAA=";
    const UUID: &str = "c5b808e7-1de1-4069-a17b-f70d3b3b1645";
    const TWENTY: &str = "AAABBZEEBQAAAAAAAAAA";
    let made = |result: Result<ThreeDs, InvalidValue>| {
        result.map(|made| made.authentication()).map_err(|error| error.to_string())
    };
    let version = || "2.2.0".parse::<ThreeDsVersion2>().unwrap();
    let v2 = |eci: Eci, cavv: &str, id: &str| {
        let full = FullThreeDs::new(version(), eci, cavv.parse().unwrap(), id.parse().unwrap());
        let result = ThreeDs::v2(version(), eci, cavv.parse().unwrap(), id.parse().unwrap());
        assert_eq!(full.map(ThreeDs::from), result);
        made(result)
    };
    let full = Ok(Some(Authentication::Full));
    let error = |text: &str| Err(text.to_owned());
    for (eci, cavv, id, expected) in [
        (Eci::VisaFull, CAVV, UUID, full.clone()),
        (Eci::MastercardFull, CAVV, UUID, full.clone()),
        (Eci::MastercardAttempted, CAVV, UUID, Ok(Some(Authentication::Attempted))),
        (Eci::VisaNone, CAVV, UUID, Ok(Some(Authentication::None))),
        (Eci::AmexFull, TWENTY, TWENTY, full),
        (Eci::VisaFull, TWENTY, UUID, error("CAVV must have 28 characters with an ECI of one digit")),
        (
            Eci::MastercardNone,
            CAVV,
            TWENTY,
            error("directory server transaction id must have 36 characters with an ECI of one digit"),
        ),
        (Eci::AmexFull, CAVV, UUID, error("CAVV must have 20 characters with an ECI of two digits")),
        (
            Eci::AmexAttempted,
            TWENTY,
            UUID,
            error("directory server transaction id must have 20 characters with an ECI of two digits"),
        ),
    ] {
        assert_eq!(v2(eci, cavv, id), expected, "{eci} {cavv} {id}");
    }
    for eci in Eci::ALL.iter().copied() {
        let none = made(ThreeDs::not_authenticated(eci));
        let id = if eci.as_str().len() == 1 { UUID } else { TWENTY };
        assert_eq!(none, made(ThreeDs::v2_not_authenticated(version(), eci, id.parse().unwrap())));
        if eci.meaning() == Authentication::None {
            assert_eq!(none, Ok(Some(Authentication::None)), "{eci}");
        } else {
            assert_eq!(none, error("electronic commerce indicator must be one of: 0, 7, 07"), "{eci}");
        }
        let cavv = if eci.as_str().len() == 1 { CAVV } else { TWENTY };
        assert_eq!(made(ThreeDs::v1(eci, cavv.parse().unwrap())), Ok(Some(eci.meaning())), "{eci}");
    }
    let first = ThreeDs::v1(Eci::VisaFull, CAVV.parse().unwrap()).unwrap();
    assert_eq!(first.version(), None);
    let first = first.with_version1("1.0.2".parse().unwrap()).with_xid(CAVV.parse().unwrap());
    assert_eq!((first.version(), first.xid().map(Xid::as_str)), (Some("1.0.2"), Some(CAVV)));
    let second = ThreeDs::v2(version(), Eci::VisaFull, CAVV.parse().unwrap(), UUID.parse().unwrap()).unwrap();
    assert_eq!(second.with_version1("1.0.2".parse().unwrap()).version(), Some("2.2.0"));
}
