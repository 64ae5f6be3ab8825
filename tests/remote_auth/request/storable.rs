//! Requests that are stored, and the values that requests of every operation have.

use std::collections::BTreeMap;

use crate::support::bodies::{Pairs, smallest};
use cashflows_codec::remote_auth::request::{
    NotStorable, OriginalClass, RequestError, RetryNumber, Reversal, StorableRequest, Void,
};
use cashflows_codec::remote_auth::{Credentials, OperationKind, Parameter, Request};
use cashflows_codec::value::Money;
use proptest::prelude::*;

fn decoded(body: &Pairs) -> Result<Request, RequestError> {
    Request::decode(&body.encode()).map(|decoded| decoded.request)
}

fn storable(body: &Pairs) -> Result<String, NotStorable> {
    let request = StorableRequest::try_from(decoded(body).unwrap())?;
    Ok(serde_json::to_string(&request).unwrap())
}

#[test]
fn request_without_secret_is_stored_as_parameters() {
    let void = smallest(OperationKind::Void).with("descriptor", "Returned");
    let json = storable(&void).unwrap();
    assert!(json.starts_with(r#"{"tran_amount":""#), "{json}");
    for name in ["auth_id", "auth_pass", "tran_testmode"] {
        assert!(!json.contains(name), "{json}");
    }
    let customer = smallest(OperationKind::Continuous)
        .with("cust_name", "Zoë \"Z\" O'Hara")
        .with("cust_address", "1 High Street\nLondon")
        .with("retry_number", "3")
        .with("return_acq_ref", "1");
    for body in [void, smallest(OperationKind::Refund), customer] {
        let stored = storable(&body).unwrap();
        let read: StorableRequest = serde_json::from_str(&stored).unwrap();
        assert_eq!(*read.request(), decoded(&body).unwrap());
        assert_eq!(Request::from(read.clone()), read.into_request());
        let value: serde_json::Value = serde_json::from_str(&stored).unwrap();
        assert!(serde_json::from_value::<StorableRequest>(value).is_ok());
    }
}

#[test]
fn request_with_secret_is_not_storable() {
    let sale = smallest(OperationKind::Sale);
    let error = storable(&sale).unwrap_err();
    assert_eq!(error.parameter(), Some(Parameter::CardNum));
    assert_eq!(error.to_string(), "card_num is not to be stored");
    let by_token = sale.without("card_num").with("card_token", "token-1");
    assert_eq!(storable(&by_token).unwrap_err().parameter(), Some(Parameter::CardToken));

    let continuous = smallest(OperationKind::Continuous);
    assert!(storable(&continuous).is_ok());
    let authenticated = continuous
        .with("acs_3dsversion", "2.1.0")
        .with("acs_eci", "5")
        .with("acs_cavv", "AAABCAAhIXdRcEdRVyEhAAAAAAA=")
        .with("acs_dstransid", "f25084f0-5b16-4c0a-ae5d-b24808a95e4b");
    assert_eq!(storable(&authenticated).unwrap_err().parameter(), Some(Parameter::AcsCavv));
}

#[test]
fn reading_checks_stored_requests_and_quotes_no_value() {
    let json = storable(&smallest(OperationKind::Refund)).unwrap();
    let edited = |from: &str, to: &str| {
        let edited = json.replace(from, to);
        assert_ne!(edited, json, "{from}");
        serde_json::from_str::<StorableRequest>(&edited).unwrap_err().to_string()
    };
    let (start, kind) = (r#"{"tran_amount""#, r#""tran_type":"refund""#);
    for (from, to, message) in [
        (start, r#"{"card_num":"7777777777777777","tran_amount""#, "card_num is not used by this request"),
        (start, r#"{"auth_pass":"7777","tran_amount""#, "a name that is no parameter of a stored request"),
        (start, r#"{"tran_testmode":"1","tran_amount""#, "a name that is no parameter of a stored request"),
        (start, r#"{"7777":"7777","tran_amount""#, "a name that is no parameter of a stored request"),
        (start, r#"{"tran_amount":"7777.77","tran_amount""#, "tran_amount appears more than once"),
        (start, r#"{"descriptor":7777,"tran_amount""#, "must be text"),
        (kind, r#""tran_type":"7777""#, "tran_type must be one of"),
        (kind, r#""tran_type":"void","retry_number":"7777""#, "retry_number must be"),
    ] {
        let error = edited(from, to);
        assert!(error.starts_with(message), "{error}");
        assert!(!error.contains("77"), "{error}");
    }
    for other in ["7777", r#""7777""#, "[7777]", "null", "{}"] {
        let error = serde_json::from_str::<StorableRequest>(other).unwrap_err().to_string();
        assert!(!error.contains("77"), "{error}");
    }
    let sale = r#"{"card_token":"77","card_cvv":"777","card_expiry":"1130","tran_ref":"1","tran_amount":"1.00","tran_currency":"GBP","tran_type":"sale","tran_class":"ecom"}"#;
    let error = serde_json::from_str::<StorableRequest>(sale).unwrap_err().to_string();
    assert!(error.starts_with("card_token is not to be stored"), "{error}");
}

#[test]
fn request_has_reference_original_and_money() {
    for (operation, reference, original, money) in [
        (OperationKind::Sale, true, false, true),
        (OperationKind::Verify, true, false, false),
        (OperationKind::Continuous, true, true, true),
        (OperationKind::Void, false, true, true),
        (OperationKind::Refund, false, true, true),
        (OperationKind::Credit, true, true, true),
    ] {
        let body = smallest(operation);
        let request = decoded(&body).unwrap();
        let pairs: BTreeMap<String, String> = serde_urlencoded::from_bytes(&body.encode()).unwrap();
        let says = |name: &str| pairs.get(name).map(String::as_str);
        assert_eq!(request.reference(), says("tran_ref").filter(|_| reference), "{operation}");
        let id = request.original().map(|id| id.to_string());
        assert_eq!(id.as_deref(), says("tran_orig_id").filter(|_| original), "{operation}");
        let amount = request.money().map(|money| money.amount().to_string());
        assert_eq!(amount.as_deref(), says("tran_amount").filter(|_| money), "{operation}");
        assert_eq!(Some(request.currency().as_str()), says("tran_currency"), "{operation}");
        assert!(request.money().is_none_or(|money| money.currency() == request.currency()));
    }
}

#[test]
fn with_retry_number_sets_number_of_any_request() {
    let void = Request::from(Void::new("01S1".parse().unwrap(), OriginalClass::Ecom, Money::gbp(1)));
    let numbered = void.with_retry_number(RetryNumber::new(3));
    assert_eq!(numbered.retry_number(), Some(RetryNumber::new(3)));
    let credit = decoded(&smallest(OperationKind::Credit)).unwrap();
    let numbered = credit.with_retry_number(RetryNumber::new(1));
    assert_eq!(numbered.retry_number(), Some(RetryNumber::new(1)));
}

proptest! {
    #[test]
    fn request_is_storable_if_its_body_has_no_secret(request in crate::support::any::request()) {
        let credentials = Credentials::new("1".parse().unwrap(), "p".parse().unwrap());
        let body = request.encode(&credentials);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body.as_bytes()).unwrap();
        let secrets = ["card_num", "card_token", "card_cvv", "card_tavv", "acs_cavv"];
        let has_secret = pairs.iter().any(|(name, _)| secrets.contains(&name.as_str()));
        match StorableRequest::try_from(request.clone()) {
            Ok(storable) => {
                prop_assert!(!has_secret);
                let json = serde_json::to_string(&storable).unwrap();
                prop_assert_eq!(serde_json::from_str::<StorableRequest>(&json).unwrap().into_request(), request);
            }
            Err(error) => {
                prop_assert!(has_secret);
                prop_assert!(secrets.contains(&error.parameter().unwrap().as_str()));
            }
        }
    }
}

#[test]
fn reversal_is_stored_with_its_reference() {
    fn reversal<const IS_REFUND: bool>() -> Reversal<IS_REFUND> {
        Reversal::new("01S1".parse().unwrap(), OriginalClass::Ecom, Money::gbp(1))
            .with_reference("ret-7".parse().unwrap())
            .with_mpg_id("12345678901".parse().unwrap())
            .returning_acquirer_reference()
    }
    for request in [Request::Void(reversal()), Request::Refund(reversal())] {
        let json = serde_json::to_string(&StorableRequest::try_from(request.clone()).unwrap()).unwrap();
        let stored = serde_json::from_str::<StorableRequest>(&json).unwrap().into_request();
        assert_eq!(stored, request);
        assert_eq!(stored.reference(), Some("ret-7"));
        let retry =
            stored.retry(std::time::SystemTime::UNIX_EPOCH, std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert_eq!(retry.reference(), Some("ret-7"));
        assert!(retry.return_flags().acquirer_reference);
    }
}

/// The value of an added parameter may be a secret.
#[test]
fn request_with_added_parameter_is_not_storable() {
    let void = Void::new("01S1".parse().unwrap(), OriginalClass::Ecom, Money::gbp(1));
    let void = Request::Void(void.with_parameter("shop_id", "17").unwrap());
    let error = StorableRequest::try_from(void).unwrap_err();
    assert_eq!(
        (error.parameter(), error.to_string().as_str()),
        (None, "a parameter that was added is not to be stored")
    );
}
