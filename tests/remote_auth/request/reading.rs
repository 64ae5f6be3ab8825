//! Bodies as other parties write them: forms, flags, names, limits.

use cashflows_codec::remote_auth::OperationKind::{Continuous, Credit, Sale, Verify, Void};
use cashflows_codec::remote_auth::request::RequestError;
use cashflows_codec::remote_auth::{Limits, Request};

use super::{CAVV, UUID, errors};
use crate::support::bodies::{bent, smallest};

/// A malformed value without effect is a finding, and the request is read without it.
#[test]
fn decode_reports_malformed_values_without_effect() {
    let unbent = Request::decode(&smallest(Sale).encode()).unwrap();
    let flags = "must be one of: true, false, 1, 0";
    for (changes, finding) in [
        ("return_token=yes", format!("return_token {flags}")),
        ("return_scheme_transaction_id=2", format!("return_scheme_transaction_id {flags}")),
        (
            &format!("card_payment_account_reference={}", "x".repeat(65)),
            "card_payment_account_reference must have at most 64 characters".to_owned(),
        ),
        ("acs_xid=1", "acs_xid must have at least 28 characters".to_owned()),
        (
            "acs_xid=c5b808e7-1de1-4069-a17b-f70d3b3b1645",
            "acs_xid must have at most 28 characters".to_owned(),
        ),
    ] {
        let decoded = Request::decode(&bent(Sale, changes)).unwrap();
        let found: Vec<String> = decoded.findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, [finding.as_str()], "{changes}");
        let [found] = &decoded.findings[..] else { panic!("{changes}") };
        assert_eq!(format!("{} {}", found.at, found.rule), finding);
        assert_eq!(decoded.request, unbent.request, "{changes}");
    }
    // A malformed value that has an effect is an error.
    for changes in ["ewallet=yes", "network_token=2", "using_stored_credentials=x", "retry_number=one"] {
        assert_eq!(errors(&bent(Sale, changes)).len(), 1, "{changes}");
    }
}

/// Text that decides nothing is kept as it came, with a finding. Writing one is refused.
#[test]
fn decode_keeps_text_with_control_characters() {
    use cashflows_codec::remote_auth::request::Description;
    use cashflows_codec::value::{Address, CustomerName, Postcode, Telephone};

    let control = "must not contain control characters";
    let marks = [
        "\0", "\t", "\n", "\u{7f}", "\u{85}", "\u{61c}", "\u{200e}", "\u{200f}", "\u{2028}", "\u{202e}",
        "\u{2066}",
    ];
    for name in ["cust_name", "cust_address", "cust_postcode", "cust_tel", "tran_desc", "descriptor"] {
        for mark in marks {
            if name == "cust_address" && matches!(mark, "\t" | "\n") {
                continue;
            }
            let sent = format!("L{mark}S");
            let decoded = Request::decode(&smallest(Sale).with(name, &sent).encode()).unwrap();
            let found: Vec<String> = decoded.findings.iter().map(ToString::to_string).collect();
            assert_eq!(found, [format!("{name} {control}")], "{mark:?}");
            assert!(decoded.findings[0].is_kept(), "{name} {mark:?}");
            let body = decoded.request.encode(&decoded.credentials);
            let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body.as_bytes()).unwrap();
            assert!(pairs.contains(&(name.to_owned(), sent)), "{name} {mark:?}");
        }
    }
    for (name, max) in [("cust_name", 255), ("cust_address", 1_024), ("cust_postcode", 32), ("cust_tel", 64)]
    {
        let decoded = Request::decode(&smallest(Sale).with(name, &"x".repeat(max + 1)).encode()).unwrap();
        let found: Vec<String> = decoded.findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, [format!("{name} must have at most {max} characters")]);
    }
    // A reference decides.
    assert_eq!(errors(&smallest(Sale).with("tran_ref", "a\0").encode()), [format!("V10 tran_ref {control}")]);
    let decoded = Request::decode(&smallest(Sale).with("tran_ref", "a\u{202e}").encode()).unwrap();
    assert_eq!(decoded.findings[0].to_string(), format!("tran_ref {control}"));
    assert_eq!(decoded.request.reference(), Some("a\u{202e}"));

    assert!("L\0".parse::<CustomerName>().is_err() && "L\0".parse::<Address>().is_err());
    assert!("L\0".parse::<Postcode>().is_err() && "L\0".parse::<Telephone>().is_err());
    assert!("L\0".parse::<Description>().is_err());
}

/// A reference that names nothing is malformed, and not left out: an original that is not there would be another
/// request.
#[test]
fn decode_refuses_ids_that_name_nothing() {
    use cashflows_codec::remote_auth::OperationKind::Refund;
    use cashflows_codec::value::{OriginalId, SchemeTransactionId};
    let nothing = ["null", "NULL", "0", "00000000000", "undefined", "none", "nil"];
    for id in nothing.into_iter().chain(["99e00000001", "99E00000001"]) {
        for operation in [Void, Refund, Credit, Continuous] {
            let body = bent(operation, &format!("tran_orig_id={id}"));
            assert_eq!(errors(&body), ["V16 tran_orig_id names no transaction"], "{operation} {id}");
        }
        let error = id.parse::<OriginalId>().unwrap_err();
        assert_eq!(error.to_string(), "original transaction id names no transaction");
    }
    for id in nothing {
        let body = bent(Continuous, &format!("-tran_orig_id scheme_transaction_id={id}"));
        assert_eq!(errors(&body), ["--- scheme_transaction_id names no transaction"], "{id}");
        let error = id.parse::<SchemeTransactionId>().unwrap_err();
        assert_eq!(error.to_string(), "scheme transaction id names no transaction");
    }
}

/// The rows: an operation, a parameter, its value in the body, and its value when it is written again.
#[test]
fn decode_reads_easily_and_encode_writes_strictly() {
    let upper = "E5446EA59340D867AF9FED6BA92F267E17D0119C7D972D7D84C0AB31EE4B1708";
    let lower = upper.to_lowercase();
    for (operation, name, sent, written) in [
        (Sale, "cust_address", "a\r\nb", "a%0Ab"),
        (Sale, "cust_address", "a\rb", "a%0Ab"),
        (Sale, "cust_address", "a\n\rb\r\n", "a%0A%0Ab%0A"),
        (Sale, "cust_address", "a\tb", "a+b"),
        (Sale, "tran_currency", "gbp", "GBP"),
        (Sale, "tran_currency", "Eur", "EUR"),
        (Verify, "cust_country", "gb", "GB"),
        (Sale, "cust_ip", "::ffff:192.0.2.7", "192.0.2.7"),
        (Sale, "cust_ip", "::FFFF:c000:207", "192.0.2.7"),
        (Sale, "cust_ip", " 192.0.2.7 ", "192.0.2.7"),
        (Sale, "cust_country", "gb ", "GB"),
        (Sale, "cust_email", " a@b.test ", "a%40b.test"),
        (Sale, "SCA_exemption_indicator", "LowValue", "lowvalue"),
        (Verify, "SCA_exemption_indicator", "MERCHANTINITIATED", "MerchantInitiated"),
        (Continuous, "SCA_exemption_indicator", "recurring", "Recurring"),
        (Sale, "tran_recurrence", "SING", "sing"),
        (Credit, "security_hash", upper, &lower),
        (Credit, "retry_number", "01", "1"),
        (Sale, "acs_eci", "00", "0"),
        (Sale, "acs_eci", "07", "07"),
    ] {
        let decoded = Request::decode(&smallest(operation).with(name, sent).encode());
        let decoded = decoded.unwrap_or_else(|error| panic!("{name} {sent}: {error}"));
        let body = decoded.request.encode(&decoded.credentials);
        let body = core::str::from_utf8(body.as_bytes()).unwrap();
        assert!(body.split('&').any(|pair| pair == format!("{name}={written}")), "{name} {sent}: {body}");
    }
    for (name, refused) in [
        ("tran_currency", "gbpx"),
        ("tran_currency", "£££"),
        ("cust_country", "xx"),
        ("cust_ip", "::1"),
        ("cust_ip", "::192.0.2.7"),
        ("SCA_exemption_indicator", "low"),
        ("tran_recurrence", "SINGLE"),
    ] {
        assert_eq!(errors(&smallest(Sale).with(name, refused).encode()).len(), 1, "{name} {refused}");
    }
}

/// The prose of the pages has other names for some parameters than their tables (RA-021, RA-077).
#[test]
fn decode_reads_other_names() {
    for (name, other) in
        [("tran_type", "trans_type"), ("tran_amount", "trans_amount"), ("tran_desc", "trans_desc")]
    {
        let plain = smallest(Sale).with("tran_desc", "goods");
        let value = if name == "tran_type" {
            "sale"
        } else if name == "tran_amount" {
            "24.99"
        } else {
            "goods"
        };
        let renamed = plain.clone().without(name).with(other, value).encode();
        let [renamed, plain] = [renamed, plain.encode()].map(|body| Request::decode(&body).unwrap());
        assert_eq!(renamed, plain, "{other}");
        let [error] = &errors(&smallest(Sale).with(name, value).with(other, value).encode())[..] else {
            panic!("{other} beside {name}")
        };
        assert!(error.ends_with(&format!(" {name} appears more than once")), "{error}");
    }
}

/// Some editors write a byte order mark before a text.
#[test]
fn decode_skips_one_byte_order_mark() {
    let body = smallest(Sale).encode();
    let marked = ["\u{feff}".as_bytes(), &body].concat();
    assert_eq!(Request::decode(&marked).unwrap(), Request::decode(&body).unwrap());
    let twice = ["\u{feff}\u{feff}".as_bytes(), &body].concat();
    assert_eq!(errors(&twice), ["V01 auth_id is mandatory"]);
}

/// A card is on file if both parameters tell so (RA-206, RA-208).
#[test]
fn decode_tells_the_ways_to_pay() {
    use cashflows_codec::remote_auth::request::PaymentCard;

    let on_file =
        format!("return_token=true acs_3dsversion=2.1.0 acs_eci=5 acs_cavv={CAVV} acs_dstransid={UUID}");
    let plain = |changes: &str| {
        let decoded = Request::decode(&bent(Sale, changes)).unwrap();
        let Request::Sale(sale) = decoded.request else { panic!("a sale") };
        let card = sale.card();
        match card {
            PaymentCard::Card(_) if card.cvv().is_none() => "network token",
            PaymentCard::Card(_) => "card",
            PaymentCard::Storing(_) => "storing",
            PaymentCard::Stored(_) if card.cvv().is_some() => "stored with cvv",
            PaymentCard::Stored(_) => "stored",
            PaymentCard::Wallet(_) => "wallet",
            _ => "other",
        }
    };
    for (changes, card) in [
        ("using_stored_credentials=false".to_owned(), "card"),
        ("using_stored_credentials=0 ewallet=False network_token=FALSE".to_owned(), "card"),
        ("tran_recurrence=card".to_owned(), "card"),
        (format!("using_stored_credentials=false tran_recurrence=subs {on_file}"), "card"),
        (format!("using_stored_credentials=false tran_recurrence=card {on_file}"), "storing"),
        (format!("using_stored_credentials=true tran_recurrence=card {on_file}"), "stored with cvv"),
        (format!("-card_cvv using_stored_credentials=true tran_recurrence=card {on_file}"), "stored"),
        (
            format!(
                "-card_cvv using_stored_credentials=false tran_recurrence=card {on_file} network_token=1 card_tavv=0a"
            ),
            "storing",
        ),
        ("-card_cvv network_token=1 card_tavv=0a".to_owned(), "network token"),
        (
            format!(
                "ewallet=true ewallet_type=googlepay acs_3dsversion=2.2.0 acs_eci=5 acs_cavv={CAVV} acs_dstransid={UUID}"
            ),
            "wallet",
        ),
    ] {
        assert_eq!(plain(&changes), card, "{changes}");
    }
}

/// A parameter that decides nothing may stand there twice. The first counts.
#[test]
fn decode_reports_repeated_parameters_without_effect() {
    for (appended, finding) in [
        ("submit=1&submit=2", "submit appears more than once"),
        ("return_token=true&return_token=false", "return_token appears more than once"),
    ] {
        let body = [&smallest(Sale).encode()[..], b"&", appended.as_bytes()].concat();
        let decoded = Request::decode(&body).unwrap();
        let found: Vec<String> = decoded.findings.iter().map(ToString::to_string).collect();
        assert_eq!(found, [finding]);
        assert!(!decoded.findings[0].is_kept());
        assert_eq!(decoded.request.return_flags().token, appended.starts_with("return"));
    }
}

/// The rows: text that is appended to a correct body, and the errors.
#[test]
fn decode_refuses_malformed_forms() {
    for (appended, expected) in [
        (&b""[..], &[][..]),
        (b"&", &[]),
        (b"&&unlisted", &[]),
        (b"&unlisted=1&unlisted=2", &[]),
        (b"&=x", &[]),
        (b"&card%5Fcvv=123", &["V40 card_cvv appears more than once"]),
        (b"&card_cvv=123&card_cvv=123", &["V40 card_cvv appears more than once"]),
        (b"&card_cvv=", &["V40 card_cvv appears more than once"]),
        (b"&tran_desc=a&trans_desc=b", &["--- tran_desc appears more than once"]),
        (b"&submit=%zz", &["--- submit has an invalid percent escape"]),
        (b"&submit=%FF", &["--- submit is not valid UTF-8"]),
        (b"&submit=anything%20else", &[]),
        (b"\r\n", &[]),
        (b"\n\n\r", &[]),
        (b"&cust_name=%", &["V07 cust_name has an invalid percent escape"]),
        (b"&cust_name=%4", &["V07 cust_name has an invalid percent escape"]),
        (b"&cust_name=%zz", &["V07 cust_name has an invalid percent escape"]),
        (b"&cust_name=%FF", &["V07 cust_name is not valid UTF-8"]),
        (b"&cust_name=\xff", &["V07 cust_name is not valid UTF-8"]),
        (b"&cust_name=caf\xe9", &["V07 cust_name is not valid UTF-8"]),
        (b"&cust_name=%C0%AF", &["V07 cust_name is not valid UTF-8"]),
        (b"&unlisted=%", &["--- unlisted has an invalid percent escape"]),
        (b"&unlis%ted=1", &["--- unlis… has an invalid percent escape"]),
        (b"&4000000000000002=%FF", &["--- * is not valid UTF-8"]),
    ] {
        let mut body = smallest(Sale).encode();
        body.extend_from_slice(appended);
        let expected: Vec<String> =
            expected.iter().map(|error| error.replace("V40 card_cvv app", "V05 card_cvv app")).collect();
        assert_eq!(errors(&body), expected, "{}", String::from_utf8_lossy(appended));
    }
}

#[test]
fn decode_reports_all_errors_at_once() {
    let body = b"auth_id=merchant&card_num=4000&card_num=1&card_cvv=12&card_expiry=0021&card_start=2&card_issue=x\
        &cust_name=%00&cust_address=%00&cust_postcode=%00&cust_country=UK&cust_ip=::1&cust_email=nobody&cust_tel=%0a&tran_amount=9,99&tran_currency=XXL\
        &tran_class=ecom&tran_type=sale&acs_eci=05&acs_cavv=x&retry_number=-1&tran_testmode=yes";
    assert_eq!(
        errors(body),
        [
            "V06 card_num appears more than once",
            "V01 auth_id must be 1 to 20 digits",
            "V06 card_num must be 12 to 19 digits",
            "V05 card_cvv must be 3 to 4 digits",
            "V02 card_expiry must be MMYY with a month of 01 to 12",
            "V03 card_start must be MMYY with a month of 01 to 12",
            "V04 card_issue must be 1 to 2 digits",
            "V09 cust_country must be an ISO 3166-1 alpha-2 country code, such as GB",
            "V15 cust_ip must be an IPv4 address, such as 192.0.2.1",
            "V11 cust_email must be an e-mail address",
            "V13 tran_amount must be digits with exactly two decimals and nothing else, such as 24.99",
            "V14 tran_currency must be an ISO 4217 currency code, such as GBP",
            "--- tran_testmode must be one of: 0, 1",
            "--- retry_number must be 1 to 3 digits",
            "V01 auth_pass is mandatory",
            "V53 acs_cavv must have 20 or 28 characters",
            "V10 tran_ref is mandatory",
        ]
    );
}

/// Every flag is read in each of the four ways, in any case (section 9).
#[test]
fn decode_reads_flags_in_any_case() {
    for flag in ["true", "True", "TRUE", "tRuE", "1"] {
        let body = bent(Sale, &format!("network_token={flag} card_tavv=00ff"));
        let decoded = Request::decode(&body).unwrap_or_else(|error| panic!("{flag}: {error}"));
        let written = decoded.request.encode(&decoded.credentials);
        assert!(written.as_bytes().windows(18).any(|pair| pair == b"network_token=true"), "{flag}");
    }
    for flag in ["false", "False", "FALSE", "0"] {
        assert_eq!(errors(&bent(Sale, &format!("ewallet={flag}"))), [""; 0], "{flag}");
    }
    for flag in ["yes", "t", "2", "01", "true+"] {
        let message = "--- ewallet must be one of: true, false, 1, 0";
        assert_eq!(errors(&bent(Sale, &format!("ewallet={flag}"))), [message], "{flag}");
    }
}

#[test]
fn descriptor_is_longer_only_if_it_was_read() {
    use cashflows_codec::remote_auth::request::Descriptor;

    assert!("twelve-chars".parse::<Descriptor>().is_ok_and(|descriptor| !descriptor.is_over_long()));
    assert!("thirteen-long".parse::<Descriptor>().is_err());
    for (length, over_long) in [(12, false), (13, true), (32, true)] {
        let body = bent(Void, &format!("descriptor={}", "x".repeat(length)));
        let decoded = Request::decode(&body).unwrap();
        let Request::Void(void) = &decoded.request else { panic!("a void") };
        assert_eq!(void.options().descriptor.as_ref().map(Descriptor::is_over_long), Some(over_long));
        let written = decoded.request.encode(&decoded.credentials);
        assert_eq!(Request::decode(written.as_bytes()).unwrap(), decoded);
    }
    let body = bent(Void, &format!("descriptor={}", "x".repeat(33)));
    assert_eq!(errors(&body), ["--- descriptor must have at most 32 characters"]);
}

#[test]
fn decode_keeps_unlisted_parameters_in_order() {
    let mut body = smallest(Void).encode();
    body.extend_from_slice(b"&zeta=1&alpha=caf%C3%A9+noir&zeta=&b%20c=4000000000000002");
    let decoded = Request::decode(&body).unwrap();
    let unknown: Vec<_> = decoded
        .unlisted
        .iter()
        .map(|parameter| (parameter.name().as_str(), parameter.secret_name(), parameter.secret_value()))
        .collect();
    assert_eq!(
        unknown,
        [
            ("zeta", "zeta", "1"),
            ("alpha", "alpha", "café noir"),
            ("zeta", "zeta", ""),
            ("b…", "b c", "4000000000000002"),
        ]
    );
    assert!(!format!("{decoded:?}").contains("4000000000000002"));
}

#[test]
fn decode_reads_return_flags() {
    for (changes, [arn, token, scheme]) in [
        ("", [false; 3]),
        ("return_acq_ref=1 return_token=true return_scheme_transaction_id=1", [true; 3]),
        ("return_acq_ref=0 return_token=false return_scheme_transaction_id=0", [true, false, false]),
        ("return_acq_ref= return_token=1 return_scheme_transaction_id=true", [false, true, true]),
        ("return_acq_ref=True return_token=True return_scheme_transaction_id=TRUE", [true; 3]),
        ("return_token=FALSE return_scheme_transaction_id=False", [false; 3]),
    ] {
        let flags = Request::decode(&bent(Sale, changes)).unwrap().request.return_flags();
        assert_eq!(
            [flags.acquirer_reference, flags.token, flags.scheme_transaction_id],
            [arn, token, scheme],
            "{changes}",
        );
    }
}

#[test]
fn decode_with_holds_limits() {
    let body = smallest(Sale).encode();
    let pairs = body.split(|&byte| byte == b'&').count();
    let exact = Limits { request_bytes: body.len(), request_parameters: pairs, ..Limits::default() };
    assert!(Request::decode_with(&body, &exact).is_ok());
    for (limits, error) in [
        (
            Limits { request_bytes: body.len() - 1, ..exact },
            format!("more than {} bytes in the body", body.len() - 1),
        ),
        (
            Limits { request_parameters: pairs - 1, ..exact },
            format!("more than {} parameters in the form", pairs - 1),
        ),
    ] {
        let found = Request::decode_with(&body, &limits).unwrap_err();
        assert_eq!(found.to_string(), error);
        let RequestError::Limit(exceeded) = found else { panic!("{found:?}") };
        assert_eq!(format!("more than {} {}", exceeded.max(), exceeded.what()), error);
    }
    let flood = vec![b'&'; 64 * 1_024 + 1];
    assert_eq!(errors(&flood), ["more than 65536 bytes in the body"]);
    assert_eq!(errors(&b"a&".repeat(129)), ["more than 128 parameters in the form"]);
}

#[test]
fn test_mode_is_read_and_not_written() {
    let decoded = Request::decode(&bent(Sale, "tran_testmode=1")).unwrap();
    assert!(decoded.test_mode);
    let body = decoded.request.encode(&decoded.credentials);
    assert!(!Request::decode(body.as_bytes()).unwrap().test_mode);
}
