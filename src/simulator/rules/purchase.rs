//! Sale and verification.

use super::presented::{Manner, Presented};
use super::{Decision, Desk, issuer, require};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::Recurrence;
use crate::remote_auth::request::{Class, Reference, Sale, Verify};
use crate::simulator::card::{Brand, KnownCard};
use crate::simulator::ledger::{Entry, Facts};
use crate::value::Reason;
use crate::value::{Amount, Authentication, CardNumber, Customer, Money};

/// What sale and verification have in common.
struct Buying<'a> {
    kind: OperationKind,
    class: Class,
    money: Money,
    reference: &'a Reference,
    customer: &'a Customer,
    presented: Presented<'a>,
    /// Whether an exemption from strong customer authentication is claimed.
    exempt: bool,
}

impl Desk<'_> {
    pub(super) fn sale(self, sale: &Sale) -> Result<Decision, Reason> {
        self.money(sale.money())?;
        self.recipient(sale)?;
        self.buy(Buying {
            kind: OperationKind::Sale,
            class: sale.class(),
            money: sale.money(),
            reference: sale.reference(),
            customer: sale.customer(),
            presented: Presented::from(sale.card()),
            exempt: sale.exemption().is_some(),
        })
    }

    pub(super) fn verify(self, verify: &Verify) -> Result<Decision, Reason> {
        self.currency(verify.currency())?;
        self.recipient(verify)?;
        let amount = verify.amount().unwrap_or(Amount::from_hundredths(0));
        self.buy(Buying {
            kind: OperationKind::Verify,
            class: verify.class(),
            money: Money::new(amount, verify.currency()),
            reference: verify.reference(),
            customer: verify.customer(),
            presented: Presented::from(verify.card()),
            exempt: false,
        })
    }

    fn buy(self, buying: Buying<'_>) -> Result<Decision, Reason> {
        let presented = buying.presented;
        let number = self.vault.number_of(presented.source)?;
        self.expiry(presented.expiry)?;
        let brand = Brand::of(&number);
        let amex_verify = buying.kind == OperationKind::Verify && brand == Some(Brand::Amex);
        require(!amex_verify, Reason::AmexVerifyNotSupported)?;
        recurrence(presented)?;
        self.three_ds(&buying, brand)?;
        if presented.manner == Manner::Stored {
            self.stored(&number)?;
        }
        let customer = buying.customer;
        let checks = issuer::checks(brand, presented, customer);
        let card = KnownCard {
            number,
            expiry: presented.expiry,
            authentication: presented.authentication(),
            stored: presented.manner == Manner::Storing,
        };
        let refusal = issuer::refusal(checks, customer, &card);
        let facts = Facts {
            kind: buying.kind,
            class: buying.class.into(),
            reference: Some(buying.reference.as_str().into()),
            original: None,
            money: buying.money,
            card: Some(card),
            checks,
        };
        Ok(Decision { facts, refusal })
    }

    /// V53: the indicator is another scheme's. V59: on the internet, 3-D Secure was not even tried,
    /// though the profile insists on it or the card is on file.
    fn three_ds(self, buying: &Buying<'_>, brand: Option<Brand>) -> Result<(), Reason> {
        let presented = buying.presented;
        let indicated = presented.eci.map(Brand::of_indicator);
        let agree = brand.is_none() || indicated.is_none() || brand == indicated;
        require(agree, Reason::InvalidThreeDsData)?;

        let asked = buying.kind == OperationKind::Sale
            && buying.class == Class::Ecom
            && presented.manner != Manner::MerchantInitiated
            && !buying.exempt
            && self.profile.requires_three_ds;
        let needed = asked || presented.manner.is_on_file();
        let tried = presented.authentication().is_some_and(|tried| tried != Authentication::None);
        require(tried || !needed, Reason::EcomRequiresThreeDs)
    }

    /// V62: the card was never stored here. V63: the transaction that was to store it was not
    /// approved. V64: the stored card has expired.
    fn stored(self, number: &CardNumber) -> Result<(), Reason> {
        let stores = |entry: &&Entry| {
            entry.facts.card.as_ref().is_some_and(|card| card.stored && card.number == *number)
        };
        let initial: Vec<&Entry> = self.ledger.entries().iter().filter(stores).collect();
        require(!initial.is_empty(), Reason::InitialArnMissing)?;
        let approved = initial.into_iter().rfind(|entry| entry.is_authorised());
        let card = approved.and_then(|entry| entry.facts.card.as_ref());
        let card = card.ok_or(Reason::InitialTransactionNotApproved)?;
        require(!self.is_over(card.expiry), Reason::InitialTransactionCardExpired)
    }
}

/// V61: `card` is for cards on file, and says so by `using_stored_credentials`.
fn recurrence(presented: Presented<'_>) -> Result<(), Reason> {
    let on_file = presented.recurrence == Some(Recurrence::CardOnFile);
    require(!on_file || presented.manner.is_on_file(), Reason::InvalidRecurrenceFlagUsage)
}
