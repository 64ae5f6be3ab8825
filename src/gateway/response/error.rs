//! Responses without data.

use core::fmt;

use thiserror::Error;

use super::report::ErrorReport;
use super::{EncodedResponse, is_success};
use crate::gateway::{CallOutcome, NextStep, Operation};
use crate::media::json::{
    Finding, Findings, JsonError, JsonProblem, KeptMembers, KeptValue, MemberPath, Object, Part, Sink, Slot,
    WriteJson,
};
use crate::scan::is_plain_text;
use crate::value::open::Shown;

/// A response without data, and the operation that it answers.
///
/// ```
/// use cashflows_codec::gateway::call::{CallType, RefundPayment};
/// use cashflows_codec::gateway::{CallOutcome, NextStep, Operation};
///
/// let body = br#"{"errorReport": {"errors": [{"code": "PaymentAlreadyFullyRefunded"}]}}"#;
/// let error = RefundPayment::decode(400, body).unwrap_err();
/// assert_eq!(error.operation, Operation::RefundPayment);
/// assert_eq!(error.outcome(), CallOutcome::NotDone);
///
/// let error = RefundPayment::decode(502, b"<html>Bad Gateway</html>").unwrap_err();
/// assert_eq!(error.to_string(), "status 502: the body is HTML or XML");
/// assert_eq!(error.outcome(), CallOutcome::Unknown);
/// assert_eq!(error.next_step(), NextStep::LookForRefund);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{kind}")]
pub struct ResponseError {
    /// The operation of the call.
    pub operation: Operation,
    /// A refusal, or an unreadable body.
    pub kind: ResponseErrorKind,
}

/// The kind of a response without data.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ResponseErrorKind {
    /// The gateway says what is wrong.
    #[error(transparent)]
    Refused(Refusal),
    /// The body cannot be read.
    #[error("status {status}: {error}")]
    Unreadable {
        /// The HTTP status.
        status: u16,
        /// The first error of the body.
        error: JsonError,
        /// True if the body may have the data all the same. For a status of 401 or 403 it is looked through.
        may_have_data: bool,
    },
}

impl ResponseErrorKind {
    /// An unreadable body.
    pub(super) fn unreadable(status: u16, error: JsonError, body: &[u8]) -> Self {
        let is_access = matches!(status, 401 | 403);
        let may_have_data = !is_access || !has_no_data(&error) || may_hide_data(body);
        Self::Unreadable { status, error, may_have_data }
    }
}

impl ResponseError {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match &self.kind {
            ResponseErrorKind::Refused(refusal) => refusal.status,
            ResponseErrorKind::Unreadable { status, .. } => *status,
        }
    }

    /// The gateway's report, if it can be read.
    #[must_use]
    pub fn report(&self) -> Option<&ErrorReport> {
        match &self.kind {
            ResponseErrorKind::Refused(refusal) => Some(&refusal.report),
            ResponseErrorKind::Unreadable { .. } => None,
        }
    }

    /// The outcome of the call: the table is at [`CallOutcome`].
    #[must_use]
    pub fn outcome(&self) -> CallOutcome {
        match &self.kind {
            ResponseErrorKind::Refused(refusal) => refusal.outcome(self.operation),
            ResponseErrorKind::Unreadable { may_have_data: false, .. } => CallOutcome::NotDone,
            ResponseErrorKind::Unreadable { .. } => CallOutcome::Unknown,
        }
    }

    /// The next step, which never repeats a call that moves money.
    ///
    /// *Not done* is said of this call alone. Some errors also follow a first call that worked: the order
    /// reference is not unique, the payment has already been refunded, the amount exceeds the rest, the
    /// status does not fit any more. After these the next step is a look, as after a call of unknown outcome.
    ///
    /// ```
    /// use cashflows_codec::gateway::call::{CallType, CreateJob};
    /// use cashflows_codec::gateway::{CallOutcome, NextStep};
    ///
    /// let body = br#"{"errorReport":{"errors":[{"message":"The supplied order reference is not unique."}]}}"#;
    /// let error = CreateJob::decode(400, body).unwrap_err();
    /// assert_eq!(error.outcome(), CallOutcome::NotDone);
    /// assert_eq!(error.next_step(), NextStep::LookForOrder);
    ///
    /// let error = CreateJob::decode(401, b"").unwrap_err();
    /// assert_eq!(error.next_step(), NextStep::CheckAccess);
    /// ```
    #[must_use]
    pub fn next_step(&self) -> NextStep {
        let may_have_worked = self.report().is_some_and(ErrorReport::may_follow_success);
        match (self.outcome(), self.status()) {
            (CallOutcome::Unknown, _) => NextStep::after_unknown(self.operation),
            (_, 401 | 403) => NextStep::CheckAccess,
            _ if may_have_worked => NextStep::after_unknown(self.operation),
            (_, 404) => NextStep::CheckAccess,
            _ => NextStep::Nothing,
        }
    }
}

/// Returns true if a body that cannot be read may hide what was asked for (section 6): it names `data` or a
/// `reference` that is not null, in quotation marks as they are or escaped, or is not plain text.
fn may_hide_data(body: &[u8]) -> bool {
    const QUOTATION_MARKS: [&str; 7] = ["\"", "'", "\\", "%22", "&quot;", "&#34;", "&#x22;"];
    let names = |name: String| {
        let found = body.windows(name.len()).enumerate();
        let mut found = found.filter(|(_, part)| part.eq_ignore_ascii_case(name.as_bytes()));
        found.any(|(at, _)| !is_null(body.get(at + name.len()..).unwrap_or_default()))
    };
    let words = ["data", "reference"].into_iter();
    let mut names_of = words.flat_map(|word| QUOTATION_MARKS.map(|mark| format!("{word}{mark}")));
    !is_plain_text(body) || names_of.any(names)
}

/// Returns true if what follows the name of a member is null.
fn is_null(rest: &[u8]) -> bool {
    let blanks = rest.iter().take_while(|byte| b": \t\r\n".contains(byte)).count();
    rest.get(blanks..).is_some_and(|value| value.starts_with(b"null"))
}

/// Returns true if the reader of a body saw no data: there is nothing in it, it is no object
/// of JSON, or it was read up to the report, which is looked at only where there is no data.
fn has_no_data(error: &JsonError) -> bool {
    /// The shortest beginning of an object that has data: `{"data":1`.
    const WITH_DATA: usize = 9;
    match error.problem() {
        JsonProblem::Empty
        | JsonProblem::Html
        | JsonProblem::Missing
        | JsonProblem::Not(_)
        | JsonProblem::Value(_) => true,
        JsonProblem::Character | JsonProblem::CutShort => error.offset() < WITH_DATA,
        _ => false,
    }
}

/// An answer in which the gateway says what is wrong: an error report, or a problem document with the
/// members that were refused, with a status that is not one of success or without data.
///
/// A 404 may say that the *configuration* was not found: integration has two addresses, and a
/// configuration lives at one of them.
///
/// A problem document (RFC 9457) is what the gateway's framework answers to a request that it cannot read:
///
/// ```
/// use cashflows_codec::gateway::CallOutcome;
/// use cashflows_codec::gateway::call::{CallType, CreateJob};
///
/// let body = br#"{"title":"One or more validation errors occurred.","status":400,
///     "errors":{"AmountToCollect":["The field is required."]}}"#;
/// let error = CreateJob::decode(400, body).unwrap_err();
/// assert_eq!(error.to_string(), r#"status 400: the gateway refuses "AmountToCollect""#);
/// assert_eq!(error.outcome(), CallOutcome::NotDone);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("status {status}: the gateway {}", Said(self))]
pub struct Refusal {
    status: u16,
    /// Empty where there is none.
    report: Box<ErrorReport>,
    has_report: bool,
    unlisted: KeptMembers,
}

/// The members that a response may have beside its report.
const ENVELOPE: [&str; 2] = ["data", "links"];

/// The member of a problem document that has what was refused.
const ERRORS: &str = "errors";

impl Refusal {
    /// A refusal of the gateway.
    #[must_use]
    pub fn new(status: u16, report: ErrorReport) -> Self {
        Self { status, report: Box::new(report), has_report: true, unlisted: KeptMembers::new() }
    }

    pub(super) fn read(status: u16, envelope: Object<'_>) -> Result<Self, JsonError> {
        let report = match ErrorReport::of(envelope) {
            Ok(Some(report)) => Some(report),
            // It says no more than its status does, which may be that the caller has no access, and has
            // what was asked for all the same.
            _ if matches!(status, 401 | 403) && has_data(envelope) => None,
            Ok(None) if !is_success(status) && is_problem(envelope) => None,
            Ok(None) => {
                return Err(envelope.missing(if is_success(status) { "data" } else { "errorReport" }));
            }
            Err(error) => return Err(error),
        };
        let has_report = report.is_some();
        let unlisted =
            KeptMembers::others(envelope, |name| has_report && name.eq_ignore_ascii_case("errorReport"));
        Ok(Self { status, report: Box::new(report.unwrap_or_default()), has_report, unlisted })
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The error report. Of a problem document it is empty.
    #[must_use]
    pub fn report(&self) -> &ErrorReport {
        &self.report
    }

    /// The members of the request that a problem document refuses, in the place of a report. Of an error
    /// report there are none.
    pub fn refused_members(&self) -> impl Iterator<Item = String> {
        let named = self.unlisted.iter().map(|(name, _)| name).find(|name| name.eq_ignore_ascii_case(ERRORS));
        let errors = named.filter(|_| !self.has_report).and_then(|name| self.unlisted.object(name));
        let names: Vec<_> =
            errors.iter().flat_map(KeptMembers::iter).map(|(name, _)| name.to_owned()).collect();
        names.into_iter()
    }

    /// Everything beside the report.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }

    /// The malformed members of the report, which decide nothing, with their places from the root, such as
    /// `errorReport.errors[0].message`.
    ///
    /// ```
    /// use cashflows_codec::gateway::call::{CallType, RetrieveJob};
    /// use cashflows_codec::gateway::response::ResponseErrorKind;
    ///
    /// let body = br#"{"errorReport": {"errors": [{"code": "TooManyAttempts"}], "language": 5}}"#;
    /// let error = RetrieveJob::decode(400, body).unwrap_err();
    /// let ResponseErrorKind::Refused(refusal) = error.kind else { panic!("refused") };
    /// let findings: Vec<String> = refusal.findings().iter().map(ToString::to_string).collect();
    /// assert_eq!(findings, ["errorReport.language must be text"]);
    /// ```
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        Findings::of(|findings| self.collect(findings))
    }

    /// The places of the members of the report, and beside it, that the crate does not list. Of a problem
    /// document there are none.
    #[must_use]
    pub fn unlisted_paths(&self) -> Vec<MemberPath> {
        Findings::unlisted_of(|findings| self.collect(findings))
    }

    fn collect(&self, findings: &mut Findings) {
        if self.has_report {
            let beside = self.unlisted.iter().map(|(name, _)| name);
            beside
                .filter(|name| !ENVELOPE.iter().any(|listed| listed.eq_ignore_ascii_case(name)))
                .for_each(|name| findings.unlisted(name));
            findings.member("errorReport", |findings| self.report.collect(findings));
        }
    }

    /// The outcome of a call that was refused so: the table is at [`CallOutcome`].
    fn outcome(&self, operation: Operation) -> CallOutcome {
        // One that carries data beside its errors contradicts itself.
        let is_data = |(name, value): (&str, KeptValue<'_>)| {
            name.eq_ignore_ascii_case("data") && !matches!(value, KeptValue::Json("null"))
        };
        let has_data = self.unlisted.iter().any(is_data);
        let report = &self.report;
        let refuses = match (self.has_report, operation.moves_money()) {
            (true, true) => report.is_certain(),
            (true, false) => report.is_refusal(),
            (false, _) => !self.speaks_of_communication(),
        };
        match self.status {
            _ if has_data => CallOutcome::Unknown,
            401 | 403 => CallOutcome::NotDone,
            400 if refuses => CallOutcome::NotDone,
            404 if refuses && self.has_report => CallOutcome::NotDone,
            _ => CallOutcome::Unknown,
        }
    }

    /// Returns true if a problem document says that the gateway could not speak to those behind it.
    fn speaks_of_communication(&self) -> bool {
        self.unlisted.iter().any(|(_, value)| match value {
            KeptValue::Json(text) | KeptValue::Text(text) => super::report::is_about_communication(text),
        })
    }

    /// Writes the answer, as the gateway does.
    #[must_use]
    pub fn encode(&self) -> EncodedResponse {
        EncodedResponse::of(self.status, self)
    }
}

fn has_data(envelope: Object<'_>) -> bool {
    envelope.get("data").is_some_and(|data| !data.is_null())
}

/// Returns true if an object without a report is a problem document that names what it refuses.
fn is_problem(envelope: Object<'_>) -> bool {
    let errors = envelope.get(ERRORS).and_then(|errors| errors.object().ok());
    !has_data(envelope) && errors.is_some_and(|errors| errors.members().next().is_some())
}

/// The errors of a refusal, in words.
struct Said<'r>(&'r Refusal);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = self.0.refused_members().peekable();
        if names.peek().is_none() {
            return write!(f, "reports {}", self.0.report.codes());
        }
        f.write_str("refuses ")?;
        for (place, name) in names.enumerate() {
            write!(f, "{}{:?}", if place > 0 { ", " } else { "" }, Shown(&name))?;
        }
        Ok(())
    }
}

impl WriteJson for Refusal {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            if self.has_report {
                self.report.write(members.member("errorReport"));
            }
            self.unlisted.write_into(members);
        });
    }
}
