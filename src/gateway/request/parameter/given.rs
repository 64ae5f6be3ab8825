//! The parameters of a job, by name in any case.

use super::{Parameter as P, ParameterValue};
use crate::gateway::request::fault::{Faults, MemberError, MemberProblem};
use crate::gateway::request::object::{Others, RequestObject, Weight, decode};
use crate::gateway::request::other_parameter::OtherParameter;
use crate::gateway::request::recipient::RecipientDetails;
use crate::media::json::{JsonError, JsonLimits, JsonProblem, MemberPath, Members, Object, Sink, Value};

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
    pub(in crate::gateway::request) const fn none(job: Object<'d>) -> Self {
        Self::at(Place::Absent(job))
    }

    const fn at(place: Place<'d>) -> Self {
        Self { place, kind: None, given: [None; P::ALL.len()], others: Vec::new() }
    }

    /// The members of an object. A name that appears twice, in whatever case, is an error.
    pub(in crate::gateway::request) fn of(object: Object<'d>, faults: &mut Faults) -> Self {
        faults.reads(object);
        let mut read = Self::at(Place::Here(object));
        let mut others = Others::default();
        for (name, value) in object.members() {
            let Some(parameter) = P::in_any_case(&name) else {
                if others.add(&name, value, faults) && !value.is_null() {
                    read.others.extend(OtherParameter::read(&name, value, faults));
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
    pub(in crate::gateway::request) const fn set_kind(&mut self, kind: &'static str) {
        self.kind = Some(kind);
    }

    pub(in crate::gateway::request) fn get(&self, parameter: P) -> Option<Value<'d>> {
        self.given.get(parameter as usize).copied().flatten()
    }

    pub(in crate::gateway::request) fn has(&self, parameter: P) -> bool {
        self.get(parameter).is_some()
    }

    pub(in crate::gateway::request) fn has_any(&self, parameters: &[P]) -> bool {
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
    pub(in crate::gateway::request) fn into_others(self) -> Vec<OtherParameter> {
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

/// An object, or, as the pages have it, JSON inside a string; what is wrong in that is told with the path
/// of both.
fn recipient_details(value: Value<'_>, path: &MemberPath, faults: &mut Faults) -> Option<RecipientDetails> {
    if value.is_empty_list() {
        faults.find(value.object())?;
    }
    if value.is_object() && !faults.is_strict() {
        return value.object().ok().and_then(|object| RecipientDetails::read_members(object, faults));
    }
    let text = match value.text() {
        Ok(text) => text,
        Err(error) => {
            faults.push(MemberError::new(path.clone(), error.problem().into()));
            return None;
        }
    };
    match decode(text.as_bytes(), &JsonLimits::default(), faults.is_strict(), RecipientDetails::read_members)
    {
        Ok(inner) => {
            let (details, passed) = inner.into_parts();
            faults.pass(passed.inside_of(path));
            Some(details)
        }
        Err(errors) => {
            for error in errors.members() {
                faults.push(MemberError::new(path.followed_by(error.member()), error.problem()));
            }
            None
        }
    }
}
