//! The parameters of a job, by name, whatever its case.

use super::reader::{Others, Word};
use super::{Faults, P, other_parameter};
use crate::error::{InvalidValue, Rule};
use crate::gateway::request::{Eci, MemberError, MemberProblem, OtherParameter};
use crate::media::json::{JsonError, JsonProblem, MemberPath, Object, Value};
use crate::value::{Expiry, rules};

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

    /// What `read` read of a parameter, or an error with its path.
    fn taken<T>(&self, parameter: P, faults: &mut Faults, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| self.fault(parameter, error.problem(), faults)).ok()
    }

    /// A parameter that may be there, as `read` reads it.
    fn with<T>(
        &mut self,
        parameter: P,
        faults: &mut Faults,
        read: impl FnOnce(&Faults, Value<'d>) -> Result<T, JsonError>,
    ) -> Option<T> {
        let value = self.take(parameter)?;
        let read = read(faults, value);
        self.taken(parameter, faults, read)
    }

    /// A parameter that may be there.
    pub(super) fn parse<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        parameter: P,
        faults: &mut Faults,
    ) -> Option<T> {
        self.with(parameter, faults, Faults::parse)
    }

    /// A parameter that may be there and decides nothing.
    pub(super) fn find<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        parameter: P,
        faults: &mut Faults,
    ) -> Option<T> {
        let read = faults.parse(self.take(parameter)?);
        self.found(parameter, faults, read)
    }

    /// A flag that may be there and decides nothing.
    pub(super) fn find_flag(&mut self, parameter: P, faults: &mut Faults) -> Option<bool> {
        let read = faults.boolean(self.take(parameter)?);
        self.found(parameter, faults, read)
    }

    /// What could be read of a parameter that decides nothing.
    fn found<T>(&self, parameter: P, faults: &mut Faults, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| {
            faults.finding(JsonError::new(self.path(parameter), error.offset(), error.problem()));
        })
        .ok()
    }

    /// A word that has to be there.
    pub(super) fn require_word<T: Word>(&mut self, parameter: P, faults: &mut Faults) -> Option<T> {
        if !self.has(parameter) {
            self.missing(parameter, faults);
        }
        self.with(parameter, faults, Faults::word)
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

    /// The indicator of an authentication, whose leading zero may be missing.
    pub(super) fn indicator(&mut self, faults: &mut Faults) -> Option<Eci> {
        self.with(P::ThreeDsEci, faults, |faults, value| {
            let text = faults.text(value)?;
            let digit = Some(&*text).filter(|text| text.len() == 1 && !faults.is_strict());
            let padded = digit.map(|digit| format!("0{digit}"));
            let text = padded.as_deref().unwrap_or(&text);
            Eci::try_from(text).map_err(|invalid| value.error(invalid.rule()))
        })
    }

    /// The same, which has to be there.
    pub(super) fn require_indicator(&mut self, faults: &mut Faults) -> Option<Eci> {
        if !self.has(P::ThreeDsEci) {
            self.missing(P::ThreeDsEci, faults);
        }
        self.indicator(faults)
    }

    /// Passes over each that is still there: the kind of job does not use it.
    pub(super) fn ignore_rest(&mut self, faults: &mut Faults) {
        let problem = self.kind.map_or(MemberProblem::Unlisted, MemberProblem::NotFor);
        for &parameter in P::ALL {
            if self.take(parameter).is_some() {
                faults.ignored(self.path(parameter), problem);
            }
        }
    }

    /// Those that have no type of their own.
    pub(super) fn into_others(self) -> Vec<OtherParameter> {
        self.others
    }
}

/// Two digits of 01 to 12.
fn month(faults: &Faults, value: Value<'_>) -> Result<u8, JsonError> {
    let text = faults.text(value)?;
    let right = matches!(text.as_bytes(), [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']);
    text.parse().ok().filter(|_| right).ok_or_else(|| value.error(Rule::Month))
}

/// Two digits, or four of this century, of which the last two are kept.
fn year(faults: &Faults, value: Value<'_>) -> Result<u8, JsonError> {
    let text = faults.text(value)?;
    let last = if text.len() == 4 { text.strip_prefix("20") } else { Some(&*text) };
    let digits = last.filter(|last| rules::digits(last, 2, 2).is_ok());
    digits.and_then(|digits| digits.parse().ok()).ok_or_else(|| value.error(Rule::Year))
}
