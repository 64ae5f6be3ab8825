//! That the histories of `tests/remote_auth/attempt` find out when a rule is missing, whichever it is.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::rules::Rule;

#[path = "../../../tests/remote_auth/attempt/history.rs"]
mod history;

use history::Wrong;

/// What goes wrong without a rule.
const fn consequence(rule: Rule) -> Wrong {
    match rule {
        Rule::Window | Rule::Margin | Rule::Clock | Rule::RetryNumber | Rule::Reference => {
            Wrong::AuthorisedTwice
        }
        Rule::NeverSent | Rule::Restart => Wrong::AuthorisedTwice,
        Rule::Refusal | Rule::Decline => Wrong::CalledNotAuthorised,
        Rule::Another | Rule::EqualReversal | Rule::Memory => Wrong::CalledAuthorised,
        Rule::SameRequest => Wrong::OfAnotherKind,
        Rule::Credit => Wrong::SentAgain,
        Rule::Leave => Wrong::AuthorisedTwice,
        Rule::Ticket => Wrong::RetryNumber,
        Rule::MostSendings => Wrong::SentTooOften,
        Rule::Backoff => Wrong::SentTooSoon,
        Rule::Patience => Wrong::NeverEnds,
        Rule::Card => Wrong::NobodyHasTheCard,
    }
}

/// How many random histories it takes until something goes wrong in this way.
fn histories_until(wrong: impl Fn(Wrong) -> bool, most: u32) -> Option<u32> {
    let mut runner = TestRunner::deterministic();
    (1..=most).find(|_| {
        let history = history::history().new_tree(&mut runner).unwrap().current();
        history::play(&history).iter().any(|(kind, _)| wrong(*kind))
    })
}

#[test]
fn with_all_rules_nothing_goes_wrong() {
    assert_eq!(histories_until(|_| true, 500), None);
}

#[test]
fn without_any_one_rule_something_goes_wrong() {
    for rule in Rule::ALL {
        let found = rule.do_without(|| histories_until(|wrong| wrong == consequence(*rule), 5_000));
        println!("{rule:?}: {:?} after {found:?}", consequence(*rule));
        assert!(found.is_some(), "nothing goes wrong without {rule:?}");
    }
}
