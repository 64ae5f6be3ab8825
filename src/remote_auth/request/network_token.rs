//! Network tokens: what a card scheme gives in a card's place (section 5).

use super::{CardDetails, Recurrence};
use crate::value::{CardNumber, Expiry, IssueNumber, PaymentAccountReference, StartDate, Tavv, ThreeDs};

/// The virtual number that a card scheme gives in a card's place, and the value that proves the
/// right to use it (`network_token=true`, `card_num`, `card_tavv`; section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkToken {
    number: CardNumber,
    tavv: Tavv,
}

impl NetworkToken {
    /// The virtual number and its verification value.
    #[must_use]
    pub const fn new(number: CardNumber, tavv: Tavv) -> Self {
        Self { number, tavv }
    }

    /// The virtual number (`card_num`).
    #[must_use]
    pub const fn number(&self) -> &CardNumber {
        &self.number
    }

    /// The token authentication verification value (`card_tavv`).
    #[must_use]
    pub const fn tavv(&self) -> &Tavv {
        &self.tavv
    }
}

/// A network token that the cardholder pays with, without a security code (section 5, RA-218). With a
/// security code it is a [`Card::network_token`](super::Card::network_token).
///
/// On the internet the cardholder has to be authenticated, as with any other card: the token's own
/// verification value does not do that. The merchant charges a network token by a
/// [`Continuous`](super::Continuous) payment: see [`NetworkTokenOrigin`](super::NetworkTokenOrigin).
///
/// ```
/// use cashflows_codec::remote_auth::request::{NetworkToken, NetworkTokenCard, Recurrence};
/// use cashflows_codec::value::{Eci, ThreeDs};
///
/// let token = NetworkToken::new("4895370012003478".parse()?, "0BE1C7".parse()?);
/// let authenticated = ThreeDs::v2(
///     "2.2.0".parse()?,
///     Eci::VisaFull,
///     "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse()?,
///     "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse()?,
/// )?;
/// let card = NetworkTokenCard::new(token, "1130".parse()?)
///     .with_three_ds(authenticated)
///     .with_recurrence(Recurrence::Single);
/// assert_eq!(card.recurrence(), Some(Recurrence::Single));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkTokenCard {
    pub(crate) details: CardDetails,
    pub(crate) three_ds: Option<ThreeDs>,
    pub(crate) recurrence: Option<Recurrence>,
}

impl NetworkTokenCard {
    /// A network token and its last valid month.
    #[must_use]
    pub fn new(token: NetworkToken, expiry: Expiry) -> Self {
        Self { details: CardDetails::new(token, expiry), three_ds: None, recurrence: None }
    }

    /// Sets the first valid month (`card_start`; legacy).
    #[must_use]
    pub const fn with_start(mut self, start: StartDate) -> Self {
        self.details.start = Some(start);
        self
    }

    /// Sets the issue number (`card_issue`; legacy).
    #[must_use]
    pub fn with_issue(mut self, issue: IssueNumber) -> Self {
        self.details.issue = Some(issue);
        self
    }

    /// Sets the payment account reference (`card_payment_account_reference`) of the token's card.
    #[must_use]
    pub fn with_account_reference(mut self, reference: PaymentAccountReference) -> Self {
        self.details.account_reference = Some(reference);
        self
    }

    /// Adds the result of 3-D Secure (`acs_…`).
    #[must_use]
    pub fn with_three_ds(mut self, three_ds: impl Into<ThreeDs>) -> Self {
        self.three_ds = Some(three_ds.into());
        self
    }

    /// Says how the payments recur (`tran_recurrence`); overrides the profile's setting.
    #[must_use]
    pub const fn with_recurrence(mut self, recurrence: Recurrence) -> Self {
        self.recurrence = Some(recurrence);
        self
    }

    /// The token and its last valid month: the source is always a network token.
    #[must_use]
    pub const fn details(&self) -> &CardDetails {
        &self.details
    }

    /// The result of 3-D Secure (`acs_…`).
    #[must_use]
    pub const fn three_ds(&self) -> Option<&ThreeDs> {
        self.three_ds.as_ref()
    }

    /// How the payments recur (`tran_recurrence`).
    #[must_use]
    pub const fn recurrence(&self) -> Option<Recurrence> {
        self.recurrence
    }
}
