//! The form in the first part of a batch body.

use serde::Serialize;

use crate::error::{InvalidValue, LimitExceeded, Limited, Rule};
use crate::media::form;
use crate::remote_auth::batch::{BatchDecodeError, BatchParameter, BatchParameterError};
use crate::remote_auth::limits::Limits;
use crate::remote_auth::request::UnlistedName;
use crate::secret::{Secret, Wiped};

/// Every parameter of a batch form, in wire order.
#[derive(Default, Serialize)]
pub(super) struct Form<'a> {
    pub(super) profile_id: Option<&'a str>,
    pub(super) profile_pass: Option<&'a str>,
    pub(super) result: Option<&'a str>,
    pub(super) batch_id: Option<&'a str>,
    pub(super) batch_status: Option<&'a str>,
    pub(super) item_count: Option<&'a str>,
    pub(super) item_succ: Option<&'a str>,
    pub(super) item_fail: Option<&'a str>,
    pub(super) attached_type: Option<&'a str>,
    pub(super) batch_op: Option<&'a str>,
}

impl Form<'_> {
    /// The form alone.
    pub(super) fn to_body(&self) -> Wiped<Vec<u8>> {
        form::to_body(self)
    }

    /// The exact size of the form.
    pub(super) fn size(&self) -> usize {
        form::size(self)
    }

    /// Appends the form to a body that has room for it.
    pub(super) fn append_to(&self, body: &mut Vec<u8>) {
        form::append(self, body);
    }
}

/// The parameters of a form that was read, each still text, and all that is wrong with them.
pub(super) struct Fields {
    values: Vec<(BatchParameter, Secret)>,
    unlisted: Vec<UnlistedName>,
    errors: Vec<BatchParameterError>,
}

impl Fields {
    /// Reads a form, without the line end that can follow it. Parameters that the protocol page does
    /// not list are set aside by name.
    pub(super) fn read(form: &[u8], limits: &Limits) -> Result<Self, LimitExceeded> {
        let max = limits.batch_parameters();
        let mut fields = Self { values: Vec::new(), unlisted: Vec::new(), errors: Vec::new() };
        let form = form::readable(without_line_end(form));
        for (index, (name, value)) in form::pairs(form.as_str()).enumerate() {
            if index == max {
                return Err(LimitExceeded::new(Limited::BatchParameters, max));
            }
            fields.pair(name, value);
        }
        Ok(fields)
    }

    fn pair(&mut self, name: &str, value: &str) {
        let name = match form::decode_secret(name) {
            Ok(name) => name,
            Err(rule) => return self.name_error(rule),
        };
        let Some(parameter) = BatchParameter::from_wire(name.expose()) else {
            return self.unlisted.push(UnlistedName::new(name.expose().as_bytes()));
        };
        if self.text(parameter).is_some() {
            return self.error(parameter, Rule::Duplicate);
        }
        match form::decode_secret(value) {
            Ok(value) => self.values.push((parameter, value)),
            Err(rule) => self.error(parameter, rule),
        }
    }

    fn text(&self, parameter: BatchParameter) -> Option<&str> {
        self.values.iter().find(|(name, _)| *name == parameter).map(|(_, value)| value.expose())
    }

    /// Notes what is wrong with a parameter. What is said first of one stands.
    pub(super) fn error(&mut self, parameter: BatchParameter, rule: Rule) {
        if !self.errors.iter().any(|error| error.parameter() == Some(parameter)) {
            self.errors.push(BatchParameterError::new(parameter, rule));
        }
    }

    /// Notes a name that cannot be read. Such names cannot be told apart, so once says it all.
    fn name_error(&mut self, rule: Rule) {
        let error = BatchParameterError::of_name(rule);
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    /// The value of a parameter that may be absent; an empty one is.
    pub(super) fn optional<T>(&mut self, parameter: BatchParameter) -> Option<T>
    where
        T: for<'t> TryFrom<&'t str, Error = InvalidValue>,
    {
        let value = T::try_from(self.text(parameter).filter(|text| !text.is_empty())?);
        value.map_err(|error| self.error(parameter, error.rule())).ok()
    }

    /// The value of a parameter that must be there.
    pub(super) fn mandatory<T>(&mut self, parameter: BatchParameter) -> Option<T>
    where
        T: for<'t> TryFrom<&'t str, Error = InvalidValue>,
    {
        let value = self.optional(parameter);
        if value.is_none() {
            self.error(parameter, Rule::Missing);
        }
        value
    }

    /// The names of the parameters that the protocol page does not list.
    pub(super) fn take_unlisted(&mut self) -> Vec<UnlistedName> {
        core::mem::take(&mut self.unlisted)
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

fn without_line_end(form: &[u8]) -> &[u8] {
    let form = form.strip_suffix(b"\n").unwrap_or(form);
    form.strip_suffix(b"\r").unwrap_or(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_the_parameter_table() {
        let value = Some("x");
        let form = Form {
            profile_id: value,
            profile_pass: value,
            result: value,
            batch_id: value,
            batch_status: value,
            item_count: value,
            item_succ: value,
            item_fail: value,
            attached_type: value,
            batch_op: value,
        };
        let names: Vec<_> = BatchParameter::ALL.iter().map(|parameter| format!("{parameter}=x")).collect();
        assert_eq!(form.to_body().as_slice(), names.join("&").as_bytes());
    }
}
