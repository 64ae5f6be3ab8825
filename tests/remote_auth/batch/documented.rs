//! The documented bodies, both ways.

use cashflows_codec::remote_auth::Environment;
use cashflows_codec::remote_auth::batch::{
    AttachedType, BatchFinding, BatchParameter, BatchRefusal, BatchRequest, BatchResponse, BatchStatus,
    Query, Report, Row, RowResult,
};

use super::common::*;

fn documented_rows() -> Vec<Row> {
    let results = [RowResult::Expired, RowResult::Released, RowResult::Released];
    let ids = documented_submission();
    ids.references().iter().zip(results).map(|(id, result)| Row::new(id.transaction_id(), result)).collect()
}

#[test]
fn documented_requests_round_trip() {
    let query = Query::new("26".parse().unwrap());
    let submission = documented_submission();
    for (body, documented, request) in [
        (query.encode(&credentials()), QUERY, BatchRequest::Query(query)),
        (submission.encode(&credentials()).unwrap(), SUBMIT, BatchRequest::Submit(submission)),
    ] {
        assert_eq!(body.as_bytes(), documented);
        assert_eq!(body.content_length(), documented.len());
        assert_eq!(body.content_type(), PARTS);
        assert_eq!(BatchRequest::decode(PARTS, documented), Ok((credentials(), request)));
    }
    assert_eq!(QUERY.len(), 172, "the Content-Length of the page");
}

#[test]
fn documented_responses_round_trip() {
    let pending = Report::new("26".parse().unwrap(), BatchStatus::Pending);
    let complete = Report::complete("26".parse().unwrap(), documented_rows()).with_counts(4, 4, 0);
    for (content_type, documented, reply) in [
        (FORM, REFUSED, BatchResponse::from(BatchRefusal::InvalidRequest)),
        (FORM, PENDING, pending.into()),
        (REPORT_PARTS, COMPLETE, complete.into()),
    ] {
        let body = reply.encode(&"remote_batch-4C4106B0".parse().unwrap()).unwrap();
        assert_eq!(body.content_type(), content_type);
        assert_eq!(body.as_bytes(), documented);
        assert_eq!(BatchResponse::decode(content_type, documented), Ok(reply));
    }
}

#[test]
fn documented_report_has_findings_for_its_contradictions() {
    let report = report(REPORT_PARTS, COMPLETE);
    assert_eq!(report.batch_id().as_str(), "26");
    assert_eq!(report.status(), BatchStatus::Complete);
    assert_eq!((report.item_count(), report.item_succ(), report.item_fail()), (Some(4), Some(4), Some(0)));
    assert_eq!(report.attached_type(), Some(AttachedType::OnHoldV0));
    assert_eq!(report.rows().map(|row| row.unwrap()).collect::<Vec<_>>(), documented_rows());
    assert_eq!(
        report.findings(),
        [
            BatchFinding::Count { parameter: BatchParameter::ItemCount, counted: 4, listed: 3 },
            BatchFinding::Count { parameter: BatchParameter::ItemSucc, counted: 4, listed: 2 },
            BatchFinding::Count { parameter: BatchParameter::ItemFail, counted: 0, listed: 1 },
        ]
    );
    // Rows can be megabytes: printed is how large they are.
    let printed = format!("{report:?}");
    assert!(printed.contains("attachment: Some(78 bytes)"), "{printed}");
}

#[test]
fn batch_urls_are_the_documented_ones() {
    for (environment, host) in [
        (Environment::Integration, "https://secure-int.cashflows.com"),
        (Environment::Production, "https://secure.cashflows.com"),
    ] {
        assert_eq!(environment.batch_url(), format!("{host}/admin/remote_batch"));
        assert_eq!(environment.payment_url(), format!("{host}/gateway/remote_auth"));
    }
}
