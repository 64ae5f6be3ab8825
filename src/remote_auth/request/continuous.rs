//! Continuous: charges again, by the authority of an earlier transaction.

use super::recurring_origin::RecurringOrigin;
use super::{ContinuousExemption, MerchantReference, NetworkToken, Payment, Recurrence};
use crate::value::{
    CardOrToken, Expiry, Money, OriginalId, PaymentAccountReference, SchemeTransactionId, ThreeDs,
};

/// Charges a card again without its holder (`tran_type=sale`, `tran_class=cont`).
///
/// The authority is an earlier sale or verification: one of this acquirer, whose CVV check was a full match
/// ([`RecurringOrigin`]), or one that another acquirer took, by the scheme's id
/// ([`SchemeOrigin`]). With either, the payment may name a network token
/// ([`NetworkTokenOrigin`]).
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
///
/// It has no card security code, which must not be stored:
///
/// ```compile_fail
/// use cashflows_codec::remote_auth::request::Continuous;
/// use cashflows_codec::value::Cvv;
///
/// fn again(payment: Continuous, cvv: Cvv) -> Continuous {
///     payment.with_cvv(cvv)
/// }
/// ```
#[doc(alias = "subscription")]
#[doc(alias = "mit")]
pub type Continuous = Payment<ContinuousTerms>;

/// The part that only a [`Continuous`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContinuousTerms {
    /// The transaction that gives the authority to charge.
    pub origin: Origin,
    /// The amount (`tran_amount`, `tran_currency`).
    pub money: Money,
    /// How the payments recur (`tran_recurrence`).
    pub recurrence: Option<Recurrence>,
    /// The claimed exemption from strong customer authentication (`SCA_exemption_indicator`).
    pub exemption: Option<ContinuousExemption>,
    /// The result of 3-D Secure (`acs_…`).
    pub three_ds: Option<ThreeDs>,
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

/// A transaction that gives the authority to charge again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` gives no authority to charge again",
    note = "take `response.recurring_origin()?`, whose CVV check was a full match, or a `SchemeOrigin` or `NetworkTokenOrigin`"
)]
pub trait IntoOrigin {
    /// Becomes the origin of a continuous payment.
    fn into_origin(self) -> Origin;
}

impl IntoOrigin for Origin {
    fn into_origin(self) -> Origin {
        self
    }
}

impl IntoOrigin for RecurringOrigin {
    fn into_origin(self) -> Origin {
        Origin::Original(self.original_id())
    }
}

impl IntoOrigin for SchemeOrigin {
    fn into_origin(self) -> Origin {
        Origin::Scheme(self)
    }
}

impl IntoOrigin for NetworkTokenOrigin {
    fn into_origin(self) -> Origin {
        Origin::NetworkToken(self)
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
/// assert_eq!(payment.terms().recurrence, Some(Recurrence::Unscheduled));
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkTokenOrigin {
    /// The first transaction.
    pub first: FirstTransaction,
    /// The network token.
    pub token: NetworkToken,
    /// The last valid month of the token (`card_expiry`).
    pub expiry: Option<Expiry>,
    /// The payment account reference of the token's card (`card_payment_account_reference`).
    pub account_reference: Option<PaymentAccountReference>,
}

impl NetworkTokenOrigin {
    /// The first transaction, and the token to charge.
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
/// assert_eq!(payment.terms().money.to_string(), "9.99 EUR");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeOrigin {
    /// The scheme's id (`scheme_transaction_id`).
    pub id: SchemeTransactionId,
    /// The card and its last valid month (`card_num` or `card_token`, `card_expiry`).
    pub card: Option<(CardOrToken, Expiry)>,
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
}

impl Continuous {
    /// Charges again, by the authority of `origin`.
    #[must_use]
    #[doc(alias = "recurring")]
    pub fn new(origin: impl IntoOrigin, money: Money, reference: MerchantReference) -> Self {
        let origin = origin.into_origin();
        let terms = ContinuousTerms { origin, money, recurrence: None, exemption: None, three_ds: None };
        Self::new_with(terms, reference)
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

    /// Adds the result of 3-D Secure (`acs_…`).
    #[must_use]
    pub fn with_three_ds(mut self, three_ds: impl Into<ThreeDs>) -> Self {
        self.terms.three_ds = Some(three_ds.into());
        self
    }
}
