//! Requests, both ways: the documented bodies, every rule of the parameter table, round trips.

mod cards;
mod credit;
mod retry;
mod samples;
mod storable;

use crate::support::bodies::{bent, escaped, smallest};
use crate::support::secrets;
use cashflows_codec::remote_auth::OperationKind::{Continuous, Credit, Refund, Sale, Verify, Void};
use cashflows_codec::remote_auth::request::RequestError;
use cashflows_codec::remote_auth::{Environment, Limits, OperationKind, Parameter, Presence, Request};
use proptest::prelude::*;

const UUID: &str = "c5b808e7-1de1-4069-a17b-f70d3b3b1645";
const CAVV: &str = "AAABCAAhIXdRcEdRVyEhAAAAAAA=";
const AEVV: &str = "AAABBZEEBQAAAAAAAAAA";

const OPERATIONS: [OperationKind; 6] = [Sale, Verify, Continuous, Void, Refund, Credit];

/// The errors of a body, in words, with the gateway's code: `V02 card_expiry must be …`.
fn errors(body: &[u8]) -> Vec<String> {
    match Request::decode(body) {
        Ok(_) => Vec::new(),
        Err(RequestError::Parameters(errors)) => errors
            .iter()
            .map(|error| {
                let code = error.reason().map_or_else(|| "---".to_owned(), |reason| reason.to_string());
                format!("{code} {error}")
            })
            .collect(),
        Err(error) => vec![error.to_string()],
    }
}

#[test]
fn a_body_says_what_it_is_and_where_to_post_it() {
    let decoded = Request::decode(&smallest(Sale).encode()).unwrap();
    let body = decoded.request.encode(&decoded.credentials);
    assert_eq!(body.content_type(), "application/x-www-form-urlencoded");
    for (environment, url) in [
        (Environment::Integration, "https://secure-int.cashflows.com/gateway/remote_auth"),
        (Environment::Production, "https://secure.cashflows.com/gateway/remote_auth"),
    ] {
        assert_eq!(body.endpoint(environment), url);
    }
}

#[test]
fn escapes_stand_for_what_they_say() {
    for request in secrets::requests() {
        let body = request.encode(&secrets::credentials());
        let decoded = Request::decode(escaped(body.as_bytes()).as_bytes()).unwrap();
        assert_eq!((decoded.request, decoded.credentials), (request, secrets::credentials()));
    }
}

/// The documented bodies, without the comments.
fn documented() -> Vec<&'static str> {
    include_str!("../data/requests.txt").lines().filter(|line| !line.starts_with('#')).collect()
}

#[test]
fn the_documented_bodies_are_read_and_written() {
    // In table order, as this crate writes it: what was read, or what is wrong with it.
    let expected: [Result<&str, &str>; 8] = [
        Ok(
            "auth_id=1234&auth_pass=Password&card_num=4000000000000002&card_cvv=123&card_expiry=0121&cust_name=Testing&cust_address=My+house%0AMy+street%0AMy+Town&cust_postcode=CB22+5LD&cust_country=GB&cust_ip=123.45.67.89&cust_email=test%40test.com&tran_ref=abc123&tran_currency=GBP&tran_testmode=0&tran_type=verify&tran_class=ecom",
        ),
        Ok(
            "auth_id=1234&auth_pass=Password&card_token=1000000000030419&card_cvv=123&card_expiry=0121&cust_name=Testing&cust_address=My+house%0AMy+street%0AMy+Town&cust_postcode=CB22+5LD&cust_country=GB&cust_ip=123.45.67.89&cust_email=test%40test.com&tran_ref=abc123&tran_currency=GBP&tran_testmode=0&tran_type=verify&tran_class=ecom",
        ),
        Ok(
            "auth_id=1234&auth_pass=Password&cust_name=Testing&cust_address=My+house%0AMy+street%0AMy+Town&cust_postcode=CB22+5LD&cust_country=GB&cust_ip=123.45.67.89&cust_email=test%40test.com&tran_ref=abc123&tran_amount=9.99&tran_currency=GBP&tran_testmode=0&tran_type=sale&tran_class=cont&tran_orig_id=05P00001724",
        ),
        // Section 9: the credit example has no reference.
        Err("V10 tran_ref is mandatory"),
        Ok(
            "auth_id=1234567&auth_pass=YOUR_AUTH_PASS&card_num=4510400400099005&card_cvv=123&card_expiry=1126&cust_name=Mrs+T+Tester&cust_address=testUserApi&cust_postcode=TE456ST&cust_country=GB&cust_ip=123.45.67.89&cust_email=customer%40example.com&cust_tel=01234567890&tran_ref=testApi&tran_amount=200.00&tran_currency=GBP&tran_testmode=0&tran_type=sale&tran_class=ecom&return_scheme_transaction_id=1",
        ),
        Ok(
            "auth_id=1234567&auth_pass=YOUR_AUTH_PASS&card_num=4510400400099005&card_cvv=123&card_expiry=1126&cust_name=Mrs+T+Tester&cust_address=testUserApi&cust_postcode=TE456ST&cust_country=GB&cust_ip=123.45.67.89&cust_email=customer%40example.com&cust_tel=01234567890&tran_ref=testApi&tran_desc=Kerri+Test&tran_amount=12.11&tran_currency=GBP&tran_testmode=0&tran_type=sale&tran_class=ecom&acs_eci=5&acs_cavv=AAABCAAhIXdRcEdRVyEhAAAAAAA%3D&acs_xid=AgABBAACAAYABwAGAgQCAQgry0E%3D",
        ),
        // Section 9: these examples send descriptors of 15 characters, which are read and written back.
        Ok(
            "auth_id=1234567&auth_pass=YOUR_AUTH_PASS&tran_amount=20.15&tran_currency=GBP&tran_testmode=0&tran_type=void&tran_class=ecom&tran_orig_id=01S0135F74D&retry_number=0&descriptor=Some+descriptor",
        ),
        Ok(
            "auth_id=1234567&auth_pass=YOUR_AUTH_PASS&tran_amount=11.11&tran_currency=GBP&tran_testmode=0&tran_type=refund&tran_class=ecom&tran_orig_id=01S0135F71A&retry_number=0&descriptor=Some+descriptor",
        ),
    ];
    let documented = documented();
    assert_eq!(documented.len(), expected.len());
    for (body, expected) in documented.into_iter().zip(expected) {
        match expected {
            Ok(canonical) => {
                let decoded = Request::decode(body.as_bytes()).unwrap();
                assert!(decoded.unlisted.is_empty() && !decoded.test_mode);
                let encoded = decoded.request.encode(&decoded.credentials);
                assert_eq!(core::str::from_utf8(encoded.as_bytes()), Ok(canonical));
                assert_eq!(Request::decode(encoded.as_bytes()).unwrap(), decoded);
            }
            Err(error) => assert_eq!(errors(body.as_bytes()), [error], "{body}"),
        }
    }
}

#[test]
fn the_smallest_bodies_are_valid() {
    for operation in OPERATIONS {
        let decoded = Request::decode(&smallest(operation).encode()).unwrap();
        assert_eq!(decoded.request.kind(), operation);
    }
}

#[test]
fn what_is_mandatory_has_to_be_there() {
    for operation in OPERATIONS {
        for &parameter in Parameter::ALL {
            if parameter.presence(operation) != Presence::Mandatory {
                continue;
            }
            let name = parameter.as_str();
            for body in [smallest(operation).without(name), smallest(operation).with(name, "")] {
                let errors = errors(&body.encode());
                let [error] = &errors[..] else { panic!("{operation} without {name}: {errors:?}") };
                assert!(error.ends_with(&format!(" {name} is mandatory")), "{operation}: {error}");
            }
        }
    }
}

#[test]
fn what_must_be_absent_must_be_absent() {
    for operation in OPERATIONS {
        for &parameter in Parameter::ALL {
            if parameter.presence(operation) != Presence::Absent {
                continue;
            }
            let name = parameter.as_str();
            let found = errors(&smallest(operation).with(name, "1").encode());
            let expected = format!(" {name} must be absent from a {operation} request");
            assert_eq!(found.iter().filter(|error| error.ends_with(&expected)).count(), 1, "{found:?}");
            let empty = smallest(operation).with(name, "").encode();
            assert_eq!(errors(&empty), [""; 0], "an empty {name} is absent");
        }
    }
}

/// What an operation does not use is not looked at, whatever it is.
#[test]
fn what_is_not_used_is_ignored() {
    for operation in OPERATIONS {
        let unbent = Request::decode(&smallest(operation).encode()).unwrap();
        for &parameter in Parameter::ALL {
            if parameter.presence(operation) != Presence::Ignored {
                continue;
            }
            let name = parameter.as_str();
            for value in ["1", "\u{1}", "true"] {
                let body = smallest(operation).with(name, value).encode();
                let decoded =
                    Request::decode(&body).unwrap_or_else(|error| panic!("{operation} {name}: {error}"));
                assert_eq!(decoded.ignored, [parameter], "{operation} {name}");
                assert_eq!(decoded.request, unbent.request, "{operation} {name}");
            }
            let empty = Request::decode(&smallest(operation).with(name, "").encode()).unwrap();
            assert_eq!(empty.ignored, [], "an empty {name} is absent");
            // It is still part of the form.
            let mut twice = smallest(operation).with(name, "1").encode();
            twice.extend_from_slice(format!("&{name}=1").as_bytes());
            let [error] = &errors(&twice)[..] else { panic!("{operation} with {name} twice") };
            assert!(error.ends_with("appears more than once"), "{error}");
        }
    }
}

/// One common set of parameters goes with every operation: what it uses is taken, the rest is left.
#[test]
fn one_set_of_parameters_goes_with_every_operation() {
    let common = "cust_name=Ben cust_ip=192.0.2.1 cust_country=GB tran_desc=goods descriptor=SHOP return_acq_ref=1 \
                  tran_ref=own-1 return_token=true gateway_id_mc=12345678901 SCA_exemption_indicator= foo=1";
    for operation in OPERATIONS {
        let decoded = Request::decode(&bent(operation, common)).unwrap();
        assert_eq!(decoded.request.reference(), Some("own-1"), "{operation}");
        assert!(decoded.request.return_flags().acquirer_reference, "{operation}");
        assert_eq!(decoded.unlisted.len(), 1, "{operation}");
        let ignored: &[Parameter] = match operation {
            Sale | Verify | Continuous => &[],
            Credit => &[Parameter::ReturnToken],
            Void | Refund => &[
                Parameter::CustName,
                Parameter::CustCountry,
                Parameter::CustIp,
                Parameter::TranDesc,
                Parameter::ReturnToken,
            ],
        };
        assert_eq!(decoded.ignored, ignored, "{operation}");
    }
}

/// Parameters that say nothing beside others: changes, what is ignored.
#[test]
fn what_says_nothing_beside_others_is_ignored() {
    use Parameter as P;
    let wallet = format!("-card_cvv ewallet=true ewallet_type=applepay acs_cavv={CAVV}");
    let token = "network_token=true card_tavv=0aff card_num=4000000000000002";
    let cases: [(OperationKind, String, &[Parameter]); 16] = [
        (Sale, "ewallet=false ewallet_type=ApplePay".into(), &[P::EwalletType]),
        (Sale, "ewallet_type=other".into(), &[P::EwalletType]),
        (Sale, "network_token=false card_tavv=xyz".into(), &[P::CardTavv]),
        (Sale, "card_tavv=0a".into(), &[P::CardTavv]),
        (
            Sale,
            format!("{wallet} network_token=true card_tavv=0a acs_xid=1"),
            &[P::NetworkToken, P::CardTavv, P::AcsXid],
        ),
        (Sale, format!("{wallet} using_stored_credentials=maybe"), &[P::UsingStoredCredentials]),
        (
            Sale,
            "tran_orig_id=99E5D84B40F scheme_transaction_id=A1".into(),
            &[P::TranOrigId, P::SchemeTransactionId],
        ),
        (Continuous, "scheme_transaction_id=MCC6830070529".into(), &[P::SchemeTransactionId]),
        (Continuous, "scheme_transaction_id=%".into(), &[P::SchemeTransactionId]),
        (Continuous, "-tran_orig_id scheme_transaction_id=A1 card_expiry=9999".into(), &[P::CardExpiry]),
        (Continuous, "using_stored_credentials=true".into(), &[P::UsingStoredCredentials]),
        (
            Continuous,
            "network_token=false card_tavv=0a card_payment_account_reference=P".into(),
            &[P::CardTavv, P::CardPaymentAccountReference],
        ),
        (Continuous, token.into(), &[]),
        (Continuous, format!("{token} scheme_transaction_id=A1"), &[P::SchemeTransactionId]),
        (Continuous, format!("{token} -tran_orig_id scheme_transaction_id=A1 card_expiry=1130"), &[]),
        (Void, "card_num=x auth_id=1".into(), &[P::CardNum]),
    ];
    for (operation, changes, ignored) in cases {
        let decoded = Request::decode(&bent(operation, &changes));
        let decoded = decoded.unwrap_or_else(|error| panic!("{operation} {changes}: {error}"));
        assert_eq!(decoded.ignored, ignored, "{operation} {changes}");
    }
}

/// What is wrong and decides nothing: a finding, and the request is read without it.
#[test]
fn what_decides_nothing_is_a_finding() {
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
    // What decides is an error: nobody guesses it.
    for changes in ["ewallet=yes", "network_token=2", "using_stored_credentials=x", "retry_number=one"] {
        assert_eq!(errors(&bent(Sale, changes)).len(), 1, "{changes}");
    }
}

/// What is read more easily than it is written: changes, and what is written of them.
#[test]
fn easy_readings_are_written_strictly() {
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
        (Sale, "SCA_exemption_indicator", "LowValue", "lowvalue"),
        (Verify, "SCA_exemption_indicator", "MERCHANTINITIATED", "MerchantInitiated"),
        (Continuous, "SCA_exemption_indicator", "recurring", "Recurring"),
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
        ("cust_address", "a\u{b}b"),
        ("SCA_exemption_indicator", "low"),
        ("tran_recurrence", "SING"),
    ] {
        assert_eq!(errors(&smallest(Sale).with(name, refused).encode()).len(), 1, "{name} {refused}");
    }
}

/// The prose of the pages names parameters in another way than their tables (RA-021, RA-077).
#[test]
fn other_names_are_read() {
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
fn one_byte_order_mark_is_skipped() {
    let body = smallest(Sale).encode();
    let marked = ["\u{feff}".as_bytes(), &body].concat();
    assert_eq!(Request::decode(&marked).unwrap(), Request::decode(&body).unwrap());
    let twice = ["\u{feff}\u{feff}".as_bytes(), &body].concat();
    assert_eq!(errors(&twice), ["V01 auth_id is mandatory"]);
}

/// A card on file is one by both parameters together (RA-206, RA-208).
#[test]
fn an_explicit_false_is_the_same_as_nothing() {
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

/// A parameter that the crate does not know is written behind all others, and read as unlisted.
#[test]
fn a_parameter_can_be_added() {
    use cashflows_codec::remote_auth::request::{Card, OriginalClass, Sale};
    use cashflows_codec::value::Money;

    let card =
        || Card::new("4000000000000002".parse().unwrap(), "1130".parse().unwrap(), "123".parse().unwrap());
    let sale = || Sale::ecom(card(), Money::gbp(24_99), "cart-1".parse().unwrap());
    let void = || {
        cashflows_codec::remote_auth::request::Void::new(
            "01S1".parse().unwrap(),
            OriginalClass::Ecom,
            Money::gbp(1),
        )
    };
    let requests = [
        Request::from(
            sale()
                .with_parameter("shop[id]", "17 & é")
                .unwrap()
                .with_parameter("b", "4000000000000002")
                .unwrap(),
        ),
        Request::Void(
            void()
                .with_parameter("shop[id]", "17 & é")
                .unwrap()
                .with_parameter("b", "4000000000000002")
                .unwrap(),
        ),
    ];
    for request in requests {
        let body = request.encode(&secrets::credentials());
        assert!(body.as_bytes().ends_with(b"&shop%5Bid%5D=17+%26+%C3%A9&b=4000000000000002"));
        assert!(!format!("{request:?} {body:?}").contains("4000000000000002\""), "{body:?}");
        assert!(format!("{body:?}").ends_with("&shop…=***&b=***)"), "{body:?}");
        let decoded = Request::decode(body.as_bytes()).unwrap();
        let unlisted: Vec<_> = decoded
            .unlisted
            .iter()
            .map(|unlisted| (unlisted.secret_name(), unlisted.secret_value()))
            .collect();
        assert_eq!(unlisted, [("shop[id]", "17 & é"), ("b", "4000000000000002")]);
        assert_eq!(
            request
                .retry(std::time::UNIX_EPOCH, std::time::UNIX_EPOCH)
                .unwrap()
                .encode(&secrets::credentials())
                .as_bytes()
                .len(),
            body.as_bytes().len() + "&retry_number=1".len()
        );
    }
    for (name, value, error) in [
        ("card_cvv", "123", "parameter name is listed and has a name of its own"),
        ("Card_CVV", "123", "parameter name is listed and has a name of its own"),
        ("sca_exemption_indicator", "x", "parameter name is listed and has a name of its own"),
        ("Trans_Type", "sale", "parameter name is listed and has a name of its own"),
        ("TRANS_AMOUNT", "1.00", "parameter name is listed and has a name of its own"),
        ("", "x", "parameter name must be 1 to 64 letters, digits, _, -, ., [ and ]"),
        ("a&card_num", "x", "parameter name must be 1 to 64 letters, digits, _, -, ., [ and ]"),
        (&"x".repeat(65), "x", "parameter name must be 1 to 64 letters, digits, _, -, ., [ and ]"),
        ("again", "x", "parameter name appears more than once"),
        ("x", "", "parameter value must not be empty"),
        ("x", &"y".repeat(1_025), "parameter value must have at most 1024 characters"),
    ] {
        let sale = sale().with_parameter("again", "1").unwrap();
        assert_eq!(sale.with_parameter(name, value).unwrap_err().to_string(), error, "{name}");
    }
}

#[test]
fn what_is_optional_is_taken() {
    let values = |operation: OperationKind| {
        [
            ("card_start", "0120"),
            ("card_issue", "01"),
            ("cust_name", "Ben"),
            ("cust_address", "A\nB"),
            ("cust_postcode", "CB22 5LD"),
            ("cust_country", "GB"),
            ("cust_ip", "192.0.2.1"),
            ("cust_email", "a@b"),
            ("cust_tel", "1"),
            ("tran_desc", "d"),
            ("tran_ref", "r-1"),
            ("tran_amount", "0.00"),
            ("tran_recurrence", "subs"),
            ("card_payment_account_reference", "P"),
            ("acs_3dsversion", "1.0.2"),
            ("acs_xid", "AgABBAACAAYABwAGAgQCAQgry0E="),
            ("card_expiry", "1130"),
            ("SCA_exemption_indicator", if operation == Sale { "lowrisk" } else { "Recurring" }),
            ("gateway_id_mc", "12345678901"),
            ("retry_number", "1"),
            ("descriptor", "x"),
            ("return_token", "true"),
            ("return_acq_ref", "yes"),
            ("return_scheme_transaction_id", "1"),
            ("submit", "submit"),
        ]
    };
    for operation in OPERATIONS {
        for (name, value) in values(operation) {
            let parameter = Parameter::from_wire(name).unwrap();
            if parameter.presence(operation) != Presence::Optional {
                continue;
            }
            let decoded = Request::decode(&smallest(operation).with(name, value).encode()).unwrap();
            let body = decoded.request.encode(&decoded.credentials);
            let again = Request::decode(body.as_bytes()).unwrap();
            assert_eq!(again, decoded, "{operation} with {name}");
            let written = String::from_utf8(body.into_bytes().to_vec()).unwrap();
            assert_eq!(written.contains(&format!("{name}=")), parameter != Parameter::Submit, "{written}");
        }
    }
}

/// Parameters that agree or contradict each other: changes to the smallest body, errors.
#[test]
fn what_contradicts_itself_is_refused() {
    let on_file =
        format!("tran_recurrence=card acs_3dsversion=2.1.0 acs_eci=5 acs_cavv={CAVV} acs_dstransid={UUID}");
    let wallet = format!("-card_cvv ewallet=true ewallet_type=applepay acs_cavv={CAVV}");
    let cases: Vec<(OperationKind, String, &[&str])> = vec![
        // C1: exactly one of number and token.
        (Sale, "card_token=1".into(), &["--- card_token must be absent with card_num"]),
        (Sale, "-card_num".into(), &["V06 card_num is mandatory where card_token is absent"]),
        (Sale, "-card_num card_token=1".into(), &[]),
        // C4: when there is no security code.
        (Sale, "-card_cvv".into(), &["V40 card_cvv is mandatory"]),
        (Sale, "-card_cvv network_token=true card_tavv=0aFF".into(), &[]),
        (Sale, "network_token=true card_tavv=0aFF".into(), &[]),
        (Verify, "-card_token card_num=4000000000000002 network_token=true card_tavv=0aFF".into(), &[]),
        (Sale, "network_token=true".into(), &["--- card_tavv is mandatory with network_token"]),
        (Verify, "-card_token -card_cvv card_num=4000000000000002 network_token=true card_tavv=0aFF".into(), &[]),
        (Verify, "-card_cvv".into(), &["V40 card_cvv is mandatory"]),
        (Sale, "network_token=false".into(), &[]),
        (
            Sale,
            "network_token=true card_tavv=0a -card_num card_token=1".into(),
            &[
                "--- card_token must be absent with network_token",
                "V06 card_num is mandatory with network_token",
            ],
        ),
        // Wallets.
        (Sale, wallet.clone(), &[]),
        (Sale, format!("{wallet} tran_class=moto"), &[]),
        (Sale, format!("{wallet} acs_eci=5"), &[]),
        (Sale, format!("{wallet} card_cvv=123"), &[]),
        (Sale, format!("{wallet} acs_dstransid={UUID}"), &[]),
        (Sale, format!("{wallet} acs_3dsversion=2.2.0 acs_eci=5 acs_dstransid={UUID}"), &[]),
        (Sale, format!("{wallet} acs_3dsversion=2.2.0"), &["V53 acs_dstransid is mandatory with acs_3dsversion"]),
        (
            Sale,
            format!("{wallet} acs_eci=2 acs_dstransid={AEVV}"),
            &["V53 acs_dstransid must have 36 characters with an ECI of one digit"],
        ),
        (Verify, format!("-card_token card_num=4000000000000002 {wallet}"), &[]),
        (
            Sale,
            format!("{wallet} -card_num card_token=1"),
            &["--- card_token must be absent with ewallet", "V06 card_num is mandatory with ewallet"],
        ),
        (
            Sale,
            "-card_cvv ewallet=true".into(),
            &["--- ewallet_type is mandatory with ewallet", "V53 acs_cavv is mandatory with ewallet"],
        ),
        (Sale, "ewallet=false".into(), &[]),
        (
            Sale,
            format!("{wallet} ewallet_type=ApplePay"),
            &["--- ewallet_type must be one of: applepay, googlepay, samsungpay, other"],
        ),
        // C5: version 2 has a directory server transaction id.
        (Sale, "acs_3dsversion=2.1.0".into(), &["V53 acs_dstransid is mandatory with acs_3dsversion"]),
        (Sale, format!("acs_3dsversion=2.1.0 acs_dstransid={UUID}"), &["V53 acs_eci is mandatory with acs_dstransid"]),
        (Sale, format!("acs_3dsversion=2.1.0 acs_dstransid={UUID} acs_eci=7"), &[]),
        (Sale, "acs_3dsversion=2.1.0 acs_eci=7".into(), &["V53 acs_dstransid is mandatory with acs_3dsversion"]),
        (Sale, "acs_3dsversion=1.0.2".into(), &[]),
        // An indicator of authentication needs its proof, and a proof its indicator (RA-044).
        (Sale, "acs_eci=5".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Sale, "acs_eci=1".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Sale, "acs_eci=02".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Verify, "acs_eci=06".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Continuous, "acs_eci=2".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Sale, "acs_eci=7".into(), &[]),
        (Sale, "acs_eci=0".into(), &[]),
        (Sale, "acs_eci=07".into(), &[]),
        (Sale, format!("acs_eci=5 acs_cavv={CAVV}"), &[]),
        (Sale, format!("acs_cavv={CAVV}"), &["V53 acs_eci is mandatory with acs_cavv"]),
        (Sale, format!("acs_dstransid={UUID}"), &["V53 acs_eci is mandatory with acs_dstransid"]),
        (Sale, format!("acs_cavv={CAVV} acs_dstransid={UUID}"), &["V53 acs_eci is mandatory with acs_cavv"]),
        (Sale, "acs_eci=3".into(), &["V53 acs_eci must be one of: 0, 1, 2, 5, 6, 7, 05, 06, 07"]),
        // But for a network token, which comes with a proof of its own.
        (Sale, format!("network_token=true card_tavv=0a acs_cavv={CAVV} acs_dstransid={UUID}"), &[]),
        (Sale, "network_token=true card_tavv=0a acs_eci=5".into(), &[]),
        (
            Sale,
            "network_token=true card_tavv=0a acs_eci=5 acs_3dsversion=2.2.0".into(),
            &["V53 acs_dstransid is mandatory with acs_3dsversion"],
        ),
        // The lengths of American Express go with its indicators alone; those go with all lengths.
        (
            Sale,
            format!("acs_eci=5 acs_cavv={AEVV} acs_dstransid={AEVV}"),
            &[
                "V53 acs_dstransid must have 36 characters with an ECI of one digit",
                "V53 acs_cavv must have 28 characters with an ECI of one digit",
            ],
        ),
        (
            Sale,
            format!("acs_eci=02 acs_cavv={AEVV}"),
            &["V53 acs_cavv must have 28 characters with an ECI of one digit"],
        ),
        (Sale, format!("acs_eci=05 acs_cavv={AEVV} acs_dstransid={AEVV}"), &[]),
        (Sale, format!("acs_eci=05 acs_cavv={CAVV} acs_dstransid={UUID}"), &[]),
        (Continuous, "acs_3dsversion=2.2.0".into(), &["V53 acs_dstransid is mandatory with acs_3dsversion"]),
        (Sale, format!("acs_eci=5 acs_cavv={CAVV}AA"), &["V53 acs_cavv must have 20 or 28 characters"]),
        // Cards on file.
        (Sale, format!("using_stored_credentials=false return_token=true {on_file}"), &[]),
        (Sale, format!("-card_cvv using_stored_credentials=true {on_file}"), &[]),
        (Verify, format!("using_stored_credentials=false return_token=1 tran_class=ecom {on_file}"), &[]),
        (
            Verify,
            "using_stored_credentials=true tran_class=ecom -card_cvv".into(),
            &[
                "--- using_stored_credentials must be one of: false",
                "V40 card_cvv is mandatory",
                "V61 tran_recurrence is mandatory with using_stored_credentials",
                "V53 acs_3dsversion is mandatory with using_stored_credentials",
                "V53 acs_eci is mandatory with using_stored_credentials",
                "V53 acs_cavv is mandatory with using_stored_credentials",
                "V53 acs_dstransid is mandatory with using_stored_credentials",
                "--- return_token is mandatory with using_stored_credentials",
            ],
        ),
        (Sale, format!("using_stored_credentials=true {on_file}"), &[]),
        (
            Sale,
            format!("using_stored_credentials=true {on_file} tran_recurrence=subs"),
            &["V61 tran_recurrence must be one of: card"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=true {on_file} -card_cvv"),
            &["V40 card_cvv is mandatory"],
        ),
        (
            Sale,
            format!("using_stored_credentials=true {on_file} acs_eci=7 -acs_cavv"),
            &["V53 acs_cavv is mandatory with using_stored_credentials"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=true {on_file} tran_class=moto"),
            &["V37 tran_class must be one of: ecom"],
        ),
        (
            Sale,
            "using_stored_credentials=false tran_recurrence=card".into(),
            &[
                "V53 acs_3dsversion is mandatory with using_stored_credentials",
                "V53 acs_eci is mandatory with using_stored_credentials",
                "V53 acs_cavv is mandatory with using_stored_credentials",
                "V53 acs_dstransid is mandatory with using_stored_credentials",
                "--- return_token is mandatory with using_stored_credentials",
            ],
        ),
        // Without the token there would be nothing to use later.
        (
            Sale,
            format!("using_stored_credentials=false {on_file}"),
            &["--- return_token is mandatory with using_stored_credentials"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=0 {on_file}"),
            &["--- return_token must be one of: true"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=true {on_file} -acs_3dsversion"),
            &["V53 acs_3dsversion is mandatory with using_stored_credentials"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=true {on_file} acs_3dsversion=1.0.2"),
            &["V53 acs_3dsversion must be a version of 3-D Secure 2, such as 2.1.0"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=maybe {on_file}"),
            &["--- return_token must be one of: true"],
        ),
        // C2: the origin of a continuous payment.
        (
            Continuous,
            "-tran_orig_id".into(),
            &["V21 tran_orig_id is mandatory where scheme_transaction_id is absent"],
        ),
        (Continuous, "-tran_orig_id scheme_transaction_id=MCC6830070529".into(), &[]),
        (
            Continuous,
            "-tran_orig_id scheme_transaction_id=A1 card_num=4000000000000002 card_expiry=0130".into(),
            &[],
        ),
        (Continuous, "-tran_orig_id scheme_transaction_id=A1 card_token=1 card_expiry=0130".into(), &[]),
        (
            Continuous,
            "-tran_orig_id scheme_transaction_id=A1 card_token=1".into(),
            &["V02 card_expiry is mandatory with card_token"],
        ),
        (
            Continuous,
            "-tran_orig_id scheme_transaction_id=A1 card_num=4000000000000002 card_token=1 card_expiry=0130".into(),
            &["--- card_token must be absent with card_num"],
        ),
        (Continuous, "card_cvv=123".into(), &["V05 card_cvv must be absent from a continuous request"]),
        (Continuous, "card_token=1".into(), &["--- card_token must be absent with tran_orig_id"]),
        // A network token on the merchant's initiative, with either origin (RA-221).
        (Continuous, "network_token=true card_num=4000000000000002 card_tavv=0a".into(), &[]),
        (
            Continuous,
            "network_token=true card_num=4000000000000002 card_tavv=0a card_expiry=1130 card_payment_account_reference=P".into(),
            &[],
        ),
        (
            Continuous,
            "-tran_orig_id scheme_transaction_id=A1 network_token=1 card_num=4000000000000002 card_tavv=0a return_token=true".into(),
            &[],
        ),
        (
            Continuous,
            "network_token=true card_token=1".into(),
            &[
                "--- card_token must be absent with network_token",
                "V06 card_num is mandatory with network_token",
                "--- card_tavv is mandatory with network_token",
            ],
        ),
        (
            Continuous,
            "-tran_orig_id network_token=true card_num=4000000000000002 card_tavv=0a".into(),
            &["V21 tran_orig_id is mandatory where scheme_transaction_id is absent"],
        ),
        (
            Continuous,
            "network_token=true card_num=4000000000000002 card_tavv=0a card_cvv=123".into(),
            &["V05 card_cvv must be absent from a continuous request"],
        ),
        (
            Continuous,
            "card_num=4000000000000002 card_expiry=0130".into(),
            &[
                "V06 card_num must be absent with tran_orig_id",
                "V02 card_expiry must be absent with tran_orig_id",
            ],
        ),
        (Continuous, "tran_orig_id=99E5D84B40F".into(), &["V16 tran_orig_id names no transaction"]),
        // C3: where a credit goes.
        (Credit, "card_num=4000000000000002".into(), &[]),
        (Credit, "card_token=1 card_expiry=1130 retry_number=0".into(), &[]),
        (Credit, "card_num=4000000000000002 card_token=1".into(), &["--- card_token must be absent with card_num"]),
        (Credit, "card_expiry=1330".into(), &["V02 card_expiry must be MMYY with a month of 01 to 12"]),
        (Credit, "cust_name=A tran_desc=win descriptor=WIN return_acq_ref=1 retry_number=2".into(), &[]),
        (
            Credit,
            "primary_recipient_dob=19700131".into(),
            &[
                "V55 primary_recipient_surname is mandatory with primary_recipient_dob",
                "V55 primary_recipient_postcode is mandatory with primary_recipient_dob",
                "V55 primary_recipient_account_number is mandatory with primary_recipient_dob",
            ],
        ),
        (Credit, "-tran_orig_id card_num=4000000000000002".into(), &[]),
        (Credit, "-tran_orig_id card_token=1".into(), &[]),
        (Credit, "-tran_orig_id".into(), &["V21 tran_orig_id is mandatory where card_num is absent"]),
        (Credit, "tran_ref=a:b".into(), &["V10 tran_ref must not contain a colon"]),
        // Exemptions belong to their operation.
        (Sale, "SCA_exemption_indicator=lowrisk".into(), &[]),
        (
            Sale,
            "SCA_exemption_indicator=Recurring".into(),
            &["--- SCA_exemption_indicator must be one of: lowvalue, lowrisk"],
        ),
        (Continuous, "SCA_exemption_indicator=MerchantInitiated".into(), &[]),
        (
            Continuous,
            "SCA_exemption_indicator=lowvalue".into(),
            &["--- SCA_exemption_indicator must be one of: Recurring, MerchantInitiated"],
        ),
        (Continuous, "SCA_exemption_indicator=recurring".into(), &[]),
        (Verify, "SCA_exemption_indicator=lowvalue".into(), &[]),
        (Verify, "SCA_exemption_indicator=MerchantInitiated tran_recurrence=unsc".into(), &[]),
        (
            Verify,
            "SCA_exemption_indicator=none".into(),
            &["--- SCA_exemption_indicator must be one of: lowvalue, lowrisk, Recurring, MerchantInitiated"],
        ),
        // The recipient of funds: all four fields or none.
        (
            Sale,
            "primary_recipient_dob=19700131 primary_recipient_surname=O-Neil".into(),
            &[
                "V55 primary_recipient_postcode is mandatory with primary_recipient_dob",
                "V55 primary_recipient_account_number is mandatory with primary_recipient_dob",
            ],
        ),
        // Operation and class.
        (Sale, "tran_type=Sale tran_class=MoTo".into(), &[]),
        (Sale, "tran_type=SALE tran_class=eCom".into(), &[]),
        (
            Sale,
            "tran_type=auth".into(),
            &["V18 tran_type must be one of: sale, verify, void, refund, credit"],
        ),
        (Sale, "tran_class=mail".into(), &["V37 tran_class must be one of: ecom, moto, cont, cred"]),
        (Sale, "tran_class=cred".into(), &["V37 tran_class must be one of: ecom, moto, cont"]),
        (Verify, "tran_class=cont".into(), &["V37 tran_class must be one of: ecom, moto"]),
        (Credit, "tran_class=ecom".into(), &["V37 tran_class must be one of: cred"]),
        (Void, "tran_class=cont".into(), &[]),
        (Refund, "tran_class=cred".into(), &[]),
        (Sale, "tran_testmode=1".into(), &[]),
        (Sale, "tran_testmode=2".into(), &["--- tran_testmode must be one of: 0, 1"]),
        (Sale, "trans_desc=x".into(), &[]),
        (Sale, "card_Num=x".into(), &[]),
    ];
    for (operation, changes, expected) in cases {
        assert_eq!(errors(&bent(operation, &changes)), expected, "{operation} {changes}");
    }
}

/// Bodies that are wrong as forms: what is appended to a valid one, errors.
#[test]
fn the_form_is_read_strictly() {
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
        (b"&submit=1&submit=2", &["--- submit appears more than once"]),
        (b"&submit=%zz", &["--- submit has an invalid percent escape"]),
        (b"&submit=%FF", &["--- submit is not valid UTF-8"]),
        (b"&submit=anything%20else", &[]),
        (b"\r\n", &[]),
        (b"\n\n\r", &[]),
        (b"&cust_name=a\n&tran_desc=b", &["V07 cust_name must not contain control characters"]),
        (b"&cust_name=%", &["V07 cust_name has an invalid percent escape"]),
        (b"&cust_name=%4", &["V07 cust_name has an invalid percent escape"]),
        (b"&cust_name=%zz", &["V07 cust_name has an invalid percent escape"]),
        (b"&cust_name=%FF", &["V07 cust_name is not valid UTF-8"]),
        (b"&cust_name=\xff", &["V07 cust_name is not valid UTF-8"]),
        (b"&cust_name=caf\xe9", &["V07 cust_name is not valid UTF-8"]),
        (b"&cust_name=%C0%AF", &["V07 cust_name is not valid UTF-8"]),
        (b"&cust_name=%00", &["V07 cust_name must not contain control characters"]),
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
fn all_errors_are_found_at_once() {
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
            "V07 cust_name must not contain control characters",
            "V08 cust_address must not contain control characters",
            "V08 cust_postcode must not contain control characters",
            "V09 cust_country must be an ISO 3166-1 alpha-2 country code, such as GB",
            "V15 cust_ip must be an IPv4 address, such as 192.0.2.1",
            "V11 cust_email must be an e-mail address",
            "V12 cust_tel must not contain control characters",
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
fn flags_are_read_in_any_case() {
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
fn a_descriptor_may_be_over_long_when_it_is_read_but_not_when_it_is_made() {
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
fn unknown_parameters_are_kept_in_order() {
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
fn what_is_asked_for_comes_with_the_request() {
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
fn limits_are_finite_and_hold() {
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
fn test_mode_is_told_and_never_written() {
    let decoded = Request::decode(&bent(Sale, "tran_testmode=1")).unwrap();
    assert!(decoded.test_mode);
    let body = decoded.request.encode(&decoded.credentials);
    assert!(!Request::decode(body.as_bytes()).unwrap().test_mode);
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(
        request in crate::support::any::request(),
        credentials in crate::support::any::credentials(),
    ) {
        let body = request.encode(&credentials);
        let decoded = Request::decode(body.as_bytes());
        prop_assert!(decoded.is_ok(), "{:?} {:?}", body, decoded);
        let decoded = decoded.unwrap();
        prop_assert_eq!(&decoded.request, &request);
        prop_assert_eq!(&decoded.credentials, &credentials);
        prop_assert_eq!(decoded.request.return_flags(), request.return_flags());
        prop_assert!(decoded.unlisted.is_empty());
        prop_assert!(decoded.ignored.is_empty(), "{:?}", decoded.ignored);
        prop_assert!(decoded.findings.is_empty());
    }

    #[test]
    fn the_wire_order_is_the_table_s(request in crate::support::any::request()) {
        let credentials = cashflows_codec::remote_auth::Credentials::new("1".parse().unwrap(), "p".parse().unwrap());
        let body = request.encode(&credentials);
        let names: Vec<Parameter> = body
            .as_bytes()
            .split(|&byte| byte == b'&')
            .map(|pair| core::str::from_utf8(pair.split(|&byte| byte == b'=').next().unwrap()).unwrap())
            .map(|name| Parameter::from_wire(name).unwrap())
            .collect();
        prop_assert!(names.is_sorted(), "{:?}", names);
        for &parameter in Parameter::ALL {
            match parameter.presence(request.kind()) {
                Presence::Mandatory => prop_assert!(names.contains(&parameter), "{}", parameter),
                Presence::Ignored | Presence::Absent => prop_assert!(!names.contains(&parameter), "{}", parameter),
                Presence::Optional | Presence::Conditional => {}
            }
        }
    }

    #[test]
    fn the_body_is_what_serde_urlencoded_writes(request in crate::support::any::request()) {
        let credentials = cashflows_codec::remote_auth::Credentials::new("1".parse().unwrap(), "p&=+%é".parse().unwrap());
        let body = request.encode(&credentials);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body.as_bytes()).unwrap();
        let written = serde_urlencoded::to_string(&pairs).unwrap();
        prop_assert_eq!(body.as_bytes().as_ref(), written.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..400)) {
        stable(&body)?;
    }

    #[test]
    fn any_form_is_read_or_refused(body in crate::support::any::formlike()) {
        stable(&body)?;
    }
}

/// Whatever is read is written and read again as the same; whatever is refused has a reason.
fn stable(body: &[u8]) -> Result<(), TestCaseError> {
    match Request::decode(body) {
        Ok(decoded) => {
            let written = decoded.request.encode(&decoded.credentials);
            let again = Request::decode(written.as_bytes()).unwrap();
            prop_assert_eq!(&again.request, &decoded.request);
            prop_assert_eq!(again.request.encode(&again.credentials), written);
        }
        Err(RequestError::Parameters(errors)) => prop_assert!(!errors.is_empty()),
        Err(_) => {}
    }
    Ok(())
}
