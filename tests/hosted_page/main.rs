//! The other provider's hosted page, by its public API only. `tests/data/hosted_page` has the bodies
//! that the provider prints.
#![cfg(feature = "hosted-page")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use core::num::NonZeroU64;

use cashflows_codec::hosted_page::*;
use cashflows_codec::value::Currency;
use proptest::prelude::*;
use serde_json::{Value, json};

macro_rules! documented {
    ($name:literal) => {
        include_bytes!(concat!("../data/hosted_page/", $name, ".json"))
    };
}

fn value(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

fn order(reference: &str, terminal: &str, amount: u64, transaction_type: TransactionType) -> Order {
    let amount = NonZeroU64::new(amount).unwrap();
    Order::new(reference.parse().unwrap(), terminal.parse().unwrap(), Currency::EUR, amount, transaction_type)
}

fn page_request() -> PageRequest {
    let order = order("ORDER-123456", "TERM001", 100, TransactionType::Purchase);
    let url = |name: &str| format!("https://merchant.example.com/{name}-url").parse().unwrap();
    let order = order.with_description("Order payment".parse().unwrap());
    let customer = Customer::default()
        .with_first_name("John".parse().unwrap())
        .with_last_name("Doe".parse().unwrap())
        .with_email("john.doe@example.com".parse().unwrap())
        .with_phone("+1234567890".parse().unwrap())
        .with_address("123 Example Street".parse().unwrap())
        .with_city("Sampletown".parse().unwrap())
        .with_country("BA".parse().unwrap())
        .with_postal_code("12345".parse().unwrap());
    PageRequest::new(order, url("success"), url("cancel"), url("error"))
        .with_customer_id("CUST123456".parse().unwrap())
        .with_customer(customer)
        .with_saved_card(true)
}

fn session_request() -> SessionRequest {
    let order = order("date-1", "DEV02", 25_600, TransactionType::Authorise)
        .with_description("f2aed380-b8bb-481f-92be-3060cc1ed4a2".parse().unwrap());
    let customer = Customer::default()
        .with_first_name("John".parse().unwrap())
        .with_last_name("Doe".parse().unwrap())
        .with_address("Address".parse().unwrap())
        .with_city("City".parse().unwrap())
        .with_country("BA".parse().unwrap())
        .with_postal_code("10000".parse().unwrap())
        .with_email("email@email.com".parse().unwrap())
        .with_phone("00000".parse().unwrap());
    let url = |text: &str| text.parse().unwrap();
    SessionRequest::new(order, url("https://google.com/success-url"), url("https://google.com/failed-url"))
        .with_customer(customer)
        .with_country("BA".parse().unwrap())
        .with_metadata("simulated_flow", "VERSIONING_FINGERPRINT_Y_CHALLENGE")
        .with_metadata("response_code", "APPROVED")
        .with_metadata("payment_provider_response_message", "approved")
        .with_metadata("payment_provider_response_code", "approved-code")
        .with_metadata("approval_code", "N/A")
}

#[test]
fn requests_are_what_the_provider_prints() {
    assert_eq!(value(&page_request().encode()), value(documented!("page-request")));
    assert_eq!(
        PageRequest::decode(documented!("page-request")).map(DecodedRequest::into_request),
        Ok(page_request())
    );
    assert_eq!(value(&session_request().encode()), value(documented!("session-request")));
    assert_eq!(
        SessionRequest::decode(documented!("session-request")).map(DecodedRequest::into_request),
        Ok(session_request())
    );
    assert_eq!(session_request().country(), Some(&"BA".parse().unwrap()));
}

#[test]
fn every_documented_body_is_written_as_it_was() {
    let page = Page::decode(200, documented!("page-response")).unwrap();
    assert_eq!(value(&page.encode()), value(documented!("page-response")));
    assert_eq!(page.session_id().secret_str(), "GfXYVKxPXGksQhBJuyAZ");
    let short = PageRequest::decode(documented!("page-request-short")).unwrap().into_request();
    assert_eq!(value(&short.encode()), value(documented!("page-request-short")));
    assert!(short.customer().is_empty() && short.saves_card() == Some(true));
    let data = InitData::from_json(core::str::from_utf8(documented!("init-data")).unwrap()).unwrap();
    assert_eq!(value(data.to_script_json().as_bytes()), value(documented!("init-data")));
    for status in [200, 201, 400, 422] {
        let Err(PageError::Refused { status: told, refusal }) = Page::decode(status, documented!("refusal"))
        else {
            panic!("a refusal")
        };
        assert_eq!((told, &*refusal.status), (status, "INVALID"));
        assert_eq!(&*refusal.errors[0].message, "one of requested features not supported=[TOKENIZATION]");
        assert_eq!(refusal.to_string(), "the provider refuses: tokenization");
        assert_eq!(value(&refusal.encode()), value(documented!("refusal")));
    }
}

#[test]
fn an_amount_is_a_whole_number_of_minor_units() {
    let read = |amount: &str| {
        let body = String::from_utf8(page_request().encode().to_vec()).unwrap();
        let body = body.replace("\"amount\":100", &format!("\"amount\":{amount}"));
        PageRequest::decode(body.as_bytes()).map(|decoded| decoded.request().order().amount().get())
    };
    assert_eq!(read("1"), Ok(1));
    assert_eq!(read("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(read("\"100\""), Ok(100));
    for amount in ["1.00", "1e2", "-1", "\"1.00\"", "\"\"", "\"+1\"", "18446744073709551616", "true"] {
        assert_eq!(read(amount).unwrap_err().to_string(), "amount must be a whole number", "{amount}");
    }
    assert_eq!(read("0").unwrap_err().errors().len(), 1);
    assert_eq!(read("null").unwrap_err().to_string(), "amount is missing");
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let body = br#"{
        "reference": "", "terminal_id": [], "currency": "euro", "amount": "1.00", "transaction_type": "SALE",
        "success_url": "merchant.example.com", "cancel_url": "https://merchant.example.com", "cancel_url": "x",
        "customer_email": "nobody", "tokenization": {"save_card_for_future_payments": "perhaps"}, "odd": 1
    }"#;
    let error = PageRequest::decode(body).unwrap_err();
    let told: Vec<&str> = error.errors().iter().map(|error| error.member().as_str()).collect();
    assert_eq!(
        told,
        [
            "cancel_url",
            "reference",
            "terminal_id",
            "currency",
            "amount",
            "transaction_type",
            "success_url",
            "error_url",
            "tokenization.save_card_for_future_payments",
        ]
    );
    // A duplicate is wrong by itself.
    let twice = String::from_utf8(page_request().encode().to_vec()).unwrap();
    let twice = twice.replacen('{', r#"{"cancel_url":"https://merchant.example.com","#, 1);
    let duplicate = PageRequest::decode(twice.as_bytes()).unwrap_err();
    assert_eq!(duplicate.to_string(), "cancel_url appears more than once");
    assert!(error.to_string().contains("transaction_type must be one of: PURCHASE, AUTHORIZE; "));
    assert!(!error.to_string().contains("nobody"));
}

#[test]
fn requests_are_read_easily_and_what_is_passed_over_is_reported() {
    let page = br#"{
        "Reference": "ORDER-1", "terminal_id": 7, "currency": "eur", "AMOUNT": "100", "transaction_type": "purchase",
        "success_url": "https://shop.test/ok", "cancel_url": "https://shop.test/no", "error_url": "https://shop.test/bad",
        "description": "", "customer_id": "", "customer_email": "nobody", "customer_phone_number": 1234567890,
        "customer_country": "gb", "tokenization": {"save_card_for_future_payments": "true", "more": 1}, "odd": 1
    }"#;
    let decoded = PageRequest::decode(page).unwrap();
    let places = |places: &[MemberPath]| -> Vec<String> { places.iter().map(ToString::to_string).collect() };
    assert_eq!(places(decoded.unlisted()), ["tokenization.more", "odd"]);
    let findings: Vec<String> = decoded.findings().iter().map(ToString::to_string).collect();
    assert_eq!(findings, ["customer_email must be an e-mail address"]);
    assert!(decoded.ignored().is_empty() && !decoded.is_understood());
    let request = decoded.into_request();
    assert_eq!((request.order().terminal_id().as_str(), request.order().amount().get()), ("7", 100));
    assert_eq!((request.order().description(), request.customer_id()), (None, None));
    let customer = request.customer();
    assert_eq!(customer.phone().map(|phone| phone.as_str()), Some("1234567890"));
    assert_eq!((customer.email(), customer.country()), (None, Some(&"GB".parse().unwrap())));
    assert_eq!(request.saves_card(), Some(true));

    // PHP writes an empty array for an empty object.
    for (list, told) in
        [("[]", Ok("tokenization must be an object")), ("[1]", Err("tokenization must be an object"))]
    {
        let page = String::from_utf8(page.to_vec()).unwrap();
        let page = page.replace(r#"{"save_card_for_future_payments": "true", "more": 1}"#, list);
        let read = PageRequest::decode(page.as_bytes());
        let read = read.map(|decoded| decoded.findings().last().map(ToString::to_string).unwrap_or_default());
        let read = read.map_err(|error| error.to_string());
        assert_eq!(read.as_deref().map_err(String::as_str), told, "{list}");
    }

    let session = br#"{
        "reference": "ORDER-1", "terminal_id": "T", "currency": "EUR", "amount": 1, "transaction_type": "AUTHORIZE",
        "success_url": "https://shop.test/ok", "cancel_url": "https://shop.test/no", "country": "nowhere",
        "customer": {"email": "", "first_name": "Zo", "nick": "Z"}, "metadata": {"a": 1, "b": "c", "d": []}
    }"#;
    let decoded = SessionRequest::decode(session).unwrap();
    assert_eq!(places(decoded.unlisted()), ["customer.nick"]);
    let findings: Vec<String> = decoded.findings().iter().map(ToString::to_string).collect();
    assert_eq!(findings.last().map(String::as_str), Some("metadata.d must be text"));
    assert_eq!(findings.len(), 2);
    for (body, told) in [
        (r#"{"Password": "p", "password": "p", "username": "u"}"#, "password appears more than once"),
        (r#"{"password": "p", "username": ""}"#, "username must not be empty"),
        (r#"{"password": "p"}"#, "username is missing"),
    ] {
        let error = Login::decode(body.as_bytes()).unwrap_err().to_string();
        assert!(error.eq_ignore_ascii_case(told), "{error}");
    }
}

#[test]
fn what_nobody_listed_is_kept() {
    let mut body = value(documented!("page-request"));
    body["loyalty"] = json!({"points": [1.50, null], "</script>": "\u{2028}"});
    let request = PageRequest::decode(body.to_string().as_bytes()).unwrap().into_request();
    assert_eq!(request.unlisted().len(), 1);
    assert_eq!(value(&request.encode()), body);

    let token = br#"{"access_token":"eyJ","token_type":"Bearer","expires_in":300}"#;
    let read = Token::decode(200, token).unwrap();
    assert_eq!(read.encode(), token.as_slice());
    for session in [r#""abc""#, r#"{"session_id":"abc"}"#, r#"{"session_id":"abc","more":{}}"#] {
        let read = Session::decode(200, session.as_bytes()).unwrap();
        assert_eq!(read.encode(), session);
        assert_eq!(read.id().secret_str(), "abc");
        let more = if session.starts_with('{') { Some(usize::from(session.contains("more"))) } else { None };
        assert_eq!(read.unlisted().map(KeptMembers::len), more);
    }
    for nothing in ["null", "NULL", "undefined", "none", "0", "00000000"] {
        let page = format!(r#"{{"redirect_url":"https://example.com","session_id":"{nothing}"}}"#);
        assert!(Page::decode(200, page.as_bytes()).is_err(), "{nothing}");
        assert!(Session::decode(200, format!("\"{nothing}\"").as_bytes()).is_err(), "{nothing}");
    }
    assert_eq!(Session::new("abc".parse().unwrap()).encode(), r#""abc""#);
    assert_eq!(Session::object("abc".parse().unwrap()).encode(), r#"{"session_id":"abc"}"#);
}

#[test]
fn what_is_no_answer_is_refused() {
    for (status, body, error) in [
        (200, "", "status 200: the body is empty"),
        (200, "<html>", "status 200: the body is HTML or XML"),
        (200, "{}", "status 200: redirect_url is missing"),
        (200, r#"{"redirect_url":"x"}"#, "status 200: session_id is missing"),
        (200, "[]", "status 200: the body must be an object"),
        (401, "{}", "status 401: status is missing"),
        (500, r#"{"redirect_url":"x","session_id":"y"}"#, "status 500: status is missing"),
        (400, r#"{"status":"INVALID"}"#, "status 400: the provider refuses: "),
        (400, r#"{"errors":"none"}"#, "status 400: errors must be a list"),
        (200, r#"{"errors":[]}"#, "status 200: redirect_url is missing"),
        (200, r#"{"errors":"none"}"#, "status 200: redirect_url is missing"),
        (200, r#"{"status":"INVALID","errors":[]}"#, "status 200: the provider refuses: "),
        (
            200,
            r#"{"redirect_url":"https://a.test","session_id":"y","status":"invalid"}"#,
            "status 200: the provider refuses: ",
        ),
        (
            200,
            r#"{"redirect_url":"https://a.test","session_id":true}"#,
            "status 200: session_id must be text or a number",
        ),
        (200, r#"{"redirect_url":"https://a.test","session_id":null}"#, "status 200: session_id is missing"),
        (400, r#"{"status":"INVALID","errors":[]}"#, "status 400: the provider refuses: "),
        (400, r#"{"status":"INVALID","errors":["x"]}"#, "status 400: errors[0] must be an object"),
    ] {
        let found = Page::decode(status, body.as_bytes()).unwrap_err();
        assert_eq!((found.to_string().as_str(), found.status()), (error, status), "{body}");
    }
    let refused =
        Session::decode(200, br#"{"session_id":"y","status":"INVALID","errors":[{"property":"amount"}]}"#);
    assert_eq!(refused.unwrap_err().to_string(), "status 200: the provider refuses: amount");
    for (body, error) in [
        ("{}", "status 200: session_id is missing"),
        ("[]", "status 200: the body must be text or a number"),
        ("0", "status 200: the body must not be empty"),
    ] {
        assert_eq!(Session::decode(200, body.as_bytes()).unwrap_err().to_string(), error);
    }
    assert!(Token::decode(200, b"{}").is_err());
}

/// HP-030 has text. A number is its digits.
#[test]
fn a_session_id_may_be_a_number() {
    let found = |findings: &[Finding]| findings.iter().map(ToString::to_string).collect::<Vec<_>>();
    let page =
        Page::decode(200, br#"{"redirect_url":"https://a.test","session_id":12345678901234567890}"#).unwrap();
    assert_eq!(page.session_id().secret_str(), "12345678901234567890");
    assert_eq!(found(page.findings()), ["session_id must be text"]);
    assert!(page.unlisted().is_empty());
    let written = Page::decode(200, &page.encode()).unwrap();
    assert_eq!((written.session_id(), written.findings()), (page.session_id(), &[][..]));
    for (body, finding) in
        [("7", "the body must be text"), (r#"{"session_id":7}"#, "session_id must be text")]
    {
        let session = Session::decode(200, body.as_bytes()).unwrap();
        assert_eq!((session.id().secret_str(), found(session.findings())), ("7", vec![finding.to_owned()]));
    }
    let token = Token::decode(200, br#"{"access_token":"z","session_id":7}"#).unwrap();
    assert_eq!((token.unlisted().len(), token.findings().len()), (1, 0));
}

/// Only an error is an error: an empty list of them beside what was asked for says nothing.
#[test]
fn a_success_may_have_an_empty_list_of_errors() {
    let url = "https://pay.example/1";
    for (errors, findings) in [
        ("[]", None),
        ("null", None),
        (r#""none""#, Some("errors must be a list")),
        ("{}", Some("errors must be a list")),
        ("false", Some("errors must be a list")),
    ] {
        let found = |findings: &[Finding]| findings.first().map(ToString::to_string);
        let findings = findings.map(str::to_owned);
        let body = format!(r#"{{"redirect_url":"{url}","session_id":"y","errors":{errors}}}"#);
        let page = Page::decode(200, body.as_bytes()).unwrap();
        assert_eq!((page.secret_redirect_url(), found(page.findings())), (url, findings.clone()), "{body}");
        assert!(page.unlisted().is_empty());
        assert_eq!(Page::decode(200, &page.encode()), Ok(page));
        let body = format!(r#"{{"session_id":"y","errors":{errors}}}"#);
        let session = Session::decode(201, body.as_bytes()).unwrap();
        assert_eq!((session.id().secret_str(), found(session.findings())), ("y", findings.clone()));
        assert_eq!(Session::decode(201, &session.encode()), Ok(session));
        let body = format!(r#"{{"access_token":"z","errors":{errors},"expires_in":300}}"#);
        let token = Token::decode(200, body.as_bytes()).unwrap();
        assert_eq!((token.access_token().secret_str(), found(token.findings())), ("z", findings));
        assert_eq!((token.unlisted().len(), Token::decode(200, &token.encode())), (1, Ok(token)));
    }
    let body = format!(r#"{{"redirect_url":"{url}","session_id":"y","errors":[{{"message":"no"}}]}}"#);
    assert!(matches!(Page::decode(200, body.as_bytes()), Err(PageError::Refused { .. })));
}

#[test]
fn decode_reads_names_in_another_case_and_reports_them() {
    let body = br#"{"Redirect_URL": "https://pay.example.com/GfXY", "SESSION_ID": "GfXY", "Errors": []}"#;
    let page = Page::decode(200, body).unwrap();
    assert_eq!(page.secret_redirect_url(), "https://pay.example.com/GfXY");
    let findings: Vec<String> = page.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        findings,
        [
            "Redirect_URL is listed in another case",
            "SESSION_ID is listed in another case",
            "Errors is listed in another case",
        ]
    );
    let refused = br#"{"Status": "INVALID", "Errors": [{"Property": "amount", "Message": "too small"}]}"#;
    for status in [200, 400] {
        let error = Page::decode(status, refused).unwrap_err();
        assert_eq!(error.to_string(), format!("status {status}: the provider refuses: amount"));
    }
    let twice = br#"{"redirect_url": "https://a.example.com", "session_id": "GfXY", "Session_Id": "GfXZ"}"#;
    let error = Page::decode(200, twice).unwrap_err();
    assert_eq!(error.to_string(), "status 200: Session_Id appears more than once");
}

#[test]
fn an_error_may_lack_property_message_and_status() {
    for (status, body, error) in [
        (400, r#"{"status":"INVALID","errors":[{"message":"no"}]}"#, "an error without a property"),
        (400, r#"{"status":"INVALID","errors":[{"property":"amount"}]}"#, "amount"),
        (400, r#"{"errors":[{"property":"amount","message":"no"}]}"#, "amount"),
        (422, r#"{"errors":[{}, {"property":"amount"}]}"#, "an error without a property, amount"),
        (500, r#"{"status":500,"errors":[{"property":null,"message":7}]}"#, "an error without a property"),
        (200, r#"{"errors":[{"property":"amount"}]}"#, "amount"),
    ] {
        let error = format!("status {status}: the provider refuses: {error}");
        let found = Page::decode(status, body.as_bytes()).unwrap_err();
        assert_eq!(found.to_string(), error, "{body}");
        let PageError::Refused { refusal, .. } = found else { panic!("a refusal") };
        let again = Page::decode(status, &refusal.encode()).unwrap_err();
        assert_eq!(again, PageError::Refused { status, refusal }, "{body}");
    }
    let body = br#"{"status":500,"errors":[{"property":"amount","message":7}],"path":"/"}"#;
    let Err(PageError::Refused { refusal, .. }) = Page::decode(500, body) else { panic!("a refusal") };
    assert_eq!(
        (&*refusal.status, &*refusal.errors[0].property, &*refusal.errors[0].message),
        ("", "amount", "")
    );
    let findings: Vec<_> = refusal.findings().iter().map(ToString::to_string).collect();
    assert_eq!(findings, ["status must be text", "errors[0].message must be text"]);
    assert_eq!(refusal.unlisted().len(), 1);
    assert_eq!(value(&refusal.encode()), value(body));
}

/// A browser is sent to the page: the address is whole (HP-031).
#[test]
fn a_page_has_an_absolute_address() {
    for url in ["https://api.example.com/hpp/1", "HTTP://localhost:8080/hpp", "https://pay.example?a=b"] {
        let body = format!(r#"{{"redirect_url":"{url}","session_id":"y"}}"#);
        assert_eq!(Page::decode(200, body.as_bytes()).unwrap().secret_redirect_url(), url);
    }
    let long = format!("https://pay.example/{}", "a".repeat(4_000));
    let body = format!(r#"{{"redirect_url":"{long}","session_id":"y"}}"#);
    assert_eq!(Page::decode(200, body.as_bytes()).unwrap().secret_redirect_url(), long);
    for url in [
        "javascript:alert(1)",
        "JavaScript://example.com/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/hosts",
        "/hpp",
        "//pay.example/hpp",
        "pay.example",
        "https://",
        "https:///hpp",
        " https://pay.example",
        "",
    ] {
        let body = format!(r#"{{"redirect_url":"{url}","session_id":"y"}}"#);
        let error = Page::decode(200, body.as_bytes()).unwrap_err().to_string();
        assert_eq!(error, "status 200: redirect_url must be an absolute URL of http or https", "{url}");
    }
}

#[test]
fn a_token_is_found_in_its_header() {
    for (header, token) in [
        ("Bearer eyJ", Some("eyJ")),
        ("bearer  eyJ", Some("eyJ")),
        ("Basic eyJ", None),
        ("Bearer", None),
        ("Bearer ", None),
        ("Bearer a b", None),
    ] {
        let found = AccessToken::from_authorization(header);
        assert_eq!(found.as_ref().map(AccessToken::secret_str), token, "{header}");
    }
}

#[test]
fn no_value_breaks_out_of_a_script() {
    let data = InitData::new("</script><script>".parse().unwrap(), "<!--&".parse().unwrap());
    let json = data.to_script_json();
    assert!(!json.contains(['<', '>', '&']), "{json}");
    assert_eq!(InitData::from_json(&json), Ok(data));
}

#[test]
fn nothing_personal_or_secret_is_printed() {
    let login = Login::new("shop".parse().unwrap(), "pa55word".parse().unwrap());
    assert_eq!(Login::decode(&login.encode()).unwrap().request(), &login);
    let page = Page::new("https://api.example.com/hpp/GfXY", "GfXY".parse().unwrap());
    let data = InitData::new("client".parse().unwrap(), "GfXY".parse().unwrap());
    let token = Token::new("eyJhbGciOi".parse().unwrap());
    let key: SessionApiKey = "x-4pi-k3y".parse().unwrap();
    let printed = format!(
        "{login:?} {page:?} {data:?} {token:?} {key:?} {:?} {:#?}",
        page_request(),
        session_request().with_metadata("m", "john-7")
    );
    for name in ["Login", "Page {", "InitData", "Token", "PageRequest", "SessionRequest"] {
        assert!(printed.contains(name), "{name} in {printed}");
    }
    assert_eq!(format!("{:?}", RefusedProperty::new("amount", "too much")), "RefusedProperty(amount)");
    for secret in [
        "pa55word",
        "GfXY",
        "eyJhbGciOi",
        "x-4pi-k3y",
        "John",
        "Doe",
        "john",
        "+1234567890",
        "Example Street",
        "Sampletown",
        "12345\"",
        "email@",
    ] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

/// Text of every kind that a member may have.
fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~é</script>\u{2028}]{1,20}", "[a-z]{1,8}"]
}

proptest! {
    #[test]
    fn no_bytes_panic(status in 0_u16..1_000, body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _read = (Page::decode(status, &body), Session::decode(status, &body), Token::decode(status, &body));
        let _read = (Login::decode(&body), PageRequest::decode(&body), SessionRequest::decode(&body));
    }

    #[test]
    fn no_damage_panics(place: prop::sample::Index, byte: u8) {
        for body in [&documented!("page-request")[..], documented!("session-request"), documented!("page-response"), documented!("refusal")] {
            let mut body = body.to_vec();
            let place = place.index(body.len());
            body[place] = byte;
            for status in [200, 400] {
                if let Ok(page) = Page::decode(status, &body) {
                    prop_assert_eq!(Page::decode(status, &page.encode()), Ok(page));
                }
            }
            if let Ok(request) = PageRequest::decode(&body) {
                let request = request.into_request();
                let again = PageRequest::decode(&request.encode()).map(DecodedRequest::into_request);
                prop_assert_eq!(again, Ok(request));
            }
            if let Ok(request) = SessionRequest::decode(&body) {
                let request = request.into_request();
                let again = SessionRequest::decode(&request.encode()).map(DecodedRequest::into_request);
                prop_assert_eq!(again, Ok(request));
            }
        }
    }

    #[test]
    fn what_is_built_is_read(
        reference in text(), name in text(), metadata in prop::collection::vec((text(), any::<String>()), 0..4),
        amount in 1_u64.., saves: Option<bool>, purchase: bool,
    ) {
        let kind = if purchase { TransactionType::Purchase } else { TransactionType::Authorise };
        let order = order(&reference, "T1", amount, kind);
        let url = || "https://a.example/?b=c".parse().unwrap();
        let customer = Customer::default().with_last_name(name.parse().unwrap());
        let mut page = PageRequest::new(order.clone(), url(), url(), url()).with_customer(customer.clone());
        if let Some(saves) = saves {
            page = page.with_saved_card(saves);
        }
        let read = PageRequest::decode(&page.encode()).unwrap();
        prop_assert!(read.is_understood());
        prop_assert_eq!(read.into_request(), page);
        let mut session = SessionRequest::new(order, url(), url()).with_customer(customer);
        for (name, text) in &metadata {
            session = session.with_metadata(name, text);
        }
        let read = SessionRequest::decode(&session.encode()).unwrap();
        prop_assert!(read.is_understood());
        prop_assert_eq!(read.into_request(), session);
    }
}

#[test]
fn a_customer_shows_the_country_only() {
    let customer = Customer::default().with_country("BA".parse().unwrap()).with_city("City".parse().unwrap());
    assert_eq!(format!("{customer:?}"), r#"Customer { country: Some(Country("BA")), .. }"#);
}
