//! Calls as requests of the `http` crate, both ways.

use cashflows_codec::gateway::call::{Call, SignedCall};
use cashflows_codec::gateway::incoming::{IncomingCall, IncomingError};
use cashflows_codec::gateway::{ApiKey, Credentials, Environment, Operation};
use http::{Request, Uri};

use crate::gateway_calls::{self, Choices};

fn key() -> ApiKey {
    "845c51f6-1cd5-4338-a586-df752e65d690".parse().unwrap()
}

fn calls() -> impl Iterator<Item = Call> {
    (0..256_u32).map(|seed| {
        let mut state = seed;
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let bytes: Vec<u8> = (0..200).map(|_| byte()).collect();
        gateway_calls::call(&mut Choices(&bytes))
    })
}

fn sign(call: &Call) -> SignedCall {
    call.sign(&Credentials::new("200426117314086912".parse().unwrap(), key()))
}

#[test]
fn what_is_sent_over_http_is_received() {
    for call in calls() {
        let request = sign(&call).with_request_origin("My shop".parse().unwrap());
        let request = request.into_http(Environment::Production);
        assert_eq!(request.uri().host(), Some("gateway.cashflows.com"));
        let received = IncomingCall::from_http(&request, &[key()]).unwrap();
        assert_eq!(received.call(), &call);
        assert_eq!(received.headers().request_origin().map(|origin| origin.as_str()), Some("My shop"));
    }
}

#[test]
fn a_base_may_have_a_path() {
    for (base, start) in [
        ("http://localhost:8080", "http://localhost:8080/api/gateway/"),
        ("http://localhost:8080/", "http://localhost:8080/api/gateway/"),
        ("https://proxy.example/cashflows/", "https://proxy.example/cashflows/api/gateway/"),
    ] {
        for call in calls() {
            let sent = sign(&call);
            let url = sent.url_at(base);
            let request = sent.into_http_at(&base.parse::<Uri>().unwrap()).unwrap();
            assert!(request.uri().to_string().starts_with(start), "{}", request.uri());
            assert_eq!(request.uri().to_string(), url);
        }
    }
    let made: Vec<Operation> = calls().map(|call| call.operation()).collect();
    assert!(Operation::ALL.iter().all(|operation| made.contains(operation)));
    let long: Uri = format!("http://localhost/{}", "x".repeat(65_490)).parse().unwrap();
    let refused = calls().filter(|call| sign(call).into_http_at(&long).is_err()).count();
    assert!(0 < refused && refused < calls().count(), "{refused}");
}

#[test]
fn the_hash_is_marked_as_sensitive() {
    let request = sign(&calls().next().unwrap()).into_http(Environment::Integration);
    assert!(request.headers()["hash"].is_sensitive());
    assert!(!format!("{:?}", request.headers()).contains(request.headers()["hash"].to_str().unwrap()));
}

#[test]
fn what_is_wrong_with_the_headers_is_told() {
    let error = IncomingCall::from_http(&Request::new(""), &[key()]).unwrap_err();
    assert!(matches!(error, IncomingError::Header(_)));
    assert_eq!(error.status(), 401);
}
