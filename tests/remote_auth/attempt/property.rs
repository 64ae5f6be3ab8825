//! Whatever happens: never two charges or refunds for one wish, nothing called what the ledger says
//! otherwise of, and everything ends.

use proptest::prelude::*;

use super::history::{history, play};

proptest! {
    #[test]
    fn what_a_journal_says_is_what_the_ledger_says(history in history()) {
        let violations = play(&history);
        prop_assert!(violations.is_empty(), "{:#?}", violations);
    }
}
