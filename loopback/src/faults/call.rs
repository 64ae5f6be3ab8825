//! Faults of the gateway's calls.

use cashflows_codec::gateway::response::ErrorWord;
use cashflows_codec::simulator::gateway::{Effect, Symptom};

use super::Choice;

pub(super) const CHOICES: [Choice; 8] = [
    Choice {
        id: "lose-answer",
        label: "500, and done",
        what: "It is done, and the answer is lost: status 500.",
    },
    Choice { id: "lose-request", label: "500, not done", what: "Nothing is done: status 500 all the same." },
    Choice {
        id: "bad",
        label: "406, and done",
        what: "It is done, and the answer is called bad: status 406.",
    },
    Choice { id: "unavailable", label: "503, not done", what: "Nothing is done: status 503." },
    Choice { id: "html", label: "HTML page", what: "It is done, and a proxy answers 502 with a page." },
    Choice { id: "half", label: "Half a body", what: "It is done, and half of the answer comes." },
    Choice { id: "silence", label: "Silence", what: "It is done, and no byte comes back." },
    Choice { id: "refuse", label: "Refuse", what: "Nothing is done: status 400, InvalidPaymentStatus." },
];

pub(super) fn effect(id: &str) -> Option<Effect> {
    Some(match id {
        "lose-answer" => Effect::LoseAnswer(Symptom::InternalError),
        "lose-request" => Effect::LoseRequest(Symptom::InternalError),
        "bad" => Effect::LoseAnswer(Symptom::BadResponse),
        "unavailable" => Effect::LoseRequest(Symptom::Unavailable),
        "html" => Effect::LoseAnswer(Symptom::HtmlPage),
        "half" => Effect::LoseAnswer(Symptom::HalfBody),
        "silence" => Effect::LoseAnswer(Symptom::Silence),
        "refuse" => Effect::Reject(400, ErrorWord::InvalidPaymentStatus.into()),
        _ => return None,
    })
}
