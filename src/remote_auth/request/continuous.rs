//! Continuous: charges again, by the authority of an earlier transaction.

use super::hint::NotInContinuousPayments;
use super::{CardOrToken, ContinuousExemption, NetworkToken, Payment, Recurrence, Reference};
use crate::remote_auth::outcome::RecurringOrigin;
use crate::value::{Expiry, Money, OriginalId, PaymentAccountReference, SchemeTransactionId, ThreeDs};

/// Charges a card again without its holder (`tran_type=sale`, `tran_class=cont`).
///
/// The authority is an earlier sale or verification: one of ours, whose CVV check was a full match
/// ([`RecurringOrigin`]), or one that another acquirer took, known by the scheme's id
/// ([`SchemeOrigin`]). With either, the payment may name a network token
/// ([`NetworkTokenOrigin`]). There is no card security code to send.
///
/// ```
/// use cashflows_codec::remote_auth::request::Continuous;
/// use cashflows_codec::value::Money;
/// use cashflows_codec::remote_auth::Response;
///
/// let first = Response::decode(b"A|05P00001724|232|031971|Authorised")?;
/// let payment = Continuous::new(first.recurring_origin()?, Money::gbp(9_99), "month-2".parse()?);
/// assert_eq!(payment.reference().as_str(), "month-2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type Continuous = Payment<ContinuousTerms>;

/// What only a [`Continuous`] has: the authority to charge again, how much, and how it recurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContinuousTerms {
    pub(crate) origin: Origin,
    pub(crate) money: Money,
    pub(crate) recurrence: Option<Recurrence>,
    pub(crate) exemption: Option<ContinuousExemption>,
    pub(crate) three_ds: Option<ThreeDs>,
}

/// The transaction that gives the authority to charge again (note C2).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A transaction of this gateway (`tran_orig_id`).
    Original(OriginalId),
    /// A transaction of another acquirer (`scheme_transaction_id`).
    Scheme(SchemeOrigin),
    /// A transaction of either, and the network token that is charged (`network_token=true`).
    NetworkToken(NetworkTokenOrigin),
}

impl From<RecurringOrigin> for Origin {
    fn from(origin: RecurringOrigin) -> Self {
        Self::Original(origin.original_id())
    }
}

impl From<SchemeOrigin> for Origin {
    fn from(origin: SchemeOrigin) -> Self {
        Self::Scheme(origin)
    }
}

impl From<NetworkTokenOrigin> for Origin {
    fn from(origin: NetworkTokenOrigin) -> Self {
        Self::NetworkToken(origin)
    }
}

/// The first transaction of a series, by one of its ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstTransaction {
    /// A transaction of this gateway (`tran_orig_id`).
    Original(OriginalId),
    /// A transaction of another acquirer (`scheme_transaction_id`).
    Scheme(SchemeTransactionId),
}

impl From<RecurringOrigin> for FirstTransaction {
    fn from(origin: RecurringOrigin) -> Self {
        Self::Original(origin.original_id())
    }
}

impl From<SchemeTransactionId> for FirstTransaction {
    fn from(id: SchemeTransactionId) -> Self {
        Self::Scheme(id)
    }
}

/// A network token that the merchant charges, and the first transaction, which gives the authority
/// (RA-221; `network_token`, `card_num`, `card_tavv`).
///
/// ```
/// use cashflows_codec::remote_auth::request::{
///     Continuous, ContinuousExemption, NetworkToken, NetworkTokenOrigin, Recurrence,
/// };
/// use cashflows_codec::value::{Money, SchemeTransactionId};
///
/// let first: SchemeTransactionId = "MCC6830070529".parse()?;
/// let token = NetworkToken::new("4895370012003478".parse()?, "0BE1C7".parse()?);
/// let origin = NetworkTokenOrigin::new(first, token).with_expiry("1130".parse()?);
/// let payment = Continuous::new(origin, Money::gbp(24_99), "r1".parse()?)
///     .with_recurrence(Recurrence::Unscheduled)
///     .with_exemption(ContinuousExemption::MerchantInitiated);
/// assert_eq!(payment.money(), Money::gbp(24_99));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkTokenOrigin {
    pub(crate) first: FirstTransaction,
    pub(crate) token: NetworkToken,
    pub(crate) expiry: Option<Expiry>,
    pub(crate) account_reference: Option<PaymentAccountReference>,
}

impl NetworkTokenOrigin {
    /// The first transaction, and the token that is charged.
    #[must_use]
    pub fn new(first: impl Into<FirstTransaction>, token: NetworkToken) -> Self {
        Self { first: first.into(), token, expiry: None, account_reference: None }
    }

    /// Sets the last valid month of the token (`card_expiry`).
    #[must_use]
    pub const fn with_expiry(mut self, expiry: Expiry) -> Self {
        self.expiry = Some(expiry);
        self
    }

    /// Sets the payment account reference of the token's card (`card_payment_account_reference`).
    #[must_use]
    pub fn with_account_reference(mut self, reference: PaymentAccountReference) -> Self {
        self.account_reference = Some(reference);
        self
    }

    /// The first transaction.
    #[must_use]
    pub const fn first(&self) -> &FirstTransaction {
        &self.first
    }

    /// The network token.
    #[must_use]
    pub const fn token(&self) -> &NetworkToken {
        &self.token
    }

    /// The last valid month (`card_expiry`), where it is given.
    #[must_use]
    pub const fn expiry(&self) -> Option<Expiry> {
        self.expiry
    }

    /// The payment account reference (`card_payment_account_reference`), where it is given.
    #[must_use]
    pub const fn account_reference(&self) -> Option<&PaymentAccountReference> {
        self.account_reference.as_ref()
    }
}

/// An initial transaction that another acquirer took: the scheme's id for it and, since this
/// gateway does not know the card, usually the card (note C2).
///
/// ```
/// use cashflows_codec::remote_auth::request::{Continuous, SchemeOrigin};
/// use cashflows_codec::value::{CardNumber, Money};
///
/// let number: CardNumber = "5400300400099007".parse()?;
/// let origin = SchemeOrigin::new("MCC6830070529".parse()?).with_card(number, "1130".parse()?);
/// let payment = Continuous::new(origin, Money::eur(9_99), "month-13".parse()?);
/// assert_eq!(payment.money().to_string(), "9.99 EUR");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeOrigin {
    pub(crate) id: SchemeTransactionId,
    pub(crate) card: Option<(CardOrToken, Expiry)>,
}

impl SchemeOrigin {
    /// The scheme's id of the initial transaction (`scheme_transaction_id`).
    #[must_use]
    pub const fn new(id: SchemeTransactionId) -> Self {
        Self { id, card: None }
    }

    /// Adds the card and its last valid month (`card_num` or `card_token`, `card_expiry`).
    #[must_use]
    pub fn with_card(mut self, card: impl Into<CardOrToken>, expiry: Expiry) -> Self {
        self.card = Some((card.into(), expiry));
        self
    }

    /// The scheme's id (`scheme_transaction_id`).
    #[must_use]
    pub const fn id(&self) -> &SchemeTransactionId {
        &self.id
    }

    /// The card, where it is given.
    #[must_use]
    pub const fn card(&self) -> Option<&(CardOrToken, Expiry)> {
        self.card.as_ref()
    }
}

impl Continuous {
    /// Charges again, by the authority of `origin`.
    #[must_use]
    #[doc(alias = "subscription")]
    #[doc(alias = "recurring")]
    pub fn new(origin: impl Into<Origin>, money: Money, reference: Reference) -> Self {
        let origin = origin.into();
        let terms = ContinuousTerms { origin, money, recurrence: None, exemption: None, three_ds: None };
        Self::with_terms(terms, reference)
    }

    /// Says how the payments recur (`tran_recurrence`); overrides the profile's setting.
    #[must_use]
    pub const fn with_recurrence(mut self, recurrence: Recurrence) -> Self {
        self.terms.recurrence = Some(recurrence);
        self
    }

    /// Claims an exemption from strong customer authentication (`SCA_exemption_indicator`).
    #[must_use]
    pub const fn with_exemption(mut self, exemption: ContinuousExemption) -> Self {
        self.terms.exemption = Some(exemption);
        self
    }

    /// Does not exist: a continuous payment has no security code, which nobody may have stored.
    ///
    /// ```compile_fail
    /// use cashflows_codec::remote_auth::request::Continuous;
    /// use cashflows_codec::value::Cvv;
    ///
    /// fn again(payment: Continuous, cvv: Cvv) -> Continuous {
    ///     payment.with_cvv(cvv)
    /// }
    /// ```
    #[doc(hidden)]
    #[must_use]
    pub fn with_cvv(self, _: impl NotInContinuousPayments) -> Self {
        self
    }

    /// Adds the result of 3-D Secure (`acs_…`).
    #[must_use]
    pub fn with_three_ds(mut self, three_ds: impl Into<ThreeDs>) -> Self {
        self.terms.three_ds = Some(three_ds.into());
        self
    }

    /// The authority to charge.
    #[must_use]
    pub const fn origin(&self) -> &Origin {
        &self.terms.origin
    }

    /// How much (`tran_amount`, `tran_currency`).
    #[must_use]
    pub const fn money(&self) -> Money {
        self.terms.money
    }

    /// How the payments recur (`tran_recurrence`).
    #[must_use]
    pub const fn recurrence(&self) -> Option<Recurrence> {
        self.terms.recurrence
    }

    /// The exemption that is claimed (`SCA_exemption_indicator`).
    #[must_use]
    pub const fn exemption(&self) -> Option<ContinuousExemption> {
        self.terms.exemption
    }

    /// The result of 3-D Secure (`acs_…`).
    #[must_use]
    pub const fn three_ds(&self) -> Option<&ThreeDs> {
        self.terms.three_ds.as_ref()
    }
}
