//! Taken means covered: by an obvious twin that counts in whole units.

use cashflows_codec::gateway::{JobMeaning, Known};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::money::job;

/// Pence that are small enough to be met again, written with or without their decimals.
fn pence() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), Just(500), Just(1_000), 0..2_000_u64]
}

fn text(pence: u64) -> String {
    format!("{}.{:02}", pence / 100, pence % 100)
}

/// An amount of a member: there, absent, or malformed.
#[derive(Clone, Debug)]
enum Amount {
    Is(u64),
    Absent,
    Malformed(Value),
}

impl Amount {
    fn to_json(&self) -> Value {
        match self {
            Self::Is(pence) => json!(text(*pence)),
            Self::Absent => Value::Null,
            Self::Malformed(value) => value.clone(),
        }
    }

    const fn pence(&self) -> Option<u64> {
        match self {
            Self::Is(pence) => Some(*pence),
            Self::Absent | Self::Malformed(_) => None,
        }
    }

    const fn is_malformed(&self) -> bool {
        matches!(self, Self::Malformed(_))
    }
}

fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        12 => pence().prop_map(Amount::Is),
        1 => Just(Amount::Absent),
        1 => prop::sample::select(vec![json!(""), json!("1,0"), json!("-1.00"), json!([]), json!(true)])
            .prop_map(Amount::Malformed),
    ]
}

/// A word that is mostly the first of a list, and now and then unlisted.
fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    let first = words.first().copied().unwrap_or_default();
    prop_oneof![4 => Just(first), 4 => prop::sample::select(words), 1 => Just("Odd")].prop_map(String::from)
}

#[derive(Clone, Debug)]
struct Part {
    status: String,
    amount: Amount,
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = (word(&["Completed", "Pending", "Failed"]), amount());
    prop::collection::vec(part.prop_map(|(status, amount)| Part { status, amount }), 0..3)
}

#[derive(Clone, Debug)]
struct Paying {
    status: String,
    paid: Amount,
    to_collect: Amount,
    refunds: Vec<Part>,
    captures: Vec<Part>,
    reversals: Vec<Amount>,
}

fn paying() -> impl Strategy<Value = Paying> {
    let status = word(&["Paid", "Reserved", "Pending", "Cancelled", "Failed", "Verified"]);
    let few_parts = || prop_oneof![2 => Just(Vec::new()), 1 => parts()];
    let reversals = prop_oneof![4 => Just(Vec::new()), 1 => prop::collection::vec(amount(), 1..3)];
    (status, amount(), amount(), few_parts(), few_parts(), reversals).prop_map(
        |(status, paid, to_collect, refunds, captures, reversals)| Paying {
            status,
            paid,
            to_collect,
            refunds,
            captures,
            reversals,
        },
    )
}

#[derive(Clone, Debug)]
struct Asking {
    of_type: Option<String>,
    status: String,
    to_collect: Amount,
    payments: Vec<Paying>,
    reversals: Vec<Amount>,
}

fn asking() -> impl Strategy<Value = Asking> {
    let of_type = prop_oneof![2 => Just(None), 8 => Just(Some("Payment".into())), 1 => Just(Some("Credit".into())), 1 => Just(Some("Odd".into()))];
    let status = word(&["Paid", "Pending", "Cancelled", "Failed", "Reserved", "Verified"]);
    let reversals = prop_oneof![6 => Just(Vec::new()), 1 => prop::collection::vec(amount(), 1..3)];
    let payments = prop::collection::vec(paying(), 0..4);
    (of_type, status, amount(), payments, reversals).prop_map(
        |(of_type, status, to_collect, payments, reversals)| Asking {
            of_type,
            status,
            to_collect,
            payments,
            reversals,
        },
    )
}

impl Asking {
    fn to_json(&self) -> Value {
        let mut references = 1..;
        let mut reference = || references.next().map(|number: u64| number.to_string());
        let payments: Vec<Value> = self
            .payments
            .iter()
            .map(|payment| {
                let parts = |parts: &[Part], name: &str| {
                    let part = |part: &Part| json!({"reference": "9", "status": part.status, name: part.amount.to_json()});
                    parts.iter().map(part).collect::<Vec<_>>()
                };
                json!({
                    "reference": reference(), "status": payment.status, "paidAmount": payment.paid.to_json(),
                    "amountToCollect": payment.to_collect.to_json(),
                    "refunds": parts(&payment.refunds, "amountToRefund"),
                    "captures": parts(&payment.captures, "amountToCapture"),
                    "reversals": payment.reversals.iter().map(|amount| json!({"reversedAmount": amount.to_json()})).collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({
            "reference": "1", "type": self.of_type, "paymentStatus": self.status,
            "amountToCollect": self.to_collect.to_json(), "payments": payments,
            "reversals": self.reversals.iter().map(|amount| json!({"reversedAmount": amount.to_json()})).collect::<Vec<_>>(),
        })
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        self.payments.iter().flat_map(|payment| payment.refunds.iter().chain(&payment.captures))
    }

    fn amounts(&self) -> impl Iterator<Item = &Amount> {
        let of_payments = self
            .payments
            .iter()
            .flat_map(|payment| [&payment.paid, &payment.to_collect].into_iter().chain(&payment.reversals));
        let of_parts = self.parts().map(|part| &part.amount);
        of_payments.chain(of_parts).chain(&self.reversals).chain([&self.to_collect])
    }

    fn has_odd_words(&self) -> bool {
        let of_payments = self.payments.iter().map(|payment| &payment.status);
        let mut words = of_payments
            .chain(self.parts().map(|part| &part.status))
            .chain([&self.status])
            .chain(&self.of_type);
        words.any(|word| word == "Odd")
    }

    /// What the paid payments paid at most: nothing where that is not said.
    fn paid(&self) -> u64 {
        let paid = self.payments.iter().filter(|payment| payment.status == "Paid");
        paid.map(|payment| {
            let completed = payment.captures.iter().filter(|part| part.status == "Completed");
            let captured: u64 = completed.filter_map(|part| part.amount.pence()).sum();
            let captured = (!payment.captures.is_empty()).then_some(captured);
            [payment.paid.pence(), payment.to_collect.pence(), captured]
                .into_iter()
                .flatten()
                .min()
                .unwrap_or(0)
        })
        .sum()
    }

    /// What went back, or may have.
    fn back(&self) -> u64 {
        let refunds = self.payments.iter().flat_map(|payment| &payment.refunds);
        let refunds = refunds.filter(|part| part.status != "Failed").map(|part| &part.amount);
        let reversals = self.payments.iter().flat_map(|payment| &payment.reversals).chain(&self.reversals);
        refunds.chain(reversals).filter_map(Amount::pence).sum()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn taken_means_that_what_was_kept_covers_what_was_asked(asking in asking()) {
        let data = asking.to_json();
        let job = job(&data);
        let money = job.money(&Known::new());
        let meaning = money.meaning();
        let (paid, back) = (asking.paid(), asking.back());
        if asking.has_odd_words() || asking.amounts().any(Amount::is_malformed) {
            prop_assert_eq!(meaning, JobMeaning::Unknown, "{}", data);
        }
        prop_assert_eq!(meaning == JobMeaning::Unknown, money.doubt().is_some());
        let has_amounts = asking.amounts().any(|amount| amount.pence().is_some());
        let is_credit = asking.of_type.as_deref() == Some("Credit");
        match meaning {
            JobMeaning::Taken if has_amounts => {
                let asked = asking.to_collect.pence().unwrap_or(0);
                prop_assert!(asked > 0 && !is_credit && paid >= asked + back, "{}", data);
                prop_assert!(asking.payments.iter().any(|payment| payment.status == "Paid"));
            }
            JobMeaning::PartlyTaken | JobMeaning::GivenBack | JobMeaning::Reserved => {
                let asked = asking.to_collect.pence().unwrap_or(0);
                prop_assert!(!is_credit && (asked == 0 || paid < asked + back || back == 0), "{}", data);
            }
            JobMeaning::PaidOut => prop_assert!(is_credit),
            JobMeaning::NotTaken => prop_assert!(is_credit && !asking.payments.is_empty()),
            _ => {}
        }
        // The numbers are those of the twin, where all of them are said.
        let is_all_said = asking.amounts().all(|amount| amount.pence().is_some());
        if is_all_said && !is_credit && !asking.has_odd_words() && !asking.payments.iter().any(|payment| payment.status == "Reserved")
            && (asking.payments.iter().any(|payment| payment.status == "Paid"))
        {
            prop_assert_eq!(money.taken().map(|taken| taken.to_string()), Some(text(paid)), "{}", data);
            let asked = asking.to_collect.pence().unwrap_or(0);
            if !is_credit && asked > 0 && paid >= asked + back {
                prop_assert_eq!(meaning, JobMeaning::Taken, "{}", data);
            }
        }
    }

    /// The largest numbers overflow nothing.
    #[test]
    fn no_amount_panics(digits in prop::collection::vec("[1-9][0-9]{0,19}|0\\.[0-9]{1,18}", 5)) {
        let [asked, paid, refunded, captured, reversed] = digits.as_slice() else { panic!("five") };
        let payment = json!({"reference": "2", "status": "Paid", "paidAmount": paid,
            "refunds": [{"reference": "3", "status": "Completed", "amountToRefund": refunded}],
            "captures": [{"reference": "4", "status": "Completed", "amountToCapture": captured}]});
        let data = json!({"reference": "1", "paymentStatus": "Paid", "amountToCollect": asked,
            "payments": vec![payment; 5], "reversals": [{"reversedAmount": reversed}]});
        let _money = job(&data).money(&Known::new());
    }
}
