//! The seam to HTTP software.

use bytes::Bytes;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::attempt::Received;
use cashflows_codec::remote_auth::batch::{Query, Reply, Submission};
use cashflows_codec::remote_auth::http::HttpError;
use cashflows_codec::remote_auth::request::{OriginalClass, Reversal};
use cashflows_codec::remote_auth::response::DecodeErrorKind;
use cashflows_codec::remote_auth::{Environment, Outcome, Request, Response, TransportFailure};
use cashflows_codec::simulator::{Gateway, Handled, Profile};
use cashflows_codec::value::Money;
use http::{StatusCode, Uri};

fn credentials() -> Credentials {
    Credentials::new("73".parse().unwrap(), "password1234".parse().unwrap())
}

fn void() -> cashflows_codec::remote_auth::request::Body {
    let void = Reversal::new("01S0135F74D".parse().unwrap(), OriginalClass::Ecom, Money::gbp(20_15));
    Request::Void(void).encode(&credentials())
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
fn a_status_that_is_not_success_is_kept_beside_an_unknown_outcome() {
    for (status, outcome) in [
        (200, Outcome::Authorised),
        (201, Outcome::Authorised),
        (299, Outcome::Authorised),
        (199, Outcome::Unknown),
        (302, Outcome::Unknown),
        (401, Outcome::Unknown),
        (500, Outcome::Unknown),
        (504, Outcome::Unknown),
    ] {
        let received = Response::from_http(&reply(status, "text/plain", "A|01V0135F755|000|-|Authorised\n"));
        assert_eq!(Outcome::of_http(&received), outcome, "{status}");
        let kept = received.err().and_then(|error| error.status()).map(|status| status.as_u16());
        assert_eq!(kept, (outcome == Outcome::Unknown).then_some(status));
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
    assert_eq!(Outcome::of_http(&received), Outcome::Unknown);
}

#[test]
fn a_transport_that_fails_leaves_nothing_or_everything_open() {
    for (failure, outcome, text) in [
        (TransportFailure::NotConnected, Outcome::NeverSent, "there was no connection, and nothing was sent"),
        (TransportFailure::Lost, Outcome::Unknown, "the answer was lost"),
    ] {
        let received: Result<Response, HttpError> = Err(failure.into());
        assert_eq!(Outcome::of_http(&received), outcome);
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
        (Ok(answer.clone()), Received::Answer(&answer)),
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
    let Ok(Reply::Report(report)) = Reply::from_http(&reply(200, form, taken)) else { panic!() };
    assert_eq!(report.batch_id().as_str(), "26");

    let unavailable = Reply::from_http(&reply(503, form, taken)).unwrap_err();
    assert_eq!(unavailable, HttpError::Status(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(unavailable.to_string(), "the HTTP status is 503 Service Unavailable");
    assert_eq!(unavailable.outcome(), Outcome::Unknown);
    assert!(matches!(Reply::from_http(&http::Response::new(taken)), Err(HttpError::Body(_))));
}

#[test]
fn a_server_sends_what_the_simulator_replies() {
    let mut gateway = Gateway::new(Profile::new(credentials()));
    let now = std::time::SystemTime::UNIX_EPOCH;
    let body = void();
    let Handled::Reply(reply) = gateway.handle(now, body.content_type(), body.as_bytes()) else { panic!() };
    let response = reply.into_http();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/plain");
    assert_eq!(response.body(), "V|99E00000001|000|V216|Original trans not found");
}
