//! The amounts of a job, counted: what was asked for, taken, reserved and given back.

use std::collections::BTreeMap;

use super::Doubt;
use super::once::{Listed, once};
use super::sum::Sum;
use crate::gateway::response::{
    AnyCurrency, Capture, CompletionStatus, Job, Payment, Refund, Reversal, ReversalStatus,
};
use crate::gateway::{Decimal, KeptValue, PaymentMeaning, PaymentStatus, Reference};

/// The sums of a job and its payments. A sum is none if one of its amounts is not known.
pub(super) struct Count {
    /// Why nothing is to be said of the money: the first reason that was found.
    pub(super) doubt: Option<Doubt>,
    /// True if there is any amount, refund or reversal.
    pub(super) has_numbers: bool,
    pub(super) asked: Option<Sum>,
    /// The sum that the paid payments paid.
    pub(super) paid: Option<Sum>,
    pub(super) paid_payments: usize,
    /// The sum that was captured of reserved payments.
    pub(super) captured: Option<Sum>,
    /// The sum that is reserved and not captured.
    pub(super) reserved: Option<Sum>,
    /// The sum that went back for certain, of payments that took money.
    pub(super) given_back: Option<Sum>,
    /// The sum that went back, or may have.
    pub(super) at_most_given_back: Option<Sum>,
    /// True if the gateway says that all of the job was reversed.
    pub(super) is_fully_reversed: bool,
    /// True if a capture is listed, of whatever status.
    pub(super) has_captures: bool,
    /// True if a capture is under way.
    pub(super) is_capturing: bool,
    /// A payment that ended without money has a paid amount or a completed capture, and was not cancelled.
    pub(super) has_odd_money: bool,
    /// The most decimals that an amount has.
    pub(super) decimals: Option<u8>,
    meanings: [bool; PaymentMeaning::ALL.len()],
}

/// The amount of a member that may be absent.
fn sum(amount: Option<Decimal>) -> Option<Sum> {
    amount.map(Sum::from)
}

/// Adds an amount to a sum, which is not known any more if the amount is not.
fn add(sum: &mut Option<Sum>, amount: Option<Sum>) {
    *sum = sum.zip(amount).map(|(sum, amount)| sum.plus(amount));
}

impl Count {
    pub(super) fn of(job: &Job) -> Self {
        let mut count = Self {
            doubt: None,
            has_numbers: false,
            asked: None,
            paid: Some(Sum::ZERO),
            paid_payments: 0,
            captured: Some(Sum::ZERO),
            reserved: Some(Sum::ZERO),
            given_back: Some(Sum::ZERO),
            at_most_given_back: Some(Sum::ZERO),
            is_fully_reversed: false,
            has_captures: false,
            is_capturing: false,
            has_odd_money: false,
            decimals: None,
            meanings: [false; PaymentMeaning::ALL.len()],
        };
        count.job(job);
        count.asked = sum(job.amount_to_collect);
        let (payments, is_contradicted) = once(job);
        for listed in &payments {
            count.payment(listed);
            count.currencies(listed.payment, job.currency.as_ref());
        }
        let has_reversals =
            |payment: &Payment| !payment.reversals.is_empty() || payment.reversal_status.is_some();
        if !job.reversals.is_empty()
            || job.reversal_status.is_some()
            || job.payments.iter().any(has_reversals)
        {
            count.reversals(job, &payments);
        }
        count.doubt_if(is_contradicted, Doubt::Contradiction);
        count
    }

    /// Returns true if a payment has this meaning.
    pub(super) fn has(&self, meaning: PaymentMeaning) -> bool {
        self.meanings.get(meaning as usize).is_some_and(|&is_there| is_there)
    }

    /// The sum that was taken by payments that are paid or captured.
    pub(super) fn taken(&self) -> Option<Sum> {
        self.paid.zip(self.captured).map(|(paid, captured)| paid.plus(captured))
    }

    fn doubt(&mut self, doubt: Doubt) {
        self.doubt.get_or_insert(doubt);
    }

    fn doubt_if(&mut self, condition: bool, doubt: Doubt) {
        if condition {
            self.doubt(doubt);
        }
    }

    fn amount(&mut self, amount: Option<Decimal>) {
        if let Some(amount) = amount {
            self.has_numbers = true;
            self.decimals = self.decimals.max(Some(amount.decimals()));
        }
    }

    fn job(&mut self, job: &Job) {
        let counted = ["type", "currency", "amountToCollect", "reversalStatus"];
        self.doubt_if(counted.iter().any(|name| job.is_malformed(name)), Doubt::Malformed);
        let is_listed = matches!(job.job_type.as_deref(), None | Some("Payment" | "Credit"));
        self.doubt_if(!is_listed, Doubt::UnlistedType);
        self.doubt_if(matches!(job.payment_status, PaymentStatus::Unlisted(_)), Doubt::UnlistedStatus);
        self.amount(job.amount_to_collect);
    }

    fn payment(&mut self, listed: &Listed<'_>) {
        let payment = listed.payment;
        let counted = ["paidAmount", "amountToCollect", "reversalStatus"];
        let is_malformed = counted.iter().any(|name| payment.is_malformed(name));
        self.doubt_if(is_malformed, Doubt::Malformed);
        let meaning = payment.status.meaning();
        self.doubt_if(meaning == PaymentMeaning::Unknown, Doubt::UnlistedStatus);
        if let Some(is_there) = self.meanings.get_mut(meaning as usize) {
            *is_there = true;
        }
        self.amount(payment.paid_amount);
        self.amount(payment.amount_to_collect);
        let captured = self.captures(&listed.captures);
        match meaning {
            PaymentMeaning::Taken => {
                self.paid_payments += 1;
                add(&mut self.paid, if is_malformed { None } else { paid(payment, captured) });
            }
            PaymentMeaning::Unknown => self.paid = None,
            PaymentMeaning::Reserved => {
                let all = reserved(payment);
                // No more was captured than was reserved.
                let captured = captured.map(|captured| all.map_or(captured, |all| all.min(captured)));
                add(&mut self.captured, captured);
                let reserved = all.zip(captured).map(|(all, captured)| all.less(captured));
                let is_final = |capture: &Capture| {
                    capture.status == CompletionStatus::Completed && capture.is_final == Some(true)
                };
                let is_over = payment.captures.iter().any(is_final)
                    || says(payment.reversal_status.as_ref()) == Says::All;
                add(&mut self.reserved, if is_over { Some(Sum::ZERO) } else { reserved });
            }
            PaymentMeaning::NotTaken | PaymentMeaning::Verified => {
                // A payment that was cancelled keeps its amounts, and a reservation that expired its paid amount.
                let has_paid = payment.paid_amount.is_some_and(|paid| !Sum::from(paid).is_zero());
                self.has_odd_money |= match payment.status {
                    PaymentStatus::Cancelled => false,
                    PaymentStatus::Expired => captured != Some(Sum::ZERO),
                    _ => has_paid || captured != Some(Sum::ZERO),
                };
            }
            PaymentMeaning::Open => {}
        }
        for refund in &listed.refunds {
            self.refund(refund, has_taken(payment));
        }
    }

    /// The sum of the completed captures of a payment.
    fn captures(&mut self, captures: &[&Capture]) -> Option<Sum> {
        let mut captured = Some(Sum::ZERO);
        for capture in captures {
            (self.has_captures, self.has_numbers) = (true, true);
            self.amount(capture.amount);
            let counted = ["amountToCapture", "isFinalCapture"];
            self.doubt_if(counted.iter().any(|name| capture.is_malformed(name)), Doubt::Malformed);
            match capture.status {
                CompletionStatus::Completed => add(&mut captured, sum(capture.amount)),
                CompletionStatus::Pending => self.is_capturing = true,
                CompletionStatus::Failed => {}
                CompletionStatus::Unlisted(_) => self.doubt(Doubt::UnlistedStatus),
            }
        }
        captured
    }

    fn refund(&mut self, refund: &Refund, has_taken: bool) {
        self.has_numbers = true;
        self.amount(refund.amount);
        self.doubt_if(refund.is_malformed("amountToRefund"), Doubt::Malformed);
        match refund.status {
            CompletionStatus::Failed => return,
            CompletionStatus::Completed if has_taken => add(&mut self.given_back, sum(refund.amount)),
            CompletionStatus::Completed | CompletionStatus::Pending => {}
            CompletionStatus::Unlisted(_) => {
                self.doubt(Doubt::UnlistedStatus);
                self.given_back = None;
            }
        }
        add(&mut self.at_most_given_back, sum(refund.amount));
    }

    /// Counts reversals, of which a job and its payments may list the same.
    fn reversals(&mut self, job: &Job, listed: &[Listed<'_>]) {
        let currency = job.currency.as_ref();
        match says(job.reversal_status.as_ref()) {
            Says::Nothing => {}
            Says::All => (self.has_numbers, self.is_fully_reversed) = (true, true),
            Says::Part if !job.reversals.is_empty() => {}
            Says::Part | Says::Unknown => self.doubt(Doubt::ReversalUnknown),
        }
        let payments: BTreeMap<_, _> =
            listed.iter().map(|listed| (listed.payment.reference, listed.payment)).collect();
        let mut of_payments = BTreeMap::new();
        let mut found = Reversals::default();
        for reversal in &job.reversals {
            self.reversal(reversal, currency);
            let payment = reversal.payment_reference;
            let is_certain =
                payment.is_none_or(|payment| payments.get(&payment).is_some_and(|of| has_taken(of)));
            found.add(reversal, is_certain);
            if let Some(payment) = payment {
                add(of_payments.entry(payment).or_insert(Some(Sum::ZERO)), sum(reversal.reversed_amount));
            }
        }
        for of in listed {
            let payment = of.payment;
            let mut listed = Some(Sum::ZERO);
            for reversal in &payment.reversals {
                self.reversal(reversal, currency);
                // One without a reference may be one of the job's.
                let is_certain = reversal.reference.is_some() || job.reversals.is_empty();
                found.add(reversal, is_certain && has_taken(payment));
                add(&mut listed, sum(reversal.reversed_amount));
            }
            let by_job = of_payments.get(&payment.reference);
            match says(payment.reversal_status.as_ref()) {
                Says::All if has_taken(payment) => {
                    self.has_numbers = true;
                    // The part of it that no list has.
                    let listed = by_job
                        .map_or(listed, |&by_job| listed.zip(by_job).map(|(one, other)| one.max(other)));
                    let rest = self.taken_by(of).zip(listed).map(|(all, listed)| all.less(listed));
                    found.others.push((rest, true));
                }
                Says::Part if payment.reversals.is_empty() && by_job.is_none() => {
                    self.doubt(Doubt::ReversalUnknown);
                }
                Says::Unknown => self.doubt(Doubt::ReversalUnknown),
                Says::All | Says::Part | Says::Nothing => {}
            }
        }
        let named = found.named.into_values();
        for (least, most, is_certain) in
            named.chain(found.others.into_iter().map(|(one, sure)| (one, one, sure)))
        {
            add(&mut self.given_back, if is_certain { least } else { Some(Sum::ZERO) });
            add(&mut self.at_most_given_back, most);
        }
    }

    /// The sum that a payment took. Its captures were counted before.
    fn taken_by(&mut self, listed: &Listed<'_>) -> Option<Sum> {
        let (payment, captured) = (listed.payment, self.captures(&listed.captures));
        if payment.status == PaymentStatus::Paid {
            paid(payment, captured)
        } else {
            captured.map(|captured| reserved(payment).map_or(captured, |all| all.min(captured)))
        }
    }

    fn reversal(&mut self, reversal: &Reversal, currency: Option<&AnyCurrency>) {
        self.has_numbers = true;
        self.amount(reversal.reversed_amount);
        let counted = ["reversedAmount", "currency"];
        self.doubt_if(counted.iter().any(|name| reversal.is_malformed(name)), Doubt::Malformed);
        self.currency(reversal.currency.as_ref().map(AnyCurrency::as_str), currency);
    }

    /// Compares the currencies that a payment and its parts name with that of the job. No page has such a
    /// member.
    fn currencies(&mut self, payment: &Payment, currency: Option<&AnyCurrency>) {
        let refunds = payment.refunds.iter().map(Refund::unlisted);
        let parts = refunds.chain(payment.captures.iter().map(Capture::unlisted)).chain([payment.unlisted()]);
        for part in parts {
            for (name, value) in part.iter() {
                if let KeptValue::Text(named) = value
                    && name.eq_ignore_ascii_case("currency")
                {
                    self.currency(Some(named), currency);
                }
            }
        }
    }

    fn currency(&mut self, named: Option<&str>, currency: Option<&AnyCurrency>) {
        let differ = |(named, currency): (&str, &AnyCurrency)| !named.eq_ignore_ascii_case(currency.as_str());
        self.doubt_if(named.zip(currency).is_some_and(differ), Doubt::OtherCurrency);
    }
}

/// The sum that a paid payment paid: the smallest of its amounts. The paid amount includes a surcharge, and of a
/// payment with captures the completed ones were taken.
fn paid(payment: &Payment, captured: Option<Sum>) -> Option<Sum> {
    let said = [payment.paid_amount, payment.amount_to_collect].into_iter().flatten().map(Sum::from);
    if payment.captures.is_empty() { said.min() } else { said.chain([captured?]).min() }
}

/// The sum that a reserved payment reserved. Some of it may have been captured.
fn reserved(payment: &Payment) -> Option<Sum> {
    let paid = sum(payment.paid_amount).filter(|paid| !paid.is_zero());
    sum(payment.amount_to_collect).into_iter().chain(paid).min()
}

/// Returns true if a payment may have taken money that went back.
fn has_taken(payment: &Payment) -> bool {
    matches!(payment.meaning(), PaymentMeaning::Taken | PaymentMeaning::Reserved)
}

/// The meaning of a status of reversals.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Part,
    All,
    Unknown,
}

fn says(status: Option<&ReversalStatus>) -> Says {
    match status {
        None => Says::Nothing,
        Some(ReversalStatus::FullyReversed) => Says::All,
        Some(ReversalStatus::PartiallyReversed) => Says::Part,
        // No page has a word of the list: these are those that say that there is no reversal.
        Some(other) if ["", "None", "NotReversed"].contains(&other.as_str()) => Says::Nothing,
        Some(_) => Says::Unknown,
    }
}

/// The reversals of a job and its payments.
#[derive(Default)]
struct Reversals {
    /// Those with a reference: the least and the most that is said of each, and if it is of a payment that
    /// took money.
    named: BTreeMap<Reference, (Option<Sum>, Option<Sum>, bool)>,
    others: Vec<(Option<Sum>, bool)>,
}

impl Reversals {
    fn add(&mut self, reversal: &Reversal, is_certain: bool) {
        let amount = sum(reversal.reversed_amount);
        let Some(reference) = reversal.reference else { return self.others.push((amount, is_certain)) };
        let (least, most, is_all_certain) =
            self.named.entry(reference).or_insert((amount, amount, is_certain));
        *least = least.zip(amount).map(|(one, other)| one.min(other));
        *most = most.zip(amount).map(|(one, other)| one.max(other));
        *is_all_certain &= is_certain;
    }
}
