//! The retry: the same request with the next number, for five minutes.

use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::OperationKind::Credit;
use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::request::RETRY_WINDOW;
use cashflows_codec::remote_auth::request::RetryError;
use cashflows_codec::remote_auth::request::RetryNumber;
use proptest::prelude::*;

const SENT: SystemTime = SystemTime::UNIX_EPOCH;

fn void(retry_number: &str) -> Request {
    let body = crate::support::bodies::smallest(cashflows_codec::remote_auth::OperationKind::Void)
        .with("retry_number", retry_number);
    Request::decode(&body.encode()).unwrap().request
}

#[test]
fn retry_window_is_five_minutes() {
    assert_eq!(RETRY_WINDOW, Duration::from_secs(300));
    let milliseconds = Duration::from_millis;
    for (elapsed, open) in
        [(0, true), (299_999, true), (300_000, true), (300_001, false), (86_400_000, false)]
    {
        let retry = void("").retry(SENT, SENT + milliseconds(elapsed));
        let closed = RetryError::WindowClosed { elapsed: milliseconds(elapsed) };
        assert_eq!(retry.is_ok(), open, "{elapsed} ms");
        assert!(open || retry == Err(closed));
    }
    assert_eq!(void("").retry(SENT + milliseconds(1), SENT), Err(RetryError::ClockWentBack));
}

#[test]
fn retry_counts_up_by_one() {
    for (number, next) in
        [("", Some("1")), ("0", Some("1")), ("1", Some("2")), ("254", Some("255")), ("255", None)]
    {
        let retry = void(number).retry(SENT, SENT);
        assert_eq!(retry, next.map(void).ok_or(RetryError::Exhausted), "{number}");
    }
}

#[test]
fn retry_error_texts() {
    let late = void("").retry(SENT, SENT + Duration::from_secs(301)).unwrap_err();
    assert_eq!(
        late.to_string(),
        "the first attempt was 301 s ago, more than the 300 s in which a retry is known"
    );
    assert_eq!(RetryError::NotRetryable(Credit).to_string(), "a credit request is not retried");
}

proptest! {
    #[test]
    fn retry_changes_only_the_number(request in crate::support::any::request()) {
        let credentials = Credentials::new("1".parse().unwrap(), "p".parse().unwrap());
        let pairs = |request: &Request| -> Vec<(String, String)> {
            let mut pairs: Vec<(String, String)> =
                serde_urlencoded::from_bytes(request.encode(&credentials).as_bytes()).unwrap();
            pairs.retain(|(name, _)| name != "retry_number");
            pairs
        };
        match request.retry(SENT, SENT) {
            Ok(retry) => {
                prop_assert_eq!(pairs(&retry), pairs(&request));
                let next = request.retry_number().unwrap_or(RetryNumber::FIRST).next();
                prop_assert_eq!(retry.retry_number(), next);
            }
            Err(RetryError::NotRetryable(kind)) => {
                prop_assert_eq!(kind, Credit);
                prop_assert_eq!(request.kind(), Credit);
            }
            Err(error) => {
                prop_assert_eq!(error, RetryError::Exhausted);
                prop_assert_eq!(request.retry_number(), Some(RetryNumber::new(255)));
            }
        }
    }
}
