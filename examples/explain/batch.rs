//! Bodies of the batch endpoint, both ways.

use cashflows_codec::remote_auth::batch::{
    BatchDecodeError, BatchFinding, BatchRequest, BatchResponse, Report,
};
use cashflows_codec::value::MaskedText;
use serde_json::{Value, json};

use super::{Explained, row};

pub(super) fn reply(content_type: &str, body: Vec<u8>) -> Explained {
    match BatchResponse::decode(content_type, body) {
        Ok(BatchResponse::Report(report)) => explain_report(&report),
        Ok(refusal) => Explained {
            json: json!({
                "result": masked(refusal.result()),
                "batch_id": null,
                "batch_status": null,
                "item_count": null,
                "item_succ": null,
                "item_fail": null,
                "rows": [],
                "unknown": [],
                "findings": [],
            }),
            text: vec![masked(refusal.result())],
            readable: true,
        },
        Err(error) => unreadable(&error, json!({ "error": error.to_string() })),
    }
}

fn explain_report(report: &Report) -> Explained {
    let findings = report.findings();
    let unknown: Vec<String> = report.unlisted().iter().map(ToString::to_string).collect();
    let rows: Vec<(String, String)> = report
        .rows()
        .filter_map(Result::ok)
        .map(|row| (masked(row.reference().as_str()), masked(row.result().as_str())))
        .collect();

    let mut text = vec!["release_report".to_owned()];
    text.push(row("batch id", masked(report.batch_id().as_str())));
    text.push(row("status", masked(report.status().as_str())));
    for (name, count) in
        [("items", report.item_count()), ("succeeded", report.item_succ()), ("failed", report.item_fail())]
    {
        text.extend(count.map(|count| row(name, count)));
    }
    text.extend(rows.iter().map(|(reference, result)| row(reference, result)));
    text.extend(unknown.iter().map(|name| row("unknown", name)));
    text.extend(findings.iter().map(|finding| row("finding", finding)));

    let rows: Vec<Value> = rows
        .into_iter()
        .map(|(reference, result)| json!({ "reference": reference, "result": result }))
        .collect();
    let json = json!({
        "result": "release_report",
        "batch_id": masked(report.batch_id().as_str()),
        "batch_status": masked(report.status().as_str()),
        "item_count": report.item_count(),
        "item_succ": report.item_succ(),
        "item_fail": report.item_fail(),
        "rows": rows,
        "unknown": unknown,
        "findings": shown(&findings),
    });
    Explained { json, text, readable: true }
}

pub(super) fn request(content_type: &str, body: &[u8]) -> Explained {
    match BatchRequest::decode(content_type, body) {
        Ok((credentials, BatchRequest::Submit(submission))) => {
            let references: Vec<String> =
                submission.references().iter().map(|id| masked(id.as_str())).collect();
            let file_name = masked(submission.file_name().as_str());
            let mut text = vec!["submit".to_owned(), row("profile id", masked(credentials.profile.as_str()))];
            text.push(row("file name", &file_name));
            text.extend(references.iter().map(|reference| row("reference", reference)));
            let findings = submission.findings();
            text.extend(findings.iter().map(|finding| row("finding", finding)));
            let json = json!({
                "operation": "submit",
                "profile_id": masked(credentials.profile.as_str()),
                "file_name": file_name,
                "references": references,
                "findings": shown(&findings),
            });
            Explained { json, text, readable: true }
        }
        Ok((credentials, BatchRequest::Query(query))) => {
            let mut text = vec!["query".to_owned(), row("profile id", masked(credentials.profile.as_str()))];
            text.push(row("batch id", masked(query.batch_id().as_str())));
            let json = json!({
                "operation": "query",
                "profile_id": masked(credentials.profile.as_str()),
                "batch_id": masked(query.batch_id().as_str()),
            });
            Explained { json, text, readable: true }
        }
        Err(error) => {
            // The response of a gateway.
            let result = error.refusal().to_string();
            unreadable(&error, json!({ "error": error.to_string(), "result": result }))
        }
    }
}

/// A text of the other party, with card numbers masked wherever one stands.
fn masked(text: &str) -> String {
    MaskedText::new(text).to_string()
}

/// Findings for a program.
fn shown(findings: &[BatchFinding]) -> Vec<Value> {
    let found = |finding: &BatchFinding| json!({ "at": finding.at().to_string(), "message": finding.problem().to_string() });
    findings.iter().map(found).collect()
}

fn unreadable(error: &BatchDecodeError, json: Value) -> Explained {
    Explained { json, text: vec![format!("unreadable: {error}")], readable: false }
}
