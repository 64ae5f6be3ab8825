//! The form in the first part of a batch body.

use crate::error::{InvalidValue, LimitExceeded};
use crate::media::form::{self, UnlistedName};
use crate::remote_auth::batch::{BatchDecodeError, BatchFinding, BatchParameter, BatchParameterError, Noted};
use crate::remote_auth::limits::Limits;
use crate::remote_auth::parameter::ParameterRule;

const PARAMETERS: usize = BatchParameter::ALL.len();

/// A form that is to be written.
pub(super) type Form<'a> = form::Form<'a, BatchParameter, PARAMETERS>;

/// The parameters of a form that was read, each still text, and all that is wrong with them.
pub(super) struct Fields<'b> {
    fields: form::Fields<'b, BatchParameter, PARAMETERS>,
    errors: Vec<BatchParameterError>,
}

impl<'b> Fields<'b> {
    /// Reads a form. Parameters that the protocol page does not list are set aside by name.
    pub(super) fn of(form: &'b str, limits: &Limits) -> Result<Self, LimitExceeded> {
        let mut fields = form::Fields::of(form, limits.batch_parameters)?;
        let malformed = core::mem::take(&mut fields.errors).into_iter();
        let errors = malformed.map(|(name, malformed)| BatchParameterError::new(name, malformed)).collect();
        Ok(Self { fields, errors })
    }

    /// Notes what is wrong with a parameter of the table. What was said of it before stands.
    pub(super) fn error(&mut self, parameter: BatchParameter, rule: impl Into<ParameterRule>) {
        let reported = |error: &BatchParameterError| error.parameter == parameter.into();
        if !self.errors.iter().any(reported) {
            self.errors.push(BatchParameterError::new(parameter, rule));
        }
    }

    /// The value of a parameter that may be absent; an empty one is.
    pub(super) fn optional<T>(&mut self, parameter: BatchParameter) -> Option<T>
    where
        T: for<'t> TryFrom<&'t str, Error = InvalidValue>,
    {
        self.value(parameter)?.map_err(|error| self.error(parameter, error.rule())).ok()
    }

    /// The value of a parameter that does not decide. A malformed one is a finding.
    pub(super) fn noting<T>(&mut self, parameter: BatchParameter, noted: &mut Noted) -> Option<T>
    where
        T: for<'t> TryFrom<&'t str, Error = InvalidValue>,
    {
        let value = self.value(parameter)?;
        value.map_err(|error| noted.note(BatchFinding::Malformed { parameter, rule: error.rule() })).ok()
    }

    fn value<T>(&self, parameter: BatchParameter) -> Option<Result<T, InvalidValue>>
    where
        T: for<'t> TryFrom<&'t str, Error = InvalidValue>,
    {
        Some(match self.fields.plain(parameter) {
            Some(plain) => T::try_from(plain),
            None => T::try_from(self.fields.decoded(parameter)?.as_str()),
        })
    }

    /// The value of a parameter that must be there.
    pub(super) fn mandatory<T>(&mut self, parameter: BatchParameter) -> Option<T>
    where
        T: for<'t> TryFrom<&'t str, Error = InvalidValue>,
    {
        let value = self.optional(parameter);
        if value.is_none() {
            self.error(parameter, ParameterRule::Missing);
        }
        value
    }

    /// The names of the parameters that the protocol page does not list.
    pub(super) fn take_unlisted(&mut self) -> Vec<UnlistedName> {
        core::mem::take(&mut self.fields.unlisted).into_iter().map(|unlisted| unlisted.shown).collect()
    }

    /// The message that was made of the form, unless anything is wrong with the form.
    ///
    /// `message` is `None` only where a mandatory parameter is, which is an error here already.
    pub(super) fn finish<T>(self, message: Option<T>) -> Result<T, BatchDecodeError> {
        match message {
            Some(message) if self.errors.is_empty() => Ok(message),
            _ => Err(BatchDecodeError::Parameters(self.errors)),
        }
    }
}

/// A form as text, without the line end that can follow it.
pub(super) fn readable(form: &[u8]) -> form::Readable<'_> {
    form::readable(form::without_line_end(form))
}
