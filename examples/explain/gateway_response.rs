//! Answers of the gateway.

mod text;

use std::time::SystemTime;

use cashflows_codec::gateway::call::{
    CallType, CancelJob, CancelPayment, CapturePayment, CreateJob, ListPaymentMethods, RefundPayment,
    RetrieveJob, RetrievePayment, TokeniseCard,
};
use cashflows_codec::gateway::response::{
    AcquiringDetails, Capture, ErrorReport, Job, Payment, Refund, ReportEntry, ResponseError,
    ResponseErrorKind,
};
use cashflows_codec::gateway::{
    CallOutcome, Finding, JobMeaning, JobMoney, Known, MemberPath, NextStep, Operation,
};
use cashflows_codec::value::{MaskedText, MaskedUrl};
use serde_json::{Value, json};

use super::Explained;

/// Facts that a response does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// The operation. If it is not given, the data tells, and of an error the most careful
    /// reading is that of a call that creates a job.
    pub(super) operation: Option<Operation>,
    /// When it was asked.
    pub(super) at: Option<SystemTime>,
}

impl Context {
    fn known(self) -> Known {
        let known = self.at.map_or(Known::new(), |now| Known::new().at(now));
        self.operation.map_or(known, |operation| known.answer_to(operation))
    }
}

/// The kinds of data of a response.
enum Data {
    Job(Box<Job>, JobMoney),
    Payment(Box<Payment>),
    Refund(Refund),
    Capture(Capture),
    Token,
    PaymentMethods,
}

/// The members that each response has.
struct Said {
    data: Option<Data>,
    call: CallOutcome,
    next: NextStep,
    action_url: Option<String>,
    errors: Vec<String>,
    warnings: Vec<String>,
    unlisted: Vec<MemberPath>,
    findings: Vec<Finding>,
    error: Option<ResponseError>,
}

pub(super) fn explain(status: u16, body: &[u8], context: Context) -> Explained {
    let job = |job: Job| {
        let money = job.money(&context.known());
        Data::Job(Box::new(job), money)
    };
    let payment = |payment| Data::Payment(Box::new(payment));
    let said = match context.operation.unwrap_or_else(|| operation_of(body)) {
        Operation::CreateJob => said::<CreateJob>(status, body, job),
        Operation::RetrieveJob => said::<RetrieveJob>(status, body, job),
        Operation::CancelJob => said::<CancelJob>(status, body, job),
        Operation::RetrievePayment => said::<RetrievePayment>(status, body, payment),
        Operation::CancelPayment => said::<CancelPayment>(status, body, payment),
        Operation::RefundPayment => said::<RefundPayment>(status, body, Data::Refund),
        Operation::CapturePayment => said::<CapturePayment>(status, body, Data::Capture),
        Operation::TokeniseCard => said::<TokeniseCard>(status, body, |_| Data::Token),
        Operation::ListPaymentMethods => said::<ListPaymentMethods>(status, body, |_| Data::PaymentMethods),
        // Its response has no body. One that has is read as that of the lookup which it stands for.
        Operation::FindOrder => Said {
            next: NextStep::after_unknown(Operation::FindOrder),
            ..said::<RetrieveJob>(status, body, job)
        },
    };
    // Without access nothing is done, whatever the body is.
    let readable = match said.error.as_ref().map(|error| &error.kind) {
        Some(ResponseErrorKind::Unreadable { .. }) => said.call == CallOutcome::NotDone,
        _ => true,
    };
    Explained { json: said.json(), text: text::of(&said), readable }
}

/// The operation whose data this is, told by members that only it has: a call that creates a job where
/// nothing tells.
fn operation_of(body: &[u8]) -> Operation {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Operation::CreateJob };
    let Some(data) = body.get("data") else { return Operation::CreateJob };
    let has = |names: &[&str]| names.iter().any(|&name| data.get(name).is_some());
    if data.is_array() {
        Operation::ListPaymentMethods
    } else if has(&["paymentStatus"]) {
        Operation::CreateJob
    } else if has(&["amountToRefund", "refundNumber"]) {
        Operation::RefundPayment
    } else if has(&["amountToCapture", "isFinalCapture"]) {
        Operation::CapturePayment
    } else if has(&["status"]) {
        Operation::RetrievePayment
    } else if has(&["token"]) {
        Operation::TokeniseCard
    } else {
        Operation::CreateJob
    }
}

fn said<C: CallType>(status: u16, body: &[u8], data: impl Fn(C::Data) -> Data) -> Said {
    let decoded = C::decode(status, body);
    let (call, next) = (CallOutcome::of(&decoded), NextStep::of(&decoded));
    match decoded {
        Ok(answer) => {
            let (errors, warnings) = codes(answer.report());
            let action_url =
                answer.links().action.as_ref().map(|link| MaskedUrl::new(link.url.as_str()).to_string());
            let (unlisted, findings) = (answer.unlisted_paths(), answer.findings());
            let data = Some(data(answer.into_data()));
            Said { data, call, next, action_url, errors, warnings, unlisted, findings, error: None }
        }
        Err(error) => {
            let (errors, warnings) = codes(error.report());
            let (unlisted, findings) = match &error.kind {
                ResponseErrorKind::Refused(refusal) => (refusal.unlisted_paths(), refusal.findings()),
                _ => Default::default(),
            };
            let action_url = None;
            Said {
                data: None,
                call,
                next,
                action_url,
                errors,
                warnings,
                unlisted,
                findings,
                error: Some(error),
            }
        }
    }
}

/// A word that may be unlisted, and so anything.
fn masked(word: &str) -> String {
    MaskedText::new(word).to_string()
}

/// A number of the merchant's own.
fn reference(number: &str) -> String {
    MaskedText::reference(number).to_string()
}

fn codes(report: Option<&ErrorReport>) -> (Vec<String>, Vec<String>) {
    let code = |entry: &ReportEntry| entry.code.as_ref().map(|code| masked(code.as_str()));
    let codes = |entries: &[ReportEntry]| entries.iter().filter_map(code).collect();
    report.map(|report| (codes(&report.errors), codes(&report.warnings))).unwrap_or_default()
}

impl Said {
    fn reference(&self) -> Option<u64> {
        match self.data.as_ref()? {
            Data::Job(job, _) => Some(job.reference.get()),
            Data::Payment(payment) => Some(payment.reference.get()),
            Data::Refund(refund) => Some(refund.reference.get()),
            Data::Capture(capture) => Some(capture.reference.get()),
            Data::Token | Data::PaymentMethods => None,
        }
    }

    fn payments(&self) -> &[Payment] {
        match &self.data {
            Some(Data::Job(job, _)) => &job.payments,
            Some(Data::Payment(payment)) => core::slice::from_ref(payment),
            _ => &[],
        }
    }

    fn meaning(&self) -> &'static str {
        match &self.data {
            Some(Data::Job(_, money)) => money.meaning().as_str(),
            Some(Data::Refund(refund)) => refund.meaning().as_str(),
            Some(Data::Capture(capture)) => capture.meaning().as_str(),
            _ => JobMeaning::Unknown.as_str(),
        }
    }

    fn json(&self) -> Value {
        let job = match &self.data {
            Some(Data::Job(job, money)) => Some((job, money)),
            _ => None,
        };
        // A payment alone is listed, and has no reference of a job.
        let own = self.reference().filter(|_| !matches!(self.data, Some(Data::Payment(_))));
        let amount =
            |amount: Option<cashflows_codec::gateway::Decimal>| amount.map(|amount| amount.to_string());
        let finding = |finding: &Finding| json!({ "at": finding.at().to_string(), "message": finding.problem().to_string() });
        let mut json = json!({
            "call": self.call.as_str(),
            "reference": own.map(|reference| reference.to_string()),
            "payment_status": job.map(|(job, _)| masked(job.payment_status.as_str())),
            "meaning": self.meaning(),
            "taken": job.and_then(|(_, money)| amount(money.taken())),
            "given_back": job.and_then(|(_, money)| amount(money.given_back())),
            "to_collect": job.and_then(|(_, money)| amount(money.to_collect())),
            "currency": job.and_then(|(job, _)| job.currency.as_ref()).map(|currency| masked(currency.as_str())),
            "action_url": self.action_url,
            "payments": self.payments().iter().map(payment).collect::<Vec<_>>(),
            "errors": self.errors,
            "warnings": self.warnings,
            "error": self.error.as_ref().map(ToString::to_string),
            "ignored": self.unlisted.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "findings": self.findings.iter().map(finding).collect::<Vec<_>>(),
        });
        let part = match &self.data {
            Some(Data::Refund(refund)) => json!({
                "kind": "refund",
                "number": refund.number.as_deref().map(reference),
                "status": masked(refund.status.as_str()),
                "amount": amount(refund.amount),
            }),
            Some(Data::Capture(capture)) => json!({
                "kind": "capture",
                "number": null,
                "status": masked(capture.status.as_str()),
                "amount": amount(capture.amount),
            }),
            _ => Value::Null,
        };
        if let (Value::Object(json), Value::Object(part)) = (&mut json, part) {
            json.extend(part);
        }
        json
    }
}

fn details(payment: &Payment) -> Option<AcquiringDetails> {
    payment.attributes.acquiring_details()?.ok()
}

fn payment(payment: &Payment) -> Value {
    let details = details(payment);
    let details = details.as_ref();
    let checks = details.and_then(AcquiringDetails::checks).map(|checks| {
        json!({
            "cvv": checks.cvv().as_str(),
            "address": checks.address().as_str(),
            "postcode": checks.postcode().as_str(),
        })
    });
    let code = details.and_then(|details| details.members().secret_text("AcquirerResponseCode"));
    json!({
        "reference": payment.reference.to_string(),
        "status": masked(payment.status.as_str()),
        "meaning": payment.meaning().as_str(),
        "transaction_id": payment.attributes.transaction_id().map(|id| id.to_string()),
        "arn": details.and_then(AcquiringDetails::arn).map(|arn| arn.to_string()),
        "checks": checks,
        "response_code": code.filter(|code| !code.is_empty()).map(masked),
    })
}
