//! Whatever is in a body: what is written is read, and nothing else is.

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::batch::{
    BatchRefusal, BatchRequest, BatchResponse, BatchStatus, Boundary, FileName, Query, Report, Row,
    RowResult, Submission,
};
use cashflows_codec::value::OriginalId;
use proptest::collection::vec;
use proptest::prelude::*;

use super::common::{B, FORM};

/// Passwords made of framing are more likely to break out than random ones.
fn credentials() -> impl Strategy<Value = Credentials> {
    let framing = "(\r\n|\n|\r|--|_partBoundary_|&|=|%|[+ a-z]|batch_op=|\"|\\PC){1,20}";
    ("[0-9]{1,20}", prop_oneof!["(?s).{1,40}", framing])
        .prop_map(|(profile, password)| Credentials::new(profile.parse().unwrap(), password.parse().unwrap()))
}

fn id() -> impl Strategy<Value = OriginalId> {
    prop_oneof![4 => "[0-9]{2}[SVRP][0-9A-F]{8}", 1 => "[0-9A-Za-z]{1,32}"]
        .prop_filter_map("names a transaction", |text| text.parse().ok())
}

fn boundary() -> impl Strategy<Value = Boundary> {
    let any = "[-0-9A-Za-z '()+_,./:=?]{0,69}[-0-9A-Za-z'()+_,./:=?]";
    prop_oneof![Just("_partBoundary_".to_owned()), any].prop_map(|text| text.parse().unwrap())
}

fn file_name() -> impl Strategy<Value = FileName> {
    "[^/\\\\\"\\pC]{1,50}\\.(csv|txt)".prop_map(|text| text.parse().unwrap())
}

fn row() -> impl Strategy<Value = Row> {
    let listed = proptest::sample::select(RowResult::ALL);
    let unlisted = "[a-zA-Z0-9_.-]{1,32}".prop_map(|text| text.parse().unwrap());
    (id(), prop_oneof![4 => listed, 1 => unlisted])
        .prop_map(|(id, result)| Row::new(id.transaction_id(), result))
}

fn reply() -> impl Strategy<Value = BatchResponse> {
    let batch_id = || "[0-9]{1,20}".prop_map(|text| text.parse().unwrap());
    let unlisted = "[a-z]{1,12}".prop_map(|text| text.parse::<BatchStatus>().unwrap());
    let status = prop_oneof![proptest::sample::select(BatchStatus::ALL), unlisted];
    prop_oneof![
        proptest::sample::select(BatchRefusal::ALL).prop_map(BatchResponse::from),
        (batch_id(), status).prop_map(|(id, status)| Report::new(id, status).into()),
        (batch_id(), vec(row(), 0..40)).prop_map(|(id, rows)| Report::complete(id, rows).into()),
        (batch_id(), vec(row(), 0..9), any::<[u32; 3]>()).prop_map(|(id, rows, [all, succ, fail])| {
            Report::complete(id, rows).with_counts(all.into(), succ.into(), fail.into()).into()
        }),
    ]
}

/// Bytes that have something of a body.
fn broken_body() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("--b".to_owned()),
        Just("\r\n".to_owned()),
        Just("--\r\n".to_owned()),
        Just("\r\n\r\n".to_owned()),
        Just(format!("Content-Type: {FORM}")),
        Just("Content-Type: text/csv".to_owned()),
        Just("result=release_report&batch_id=1&batch_status=complete".to_owned()),
        "(?s).{0,9}",
    ];
    vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn submissions_round_trip(
        credentials in credentials(), ids in vec(id(), 0..60), name in file_name(), boundary in boundary(),
    ) {
        let submission = Submission::new(ids).with_file_name(name).with_boundary(boundary);
        let body = submission.encode(&credentials).unwrap();
        prop_assert_eq!(body.content_length(), submission.encoded_len(&credentials));
        // The delimiter stands where it was put, and nowhere else.
        let delimiter = format!("--{}", submission.boundary());
        let lines = body.as_bytes().split(|&byte| byte == b'\n');
        prop_assert_eq!(lines.filter(|line| line.starts_with(delimiter.as_bytes())).count(), 3);
        let decoded = BatchRequest::decode(body.content_type(), body.as_bytes());
        prop_assert_eq!(decoded, Ok((credentials, BatchRequest::Submit(submission))));
    }

    #[test]
    fn queries_round_trip(credentials in credentials(), id in "[0-9]{1,20}", boundary in boundary()) {
        let query = Query::new(id.parse().unwrap()).with_boundary(boundary);
        let body = query.encode(&credentials);
        let decoded = BatchRequest::decode(body.content_type(), body.as_bytes());
        prop_assert_eq!(decoded, Ok((credentials, BatchRequest::Query(query))));
    }

    #[test]
    fn replies_round_trip(reply in reply(), boundary in boundary()) {
        let body = reply.encode(&boundary).unwrap();
        let content_type = body.content_type().to_string();
        prop_assert_eq!(BatchResponse::decode(&content_type, body.into_bytes()), Ok(reply));
    }

    #[test]
    fn split_keeps_all_references_and_fills_each_body(
        credentials in credentials(), ids in vec(id(), 0..40), repeats in 1..400_usize, boundary in boundary(),
    ) {
        let ids = ids.repeat(repeats);
        let whole = Submission::new(ids.clone()).with_boundary(boundary);
        let parts = whole.split(&credentials);
        prop_assert_eq!(parts.iter().flat_map(|part| part.references()).copied().collect::<Vec<_>>(), ids);
        for part in &parts {
            prop_assert!(part.encode(&credentials).is_ok());
        }
        for pair in parts.windows(2) {
            let more = [pair[0].references(), &pair[1].references()[..1]].concat();
            let more = Submission::new(more).with_boundary(whole.boundary().clone());
            prop_assert!(more.encode(&credentials).is_err());
        }
    }

    #[test]
    fn decode_error_of_any_body_has_a_refusal(
        content_type in prop_oneof![Just(B.to_owned()), Just(FORM.to_owned()), "\\PC{0,20}"],
        body in prop_oneof![broken_body().prop_map(String::into_bytes), vec(any::<u8>(), 0..200)],
    ) {
        let Err(error) = BatchRequest::decode(&content_type, &body) else { return Ok(()) };
        let answer = error.refusal().encode();
        prop_assert_eq!(answer.content_type(), FORM);
        prop_assert_eq!(BatchResponse::decode(FORM, answer.into_bytes()), Ok(error.refusal().into()));
    }

    #[test]
    fn no_body_makes_a_decoder_panic(body in broken_body()) {
        let _ = BatchRequest::decode(B, body.as_bytes());
        let _ = BatchResponse::decode(FORM, body.clone());
        if let Ok(BatchResponse::Report(report)) = BatchResponse::decode(B, body) {
            let _ = report.findings();
        }
    }
}
