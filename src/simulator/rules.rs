//! The acquirer's rules: what it refuses, with which reason, and what it makes of the rest.
//!
//! One file for each kind of operation. A rule looks at the request, the profile and the ledger,
//! and changes nothing.

mod continuous;
mod credit;
mod issuer;
mod purchase;
mod request_card;
mod reversal;

use std::time::SystemTime;

use super::card::may_exist;
use super::date::{is_over, month};
use super::entry::{Details, Entry};
use super::ledger::Ledger;
use super::profile::Profile;
use super::vault::{Card, Vault};
use crate::remote_auth::request::{Exemption, Payment, Recurrence, Request};
use crate::value::{Currency, Customer, Expiry, Money, OriginalId};
use crate::value::{Reason, ResponseCode};

/// The rules, and what they look at besides the request.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    pub(super) now: SystemTime,
    pub(super) profile: &'a Profile,
    pub(super) ledger: &'a Ledger,
    pub(super) vault: &'a Vault,
    /// The card that the request names, if it names one that there is.
    pub(super) card: Option<&'a Card>,
}

/// A transaction that can be made, and the code with which it is refused, if it is.
pub(super) struct Ruling {
    pub(super) details: Details,
    pub(super) refusal: Option<ResponseCode>,
}

impl From<Details> for Ruling {
    fn from(details: Details) -> Self {
        Self { details, refusal: None }
    }
}

impl<'a> Rules<'a> {
    /// The transaction that a request asks for, or the reason why there is none.
    pub(super) fn decide(self, request: &Request) -> Result<Ruling, Reason> {
        match request {
            Request::Sale(sale) => self.sale(sale),
            Request::Verify(verify) => self.verify(verify),
            Request::Continuous(continuous) => self.continuous(continuous),
            Request::Void(void) => self.void(void),
            Request::Refund(refund) => self.refund(refund),
            Request::Credit(credit) => self.credit(credit),
        }
    }

    /// The transaction that a request goes back to. V16: there is none of this id. V20: it was in
    /// another currency.
    fn original(self, id: &OriginalId, currency: Currency) -> Result<&'a Entry, Reason> {
        let original = self.ledger.get(&id.transaction_id()).ok_or(Reason::OriginalTransactionNotFound)?;
        require(original.money().currency() == currency, Reason::CurrencyChanged)?;
        Ok(original)
    }

    /// The same. V35: it was not authorised.
    fn authorised(self, id: &OriginalId, currency: Currency) -> Result<&'a Entry, Reason> {
        let original = self.original(id, currency)?;
        require(original.is_authorised(), Reason::OriginalTransactionNotAuthorised)?;
        Ok(original)
    }

    /// V14: the profile does not take the currency. V13: nothing is to be paid, or less than the
    /// currency's smallest unit.
    fn money(self, money: Money) -> Result<(), Reason> {
        self.currency(money.currency())?;
        require(money.amount().hundredths() > 0, Reason::InvalidAmount)?;
        whole_units(money)
    }

    fn currency(self, currency: Currency) -> Result<(), Reason> {
        require(self.profile.takes(currency), Reason::InvalidCurrencyCode)
    }

    /// V55: a financial institution has to name the recipient of the funds.
    fn recipient<Terms, Ref>(self, payment: &Payment<Terms, Ref>) -> Result<(), Reason> {
        let named = payment.recipient.is_some() || !self.profile.names_recipients();
        require(named, Reason::InvalidFundsRecipientDate)
    }

    /// V07: the profile insists on the cardholder's name.
    fn name(self, customer: &Customer) -> Result<(), Reason> {
        require(customer.name.is_some() || !self.profile.requires_name, Reason::CardholderNameNotSet)
    }

    /// The card that the request names. V06: it names it by a token that nobody was given, or by a
    /// number that fails the Luhn check.
    fn card(self) -> Result<&'a Card, Reason> {
        self.card.filter(|card| may_exist(card.number())).ok_or(Reason::InvalidCardNumber)
    }

    /// V39: the card's last month is over. V02: it is more than ten years away (section 8).
    fn expiry(self, expiry: Expiry) -> Result<(), Reason> {
        require(!self.is_over(expiry), Reason::CardExpired)?;
        let (year, month) = month(self.now);
        let last = year.saturating_add(10);
        require((expiry.year(), expiry.month()) <= (last, month), Reason::InvalidExpiryDate)
    }

    fn is_over(self, expiry: Expiry) -> bool {
        is_over(expiry, self.now)
    }
}

fn require(holds: bool, reason: Reason) -> Result<(), Reason> {
    if holds { Ok(()) } else { Err(reason) }
}

/// V61: `Recurring` goes with `subs` and `inst`, `MerchantInitiated` with `sing` and `unsc` (RA-178). A
/// recurrence that is not given is not judged.
fn exemption_fits(recurrence: Option<Recurrence>, exemption: Option<Exemption>) -> Result<(), Reason> {
    use Recurrence as R;
    let fits = match (recurrence, exemption) {
        (Some(recurrence), Some(Exemption::Recurring)) => {
            matches!(recurrence, R::Subscription | R::Instalment)
        }
        (Some(recurrence), Some(Exemption::MerchantInitiated)) => {
            matches!(recurrence, R::Single | R::Unscheduled)
        }
        _ => true,
    };
    require(fits, Reason::InvalidRecurrenceFlagUsage)
}

/// V13: the amount has fractions, and the currency has none, such as the yen.
fn whole_units(money: Money) -> Result<(), Reason> {
    let indivisible = money.currency().decimals() == Some(0);
    require(!indivisible || money.amount().hundredths().is_multiple_of(100), Reason::InvalidAmount)
}
