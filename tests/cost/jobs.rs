//! The cost of one more call of the simulated gateway does not depend on the number of jobs.

use core::hint::black_box;

use cashflows_codec::gateway::call::SignedCall;
use cashflows_codec::simulator::Acquirer;

use crate::job_support::{calls, hand_over, paid};
use crate::{cost, live, number};

fn handle_all(acquirer: &mut Acquirer, jobs: u32, calls: &[SignedCall]) {
    for call in calls {
        assert!(black_box(hand_over(acquirer, jobs + 1, call)), "{:?}", call.operation());
    }
}

/// Compares `count` calls among different numbers of jobs. No list may grow between these numbers and the calls after
/// them.
fn call_costs_the_same<const N: usize>(sizes: [u32; N], count: u32) {
    let costs = sizes.map(|jobs| {
        let mut acquirer = paid(jobs);
        let calls = calls(jobs, jobs, 0..count);
        cost(|| handle_all(&mut acquirer, jobs, &calls))
    });
    for pair in costs.windows(2) {
        // The agenda is a tree, which gets new nodes now and then.
        assert!(pair[0].allocations.abs_diff(pair[1].allocations) <= pair[0].allocations / 100, "{costs:?}");
        assert!(pair[0].bytes.abs_diff(pair[1].bytes) <= pair[0].bytes / 20, "{costs:?}");
    }
}

#[test]
fn call_cost_among_hundreds_of_jobs() {
    call_costs_the_same([270, 540], 200);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn call_cost_among_thousands_of_jobs() {
    call_costs_the_same([2_100, 4_200, 8_400], 600);
}

/// Measures a job's memory, which the documentation of the simulator states.
fn job_memory_is_bounded(sizes: [u32; 2]) {
    for jobs in sizes {
        let before = live();
        let acquirer = paid(jobs);
        let each = live().wrapping_sub(before) / jobs as usize;
        assert!(each <= 4_700, "{jobs} jobs: {each} bytes each");
        drop(acquirer);
        assert_eq!(live(), before);
    }
}

// Just before the lists double, and just after.
#[test]
fn job_memory_among_hundreds() {
    job_memory_is_bounded([505, 525]);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn job_memory_among_thousands() {
    job_memory_is_bounded([4_000, 4_150]);
}

/// Calls among a number of jobs, for `tests/cost/instructions`.
#[test]
#[ignore = "run by tests/cost/instructions"]
fn calls_among_jobs() {
    let jobs = number("JOBS", 1_000);
    let mut acquirer = paid(jobs);
    measured_calls(&mut acquirer, jobs, &calls(jobs, jobs, 0..600));
}

#[inline(never)]
fn measured_calls(acquirer: &mut Acquirer, jobs: u32, calls: &[SignedCall]) {
    handle_all(acquirer, jobs, calls);
}
