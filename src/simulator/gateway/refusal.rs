//! Refusals of the gateway.

use crate::gateway::incoming::IncomingError;
use crate::gateway::response::{ErrorReport, ErrorWord, Refusal, ReportCode, ReportEntry};

fn refusal(status: u16, code: impl Into<ReportCode>, message: &str) -> Refusal {
    let entry = ReportEntry::new(code).with_message(message);
    Refusal::new(status, ErrorReport::new().with_error(entry))
}

/// 400, with a word that the gateway has, and the sentence of the page.
pub(super) fn word(word: ErrorWord) -> Refusal {
    Refusal::new(400, ErrorReport::new().with_error(ReportEntry::new(word)))
}

/// 400, with a word that nobody listed: the pages lost most of them, so this one is ours.
pub(super) fn unlisted(code: &str, message: &str) -> Refusal {
    refusal(400, code, message)
}

/// A refusal that a test wants.
pub(super) fn scripted(status: u16, code: &ReportCode) -> Refusal {
    refusal(status, code.clone(), "As the script says.")
}

/// A fault of the gateway's.
pub(super) fn fault(status: u16) -> Refusal {
    refusal(status, "Error", "Error while communicating.")
}

pub(super) fn no_configuration() -> Refusal {
    refusal(404, ErrorWord::RecordNotFound, "Configuration not found.")
}

pub(super) fn locked() -> Refusal {
    refusal(403, "AccountLocked", "The account is locked after repeated wrong signatures.")
}

pub(super) fn not_found(what: &str) -> Refusal {
    refusal(404, ErrorWord::RecordNotFound, &format!("{what} not found."))
}

/// A call that cannot be read: everything that is wrong with it.
pub(super) fn of_call(error: &IncomingError) -> Refusal {
    let mut report = ErrorReport::new();
    for member in error.members() {
        report = report.with_error(match member.word() {
            Some(word) => ReportEntry::new(word),
            None => ReportEntry::new("InvalidRequest").with_message(&member.to_string()),
        });
    }
    if report.errors.is_empty() {
        let code = if error.status() == 401 { "InvalidSignature" } else { "InvalidRequest" };
        report = report.with_error(ReportEntry::new(code).with_message(&error.to_string()));
    }
    Refusal::new(error.status(), report)
}
