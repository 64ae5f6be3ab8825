//! The parameters of a job, by name in any case.

use super::reader::Others;
use super::{Faults, P, other_parameter, recipient_details};
use crate::gateway::request::object::Weight;
use crate::gateway::request::parameter::ParameterValue;
use crate::gateway::request::{MemberError, MemberProblem, OtherParameter, RecipientDetails};
use crate::media::json::{JsonError, JsonProblem, MemberPath, Members, Object, Sink, Value};

/// The parameters that are given.
pub(in crate::gateway::request) struct Parameters<'d> {
    place: Place<'d>,
    /// The kind of job for errors, once that is known.
    kind: Option<&'static str>,
    given: [Option<Value<'d>>; P::ALL.len()],
    others: Vec<OtherParameter>,
}

/// The place of errors about a parameter that is absent.
#[derive(Clone, Copy)]
enum Place<'d> {
    /// Inside of this object.
    Here(Object<'d>),
    /// Inside of the parameters that this job does not have.
    Absent(Object<'d>),
}

impl<'d> Parameters<'d> {
    /// The parameters of a job without any.
    pub(super) const fn none(job: Object<'d>) -> Self {
        Self::at(Place::Absent(job))
    }

    const fn at(place: Place<'d>) -> Self {
        Self { place, kind: None, given: [None; P::ALL.len()], others: Vec::new() }
    }

    /// The members of an object. A name that appears twice, in whatever case, is an error.
    pub(super) fn of(object: Object<'d>, faults: &mut Faults) -> Self {
        let mut read = Self::at(Place::Here(object));
        let mut others = Others::default();
        for (name, value) in object.members() {
            let Some(parameter) = P::in_any_case(&name) else {
                if others.add(&name, value, faults) && !value.is_null() {
                    read.others.extend(other_parameter(&name, value, faults));
                }
                continue;
            };
            let Some(slot) = read.given.get_mut(parameter as usize) else { continue };
            match slot {
                Some(first) if *first.name() == *name => {}
                Some(_) => read.fault(parameter, JsonProblem::Duplicate, faults),
                none => *none = Some(value),
            }
        }
        for slot in &mut read.given {
            *slot = slot.filter(|value| !faults.is_absent(*value));
        }
        read
    }

    /// Sets the kind of job, for errors.
    pub(super) const fn set_kind(&mut self, kind: &'static str) {
        self.kind = Some(kind);
    }

    pub(in crate::gateway::request) fn get(&self, parameter: P) -> Option<Value<'d>> {
        self.given.get(parameter as usize).copied().flatten()
    }

    pub(super) fn has(&self, parameter: P) -> bool {
        self.get(parameter).is_some()
    }

    pub(super) fn has_any(&self, parameters: &[P]) -> bool {
        parameters.iter().any(|&parameter| self.has(parameter))
    }

    /// The path of a parameter, in the spelling of the table whatever that of the body.
    fn path(&self, parameter: P) -> MemberPath {
        let name = parameter.as_str();
        match self.place {
            Place::Here(object) => object.missing(name).member().clone(),
            Place::Absent(job) => job.missing("parameters").member().followed_by(&MemberPath::named(name)),
        }
    }

    /// Reports an error.
    pub(in crate::gateway::request) fn fault(
        &self,
        parameter: P,
        problem: impl Into<MemberProblem>,
        faults: &mut Faults,
    ) {
        faults.push(MemberError::new(self.path(parameter), problem.into()));
    }

    /// Reports a malformed value by its weight.
    pub(in crate::gateway::request) fn malformed(
        &self,
        parameter: P,
        weight: Weight,
        error: &JsonError,
        faults: &mut Faults,
    ) {
        match weight {
            Weight::Decides => self.fault(parameter, error.problem(), faults),
            Weight::Minor => {
                faults.finding(JsonError::new(self.path(parameter), error.offset(), error.problem()));
            }
        }
    }

    /// Reports the absence of a mandatory parameter.
    pub(in crate::gateway::request) fn missing(&self, parameter: P, faults: &mut Faults) {
        let problem = self.kind.map_or(JsonProblem::Missing.into(), MemberProblem::MissingFor);
        self.fault(parameter, problem, faults);
    }

    /// Reports a parameter that the kind of job does not use.
    pub(in crate::gateway::request) fn ignore(&self, parameter: P, faults: &mut Faults) {
        let problem = self.kind.map_or(MemberProblem::Unlisted, MemberProblem::NotFor);
        faults.ignored(self.path(parameter), problem);
    }

    /// The parameters that have no type of their own.
    pub(super) fn into_others(self) -> Vec<OtherParameter> {
        self.others
    }
}

/// JSON inside of a string.
impl ParameterValue for RecipientDetails {
    type Written<'a> = &'a Self;

    fn read(
        parameters: &Parameters<'_>,
        parameter: P,
        value: Value<'_>,
        _: Weight,
        faults: &mut Faults,
    ) -> Option<Self> {
        recipient_details(value, &parameters.path(parameter), faults)
    }

    fn write<S: Sink>(written: &Self, parameters: &mut Members<'_, S>, name: &'static str) {
        parameters.member(name).quoted(written);
    }
}
