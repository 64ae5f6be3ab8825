//! Jobs and payments as the gateway answers them.

use std::time::SystemTime;

use super::payment::{Authenticated, Capture, Payment, PaymentError, Return, Stage};
use super::place::{JobPlace, Kind, PaymentPlace, reference};
use super::{Job, refusal};
use crate::gateway::call::{CallType, RetrieveJob, RetrievePayment};
use crate::gateway::request::{FreeText, JobOption, PrivateText, RecurrenceCriteria, ReturnUrls};
use crate::gateway::response::{
    self, AcquiringDetails, Attributes, CompletionStatus, EncodedResponse, ErrorReport, Flag, Flags,
    JobAttributes, Link, Links, OrderRecord, Refusal, ReportEntry, Response, Step, TimeText,
};
use crate::gateway::{
    Decimal, JobReference, KeptMembers, PaymentMethod, PaymentReference, PaymentStatus, ShopperReturn, Url,
};
use crate::remote_auth::{OperationKind, response as remote};
use crate::simulator::date::{iso, later};
use crate::simulator::numbers::SerialNumber;
use crate::simulator::{Acquirer, Entry};
use crate::value::{Authentication, AuthorisationCode, Eci, TransactionId};

/// The URLs that the shopper is sent to after a payment, with the parameters.
#[derive(Clone, Debug)]
pub(super) struct Returns {
    pub(super) success: String,
    pub(super) failed: String,
    pub(super) cancelled: String,
}

impl Returns {
    pub(super) fn all(&self) -> [&str; 3] {
        [&self.success, &self.failed, &self.cancelled]
    }
}

impl Acquirer {
    /// A job, as the gateway would answer it, if there is one of this reference.
    pub fn job(&mut self, now: SystemTime, job: JobReference) -> Option<response::Job> {
        self.pass(now);
        self.job_record(JobPlace::of(job)?)
    }

    pub(super) fn retrieve_job(&self, job: JobReference) -> Result<Response<response::Job>, Refusal> {
        let place = JobPlace::of(job).ok_or_else(|| refusal::not_found("Payment job"))?;
        self.job_answer::<RetrieveJob>(place, 200)
    }

    pub(super) fn retrieve_payment(
        &self,
        job: JobReference,
        payment: PaymentReference,
    ) -> Result<Response<response::Payment>, Refusal> {
        self.gateway.job(job).ok_or_else(|| refusal::not_found("Payment job"))?;
        let place = self.gateway.find(job, payment).ok_or_else(|| refusal::not_found("Payment"))?;
        self.payment_answer::<RetrievePayment>(place)
    }

    pub(super) fn payment_answer<C: CallType<Data = response::Payment>>(
        &self,
        place: PaymentPlace,
    ) -> Result<Response<response::Payment>, Refusal> {
        let payment = self.payment_record(place).ok_or_else(|| refusal::not_found("Payment"))?;
        Ok(C::respond(200, payment))
    }

    pub(super) fn job_answer<C: CallType<Data = response::Job>>(
        &self,
        place: JobPlace,
        status: u16,
    ) -> Result<Response<response::Job>, Refusal> {
        let not_found = || refusal::not_found("Payment job");
        let record = self.job_record(place).ok_or_else(not_found)?;
        let configuration = self.profile.gateway.as_ref().ok_or_else(not_found)?;
        let mut links = Links::new();
        let data = configuration.url(&format!("/api/gateway/payment-jobs/{}", place.reference()));
        links.data = Some(Link::new(&data).with_media_type(EncodedResponse::CONTENT_TYPE));
        links.action = self.action(place).map(|url| html(&url));
        Ok(C::respond(status, record).with_links(links))
    }

    /// The page that waits for the shopper, if one does.
    fn action(&self, place: JobPlace) -> Option<String> {
        let job = self.gateway.job_at(place)?;
        let last = job.payments.last().and_then(|last| self.gateway.payment(*last))?;
        match &last.stage {
            Stage::ThreeDs(_) => self.page_url("/payment/form-post", place),
            Stage::Page => self.page_url("/payment", place),
            _ if job.traits.page && job.is_open(&self.gateway.payments) => self.page_url("/payment", place),
            _ => None,
        }
    }

    fn job_record(&self, place: JobPlace) -> Option<response::Job> {
        let job = self.gateway.job_at(place)?;
        let asked = &*job.asked;
        let payments: Vec<_> =
            job.payments.iter().filter_map(|payment| self.payment_record(*payment)).collect();
        let mut paid = job.payments.iter().filter_map(|payment| self.gateway.payment(*payment));
        let paid = paid.rfind(|payment| payment.status == PaymentStatus::Paid);
        let mut record = response::Job::new(place.reference(), job.status(&self.gateway.payments));
        record.created = Some(time(job.created));
        record.job_type = Some(job.job_type().as_str().into());
        record.trace_reference = Some(reference(Kind::Trace, u64::from(place.0) + 1));
        record.configuration_id = self.profile.gateway.as_ref().map(|gateway| gateway.id.as_str().into());
        record.domain = Some("cashflows.com".into());
        record.locale = asked.locale.as_ref().map(|locale| locale.as_str().into());
        record.time_zone = asked.time_zone.as_ref().map(|zone| zone.as_str().into());
        record.order =
            asked.order.as_ref().map(|order| OrderRecord::from(order).with_created(&time(job.created)));
        record.parent_reference = job.traits.child_of;
        record.payment_methods_to_use = asked.payment_methods().to_vec();
        record.display_url = asked.display_url.as_ref().map(|url| url.as_str().into());
        record.currency = Some(asked.currency().into());
        record.amount_to_collect = Some(asked.amount());
        record.amount_collected = paid.and_then(|payment| self.taken(payment));
        record.paid_amount = record.amount_collected;
        record.paid = paid.and_then(Payment::paid_at).map(time);
        record.expires = Some(time(job.expires));
        record.due = (!job.traits.page).then(|| time(later(job.created, super::process::PATIENCE)));
        record.last_update = Some(time(job.changed));
        record.last_processed = Some(time(job.changed));
        record.flags = flags(job);
        record.attributes = job_attributes(job);
        record.recurrence_criteria = job.criteria.as_ref().map(criteria);
        record.payments = payments;
        Some(record)
    }

    pub(super) fn payment_record(&self, place: PaymentPlace) -> Option<response::Payment> {
        let payment = self.gateway.payment(place)?;
        let job = self.gateway.job_at(payment.job)?;
        let amount = Some(job.asked.amount());
        let methods = vec![PaymentMethod::Card];
        let mut record = response::Payment::new(place.reference(), payment.status.clone());
        record.created = Some(time(payment.created));
        record.payment_methods.clone_from(&methods);
        record.amount_to_collect = amount;
        // A payment that was paid keeps its amount when it is cancelled (section 6); what was reserved only
        // never had one.
        let was_paid = payment.paid_at().is_some() && payment.status != PaymentStatus::Reserved;
        record.paid_amount = self.taken(payment).filter(|_| was_paid);
        record.steps = payment.steps.iter().map(|step| step_record(step, &methods, amount)).collect();
        record.flags = flags(job);
        record.attributes = self.attributes(job, place, payment);
        record.refunds = payment.refunds.iter().map(|refund| self.refund_answer(refund)).collect();
        let captured = payment.captures.iter().zip(payment.transaction.iter().cycle());
        record.captures = captured.map(|(capture, id)| self.capture_answer(capture, id)).collect();
        record.last_error_report = payment.error.as_ref().map(report);
        Some(record)
    }

    /// How much a payment takes or gives, or has.
    fn taken(&self, payment: &Payment) -> Option<Decimal> {
        let moves = |entry: &&Entry| entry.is_authorised() && entry.operation() != OperationKind::Verify;
        let entry = payment.entry(self).filter(moves)?;
        Some(self.decimal(entry.id(), entry.charged()))
    }

    fn attributes(&self, job: &Job, place: PaymentPlace, payment: &Payment) -> Attributes {
        let returns = self.return_urls_of(payment.job, place);
        let mut attributes = Attributes::new()
            .with("returnUrlSuccess", &returns.success)
            .with("returnUrlFailed", &returns.failed)
            .with("returnUrlCancelled", &returns.cancelled);
        if let Some(entry) = payment.entry(self) {
            attributes =
                attributes.with_acquiring_details(&self.acquiring_details(entry, payment.authenticated));
            attributes = attributes.with("paymentMethodTransactionId", entry.id().as_str());
            let card =
                entry.card_record().filter(|_| entry.is_authorised() && job.wants(&JobOption::GenerateToken));
            if let Some(token) = card.and_then(|record| self.vault.known_token(&record.card)) {
                attributes = attributes.with("token", &token);
            }
        }
        if let Some(void) = &payment.void {
            attributes = attributes.with("paymentMethodVoidTransactionId", void.as_str());
        }
        if let Some(descriptor) = &job.asked.descriptor {
            attributes = attributes.with("descriptor", descriptor.as_str());
        }
        let browser = &job.asked.browser;
        for (name, value) in [
            ("originatingIpAddress", browser.ip_address.as_ref().map(PrivateText::as_str)),
            ("originHeader", browser.origin.as_ref().map(FreeText::as_str)),
            ("userAgent", browser.user_agent.as_ref().map(PrivateText::as_str)),
        ] {
            if let Some(value) = value {
                attributes = attributes.with(name, value);
            }
        }
        attributes
    }

    /// The acquiring details of a transaction.
    fn acquiring_details(&self, entry: &Entry, authenticated: Option<Authenticated>) -> AcquiringDetails {
        let authorised = entry.is_authorised();
        let arn = SerialNumber::of(entry.id()).map(SerialNumber::acquirer_reference).unwrap_or_default();
        let response = match entry.decision().response_code() {
            Some(code) => code.to_string(),
            None => entry.decision().status().to_string(),
        };
        let mut details = AcquiringDetails::new();
        let record = entry.card_record();
        if let Some(Authenticated { version, indicator }) = authenticated {
            if let Some(version) = version {
                let status = match indicator.meaning() {
                    Authentication::Full => "Y",
                    Authentication::Attempted => "A",
                    Authentication::None => "N",
                };
                details = details
                    .with("ThreeDSecureVersion", version.as_str())
                    .with("AuthenticationStatus", status);
            }
            details = details.with("Eci", two_digits(indicator));
        }
        let code = match entry.decision() {
            remote::Decision::Authorised(code) => {
                code.as_ref().map(AuthorisationCode::as_str).unwrap_or_default()
            }
            _ => "",
        };
        details = details
            .with("AuthCode", code)
            .with("Arn", &arn)
            .with("Message", if authorised { "Authorised" } else { "Not Authorised" })
            .with("Status", if authorised { "Successful" } else { "Unsuccessful" })
            .with("IssuerResponseCode", if authorised { "00" } else { "05" })
            .with("CvvAvsResult", &entry.checks().to_string())
            .with("AcquirerResponseCode", &response);
        match record {
            Some(record) => details.with("TruncatedCardNumber", &record.card.number().to_string()),
            None => details,
        }
    }

    pub(super) fn refund_answer(&self, refund: &Return) -> response::Refund {
        let mut record =
            response::Refund::new(reference(Kind::Refund, refund.serial), CompletionStatus::Completed);
        record.created = Some(time(refund.at));
        record.number.clone_from(&refund.number);
        record.amount = Some(refund.amount);
        record.attributes = Attributes::new().with("paymentMethodTransactionId", refund.transaction.as_str());
        record
    }

    pub(super) fn capture_answer(&self, capture: &Capture, id: &TransactionId) -> response::Capture {
        let reference = reference(Kind::Capture, capture.serial);
        let mut record = response::Capture::new(reference, CompletionStatus::Completed);
        record.created = Some(time(capture.at));
        record.amount = Some(capture.amount);
        record.is_final = Some(capture.is_final);
        record.attributes = Attributes::new().with("paymentMethodTransactionId", id.as_str());
        record
    }

    /// The return URLs as they will be called: the job's, else the portal's, else a page of the
    /// gateway's (section 8).
    pub(super) fn return_urls_of(&self, place: JobPlace, payment: PaymentPlace) -> Returns {
        let job = self.gateway.job_at(place);
        let own = job.map(|job| &job.asked.return_urls);
        let portal = self.profile.gateway.as_ref().map(|gateway| &gateway.return_urls);
        let result = self.page_url("/payment/result", place).unwrap_or_default();
        let base = |of: fn(&ReturnUrls) -> Option<&Url>| {
            own.and_then(of).or_else(|| portal.and_then(of)).map_or(&*result, |url| url.as_str())
        };
        let mut back = ShopperReturn::new(place.reference(), payment.reference());
        if let Some(number) = job.and_then(Job::order_number) {
            back = back.with_order_number(number);
        }
        Returns {
            success: back.append_to(base(|urls| urls.success.as_ref())),
            failed: back.append_to(base(|urls| urls.failed.as_ref())),
            cancelled: back.clone().with_cancelled().append_to(base(|urls| urls.cancelled.as_ref())),
        }
    }
}

/// The indicator of a scheme as the gateway has it.
const fn two_digits(indicator: Eci) -> &'static str {
    match indicator {
        Eci::MastercardNone => "00",
        Eci::MastercardAttempted => "01",
        Eci::MastercardFull => "02",
        Eci::VisaFull | Eci::AmexFull => "05",
        Eci::VisaAttempted | Eci::AmexAttempted => "06",
        Eci::VisaNone | Eci::AmexNone => "07",
    }
}

/// A link for the shopper's browser.
pub(super) fn html(url: &str) -> Link {
    Link::new(url).with_media_type("text/html")
}

fn time(at: SystemTime) -> TimeText {
    iso(at).as_str().into()
}

fn step_record(step: &super::payment::Step, methods: &[PaymentMethod], amount: Option<Decimal>) -> Step {
    let mut record = Step::new(reference(Kind::Step, step.number));
    record.created = Some(time(step.at));
    record.action = Some(step.action.clone());
    record.payment_methods = Some(methods.to_vec());
    record.status = Some(step.status.clone());
    record.amount_to_collect = amount;
    record
}

fn flags(job: &Job) -> Flags {
    let flags = [
        (Flag::Moto, job.traits.moto),
        (Flag::Direct, !job.traits.page),
        (Flag::RecurringParent, job.traits.parent),
        (Flag::GenerateToken, job.wants(&JobOption::GenerateToken)),
        (Flag::StoreCardDetails, job.wants(&JobOption::StoreCardDetails)),
        (Flag::Frictionless, job.wants(&JobOption::Frictionless)),
    ];
    let set = flags.into_iter().filter(|(_, set)| *set);
    set.fold(Flags::new(), |flags, (flag, set)| flags.with(flag, set))
}

fn job_attributes(job: &Job) -> JobAttributes {
    match &job.asked.webhook_url {
        Some(url) => JobAttributes::new().with("webhookUrl", url.as_str()),
        None => JobAttributes::new(),
    }
}

fn criteria(criteria: &RecurrenceCriteria) -> KeptMembers {
    let mut members = KeptMembers::new().with_text("recurrenceType", criteria.kind.as_str());
    if let Some(expiry) = &criteria.expiry {
        members = members.with_text("recurringExpiry", expiry.as_str());
    }
    for (name, number) in [("recurringFrequency", criteria.frequency), ("instalments", criteria.instalments)]
    {
        if let Some(number) = number {
            members = members.with_text(name, &number.to_string());
        }
    }
    members
}

/// Why a payment failed.
fn report(error: &PaymentError) -> ErrorReport {
    let entry = ReportEntry::new(error.code());
    ErrorReport::new().with_error(match error {
        PaymentError::Word(_) => entry,
        PaymentError::Reason(reason) => entry.with_message(reason.text().unwrap_or("Not authorised")),
        PaymentError::Message(message) => entry.with_message(message),
    })
}
