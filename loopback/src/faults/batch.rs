//! Faults of batch release.

use cashflows_codec::simulator::{BatchEffect, BatchSymptom};

use super::Choice;

pub(super) const CHOICES: [Choice; 5] = [
    Choice {
        id: "lose-answer",
        label: "500, and done",
        what: "The batch is taken, and its number is lost: status 500.",
    },
    Choice { id: "lose-request", label: "500, not done", what: "Nothing is taken: status 500 all the same." },
    Choice { id: "failure", label: "internal_failure", what: "Nothing is taken, as the reply says." },
    Choice { id: "half", label: "Half a body", what: "The batch is taken, and half of the reply comes." },
    Choice { id: "silence", label: "Silence", what: "The batch is taken, and no byte comes back." },
];

pub(super) fn effect(id: &str) -> Option<BatchEffect> {
    Some(match id {
        "lose-answer" => BatchEffect::LoseAnswer(BatchSymptom::InternalError),
        "lose-request" => BatchEffect::LoseRequest(BatchSymptom::InternalError),
        "failure" => BatchEffect::LoseRequest(BatchSymptom::InternalFailure),
        "half" => BatchEffect::LoseAnswer(BatchSymptom::HalfBody),
        "silence" => BatchEffect::LoseAnswer(BatchSymptom::Silence),
        _ => return None,
    })
}
