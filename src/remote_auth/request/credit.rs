//! Credit: pays out, and is signed.

use super::{CardOrToken, RetryNumber};
use crate::remote_auth::DigestMismatch;
use crate::remote_auth::request::CreditReference;
use crate::remote_auth::{DigestSecret, SecurityHash};
use crate::value::{CardNumber, CardToken, Money, OriginalId};

/// Pays out to a card (`tran_type=credit`, `tran_class=cred`; section 4).
///
/// A credit cannot be made without its digest. Credits exist only for MCC 5262, 6010, 6011, 6012,
/// 6300, 6399, 7994, 7995 and 8999.
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
/// // The gateway's side:
/// assert!(credit.verify(&secret).is_ok());
/// assert!(credit.verify(&"another".parse()?).is_err());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    pub(crate) to: CreditTo,
    pub(crate) money: Money,
    pub(crate) reference: CreditReference,
    pub(crate) security_hash: SecurityHash,
    pub(crate) retry_number: Option<RetryNumber>,
}

/// Where a credit goes: exactly one of the three (note C3). For Mastercard it has to be an original
/// transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreditTo {
    /// The card of an original transaction (`tran_orig_id`).
    Original(OriginalId),
    /// A card (`card_num` or `card_token`); Visa only.
    Card(CardOrToken),
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
        Self { to, money, reference, security_hash, retry_number: None }
    }

    /// Whether the digest is the one that `secret` gives, compared in constant time.
    ///
    /// # Errors
    ///
    /// [`DigestMismatch`] if not: the credit was not made by somebody who knows the secret, or was
    /// changed on the way.
    pub fn verify(&self, secret: &DigestSecret) -> Result<(), DigestMismatch> {
        let Self { to, money, reference, security_hash, retry_number: _ } = self;
        security_hash.verify(*money, to.original(), reference, secret)
    }

    /// Where it goes.
    #[must_use]
    pub const fn to(&self) -> &CreditTo {
        &self.to
    }

    /// How much (`tran_amount`, `tran_currency`).
    #[must_use]
    pub const fn money(&self) -> Money {
        self.money
    }

    /// The merchant's reference (`tran_ref`).
    #[must_use]
    pub const fn reference(&self) -> &CreditReference {
        &self.reference
    }

    /// The number of the attempt (`retry_number`), where it is given. It is read; it is written only
    /// for an acquirer that is known to key credits by their reference:
    /// [`Request::with_retry_number`](super::Request::with_retry_number).
    #[must_use]
    pub const fn retry_number(&self) -> Option<RetryNumber> {
        self.retry_number
    }

    /// The digest (`security_hash`).
    #[must_use]
    pub const fn security_hash(&self) -> &SecurityHash {
        &self.security_hash
    }
}

impl CreditTo {
    const fn original(&self) -> Option<&OriginalId> {
        match self {
            Self::Original(original) => Some(original),
            Self::Card(_) => None,
        }
    }
}
