//! Words and figures as the dashboard writes them.

use std::time::Duration;

use cashflows_codec::remote_auth::response::Decision;
use cashflows_codec::simulator::{Entry, State};
use cashflows_codec::value::MaskedText;
use maud::{Markup, html};

/// How far a transaction is.
pub(super) const fn state(state: State) -> (&'static str, &'static str) {
    match state {
        State::Refused => ("bad", "refused"),
        State::Done => ("plain", "done"),
        State::Pending => ("wait", "pending"),
        State::OnHold => ("wait", "on hold"),
        State::Expired => ("bad", "expired"),
        State::Voided => ("plain", "voided"),
        State::Settled => ("good", "settled"),
    }
}

/// A word that stands out, by its colour too.
pub(super) fn badge((class, word): (&str, &str)) -> Markup {
    html! { span class={ "badge " (class) } { (word) } }
}

/// What was decided: the code and its text.
pub(super) fn outcome(answer: &Decision) -> Markup {
    let refused = match answer {
        Decision::Authorised(Some(code)) => return html! { "authorised " span.code { (code.as_str()) } },
        Decision::Authorised(None) => return html! { "authorised" },
        Decision::Declined(code)
        | Decision::Referral(code)
        | Decision::Blocked(code)
        | Decision::Cancelled(code)
        | Decision::ValidationError(code)
        | Decision::SystemError(code) => code,
        other => return html! { (other.status()) },
    };
    html! { (refused.reason().text().unwrap_or("refused")) " " span.code { (refused) } }
}

/// The merchant's reference, masked: card numbers stand where they should not.
pub(super) fn reference(entry: &Entry) -> Option<String> {
    entry.reference().map(|reference| MaskedText::reference(reference).to_string())
}

/// `1,234,567`
pub(super) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// Hundredths with their sign: `-12.34`.
pub(super) fn hundredths(amount: i128) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let amount = amount.unsigned_abs();
    format!("{sign}{}.{:02}", amount / 100, amount % 100)
}

/// `1 day 2 h`
pub(super) fn duration(time: Duration) -> String {
    let (days, hours) = (time.as_secs() / 86_400, time.as_secs() / 3_600 % 24);
    let (minutes, seconds) = (time.as_secs() / 60 % 60, time.as_secs() % 60);
    let part = |number: u64, unit: &str| (number > 0).then(|| format!("{number} {unit}"));
    let day = if days == 1 { "day" } else { "days" };
    let parts = [part(days, day), part(hours, "h"), part(minutes, "min"), part(seconds, "s")];
    let parts: Vec<String> = parts.into_iter().flatten().take(2).collect();
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 5, -1_234].map(hundredths), ["0.00", "0.05", "-12.34"]);
        let shown = [0, 59, 3_600, 86_400, 90_061].map(|seconds| duration(Duration::from_secs(seconds)));
        assert_eq!(shown, ["0 s", "59 s", "1 h", "1 day", "1 day 1 h"]);
    }
}
