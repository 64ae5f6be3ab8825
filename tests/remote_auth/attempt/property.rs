//! Whatever happens: never two charges or refunds for one wish, nothing called what the ledger says
//! otherwise of, and everything ends.

use proptest::prelude::*;

use super::history::{history, play};

proptest! {
    #[test]
    fn journal_agrees_with_ledger_in_random_histories(history in history()) {
        let violations = play(&history);
        prop_assert!(violations.is_empty(), "{:#?}", violations);
    }
}
