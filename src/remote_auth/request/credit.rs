//! Credit: pays out, and is signed.

use super::digest::{DigestMismatch, DigestSecret, SecurityHash};
use super::{CreditReference, Payment};
use crate::value::{CardNumber, CardOrToken, CardToken, Expiry, Money, OriginalId};

/// Pays out to a card (`tran_type=credit`, `tran_class=cred`; section 4).
///
/// A credit cannot be made without its digest. Credits exist only for MCC 5262, 6010, 6011, 6012,
/// 6300, 6399, 7994, 7995 and 8999 (RA-094).
///
/// A credit whose response is lost is looked up, not sent again: pages promise retries for
/// authorisations only.
///
/// ```
/// use cashflows_codec::remote_auth::request::Credit;
/// use cashflows_codec::remote_auth::DigestSecret;
/// use cashflows_codec::value::{Money, OriginalId};
///
/// let secret: DigestSecret = "shared beforehand".parse()?;
/// let won: OriginalId = "01S00001234".parse()?;
/// let credit = Credit::new(won, Money::gbp(9_99), "win-1".parse()?, &secret);
///
/// // The acquirer's side:
/// assert!(credit.verify(&secret).is_ok());
/// assert!(credit.verify(&"another".parse()?).is_err());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
pub type Credit = Payment<CreditTerms, CreditReference>;

/// The part that only a [`Credit`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreditTerms {
    /// The card or the transaction to pay to.
    pub to: CreditTo,
    /// The last valid month of the card (`card_expiry`).
    pub expiry: Option<Expiry>,
    /// The amount (`tran_amount`, `tran_currency`).
    pub money: Money,
    /// The digest (`security_hash`).
    pub security_hash: SecurityHash,
}

/// The card or the transaction that a credit is paid to (note C3). For Mastercard it has to name an
/// original transaction (RA-107).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CreditTo {
    /// The card of an original transaction (`tran_orig_id`).
    Original(OriginalId),
    /// A card (`card_num` or `card_token`); Visa only.
    Card(CardOrToken),
    /// A card, with an original transaction of it (both; Visa, RA-108). The digest covers the original.
    CardOfOriginal {
        /// The card (`card_num` or `card_token`).
        card: CardOrToken,
        /// The original transaction (`tran_orig_id`).
        original: OriginalId,
    },
}

impl From<OriginalId> for CreditTo {
    fn from(original: OriginalId) -> Self {
        Self::Original(original)
    }
}

impl From<CardNumber> for CreditTo {
    fn from(number: CardNumber) -> Self {
        Self::Card(number.into())
    }
}

impl From<CardToken> for CreditTo {
    fn from(token: CardToken) -> Self {
        Self::Card(token.into())
    }
}

impl Credit {
    /// Pays `money` out, signed with `secret`.
    #[must_use]
    pub fn new(
        to: impl Into<CreditTo>,
        money: Money,
        reference: CreditReference,
        secret: &DigestSecret,
    ) -> Self {
        let to = to.into();
        let security_hash = SecurityHash::of_credit(money, to.original(), &reference, secret);
        Self::new_with(CreditTerms { to, expiry: None, money, security_hash }, reference)
    }

    /// Sets the last valid month of the card (`card_expiry`).
    #[must_use]
    pub const fn with_expiry(mut self, expiry: Expiry) -> Self {
        self.terms.expiry = Some(expiry);
        self
    }

    /// Compares the digest with the one that `secret` gives, in constant time.
    ///
    /// # Errors
    ///
    /// [`DigestMismatch`] if not: the credit was not made by somebody who knows the secret, or was
    /// changed on the way.
    pub fn verify(&self, secret: &DigestSecret) -> Result<(), DigestMismatch> {
        let CreditTerms { to, expiry: _, money, security_hash } = &self.terms;
        security_hash.verify(*money, to.original(), &self.reference, secret)
    }
}

impl CreditTo {
    /// The original transaction (`tran_orig_id`), where it is named.
    #[must_use]
    pub const fn original(&self) -> Option<&OriginalId> {
        match self {
            Self::Original(original) | Self::CardOfOriginal { original, .. } => Some(original),
            Self::Card(_) => None,
        }
    }

    /// The card or its token, where it is named.
    #[must_use]
    pub const fn card(&self) -> Option<&CardOrToken> {
        match self {
            Self::Original(_) => None,
            Self::Card(card) | Self::CardOfOriginal { card, .. } => Some(card),
        }
    }
}
