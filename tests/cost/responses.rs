//! Reading a documented line allocates nothing.

use core::hint::black_box;

use cashflows_codec::remote_auth::request::{OriginalClass, RetryNumber, Void};
use cashflows_codec::remote_auth::response::{Lines, Response, View};
use cashflows_codec::remote_auth::{Request, ReturnFlags};
use cashflows_codec::value::Money;

/// The number of allocations of `work`.
fn allocations<T>(work: impl FnOnce() -> T) -> usize {
    crate::cost(work).allocations
}

#[test]
fn decode_of_documented_lines_allocates_nothing() {
    let asked = ReturnFlags::none().with_acquirer_reference();
    for line in include_str!("../data/responses.txt").lines() {
        let count = allocations(|| {
            let response = Response::decode(black_box(line.as_bytes())).unwrap();
            let meaning = (response.outcome(), response.response_code(), response.recurring_origin());
            (response.clone(), meaning, response.extras().resolve(asked).is_ok())
        });
        assert_eq!(count, 0, "{line}");
    }
}

#[test]
fn decode_response_of_documented_lines_allocates_nothing() {
    let void = Void::new("01S0135F74D".parse().unwrap(), OriginalClass::Ecom, Money::gbp(20_15));
    let request = Request::Void(void).with_retry_number(RetryNumber::new(1));
    for line in include_str!("../data/responses.txt").lines() {
        let count = allocations(|| {
            let exchange = request.decode_response(200, black_box(line.as_bytes()));
            (exchange.outcome(), exchange.next_step(), exchange)
        });
        assert_eq!(count, 0, "{line}");
    }
}

#[test]
fn decode_error_allocates_nothing() {
    for line in ["", "<html>", "A|1|200", "A|1|200|-|ok\nA|1|200|-|ok", "D|1|200|D1|ok"] {
        assert_eq!(allocations(|| Response::decode(line.as_bytes()).unwrap_err()), 0, "{line}");
    }
}

#[test]
fn view_of_malformed_lines_allocates_only_for_findings() {
    for line in [&b"\xef\xbb\xbfA|01S-1|2x0||Authorised\t"[..], b" D |1|200| - |ok", b"A|1|200|-|caf\xe9"] {
        assert_eq!(allocations(|| View::decode(line).unwrap().outcome()), 0);
        assert!(allocations(|| View::decode(line).unwrap().findings()) > 0);
    }
    assert_eq!(allocations(|| View::decode("A|1|200|-|ok").unwrap().findings()), 0);
}

#[test]
fn view_of_long_lines_allocates_nothing() {
    let long = format!("A|1|200|-|{}|{}", "x".repeat(1_000), "y".repeat(1_000));
    let documented = include_str!("../data/responses.txt").lines();
    for line in documented.chain([long.as_str()]) {
        let count = allocations(|| {
            let view = View::decode(black_box(line)).unwrap();
            let ids = (view.transaction_id(), view.authorisation_code(), view.response_code());
            (ids, view.outcome(), view.checks(), view.message().len(), view.extras().len())
        });
        assert_eq!(count, 0, "{line}");
    }
    let lines = include_str!("../data/responses.txt");
    assert_eq!(allocations(|| Lines::new(lines).filter(Result::is_ok).count()), 0);
}

#[test]
fn decode_of_long_message_allocates_once() {
    let line = format!("A|1|200|-|{}", "x".repeat(100));
    assert_eq!(allocations(|| Response::decode(line.as_bytes()).unwrap()), 1);
}
