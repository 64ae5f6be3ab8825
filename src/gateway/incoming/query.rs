//! The query of a call (section 1).

use std::collections::BTreeSet;

use super::{Faults, Finding, JsonProblem, MemberError, MemberPath, MemberProblem};
use crate::error::{InvalidValue, Rule};
use crate::gateway::Locale;
use crate::gateway::call::ListPaymentMethods;
use crate::media::form;

/// The names that some call has a use for.
const NAMES: [&str; 5] = ["locale", "collectAmount", "currency", "all", "customerReference"];

/// The parameters that are given, each until it is taken: names, and values whose escapes were right.
pub(super) struct Query {
    pairs: Vec<(String, Option<String>)>,
    strict: bool,
}

impl Query {
    /// Reads pairs.
    pub(super) fn read(query: &str, faults: &mut Faults) -> Self {
        let mut read = Self { pairs: Vec::new(), strict: faults.is_strict() };
        for (name, value) in form::pairs(query) {
            let text = |encoded| form::decode_secret(encoded).map(|text| text.expose().to_owned()).ok();
            read.pairs.push((text(name).unwrap_or_else(|| name.to_owned()), text(value)));
        }
        if read.strict {
            read.refuse_unreadable(faults);
        }
        read
    }

    /// Pairs that appear twice or cannot be decoded, listed or not.
    fn refuse_unreadable(&mut self, faults: &mut Faults) {
        let mut names = BTreeSet::new();
        self.pairs.retain(|(name, value)| match value {
            None => {
                faults.push(error(name, MemberProblem::PercentEscape));
                false
            }
            Some(_) if !names.insert(name.clone()) => {
                faults.push(error(name, JsonProblem::Duplicate));
                false
            }
            Some(_) => true,
        });
    }

    /// The value of a parameter, unless it counts as absent; inside, its text, if its escapes are right. One
    /// that appears twice is an error.
    fn take(&mut self, name: &str, faults: &mut Faults) -> Option<Option<String>> {
        let place = self.pairs.iter().position(|(given, _)| is_name(given, name, self.strict))?;
        let (_, value) = self.pairs.remove(place);
        let strict = self.strict;
        self.pairs.retain(|(given, _)| {
            let again = is_name(given, name, strict);
            if again {
                faults.push(error(name, JsonProblem::Duplicate));
            }
            !again
        });
        let is_absent = !self.strict && value.as_deref() == Some("");
        (!is_absent).then_some(value)
    }

    /// The text of a parameter, whose escapes have to be right.
    fn text(&mut self, name: &'static str, faults: &mut Faults) -> Option<String> {
        let value = self.take(name, faults)?;
        if value.is_none() {
            faults.push(error(name, MemberProblem::PercentEscape));
        }
        value
    }

    fn parse<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
        faults: &mut Faults,
    ) -> Option<T> {
        let text = self.text(name, faults)?;
        let upper = || T::try_from(&text.to_ascii_uppercase()).ok().filter(|_| !faults.is_strict());
        let read = T::try_from(&text).or_else(|invalid| upper().ok_or(invalid));
        read.map_err(|invalid| faults.push(error(name, invalid.rule()))).ok()
    }

    /// The language of texts, which decides nothing.
    pub(super) fn locale(&mut self, faults: &mut Faults) -> Option<Locale> {
        match self.take("locale", faults)? {
            Some(text) => Some(Locale::with_either_separator(&text)),
            None => {
                faults.passed.findings.push(Finding::new(path("locale"), JsonProblem::Escape));
                None
            }
        }
    }

    pub(super) fn methods(&mut self, faults: &mut Faults) -> ListPaymentMethods {
        let all = self.text("all", faults).and_then(|text| {
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

    /// Passes over each that nobody took.
    pub(super) fn ignore_rest(self, faults: &mut Faults) {
        for (name, _) in &self.pairs {
            if NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                faults.ignored(path(name), MemberProblem::Unlisted);
            } else {
                faults.unlisted(path(name));
            }
        }
    }
}

fn is_name(given: &str, name: &str, strict: bool) -> bool {
    if strict { given == name } else { given.eq_ignore_ascii_case(name) }
}

fn path(name: &str) -> MemberPath {
    MemberPath::named("query").followed_by(&MemberPath::named(name))
}

fn error(name: &str, problem: impl Into<MemberProblem>) -> MemberError {
    MemberError::new(path(name), problem.into())
}
