//! Faults of card payments, by Remote Auth or by the gateway.

use std::time::Duration;

use cashflows_codec::simulator::{Effect, Symptom};

use super::Choice;

pub(super) const CHOICES: [Choice; 8] = [
    Choice {
        id: "lose-answer",
        label: "Lose the answer",
        what: "The card is charged, and the merchant sees a timeout (S203). A retry gets the answer. At the \
            gateway it is found out later.",
    },
    Choice {
        id: "lose-request",
        label: "Lose the request",
        what: "Nothing is charged, and the merchant sees the same timeout (S203).",
    },
    Choice { id: "decline", label: "Decline", what: "The issuer says no: insufficient funds (D102)." },
    Choice {
        id: "delay",
        label: "Delay by 30 s",
        what: "The merchant sees a timeout (S203). For 30 seconds a retry gets V249, then the answer.",
    },
    Choice { id: "silence", label: "Silence", what: "The card is charged, and no byte comes back." },
    Choice {
        id: "html",
        label: "HTML page",
        what: "The card is charged, and a proxy's error page comes back.",
    },
    Choice { id: "half", label: "Half a line", what: "The card is charged, and the answer is cut short." },
    Choice { id: "hold", label: "Put on hold", what: "It is authorised, and waits to be released." },
];

pub(super) fn effect(id: &str) -> Option<Effect> {
    Some(match id {
        "lose-answer" => Effect::LoseAnswer(Symptom::Timeout),
        "lose-request" => Effect::LoseRequest(Symptom::Timeout),
        "decline" => Effect::Refuse("D102".parse().ok()?),
        "delay" => Effect::Delay(Duration::from_secs(30), Symptom::Timeout),
        "silence" => Effect::LoseAnswer(Symptom::Silence),
        "html" => Effect::LoseAnswer(Symptom::HtmlPage),
        "half" => Effect::LoseAnswer(Symptom::HalfLine),
        "hold" => Effect::Hold,
        _ => return None,
    })
}
