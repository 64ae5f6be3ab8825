//! Sale and verification.

use super::request_card::{CardUse, RequestCard};
use super::{Rules, Ruling, exemption_fits, issuer, require, whole_units};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{Class, Recurrence, Sale, SaleExemption, Verify};
use crate::simulator::card::{Brand, CardRecord};
use crate::simulator::entry::Details;
use crate::simulator::vault::{Card, OnFile};
use crate::value::Reason;
use crate::value::{Amount, Authentication, Customer, Money};

/// The facts that sale and verification have in common.
struct CardPayment<'a> {
    kind: OperationKind,
    class: Class,
    money: Money,
    customer: &'a Customer,
    given: RequestCard<'a>,
    /// True if an exemption from strong customer authentication is claimed.
    exempt: bool,
}

impl Rules<'_> {
    pub(super) fn sale(self, sale: &Sale) -> Result<Ruling, Reason> {
        let terms = sale.terms();
        self.money(terms.money)?;
        self.recipient(sale)?;
        self.pay(CardPayment {
            kind: OperationKind::Sale,
            class: terms.class,
            money: terms.money,
            customer: &sale.customer,
            given: RequestCard::from(sale.card()),
            exempt: terms.exemption.is_some_and(|exemption| is_exempt(exemption, terms.money)),
        })
    }

    pub(super) fn verify(self, verify: &Verify) -> Result<Ruling, Reason> {
        let terms = verify.terms();
        self.currency(terms.currency)?;
        self.recipient(verify)?;
        let given = RequestCard::from(verify.card());
        exemption_fits(given.recurrence, terms.exemption)?;
        let money = Money::new(terms.amount.unwrap_or(Amount::from_hundredths(0)), terms.currency);
        whole_units(money)?;
        self.pay(CardPayment {
            kind: OperationKind::Verify,
            class: terms.class,
            money,
            customer: &verify.customer,
            given,
            exempt: false,
        })
    }

    fn pay(self, payment: CardPayment<'_>) -> Result<Ruling, Reason> {
        let (card, given) = (self.card()?, payment.given);
        self.expiry(given.expiry)?;
        self.name(payment.customer)?;
        let brand = Brand::of(card.number());
        let amex_verify = payment.kind == OperationKind::Verify && brand == Some(Brand::Amex);
        require(!amex_verify, Reason::AmexVerifyNotSupported)?;
        recurrence(given)?;
        self.three_ds(&payment, brand)?;
        if given.usage == CardUse::Stored {
            self.stored(card)?;
        }
        let customer = payment.customer;
        let checks = issuer::checks(brand, given, customer);
        let record = CardRecord {
            card: card.clone(),
            expiry: given.expiry,
            authentication: given.authentication,
            stored: given.usage == CardUse::Storing,
        };
        let refusal = issuer::refusal(checks, customer, &record);
        let details = Details {
            kind: payment.kind,
            class: payment.class.into(),
            original: None,
            money: payment.money,
            card: Some(record),
            checks,
        };
        Ok(Ruling { details, refusal })
    }

    /// V53: the indicator is another scheme's. V59: on the internet, 3-D Secure was not even tried,
    /// though the profile insists on it or the card is on file.
    fn three_ds(self, payment: &CardPayment<'_>, brand: Option<Brand>) -> Result<(), Reason> {
        let given = payment.given;
        let agree = brand.is_none_or(|brand| given.eci.is_none_or(|eci| brand.has_indicator(eci)));
        require(agree, Reason::InvalidThreeDsData)?;

        let asked = payment.kind == OperationKind::Sale
            && payment.class == Class::Ecom
            && !payment.exempt
            && self.profile.requires_three_ds;
        let needed = asked || given.usage.is_on_file();
        let tried = given.authentication.is_some_and(|tried| tried != Authentication::None);
        require(tried || !needed, Reason::EcomRequiresThreeDs)
    }

    /// V62: the card was never stored here. V63: the transaction that was to store it was not
    /// approved. V64: the stored card has expired.
    fn stored(self, card: &Card) -> Result<(), Reason> {
        match self.vault.on_file(card) {
            OnFile::Never => Err(Reason::InitialArnMissing),
            OnFile::Refused => Err(Reason::InitialTransactionNotApproved),
            OnFile::Kept(expiry) if self.is_over(expiry) => Err(Reason::InitialTransactionCardExpired),
            OnFile::Kept(_) => Ok(()),
        }
    }
}

/// Returns true if a sale is exempt from strong customer authentication: one of low value has to be below 30 euro
/// (RA-037). Other currencies have no rate here.
fn is_exempt(exemption: SaleExemption, money: Money) -> bool {
    const LOW: Money = Money::eur(30_00);
    let too_high =
        money.currency() == LOW.currency() && money.amount().hundredths() >= LOW.amount().hundredths();
    exemption != SaleExemption::LowValue || !too_high
}

/// V61: `card` is for cards on file, and says so by `using_stored_credentials`.
fn recurrence(given: RequestCard<'_>) -> Result<(), Reason> {
    let on_file = given.recurrence == Some(Recurrence::CardOnFile);
    require(!on_file || given.usage.is_on_file(), Reason::InvalidRecurrenceFlagUsage)
}
