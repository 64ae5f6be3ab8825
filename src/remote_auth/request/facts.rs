//! The values that requests of every operation have.

use super::{FirstTransaction, MerchantReference, Origin, Request};
use crate::error::InvalidValue;
use crate::media::form;
use crate::remote_auth::parameter::Parameter;
use crate::remote_auth::{Credentials, Password, ProfileId};
use crate::secret::Secret;
use crate::value::{Currency, Money, OriginalId};

impl Request {
    /// The merchant's reference (`tran_ref`). A void or refund may have one of its own.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::{Request, RecurringOrigin, Response};
    /// use cashflows_codec::remote_auth::request::Continuous;
    /// use cashflows_codec::value::Money;
    ///
    /// let first = Response::decode(b"A|05P00001724|232|031971|Authorised")?.recurring_origin()?;
    /// let request = Request::from(Continuous::new(first, Money::gbp(9_99), "month-2".parse()?));
    /// assert_eq!(request.reference(), Some("month-2"));
    /// assert_eq!(request.money(), Some(Money::gbp(9_99)));
    /// assert_eq!(request.original().map(|id| id.to_string()).as_deref(), Some("05P00001724"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        match self {
            Self::Sale(sale) => Some(sale.reference.as_str()),
            Self::Verify(verify) => Some(verify.reference.as_str()),
            Self::Continuous(continuous) => Some(continuous.reference.as_str()),
            Self::Void(void) => void.reference.as_ref().map(MerchantReference::as_str),
            Self::Refund(refund) => refund.reference.as_ref().map(MerchantReference::as_str),
            Self::Credit(credit) => Some(credit.reference.as_str()),
        }
    }

    /// The amount (`tran_amount`, `tran_currency`). A verification need not have one.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        match self {
            Self::Sale(sale) => Some(sale.terms.money),
            Self::Verify(verify) => Some(Money::new(verify.terms.amount?, verify.terms.currency)),
            Self::Continuous(continuous) => Some(continuous.terms.money),
            Self::Void(void) => Some(void.money),
            Self::Refund(refund) => Some(refund.money),
            Self::Credit(credit) => Some(credit.terms.money),
        }
    }

    /// The currency (`tran_currency`), which a verification without an amount has too.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        match self {
            Self::Sale(sale) => sale.terms.money.currency(),
            Self::Verify(verify) => verify.terms.currency,
            Self::Continuous(continuous) => continuous.terms.money.currency(),
            Self::Void(void) => void.money.currency(),
            Self::Refund(refund) => refund.money.currency(),
            Self::Credit(credit) => credit.terms.money.currency(),
        }
    }

    /// The transaction that the request is about (`tran_orig_id`): the one to void or refund, the origin of a
    /// continuous payment, the one whose card a credit is paid to.
    #[must_use]
    pub fn original(&self) -> Option<OriginalId> {
        match self {
            Self::Void(void) => Some(void.original),
            Self::Refund(refund) => Some(refund.original),
            Self::Continuous(continuous) => match &continuous.terms.origin {
                Origin::Original(id) => Some(*id),
                Origin::NetworkToken(origin) => match &origin.first {
                    FirstTransaction::Original(id) => Some(*id),
                    FirstTransaction::Scheme(_) => None,
                },
                Origin::Scheme(_) => None,
            },
            Self::Credit(credit) => credit.terms.to.original().copied(),
            Self::Sale(_) | Self::Verify(_) => None,
        }
    }

    /// The parameters with their values, in wire order, without credentials and test mode.
    pub(crate) fn parameters(&self) -> Vec<(Parameter, Secret)> {
        let Ok(credentials) = placeholders() else { return Vec::new() };
        let body = self.encode(&credentials);
        let body = form::readable(body.as_bytes());
        let parameter = |(name, value): (&str, &str)| {
            let parameter = Parameter::from_wire(name)?;
            let own = !FRAME.contains(&parameter);
            own.then_some((parameter, form::decode_secret(value).ok()?))
        };
        form::pairs(body.as_str()).filter_map(parameter).collect()
    }
}

/// The parameters that every body has beside its request.
pub(crate) const FRAME: [Parameter; 3] = [Parameter::AuthId, Parameter::AuthPass, Parameter::TranTestmode];

/// Credentials that stand for any.
fn placeholders() -> Result<Credentials, InvalidValue> {
    Ok(Credentials::new(ProfileId::try_from("0")?, Password::try_from("-")?))
}
