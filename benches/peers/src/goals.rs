//! What is to be reached.

use crate::measure::Results;

/// A limit of the ratio of ours to another case.
struct Goal {
    number: u8,
    group: &'static str,
    against: &'static str,
    limit: f64,
}

pub struct Verdict {
    pub number: u8,
    pub group: &'static str,
    pub against: &'static str,
    pub limit: f64,
    pub ratio: f64,
}

impl Verdict {
    pub fn is_met(&self) -> bool {
        self.ratio <= self.limit
    }
}

const fn goal(number: u8, group: &'static str, against: &'static str, limit: f64) -> Goal {
    Goal { number, group, against, limit }
}

const GOALS: &[Goal] = &[
    goal(1, "line", "split to owned Strings", 0.36),
    goal(1, "line", "serde_json, borrowed, of an equivalent object", 0.25),
    goal(1, "line", "regex", 0.10),
    goal(2, "100 MB of lines", "memcpy", 9.0),
    goal(3, "encode 30", "serde_urlencoded::to_string", 0.36),
    goal(3, "encode 30", "field-wise copy", 3.5),
    goal(4, "decode 30", "serde_urlencoded into Strings", 1.1),
    goal(5, "digest", "raw compression of one block", 1.7),
    goal(5, "digest", "format! + hex::encode", 0.30),
    goal(6, "upload", "memcpy and allocation", 4.5),
    goal(6, "upload", "reqwest's multipart", 0.45),
    goal(7, "report", "multer + csv + serde", 0.30),
    // Twice the work in at most 2 / 1.9 of the time.
    goal(9, "threads", "one thread", 2.0 / 1.9),
];

pub fn judge(results: &[Results]) -> Vec<Verdict> {
    let verdict = |goal: &Goal| {
        let group = results.iter().find(|results| results.group == goal.group)?;
        let ratio = group.ours()?.ratio_to(group.case(goal.against)?);
        let Goal { number, group, against, limit } = *goal;
        Some(Verdict { number, group, against, limit, ratio })
    };
    GOALS.iter().filter_map(verdict).collect()
}
