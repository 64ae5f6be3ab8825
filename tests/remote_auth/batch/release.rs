//! A whole release, with both ends in one process.

use std::collections::HashMap;

use bytes::Bytes;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::batch::{
    BatchId, BatchRefusal, BatchRequest, BatchResponse, BatchStatus, Boundary, Query, Report, Row, RowResult,
    Submission,
};
use cashflows_codec::value::OriginalId;

use super::common::report;

fn credentials() -> Credentials {
    Credentials::new("73".parse().unwrap(), "p&ss=w%rd\r\n--_partBoundary_".parse().unwrap())
}

fn id(number: usize) -> OriginalId {
    format!("01S{number:08X}").parse().unwrap()
}

/// A gateway that knows transactions, some of them on hold, and remembers batches.
struct Gateway {
    credentials: Credentials,
    on_hold: HashMap<OriginalId, bool>,
    batches: Vec<Batch>,
}

struct Batch {
    rows: Vec<Row>,
    polls: usize,
}

impl Gateway {
    fn new(on_hold: HashMap<OriginalId, bool>) -> Self {
        Self { credentials: credentials(), on_hold, batches: Vec::new() }
    }

    fn post(&mut self, content_type: &str, body: &[u8]) -> (String, Bytes) {
        let reply = self.answer(content_type, body);
        let body = reply.encode(&"remote_batch-4C4106B0".parse().unwrap()).unwrap();
        (body.content_type().to_string(), body.into_bytes())
    }

    fn answer(&mut self, content_type: &str, body: &[u8]) -> BatchResponse {
        match BatchRequest::decode(content_type, body) {
            Err(error) => error.refusal().into(),
            Ok((credentials, _)) if credentials != self.credentials => {
                BatchRefusal::InvalidCredentials.into()
            }
            Ok((_, BatchRequest::Submit(submission))) => self.submit(&submission).into(),
            Ok((_, BatchRequest::Query(query))) => self.query(*query.batch_id()),
        }
    }

    fn submit(&mut self, submission: &Submission) -> Report {
        let rows = submission.references().iter().map(|id| {
            let result = match self.on_hold.get_mut(id).map(std::mem::take) {
                Some(true) => RowResult::Released,
                Some(false) => RowResult::NotOnHold,
                None => RowResult::InvalidReference,
            };
            Row::new(id.transaction_id(), result)
        });
        self.batches.push(Batch { rows: rows.collect(), polls: 0 });
        Report::new(self.batches.len().to_string().parse().unwrap(), BatchStatus::Pending)
    }

    fn query(&mut self, id: BatchId) -> BatchResponse {
        let index = id.as_str().parse::<usize>().unwrap().wrapping_sub(1);
        let Some(batch) = self.batches.get_mut(index) else {
            return BatchRefusal::ReleaseNotFound.into();
        };
        batch.polls += 1;
        match batch.polls {
            1 => Report::new(id, BatchStatus::Processing).into(),
            _ => Report::complete(id, batch.rows.iter().copied()).into(),
        }
    }
}

fn upload(gateway: &mut Gateway, submission: &Submission) -> BatchId {
    let body = submission.encode(&credentials()).unwrap();
    let (content_type, reply) = gateway.post(body.content_type(), body.as_bytes());
    let report = report(&content_type, reply);
    assert_eq!(report.status(), BatchStatus::Pending);
    *report.batch_id()
}

/// Posts the query until the report is complete.
fn poll(gateway: &mut Gateway, id: BatchId) -> Report {
    loop {
        let body = Query::new(id).encode(&credentials());
        let (content_type, reply) = gateway.post(body.content_type(), body.as_bytes());
        let report = report(&content_type, reply);
        match report.status() {
            BatchStatus::Complete => return report,
            status => assert_eq!(status, BatchStatus::Processing),
        }
    }
}

#[test]
fn twenty_thousand_references_are_released() {
    // Every seventh transaction is not on hold, every eleventh is unknown.
    let result = |index: usize| match index {
        index if index % 11 == 0 => RowResult::InvalidReference,
        index if index % 7 == 0 => RowResult::NotOnHold,
        _ => RowResult::Released,
    };
    let known = (0..20_000).filter(|index| index % 11 != 0);
    let mut gateway = Gateway::new(known.map(|index| (id(index), index % 7 != 0)).collect());

    let references: Vec<_> = (0..20_000).map(id).collect();
    let submissions = Submission::new(references).split(&credentials());
    assert_eq!(submissions.len(), 4);
    let batches: Vec<_> = submissions.iter().map(|submission| upload(&mut gateway, submission)).collect();

    let mut rows = Vec::new();
    for batch in batches {
        let report = poll(&mut gateway, batch);
        assert_eq!(report.findings(), []);
        rows.extend(report.rows().map(|row| row.unwrap()));
    }
    assert_eq!(
        rows,
        (0..20_000).map(|index| Row::new(id(index).transaction_id(), result(index))).collect::<Vec<_>>()
    );
}

#[test]
fn gateway_refuses_wrong_credentials_and_batches() {
    let mut gateway = Gateway::new(HashMap::new());
    let stranger = Credentials::new("74".parse().unwrap(), "guess".parse().unwrap());
    let query = |credentials| Query::new("99".parse().unwrap()).encode(credentials);
    for (body, refusal) in [
        (query(&credentials()), BatchRefusal::ReleaseNotFound),
        (query(&stranger), BatchRefusal::InvalidCredentials),
    ] {
        let (content_type, reply) = gateway.post(body.content_type(), body.as_bytes());
        assert_eq!(BatchResponse::decode(&content_type, reply), Ok(refusal.into()));
    }
}

#[test]
fn reports_of_no_and_of_many_rows_round_trip() {
    for count in [0, 1, 100_000] {
        let rows = (0..count).map(|number| Row::new(id(number).transaction_id(), RowResult::Released));
        let sent = BatchResponse::from(Report::complete("1".parse().unwrap(), rows));
        let body = sent.encode(&Boundary::default()).unwrap();
        let report = report(body.content_type(), body.as_bytes().clone());
        assert_eq!(report.findings(), []);
        assert_eq!(report.item_count(), Some(count as u64));
        assert!(
            report
                .rows()
                .enumerate()
                .all(|(index, row)| *row.unwrap().reference() == id(index).transaction_id())
        );
        assert_eq!(report.rows().count(), count);
    }
}
