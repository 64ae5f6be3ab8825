//! Answers of the gateway, for a person.

use cashflows_codec::gateway::response::{Job, Payment};
use cashflows_codec::gateway::{
    CallOutcome, CaptureMeaning, JobMeaning, JobMoney, NextStep, PaymentMeaning, RefundMeaning,
};

use super::{Data, Said, details, masked, reference};
use crate::row;

pub(super) fn of(said: &Said) -> Vec<String> {
    let call = match said.call {
        CallOutcome::Done => "done",
        CallOutcome::NotDone => "not done",
        CallOutcome::Unknown => "unknown",
    };
    let mut text = vec![match (&said.data, &said.error) {
        (Some(data), _) => format!("{}, {call}", what(data)),
        (None, Some(error)) => format!("{call}: {error}"),
        (None, None) => call.to_owned(),
    }];
    text.extend(said.reference().map(|reference| row("reference", reference)));
    match &said.data {
        Some(Data::Job(job, money)) => of_job(&mut text, job, money),
        Some(Data::Refund(refund)) => {
            text.extend(
                refund.number.as_deref().map(|number| row("number", reference(number).escape_debug())),
            );
            text.extend(refund.amount.map(|amount| row("amount", amount)));
            text.push(row("status", masked(refund.status.as_str()).escape_debug()));
            text.push(row("money", of_refund(refund.meaning())));
        }
        Some(Data::Capture(capture)) => {
            text.extend(capture.amount.map(|amount| row("amount", amount)));
            text.push(row("status", masked(capture.status.as_str()).escape_debug()));
            text.push(row("money", of_capture(capture.meaning())));
        }
        Some(Data::Payment(_) | Data::Token | Data::PaymentMethods) | None => {}
    }
    said.payments().iter().for_each(|payment| of_payment(&mut text, payment));
    text.extend(said.action_url.as_ref().map(|url| row("page", url.escape_debug())));
    for (name, codes) in [("error", &said.errors), ("warning", &said.warnings)] {
        text.extend(codes.iter().map(|code| row(name, code.escape_debug())));
    }
    text.extend(said.unlisted.iter().map(|path| row("ignored", path)));
    text.extend(said.findings.iter().map(|finding| row("finding", finding)));
    if said.error.is_some() || said.next != NextStep::Nothing {
        text.push(row("next", next(said.next)));
    }
    text
}

const fn what(data: &Data) -> &'static str {
    match data {
        Data::Job(..) => "job",
        Data::Payment(_) => "payment",
        Data::Refund(_) => "refund",
        Data::Capture(_) => "capture",
        Data::Token => "token",
        Data::PaymentMethods => "payment methods",
    }
}

fn of_job(text: &mut Vec<String>, job: &Job, money: &JobMoney) {
    let number = job.order.as_ref().and_then(|order| order.number());
    text.extend(number.map(|number| row("order", reference(number).escape_debug())));
    let currency = job.currency.as_ref().map(|currency| currency.as_str()).unwrap_or_default();
    let currency = masked(currency);
    let currency = currency.escape_debug();
    let with_currency =
        |amount: &dyn core::fmt::Display| format!("{amount} {currency}").trim_end().to_owned();
    text.extend(money.to_collect().map(|amount| row("amount", with_currency(&amount))));
    text.push(row("status", masked(job.payment_status.as_str()).escape_debug()));
    text.push(row("money", of_meaning(money.meaning())));
    text.extend(money.doubt().map(|doubt| row("because", doubt.sentence())));
    text.extend(money.taken().map(|amount| row("taken", with_currency(&amount))));
    text.extend(money.given_back().map(|amount| row("given back", with_currency(&amount))));
    if money.paid_payments() > 1 {
        text.push(row("attention", format_args!("{} payments have taken money", money.paid_payments())));
    }
    for reversal in &job.reversals {
        text.extend(reversal.reversed_amount.map(|amount| row("reversal", amount)));
    }
}

fn of_payment(text: &mut Vec<String>, payment: &Payment) {
    let status = masked(payment.status.as_str());
    let status = status.escape_debug();
    text.push(row("payment", format_args!("{} {status}", payment.reference)));
    text.push(row("its money", of_payment_meaning(payment.meaning())));
    text.extend(payment.paid_amount.map(|amount| row("its amount", amount)));
    text.extend(payment.attributes.transaction_id().map(|id| row("transaction id", id)));
    text.extend(details(payment).and_then(|details| details.arn()).map(|arn| row("ARN", arn)));
    for refund in &payment.refunds {
        let number = reference(refund.number.as_deref().unwrap_or_default());
        let number = number.escape_debug();
        let amount = refund.amount.map(|amount| amount.to_string()).unwrap_or_default();
        text.push(row("refund", words([&number.to_string(), &amount, refund.meaning().as_str()])));
    }
    for capture in &payment.captures {
        let amount = capture.amount.map(|amount| amount.to_string()).unwrap_or_default();
        text.push(row("capture", words([&amount, capture.meaning().as_str()])));
    }
    for reversal in &payment.reversals {
        text.extend(reversal.reversed_amount.map(|amount| row("reversal", amount)));
    }
}

/// Those of some words that are there.
fn words<const N: usize>(words: [&str; N]) -> String {
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn of_meaning(meaning: JobMeaning) -> &'static str {
    match meaning {
        JobMeaning::Taken => "taken: compare order, amount and currency with what was asked",
        JobMeaning::PartlyTaken => "taken in part, less than was asked for",
        JobMeaning::Reserved => "reserved: capture it within seven days",
        JobMeaning::Verified => "none was asked for; the card is good",
        JobMeaning::GivenBack => "taken and given back",
        JobMeaning::PaidOut => "paid out to the cardholder",
        JobMeaning::Open => "open: not taken, but may be; the job takes more payments",
        JobMeaning::NotTaken => "not taken, and the job is over",
        JobMeaning::Unknown => "unknown: retrieve the job",
    }
}

fn of_payment_meaning(meaning: PaymentMeaning) -> &'static str {
    match meaning {
        PaymentMeaning::Taken => "taken",
        PaymentMeaning::Reserved => "reserved",
        PaymentMeaning::Verified => "none was asked for",
        PaymentMeaning::Open => "not known yet: wait for the notification, then retrieve",
        PaymentMeaning::NotTaken => "not taken by this payment",
        PaymentMeaning::Unknown => "unknown: the status is unlisted",
    }
}

fn of_refund(meaning: RefundMeaning) -> &'static str {
    match meaning {
        RefundMeaning::Completed => "completed: it goes back to the shopper",
        RefundMeaning::Open => "open: retrieve the payment",
        RefundMeaning::Failed => "failed: none went back",
        RefundMeaning::Unknown => "unknown: the status is unlisted; retrieve the payment",
    }
}

fn of_capture(meaning: CaptureMeaning) -> &'static str {
    match meaning {
        CaptureMeaning::Completed => "completed: it is taken",
        CaptureMeaning::Open => "open: retrieve the payment",
        CaptureMeaning::Failed => "failed: none was taken",
        CaptureMeaning::Unknown => "unknown: the status is unlisted; retrieve the payment",
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
