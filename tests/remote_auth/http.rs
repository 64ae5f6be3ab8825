//! The seam to HTTP software.

use bytes::Bytes;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::attempt::Received;
use cashflows_codec::remote_auth::batch::{
    BatchRequest, BatchResponse, Boundary, FramingError, Query, Refusal, Report, Row, RowResult, Submission,
};
use cashflows_codec::remote_auth::http::{HttpError, HttpRequestError};
use cashflows_codec::remote_auth::request::{Card, OriginalClass, RequestError, Reversal, Sale};
use cashflows_codec::remote_auth::response::DecodeErrorKind;
use cashflows_codec::remote_auth::{
    Environment, HttpResponseError, Limits, NextStep, OperationKind, Outcome, Request, Response, SentAs,
    TransportFailure,
};
use cashflows_codec::simulator::{Acquirer, Delivery, Endpoint, Profile};
use cashflows_codec::value::{CardNumber, Money, Reason};
use http::{StatusCode, Uri};

fn credentials() -> Credentials {
    Credentials::new("73".parse().unwrap(), "password1234".parse().unwrap())
}

fn void() -> cashflows_codec::remote_auth::request::Body {
    let void = Reversal::new("01S0135F74D".parse().unwrap(), OriginalClass::Ecom, Money::gbp(20_15));
    Request::Void(void).encode(&credentials())
}

fn sale() -> cashflows_codec::remote_auth::request::Body {
    let number: CardNumber = "4000000000000002".parse().unwrap();
    let card = Card::new(number, "1130".parse().unwrap(), "123".parse().unwrap());
    Request::from(Sale::ecom(card, Money::gbp(24_99), "cart-1".parse().unwrap())).encode(&credentials())
}

fn reply<B>(status: u16, content_type: &str, body: B) -> http::Response<B> {
    http::Response::builder().status(status).header("content-type", content_type).body(body).unwrap()
}

#[test]
fn requests_go_to_either_environment_or_elsewhere() {
    let query = || Query::new("26".parse().unwrap()).encode(&credentials());
    let upload = Submission::new(vec!["01S00000001".parse().unwrap()]).encode(&credentials()).unwrap();
    let (form, multipart) =
        ("application/x-www-form-urlencoded", "multipart/x-vcg-remote-api; boundary=_partBoundary_");
    let local = Uri::from_static("http://127.0.0.1:8080/gateway/remote_auth");
    for (request, uri, content_type, body) in [
        (
            void().into_http(Environment::Integration),
            "https://secure-int.cashflows.com/gateway/remote_auth",
            form,
            void().into_bytes(),
        ),
        (
            void().into_http(Environment::Production),
            "https://secure.cashflows.com/gateway/remote_auth",
            form,
            void().into_bytes(),
        ),
        (void().into_http_at(local), "http://127.0.0.1:8080/gateway/remote_auth", form, void().into_bytes()),
        (
            query().into_http(Environment::Integration),
            "https://secure-int.cashflows.com/admin/remote_batch",
            multipart,
            query().into_bytes(),
        ),
        (
            upload.clone().into_http(Environment::Production),
            "https://secure.cashflows.com/admin/remote_batch",
            multipart,
            upload.into_bytes(),
        ),
    ] {
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri(), uri);
        assert_eq!(request.headers().len(), 1);
        assert_eq!(request.headers()["content-type"], content_type);
        assert_eq!(request.body(), &body);
    }
}

#[test]
fn a_line_decides_whatever_the_status() {
    for status in [199, 200, 201, 299, 302, 400, 401, 403, 404, 500, 503, 504] {
        for (line, outcome) in [
            ("A|01V0135F755|000|-|Authorised\n", Outcome::Authorised),
            ("V|99E5D84B40F|000|V226|Invalid request", Outcome::Refused),
            ("S|01S00000001|000|S001|Connection failure", Outcome::NeverSent),
            ("\u{feff}D|01S00001723|400|D102|Not Authorised", Outcome::Refused),
        ] {
            let received = Response::from_http(&reply(status, "text/plain", line));
            assert_eq!(Outcome::of(&received), outcome, "{status} {line}");
        }
    }
}

/// Without a line, some statuses say that this sending was refused before it was processed.
#[test]
fn a_status_without_a_line_says_what_it_can() {
    let refusals = [400, 401, 403, 404, 405, 411, 413, 414, 415, 431];
    let sale = SentAs::retry(OperationKind::Sale);
    for status in 100..=999 {
        for body in ["", "<html></html>", "Unauthorized", "{\"error\":1}"] {
            let received = Response::from_http(&reply(status, "text/html", body));
            let (outcome, next) = match status {
                _ if refusals.contains(&status) => (Outcome::Refused, NextStep::CheckAccess),
                _ => (Outcome::Unknown, NextStep::Retry),
            };
            assert_eq!((Outcome::of(&received), NextStep::of(&received)), (outcome, next), "{status} {body}");
            let retried =
                (Outcome::of_response_to(sale, &received), NextStep::of_response_to(sale, &received));
            assert_eq!(retried, (Outcome::Unknown, NextStep::Retry), "{status}");
            // A transport without types says the same.
            let plain = Response::decode_http(status, body);
            assert_eq!((Outcome::of(&plain), NextStep::of(&plain)), (outcome, next));
            let error = received.unwrap_err();
            assert_eq!((error.outcome(), error.next_step()), (outcome, next));
            let kept = error.status().map(|status| status.as_u16());
            assert_eq!(kept, (!(200..300).contains(&status)).then_some(status));
            let plain = plain.unwrap_err();
            assert_eq!((plain.outcome(), plain.next_step()), (outcome, next));
            assert_eq!(matches!(plain, HttpResponseError::Status(_)), kept.is_some());
        }
        // What begins like a line may be the rest of an approval.
        for body in ["A", "A|", "\u{feff} A |01S0", "A|01S00001724|232|031971"] {
            let received = Response::from_http(&reply(status, "text/plain", body));
            assert_eq!(
                (Outcome::of(&received), NextStep::of(&received)),
                (Outcome::Unknown, NextStep::Retry)
            );
            assert!(matches!(received, Err(HttpError::Body(_))), "{status} {body}");
            assert!(matches!(Response::decode_http(status, body), Err(HttpResponseError::Body(_))));
        }
    }
}

/// Whatever kind of body a client has.
#[test]
fn bodies_of_any_kind() {
    let line = "D|01S00001723|400|D102|Not Authorised";
    let expected = Response::decode(line.as_bytes()).unwrap();
    assert_eq!(Response::from_http(&http::Response::new(line)), Ok(expected.clone()));
    assert_eq!(Response::from_http(&http::Response::new(line.to_owned())), Ok(expected.clone()));
    assert_eq!(Response::from_http(&http::Response::new(line.as_bytes().to_vec())), Ok(expected.clone()));
    assert_eq!(Response::from_http(&http::Response::new(Bytes::from_static(line.as_bytes()))), Ok(expected));
}

#[test]
fn an_unreadable_body_is_unknown() {
    let received = Response::from_http(&http::Response::new("<html></html>"));
    let Err(HttpError::Body(error)) = &received else { panic!("{received:?}") };
    assert_eq!(error.kind(), DecodeErrorKind::Html);
    assert_eq!(Outcome::of(&received), Outcome::Unknown);
}

#[test]
fn a_transport_that_fails_leaves_nothing_or_everything_open() {
    for (failure, outcome, text) in [
        (TransportFailure::NotConnected, Outcome::NeverSent, "there was no connection, and nothing was sent"),
        (TransportFailure::Lost, Outcome::Unknown, "the answer was lost"),
    ] {
        let received: Result<Response, HttpError> = Err(failure.into());
        assert_eq!(Outcome::of(&received), outcome);
        assert_eq!(Outcome::from(failure), outcome);
        let error = HttpError::<DecodeErrorKind>::from(failure);
        assert_eq!((error.outcome(), error.status()), (outcome, None));
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn an_attempt_takes_whatever_http_software_gave() {
    let answer = Response::from_http(&http::Response::new("A|01V0135F755|000|-|Authorised")).unwrap();
    let unavailable = HttpError::Status(StatusCode::SERVICE_UNAVAILABLE);
    let unreadable = Response::from_http(&http::Response::new("")).unwrap_err();
    for (received, expected) in [
        (Ok(answer.clone()), Received::Decision(&answer)),
        (Err(unavailable), Received::Failure(TransportFailure::Lost)),
        (Err(unreadable), Received::Failure(TransportFailure::Lost)),
        (Err(TransportFailure::Lost.into()), Received::Failure(TransportFailure::Lost)),
        (Err(TransportFailure::NotConnected.into()), Received::Failure(TransportFailure::NotConnected)),
    ] {
        assert_eq!(Received::from(&received), expected);
    }
}

#[test]
fn batch_replies() {
    let form = "application/x-www-form-urlencoded";
    let taken = "result=release_report&batch_id=26&batch_status=pending";
    let Ok(BatchResponse::Report(report)) = BatchResponse::from_http(&reply(200, form, taken)) else {
        panic!()
    };
    assert_eq!(report.batch_id().as_str(), "26");

    // A form decides, whatever the status.
    let unavailable = BatchResponse::from_http(&reply(503, form, taken));
    assert!(matches!(unavailable, Ok(BatchResponse::Report(report)) if report.batch_id().as_str() == "26"));
    assert!(matches!(BatchResponse::from_http(&reply(503, form, "result")), Err(HttpError::Body(_))));

    let unavailable = BatchResponse::from_http(&reply(503, "text/html", "<html>")).unwrap_err();
    assert_eq!(unavailable, HttpError::Status(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(unavailable.to_string(), "the HTTP status is 503 Service Unavailable");
    assert_eq!(unavailable.outcome(), Outcome::Unknown);
    assert!(matches!(BatchResponse::from_http(&http::Response::new(taken)), Err(HttpError::Body(_))));
}

#[test]
fn a_server_sends_what_the_simulator_delivers() {
    let mut acquirer = Acquirer::new(Profile::new(credentials()));
    let now = std::time::SystemTime::UNIX_EPOCH;
    let body = void();
    let delivery = acquirer.handle(now, Endpoint::Payment, body.content_type(), body.as_bytes());
    let Delivery::Payload(payload) = delivery else { panic!("silence") };
    let response = payload.into_http();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/plain");
    assert_eq!(response.body(), "V|99E00000001|000|V216|Original trans not found");
}

/// What one side writes, the other reads: all operations, and all that is answered.
#[test]
fn what_a_merchant_sends_is_what_an_acquirer_receives() {
    for body in [void(), sale()] {
        let request = body.clone().into_http(Environment::Production);
        let decoded = Request::from_http(&request).unwrap();
        assert_eq!(*decoded.credentials(), credentials());
        assert_eq!(decoded.request().encode(&credentials()), body);
    }
    for line in ["A|01V0135F755|000|-|Authorised", "D|01S00001723|400|D102|Not Authorised|a|b"] {
        let response = Response::decode(line.as_bytes()).unwrap();
        let sent = response.clone().into_http();
        assert_eq!((sent.status(), sent.body().as_ref()), (StatusCode::OK, line.as_bytes()));
        assert_eq!(sent.headers()["content-type"], "text/plain");
        assert_eq!(Response::from_http(&sent), Ok(response));
    }

    let upload = Submission::new(vec!["01S00000001".parse().unwrap()]);
    let request = upload.encode(&credentials()).unwrap().into_http(Environment::Integration);
    let received = BatchRequest::from_http(&request).unwrap();
    assert_eq!(received, (credentials(), BatchRequest::Submit(upload)));
    let row = Row::new("01S00000001".parse().unwrap(), RowResult::Released);
    for reply in
        [BatchResponse::from(Report::complete("26".parse().unwrap(), [row])), Refusal::RequestTooBig.into()]
    {
        let sent = reply.clone().into_http(&Boundary::default()).unwrap();
        assert_eq!(sent.status(), StatusCode::OK);
        assert_eq!(BatchResponse::from_http(&sent), Ok(reply));
    }
}

#[test]
fn an_http_request_that_is_none_of_the_protocols() {
    let request = |method: &str, content_type: &str, body: &'static str| {
        let request = http::Request::builder().method(method).header("content-type", content_type);
        request.body(body).unwrap()
    };
    let form = "application/x-www-form-urlencoded";
    for (received, error, reason) in [
        (request("GET", form, ""), "the method is not POST", Reason::InvalidRequest),
        (request("PUT", form, ""), "the method is not POST", Reason::InvalidRequest),
        (
            request("POST", "application/json", "{}"),
            "the content type is not that of a request",
            Reason::InvalidRequest,
        ),
        (request("POST", "", ""), "the content type is not that of a request", Reason::InvalidRequest),
        (
            request("POST", "Application/X-WWW-Form-URLencoded; charset=UTF-8", "card_cvv=12"),
            "card_cvv must be 3 to 4 digits; auth_id is mandatory; ",
            Reason::InvalidCvv,
        ),
    ] {
        let refused = Request::from_http(&received).unwrap_err();
        assert!(refused.to_string().starts_with(error), "{refused}");
        assert_eq!(refused.reason(), reason, "{refused}");
        assert!(!format!("{refused:?}").contains("12\""), "a value is shown");
    }
    let missing = http::Request::builder().method("POST").body("auth_id=1").unwrap();
    assert_eq!(Request::from_http(&missing), Err(HttpRequestError::ContentType));

    let parts = "multipart/x-vcg-remote-api; boundary=b";
    for (received, error, refusal) in [
        (request("GET", parts, ""), HttpRequestError::Method, Refusal::InvalidRequest),
        (request("POST", form, "batch_id=1"), HttpRequestError::ContentType, Refusal::InvalidRequest),
        (
            request("POST", parts, ""),
            HttpRequestError::Body(FramingError::NoDelimiter.into()),
            Refusal::InvalidRequest,
        ),
    ] {
        let refused = BatchRequest::from_http(&received).unwrap_err();
        assert_eq!((refused.refusal(), refused), (refusal, error));
    }
    let huge = request("POST", parts, "").map(|_| vec![b'-'; 70_000]);
    assert_eq!(BatchRequest::from_http(&huge).unwrap_err().refusal(), Refusal::RequestTooBig);
    let strict = Limits::default().with_request_bytes(4);
    let long = request("POST", form, "auth_id=1");
    assert!(matches!(
        Request::from_http_with(&long, &strict),
        Err(HttpRequestError::Body(RequestError::Limit(_)))
    ));
}

/// The page asks for the credentials in headers, and every sample has them in the body (RA-233).
#[test]
fn credentials_are_read_from_headers_where_the_body_has_none() {
    let body = String::from_utf8(void().into_bytes().to_vec()).unwrap();
    let without = body.replace("auth_id=73&auth_pass=password1234&", "");
    let without_password = body.replace("auth_pass=password1234&", "");
    let posted = |body: &str, headers: &[(&str, &str)]| {
        let request = http::Request::post("/gateway/remote_auth")
            .header("content-type", "application/x-www-form-urlencoded");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Request::from_http(&request.body(body.to_owned()).unwrap())
    };
    let (id, password) = (("auth_id", "73"), ("Auth_Pass", "password1234"));
    for (body, headers, findings) in [
        (&without, &[id, password][..], &[][..]),
        (&without_password, &[id, password], &[]),
        (&without_password, &[password], &[]),
        (&body, &[], &[]),
        (&body, &[id, password], &[]),
        (&body, &[("auth_id", "74"), password], &["header auth_id differs from the body, which counts"]),
        (
            &body,
            &[("auth_id", "x"), ("auth_pass", "another")],
            &[
                "header auth_id differs from the body, which counts",
                "header auth_pass differs from the body, which counts",
            ],
        ),
    ] {
        let decoded = posted(body, headers).unwrap();
        assert_eq!(*decoded.credentials(), credentials(), "{headers:?}");
        let found: Vec<String> = decoded.findings().iter().map(ToString::to_string).collect();
        assert_eq!(found, findings, "{headers:?}");
    }
    for (headers, error) in [
        (&[][..], "auth_id is mandatory; auth_pass is mandatory"),
        (&[id], "auth_pass is mandatory"),
        (&[("auth_id", "x"), password], "auth_id must be 1 to 20 digits"),
        (&[id, id, password], "auth_id is mandatory"),
    ] {
        assert_eq!(posted(&without, headers).unwrap_err().to_string(), error, "{headers:?}");
    }
}

#[test]
fn the_simulator_takes_credentials_from_headers() {
    use cashflows_codec::remote_auth::HeaderCredentials;

    let body = String::from_utf8(sale().into_bytes().to_vec()).unwrap();
    let without = body.replace("auth_id=73&auth_pass=password1234&", "");
    let form = "application/x-www-form-urlencoded";
    for (password, status) in [("password1234", "A"), ("another", "V")] {
        let mut acquirer = Acquirer::new(Profile::new(credentials()));
        let headers = HeaderCredentials { profile: Some("73"), password: Some(password) };
        assert!(!format!("{headers:?}").contains(password));
        let delivery = acquirer.handle_with_headers(
            std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_800_000_000),
            Endpoint::Payment,
            form,
            headers,
            without.as_bytes(),
        );
        assert!(delivery.body().starts_with(status.as_bytes()), "{password}");
    }
}
