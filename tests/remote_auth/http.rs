//! The seam to HTTP software.

use bytes::Bytes;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::attempt::Received;
use cashflows_codec::remote_auth::batch::{
    BatchRefusal, BatchRequest, BatchResponse, Boundary, FramingError, Query, Report, Row, RowResult,
    Submission,
};
use cashflows_codec::remote_auth::http::HttpRequestError;
use cashflows_codec::remote_auth::request::{Card, OriginalClass, RequestError, Sale, Void};
use cashflows_codec::remote_auth::response::DecodeErrorKind;
use cashflows_codec::remote_auth::{
    Environment, HasOutcome, HttpResponseError, Limits, NextStep, OperationKind, Outcome, Request, Response,
    SentAs, TransportFailure,
};
use cashflows_codec::simulator::{Acquirer, Delivery, Endpoint, Profile};
use cashflows_codec::value::{CardNumber, Money, Reason};
use http::{StatusCode, Uri};

fn credentials() -> Credentials {
    Credentials::new("73".parse().unwrap(), "password1234".parse().unwrap())
}

fn void() -> cashflows_codec::remote_auth::request::Body {
    let void = Void::new("01S0135F74D".parse().unwrap(), OriginalClass::Ecom, Money::gbp(20_15));
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
fn into_http_posts_to_environment_or_other_uri() {
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
fn from_http_reads_a_line_with_any_status() {
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
fn from_http_status_without_line_is_refused_or_unknown() {
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
            let is_explained = !(200..300).contains(&status);
            assert_eq!(error == HttpResponseError::Status(status), is_explained, "{error:?}");
            assert_eq!(plain, Err(error));
        }
        // What begins like a line may be the rest of an approval.
        for body in ["A", "A|", "\u{feff} A |01S0", "A|01S00001724|232|031971"] {
            let received = Response::from_http(&reply(status, "text/plain", body));
            assert_eq!(
                (Outcome::of(&received), NextStep::of(&received)),
                (Outcome::Unknown, NextStep::Retry)
            );
            assert!(matches!(received, Err(HttpResponseError::Body(_))), "{status} {body}");
            assert!(matches!(Response::decode_http(status, body), Err(HttpResponseError::Body(_))));
        }
    }
}

/// Bodies that hide a line behind something, whole or cut, and bodies that hide none.
#[test]
fn decode_http_of_body_that_may_hide_a_line_is_unknown() {
    let line = "A|01S00001724|232|031971|Authorised";
    let wide = |order: fn(u16) -> [u8; 2]| line.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let hidden = [
        format!("\u{feff}\u{feff}{line}"),
        format!("\0{line}"),
        format!("\x0b{line}"),
        format!("\u{a0}{line}"),
        format!("\"{line}\""),
        format!("<pre>{line}</pre>"),
        format!("<html><body>A<br/>{line}</body></html>"),
        format!("response={line}"),
        format!("{{\"response\":\"\\n{line}\"}}"),
        format!("response={}", line.replace('|', "%7C")),
        line.replace('|', "%7c"),
        line.replace('|', "&#124;"),
        line.replace('|', "&#X7C;"),
        line.replace('|', "&vert;"),
        line.replace('|', "\\u007c"),
        line.replacen('|', "\0|", 1),
        "OK\r\n\"A|".to_owned(),
        "\"A\"".to_owned(),
        "A\0".to_owned(),
    ];
    let hidden = hidden.map(String::into_bytes).into_iter().chain([
        wide(u16::to_le_bytes),
        wide(u16::to_be_bytes),
        [&b"\xff\xfe"[..], &wide(u16::to_le_bytes)].concat(),
        b"\x1f\x8b\x08\x00\xee\xff".to_vec(),
    ]);
    for body in hidden {
        for status in [302, 400, 401, 403, 404, 405, 411, 413, 414, 415, 431, 500] {
            let read = Response::decode_http(status, &body);
            assert!(matches!(read, Err(HttpResponseError::Body(_))), "{status} {}", body.escape_ascii());
            assert_eq!((Outcome::of(&read), NextStep::of(&read)), (Outcome::Unknown, NextStep::Retry));
            let lost = Received::Failure(TransportFailure::Lost);
            assert_eq!(Received::from(&read), lost, "{status} {}", body.escape_ascii());
        }
    }
    for page in [
        "",
        "\r\n",
        "<html>\r\n<head><title>403 Forbidden</title></head>\r\n\t<body>A key is missing.</body></html>\r\n",
        "{\"error\": \"invalid_client\", \"id\": \"7c0a124\"}",
        "Accès refusé",
        "403",
    ] {
        assert_eq!(Response::decode_http(403, page), Err(HttpResponseError::Status(403)), "{page}");
    }
    let latin = Response::decode_http(403, b"Acc\xe8s refus\xe9");
    assert_eq!(latin, Err(HttpResponseError::Status(403)));
}

/// Whatever kind of body a client has.
#[test]
fn from_http_takes_bodies_of_any_type() {
    let line = "D|01S00001723|400|D102|Not Authorised";
    let expected = Response::decode(line.as_bytes()).unwrap();
    assert_eq!(Response::from_http(&http::Response::new(line)), Ok(expected.clone()));
    assert_eq!(Response::from_http(&http::Response::new(line.to_owned())), Ok(expected.clone()));
    assert_eq!(Response::from_http(&http::Response::new(line.as_bytes().to_vec())), Ok(expected.clone()));
    assert_eq!(Response::from_http(&http::Response::new(Bytes::from_static(line.as_bytes()))), Ok(expected));
}

#[test]
fn from_http_of_unreadable_body_is_unknown() {
    let received = Response::from_http(&http::Response::new("<html></html>"));
    let Err(HttpResponseError::Body(error)) = &received else { panic!("{received:?}") };
    assert_eq!(error.kind, DecodeErrorKind::Html);
    assert_eq!(Outcome::of(&received), Outcome::Unknown);
}

#[test]
fn transport_failure_is_never_sent_or_unknown() {
    for (failure, outcome, text) in [
        (TransportFailure::NotConnected, Outcome::NeverSent, "there was no connection, and nothing was sent"),
        (TransportFailure::Lost, Outcome::Unknown, "the response was lost"),
    ] {
        let received: Result<Response, HttpResponseError> = Err(failure.into());
        assert_eq!(Outcome::of(&received), outcome);
        assert_eq!(Outcome::of(&failure), outcome);
        let error = HttpResponseError::<DecodeErrorKind>::from(failure);
        assert_eq!((error.outcome(), error.next_step()), (outcome, failure.next_step()));
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn received_takes_results_of_from_http() {
    let answer = Response::from_http(&http::Response::new("A|01V0135F755|000|-|Authorised")).unwrap();
    let unavailable = HttpResponseError::Status(503);
    let unreadable = Response::from_http(&http::Response::new("")).unwrap_err();
    for (received, expected) in [
        (Ok(answer.clone()), Received::Response(&answer)),
        (Err(unavailable), Received::Failure(TransportFailure::Lost)),
        (Err(unreadable), Received::Failure(TransportFailure::Lost)),
        (Err(TransportFailure::Lost.into()), Received::Failure(TransportFailure::Lost)),
        (Err(TransportFailure::NotConnected.into()), Received::Failure(TransportFailure::NotConnected)),
    ] {
        assert_eq!(Received::from(&received), expected);
    }
}

#[test]
fn batch_response_from_http() {
    let form = "application/x-www-form-urlencoded";
    let taken = "result=release_report&batch_id=26&batch_status=pending";
    let Ok(BatchResponse::Report(report)) = BatchResponse::from_http(&reply(200, form, taken)) else {
        panic!()
    };
    assert_eq!(report.batch_id().as_str(), "26");

    // A form decides, whatever the status.
    let unavailable = BatchResponse::from_http(&reply(503, form, taken));
    assert!(matches!(unavailable, Ok(BatchResponse::Report(report)) if report.batch_id().as_str() == "26"));
    assert!(matches!(BatchResponse::from_http(&reply(503, form, "result")), Err(HttpResponseError::Body(_))));

    let unavailable = BatchResponse::from_http(&reply(503, "text/html", "<html>")).unwrap_err();
    assert_eq!(unavailable, HttpResponseError::Status(503));
    assert_eq!(unavailable.to_string(), "the HTTP status is 503");
    assert_eq!(unavailable.outcome(), Outcome::Unknown);

    let refused = BatchResponse::from_http(&reply(403, "text/html", "<html>Forbidden</html>")).unwrap_err();
    assert_eq!((refused.outcome(), refused), (Outcome::Refused, HttpResponseError::Status(403)));
    let wide: Vec<u8> = taken.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for hidden in [taken.as_bytes(), b"<pre>RESULT=release_report", b"\x1f\x8b\x08", &wide] {
        let error = BatchResponse::from_http(&reply(403, "text/html", hidden)).unwrap_err();
        assert!(matches!(error, HttpResponseError::Body(_)), "{}", hidden.escape_ascii());
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
    assert!(matches!(BatchResponse::from_http(&http::Response::new(taken)), Err(HttpResponseError::Body(_))));
}

#[test]
fn simulator_deliveries_become_http_responses() {
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
fn request_round_trips_over_http() {
    for body in [void(), sale()] {
        let request = body.clone().into_http(Environment::Production);
        let decoded = Request::from_http(&request).unwrap();
        assert_eq!(decoded.credentials, credentials());
        assert_eq!(decoded.request.encode(&credentials()), body);
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
    for reply in [
        BatchResponse::from(Report::complete("26".parse().unwrap(), [row])),
        BatchRefusal::RequestTooBig.into(),
    ] {
        let sent = reply.clone().into_http(&Boundary::default()).unwrap();
        assert_eq!(sent.status(), StatusCode::OK);
        assert_eq!(BatchResponse::from_http(&sent), Ok(reply));
    }
}

#[test]
fn request_from_http_refuses_other_methods_and_types() {
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
        (request("GET", parts, ""), HttpRequestError::Method, BatchRefusal::InvalidRequest),
        (request("POST", form, "batch_id=1"), HttpRequestError::ContentType, BatchRefusal::InvalidRequest),
        (
            request("POST", parts, ""),
            HttpRequestError::Body(FramingError::NoDelimiter.into()),
            BatchRefusal::InvalidRequest,
        ),
    ] {
        let refused = BatchRequest::from_http(&received).unwrap_err();
        assert_eq!((refused.refusal(), refused), (refusal, error));
    }
    let huge = request("POST", parts, "").map(|_| vec![b'-'; 70_000]);
    assert_eq!(BatchRequest::from_http(&huge).unwrap_err().refusal(), BatchRefusal::RequestTooBig);
    let strict = Limits { request_bytes: 4, ..Limits::default() };
    let long = request("POST", form, "auth_id=1");
    assert!(matches!(
        Request::from_http_with(&long, &strict),
        Err(HttpRequestError::Body(RequestError::Limit(_)))
    ));
}

/// The page asks for the credentials in headers, and every sample has them in the body (RA-233).
#[test]
fn from_http_takes_credentials_from_headers() {
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
        assert_eq!(decoded.credentials, credentials(), "{headers:?}");
        let found: Vec<String> = decoded.findings.iter().map(ToString::to_string).collect();
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
fn simulator_takes_credentials_from_headers() {
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
