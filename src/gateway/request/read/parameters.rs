//! The parameters of a job, by name, whatever its case.

use std::collections::BTreeSet;

use super::{Faults, P, other_parameter};
use crate::error::{InvalidValue, Rule};
use crate::gateway::request::{MemberError, MemberProblem, OtherParameter};
use crate::media::json::{JsonProblem, MemberPath, Object, Text, Value};
use crate::value::{Expiry, rules};

/// What is given, each until it is taken.
pub(super) struct Parameters<'d> {
    place: Place<'d>,
    /// What kind of job they are of, once that is known.
    kind: Option<&'static str>,
    given: [Option<Value<'d>>; P::ALL.len()],
    others: Vec<OtherParameter>,
    /// Their names in lower case.
    other_names: BTreeSet<String>,
}

/// Where an error about a parameter that is not there belongs.
#[derive(Clone, Copy)]
enum Place<'d> {
    /// Into this object.
    Here(Object<'d>),
    /// Into the parameters that this job does not have.
    Absent(Object<'d>),
}

impl<'d> Parameters<'d> {
    /// None at all, of a job without any.
    pub(super) const fn none(job: Object<'d>) -> Self {
        Self::at(Place::Absent(job))
    }

    const fn at(place: Place<'d>) -> Self {
        Self {
            place,
            kind: None,
            given: [None; P::ALL.len()],
            others: Vec::new(),
            other_names: BTreeSet::new(),
        }
    }

    /// Those of an object. A name that appears twice, in whatever case, is an error.
    pub(super) fn read(object: Object<'d>, faults: &mut Faults) -> Self {
        let mut read = Self::at(Place::Here(object));
        for (name, value) in object.members().filter(|(_, value)| !value.is_null()) {
            let Some(parameter) = P::in_any_case(&name) else {
                read.other(&name, value, faults);
                continue;
            };
            // The same name in the same case is known to be an error already.
            let Some(slot) = read.given.get_mut(parameter as usize) else { continue };
            match slot {
                Some(_) => read.fault(parameter, JsonProblem::Duplicate, faults),
                none => *none = Some(value),
            }
        }
        read
    }

    fn other(&mut self, name: &str, value: Value<'d>, faults: &mut Faults) {
        let Some(other) = other_parameter(name, value, faults) else { return };
        if !self.other_names.insert(other.name().as_str().to_ascii_lowercase()) {
            faults.at(value, JsonProblem::Duplicate);
        }
        self.others.push(other);
    }

    pub(super) fn has(&self, parameter: P) -> bool {
        self.given.get(parameter as usize).is_some_and(Option::is_some)
    }

    pub(super) fn has_any(&self, parameters: &[P]) -> bool {
        parameters.iter().any(|&parameter| self.has(parameter))
    }

    pub(super) fn take(&mut self, parameter: P) -> Option<Value<'d>> {
        self.given.get_mut(parameter as usize).and_then(Option::take)
    }

    /// The path of a parameter, in the spelling of the table whatever that of the body.
    pub(super) fn path(&self, parameter: P) -> MemberPath {
        let name = parameter.as_str();
        match self.place {
            Place::Here(object) => object.missing(name).member().clone(),
            Place::Absent(job) => job.missing("parameters").member().followed_by(&MemberPath::named(name)),
        }
    }

    /// Something wrong with a parameter.
    pub(super) fn fault(&self, parameter: P, problem: impl Into<MemberProblem>, faults: &mut Faults) {
        faults.push(MemberError::new(self.path(parameter), problem.into()));
    }

    /// A parameter that may be there, as `read` reads it.
    fn with<T>(
        &mut self,
        parameter: P,
        faults: &mut Faults,
        read: impl FnOnce(Value<'d>) -> Result<T, JsonProblem>,
    ) -> Option<T> {
        let value = self.take(parameter)?;
        read(value).map_err(|problem| self.fault(parameter, problem, faults)).ok()
    }

    /// A parameter that may be there.
    pub(super) fn parse<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        parameter: P,
        faults: &mut Faults,
    ) -> Option<T> {
        self.with(parameter, faults, |value| value.parse().map_err(|error| error.problem()))
    }

    /// The text of a parameter that may be there.
    pub(super) fn text(&mut self, parameter: P, faults: &mut Faults) -> Option<Text<'d>> {
        self.with(parameter, faults, |value| value.text().map_err(|error| error.problem()))
    }

    /// A flag that may be there.
    pub(super) fn flag(&mut self, parameter: P, faults: &mut Faults) -> Option<bool> {
        self.with(parameter, faults, |value| value.boolean_or_text().map_err(|error| error.problem()))
    }

    /// A parameter that has to be there.
    pub(super) fn require<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        parameter: P,
        faults: &mut Faults,
    ) -> Option<T> {
        if !self.has(parameter) {
            self.missing(parameter, faults);
        }
        self.parse(parameter, faults)
    }

    /// An error about one that is not there and has to be.
    fn missing(&self, parameter: P, faults: &mut Faults) {
        let problem = self.kind.map_or(JsonProblem::Missing.into(), MemberProblem::MissingFor);
        self.fault(parameter, problem, faults);
    }

    /// Says what kind of job they are of, for errors.
    pub(super) const fn set_kind(&mut self, kind: &'static str) {
        self.kind = Some(kind);
    }

    /// Month and year, which have to be there.
    pub(super) fn require_expiry(&mut self, faults: &mut Faults) -> Option<Expiry> {
        for parameter in [P::CardExpiryMonth, P::CardExpiryYear] {
            if !self.has(parameter) {
                self.missing(parameter, faults);
            }
        }
        let month = self.with(P::CardExpiryMonth, faults, month);
        let year = self.with(P::CardExpiryYear, faults, year);
        Expiry::try_from(format!("{:02}{:02}", month?, year?).as_str()).ok()
    }

    /// An error for each that is still there: the kind of job does not take it.
    pub(super) fn refuse_rest(&mut self, faults: &mut Faults) {
        let problem = self.kind.map_or(MemberProblem::Unlisted, MemberProblem::NotFor);
        for &parameter in P::ALL {
            if self.take(parameter).is_some() {
                self.fault(parameter, problem, faults);
            }
        }
    }

    /// Those that have no type of their own.
    pub(super) fn into_others(self) -> Vec<OtherParameter> {
        self.others
    }
}

/// Two digits of 01 to 12.
fn month(value: Value<'_>) -> Result<u8, JsonProblem> {
    let text = value.text().map_err(|error| error.problem())?;
    let right = matches!(text.as_bytes(), [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']);
    text.parse().ok().filter(|_| right).ok_or(Rule::Month.into())
}

/// Two digits, or four of this century, of which the last two are kept.
fn year(value: Value<'_>) -> Result<u8, JsonProblem> {
    let text = value.text().map_err(|error| error.problem())?;
    let last = if text.len() == 4 { text.strip_prefix("20") } else { Some(&*text) };
    let digits = last.filter(|last| rules::digits(last, 2, 2).is_ok());
    digits.and_then(|digits| digits.parse().ok()).ok_or(Rule::Year.into())
}
