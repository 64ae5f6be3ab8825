//! Compares what clients were told with the acquirer's books.

use cashflows_codec::value::MaskedText;

use crate::books::Books;
use crate::tally::Tally;

/// How many faults of a kind are shown.
const SHOWN: usize = 5;

/// Everything that is wrong: nothing, where nobody was charged twice and the money agrees.
pub fn compare(tally: &Tally, before: &Books, after: &Books) -> Vec<String> {
    let mut faults = Vec::new();
    let gained = after.balance - before.balance;
    if gained != tally.pence() {
        faults.push(format!("the ledger gained {gained} pence, the clients counted {}", tally.pence()));
    }
    let charges = after.charge_count - before.charge_count;
    let counted = tally.count();
    if charges != counted {
        faults.push(format!(
            "the ledger has {charges} charges more than before, the clients counted {counted}"
        ));
    }
    if let Some(sum) = after.sum.filter(|sum| *sum != after.balance) {
        faults.push(format!("the ledger's entries make {sum} pence, its balance is {}", after.balance));
    }
    let told_twice = tally.charges().iter().filter(|(_, count)| **count != 1);
    show(&mut faults, "was told to be charged", told_twice.map(|(reference, count)| (&**reference, *count)));
    if let Some(charges) = &after.charges {
        let twice = charges.iter().filter(|(_, count)| **count > 1);
        show(&mut faults, "was charged", twice.map(|(reference, count)| (&**reference, *count)));
        // The dashboard shows the order that a payment is for, and masks what looks like a card number.
        let by_dashboard = after.sum.is_none();
        let paid = tally.orders().iter().map(|(order, payment)| if by_dashboard { order } else { payment });
        let told = tally.charges().keys().chain(paid).map(|reference| &**reference);
        let shown = |reference: &&str| !by_dashboard || !is_masked(reference);
        let lost = told.filter(|reference| !charges.contains_key(*reference)).filter(shown);
        show(&mut faults, "was charged, as a client was told, and in the ledger", lost.map(|lost| (lost, 0)));
    }
    faults
}

fn is_masked(reference: &str) -> bool {
    MaskedText::reference(reference).to_string() != reference
}

/// Adds the orders that were not charged once.
pub fn orders(faults: &mut Vec<String>, wrong: &[(String, u32)]) {
    show(faults, "is an order that was charged", wrong.iter().map(|(order, count)| (order.as_str(), *count)));
}

fn show<'a>(faults: &mut Vec<String>, what: &str, found: impl Iterator<Item = (&'a str, u32)>) {
    let mut found: Vec<_> = found.collect();
    found.sort_unstable();
    for (reference, count) in found.iter().take(SHOWN) {
        faults.push(format!("{reference} {what} {count} times"));
    }
    if found.len() > SHOWN {
        faults.push(format!("and {} more of the kind", found.len() - SHOWN));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use cashflows_codec::value::Money;

    use super::*;

    fn told(charges: &[(&str, u64)]) -> Tally {
        let mut tally = Tally::new().unwrap();
        for (reference, pence) in charges {
            tally.charged(reference, Money::gbp(*pence));
        }
        tally
    }

    fn books(charges: &[(&str, u32)], sum: i128, balance: i128) -> Books {
        Books {
            balance,
            sum: Some(sum),
            charge_count: charges.iter().map(|(_, count)| u64::from(*count)).sum(),
            charges: Some(charges.iter().map(|(reference, count)| ((*reference).into(), *count)).collect()),
        }
    }

    fn faults(tally: &Tally, after: &Books) -> Vec<String> {
        compare(tally, &books(&[], 0, 0), after)
    }

    #[test]
    fn books_that_agree_have_no_faults() {
        let tally = told(&[("a", 10), ("b", 20)]);
        assert_eq!(faults(&tally, &books(&[("a", 1), ("b", 1)], 30, 30)), Vec::<String>::new());
        // What was there before counts for nothing.
        let before = books(&[("z", 1)], 5, 5);
        let after = books(&[("a", 1), ("b", 1), ("z", 1)], 35, 35);
        assert_eq!(compare(&tally, &before, &after), Vec::<String>::new());
    }

    #[test]
    fn a_reference_that_was_charged_twice_is_found() {
        let found = faults(&told(&[("a", 10), ("b", 20)]), &books(&[("a", 2), ("b", 1)], 40, 40));
        assert_eq!(
            found,
            [
                "the ledger gained 40 pence, the clients counted 30",
                "the ledger has 3 charges more than before, the clients counted 2",
                "a was charged 2 times"
            ]
        );
        let found = faults(&told(&[("a", 10), ("a", 10)]), &books(&[("a", 2)], 20, 20));
        assert_eq!(found.last().unwrap(), "a was charged 2 times");
    }

    #[test]
    fn a_charge_that_the_ledger_does_not_know_is_found() {
        let found = faults(&told(&[("a", 10), ("b", 20)]), &books(&[("a", 1), ("c", 1)], 30, 30));
        assert_eq!(found, ["b was charged, as a client was told, and in the ledger 0 times"]);
    }

    #[test]
    fn an_order_that_was_charged_twice_is_shown() {
        let mut faults = Vec::new();
        let wrong: Vec<_> = (0..7).map(|number| (format!("order-{number}"), 2)).collect();
        orders(&mut faults, &wrong);
        assert_eq!(faults.len(), 6);
        assert_eq!(faults[0], "order-0 is an order that was charged 2 times");
        assert_eq!(faults[5], "and 2 more of the kind");
    }

    #[test]
    fn an_order_is_found_by_its_payment_or_by_its_number() {
        let mut tally = told(&[]);
        tally.paid("order-1", "200000000000000006", Money::gbp(10));
        let ledger = books(&[("200000000000000006", 1)], 10, 10);
        assert_eq!(faults(&tally, &ledger), Vec::<String>::new());
        let dashboard = Books { sum: None, ..books(&[("order-1", 1)], 0, 10) };
        assert_eq!(faults(&tally, &dashboard), Vec::<String>::new());
        assert_eq!(faults(&tally, &Books { sum: None, ..ledger }).len(), 1);
        assert_eq!(faults(&tally, &Books { sum: Some(10), ..dashboard }).len(), 1);
    }

    #[test]
    fn what_is_masked_by_the_dashboard_is_not_missed() {
        let tally = told(&[("4000000000000002", 10)]);
        let shown = Books { charge_count: 1, balance: 10, charges: Some([].into()), sum: None };
        assert_eq!(faults(&tally, &shown), Vec::<String>::new());
        assert_eq!(faults(&tally, &Books { sum: Some(10), ..shown }).len(), 1);
    }

    #[test]
    fn a_ledger_that_does_not_add_up_is_found() {
        let found = faults(&told(&[("a", 10)]), &books(&[("a", 1)], 11, 10));
        assert_eq!(found, ["the ledger's entries make 11 pence, its balance is 10"]);
    }
}
