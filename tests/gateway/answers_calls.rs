//! What becomes of a call, by its answer.

use cashflows_codec::gateway::answer::*;
use cashflows_codec::gateway::{CallOutcome, NextStep, Operation};

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
    let answer: Answer<Refund> = Answer::decode(201, body).unwrap();
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
    let communication = r#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus","message":"Error while communicating."}]}}"#;
    let translated =
        r#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus","translatedMessage":"COMMUNICATION"}]}}"#;
    let malformed = r#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus","message":["?"]}]}}"#;
    let no_list = r#"{"errorReport":{"errors":"InvalidPaymentStatus"}}"#;
    let with_data = r#"{"data":{"reference":"1","status":"Paid"},"errorReport":{"errors":[{"code":"InvalidPaymentStatus"}]}}"#;
    let empty = r#"{"errorReport":{"errors":[]}}"#;
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
        (400, communication, Unknown, Unknown),
        (400, translated, Unknown, Unknown),
        (400, malformed, Unknown, Unknown),
        (400, no_list, Unknown, Unknown),
        (400, with_data, Unknown, Unknown),
        (400, empty, Unknown, Unknown),
        (400, "{}", Unknown, Unknown),
        (400, r#"{"errorReport":null}"#, Unknown, Unknown),
        (400, r#"{"errorReport":"InvalidPaymentStatus"}"#, Unknown, Unknown),
        (400, r#"{"errorReport":{"errors":["InvalidPaymentStatus"]}}"#, Unknown, Unknown),
        (401, "", Unknown, Unknown),
    ] {
        let decoded = Answer::<Payment>::decode(status, body.as_bytes());
        assert_eq!(CallOutcome::of(&decoded, Operation::Refund), of_refund, "{status} {body}");
        let error = decoded.unwrap_err();
        assert_eq!(error.status(), status);
        assert_eq!(error.outcome(Operation::Refund), of_refund, "{status} {body}");
        assert_eq!(error.outcome(Operation::RetrievePayment), of_retrieval, "{status} {body}");
    }
}

#[test]
fn the_next_step_is_never_to_ask_again_for_what_moves_money() {
    let unknown = Answer::<Job>::decode(500, b"").unwrap_err();
    for &operation in Operation::ALL {
        let step = unknown.next_step(operation);
        assert_eq!(step, NextStep::after_unknown(operation));
        if operation.moves_money() {
            assert_ne!(step, NextStep::Nothing, "{operation}");
        }
    }
    let refused = |status| {
        let body = br#"{"errorReport":{"errors":[{"code":"RecordNotFound"}]}}"#;
        Answer::<Job>::decode(status, body).unwrap_err().next_step(Operation::Refund)
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
    assert_eq!(format!("{encoded:?}"), "EncodedAnswer { status: 400, body: *** }");
    let body = encoded.into_bytes();
    assert_eq!(
        core::str::from_utf8(&body).unwrap(),
        r#"{"errorReport":{"errors":[{"code":"PaymentAlreadyFullyRefunded","message":"Already."}],"warnings":[{"code":"MaximunNumberOfTokensReached"}]}}"#
    );
    assert_eq!((refusal.status(), refusal.report().errors.len()), (400, 1));
    let error = Answer::<Refund>::decode(400, &body).unwrap_err();
    assert_eq!((error.status(), error.report()), (400, Some(refusal.report())));
    assert_eq!(error, AnswerError::Refused(refusal));
    let unreadable = Answer::<Refund>::decode(502, b"<html>").unwrap_err();
    assert_eq!((unreadable.status(), unreadable.report()), (502, None));
}

#[test]
fn a_report_tells_its_language_and_whether_it_is_fatal() {
    let body = br#"{"errorReport":{"errors":[],"language":"en","isFatalError":true,"more":1}}"#;
    let error = Answer::<Refund>::decode(400, body).unwrap_err();
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
