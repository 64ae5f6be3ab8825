//! The page's tables of errors and warnings (section 7): words, sentences, and how one finds the other.

use cashflows_codec::gateway::CallOutcome;
use cashflows_codec::gateway::call::*;
use std::collections::HashSet;

use cashflows_codec::gateway::response::{ErrorWord, ReportCode, ReportEntry, WarningWord};
use cashflows_codec::value::Unlisted;

/// The vendor's statements, which have a sentence in the last column but one.
const STATEMENTS: &str = include_str!("../../../docs/protocol/statements-gateway.csv");

fn statement(number: usize) -> &'static str {
    let start = format!("GW-{number},");
    STATEMENTS.lines().find(|line| line.starts_with(&start)).unwrap()
}

/// The words of the page's table: all but the one that is seen elsewhere.
fn table() -> impl Iterator<Item = &'static ErrorWord> {
    ErrorWord::ALL.iter().filter(|word| **word != ErrorWord::RecordNotFound)
}

#[test]
fn the_table_of_errors_has_the_rows_of_the_page() {
    assert_eq!(table().count(), 30);
    for (word, number) in table().zip(291..) {
        let sentence = word.message().unwrap();
        assert!(statement(number).contains(&format!(",{sentence},")), "GW-{number} {word} {sentence}");
    }
    let sentences: HashSet<_> = table().map(ErrorWord::message).collect();
    assert_eq!(sentences.len(), 29);
    assert_eq!(ErrorWord::RecordNotFound.message(), None);
    assert_eq!(ErrorWord::Unlisted(Unlisted::<ErrorWord>::try_from("x").unwrap()).message(), None);
}

#[test]
fn the_table_of_warnings_has_the_rows_of_the_pages() {
    assert_eq!(WarningWord::ALL.len(), 3);
    for (word, number) in WarningWord::ALL.iter().zip([321, 322, 329]) {
        let sentence = word.message().unwrap();
        assert!(statement(number).contains(sentence.trim_end_matches('.')), "GW-{number} {word} {sentence}");
        assert_eq!(WarningWord::from_sentence(sentence), Some(word));
        assert_eq!(ReportEntry::new("X").with_message(sentence).warning().as_ref(), Some(word));
    }
    let stopped = "The maximum number of stored tokens for a customer has been reached";
    assert_eq!(WarningWord::from_sentence(stopped), Some(&WarningWord::MaximumNumberOfTokensReached));
    assert_eq!(WarningWord::from_sentence("Too many attempts."), None);
    assert_eq!(WarningWord::from("x").message(), None);
}

#[test]
fn a_sentence_gives_its_words() {
    for word in table() {
        let sentence = word.message().unwrap();
        let words: Vec<_> = ErrorWord::from_sentence(sentence).collect();
        assert!(words.contains(&word), "{word}");
        let is_of_two = sentence.starts_with("3DSecure Authentication Unavailable");
        assert_eq!(words.len(), if is_of_two { 2 } else { 1 }, "{word}");
        for other in [
            sentence.to_ascii_uppercase(),
            format!("  {sentence}\n"),
            sentence.trim_end_matches('.').to_owned(),
        ] {
            assert_eq!(ErrorWord::from_sentence(&other).collect::<Vec<_>>(), words, "{other}");
        }
        let by_sentence = ReportEntry::new("Lost").with_message(sentence).error();
        assert_eq!(by_sentence.as_ref(), (!is_of_two).then_some(word), "{word}");
    }
    for other in ["", ".", "Payment", "Payment has been refused. Not.", "Too many attempts..", "Oops."] {
        assert_eq!(ErrorWord::from_sentence(other).count(), 0, "{other:?}");
    }
}

#[test]
fn an_entry_of_a_word_has_code_and_sentence() {
    for word in table() {
        let entry = ReportEntry::new(word.clone());
        assert_eq!(entry.code, Some(ReportCode::from(word.clone())));
        assert_eq!(entry.message.as_deref(), word.message());
        assert_eq!(entry.error().as_ref(), Some(word));
    }
    for word in WarningWord::ALL {
        let entry = ReportEntry::new(word.clone());
        assert_eq!((entry.message.as_deref(), entry.warning().as_ref()), (word.message(), Some(word)));
        assert_eq!(entry.error(), None);
    }
    let numbered = ReportEntry::new("PaymentAlreadyFullyRefunded_2");
    assert_eq!(numbered.message.as_deref(), ErrorWord::PaymentAlreadyFullyRefunded.message());
    assert_eq!(ReportEntry::new(ErrorWord::RecordNotFound).message, None);
    assert_eq!(ReportEntry::new("Oops").message, None);
    assert_eq!((ReportEntry::new("Oops").error(), ReportEntry::new("Oops").warning()), (None, None));
}

#[test]
fn the_code_counts_before_the_sentence() {
    let entry = ReportEntry::new(ErrorWord::InvalidRefundStatus).with_message("Too many attempts.");
    assert_eq!(entry.error(), Some(ErrorWord::InvalidRefundStatus));
    let body = br#"{"errorReport":{"errors":[{"message":"Too many attempts"}]}}"#;
    let error = RetrieveJob::decode(400, body).unwrap_err();
    let words: Vec<_> = error.report().unwrap().errors.iter().map(ReportEntry::error).collect();
    assert_eq!(words, [Some(ErrorWord::TooManyAttempts)]);
    let neither = br#"{"errorReport":{"errors":[{}]}}"#;
    let error = RefundPayment::decode(400, neither).unwrap_err();
    assert_eq!(error.report().unwrap().errors[0].error(), None);
}

#[test]
fn decode_reads_a_problem_document_with_names_in_another_case() {
    let body = br#"{"Title": "x", "Status": 400, "Errors": {"Currency": ["The field is required."]}}"#;
    let error = CreateJob::decode(400, body).unwrap_err();
    assert_eq!(error.to_string(), r#"status 400: the gateway refuses "Currency""#);
    assert_eq!(error.outcome(), CallOutcome::NotDone);
}
