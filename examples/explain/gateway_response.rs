//! Answers of the gateway.

use cashflows_codec::gateway::answer::{
    AcquiringDetails, Answer, AnswerData, AnswerError, Capture, ErrorReport, Job, Links, Payment, Refund,
    ReportEntry, SupportedPaymentMethod, TokenisedCard,
};
use cashflows_codec::gateway::{CallOutcome, JobMeaning, NextStep, Operation, PaymentMeaning, Reference};
use serde_json::{Value, json};

use super::{Explained, row};

/// What an answer is of is not in it. The most careful reading is that of a call that creates a job.
const OPERATION: Operation = Operation::CreateJob;

/// What an answer says, whatever it carries.
#[derive(Default)]
struct Said {
    /// `job`, say.
    what: &'static str,
    reference: Option<Reference>,
    payment_status: Option<String>,
    meaning: Option<JobMeaning>,
    action_url: Option<String>,
    payments: Vec<Payment>,
    errors: Vec<String>,
    warnings: Vec<String>,
}

pub(super) fn explain(status: u16, body: &[u8]) -> Explained {
    match job(status, body) {
        Ok(said) => explained(&said, CallOutcome::Done, None, true),
        Err(error) => match others(status, body) {
            Some(said) => explained(&said, CallOutcome::Done, None, true),
            None => refused(&error),
        },
    }
}

fn job(status: u16, body: &[u8]) -> Result<Said, AnswerError> {
    let answer: Answer<Job> = Answer::decode(status, body)?;
    let job = answer.data();
    Ok(Said {
        reference: Some(job.reference),
        payment_status: Some(job.payment_status.as_str().to_owned()),
        meaning: Some(job.meaning()),
        payments: job.payments.clone(),
        ..said("job", &answer)
    })
}

/// Anything that is not a job, told by a member that only it has.
fn others(status: u16, body: &[u8]) -> Option<Said> {
    if let Ok(answer) = Answer::<Payment>::decode(status, body)
        && answer.data().amount_to_collect.is_some()
    {
        let payments = vec![answer.data().clone()];
        return Some(Said { payments, ..said("payment", &answer) });
    }
    if let Ok(answer) = Answer::<Refund>::decode(status, body)
        && answer.data().amount.is_some()
    {
        return Some(Said { reference: Some(answer.data().reference), ..said("refund", &answer) });
    }
    if let Ok(answer) = Answer::<Capture>::decode(status, body)
        && answer.data().amount.is_some()
    {
        return Some(Said { reference: Some(answer.data().reference), ..said("capture", &answer) });
    }
    let token = Answer::<TokenisedCard>::decode(status, body).map(|answer| said("token", &answer));
    let methods = || {
        let answer = Answer::<Vec<SupportedPaymentMethod>>::decode(status, body);
        answer.map(|answer| said("payment methods", &answer))
    };
    token.or_else(|_| methods()).ok()
}

/// What every answer says.
fn said<T: AnswerData>(what: &'static str, answer: &Answer<T>) -> Said {
    let action = |links: &Links| links.action.as_ref().map(|link| link.url.as_str().to_owned());
    let (errors, warnings) = codes(answer.report());
    Said { what, action_url: action(answer.links()), errors, warnings, ..Said::default() }
}

fn codes(report: Option<&ErrorReport>) -> (Vec<String>, Vec<String>) {
    let code = |entry: &ReportEntry| entry.code.as_ref().map(|code| code.as_str().to_owned());
    let codes = |entries: &[ReportEntry]| entries.iter().filter_map(code).collect();
    report.map(|report| (codes(&report.errors), codes(&report.warnings))).unwrap_or_default()
}

fn refused(error: &AnswerError) -> Explained {
    let (errors, warnings) = codes(error.report());
    let said = Said { errors, warnings, ..Said::default() };
    let readable = matches!(error, AnswerError::Refused(_));
    explained(&said, error.outcome(OPERATION), Some(error), readable)
}

fn explained(said: &Said, call: CallOutcome, error: Option<&AnswerError>, readable: bool) -> Explained {
    let meaning = said.meaning.unwrap_or(JobMeaning::Unknown);
    let json = json!({
        "call": call.as_str(),
        "reference": said.reference.map(|reference| reference.to_string()),
        "payment_status": said.payment_status,
        "meaning": meaning.as_str(),
        "action_url": said.action_url,
        "payments": said.payments.iter().map(payment).collect::<Vec<_>>(),
        "errors": said.errors,
        "warnings": said.warnings,
        "error": error.map(ToString::to_string),
    });
    Explained { json, text: text(said, call, error), readable }
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
        "status": payment.status.as_str(),
        "meaning": payment.meaning().as_str(),
        "transaction_id": payment.attributes.transaction_id().map(|id| id.to_string()),
        "arn": details.and_then(AcquiringDetails::arn).map(|arn| arn.to_string()),
        "checks": checks,
        "response_code": code.filter(|code| !code.is_empty()),
    })
}

fn text(said: &Said, call: CallOutcome, error: Option<&AnswerError>) -> Vec<String> {
    let mut text = vec![match error {
        None => format!("{}, done", said.what),
        Some(error) => format!("{}: {error}", call.as_str().replace('_', " ")),
    }];
    text.extend(said.reference.map(|reference| row("reference", reference)));
    text.extend(said.payment_status.as_ref().map(|status| row("status", status.escape_debug())));
    text.extend(said.meaning.map(|meaning| row("money", of_job(meaning))));
    for payment in &said.payments {
        let status = payment.status.as_str().escape_debug();
        text.push(row("payment", format_args!("{} {status}", payment.reference)));
        text.push(row("its money", of_payment(payment.meaning())));
        text.extend(payment.attributes.transaction_id().map(|id| row("transaction id", id)));
        text.extend(details(payment).and_then(|details| details.arn()).map(|arn| row("ARN", arn)));
    }
    for (name, codes) in [("error", &said.errors), ("warning", &said.warnings)] {
        text.extend(codes.iter().map(|code| row(name, code.escape_debug())));
    }
    if let Some(error) = error {
        text.push(row("next", next(error.next_step(OPERATION))));
    }
    text
}

fn of_job(meaning: JobMeaning) -> &'static str {
    match meaning {
        JobMeaning::Taken => "taken",
        JobMeaning::Reserved => "reserved: capture it within seven days",
        JobMeaning::Verified => "none was asked for; the card is good",
        JobMeaning::Open => "open: not taken, but may be; the job takes more payments",
        JobMeaning::NotTaken => "not taken, and the job is over",
        JobMeaning::Unknown => "unknown: retrieve the job",
    }
}

fn of_payment(meaning: PaymentMeaning) -> &'static str {
    match meaning {
        PaymentMeaning::Taken => "taken",
        PaymentMeaning::Reserved => "reserved",
        PaymentMeaning::Verified => "none was asked for",
        PaymentMeaning::Open => "not known yet: wait for the notification, then retrieve",
        PaymentMeaning::NotTaken => "not taken by this payment",
        PaymentMeaning::Unknown => "unknown: nobody listed the status",
    }
}

fn next(step: NextStep) -> &'static str {
    match step {
        NextStep::Nothing => "nothing to look for",
        NextStep::CheckAccess => "look at configuration, key and environment before anything else is sent",
        NextStep::LookForOrder => "do not ask again: look whether the order exists",
        NextStep::LookForRefund => "do not ask again: look for the refund in the payment",
        NextStep::LookForCapture => "do not ask again: look for the capture in the payment",
        NextStep::RetrievePayment => "retrieve the payment",
        NextStep::RetrieveJob => "retrieve the job",
    }
}
