//! Bodies whose parts are broken, cut or too large.

use cashflows_codec::remote_auth::Limits;
use cashflows_codec::remote_auth::batch::{
    BatchDecodeError, BatchFinding, BatchPlace, BatchRefusal, BatchRequest, BatchResponse, BatchStatus,
    FramingError, PartsError, Report,
};

use super::common::*;

/// What to replace by what. `B` stands for the boundary, `\n` for CRLF, `|` for a bare LF.
type Edit = (&'static str, &'static str);

fn edit(body: &[u8], boundary: &str, (from, to): Edit) -> String {
    let wire = |text: &str| text.replace('\n', "\r\n").replace('|', "\n").replace('B', boundary);
    let body = String::from_utf8(body.to_vec()).unwrap();
    let edited = body.replace(&wire(from), &wire(to));
    assert_ne!(edited, body, "{from:?} is in the body");
    edited
}

#[test]
fn decode_names_each_fault_of_the_parts() {
    use FramingError::{BareLineFeed, Headers, NoDelimiter, StrayDelimiter, Unclosed};
    use PartsError::{AttachmentType, NoForm, TooMany};
    let edits: &[(Edit, BatchDecodeError)] = &[
        (("--B", "--other"), NoDelimiter.into()),
        (("\n", "|"), BareLineFeed.into()),
        (("--B\nContent-Type: text", "--B|Content-Type: text"), BareLineFeed.into()),
        (("text/csv\n", "text/csv|"), BareLineFeed.into()),
        (("\n--B--\n", ""), Unclosed.into()),
        (("--B--", "--B-"), Unclosed.into()),
        (("--B--", "\t--B--"), Unclosed.into()),
        (("\n--B\n", "|--B\n"), StrayDelimiter.into()),
        (("\n--B\n", "\n  --B\n"), StrayDelimiter.into()),
        (("\n--B\n", "\n\t--B\n"), StrayDelimiter.into()),
        (("--B\nContent-Type: a", " --B\nContent-Type: a"), StrayDelimiter.into()),
        (("application/x-www-form-urlencoded", "text/csv"), NoForm.into()),
        (("application/x-www-form-urlencoded", "form"), NoForm.into()),
        (("Content-Type: application", "X: application"), NoForm.into()),
        (("--B\nContent-Type: a", "--B--\nContent-Type: a"), NoForm.into()),
        (("Content-Type: text", "X-Type: text"), AttachmentType.into()),
        (("text/csv", "text"), AttachmentType.into()),
        (("\n--B--", "\n--B\nContent-Type: text/csv\n\nx\n--B--"), TooMany.into()),
        (("Content-Type: text/csv", "Content Type text/csv"), Headers.into()),
        (("urlencoded\n\n", "urlencoded\n"), Headers.into()),
        (
            (
                "\nContent-Type: text",
                "\na:\nb:\nc:\nd:\ne:\nf:\ng:\nh:\ni:\nj:\nk:\nl:\nm:\nn:\no:\np:\nq:\nr:\ns:\nt:\nu:\nv:\nw:\n\
                 x:\ny:\nz:\naa:\nab:\nac:\nad:\nae:\naf:\nContent-Type: text",
            ),
            Headers.into(),
        ),
    ];
    for (change, error) in edits {
        let request =
            BatchRequest::decode(PARTS, edit(SUBMIT, "_partBoundary_", *change).as_bytes()).unwrap_err();
        assert_eq!(request, *error, "request, {change:?}");
        assert_eq!(request.refusal(), BatchRefusal::InvalidRequest);
        let reply = BatchResponse::decode(REPORT_PARTS, edit(COMPLETE, "remote_batch-4C4106B0", *change));
        match reply {
            // What the gateway sends is read with bare line feeds, and with the end of the page's sample.
            Ok(_) => assert!(change.1.contains('|') || change.1 == "--B-", "{change:?}"),
            Err(reply) => assert_eq!(reply, *error, "reply, {change:?}"),
        }
    }
}

/// The end of the page's own sample has one hyphen (RA-145), and no page says how the lines of a response end.
#[test]
fn decode_reads_reports_with_bare_line_feeds_and_short_end() {
    let documented = BatchResponse::decode(REPORT_PARTS, COMPLETE).unwrap();
    let body = String::from_utf8(COMPLETE.to_vec()).unwrap();
    let (line_ends, short_end) = (BatchFinding::LineEnds, BatchFinding::ClosingDelimiter);
    let mark = |place| BatchFinding::ByteOrderMark(place);
    for (body, first) in [
        (body.replace("\r\n", "\n"), vec![line_ends.clone()]),
        (body.replace("B0--", "B0-"), vec![short_end.clone()]),
        (body.replace("B0--\r\n", "B0-"), vec![short_end.clone()]),
        (body.replace("\r\n", "\n").replace("B0--", "B0-"), vec![line_ends, short_end]),
        (format!("\u{feff}{body}"), vec![mark(BatchPlace::Body)]),
        (body.replace("result=", "\u{feff}result="), vec![mark(BatchPlace::Form)]),
        (body.replace("01S00001724,", "\u{feff}01S00001724,"), vec![mark(BatchPlace::Attachment)]),
        (body.replace("01S00001724,", "reference,result\r\n01S00001724,"), vec![BatchFinding::HeaderRow]),
        (
            body.replace("01S00001724,", "\u{feff}Reference,Result\r\n01S00001724,"),
            vec![mark(BatchPlace::Attachment), BatchFinding::HeaderRow],
        ),
    ] {
        let Ok(BatchResponse::Report(found)) = BatchResponse::decode(REPORT_PARTS, body.clone()) else {
            panic!("{body}")
        };
        let BatchResponse::Report(expected) = &documented else { panic!("a report") };
        let rows = |report: &Report| report.rows().map(Result::unwrap).collect::<Vec<_>>();
        assert_eq!(rows(&found), rows(expected), "{body}");
        assert_eq!((found.item_count(), found.status()), (expected.item_count(), expected.status()));
        let findings = found.findings();
        assert_eq!(findings, [first, expected.findings()].concat(), "{body}");
    }
}

/// A sender of requests is held to the line ends of the page, whose length proves them (RA-132); what a
/// spreadsheet writes into its file is read.
#[test]
fn decode_reads_uploads_with_mark_header_and_empty_lines() {
    let body = String::from_utf8(SUBMIT.to_vec()).unwrap();
    let mark = |place| BatchFinding::ByteOrderMark(place);
    for (body, findings) in [
        (body.clone(), vec![]),
        (format!("\u{feff}{body}"), vec![]),
        (body.replace("profile_id", "\u{feff}profile_id"), vec![]),
        (body.replacen("01S00001724", "\u{feff}01S00001724", 1), vec![mark(BatchPlace::Attachment)]),
        (body.replacen("01S00001724", "reference\r\n01S00001724", 1), vec![BatchFinding::HeaderRow]),
        (
            body.replacen("01S00001724", "\u{feff}REFERENCE\r\n01S00001724", 1),
            vec![mark(BatchPlace::Attachment), BatchFinding::HeaderRow],
        ),
        (body.replace("releaseRefs.csv", "RELEASE.CSV"), vec![]),
        (body.replacen("01S00001724", "\r\n01S00001724\r\n", 1), vec![BatchFinding::EmptyLines(2)]),
    ] {
        let (_, request) = BatchRequest::decode(PARTS, body.as_bytes()).unwrap();
        let BatchRequest::Submit(submission) = request else { panic!("{body}") };
        assert_eq!(submission.references(), documented_submission().references(), "{body}");
        let of_the_rows =
            submission.findings().into_iter().filter(|found| found.at() == BatchPlace::Attachment);
        assert_eq!(of_the_rows.collect::<Vec<_>>(), findings, "{body}");
    }
}

#[test]
fn decode_of_other_bytes_finds_no_delimiter() {
    for body in ["", "\r\n", "result=invalid_request", "<html>503</html>"] {
        let error = BatchDecodeError::Framing(FramingError::NoDelimiter);
        assert_eq!(BatchRequest::decode(B, body.as_bytes()), Err(error.clone()), "{body}");
        assert_eq!(BatchResponse::decode(B, body), Err(error), "{body}");
    }
}

#[test]
fn decode_refuses_ten_thousand_parts() {
    let part = format!("--b\r\nContent-Type: {FORM}\r\n\r\nresult=x\r\n");
    let csv = "--b\r\nContent-Type: text/csv\r\n\r\nA1,x\r\n".repeat(10_000);
    let error = BatchResponse::decode(B, format!("{part}{csv}--b--\r\n")).unwrap_err();
    assert_eq!(error, PartsError::TooMany.into());
    let error = BatchResponse::decode(B, format!("{}--b--\r\n", part.repeat(10_000))).unwrap_err();
    assert_eq!(error, PartsError::AttachmentType.into());
}

#[test]
fn decode_of_every_truncation_fails_or_is_whole() {
    for (content_type, body) in [(PARTS, SUBMIT), (PARTS, QUERY), (REPORT_PARTS, COMPLETE)] {
        for end in 0..=body.len() {
            // Only the line end after the closing delimiter can be spared, and a hyphen of a response's.
            let whole = end >= body.len() - 2;
            let cut = &body[..end];
            let is_read = end >= body.len() - 3 && body == COMPLETE;
            assert_eq!(BatchResponse::decode(content_type, cut).is_ok(), is_read, "{end}");
            assert_eq!(BatchRequest::decode(content_type, cut).is_ok(), whole && body != COMPLETE, "{end}");
        }
    }
}

#[test]
fn decode_of_truncated_form_gives_no_other_listed_word() {
    for body in [REFUSED, PENDING] {
        for end in 0..body.len() {
            match BatchResponse::decode(FORM, &body[..end]) {
                Ok(BatchResponse::Refused(refusal)) => panic!("{refusal} of {end} bytes"),
                Ok(BatchResponse::Report(report)) => {
                    assert!(!BatchStatus::ALL.contains(&report.status()), "{end}")
                }
                _ => {}
            }
        }
    }
}

#[test]
fn decode_checks_size_before_reading() {
    let huge = bytes::Bytes::from(vec![b'-'; 100_000_000]);
    let error = BatchResponse::decode(REPORT_PARTS, huge.clone()).unwrap_err();
    assert_eq!(error.to_string(), "more than 16777216 bytes in the body");
    let error = BatchRequest::decode(PARTS, &huge).unwrap_err();
    assert_eq!(error.to_string(), "more than 65536 bytes in the body");
    assert_eq!(error.refusal(), BatchRefusal::RequestTooBig);
}

#[test]
fn limits_can_be_set() {
    let exact = Limits {
        batch_response_bytes: COMPLETE.len(),
        batch_request_bytes: QUERY.len(),
        ..Limits::default()
    };
    let short = Limits {
        batch_response_bytes: COMPLETE.len() - 1,
        batch_request_bytes: QUERY.len() - 1,
        ..Limits::default()
    };
    for (limits, fits) in [(exact, true), (short, false)] {
        assert_eq!(BatchResponse::decode_with(REPORT_PARTS, COMPLETE, &limits).is_ok(), fits);
        assert_eq!(BatchRequest::decode_with(PARTS, QUERY, &limits).is_ok(), fits);
    }
    for (parameters, fits) in [(7, true), (6, false)] {
        let limits = Limits { batch_parameters: parameters, ..Limits::default() };
        assert_eq!(BatchResponse::decode_with(REPORT_PARTS, COMPLETE, &limits).is_ok(), fits);
    }
}
