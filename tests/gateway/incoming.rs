//! The other side: what is asked is what is received, and everything that is wrong is told at once.

use cashflows_codec::gateway::call::{Call, SignedCall};
use cashflows_codec::gateway::incoming::{CallHeaders, IncomingCall, IncomingError};
use cashflows_codec::gateway::request::{PaymentJob, RecipientBirth};
use cashflows_codec::gateway::response::ErrorWord;
use cashflows_codec::gateway::{ApiKey, Credentials, JsonLimits, Locale, Operation, Signature};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::gateway_calls::{self, Choices};

const KEY: &str = "845c51f6-1cd5-4338-a586-df752e65d690";
const JOBS: &str = "/api/gateway/payment-jobs";

fn key() -> ApiKey {
    KEY.parse().unwrap()
}

fn credentials() -> Credentials {
    Credentials::new("200426117314086912".parse().unwrap(), key())
}

/// A call, signed as it should be, with a JSON body.
fn receive(method: &str, path: &str, body: &[u8]) -> Result<IncomingCall, IncomingError> {
    let signature = Signature::of(&key(), body);
    let headers = [
        ("ConfigurationId", b"200426117314086912".as_slice()),
        ("Hash", signature.secret_str().as_bytes()),
        ("Content-Type", b"application/json"),
    ];
    IncomingCall::decode(method, path, &CallHeaders::read(headers)?, body, &[key()])
}

fn job(body: &str) -> Result<PaymentJob, IncomingError> {
    match receive("POST", JOBS, body.as_bytes())?.into_call() {
        Call::CreateJob(create) => Ok(create.job.clone()),
        other => panic!("{other:?}"),
    }
}

/// What is told of a body, in words.
fn errors(method: &str, path: &str, body: &str) -> Vec<String> {
    let error = receive(method, path, body.as_bytes()).expect_err(body);
    error.members().iter().map(ToString::to_string).collect()
}

pub fn received(sent: &SignedCall) -> IncomingCall {
    let headers: Vec<_> = sent.secret_headers().map(|(name, value)| (name, value.as_bytes())).collect();
    let headers = CallHeaders::read(headers).unwrap();
    let (method, path) = (sent.method().as_str(), sent.path_and_query());
    IncomingCall::decode(method, path, &headers, sent.body(), &[key()]).unwrap()
}

fn localised(sent: SignedCall, locale: Option<&Locale>) -> SignedCall {
    locale.into_iter().fold(sent, SignedCall::with_locale)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn what_is_asked_is_what_is_received(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut choices = Choices(&bytes);
        let call = gateway_calls::call(&mut choices);
        let locale = gateway_calls::locale(&mut choices);
        let sent = localised(call.sign(&credentials()), locale.as_ref());
        let received = received(&sent);
        prop_assert_eq!(received.call(), &call);
        let takes_one = call.operation() != Operation::FindOrder;
        prop_assert_eq!(received.locale(), locale.as_ref().filter(|_| takes_one));
        prop_assert_eq!(received.headers().configuration().as_str(), "200426117314086912");
        // And what is received is written as it came.
        prop_assert_eq!(localised(received.into_call().sign(&credentials()), locale.as_ref()), sent);
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        method in "GET|POST|PATCH|HEAD|[A-Z]{0,5}",
        path in prop_oneof!["(/api/gateway/[a-z]{0,20})?[ -~]{0,40}", Just(JOBS.to_owned()), any::<String>()],
        body in prop_oneof![any::<Vec<u8>>(), r#"\{("[a-zA-Z]{0,9}":[\[\]{}"0-9,:a-z]{0,9},?){0,6}\}"#.prop_map(String::into_bytes)],
    ) {
        if let Err(error) = receive(&method, &path, &body) {
            prop_assert!([400, 404, 405].contains(&error.status()));
            prop_assert!(!error.to_string().is_empty());
        }
    }

    /// Whatever a request is changed to, nothing panics, and what is read is read again as the same.
    #[test]
    fn changed_requests_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        place: prop::sample::Index,
        byte: u8,
    ) {
        let call = gateway_calls::call(&mut Choices(&bytes));
        let sent = call.sign(&credentials());
        let mut body = sent.body().to_vec();
        if !body.is_empty() {
            let place = place.index(body.len());
            body[place] = byte;
        }
        if let Ok(changed) = receive(sent.method().as_str(), sent.path_and_query(), &body) {
            let again = received(&changed.call().sign(&credentials()));
            prop_assert_eq!(again.call(), changed.call());
        }
    }
}

#[test]
fn the_samples_of_the_vendor_are_received() {
    let folder = format!("{}/tests/data/gateway", env!("CARGO_MANIFEST_DIR"));
    let parent = r#"must be a positive integer of 64 bits without leading zeros"#;
    for (file, kind, wrong) in [
        ("card", "card", vec![]),
        ("expiring", "card", vec![]),
        ("generate-token", "card", vec![]),
        ("moto", "moto", vec![]),
        ("use-token", "token", vec![]),
        ("hosted-page", "hosted_page", vec![]),
        ("external-3ds", "external_3ds", vec![]),
        ("wallet", "wallet", vec![]),
        ("stored-credentials", "stored_credentials", vec![]),
        // A masked number is no card number.
        ("subscription-parent", "", vec!["parameters.CardNumber must be 12 to 19 digits".to_owned()]),
        ("instalment-parent", "", vec!["parameters.CardNumber must be 12 to 19 digits".to_owned()]),
        ("unscheduled-parent", "", vec!["parameters.CardNumber must be 12 to 19 digits".to_owned()]),
        // A placeholder is no reference.
        ("subscription-child", "", vec![format!("parentPaymentJobReference {parent}")]),
        ("instalment-child", "", vec![format!("parentPaymentJobReference {parent}")]),
        ("unscheduled-child", "", vec![format!("parentPaymentJobReference {parent}")]),
        (
            "financial-institution",
            "",
            vec!["amountToCollect is missing".to_owned(), "currency must be text".to_owned()],
        ),
    ] {
        let body = std::fs::read_to_string(format!("{folder}/{file}-request.json")).unwrap();
        match job(&body) {
            Ok(job) => assert_eq!((job.kind().as_str(), wrong), (kind, vec![]), "{file}"),
            Err(error) => {
                let told: Vec<_> = error.members().iter().map(ToString::to_string).collect();
                assert_eq!(told, wrong, "{file}");
            }
        }
        let mended = body
            .replace("4000********0002", "4000000000000002")
            .replace("PARENT_PAYMENT_JOB_REFERENCE", "210221017179873304");
        if file != "financial-institution" {
            let read = job(&mended).unwrap();
            // Read and written again, it is the same but for the spellings that are written in one way.
            let again = received(&create(read.clone()).sign(&credentials()));
            assert_eq!(again.call(), &create(read), "{file}");
        }
    }
    let payment = "/api/gateway/payment-jobs/1/payments/2";
    for (file, path) in [
        ("refund", format!("{payment}/refunds")),
        ("capture", format!("{payment}/captures")),
        ("token", "/api/gateway/card-tokenisation".to_owned()),
    ] {
        let body = std::fs::read(format!("{folder}/{file}-request.json")).unwrap();
        assert!(receive("POST", &path, &body).is_ok(), "{file}");
    }
}

fn create(job: PaymentJob) -> Call {
    cashflows_codec::gateway::call::CreateJob::new(job).into()
}

fn card_body() -> Value {
    json!({
        "amountToCollect": "10.00",
        "currency": "GBP",
        "parameters": {
            "CardNumber": "4000000000000002",
            "CardExpiryMonth": "05",
            "CardExpiryYear": "30",
            "CardCvc": "123",
        },
    })
}

/// The card job with some members set, or, where there is nothing to set, removed.
fn changed(changes: &[(&str, Value)]) -> String {
    let mut body = card_body();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match value {
            Value::Null => drop(parent.remove(name)),
            value => drop(parent.insert(name.to_owned(), value.clone())),
        }
    }
    body.to_string()
}

#[test]
fn what_is_written_in_several_ways_is_read_as_one() {
    let plain = job(&card_body().to_string()).unwrap();
    for (changes, same) in [
        (vec![("/amountToCollect", json!(10))], true),
        (vec![("/amountToCollect", json!("10"))], true),
        (vec![("/amountToCollect", json!("10.000"))], true),
        (vec![("/amountToCollect", json!("10.01"))], false),
        (vec![("/parameters/CardExpiryYear", json!("2030"))], true),
        (vec![("/parameters/CardExpiryYear", json!("31"))], false),
        (vec![("/type", json!("Payment"))], true),
        (
            vec![
                ("/parameters/CardNumber", Value::Null),
                ("/parameters/cardNUMBER", json!("4000000000000002")),
            ],
            true,
        ),
        (vec![("/options", json!([]))], true),
        (vec![("/paymentMethodsToUse", json!(["creditcard"]))], false),
    ] {
        let read = job(&changed(&changes)).unwrap();
        assert_eq!(read == plain, same, "{changes:?}");
    }
    let locale = |text: &str| job(&changed(&[("/locale", json!(text))])).unwrap().locale;
    assert_eq!((locale("en-GB"), locale("en_GB")), (Some(Locale::EnGb), Some(Locale::EnGb)));
    assert_eq!(locale("x").map(|locale| locale.as_str().to_owned()).as_deref(), Some("x"));
    let method = job(&changed(&[("/paymentMethodsToUse", json!(["CREDITCARD", "barter"]))])).unwrap();
    let names: Vec<_> = method.payment_methods().iter().map(|method| method.as_str()).collect();
    assert_eq!(names, ["CreditCard", "barter"]);
}

#[test]
fn amounts_never_pass_a_float() {
    let amount = |json: &str, currency: &str| {
        let body = format!(r#"{{"amountToCollect":{json},"currency":"{currency}"}}"#);
        job(&body).map(|job| job.amount().to_string()).map_err(|error| error.to_string())
    };
    for (json, currency, read) in [
        // The nearest double of the first is 90071992547409.92, of the third 0.1000000000000000055.
        ("90071992547409.93", "GBP", Ok("90071992547409.93")),
        ("\"184467440737095516.15\"", "GBP", Ok("184467440737095516.15")),
        ("0.1", "GBP", Ok("0.10")),
        ("1.234", "KWD", Ok("1.234")),
        ("10.0", "JPY", Ok("10")),
        ("10.5", "JPY", Err("must have at most 0 decimals, as the currency has")),
        ("0.001", "GBP", Err("must have at most 2 decimals, as the currency has")),
        ("0", "GBP", Err("must be greater than 0")),
        (
            "\"184467440737095516.16\"",
            "GBP",
            Err("must be digits with at most one point between them, such as 10 or 10.00"),
        ),
        ("184467440737095517", "GBP", Err("is too large an amount")),
        ("1e3", "GBP", Err("must be digits with at most one point between them, such as 10 or 10.00")),
        ("-1", "GBP", Err("must be digits with at most one point between them, such as 10 or 10.00")),
        (
            "\"1,000.00\"",
            "GBP",
            Err("must be digits with at most one point between them, such as 10 or 10.00"),
        ),
        ("\"\"", "GBP", Err("must be digits with at most one point between them, such as 10 or 10.00")),
        ("null", "GBP", Err("is missing")),
        ("[10]", "GBP", Err("must be text or a number")),
    ] {
        let read = read.map(str::to_owned).map_err(|error| format!("amountToCollect {error}"));
        assert_eq!(amount(json, currency), read, "{json} {currency}");
    }
}

#[test]
fn everything_that_is_wrong_with_a_job_is_told() {
    for (changes, told) in [
        (vec![("/parameters/CardCvc", Value::Null)], vec!["parameters.CardCvc is mandatory for a card job"]),
        (
            vec![("/parameters/CardNumber", Value::Null)],
            vec!["parameters.CardNumber is mandatory for a card job"],
        ),
        (
            vec![("/parameters/Token", json!("t0ken"))],
            vec!["parameters.Token must be absent with CardNumber"],
        ),
        (vec![("/parameters/cardCVC", json!("123"))], vec!["parameters.CardCvc appears more than once"]),
        (
            vec![("/parameters/CardExpiryMonth", json!("13"))],
            vec!["parameters.CardExpiryMonth must be a month of 01 to 12"],
        ),
        (
            vec![("/parameters/CardExpiryYear", json!("1930"))],
            vec!["parameters.CardExpiryYear must be a year of two digits, or four that begin with 20"],
        ),
        (
            vec![("/options", json!(["UsingStoredCredentials"]))],
            vec![
                "parameters.ThreeDSecureVersion is mandatory for a stored_credentials job",
                "parameters.ThreeDSecureCavv is mandatory for a stored_credentials job",
                "parameters.ThreeDSecureEci is mandatory for a stored_credentials job",
                "parameters.ThreeDSecureDSTransId is mandatory for a stored_credentials job",
            ],
        ),
        (
            vec![
                ("/parameters/EwalletType", json!("apple")),
                ("/parameters/ThreeDSecureVersion", json!("1")),
            ],
            vec![
                "parameters.ThreeDSecureVersion must be a version of 3-D Secure 2, such as 2.1.0",
                "parameters.ThreeDSecureCavv is mandatory for a wallet job",
                "parameters.EwalletType must be one of: ApplePay, GooglePay, SamsungPay, Other",
            ],
        ),
        (
            vec![("/parentPaymentJobReference", json!(1)), ("/options", json!(["IsMoto"]))],
            vec!["parameters.CardNumber must be absent from a recurring_child job"],
        ),
        (
            vec![("/options", json!(["IsRecurringPaymentJobParent"]))],
            vec!["recurrenceCriteria is mandatory for a recurring_parent job"],
        ),
        (
            vec![
                ("/options", json!(["IsRecurringPaymentJobParent"])),
                ("/recurrenceCriteria", json!({ "recurrenceType": "Subscription", "instalments": 1 })),
            ],
            vec![
                "recurrenceCriteria.recurringExpiry is mandatory with this recurrenceType",
                "recurrenceCriteria.recurringFrequency is mandatory with this recurrenceType",
            ],
        ),
        (
            vec![
                ("/type", json!("Credit")),
                ("/parentPaymentJobReference", json!("1")),
                ("/options", json!(["UsingStoredCredentials"])),
            ],
            vec!["parentPaymentJobReference must be absent from a credit job"],
        ),
        (vec![("/type", json!("Debit"))], vec!["type must be one of: Payment, Credit"]),
        (vec![("/parameters", json!("x"))], vec!["parameters must be an object"]),
        (
            vec![("/parameters", Value::Null), ("/options", json!(["IsMoto"]))],
            vec![
                "parameters.CardNumber is mandatory for a moto job",
                "parameters.CardExpiryMonth is mandatory for a moto job",
                "parameters.CardExpiryYear is mandatory for a moto job",
                "parameters.CardCvc is mandatory for a moto job",
            ],
        ),
        (
            vec![
                ("/parameters/Mcc", json!("601")),
                ("/parameters/RecipientDetails", json!(r#"{"lastname":"S","x":1,"postcode":"?"}"#)),
            ],
            vec![
                "parameters.Mcc must be 4 digits",
                "parameters.RecipientDetails.lastname must have at least 2 characters",
                "parameters.RecipientDetails.dateOfBirth is missing",
                "parameters.RecipientDetails.postcode must have at least 2 characters",
                "parameters.RecipientDetails.primaryAccountNumber is missing",
            ],
        ),
        (
            vec![("/parameters/Mcc", json!("6012")), ("/parameters/RecipientDetails", json!("{"))],
            vec!["parameters.RecipientDetails is cut short"],
        ),
        (
            vec![(
                "/order",
                json!({
                    "orderNumber": ".",
                    "customerReference": "\n",
                    "orderLines": [{ "name": "Hat" }, 1, { "name": "", "unitPriceExclVat": "1,0", "type": "x" }],
                }),
            )],
            vec![
                "order.orderNumber must be ASCII letters, digits, ., _ and - only",
                "order.customerReference must not contain control characters",
                "order.orderLines[0].unitPriceInclVat is missing",
                "order.orderLines[1] must be an object",
                "order.orderLines[2].name must not be empty",
                "order.orderLines[2].unitPriceExclVat must be digits with at most one point between them, such as 10 or 10.00",
            ],
        ),
        (
            vec![
                ("/currency", json!("pounds")),
                ("/parameters/CardNumber", json!("4000 0000")),
                ("/order", json!(["1"])),
            ],
            vec![
                "currency must be an ISO 4217 currency code, such as GBP",
                "order must be an object",
                "parameters.CardNumber must be 12 to 19 digits",
            ],
        ),
    ] {
        assert_eq!(errors("POST", JOBS, &changed(&changes)), told, "{changes:?}");
    }
}

#[test]
fn an_error_has_the_word_of_the_gateway_where_there_is_one() {
    let changes = [
        ("/order", json!({ "customerReference": "\n", "orderNumber": "." })),
        ("/parameters/RecipientDetails", json!("{}")),
    ];
    let error = job(&changed(&changes)).unwrap_err();
    let words: Vec<_> = error.members().iter().map(|error| error.word()).collect();
    let (customer, recipient) =
        (Some(ErrorWord::InvalidCustomerReference), Some(ErrorWord::InvalidRecipientDetails));
    assert_eq!(words, [None, customer, recipient.clone(), recipient.clone(), recipient.clone(), recipient]);
}

#[test]
fn members_that_appear_twice_are_told() {
    let body = r#"{"amountToCollect":"1","currency":"GBP","currency":"EUR","order":{"note":"a","note":"b"}}"#;
    assert_eq!(
        errors("POST", JOBS, body),
        ["currency appears more than once", "order.note appears more than once"],
    );
}

#[test]
fn what_is_not_json_is_told() {
    for (body, told) in [
        ("", "the body is empty"),
        ("{", "the body is cut short"),
        ("[]", "the body must be an object"),
        ("{}x", "the body has something behind its end"),
        ("<html>", "the body is HTML or XML"),
    ] {
        assert_eq!(errors("POST", JOBS, body), [told], "{body}");
    }
    // What is appended to a body whose signature is known is not JSON.
    let padded = [br#"{"amountToCollect":"1","currency":"GBP"}"#.as_slice(), b"\x80", &[0; 40]].concat();
    assert!(receive("POST", JOBS, &padded).is_err());
}

#[test]
fn everything_that_is_wrong_with_refunds_captures_and_cards_is_told() {
    let payment = "/api/gateway/payment-jobs/1/payments/2";
    for (path, body, told) in [
        (
            format!("{payment}/refunds"),
            r#"{"amountToRefund":0}"#,
            vec!["amountToRefund must be greater than 0"],
        ),
        (
            format!("{payment}/refunds"),
            r#"{"amountToRefund":1,"refundNumber":[],"parameters":{"Z":"1","z":"2"}}"#,
            vec!["refundNumber must be text", "parameters.z appears more than once"],
        ),
        (
            format!("{payment}/captures"),
            r#"{"isFinalCapture":"yes"}"#,
            vec!["isFinalCapture must be true or false"],
        ),
        (
            format!("{payment}/captures"),
            r#"{"amountToCapture":"0.00"}"#,
            vec!["amountToCapture must be greater than 0"],
        ),
        (
            "/api/gateway/card-tokenisation".to_owned(),
            r#"{"CARDNUMBER":"4000000000000002","cardcvc":"12","Mcc":"6012","x":"y"}"#,
            vec!["CardCvc must be 3 to 4 digits", "CardExpiryMonth is missing", "CardExpiryYear is missing"],
        ),
    ] {
        assert_eq!(errors("POST", &path, body), told, "{body}");
    }
    for place in ["captures", "refunds"] {
        assert!(receive("POST", &format!("{payment}/{place}"), b"{}").is_ok(), "{place}");
    }
}

#[test]
fn paths_and_methods_are_told_apart() {
    for (method, path, status) in [
        ("POST", "/api/gateway/payment-job", 404),
        ("POST", "/api/gateway/payment-jobs//", 404),
        ("POST", "/api/gateway/Payment-Jobs", 404),
        ("POST", "/payment-jobs", 404),
        ("POST", "", 404),
        ("GET", "/api/gateway/payment-jobs/0", 404),
        ("GET", "/api/gateway/payment-jobs/x", 404),
        ("GET", "/api/gateway/payment-jobs/1/payments", 404),
        ("GET", "/api/gateway/payment-jobs/1/payments/01", 404),
        ("POST", "/api/gateway/payment-jobs/1/payments/2/refund", 404),
        ("POST", "/api/gateway/payment-jobs/1/payments/2/refunds/3", 404),
        ("PATCH", "/api/gateway/payment-jobs/1/cancel/2", 404),
        ("HEAD", "/api/gateway/orders", 404),
        ("HEAD", "/api/gateway/orders/", 404),
        ("HEAD", "/api/gateway/orders/a/b", 404),
        ("HEAD", "/api/gateway/orders/%2e%2e", 404),
        ("HEAD", "/api/gateway/orders/%zz", 404),
        ("HEAD", "/api/gateway/orders/%ff", 404),
        ("GET", "/api/gateway/payment-jobs", 405),
        ("post", "/api/gateway/payment-jobs", 405),
        ("GET", "/api/gateway/orders/1", 405),
        ("GET", "/api/gateway/payment-jobs/1/cancel", 405),
        ("DELETE", "/api/gateway/payment-jobs/1", 405),
        ("GET", "/api/gateway/payment-jobs/1", 200),
        ("GET", "/api/gateway/payment-jobs/1?", 200),
        ("GET", "/api/gateway/payment-jobs/1/", 200),
        ("GET", "/api/gateway/payment-jobs/1/?locale=en_GB", 200),
        ("HEAD", "/api/gateway/orders/a%2Fb%20c", 200),
    ] {
        let answered = receive(method, path, b"").map_or_else(|error| error.status(), |_| 200);
        assert_eq!(answered, status, "{method} {path}");
    }
}

#[test]
fn everything_that_is_wrong_with_a_query_is_told() {
    let job = "/api/gateway/payment-jobs/1";
    let methods = "/api/gateway/supported-payment-methods";
    for (method, path, told) in [
        ("GET", format!("{job}?locale=en_GB&locale=en_GB"), vec!["query.locale appears more than once"]),
        ("GET", format!("{job}?locale=en_GB&LOCALE="), vec!["query.locale appears more than once"]),
        ("GET", format!("{methods}?currency=%e"), vec!["query.currency has an invalid percent escape"]),
        (
            "GET",
            format!("{methods}?collectAmount=1,0&currency=pounds&all=1&customerReference=%0a"),
            vec![
                "query.collectAmount must be digits with at most one point between them, such as 10 or 10.00",
                "query.currency must be an ISO 4217 currency code, such as GBP",
                "query.all must be one of: true, false",
                "query.customerReference must not contain control characters",
            ],
        ),
    ] {
        let mut errors = errors(method, &path, "");
        errors.sort_by_key(|error| told.iter().position(|told| told == error));
        assert_eq!(errors, told, "{path}");
    }
}

#[test]
fn headers_are_read_before_anything_else() {
    let signature = Signature::of(&key(), b"");
    let hash = ("hash", signature.secret_str().as_bytes());
    let id = ("CONFIGURATIONID", b"1".as_slice());
    for (headers, told, status) in [
        (vec![hash], "header ConfigurationId is missing", 401),
        (vec![id], "header Hash is missing", 401),
        (vec![id, ("Hash", b"00")], "header Hash must be 128 hexadecimal digits", 401),
        (vec![id, ("Hash", b"\xff")], "header Hash is not valid UTF-8", 401),
        (vec![id, id, hash], "header ConfigurationId appears more than once", 401),
        (vec![id, hash, hash], "header Hash appears more than once", 401),
        (
            vec![("ConfigurationId", b"a b"), hash],
            "header ConfigurationId must be visible ASCII characters",
            401,
        ),
        (
            vec![id, hash, ("RequestOrigin", b" ")],
            "header RequestOrigin must be visible ASCII characters",
            400,
        ),
    ] {
        let error = IncomingError::from(CallHeaders::read(headers).unwrap_err());
        assert_eq!((error.to_string().as_str(), error.status()), (told, status));
    }
    let others = [("X-Other", b"\xff".as_slice()), ("PaymentDataOrigin", b"Page"), ("RequestOrigin", b"")];
    let headers = CallHeaders::read([id, hash].into_iter().chain(others)).unwrap();
    assert_eq!(headers.request_origin(), None);
    assert_eq!(headers.payment_data_origin().map(|origin| origin.as_str()), Some("Page"));
    assert_eq!(headers.configuration().as_str(), "1");
}

#[test]
fn the_body_may_not_be_said_to_be_something_else_than_json() {
    let body = card_body().to_string();
    let signature = Signature::of(&key(), body.as_bytes());
    for (content_type, told) in [
        (Some("application/json"), None),
        (Some("Application/JSON ; charset=utf-8"), None),
        (Some("text/json"), None),
        (Some("application/json-patch+json; charset=utf-8"), None),
        (Some("application/*+json"), None),
        (Some("APPLICATION/PROBLEM+JSON"), None),
        (Some(""), None),
        (None, None),
        (Some("application/jsonp"), Some("header Content-Type must be application/json")),
        (Some("text/plain"), Some("header Content-Type must be application/json")),
        (Some("application/x-www-form-urlencoded"), Some("header Content-Type must be application/json")),
    ] {
        let mut headers =
            vec![("ConfigurationId", b"1".as_slice()), ("Hash", signature.secret_str().as_bytes())];
        headers.extend(content_type.map(|value| ("Content-Type", value.as_bytes())));
        let headers = CallHeaders::read(headers).unwrap();
        let error = IncomingCall::decode("POST", JOBS, &headers, body.as_bytes(), &[key()]).err();
        assert_eq!(error.as_ref().map(ToString::to_string).as_deref(), told);
        assert!(error.is_none_or(|error| error.status() == 415));
    }
}

#[test]
fn nothing_is_parsed_before_the_signature_is_right() {
    let signature = Signature::of(&key(), b"{}");
    let headers = CallHeaders::read([
        ("ConfigurationId", b"1".as_slice()),
        ("Hash", signature.secret_str().as_bytes()),
    ])
    .unwrap();
    let decode = |method: &str, path: &str, body: &[u8], keys: &[ApiKey]| {
        IncomingCall::decode(method, path, &headers, body, keys).unwrap_err()
    };
    // Whatever else is wrong, it is the signature that is told.
    for (method, path, body) in
        [("POST", JOBS, "x"), ("GET", JOBS, "x"), ("POST", "/nowhere", "x"), ("POST", JOBS, "")]
    {
        let error = decode(method, path, body.as_bytes(), &[key()]);
        assert_eq!((error.to_string().as_str(), error.status()), ("the signature does not match", 401));
    }
    assert_eq!(decode("POST", JOBS, b"{}", &[]).status(), 401);
    let other: ApiKey = "other".parse().unwrap();
    assert_eq!(decode("POST", JOBS, b"{}", core::slice::from_ref(&other)).status(), 401);
    // Either of two keys is right.
    for keys in [[other.clone(), key()], [key(), other]] {
        assert_eq!(decode("POST", "/nowhere", b"{}", &keys).status(), 404);
    }
}

#[test]
fn limits_come_first() {
    let body = card_body().to_string();
    let signature = Signature::of(&key(), body.as_bytes());
    let headers = CallHeaders::read([
        ("ConfigurationId", b"1".as_slice()),
        ("Hash", signature.secret_str().as_bytes()),
        ("Content-Type", b"application/json"),
    ])
    .unwrap();
    let decode = |limits: JsonLimits| {
        IncomingCall::decode_with("POST", JOBS, &headers, body.as_bytes(), &[key()], &limits)
    };
    assert!(decode(JsonLimits::default().with_bytes(body.len())).is_ok());
    let error = decode(JsonLimits::default().with_bytes(body.len() - 1)).unwrap_err();
    assert_eq!(
        (error.status(), error.to_string()),
        (413, format!("the body has more than {} bytes", body.len() - 1))
    );
    assert_eq!(decode(JsonLimits::default().with_depth(1)).unwrap_err().status(), 400);
    assert_eq!(decode(JsonLimits::default().with_values(5)).unwrap_err().status(), 400);
}

#[test]
fn a_date_of_birth_that_is_none_is_kept_as_text() {
    let details = r#"{"lastname":"Smith","dateOfBirth":"1980-07- 29T23:00:00.000Z","postcode":"CB21 5XE","primaryAccountNumber":"111213313"}"#;
    let body =
        changed(&[("/parameters/Mcc", json!("6012")), ("/parameters/RecipientDetails", json!(details))]);
    let read = job(&body).unwrap();
    let (mcc, recipient) = (read.mcc.unwrap(), read.recipient.as_ref().unwrap());
    assert_eq!((mcc.as_str(), recipient.birth.as_str()), ("6012", "1980-07- 29T23:00:00.000Z"));
    assert!(matches!(recipient.birth, RecipientBirth::Other(_)));
    let again = received(&create(read.clone()).sign(&credentials()));
    assert_eq!(again.call(), &create(read));
}

#[test]
fn what_is_received_may_lack_what_a_client_of_ours_insists_on() {
    let read = job(&card_body().to_string()).unwrap();
    let card = read.kind().card().unwrap();
    assert_eq!((read.order.as_ref(), card.holder()), (None, None));
    assert!(matches!(card.source(), cashflows_codec::value::CardOrToken::Number(_)));
    let token =
        job(&changed(&[("/parameters/CardNumber", Value::Null), ("/parameters/Token", json!("t"))])).unwrap();
    assert_eq!(token.kind().as_str(), "token");
}
