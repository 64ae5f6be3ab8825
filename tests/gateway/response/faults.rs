//! The table of faults in the documentation of `Response` is what happens.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::{CallOutcome, JobMeaning, NextStep};

/// What is wrong, what the service sees of it, what became of the call, what it knows of the money.
type Row = (&'static str, String, &'static str, &'static str);

/// An answer to a call that created a job.
fn answer(fault: &'static str, status: u16, body: impl AsRef<[u8]>) -> Row {
    let body = body.as_ref();
    match CreateJob::decode(status, body) {
        Ok(answer) => {
            let meaning = answer.data().meaning();
            if meaning == JobMeaning::Taken {
                assert!(String::from_utf8_lossy(body).contains("\"Paid\""), "{fault}");
            }
            let seen = format!("job {}, status `{}`", answer.data().reference, answer.data().payment_status);
            (fault, seen, CallOutcome::Done.as_str(), meaning.as_str())
        }
        Err(error) => {
            let outcome = error.outcome();
            if outcome == CallOutcome::Unknown || fault == "400 that may follow a success" {
                assert_eq!(error.next_step(), NextStep::LookForOrder, "{fault}");
            }
            let money = if outcome == CallOutcome::NotDone { "none moved" } else { "unknown" };
            (fault, format!("`{error}`"), outcome.as_str(), money)
        }
    }
}

/// A report of one error.
fn report(error: &str) -> String {
    format!(r#"{{"errorReport":{{"errors":[{{{error}}}]}}}}"#)
}

/// A job with a status, and a payment with another.
fn job(status: &str, payment: &str) -> String {
    format!(
        r#"{{"data":{{"reference":"210221017179873304","amountToCollect":"10.00","paymentStatus":"{status}","payments":[{{"reference":"210221117314091036","status":"{payment}","paidAmount":"10.00"}}]}}}}"#
    )
}

/// The same with one more member of the payment.
fn with(job: &str, member: &str) -> String {
    job.replace(r#""paidAmount":"10.00""#, &format!(r#""paidAmount":"10.00",{member}"#))
}

/// The same with its payment once more, which paid this amount.
fn listed_twice(job: &str, paid: &str) -> String {
    let (before, payments) = job.split_once('[').unwrap();
    let (payment, after) = payments.split_once(']').unwrap();
    format!("{before}[{payment},{}]{after}", payment.replace("10.00", paid))
}

fn rows() -> Vec<Row> {
    let documented = include_bytes!("../../data/gateway/moto-response.json");
    let listed = report(r#""code":"InvalidPaymentStatus""#);
    let paid = job("Paid", "Paid");
    vec![
        answer("401 without a body", 401, ""),
        answer("401 with a report that has no code", 401, report(r#""message":"Invalid token.""#)),
        answer("403 with a page", 403, "<html><body>Forbidden</body></html>"),
        answer("404 with a report", 404, report(r#""code":"RecordNotFound""#)),
        answer("404 of another web server", 404, "<html><body>Not Found</body></html>"),
        answer("400 with a listed error", 400, &listed),
        answer("400 with an unlisted error", 400, report(r#""code":"SomethingNew""#)),
        answer("400 with a sentence of the page", 400, report(r#""message":"Too many attempts.""#)),
        answer(
            "400 with a validation",
            400,
            report(r#""code":"InvalidRequest","message":"currency is missing""#),
        ),
        answer(
            "400 with a problem document",
            400,
            r#"{"status":400,"errors":{"Currency":["The field is required."]}}"#,
        ),
        answer(
            "400 that may follow a success",
            400,
            report(r#""message":"The supplied order reference is not unique.""#),
        ),
        answer(
            "400 with an error of communication",
            400,
            report(r#""code":"InvalidPaymentStatus","message":"Error while communicating.""#),
        ),
        answer("400 with an empty report", 400, r#"{"errorReport":{"errors":[]}}"#),
        answer("400 with an empty object", 400, "{}"),
        answer("406 with a report", 406, &listed),
        answer("500 with a report", 500, &listed),
        answer("500 without a body", 500, ""),
        answer("a paid job with status 500", 500, &paid),
        answer("201 with a report and no data", 201, &listed),
        answer("201 with an HTML page", 201, "<!DOCTYPE html><html></html>"),
        answer("201 without a body", 201, ""),
        answer("a body that is cut short", 201, &documented[..1_000]),
        answer(
            "a body that is not UTF-8",
            201,
            paid.replace("10.00", "£").into_bytes().into_iter().filter(|&b| b != 0xC2).collect::<Vec<_>>(),
        ),
        answer("a body of 200 MB", 201, vec![b' '; 200_000_000]),
        answer("a body of 10,000 nested arrays", 201, "[".repeat(10_000)),
        answer("two bodies", 201, paid.repeat(2)),
        answer(
            "a duplicate status",
            201,
            paid.replace(r#""status":"Paid""#, r#""status":"Failed","status":"Paid""#),
        ),
        answer("a job without a status", 201, paid.replace(r#""paymentStatus":"Paid","#, "")),
        answer("a status that is no text", 201, paid.replace(r#""status":"Paid""#, r#""status":true"#)),
        answer(
            "a number for a reference",
            201,
            paid.replace(r#""210221017179873304""#, "210221017179873304"),
        ),
        answer("a float for a reference", 201, paid.replace(r#""210221017179873304""#, "2.1022101717987e17")),
        answer("a number for an amount", 201, paid.replace(r#""10.00""#, "10.00")),
        answer("an amount with a comma", 201, paid.replace("10.00", "1,000.00")),
        answer(
            "an amount with a comma that is not counted",
            201,
            paid.replace(r#""amountToCollect""#, r#""paidAmount":"1,0","amountToCollect""#),
        ),
        answer("a paid amount that is less", 201, paid.replace(r#"Amount":"10.00"}"#, r#"Amount":"1.00"}"#)),
        answer("no amount to collect", 201, paid.replace(r#""amountToCollect":"10.00","#, "")),
        answer(
            "a refund of all",
            200,
            with(&paid, r#""refunds":[{"reference":"3","status":"Completed","amountToRefund":"10.00"}]"#),
        ),
        answer(
            "a refund that is not complete",
            200,
            with(&paid, r#""refunds":[{"reference":"3","status":"Pending","amountToRefund":"10.00"}]"#),
        ),
        answer(
            "a refund that failed",
            200,
            with(&paid, r#""refunds":[{"reference":"3","status":"Failed","amountToRefund":"10.00"}]"#),
        ),
        answer("a reversal", 200, with(&paid, r#""reversals":[{"reference":"3","reversedAmount":"10.00"}]"#)),
        answer(
            "a credit that is paid",
            201,
            paid.replace(r#""amountToCollect""#, r#""type":"Credit","amountToCollect""#),
        ),
        answer(
            "an unlisted type",
            201,
            paid.replace(r#""amountToCollect""#, r#""type":"Gift","amountToCollect""#),
        ),
        answer("an unlisted status", 201, job("Pending", "PartiallyPaid")),
        answer("a status in lower case", 201, job("paid", "paid")),
        answer("a paid job whose payments are not", 201, job("Paid", "Cancelled")),
        answer(
            "a failed job",
            201,
            job("Failed", "Failed").replace("\"paidAmount\":\"10.00\"", "\"paidAmount\":\"0.00\""),
        ),
        answer("a failed job with a paid amount", 201, job("Failed", "Failed")),
        answer("a cancelled job with a paid amount", 200, job("Cancelled", "Cancelled")),
        answer("a pending job with a reserved payment", 201, job("Pending", "Reserved")),
        answer("a job that failed, with a payment that did not", 200, job("Failed", "Paid")),
        answer(
            "names in another case",
            201,
            paid.replace("paidAmount", "PaidAmount").replace("data", "Data"),
        ),
        answer("a name in two cases", 201, with(&paid, r#""PaidAmount":"1.00""#)),
        answer("a payment that is listed twice", 201, listed_twice(&paid, "10.00")),
        answer("a payment that is listed twice, with two amounts", 201, listed_twice(&paid, "1.00")),
        answer("an unlisted member", 201, paid.replace("{\"data\"", "{\"status\":\"Failed\",\"data\"")),
    ]
}

#[test]
fn the_table_is_what_happens() {
    let happens: Vec<String> = rows()
        .into_iter()
        .map(|(fault, seen, call, money)| format!("| {fault} | {seen} | {call} | {money} |"))
        .collect();
    let documented =
        include_str!("../../../src/gateway/response/faults.md").lines().filter(|line| line.starts_with("| "));
    let documented: Vec<&str> = documented.skip(2).collect();
    assert_eq!(documented, happens, "\n{}\n", happens.join("\n"));
}
