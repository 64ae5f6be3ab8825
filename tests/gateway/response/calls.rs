//! What becomes of a call, by its answer.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::response::*;
use cashflows_codec::gateway::{
    CallOutcome, CaptureMeaning, NextStep, Operation, PaymentStatus, RefundMeaning,
};

/// The errors of all calls with a body, for one response.
fn errors(status: u16, body: &[u8]) -> [ResponseError; 9] {
    [
        CreateJob::decode(status, body).unwrap_err(),
        RetrieveJob::decode(status, body).unwrap_err(),
        RetrievePayment::decode(status, body).unwrap_err(),
        CancelPayment::decode(status, body).unwrap_err(),
        CancelJob::decode(status, body).unwrap_err(),
        RefundPayment::decode(status, body).unwrap_err(),
        CapturePayment::decode(status, body).unwrap_err(),
        TokeniseCard::decode(status, body).unwrap_err(),
        ListPaymentMethods::decode(status, body).unwrap_err(),
    ]
}

#[test]
fn decode_knows_the_operation_of_each_call() {
    let known = errors(500, b"").map(|error| error.operation);
    let with_a_body = Operation::ALL.iter().filter(|operation| **operation != Operation::FindOrder);
    assert!(known.iter().eq(with_a_body));
}

#[test]
fn a_report_stands_beside_a_success() {
    let body = br#"{
        "data": {"reference": "1", "status": "Completed"},
        "errorReport": {
            "errors": null,
            "warnings": [{"code": "UnexpectedPaymentStatus_3", "message": "Payment has an unexpected status.",
                "parameters": ["4000000000000002"]}, {"code": 17}],
            "language": "en", "isFatalError": false
        }
    }"#;
    let answer = RefundPayment::decode(201, body).unwrap();
    let [warning, numbered] = answer.warnings() else { panic!("two warnings") };
    assert_eq!(warning.code.as_ref().unwrap().warning(), WarningWord::UnexpectedPaymentStatus);
    assert_eq!(numbered.code.as_ref().unwrap().as_str(), "17");
    assert_eq!(warning.unlisted().secret_json("parameters"), Some(r#"["4000000000000002"]"#));
    assert_eq!(answer.report().unwrap().is_fatal_error, Some(false));
    assert!(!format!("{answer:?}").contains("4000000000000002"));
}

/// A refund that moves money, and a retrieval that does not.
#[test]
fn what_becomes_of_a_call() {
    use CallOutcome::{NotDone, Unknown};
    let listed = r#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus_1"}]}}"#;
    let unlisted = r#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus"},{"code":"Oops"}]}}"#;
    let no_code = r#"{"errorReport":{"errors":[{"message":"Invalid token."}]}}"#;
    let warning = r#"{"errorReport":{"errors":[{"code":"UnexpectedPaymentStatus"}]}}"#;
    let warnings = r#"{"errorReport":{"errors":[],"warnings":[{"code":"InvalidPaymentStatus"}]}}"#;
    let parameters = r#"{"errorReport":{"errors":[{"code":"Oops","parameters":["InvalidPaymentStatus"]}]}}"#;
    let communication = r#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus","message":"Error while communicating."}]}}"#;
    let lost = r#"{"errorReport":{"errors":[{"code":"Lost","message":"Error while communicating."}]}}"#;
    let translated =
        r#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus","translatedMessage":"COMMUNICATION"}]}}"#;
    let malformed = r#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus","message":["?"]}]}}"#;
    let no_list = r#"{"errorReport":{"errors":"InvalidPaymentStatus"}}"#;
    let with_data = r#"{"data":{"reference":"1","status":"Paid"},"errorReport":{"errors":[{"code":"InvalidPaymentStatus"}]}}"#;
    let data_null = r#"{"data":null,"errorReport":{"errors":[{"code":"InvalidPaymentStatus"}]}}"#;
    let data_alone = r#"{"data":{"reference":"1","status":"Paid"}}"#;
    let empty = r#"{"errorReport":{"errors":[]}}"#;
    let validation = r#"{"errorReport":{"errors":[{"code":"InvalidRequest","message":"amountToRefund is missing"},{"code":"InvalidRequest_2"}]}}"#;
    let mixed = r#"{"errorReport":{"errors":[{"code":"InvalidRequest"},{"message":"Too many attempts."},{"code":"Oops"}]}}"#;
    let sentences = r#"{"errorReport":{"errors":[{"code":"InvalidRequest"},{"message":"too many attempts"},{"code":"Lost","message":"3DSecure Authentication Unavailable - Payment cannot proceed."}]}}"#;
    let problem = r#"{"type":"https://tools.ietf.org/html/rfc7231#section-6.5.1","title":"One or more validation errors occurred.","status":400,"traceId":"00-1","errors":{"AmountToRefund":["The field is required."]}}"#;
    let problem_data = r#"{"data":{"reference":"1","status":"Paid"},"errors":{"AmountToRefund":["x"]}}"#;
    let problem_communicating = r#"{"title":"Error while communicating.","errors":{"AmountToRefund":["x"]}}"#;
    let problem_empty = r#"{"title":"One or more validation errors occurred.","errors":{}}"#;
    let problem_list = r#"{"title":"One or more validation errors occurred.","errors":["x"]}"#;
    let cut_short = r#"{"data":{"reference":"1""#;
    for (status, body, of_refund, of_retrieval) in [
        (400, listed, NotDone, NotDone),
        (401, listed, NotDone, NotDone),
        (403, listed, NotDone, NotDone),
        (404, listed, NotDone, NotDone),
        (402, listed, Unknown, Unknown),
        (405, listed, Unknown, Unknown),
        (406, listed, Unknown, Unknown),
        (409, listed, Unknown, Unknown),
        (500, listed, Unknown, Unknown),
        (503, listed, Unknown, Unknown),
        (201, listed, Unknown, Unknown),
        (302, listed, Unknown, Unknown),
        (0, listed, Unknown, Unknown),
        (400, unlisted, Unknown, NotDone),
        (400, no_code, Unknown, NotDone),
        (400, warning, Unknown, NotDone),
        (400, warnings, Unknown, Unknown),
        (400, parameters, Unknown, NotDone),
        (400, communication, Unknown, Unknown),
        (400, lost, Unknown, Unknown),
        (400, translated, Unknown, Unknown),
        (400, malformed, Unknown, Unknown),
        (400, no_list, Unknown, Unknown),
        (400, with_data, Unknown, Unknown),
        (400, data_null, NotDone, NotDone),
        (400, data_alone, Unknown, Unknown),
        (400, empty, Unknown, Unknown),
        (400, validation, NotDone, NotDone),
        (400, mixed, Unknown, NotDone),
        (400, sentences, NotDone, NotDone),
        (404, sentences, NotDone, NotDone),
        (500, sentences, Unknown, Unknown),
        (400, problem, NotDone, NotDone),
        (404, problem, Unknown, Unknown),
        (406, problem, Unknown, Unknown),
        (500, problem, Unknown, Unknown),
        (201, problem, Unknown, Unknown),
        (400, problem_data, Unknown, Unknown),
        (400, problem_communicating, Unknown, Unknown),
        (400, problem_empty, Unknown, Unknown),
        (400, problem_list, Unknown, Unknown),
        (400, "", Unknown, Unknown),
        (400, "{}", Unknown, Unknown),
        (400, r#"{"errorReport":null}"#, Unknown, Unknown),
        (400, r#"{"errorReport":"InvalidPaymentStatus"}"#, Unknown, Unknown),
        (400, r#"{"errorReport":{"errors":["InvalidPaymentStatus"]}}"#, Unknown, Unknown),
        (404, "<html>Not Found</html>", Unknown, Unknown),
        (401, with_data, Unknown, Unknown),
        (403, data_alone, Unknown, Unknown),
        (401, cut_short, Unknown, Unknown),
        (401, r#"{"data":{"reference":"1"},"errorReport":"x"}"#, Unknown, Unknown),
        (401, r#"{"Data":{"reference":"1"},"errorReport":{"errors":[{"code":"x"}]}}"#, Unknown, Unknown),
        (401, r#"{"Data":null,"errorReport":{"errors":[{"code":"x"}]}}"#, NotDone, NotDone),
        (401, r#"{"data":{"reference":"1"},"data":null}"#, Unknown, Unknown),
        (401, r#"{"errorReport":"x"}"#, NotDone, NotDone),
        // A job hides behind something, is inside of something, or has no envelope.
        (401, "\u{feff}\u{feff}{\"data\":{\"reference\":\"1\"}}", Unknown, Unknown),
        (403, "\0{\"data\":{}}", Unknown, Unknown),
        (403, "\u{a0}{\"data\":{}}", Unknown, Unknown),
        (403, "{\0\"\0d\0a\0t\0a\0\"\0:\0", Unknown, Unknown),
        (401, "<pre>{\"data\":{\"reference\":\"1\"}}</pre>", Unknown, Unknown),
        (401, "<pre>{&quot;Data&quot;:{}}</pre>", Unknown, Unknown),
        (401, "response={\"data\":{}}", Unknown, Unknown),
        (401, "response=%7B%22data%22%3A%7B%7D%7D", Unknown, Unknown),
        (401, r#"[{"data":{"reference":"1"}}]"#, Unknown, Unknown),
        (401, r#""{\"data\":{}}""#, Unknown, Unknown),
        (403, r#"{"Data":{"status":"Paid"}}"#, Unknown, Unknown),
        (403, r#"{"reference":"1","paymentStatus":"Paid","payments":[]}"#, Unknown, Unknown),
        (403, "\u{1f}\u{8}", Unknown, Unknown),
    ] {
        let decoded = RefundPayment::decode(status, body.as_bytes());
        assert_eq!(CallOutcome::of(&decoded), of_refund, "{status} {body}");
        let next = NextStep::of(&decoded);
        let error = decoded.unwrap_err();
        assert_eq!(error.status(), status);
        assert_eq!(error.outcome(), of_refund, "{status} {body}");
        assert_eq!(error.next_step(), next, "{status} {body}");
        let retrieval = RetrievePayment::decode(status, body.as_bytes()).unwrap_err();
        assert_eq!(retrieval.outcome(), of_retrieval, "{status} {body}");
        if of_refund == Unknown {
            assert_eq!(next, NextStep::LookForRefund, "{status} {body}");
        }
    }
}

/// A look would be signed with the same wrong key.
#[test]
fn without_access_nothing_is_done_whatever_the_body() {
    let codes = r#"{"errorReport":{"errors":[{"code":"InvalidSignature"}]}}"#;
    for body in [
        "",
        " ",
        "{}",
        "[]",
        "null",
        "7",
        codes,
        "Unauthorized",
        "Invalid token.",
        "{oops",
        "<html>Forbidden</html>",
        r#"{"errorReport":{"errors":[]}}"#,
        r#"{"errorReport":null}"#,
        r#"{"errorReport":"x"}"#,
        r#"{"errors":[{"message":"Invalid token."}]}"#,
        r#"{"message":"Invalid token."}"#,
        r#"{"errorReport":{"errors":[{"message":"Error while communicating."}]}}"#,
        r#"{"data":null}"#,
        r#"{"errorReport":{"errors":[{"message":"Payment job is already final."}]}}"#,
    ] {
        for status in [401, 403] {
            for error in errors(status, body.as_bytes()) {
                let operation = error.operation;
                assert_eq!(error.outcome(), CallOutcome::NotDone, "{status} {body} {operation}");
                assert_eq!(error.next_step(), NextStep::CheckAccess, "{status} {body} {operation}");
            }
        }
    }
}

/// All rows of the page's table but the one about communication, by word and by sentence.
#[test]
fn a_400_of_the_pages_table_is_not_done() {
    for word in ErrorWord::ALL {
        let by_word = ReportEntry::new(word.clone());
        let mut entries = vec![by_word.clone(), by_word.with_message("In other words.")];
        entries.extend(word.message().map(|sentence| ReportEntry::new("Lost").with_message(sentence)));
        for entry in entries {
            let refusal = Refusal::new(400, ErrorReport::new().with_error(entry.clone())).encode();
            let error = CreateJob::decode(400, &refusal.into_bytes()).unwrap_err();
            let expected = match word {
                ErrorWord::CommunicationError => CallOutcome::Unknown,
                _ => CallOutcome::NotDone,
            };
            assert_eq!(error.outcome(), expected, "{entry:?}");
        }
    }
}

/// *Not done* is of this call alone: an earlier one may have worked.
#[test]
fn an_error_that_may_follow_a_success_asks_for_a_look() {
    for (sentence, looks) in [
        ("The supplied order reference is not unique.", true),
        ("Payment has already been fully refunded.", true),
        ("The total capture amount exceeds original authorised amount.", true),
        ("The total refund amount exceeds original paid amount.", true),
        ("Payment has an invalid status.", true),
        ("Refund has an invalid status.", true),
        ("Capture has an invalid status.", true),
        ("Unable to refund this payment.", true),
        ("Payment job is already final.", true),
        ("Payment job can not be cancelled.", true),
        ("Payment has been refused.", false),
        ("Direct card payments are not allowed.", false),
        ("Too many attempts.", false),
    ] {
        let body = format!(
            r#"{{"errorReport":{{"errors":[{{"code":"InvalidRequest"}},{{"message":"{sentence}"}}]}}}}"#
        );
        for error in errors(400, body.as_bytes()) {
            assert_eq!(error.outcome(), CallOutcome::NotDone, "{sentence}");
            let step = if looks { NextStep::after_unknown(error.operation) } else { NextStep::Nothing };
            assert_eq!(error.next_step(), step, "{sentence} {}", error.operation);
        }
    }
}

#[test]
fn a_problem_document_names_what_is_refused() {
    let body = br#"{"title":"One or more validation errors occurred.","status":400,"errors":{"Order.OrderNumber":["4000000000000002 is too long"],"a 4000000000000002":[]}}"#;
    let error = RetrieveJob::decode(400, body).unwrap_err();
    assert_eq!(error.to_string(), r#"status 400: the gateway refuses "Order.OrderNumber", "a *""#);
    assert!(!format!("{error:?}").contains("4000000000000002"));
    let ResponseErrorKind::Refused(refusal) = &error.kind else { panic!("readable") };
    assert_eq!(refusal.refused_members().collect::<Vec<_>>(), ["Order.OrderNumber", "a 4000000000000002"]);
    assert_eq!((refusal.report(), refusal.unlisted().len()), (&ErrorReport::new(), 3));
    let written = refusal.encode().into_bytes();
    assert_eq!(written, &body[..]);
    let reported = Refusal::new(400, ErrorReport::new());
    assert_eq!(reported.refused_members().count(), 0);
}

/// What is in the data says if the call was done.
#[test]
fn a_call_is_done_if_its_data_says_so() {
    use CallOutcome::{Done, NotDone, Unknown};
    for (status, refunded, next) in [
        ("Completed", Done, NextStep::Nothing),
        ("Pending", Done, NextStep::Nothing),
        ("Failed", NotDone, NextStep::Nothing),
        ("Rejected", Unknown, NextStep::LookForRefund),
        ("completed", Unknown, NextStep::LookForRefund),
    ] {
        let body = format!(r#"{{"data":{{"reference":"1","status":"{status}"}}}}"#);
        let refund = RefundPayment::decode(201, body.as_bytes());
        assert_eq!(CallOutcome::of(&refund), refunded, "{status}");
        assert_eq!(NextStep::of(&refund), next, "{status}");
        let capture = CapturePayment::decode(201, body.as_bytes());
        assert_eq!(CallOutcome::of(&capture), refunded, "{status}");
        let meanings = (refund.unwrap().data().meaning(), capture.unwrap().data().meaning());
        let expected = match status {
            "Completed" => (RefundMeaning::Completed, CaptureMeaning::Completed),
            "Pending" => (RefundMeaning::Open, CaptureMeaning::Open),
            "Failed" => (RefundMeaning::Failed, CaptureMeaning::Failed),
            _ => (RefundMeaning::Unknown, CaptureMeaning::Unknown),
        };
        assert_eq!(meanings, expected, "{status}");
    }
    for status in PaymentStatus::ALL.iter().map(PaymentStatus::as_str).chain(["cancelled"]) {
        let payment = format!(r#"{{"data":{{"reference":"1","status":"{status}"}}}}"#);
        let job = format!(
            r#"{{"data":{{"reference":"1","paymentStatus":"{status}","payments":[{{"reference":"2","status":"Cancelled"}}]}}}}"#
        );
        let cancelled = if status == "Cancelled" { Done } else { Unknown };
        let cancel_payment = CancelPayment::decode(200, payment.as_bytes());
        let cancel_job = CancelJob::decode(200, job.as_bytes());
        assert_eq!(CallOutcome::of(&cancel_payment), cancelled, "{status}");
        assert_eq!(CallOutcome::of(&cancel_job), cancelled, "{status}");
        if cancelled == Unknown {
            assert_eq!(NextStep::of(&cancel_payment), NextStep::RetrievePayment);
            assert_eq!(NextStep::of(&cancel_job), NextStep::RetrieveJob);
        }
        assert_eq!(CallOutcome::of(&RetrievePayment::decode(200, payment.as_bytes())), Done, "{status}");
        assert_eq!(CallOutcome::of(&CreateJob::decode(201, job.as_bytes())), Done, "{status}");
    }
}

#[test]
fn the_next_step_is_never_to_ask_again_for_what_moves_money() {
    for unknown in errors(500, b"") {
        let (step, operation) = (unknown.next_step(), unknown.operation);
        assert_eq!(step, NextStep::after_unknown(operation));
        if operation.moves_money() {
            assert_ne!(step, NextStep::Nothing, "{operation}");
        }
    }
    let refused = |status| {
        let body = br#"{"errorReport":{"errors":[{"code":"RecordNotFound"}]}}"#;
        RefundPayment::decode(status, body).unwrap_err().next_step()
    };
    assert_eq!(refused(400), NextStep::Nothing);
    for status in [401, 403, 404] {
        assert_eq!(refused(status), NextStep::CheckAccess);
    }
}

#[test]
fn refusals_are_written_as_they_are_read() {
    let report = ErrorReport::new()
        .with_error(ReportEntry::new(ErrorWord::PaymentAlreadyFullyRefunded).with_message("Already."))
        .with_warning(ReportEntry::new(WarningWord::MaximumNumberOfTokensReached));
    let refusal = Refusal::new(400, report);
    let encoded = refusal.encode();
    assert_eq!(encoded.status(), 400);
    assert_eq!(format!("{encoded:?}"), "EncodedResponse { status: 400, body: *** }");
    let body = encoded.into_bytes();
    assert_eq!(
        core::str::from_utf8(&body).unwrap(),
        r#"{"errorReport":{"errors":[{"code":"PaymentAlreadyFullyRefunded","message":"Already."}],"warnings":[{"code":"MaximunNumberOfTokensReached","message":"The maximum number of stored tokens for a customer has been reached."}]}}"#
    );
    assert_eq!((refusal.status(), refusal.report().errors.len()), (400, 1));
    let error = RefundPayment::decode(400, &body).unwrap_err();
    assert_eq!((error.status(), error.report()), (400, Some(refusal.report())));
    assert_eq!(error.kind, ResponseErrorKind::Refused(refusal));
    let unreadable = RefundPayment::decode(502, b"<html>").unwrap_err();
    assert_eq!((unreadable.status(), unreadable.report()), (502, None));
}

#[test]
fn a_report_tells_its_language_and_whether_it_is_fatal() {
    let body = br#"{"errorReport":{"errors":[],"language":"en","isFatalError":true,"more":1}}"#;
    let error = RefundPayment::decode(400, body).unwrap_err();
    let report = error.report().unwrap();
    assert_eq!((report.language.as_deref(), report.is_fatal_error), (Some("en"), Some(true)));
    assert_eq!(report.unlisted().len(), 1);
}

#[test]
fn a_code_is_a_word_with_a_number_behind_perhaps() {
    for (code, is_listed) in [
        ("RecordNotFound", true),
        ("RecordNotFound_2", true),
        ("RecordNotFound_12", true),
        ("RecordNotFound_", false),
        ("RecordNotFound_x", false),
        ("RecordNotFound_2x", false),
        ("RecordNotFound_1_2", false),
        ("_2", false),
    ] {
        let code = ReportCode::from(code);
        assert_eq!(code.error() == ErrorWord::RecordNotFound, is_listed, "{code:?}");
        assert!(matches!(code.warning(), WarningWord::Unlisted(_)));
    }
    assert_eq!(ReportCode::from("UnexpectedPaymentStatus_1").warning(), WarningWord::UnexpectedPaymentStatus);
}
