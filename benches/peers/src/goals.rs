//! The goals.

use crate::measure::Results;

/// A limit for a measurement of ours.
struct Goal {
    number: u8,
    group: &'static str,
    measure: Measure,
    limit: f64,
}

/// A measurement with a limit.
#[derive(Clone, Copy)]
enum Measure {
    /// Its time, as a ratio to that of another case.
    TimeTo(&'static str),
    /// Allocations for one input.
    Allocations,
    /// Blocks that grow, for one input.
    Reallocations,
}

impl Measure {
    const fn name(self) -> &'static str {
        match self {
            Self::TimeTo(case) => case,
            Self::Allocations => "allocations",
            Self::Reallocations => "reallocations",
        }
    }

    fn of(self, results: &Results) -> Option<f64> {
        let ours = results.ours()?;
        let each = |count: usize| count as f64 / results.units as f64;
        match self {
            Self::TimeTo(case) => Some(ours.ratio_to(results.case(case)?)),
            Self::Allocations => Some(each(ours.heap.allocations)),
            Self::Reallocations => Some(each(ours.heap.reallocations)),
        }
    }
}

pub struct Verdict {
    pub number: u8,
    pub group: &'static str,
    /// The case compared with ours, or the count of ours.
    pub against: &'static str,
    pub limit: f64,
    pub measured: f64,
}

impl Verdict {
    pub fn is_met(&self) -> bool {
        self.measured <= self.limit
    }
}

const fn goal(number: u8, group: &'static str, against: &'static str, limit: f64) -> Goal {
    Goal { number, group, measure: Measure::TimeTo(against), limit }
}

const fn count(number: u8, group: &'static str, measure: Measure, limit: f64) -> Goal {
    Goal { number, group, measure, limit }
}

const GOALS: &[Goal] = &[
    goal(1, "line", "split to owned Strings", 0.36),
    goal(1, "line", "serde_json, borrowed, of an equivalent object", 0.25),
    goal(1, "line", "regex", 0.10),
    count(1, "documented line", Measure::Allocations, 0.0),
    goal(2, "100 MB of lines", "memcpy", 9.0),
    goal(3, "encode 30", "serde_urlencoded::to_string", 0.36),
    goal(3, "encode 30", "field-wise copy", 3.5),
    count(3, "encode 30", Measure::Reallocations, 0.0),
    goal(4, "decode 30", "serde_urlencoded into Strings", 1.1),
    goal(5, "digest", "raw compression of one block", 1.7),
    goal(5, "digest", "format! + hex::encode", 0.30),
    goal(6, "upload", "memcpy and allocation", 4.5),
    goal(6, "upload", "reqwest's multipart", 0.45),
    // The body, and the owner in its `Bytes`.
    count(6, "upload", Measure::Allocations, 2.0),
    count(6, "upload", Measure::Reallocations, 0.0),
    goal(7, "report", "multer + csv + serde", 0.30),
    goal(13, "paid job", "serde_json::Value", 0.6),
    goal(13, "paid job", "derived structs", 1.2),
    goal(14, "card job", "serde_json::to_vec of derived structs", 1.0),
    count(14, "card job", Measure::Reallocations, 0.0),
    goal(15, "signature", "raw SHA-512", 1.1),
    // Twice the work in at most 2 / 1.9 of the time.
    goal(9, "threads", "one thread", 2.0 / 1.9),
    goal(10, "view of a line", "Response::decode", 0.60),
    goal(10, "view of a line", "serde_json, borrowed, of an equivalent object", 0.28),
    count(10, "view of a line", Measure::Allocations, 0.0),
    goal(11, "100 MB by view", "Response::decode", 0.58),
    goal(11, "100 MB by view", "memcpy", 5.5),
    goal(12, "tally", "by Response::decode", 1.0 / 1.9),
    goal(12, "tally by threads", "one thread", 1.0 / 1.9),
];

pub fn judge(results: &[Results]) -> Vec<Verdict> {
    let verdict = |goal: &Goal| {
        let group = results.iter().find(|results| results.group == goal.group)?;
        let Goal { number, group: name, measure, limit } = *goal;
        let measured = measure.of(group)?;
        Some(Verdict { number, group: name, against: measure.name(), limit, measured })
    };
    GOALS.iter().filter_map(verdict).collect()
}
