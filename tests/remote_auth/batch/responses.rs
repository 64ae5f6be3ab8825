//! Replies that the protocol page does not show.

use cashflows_codec::remote_auth::batch::{
    BatchFinding, BatchParameter, BatchRefusal, BatchResponse, BatchStatus, Boundary, Report, RowErrorKind,
};

use super::common::*;

const CSV: &str = "Content-Type: text/csv";

fn findings(report: &Report) -> Vec<String> {
    report.findings().iter().map(ToString::to_string).collect()
}

#[test]
fn decode_reads_bare_form_and_single_part() {
    for refusal in BatchRefusal::ALL {
        let form = format!("result={refusal}");
        for (content_type, body) in [
            (FORM, form.clone().into_bytes()),
            (FORM, format!("{form}\r\n").into_bytes()),
            (B, one_part(&form)),
            ("multipart/mixed; boundary=\"b\"", one_part(&form)),
        ] {
            let reply = BatchResponse::decode(content_type, body).unwrap();
            assert_eq!(reply, BatchResponse::Refused(*refusal));
            assert_eq!(reply.result(), refusal.as_str());
        }
    }
}

#[test]
fn decode_refuses_missing_content_type() {
    for content_type in ["", "text/plain", "text/html; charset=utf-8", "multipart/mixed"] {
        let error = BatchResponse::decode(content_type, REFUSED).unwrap_err();
        assert_eq!(error.to_string(), "the content type is not that of a batch body", "{content_type}");
    }
}

#[test]
fn decode_reads_forms_strictly() {
    for (form, message) in [
        ("", "result is mandatory"),
        ("<html>", "result is mandatory"),
        ("result=", "result is mandatory"),
        ("result=two+words", "result must be 1 to 32 letters, digits, _, - and ."),
        ("result=internal_failure&result=internal_failure", "result appears more than once"),
        ("result=%", "result has an invalid percent escape"),
        ("result=%C0%80", "result is not valid UTF-8"),
        ("result=release_report", "batch_id is mandatory; batch_status is mandatory"),
        ("result=release_report&batch_id=x&batch_status=pending", "batch_id must be 1 to 20 digits"),
        (
            "result=release_report&batch_id=1&batch_status=complete&attached_type=a&attachment_type=b",
            "attached_type appears more than once",
        ),
    ] {
        assert_eq!(BatchResponse::decode(FORM, form).unwrap_err().to_string(), message, "{form}");
    }
}

#[test]
fn decode_keeps_unlisted_words_and_names() {
    let reply = BatchResponse::decode(FORM, "result=try_later").unwrap();
    assert!(matches!(&reply, BatchResponse::Unlisted(word) if word.as_str() == "try_later"));
    assert_eq!(reply.encode(&Boundary::default()).unwrap().as_bytes(), "result=try_later");

    let form = "result=release_report&batch_id=7&batch_status=queued&attachment_type=onhold_v1&colour=red";
    let queued = report(FORM, form);
    assert_eq!(queued.status().as_str(), "queued");
    assert_eq!(findings(&queued), ["attached_type is onhold_v1, not onhold_v0"]);
    assert_eq!(queued.unlisted().iter().map(ToString::to_string).collect::<Vec<_>>(), ["colour"]);
}

/// A count that is none does not hide what became of the transactions.
#[test]
fn findings_list_malformed_counts_and_formats() {
    for (name, value, problem) in [
        ("item_count", "one", "must be 1 to 18 digits"),
        ("item_succ", "1.0", "must be 1 to 18 digits"),
        ("item_fail", "-1", "must be 1 to 18 digits"),
        ("attached_type", "on+hold", "must be 1 to 32 letters, digits, _, - and ."),
        ("attachment_type", "on+hold", "must be 1 to 32 letters, digits, _, - and ."),
    ] {
        let right =
            [("item_count", "1"), ("item_succ", "1"), ("item_fail", "0"), ("attached_type", "onhold_v0")];
        let place = name.replace("attachment", "attached");
        let others = right.iter().filter(|(other, _)| *other != place);
        let others: String = others.map(|(name, value)| format!("&{name}={value}")).collect();
        let form = format!("result=release_report&batch_id=7&batch_status=complete{others}&{name}={value}");
        let report = report(B, two_parts(&form, CSV, "A1,batchrel_ok"));
        assert!(report.rows().next().unwrap().unwrap().result().is_released(), "{name}");
        assert_eq!(findings(&report), [format!("{place} {problem}")], "{name}");
    }
}

#[test]
fn rows_reports_unreadable_rows_and_goes_on() {
    let form = "result=release_report&batch_id=7&batch_status=complete&item_count=2&item_succ=9&item_fail=1";
    let rows = "A1,batchrel_ok\r\nB2,batchrel_lost\r\n\r\nC 3,batchrel_ok\r\nD4 batchrel_ok";
    let report = report(B, two_parts(form, CSV, rows));
    let rows: Vec<_> = report.rows().collect();
    assert!(rows[0].unwrap().result().is_released());
    assert_eq!(rows[1].unwrap().result().as_str(), "batchrel_lost");
    assert!(!rows[1].unwrap().result().is_released());
    assert_eq!(rows[2].unwrap_err().kind, RowErrorKind::Reference);
    assert_eq!(rows[3].unwrap_err().kind, RowErrorKind::NoComma);
    assert_eq!(
        findings(&report),
        [
            "attachment has empty lines: 1",
            "attached_type is missing from a complete report",
            "item_count is 2, which item_succ 9 and item_fail 1 do not add up to",
            "item_count is 2, but 4 rows are listed",
            "item_succ is 9, but 1 rows are released",
            "attachment has unreadable rows: 2, the first is row 4, byte 36 of the attachment: the reference is not a \
             transaction id",
            "attachment has rows with an unlisted result: 1",
        ]
    );
    for finding in report.findings() {
        assert_eq!(finding.to_string(), format!("{} {}", finding.at(), finding.problem()));
    }
}

const COMPLETE: &str = "result=release_report&batch_id=7&batch_status=complete&attached_type=onhold_v0";

#[test]
fn rows_reads_what_spreadsheets_write() {
    let form = format!("{COMPLETE}&item_count=4&item_succ=3&item_fail=1");
    let rows = "\u{feff}Reference;Result\r\nA1;batchrel_ok\r\n\"B2\";\"batchrel_ok\";;\r\nC3\tbatchrel_expired\r\n\
                D4,batchrel_ok,\r\n;;\r\n\r\n";
    let report = report(B, two_parts(&form, CSV, rows));
    let rows: Vec<_> = report.rows().map(|row| row.unwrap()).collect();
    let shown: Vec<_> = rows.iter().map(|row| format!("{} {}", row.reference(), row.result())).collect();
    assert_eq!(shown, ["A1 batchrel_ok", "B2 batchrel_ok", "C3 batchrel_expired", "D4 batchrel_ok"]);
    assert_eq!(
        findings(&report),
        [
            "attachment begins with a byte order mark",
            "attachment begins with a header row",
            "attachment has empty lines: 2",
            "attachment has rows that are written otherwise: 4, the first is row 2",
        ]
    );
}

/// RA-138 has one result for each reference. Rows that disagree say nothing of their transaction.
#[test]
fn rows_that_contradict_each_other_have_no_result() {
    let form = format!("{COMPLETE}&item_count=4&item_succ=2&item_fail=1");
    let rows =
        "B2,batchrel_ok\r\nA1,batchrel_ok\r\nC3,batchrel_ok\r\nB2,batchrel_expired\r\n\"A1\";batchrel_ok";
    let report = report(B, two_parts(&form, CSV, rows));
    let rows: Vec<_> = report.rows().collect();
    let contradicted = rows.iter().filter_map(|row| row.err()).map(|error| (error.line, error.kind));
    let kind = RowErrorKind::Contradicted;
    assert_eq!(contradicted.collect::<Vec<_>>(), [(1, kind), (4, kind)]);
    let released: Vec<_> = rows.iter().flatten().map(|row| row.reference().to_string()).collect();
    assert_eq!(released, ["A1", "C3"], "an equal row counts once");
    assert_eq!(
        findings(&report),
        [
            "attachment has rows that are written otherwise: 1, the first is row 5",
            "item_count is 4, which item_succ 2 and item_fail 1 do not add up to",
            "item_fail is 1, but 0 rows are not released",
            "attachment has unreadable rows: 2, the first is row 1, byte 0 of the attachment: another row of the \
             transaction has another result",
            "attachment has rows that repeat an earlier one: 1",
        ]
    );
}

#[test]
fn findings_list_missing_and_early_parts_of_reports() {
    let complete = report(FORM, "result=release_report&batch_id=7&batch_status=complete&item_count=1");
    assert_eq!(
        complete.findings(),
        [
            BatchFinding::Missing(BatchParameter::ItemSucc),
            BatchFinding::Missing(BatchParameter::ItemFail),
            BatchFinding::Missing(BatchParameter::AttachedType),
            BatchFinding::NoAttachment,
        ]
    );
    for status in [BatchStatus::Pending, BatchStatus::Processing] {
        let form = format!("result=release_report&batch_id=7&batch_status={status}");
        assert_eq!(report(FORM, form.clone()).findings(), []);
        let early = report(B, two_parts(&form, CSV, "A1,batchrel_ok"));
        assert_eq!(early.findings(), [BatchFinding::EarlyAttachment(status)]);
    }
}

#[test]
fn encode_refuses_boundary_in_rows() {
    let form = "result=release_report&batch_id=7&batch_status=complete";
    let rows = "A1,batchrel_ok\r\n--_partBoundary_--\r\nB2,batchrel_ok";
    let reply = BatchResponse::decode(B, two_parts(form, CSV, rows)).unwrap();
    let error = reply.encode(&Boundary::default()).unwrap_err();
    assert_eq!(error.to_string(), "boundary must not occur in the data");
    let other = reply.encode(&"other".parse().unwrap()).unwrap();
    assert_eq!(BatchResponse::decode(other.content_type(), other.as_bytes().clone()), Ok(reply));
}

#[test]
fn debug_of_rows_masks_card_numbers() {
    const NUMBER: &str = "4000000000000002";
    let headers = "Content-Type: text/csv";
    for row in [format!("{NUMBER},batchrel_ok"), format!("01S00001724,{NUMBER}")] {
        let form = "result=release_report&batch_id=26&batch_status=complete";
        let report = report(B, two_parts(form, headers, &row));
        let rows: Vec<_> = report.rows().collect();
        assert!(rows[0].is_ok(), "{rows:?}");
        let shown = format!("{rows:?} {rows:#?} {report:?} {:?}", report.findings());
        assert!(!shown.contains(NUMBER), "{shown}");
    }
    let word = "result=release_report&batch_id=26&batch_status=pending&attached_type=4000000000000002";
    let report = report(FORM, word);
    let findings = report.findings();
    let shown = format!("{report:?} {findings:?} {}", findings[0]);
    assert!(!shown.contains(NUMBER), "{shown}");
}
