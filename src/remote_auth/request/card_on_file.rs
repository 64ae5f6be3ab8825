//! Cards on file: kept the first time, used again later (section 5).

use super::{CardDetails, NetworkToken};
use crate::value::{CardNumber, CardToken, Cvv, Expiry, FullThreeDs};

/// A card that its holder gives and lets the merchant keep: card on file, first (section 5).
///
/// It is sent with `using_stored_credentials=false`, `tran_recurrence=card`, `return_token=true`
/// and class `ecom`. The token comes among the extras of the reply, from which it can be told where
/// nothing is asked for besides, or only the acquirer reference number: see
/// [`ReturnFlags`](crate::remote_auth::ReturnFlags).
///
/// ```
/// use cashflows_codec::remote_auth::request::{Sale, StoringCard};
/// use cashflows_codec::value::{FullThreeDs, Money};
///
/// let three_ds = FullThreeDs::new(
///     "2.2.0".parse()?,
///     "5".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// )?;
/// let card = StoringCard::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?, three_ds);
/// let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?);
/// assert!(sale.return_flags().token());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoringCard {
    pub(crate) details: CardDetails,
    /// Only a network token goes without.
    pub(crate) cvv: Option<Cvv>,
    pub(crate) three_ds: FullThreeDs,
}

impl StoringCard {
    /// A card number, its last valid month, its security code and a complete result of 3-D Secure.
    #[must_use]
    pub fn new(number: CardNumber, expiry: Expiry, cvv: Cvv, three_ds: FullThreeDs) -> Self {
        Self::from_details(CardDetails::new(number, expiry), cvv, three_ds)
    }

    /// Any card, its security code and a complete result of 3-D Secure.
    #[must_use]
    pub const fn from_details(details: CardDetails, cvv: Cvv, three_ds: FullThreeDs) -> Self {
        Self { details, cvv: Some(cvv), three_ds }
    }

    /// A network token without a security code (RA-218), its last valid month and a complete result of
    /// 3-D Secure.
    #[must_use]
    pub fn network_token(token: NetworkToken, expiry: Expiry, three_ds: FullThreeDs) -> Self {
        Self { details: CardDetails::new(token, expiry), cvv: None, three_ds }
    }

    /// The card.
    #[must_use]
    pub const fn details(&self) -> &CardDetails {
        &self.details
    }

    /// The card security code (`card_cvv`). A network token need not have one.
    #[must_use]
    pub const fn cvv(&self) -> Option<&Cvv> {
        self.cvv.as_ref()
    }

    /// The result of 3-D Secure (`acs_…`).
    #[must_use]
    pub const fn three_ds(&self) -> &FullThreeDs {
        &self.three_ds
    }
}

/// A card that the merchant kept, with which its holder pays again: card on file, subsequent
/// (section 5).
///
/// It is sent with `using_stored_credentials=true`, `tran_recurrence=card` and class `ecom`, and
/// without a security code: nobody may keep one. One that the cardholder entered anew is read
/// (RA-205).
///
/// ```
/// use cashflows_codec::remote_auth::request::StoredCard;
/// use cashflows_codec::value::FullThreeDs;
///
/// let three_ds = FullThreeDs::new(
///     "2.2.0".parse()?,
///     "5".parse()?,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// )?;
/// let card = StoredCard::token("1000000000030419".parse()?, "1130".parse()?, three_ds);
/// assert_eq!(card.three_ds().three_ds().version(), Some("2.2.0"));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCard {
    pub(crate) details: CardDetails,
    pub(crate) cvv: Option<Cvv>,
    pub(crate) three_ds: FullThreeDs,
}

impl StoredCard {
    /// A kept card number, its last valid month and a complete result of 3-D Secure.
    #[must_use]
    pub fn new(number: CardNumber, expiry: Expiry, three_ds: FullThreeDs) -> Self {
        Self::from_details(CardDetails::new(number, expiry), three_ds)
    }

    /// The token that came when the card was kept, the card's last valid month and a complete result
    /// of 3-D Secure.
    #[must_use]
    pub fn token(token: CardToken, expiry: Expiry, three_ds: FullThreeDs) -> Self {
        Self::from_details(CardDetails::new(token, expiry), three_ds)
    }

    /// Any kept card and a complete result of 3-D Secure.
    #[must_use]
    pub const fn from_details(details: CardDetails, three_ds: FullThreeDs) -> Self {
        Self { details, cvv: None, three_ds }
    }

    /// The card.
    #[must_use]
    pub const fn details(&self) -> &CardDetails {
        &self.details
    }

    /// The security code of a request that was read (`card_cvv`), where it has one.
    #[must_use]
    pub const fn cvv(&self) -> Option<&Cvv> {
        self.cvv.as_ref()
    }

    /// The result of 3-D Secure (`acs_…`).
    #[must_use]
    pub const fn three_ds(&self) -> &FullThreeDs {
        &self.three_ds
    }
}
