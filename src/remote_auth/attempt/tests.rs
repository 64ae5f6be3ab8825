//! Takes out one rule after another: the histories of `tests/remote_auth/attempt` notice each.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::rules::Rule;

#[path = "../../../tests/remote_auth/attempt/history.rs"]
mod history;

use history::Wrong;

/// The failure that follows without a rule.
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
fn histories_with_all_rules_go_well() {
    assert_eq!(histories_until(|_| true, 500), None);
}

/// Rules whose absence shows within tens of histories.
#[test]
fn histories_without_common_rules_go_wrong() {
    let common = [Rule::Window, Rule::RetryNumber, Rule::NeverSent, Rule::Restart, Rule::SameRequest];
    histories_go_wrong_without(&common);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn histories_without_any_rule_go_wrong() {
    histories_go_wrong_without(Rule::ALL);
}

fn histories_go_wrong_without(rules: &[Rule]) {
    for rule in rules {
        let found = rule.do_without(|| histories_until(|wrong| wrong == consequence(*rule), 5_000));
        println!("{rule:?}: {:?} after {found:?}", consequence(*rule));
        assert!(found.is_some(), "nothing goes wrong without {rule:?}");
    }
}
