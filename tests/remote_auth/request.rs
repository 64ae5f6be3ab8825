//! Requests, both ways: the documented bodies, and round trips.

mod cards;
mod contradictions;
mod credit;
mod presence;
mod reading;
mod refusals;
mod retry;
mod samples;
mod storable;

use crate::support::bodies::{escaped, smallest};
use crate::support::secrets;
use cashflows_codec::error::Rule;
use cashflows_codec::remote_auth::OperationKind::{Continuous, Credit, Refund, Sale, Verify, Void};
use cashflows_codec::remote_auth::request::{Finding, RequestError};
use cashflows_codec::remote_auth::{Environment, OperationKind, Parameter, ParameterRule, Presence, Request};
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
fn body_has_content_type_and_endpoint() {
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
fn decode_reads_escaped_bodies_as_plain_ones() {
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
fn documented_bodies_round_trip() {
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

/// An added parameter is written behind all others, and read as unlisted.
#[test]
fn with_parameter_writes_behind_all_others() {
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

proptest! {
    #[test]
    fn decode_reads_what_encode_wrote(
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
        // Text that changes the order in which it is shown is written, and doubted.
        let is_about_order = |finding: &Finding| finding.rule == ParameterRule::Value(Rule::ControlCharacter);
        prop_assert!(decoded.findings.iter().all(is_about_order), "{:?}", decoded.findings);
    }

    #[test]
    fn wire_order_matches_table(request in crate::support::any::request()) {
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
    fn encode_writes_what_serde_urlencoded_writes(request in crate::support::any::request()) {
        let credentials = cashflows_codec::remote_auth::Credentials::new("1".parse().unwrap(), "p&=+%é".parse().unwrap());
        let body = request.encode(&credentials);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body.as_bytes()).unwrap();
        let written = serde_urlencoded::to_string(&pairs).unwrap();
        prop_assert_eq!(body.as_bytes().as_ref(), written.as_bytes());
    }

    #[test]
    fn decode_of_any_bytes_is_stable(body in prop::collection::vec(any::<u8>(), 0..400)) {
        stable(&body)?;
    }

    #[test]
    fn decode_of_any_form_is_stable(body in crate::support::any::formlike()) {
        stable(&body)?;
    }
}

/// A request that is read is the same when it is written and read again. A refusal has a reason.
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
