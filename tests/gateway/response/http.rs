//! Answers as responses of the `http` crate.

use cashflows_codec::gateway::CallOutcome;
use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::response::{EncodedResponse, ErrorReport, OrderPresence, Refusal};

#[test]
fn an_answer_goes_through_http() {
    let body = include_bytes!("../../data/gateway/refund-response.json");
    let response = http::Response::builder().status(201).body(body.as_slice()).unwrap();
    let answer = RefundPayment::from_http(&response).unwrap();
    assert_eq!(answer.status(), 201);

    let sent = answer.encode().into_http();
    assert_eq!(sent.status(), 201);
    assert_eq!(sent.headers()["content-type"], EncodedResponse::CONTENT_TYPE);
    assert_eq!(RefundPayment::from_http(&sent), Ok(answer));
}

#[test]
fn a_page_of_a_proxy_is_unknown() {
    let response = http::Response::builder().status(502).body("<html>").unwrap();
    let decoded = RefundPayment::from_http(&response);
    assert_eq!(CallOutcome::of(&decoded), CallOutcome::Unknown);
}

#[test]
fn a_number_that_is_no_status_is_an_error_of_the_server() {
    for (status, sent) in [(400, 400), (599, 599), (99, 500), (1_000, 500)] {
        assert_eq!(Refusal::new(status, ErrorReport::new()).encode().into_http().status(), sent);
    }
}

#[test]
fn an_order_is_there_or_not() {
    for (status, presence) in [
        (200, OrderPresence::Present),
        (204, OrderPresence::Present),
        (404, OrderPresence::NotFound),
        (405, OrderPresence::Unknown),
        (500, OrderPresence::Unknown),
    ] {
        let response = http::Response::builder().status(status).body(()).unwrap();
        assert_eq!(OrderPresence::from_http(&response), presence);
    }
}
