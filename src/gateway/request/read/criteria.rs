//! How payments recur.

use crate::gateway::request::fault::{Faults, MemberProblem, place_of};
use crate::gateway::request::object::{Member, Reader, Weight};
use crate::gateway::request::{RecurrenceCriteria, RecurrenceKind};
use crate::media::json::Object;

/// Reads how payments recur. A parent has to have the mandatory members of the recurrence type.
pub(super) fn criteria(
    object: Object<'_>,
    of_parent: bool,
    faults: &mut Faults,
) -> Option<RecurrenceCriteria> {
    const KIND: MemberProblem = MemberProblem::MissingWith("this recurrenceType");
    let names = &["recurrenceType", "recurringExpiry", "recurringFrequency", "Instalments"];
    let mut reader = Reader::new(object, names, faults);
    let kind = reader.require_with("recurrenceType", |faults, value| faults.word(value));
    let expiry = Member::read(&mut reader, ["recurringExpiry"], Weight::Decides)?;
    let frequency = Member::read(&mut reader, ["recurringFrequency"], Weight::Decides)?;
    let fixed = matches!(kind, Some(RecurrenceKind::Subscription | RecurrenceKind::Instalment));
    for name in ["recurringExpiry", "recurringFrequency"] {
        if of_parent && fixed && !reader.has(name) {
            reader.faults.inside(object, name, KIND);
        }
    }
    let given = reader.get("Instalments");
    let instalments = match (kind, given) {
        (Some(RecurrenceKind::Instalment) | None, Some(_)) => {
            Member::read(&mut reader, ["Instalments"], Weight::Decides)?
        }
        (Some(RecurrenceKind::Instalment), None) if of_parent => {
            reader.faults.inside(object, "Instalments", KIND);
            None
        }
        (Some(_), Some(given)) => {
            reader.faults.ignored(place_of(given), MemberProblem::NotWith("this recurrenceType"));
            None
        }
        (_, None) => None,
    };
    Some(RecurrenceCriteria { kind: kind?, expiry, frequency, instalments })
}
