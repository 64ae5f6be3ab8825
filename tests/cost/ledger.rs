//! The cost of one more transaction of the simulated acquirer does not depend on the number of transactions.

use core::hint::black_box;

use cashflows_codec::simulator::Acquirer;

use crate::load_support::{filled, mix, send};
use crate::{cost, live, number};

/// Number of requests, of all kinds. None of them gets only a stored response.
const REQUESTS: u32 = 600;

fn handle_all(acquirer: &mut Acquirer, sales: u32, bodies: &[Vec<u8>]) {
    for body in bodies {
        assert!(black_box(send(acquirer, sales + 1, body)));
    }
}

/// Compares requests among different numbers of transactions. No list or table may grow between these numbers and the
/// requests after them: its growth would be a cost of all transactions before.
fn request_costs_the_same<const N: usize>(sizes: [u32; N]) {
    let costs = sizes.map(|sales| {
        let mut acquirer = filled(sales);
        let bodies = mix(sales, sales, 0..REQUESTS);
        cost(|| handle_all(&mut acquirer, sales, &bodies))
    });
    for pair in costs.windows(2) {
        assert_eq!(pair[0].allocations, pair[1].allocations, "{costs:?}");
        assert!(pair[0].bytes.abs_diff(pair[1].bytes) <= pair[0].bytes / 100, "{costs:?}");
    }
}

#[test]
fn request_cost_among_a_thousand_transactions() {
    request_costs_the_same([1_250, 2_500]);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn request_cost_among_thousands_of_transactions() {
    request_costs_the_same([5_000, 10_000, 20_000]);
}

/// Measures a transaction's memory, which the documentation of the simulator states.
#[test]
fn transaction_memory_is_bounded() {
    // Just before the lists double, and just after.
    for sales in [8_000, 8_300] {
        let before = live();
        let acquirer = filled(sales);
        let each = live().wrapping_sub(before) / sales as usize;
        assert!(each <= 1_300, "{sales} transactions: {each} bytes each");
        drop(acquirer);
        assert_eq!(live(), before);
    }
}

/// Requests among a number of transactions, for `tests/cost/instructions`.
#[test]
#[ignore = "run by tests/cost/instructions"]
fn requests() {
    let sales = number("SALES", 1_000);
    let mut acquirer = filled(sales);
    measured_requests(&mut acquirer, sales, &mix(sales, sales, 0..REQUESTS));
}

#[inline(never)]
fn measured_requests(acquirer: &mut Acquirer, sales: u32, bodies: &[Vec<u8>]) {
    handle_all(acquirer, sales, bodies);
}
