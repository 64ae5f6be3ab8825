//! Each rule, when it is off, makes a history of `tests/remote_auth/attempt` fail.

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
fn histories_keep_all_rules() {
    assert_eq!(histories_until(|_| true, 500), None);
}

/// Rules whose absence shows within tens of histories.
#[test]
fn histories_miss_common_rules() {
    let common = [Rule::Window, Rule::RetryNumber, Rule::NeverSent, Rule::Restart, Rule::SameRequest];
    histories_miss(&common);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn histories_miss_each_rule() {
    histories_miss(Rule::ALL);
}

fn histories_miss(rules: &[Rule]) {
    for rule in rules {
        let found = rule.do_without(|| histories_until(|wrong| wrong == consequence(*rule), 5_000));
        println!("{rule:?}: {:?} after {found:?}", consequence(*rule));
        assert!(found.is_some(), "nothing goes wrong without {rule:?}");
    }
}
