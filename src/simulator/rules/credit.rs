//! Credit: pays out, if it was signed.

use super::{Rules, Ruling, require};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{Credit, OriginalClass};
use crate::simulator::card::Brand;
use crate::simulator::entry::{Details, Entry};
use crate::simulator::vault::Card;
use crate::value::{Checks, Reason};
use crate::value::{Currency, OriginalId};

impl<'a> Rules<'a> {
    /// V01: the profile has no credit transfers, or is of a category that cannot have them. V26: the
    /// digest is not right.
    pub(super) fn credit(self, credit: &Credit) -> Result<Ruling, Reason> {
        let secret = self.profile.digest_secret.as_ref().filter(|_| self.profile.may_credit());
        let secret = secret.ok_or(Reason::InvalidMerchantDetails)?;
        credit.verify(secret).map_err(|_| Reason::InvalidRequest)?;
        let terms = credit.terms();
        self.money(terms.money)?;
        self.recipient(credit)?;
        if let Some(expiry) = terms.expiry {
            self.expiry(expiry)?;
        }
        let original = match terms.to.original() {
            Some(id) => Some(self.paid_before(id, terms.money.currency())?),
            None => None,
        };
        if terms.to.card().is_some() {
            paid_to(self.card()?, original)?;
        }
        Ok(Details {
            kind: OperationKind::Credit,
            class: OriginalClass::Cred,
            original: original.map(|original| *original.id()),
            money: terms.money,
            card: None,
            checks: Checks::NONE,
        }
        .into())
    }

    /// V38: the original is no charge. A credit may be for more than it was: that is what winnings
    /// are.
    fn paid_before(self, id: &OriginalId, currency: Currency) -> Result<&'a Entry, Reason> {
        let original = self.authorised(id, currency)?;
        require(original.is_charge(), Reason::OriginalTransactionTypeMismatch)?;
        Ok(original)
    }
}

/// V21: of these brands an original transaction has to be named (section 2, note C3). V19: the original
/// that is named was of another card.
fn paid_to(card: &Card, original: Option<&Entry>) -> Result<(), Reason> {
    let Some(original) = original else {
        let named_only = matches!(Brand::of(card.number()), Some(Brand::Mastercard | Brand::Amex));
        return require(!named_only, Reason::OriginalTransactionReferenceRequired);
    };
    let same = original.card_record().is_some_and(|record| record.card == *card);
    require(same, Reason::CardNumberChanged)
}
