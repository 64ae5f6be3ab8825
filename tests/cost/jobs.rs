//! What one more call costs the simulated gateway does not depend on how many jobs there are.

use core::hint::black_box;

use cashflows_codec::gateway::call::SignedCall;
use cashflows_codec::simulator::Acquirer;

use crate::job_support::{calls, hand_over, paid};
use crate::{cost, live, number};

const CALLS: u32 = 600;

fn handle_all(acquirer: &mut Acquirer, jobs: u32, calls: &[SignedCall]) {
    for call in calls {
        assert!(black_box(hand_over(acquirer, jobs + 1, call)), "{:?}", call.operation());
    }
}

/// No list grows between these numbers and the calls after them.
const SIZES: [u32; 3] = [2_100, 4_200, 8_400];

#[test]
fn a_call_allocates_the_same_among_any_number_of_jobs() {
    let costs = SIZES.map(|jobs| {
        let mut acquirer = paid(jobs);
        let calls = calls(jobs, jobs, 0..CALLS);
        cost(|| handle_all(&mut acquirer, jobs, &calls))
    });
    for pair in costs.windows(2) {
        // The agenda is a tree, whose nodes are made now and then.
        assert!(pair[0].allocations.abs_diff(pair[1].allocations) <= pair[0].allocations / 100, "{costs:?}");
        assert!(pair[0].bytes.abs_diff(pair[1].bytes) <= pair[0].bytes / 20, "{costs:?}");
    }
}

/// What the documentation of the simulator says.
#[test]
fn a_job_takes_so_much_memory() {
    // Just before the lists are doubled, and just after.
    for jobs in [4_000, 4_150] {
        let before = live();
        let acquirer = paid(jobs);
        let each = live().wrapping_sub(before) / jobs as usize;
        assert!(each <= 4_700, "{jobs} jobs: {each} bytes each");
        drop(acquirer);
        assert_eq!(live(), before);
    }
}

/// For `tests/cost/instructions`: calls among a number of jobs.
#[test]
#[ignore = "run by tests/cost/instructions"]
fn calls_among_jobs() {
    let jobs = number("JOBS", 1_000);
    let mut acquirer = paid(jobs);
    measured_calls(&mut acquirer, jobs, &calls(jobs, jobs, 0..CALLS));
}

#[inline(never)]
fn measured_calls(acquirer: &mut Acquirer, jobs: u32, calls: &[SignedCall]) {
    handle_all(acquirer, jobs, calls);
}
