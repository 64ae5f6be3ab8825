//! The parameters of a job, by name, whatever its case.

use super::{Faults, P, expiry, other_parameter};
use crate::error::InvalidValue;
use crate::gateway::request::{MemberProblem, OtherParameter};
use crate::media::json::{JsonProblem, Object, Value};
use crate::value::Expiry;

/// What is given, each until it is taken.
pub(super) struct Parameters<'d> {
    place: Place<'d>,
    /// What kind of job they are of, once that is known.
    kind: Option<&'static str>,
    given: [Option<Value<'d>>; P::ALL.len()],
    others: Vec<OtherParameter>,
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
        Self { place, kind: None, given: [None; P::ALL.len()], others: Vec::new() }
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
                Some(_) => faults.at(value, JsonProblem::Duplicate),
                none => *none = Some(value),
            }
        }
        read
    }

    fn other(&mut self, name: &str, value: Value<'d>, faults: &mut Faults) {
        let Some(other) = other_parameter(name, value, faults) else { return };
        let same =
            |before: &OtherParameter| before.name().as_str().eq_ignore_ascii_case(other.name().as_str());
        if self.others.iter().any(same) {
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

    /// A parameter that may be there.
    pub(super) fn parse<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        parameter: P,
        faults: &mut Faults,
    ) -> Option<T> {
        let value = self.take(parameter)?;
        faults.take(value.parse())
    }

    /// A flag that may be there.
    pub(super) fn flag(&mut self, parameter: P, faults: &mut Faults) -> Option<bool> {
        let value = self.take(parameter)?;
        faults.take(value.boolean_or_text())
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
    pub(super) fn missing(&self, parameter: P, faults: &mut Faults) {
        let problem = self.kind.map_or(JsonProblem::Missing.into(), MemberProblem::MissingFor);
        let name = parameter.as_str();
        match self.place {
            Place::Here(object) => faults.inside(object, name, problem),
            Place::Absent(job) => faults.inside_absent(job, "parameters", name, problem),
        }
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
        let (month, year) = (self.take(P::CardExpiryMonth), self.take(P::CardExpiryYear));
        expiry(month, year, faults)
    }

    /// An error for each that is still there: the kind of job does not take it.
    pub(super) fn refuse_rest(&mut self, faults: &mut Faults) {
        let problem = self.kind.map_or(MemberProblem::Unlisted, MemberProblem::NotFor);
        for value in self.given.iter_mut().filter_map(Option::take) {
            faults.at(value, problem);
        }
    }

    /// Those that have no type of their own.
    pub(super) fn into_others(self) -> Vec<OtherParameter> {
        self.others
    }
}
