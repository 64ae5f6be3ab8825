//! The gateway's calls: who calls, what is asked, what becomes of it, what reaches the merchant.

use std::time::SystemTime;

use bytes::Bytes;

use super::script::{CallFacts, Effect, Symptom};
use super::{Configuration, refusal};
use crate::gateway::Operation;
use crate::gateway::call::Call;
use crate::gateway::response::{EncodedResponse, ErrorReport, Refusal, ReportEntry, Response, ResponseData};
use crate::media::json::Passed;
use crate::simulator::{Acquirer, Delivery, Payload};

/// The words of warnings about members that are not known, not used, and malformed.
const UNKNOWN: &str = "UnknownMember";
const UNUSED: &str = "UnusedMember";
const MALFORMED: &str = "MalformedMember";

impl Acquirer {
    /// Answers a call of the gateway, as a server gets it: method, path with query, headers, and the
    /// exact bytes of the body. `now` is the caller's time and should not go back.
    ///
    /// A body of more than a MiB is too large, so a server need not keep more of one than a byte more.
    pub fn call<'h>(
        &mut self,
        now: SystemTime,
        method: &str,
        path_and_query: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h [u8])>,
        body: &[u8],
    ) -> Delivery {
        self.pass(now);
        let configuration = self.profile.gateway.as_ref();
        let asked = (method, path_and_query);
        let (call, passed) = match self.gateway.access.admit(configuration, asked, headers, body) {
            Ok(call) => call.into_parts(),
            Err(refusal) => return Sent::from(refusal).deliver(method),
        };
        let order = self.order_of(&call).map(str::to_owned);
        let facts = CallFacts { operation: call.operation(), order: order.as_deref() };
        let sent = match self.gateway.calls.effect(facts) {
            None => self.answer_call(now, call, &passed),
            Some(Effect::Reject(status, code)) => refusal::scripted(status, &code).into(),
            Some(Effect::LoseRequest(symptom)) => {
                return faulty(method, refusal::fault(503).into(), symptom);
            }
            Some(Effect::LoseAnswer(symptom)) => {
                return faulty(method, self.answer_call(now, call, &passed), symptom);
            }
        };
        sent.deliver(method)
    }

    /// Signs a call with the configuration's first key, and [answers](Self::call) it: what a merchant
    /// with a perfect network would see.
    pub fn send_call(&mut self, now: SystemTime, call: impl Into<Call>) -> Delivery {
        let Some(credentials) = self.profile.gateway.as_ref().and_then(Configuration::credentials) else {
            return Sent::from(refusal::no_configuration()).deliver("");
        };
        let call = call.into().sign(&credentials);
        let headers = call.secret_headers().map(|(name, value)| (name, value.as_bytes()));
        self.call(now, call.method().as_str(), call.path_and_query(), headers, call.body())
    }

    /// The number of the order that a call is about.
    fn order_of<'a>(&'a self, call: &'a Call) -> Option<&'a str> {
        let job = match call {
            Call::CreateJob(create) => return Some(create.job.order.as_ref()?.number.as_ref()?.as_str()),
            Call::FindOrder(find) => return Some(find.number.as_str()),
            Call::RetrieveJob(call) => call.job,
            Call::RetrievePayment(call) => call.job,
            Call::CancelPayment(call) => call.job,
            Call::CancelJob(call) => call.job,
            Call::RefundPayment(call) => call.job,
            Call::CapturePayment(call) => call.job,
            Call::TokeniseCard(_) | Call::ListPaymentMethods(_) => return None,
        };
        self.gateway.job(job)?.order_number()
    }

    fn answer_call(&mut self, now: SystemTime, call: Call, passed: &Passed) -> Sent {
        match call {
            Call::CreateJob(call) => Sent::of(self.create_job(now, call), passed),
            Call::RetrieveJob(call) => Sent::of(self.retrieve_job(call.job), passed),
            Call::RetrievePayment(call) => Sent::of(self.retrieve_payment(call.job, call.payment), passed),
            Call::CancelPayment(call) => Sent::of(self.cancel_payment(now, call.job, call.payment), passed),
            Call::CancelJob(call) => Sent::of(self.cancel_job(now, call.job), passed),
            Call::RefundPayment(call) => Sent::of(self.refund_payment(now, &call), passed),
            Call::CapturePayment(call) => Sent::of(self.capture_payment(now, &call), passed),
            Call::TokeniseCard(call) => Sent::of(self.tokenise(now, &call.card), passed),
            Call::ListPaymentMethods(call) => Sent::of(self.payment_methods(&call), passed),
            Call::FindOrder(call) => match self.gateway.ordered(call.number.as_str()) {
                Some(_) => Sent { status: 200, body: Bytes::new() },
                None => Sent { status: 404, body: Bytes::new() },
            },
        }
    }
}

/// An answer on its way.
struct Sent {
    status: u16,
    body: Bytes,
}

impl From<EncodedResponse> for Sent {
    fn from(answer: EncodedResponse) -> Self {
        Self { status: answer.status(), body: answer.into_bytes() }
    }
}

impl From<Refusal> for Sent {
    fn from(refusal: Refusal) -> Self {
        refusal.encode().into()
    }
}

impl Sent {
    /// An answer, with a warning of each thing that was passed over in the call.
    fn of<T: ResponseData>(answer: Result<Response<T>, Refusal>, passed: &Passed) -> Self {
        match answer {
            Ok(answer) if passed.is_nothing() => answer.encode().into(),
            Ok(answer) => {
                let report = answer.report().cloned().unwrap_or_default();
                let report = warnings(passed).fold(report, ErrorReport::with_warning);
                answer.with_report(report).encode().into()
            }
            Err(refusal) => refusal.into(),
        }
    }

    /// The delivery to the merchant. The response to HEAD has no body.
    fn deliver(self, method: &str) -> Delivery {
        if method == Operation::FindOrder.method().as_str() || self.body.is_empty() {
            return Delivery::Payload(Payload::with_status(self.status, "", Bytes::new()));
        }
        Delivery::Payload(Payload::with_status(self.status, EncodedResponse::CONTENT_TYPE, self.body))
    }
}

/// Warnings of what was passed over, whose words are ours.
fn warnings(passed: &Passed) -> impl Iterator<Item = ReportEntry> {
    let entry = |word: &str, message: String| ReportEntry::new(word).with_message(&message);
    let Passed { unlisted, ignored, findings } = passed;
    let unlisted = unlisted.iter().map(|place| (UNKNOWN, format!("{place} is not known and was ignored")));
    let ignored = ignored.iter().map(|place| (UNUSED, format!("{place} is not used here and was ignored")));
    let findings = findings.iter().map(|finding| (MALFORMED, format!("{finding}, and was ignored")));
    unlisted.chain(ignored).chain(findings).map(move |(word, message)| entry(word, message))
}

/// The delivery to the merchant in place of a response.
fn faulty(method: &str, sent: Sent, symptom: Symptom) -> Delivery {
    let fault = |status| Sent::from(refusal::fault(status)).deliver(method);
    match symptom {
        Symptom::InternalError => fault(500),
        Symptom::BadResponse => fault(406),
        Symptom::Unavailable => fault(503),
        Symptom::HtmlPage if method == Operation::FindOrder.method().as_str() => {
            Sent { status: 502, body: Bytes::new() }.deliver(method)
        }
        Symptom::HtmlPage => Delivery::html_page(),
        Symptom::HalfBody => sent.deliver(method).halved(),
        Symptom::Silence => Delivery::Silence,
    }
}
