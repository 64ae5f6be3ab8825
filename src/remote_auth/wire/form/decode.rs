//! Form to request: the steps of reading a body, and the errors and values that they collect.

use super::Fields;
use super::unused::{operation, set, unused};
use super::values::{Received, TestMode, Values, is_without_effect};
use crate::error::{LimitExceeded, LimitKind};
use crate::media::form::{self, Malformed, ParameterName};
use crate::remote_auth::parameter::{Parameter, ParameterRule};
use crate::remote_auth::request::{DecodedRequest, Finding, Place, Request, RequestError, UnlistedParameter};
use crate::remote_auth::{Credentials, HeaderCredentials, Limits, ParameterError};

impl Request {
    /// Reads a form body, with the default [`Limits`].
    ///
    /// ```
    /// use cashflows_codec::remote_auth::Request;
    /// use cashflows_codec::remote_auth::request::RequestError;
    ///
    /// let body = b"auth_id=1234&auth_pass=x&tran_type=sale&tran_class=ecom&card_num=4000000000000002\
    ///     &card_cvv=12&card_expiry=1321&tran_ref=a&tran_amount=9.9&tran_currency=GBP&tran_testmode=0";
    /// let Err(RequestError::Parameters(errors)) = Request::decode(body) else { panic!() };
    /// let errors: Vec<String> = errors.iter().map(|error| error.to_string()).collect();
    /// assert_eq!(errors, [
    ///     "card_cvv must be 3 to 4 digits",
    ///     "card_expiry must be MMYY with a month of 01 to 12",
    ///     "tran_amount must be digits with exactly two decimals and nothing else, such as 24.99",
    /// ]);
    /// ```
    ///
    /// # Errors
    ///
    /// [`RequestError`]: a limit, or **all** that is wrong with the parameters. An empty value
    /// counts as absent. A parameter that decides and stands twice, an invalid percent escape, invalid UTF-8,
    /// a contradiction between parameters and values that the vendor forbids are errors: section 2 lists
    /// them. A parameter that the table does not have is [kept](DecodedRequest::unlisted), one that
    /// the operation does not use is [ignored](DecodedRequest::ignored), and a malformed one that does not
    /// matter is a [finding](DecodedRequest::findings). Section 2 also lists the values that are read more
    /// easily than they are written.
    pub fn decode(body: &[u8]) -> Result<DecodedRequest, RequestError> {
        Self::decode_with(body, &Limits::default())
    }

    /// Reads a form body, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &Limits) -> Result<DecodedRequest, RequestError> {
        Self::decode_with_headers(body, limits, HeaderCredentials::default())
    }

    /// Reads a form body with the credentials that came beside it in headers (RA-233). A credential that the
    /// body lacks is taken from them. If both have it and differ, the body's counts, and the header is a
    /// [finding](DecodedRequest::findings).
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with_headers(
        body: &[u8],
        limits: &Limits,
        headers: HeaderCredentials<'_>,
    ) -> Result<DecodedRequest, RequestError> {
        if body.len() > limits.request_bytes {
            return Err(LimitExceeded::new(LimitKind::Bytes, limits.request_bytes).into());
        }
        let body = form::readable(form::without_line_end(form::without_mark(body)));
        let mut fields = Fields::of(body.as_str(), limits.request_parameters)?;
        let unused = operation(&fields).map_or(0, |kind| unused(kind, &fields));
        let ignored = fields.set_aside(unused);
        let (mut errors, mut findings) = (Vec::new(), Vec::new());
        for (name, malformed) in core::mem::take(&mut fields.errors) {
            match name {
                // The first one counts. The request means the same with any of them.
                ParameterName::Known(parameter)
                    if malformed == Malformed::Repeated
                        && (is_without_effect(parameter) || set(&[parameter]) & unused != 0) =>
                {
                    findings.push(Finding::new(Place::Parameter(parameter), malformed));
                }
                name => errors.push(ParameterError::new(name, malformed)),
            }
        }
        let values = Values::of(&fields, &mut errors, &mut findings);
        let unlisted = core::mem::take(&mut fields.unlisted);
        let mut reader = Reader { values, fields, errors, findings };

        let credentials = reader.credentials(headers);
        let test_mode = reader.test_mode();
        let request = reader.request();
        let Reader { errors, findings, .. } = reader;
        match (credentials, test_mode, request) {
            (Some(credentials), Some(test_mode), Some(request)) if errors.is_empty() => {
                let unlisted = unlisted.into_iter().map(UnlistedParameter).collect();
                Ok(DecodedRequest { credentials, request, test_mode, unlisted, ignored, findings })
            }
            _ => Err(RequestError::Parameters(errors)),
        }
    }
}

/// Makes an operation of the values.
///
/// Every method goes on after an error, so that one reading finds them all. A `None` always comes
/// with an error.
pub(super) struct Reader<'b> {
    pub(super) values: Values,
    fields: Fields<'b>,
    errors: Vec<ParameterError>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    pub(super) fn error(&mut self, parameter: Parameter, rule: impl Into<ParameterRule>) {
        self.errors.push(ParameterError::new(parameter, rule));
    }

    pub(super) fn supplied(&self, parameter: Parameter) -> bool {
        self.fields.supplies(parameter)
    }

    /// The value, which has to be there; a wrong one was reported when it was checked.
    pub(super) fn required<T>(
        &mut self,
        value: Option<T>,
        parameter: Parameter,
        missing: ParameterRule,
    ) -> Option<T> {
        self.require(parameter, missing);
        value
    }

    /// Reports a parameter that is not there, unless it was reported.
    pub(super) fn require(&mut self, parameter: Parameter, missing: ParameterRule) {
        let reported = |error: &ParameterError| error.parameter == parameter.into();
        if !self.supplied(parameter) && !self.errors.iter().any(reported) {
            self.error(parameter, missing);
        }
    }

    pub(super) fn mandatory<T>(&mut self, value: Option<T>, parameter: Parameter) -> Option<T> {
        self.required(value, parameter, ParameterRule::Missing)
    }

    /// Reports each of the parameters that is there all the same.
    pub(super) fn forbid(&mut self, parameters: &[Parameter], rule: ParameterRule) {
        for &parameter in parameters {
            if self.supplied(parameter) {
                self.error(parameter, rule);
            }
        }
    }

    /// The credentials: of the body, or, where it has none, of the headers.
    fn credentials(&mut self, headers: HeaderCredentials<'_>) -> Option<Credentials> {
        let (profile, password) = (self.values.auth_id.take(), self.values.auth_pass.take());
        let profile = self.or_header(profile, Parameter::AuthId, headers.profile);
        let password = self.or_header(password, Parameter::AuthPass, headers.password);
        Some(Credentials::new(profile?, password?))
    }

    /// A value of the body, or that of a header. Where both are there and differ, the body's counts.
    fn or_header<T: Received + PartialEq>(
        &mut self,
        value: Option<T>,
        parameter: Parameter,
        header: Option<&str>,
    ) -> Option<T> {
        let Some(header) = header else { return self.mandatory(value, parameter) };
        let header = T::received(header);
        if self.supplied(parameter) {
            if value.is_some() && header.ok() != value {
                self.findings.push(Finding::new(Place::Header(parameter), ParameterRule::DiffersFromBody));
            }
            return value;
        }
        header.map_err(|error| self.error(parameter, error.rule())).ok()
    }

    fn test_mode(&mut self) -> Option<bool> {
        let value = self.values.tran_testmode.take();
        self.mandatory(value, Parameter::TranTestmode).map(|TestMode(test)| test)
    }
}
