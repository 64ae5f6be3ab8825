//! Credit: pays out, if it was signed.

use super::{Decision, Rules, require};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{Credit, CreditTo, OriginalClass};
use crate::simulator::card::Brand;
use crate::simulator::entry::Details;
use crate::value::{Checks, Reason};
use crate::value::{Currency, OriginalId, TransactionId};

impl Rules<'_> {
    /// V01: the profile has no credit transfers, or is of a category that cannot have them. V26: the
    /// digest is not right.
    pub(super) fn credit(self, credit: &Credit) -> Result<Decision, Reason> {
        let secret = self.profile.digest_secret.as_ref().filter(|_| self.profile.may_credit());
        let secret = secret.ok_or(Reason::InvalidMerchantDetails)?;
        credit.verify(secret).map_err(|_| Reason::InvalidRequest)?;
        self.money(credit.money)?;
        let original = match &credit.to {
            CreditTo::Original(id) => Some(self.paid_before(id, credit.money.currency())?),
            CreditTo::Card(_) => {
                payable(Brand::of(self.card()?.number()))?;
                None
            }
        };
        Ok(Details {
            kind: OperationKind::Credit,
            class: OriginalClass::Credit,
            original,
            money: credit.money,
            card: None,
            checks: Checks::NONE,
        }
        .into())
    }

    /// V38: the original is no charge. A credit may be for more than it was: that is what winnings
    /// are.
    fn paid_before(self, id: &OriginalId, currency: Currency) -> Result<TransactionId, Reason> {
        let original = self.authorised(id, currency)?;
        require(original.is_charge(), Reason::OriginalTransactionTypeMismatch)?;
        Ok(*original.id())
    }
}

/// V21: of these brands an original transaction has to be named (section 2, note C3).
fn payable(brand: Option<Brand>) -> Result<(), Reason> {
    let named_only = matches!(brand, Some(Brand::Mastercard | Brand::Amex));
    require(!named_only, Reason::OriginalTransactionReferenceRequired)
}
