//! Faults of webhooks.

use std::time::Duration;

use cashflows_codec::simulator::gateway::NotificationEffect;

use super::Choice;

pub(super) const CHOICES: [Choice; 3] = [
    Choice { id: "lose", label: "Lose it", what: "It is lost on its way, and comes a minute later." },
    Choice { id: "double", label: "Double it", what: "It comes twice." },
    Choice { id: "late", label: "Delay by an hour", what: "It comes an hour later: others overtake it." },
];

pub(super) fn effect(id: &str) -> Option<NotificationEffect> {
    Some(match id {
        "lose" => NotificationEffect::Lose,
        "double" => NotificationEffect::Double,
        "late" => NotificationEffect::Late(Duration::from_secs(3_600)),
        _ => return None,
    })
}
