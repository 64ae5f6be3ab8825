//! Responses of the gateway (section 5): status and body to types, and back.

mod acquiring;
mod attributes;
mod capture;
mod currency;
mod error;
mod flags;
#[cfg(feature = "http")]
mod http;
mod job;
mod link;
mod methods;
mod order;
mod payment;
mod refund;
mod report;
mod reversal;
mod step;
mod text;
mod token;

pub use super::error_word::{ErrorWord, WarningWord};
pub use acquiring::{AcquirerResponse, AcquiringDetails};
pub use attributes::{Attributes, JobAttributes};
pub use capture::Capture;
pub use currency::AnyCurrency;
pub use error::{Refusal, ResponseError, ResponseErrorKind};
pub use flags::{Flag, Flags};
pub use job::Job;
pub use link::{Link, Links};
pub use methods::{Issuer, SupportedPaymentMethod};
pub use order::{OrderPresence, OrderRecord};
pub use payment::Payment;
pub use refund::{CompletionStatus, Refund};
pub use report::{ErrorReport, ReportCode, ReportEntry};
pub use reversal::{Reversal, ReversalStatus};
pub use step::{Step, StepAction, StepStatus};
pub use text::{NumberText, TimeText, UrlText};
pub use token::TokenisedCard;

use core::fmt;

use bytes::Bytes;

use crate::gateway::outcome::Told;
use crate::gateway::{CallOutcome, NextStep, Operation};
use crate::media::json::{
    Document, Finding, Findings, JsonError, JsonLimits, KeptMembers, Member, MemberPath, Object, Part,
    Reading, Rest, Sink, Slot, WriteJson, to_body, write_member, write_some,
};
use crate::secret::MASK;

/// The data of an answer: a [`Job`], [`Payment`], [`Refund`], [`Capture`], [`TokenisedCard`], or the
/// list of [`SupportedPaymentMethod`]s. There are no others.
#[expect(private_bounds, reason = "so that nobody else can add one")]
pub trait ResponseData: Data {}

trait Data: Part + Told {
    /// The links inside of the data.
    fn links_inside(&self) -> Option<&Links> {
        None
    }
}

macro_rules! response_data {
    ($($Type:ty $({ $links:ident })?),+ $(,)?) => {$(
        impl ResponseData for $Type {}

        impl Data for $Type {
            $(fn links_inside(&self) -> Option<&Links> {
                self.$links.as_deref()
            })?
        }
    )+};
}

response_data! {
    Job { links },
    Payment { links },
    Refund { links },
    Capture { links },
    TokenisedCard,
    Vec<SupportedPaymentMethod>,
}

/// The response to a call that was done: a status of 200 to 299, and data.
///
/// It says that the *call* was done, and says nothing of *money*: a job that was created may be paid,
/// refused or open. Its [`meaning`](Job::meaning) says which.
///
/// ```
/// use cashflows_codec::gateway::call::{CallType, CreateJob};
/// use cashflows_codec::gateway::{CallOutcome, JobMeaning};
///
/// let body = br#"{
///     "data": {"reference": "210221017179873304", "paymentStatus": "Pending", "payments": []},
///     "links": {"action": {"url": "https://gateway-int.cashflows.com/payment?ref=4ab0", "type": "text/html"}}
/// }"#;
/// match CreateJob::decode(201, body) {
///     Ok(response) => {
///         assert_eq!(response.data().meaning(), JobMeaning::Open);
///         let page = response.links().action.as_ref().map(|link| link.url.as_str());
///         assert_eq!(page, Some("https://gateway-int.cashflows.com/payment?ref=4ab0"));
///     }
///     Err(error) => match error.outcome() {
///         CallOutcome::NotDone => println!("no job: {error}"),
///         // Never send the call again: look for the order.
///         _ => println!("perhaps a job: {}", error.next_step()),
///     },
/// }
/// ```
///
/// # Faults, and their effect on a service
///
#[doc = include_str!("response/faults.md")]
#[derive(Clone, PartialEq, Eq)]
pub struct Response<T> {
    operation: Operation,
    status: u16,
    data: T,
    links: Links,
    report: Option<ErrorReport>,
    rest: Rest,
}

impl<T: ResponseData> Response<T> {
    /// Reads the response to a call.
    pub(super) fn decode_as(
        operation: Operation,
        status: u16,
        body: &[u8],
        limits: &JsonLimits,
    ) -> Result<Self, ResponseError> {
        let failed = |kind| ResponseError { operation, kind };
        let unreadable = |error| failed(ResponseErrorKind::unreadable(status, error, body));
        let document = Document::read(body, limits).map_err(unreadable)?;
        let envelope = document.root().object().map_err(unreadable)?;
        match envelope.get("data") {
            Some(_) if is_success(status) => Self::of(operation, status, envelope).map_err(unreadable),
            _ => match Refusal::read(status, envelope) {
                Ok(refusal) => Err(failed(ResponseErrorKind::Refused(refusal))),
                Err(error) => Err(unreadable(error)),
            },
        }
    }

    fn of(operation: Operation, status: u16, envelope: Object<'_>) -> Result<Self, JsonError> {
        let mut response = Self::made(operation, status, envelope.required("data")?);
        response.rest =
            Reading::read(envelope, &["data", "errorReport", "links"], |reading, name, value| {
                match name {
                    "data" => {}
                    "errorReport" => {
                        reading.put(&mut response.report, ("errorReport", value), Member::read(value));
                    }
                    // A response does not become unreadable because of its links.
                    "links" => reading.put(&mut response.links, ("links", value), Member::read(value)),
                    _ => return Ok(false),
                }
                Ok(true)
            })?;
        Ok(response)
    }

    /// Makes a response, of the parts that each has.
    pub(super) fn made(operation: Operation, status: u16, data: T) -> Self {
        Self { operation, status, data, links: Links::new(), report: None, rest: Rest::default() }
    }

    /// The links: those beside the data, or, where there are none, those inside of it.
    #[must_use]
    pub fn links(&self) -> &Links {
        match self.data.links_inside() {
            Some(inside) if self.links.is_empty() => inside,
            _ => &self.links,
        }
    }

    /// The malformed members of all of the answer, which decide nothing, with their places from the root,
    /// such as `data.payments[0].steps`.
    ///
    /// ```
    /// use cashflows_codec::gateway::JobMeaning;
    /// use cashflows_codec::gateway::call::{CallType, RetrieveJob};
    ///
    /// let body = br#"{"data": {"reference": "1", "paymentStatus": "Pending", "flags": []}, "links": "none"}"#;
    /// let response = RetrieveJob::decode(200, body)?;
    /// assert_eq!(response.data().meaning(), JobMeaning::Open);
    /// let findings: Vec<String> = response.findings().iter().map(ToString::to_string).collect();
    /// assert_eq!(findings, ["links must be an object", "data.flags must be an object"]);
    /// # Ok::<(), cashflows_codec::gateway::ResponseError>(())
    /// ```
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        Findings::of(|findings| self.collect(findings))
    }

    /// The places of the members of all of the answer that the crate does not list.
    #[must_use]
    pub fn unlisted_paths(&self) -> Vec<MemberPath> {
        Findings::unlisted_of(|findings| self.collect(findings))
    }

    fn collect(&self, findings: &mut Findings) {
        findings.rest(&self.rest);
        findings.member("links", |findings| Part::collect(&self.links, findings));
        findings.member("errorReport", |findings| Member::collect(&self.report, findings));
        findings.member("data", |findings| Part::collect(&self.data, findings));
    }

    /// Adds links, beside the data.
    #[must_use]
    pub fn with_links(mut self, links: Links) -> Self {
        self.links = links;
        self
    }

    /// Adds a report: warnings beside the success.
    #[must_use]
    pub fn with_report(mut self, report: ErrorReport) -> Self {
        self.report = Some(report);
        self
    }

    /// Writes the answer, as the gateway does.
    #[must_use]
    pub fn encode(&self) -> EncodedResponse {
        EncodedResponse::of(self.status, self)
    }
}

impl<T: ResponseData> Response<T> {
    /// The outcome of the call: the table is at [`CallOutcome`].
    #[must_use]
    pub fn outcome(&self) -> CallOutcome {
        self.data.outcome(self.operation)
    }

    /// The next step: a look, if the outcome is unknown.
    #[must_use]
    pub fn next_step(&self) -> NextStep {
        match self.outcome() {
            CallOutcome::Unknown => NextStep::after_unknown(self.operation),
            _ => NextStep::Nothing,
        }
    }
}

impl<T> Response<T> {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The data.
    #[must_use]
    pub const fn data(&self) -> &T {
        &self.data
    }

    /// The data, without the rest.
    #[must_use]
    pub fn into_data(self) -> T {
        self.data
    }

    /// The report beside the data, if there is one.
    #[must_use]
    pub const fn report(&self) -> Option<&ErrorReport> {
        self.report.as_ref()
    }

    /// The warnings beside the success.
    #[must_use]
    pub fn warnings(&self) -> &[ReportEntry] {
        self.report.as_ref().map(|report| report.warnings.as_slice()).unwrap_or_default()
    }

    /// The members beside the data that the crate does not list, as they came.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        self.rest.unlisted()
    }
}

impl CallOutcome {
    /// The outcome of a decoded response.
    ///
    /// ```
    /// use cashflows_codec::gateway::CallOutcome;
    /// use cashflows_codec::gateway::call::{CallType, RefundPayment};
    ///
    /// let failed = br#"{"data":{"reference":"1","status":"Failed","amountToRefund":"5.00"}}"#;
    /// let response = RefundPayment::decode(201, failed);
    /// assert_eq!(CallOutcome::of(&response), CallOutcome::NotDone);
    /// ```
    #[must_use]
    pub fn of<T: ResponseData>(decoded: &Result<Response<T>, ResponseError>) -> Self {
        match decoded {
            Ok(response) => response.outcome(),
            Err(error) => error.outcome(),
        }
    }
}

impl NextStep {
    /// The next step after a decoded response.
    #[must_use]
    pub fn of<T: ResponseData>(decoded: &Result<Response<T>, ResponseError>) -> Self {
        match decoded {
            Ok(response) => response.next_step(),
            Err(error) => error.next_step(),
        }
    }
}

/// Tells if a status is one of success.
const fn is_success(status: u16) -> bool {
    matches!(status, 200..=299)
}

impl<T: WriteJson> WriteJson for Response<T> {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            self.data.write(members.member("data"));
            write_some(members, "links", &self.links, &self.rest);
            write_member(members, "errorReport", &self.report, &self.rest);
            self.rest.write_into(members);
        });
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("data", &self.data)
            .field("links", &self.links)
            .field("report", &self.report)
            .field("unlisted", &self.rest)
            .finish()
    }
}

/// Status and body of an answer, as they are sent. The body is masked when printed, and wiped when the
/// last clone of its bytes is dropped.
pub struct EncodedResponse {
    status: u16,
    body: Bytes,
}

impl EncodedResponse {
    /// The `Content-Type` of every answer that has a body.
    pub const CONTENT_TYPE: &str = "application/json";

    pub(super) fn of(status: u16, answer: &impl WriteJson) -> Self {
        Self { status, body: Bytes::from_owner(to_body(answer)) }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The body. What is in it may be secret.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.body
    }
}

impl fmt::Debug for EncodedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncodedResponse {{ status: {}, body: {MASK} }}", self.status)
    }
}
