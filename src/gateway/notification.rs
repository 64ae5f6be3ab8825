//! Notifications: the gateway tells that something happened to a payment (section 8).

use core::fmt;

use super::call::RetrieveJob;
use super::response::EncodedResponse;
use super::{JobReference, PaymentReference};
use crate::media::json::{
    Document, Finding, JsonError, JsonLimits, JsonProblem, KeptMembers, MemberPath, Members, Object, Sink,
    Slot, Value, WriteJson, to_body,
};

open_list! {
    /// Why the gateway notifies (section 8, `notifyType`). The list is open.
    NotifyType = "notify type", text;
    /// `PaymentStatusChange`: the status of a payment has changed; to what, it does not say.
    PaymentStatusChange = "PaymentStatusChange",
}

/// A notification (webhook): the gateway says that something happened to a payment, and to look.
///
/// **It carries no status and no signature.** Anybody can send one, at any time, more than once. So
/// nothing in it says what became of the payment; what it gives is [the call](Self::retrieve) that
/// asks. Match the references with your own first, answer with the
/// [acknowledgement](Self::acknowledgement), then retrieve. Without that answer it comes again: every
/// minute, then every day, then every week, for a month.
///
/// The job's reference is enough to look. A notification without that of a payment, or with a malformed
/// one, is read all the same.
///
/// ```
/// use cashflows_codec::gateway::Notification;
///
/// let body = br#"{"PaymentJobReference": 200421017498767380, "PaymentReference": "200421100461508616"}"#;
/// let notification = Notification::decode(body)?;
/// let call = notification.retrieve();
/// assert_eq!(call.job, notification.job());
///
/// let answer = notification.acknowledgement().encode();
/// assert_eq!(answer.status(), 200);
/// assert_eq!(
///     answer.into_bytes().as_ref(),
///     br#"{"PaymentJobReference":"200421017498767380","PaymentReference":"200421100461508616"}"#,
/// );
/// # Ok::<(), cashflows_codec::gateway::JsonError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Notification {
    references: References,
    notify_type: Option<(NotifyType, Spelling)>,
    /// Kept to be written again, and not to be asked: nothing in it could be believed.
    others: KeptMembers,
}

/// How a name is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spelling {
    /// `paymentReference`
    Small,
    /// `PaymentReference`
    Capital,
}

/// The names of a member, small and capital.
type Names = [&'static str; 2];

const JOB: Names = ["paymentJobReference", "PaymentJobReference"];
const PAYMENT: Names = ["paymentReference", "PaymentReference"];
const TYPE: Names = ["notifyType", "NotifyType"];

impl Spelling {
    fn of(name: &str, [small, capital]: Names) -> Option<Self> {
        let is_capital = name.bytes().next().is_some_and(|first| first.is_ascii_uppercase());
        let spelling = if is_capital { Self::Capital } else { Self::Small };
        [small, capital].iter().any(|listed| listed.eq_ignore_ascii_case(name)).then_some(spelling)
    }

    const fn name(self, [small, capital]: Names) -> &'static str {
        match self {
            Self::Small => small,
            Self::Capital => capital,
        }
    }
}

/// The two references, each with the spelling of its name.
#[derive(Clone, PartialEq, Eq)]
struct References {
    job: (JobReference, Spelling),
    payment: PaymentMember,
}

/// The member that names the payment.
#[derive(Clone, PartialEq, Eq)]
enum PaymentMember {
    Absent,
    Read(PaymentReference, Spelling),
    /// Something that is no reference, as it came.
    Malformed(KeptMembers, Finding),
}

impl References {
    fn read(object: Object<'_>) -> Result<Self, JsonError> {
        let (value, spelling) = find(object, JOB)?.ok_or_else(|| object.missing(JOB[0]))?;
        let job = (value.read()?, spelling);
        let payment = match find(object, PAYMENT)? {
            None => PaymentMember::Absent,
            Some((value, spelling)) => Self::payment_member(object, value, spelling),
        };
        Ok(Self { job, payment })
    }

    fn payment_member(object: Object<'_>, value: Value<'_>, spelling: Spelling) -> PaymentMember {
        match value.read() {
            Ok(reference) => PaymentMember::Read(reference, spelling),
            Err(error) => {
                let kept = KeptMembers::others(object, |name| Spelling::of(name, PAYMENT).is_none());
                PaymentMember::Malformed(kept, Finding::new(error.member().clone(), error.problem()))
            }
        }
    }

    const fn payment(&self) -> Option<PaymentReference> {
        match self.payment {
            PaymentMember::Read(reference, _) => Some(reference),
            PaymentMember::Absent | PaymentMember::Malformed(..) => None,
        }
    }

    fn write_into<S: Sink>(&self, members: &mut Members<'_, S>) {
        let (job, spelling) = self.job;
        members.member(spelling.name(JOB)).text(&job.to_string());
        match &self.payment {
            PaymentMember::Absent => {}
            PaymentMember::Read(payment, spelling) => {
                members.member(spelling.name(PAYMENT)).text(&payment.to_string());
            }
            PaymentMember::Malformed(kept, _) => kept.write_into(members),
        }
    }
}

/// A member by either of its names, of which there may be one.
fn find(object: Object<'_>, names: Names) -> Result<Option<(Value<'_>, Spelling)>, JsonError> {
    let mut named = object.members().filter_map(|(name, value)| Some((value, Spelling::of(&name, names)?)));
    match (named.next(), named.next()) {
        (_, Some((second, _))) => Err(second.error(JsonProblem::Duplicate)),
        (first, None) => Ok(first),
    }
}

impl Notification {
    /// How much a notification may be: 16 KiB, and otherwise the defaults.
    fn limits() -> JsonLimits {
        JsonLimits::default().with_bytes(16 * 1_024)
    }

    /// Reads a body of at most 16 KiB. Names are read in any case of ASCII letters, references as text or numbers, and
    /// the notify type may be anything.
    ///
    /// # Errors
    ///
    /// It is not JSON, the job's reference is missing or none, or a member is there twice.
    pub fn decode(body: &[u8]) -> Result<Self, JsonError> {
        Self::decode_with(body, &Self::limits())
    }

    /// Reads a body with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<Self, JsonError> {
        let document = Document::read(body, limits)?;
        let object = document.root().object()?;
        let references = References::read(object)?;
        let notify_type = find(object, TYPE)?
            .and_then(|(value, spelling)| Some((NotifyType::from(&*value.as_text()?), spelling)));
        let is_read = |name: &str| {
            let is = |names| Spelling::of(name, names).is_some();
            is(JOB) || is(PAYMENT) || (is(TYPE) && notify_type.is_some())
        };
        let others = KeptMembers::others(object, is_read);
        Ok(Self { references, notify_type, others })
    }

    /// A notification of the gateway, with small first letters.
    #[must_use]
    pub fn new(job: JobReference, payment: PaymentReference) -> Self {
        let payment = PaymentMember::Read(payment, Spelling::Small);
        Self { references: References { payment, ..Self::of_job(job).references }, ..Self::of_job(job) }
    }

    /// A notification that names no payment, with small first letters.
    #[must_use]
    pub fn of_job(job: JobReference) -> Self {
        let references = References { job: (job, Spelling::Small), payment: PaymentMember::Absent };
        Self { references, notify_type: None, others: KeptMembers::new() }
    }

    /// Adds why it is sent.
    #[must_use]
    pub fn with_notify_type(mut self, notify_type: NotifyType) -> Self {
        self.notify_type = Some((notify_type, self.references.job.1));
        self
    }

    /// Spells the names with capital first letters.
    #[must_use]
    pub fn with_capital_names(mut self) -> Self {
        self.references.job.1 = Spelling::Capital;
        if let PaymentMember::Read(_, spelling) = &mut self.references.payment {
            *spelling = Spelling::Capital;
        }
        self.notify_type = self.notify_type.map(|(notify_type, _)| (notify_type, Spelling::Capital));
        self
    }

    /// The job that it names. Compare it with your own.
    #[must_use]
    pub const fn job(&self) -> JobReference {
        self.references.job.0
    }

    /// The payment that it names, if it names one.
    #[must_use]
    pub const fn payment(&self) -> Option<PaymentReference> {
        self.references.payment()
    }

    /// Why it is sent, if it says so in a text.
    #[must_use]
    pub fn notify_type(&self) -> Option<&NotifyType> {
        self.notify_type.as_ref().map(|(notify_type, _)| notify_type)
    }

    /// The reference of the payment, if it is malformed: it decides nothing.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        match &self.references.payment {
            PaymentMember::Malformed(_, finding) => core::slice::from_ref(finding),
            PaymentMember::Absent | PaymentMember::Read(..) => &[],
        }
    }

    /// The names of the members that the crate does not list. Their values are not to be had: nothing in
    /// them could be believed.
    #[must_use]
    pub fn unlisted_paths(&self) -> Vec<MemberPath> {
        let names = self.others.iter().map(|(name, _)| name);
        names.filter(|name| Spelling::of(name, TYPE).is_none()).map(MemberPath::named).collect()
    }

    /// The call that tells what happened. It asks for the job: a payment that failed does not end it, so
    /// that the payment alone does not tell if the order is paid.
    #[must_use]
    pub const fn retrieve(&self) -> RetrieveJob {
        RetrieveJob::new(self.job())
    }

    /// The response that ends the notifications: the references, with their names spelt as they
    /// came. The reference of a payment that is absent is left out, a malformed one is given back.
    #[must_use]
    pub fn acknowledgement(&self) -> Acknowledgement {
        Acknowledgement(self.references.clone())
    }

    /// Writes the notification, as the gateway does.
    #[must_use]
    pub fn encode(&self) -> bytes::Bytes {
        bytes::Bytes::from_owner(to_body(self))
    }
}

impl WriteJson for Notification {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            self.references.write_into(members);
            if let Some((notify_type, spelling)) = &self.notify_type {
                members.text(spelling.name(TYPE), notify_type.as_str());
            }
            self.others.write_into(members);
        });
    }
}

impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification")
            .field("job", &self.job())
            .field("payment", &self.payment())
            .field("notify_type", &self.notify_type())
            .finish_non_exhaustive()
    }
}

/// The answer to a notification: status 200 and the references.
#[derive(Clone, PartialEq, Eq)]
pub struct Acknowledgement(References);

impl Acknowledgement {
    /// Reads the body of an acknowledgement, as the gateway does, of at most 16 KiB.
    ///
    /// # Errors
    ///
    /// It is not JSON, the job's reference is missing or none, or a member is there twice.
    pub fn decode(body: &[u8]) -> Result<Self, JsonError> {
        let document = Document::read(body, &Notification::limits())?;
        References::read(document.root().object()?).map(Self)
    }

    /// Returns true if it acknowledges this notification: the references are the same.
    #[must_use]
    pub fn acknowledges(&self, notification: &Notification) -> bool {
        (self.job(), self.payment()) == (notification.job(), notification.payment())
    }

    /// The job that it names.
    #[must_use]
    pub const fn job(&self) -> JobReference {
        self.0.job.0
    }

    /// The payment that it names, if it names one.
    #[must_use]
    pub const fn payment(&self) -> Option<PaymentReference> {
        self.0.payment()
    }

    /// Writes status and body.
    #[must_use]
    pub fn encode(&self) -> EncodedResponse {
        EncodedResponse::of(200, self)
    }
}

impl WriteJson for Acknowledgement {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| self.0.write_into(members));
    }
}

impl fmt::Debug for Acknowledgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Acknowledgement").field("job", &self.job()).field("payment", &self.payment()).finish()
    }
}
