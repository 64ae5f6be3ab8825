//! The acquirer's side of the audit.

use std::collections::HashMap;

use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::simulator::{Entry, Ledger};
use cashflows_codec::value::Currency;

/// What the acquirer has in its books.
#[derive(Debug, Default)]
pub struct Books {
    /// Its balance in pence.
    pub balance: i128,
    /// The same, as its entries make it; where they can be seen.
    pub sum: Option<i128>,
    /// How often cards were charged.
    pub charge_count: u64,
    /// How often each reference was charged; where that can be seen.
    pub charges: Option<HashMap<Box<str>, u32>>,
}

impl Books {
    /// Looks at every entry, and at no index or sum that the ledger keeps, but for its balance.
    pub fn of(ledger: &Ledger) -> Self {
        let mut charges = HashMap::new();
        let mut sum = 0;
        for entry in ledger.entries().iter().filter(|entry| entry.is_authorised()) {
            if entry.is_charge() {
                *charges.entry(entry.reference().unwrap_or_default().into()).or_default() += 1;
            }
            sum += effect(ledger, entry);
        }
        Self {
            balance: ledger.balance(Currency::GBP),
            sum: Some(sum),
            charge_count: charges.values().map(|count: &u32| u64::from(*count)).sum(),
            charges: Some(charges),
        }
    }
}

/// What an authorised entry changes of the balance, in pence.
fn effect(ledger: &Ledger, entry: &Entry) -> i128 {
    let pence = |entry: &Entry| i128::from(entry.money().amount().hundredths());
    match entry.operation() {
        OperationKind::Sale | OperationKind::Continuous => pence(entry),
        OperationKind::Refund | OperationKind::Credit => -pence(entry),
        OperationKind::Verify => 0,
        OperationKind::Void => {
            let original = entry.original().and_then(|original| ledger.get(original));
            original.map_or(0, |original| -effect(ledger, original))
        }
    }
}
