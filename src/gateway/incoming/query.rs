//! The query of a call (section 1).

use std::collections::BTreeSet;

use super::{Faults, JsonProblem, MemberError, MemberPath, MemberProblem};
use crate::error::{InvalidValue, Rule};
use crate::gateway::Locale;
use crate::gateway::call::ListPaymentMethods;
use crate::media::form;

/// What is given, each until it is taken.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads pairs. One that appears twice, or that cannot be decoded, is an error.
    pub(super) fn read(query: &str, faults: &mut Faults) -> Self {
        let (mut pairs, mut names) = (Vec::new(), BTreeSet::new());
        for (name, value) in form::pairs(query) {
            let text = |encoded| form::decode_secret(encoded).map(|text| text.expose().to_owned());
            match (text(name), text(value)) {
                (Ok(name), Ok(_)) if !names.insert(name.clone()) => {
                    faults.push(error(&name, JsonProblem::Duplicate));
                }
                (Ok(name), Ok(value)) => pairs.push((name, value)),
                _ => faults.push(error(name, MemberProblem::PercentEscape)),
            }
        }
        Self(pairs)
    }

    fn take(&mut self, name: &str) -> Option<String> {
        let place = self.0.iter().position(|(given, _)| given == name)?;
        Some(self.0.swap_remove(place).1)
    }

    fn parse<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
        faults: &mut Faults,
    ) -> Option<T> {
        let text = self.take(name)?;
        T::try_from(&text).map_err(|invalid| faults.push(error(name, invalid.rule()))).ok()
    }

    pub(super) fn locale(&mut self) -> Option<Locale> {
        self.take("locale").map(|text| Locale::with_either_separator(&text))
    }

    pub(super) fn methods(&mut self, faults: &mut Faults) -> ListPaymentMethods {
        let all = self.take("all").and_then(|text| {
            let truth = [true, false].into_iter().find(|truth| text.eq_ignore_ascii_case(&truth.to_string()));
            if truth.is_none() {
                faults.push(error("all", Rule::OneOf(&["true", "false"])));
            }
            truth
        });
        ListPaymentMethods {
            amount: self.parse("collectAmount", faults),
            currency: self.parse("currency", faults),
            all,
            customer: self.parse("customerReference", faults),
        }
    }

    /// An error for each that nobody took.
    pub(super) fn refuse_rest(self, faults: &mut Faults) {
        for (name, _) in &self.0 {
            faults.push(error(name, MemberProblem::Unlisted));
        }
    }
}

fn error(name: &str, problem: impl Into<MemberProblem>) -> MemberError {
    MemberError::new(MemberPath::named("query").followed_by(&MemberPath::named(name)), problem.into())
}
