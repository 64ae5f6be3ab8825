//! What a request says, whatever its operation.

use super::{CreditTo, Origin, Reference, Request};
use crate::error::InvalidValue;
use crate::media::form;
use crate::remote_auth::parameter::Parameter;
use crate::remote_auth::{Credentials, Password, ProfileId};
use crate::secret::Secret;
use crate::value::{Amount, Currency, Money, OriginalId};

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
            Self::Sale(sale) => Some(sale.reference().as_str()),
            Self::Verify(verify) => Some(verify.reference().as_str()),
            Self::Continuous(continuous) => Some(continuous.reference().as_str()),
            Self::Void(reversal) | Self::Refund(reversal) => reversal.reference().map(Reference::as_str),
            Self::Credit(credit) => Some(credit.reference().as_str()),
        }
    }

    /// How much (`tran_amount`, `tran_currency`). A verification need not say.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        self.amount().map(|amount| Money::new(amount, self.currency()))
    }

    /// How much of the [`currency`](Self::currency).
    fn amount(&self) -> Option<Amount> {
        match self {
            Self::Sale(sale) => Some(sale.money().amount()),
            Self::Verify(verify) => verify.amount(),
            Self::Continuous(continuous) => Some(continuous.money().amount()),
            Self::Void(reversal) | Self::Refund(reversal) => Some(reversal.money().amount()),
            Self::Credit(credit) => Some(credit.money().amount()),
        }
    }

    /// The currency (`tran_currency`), which a verification without an amount has too.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        match self {
            Self::Sale(sale) => sale.money().currency(),
            Self::Verify(verify) => verify.currency(),
            Self::Continuous(continuous) => continuous.money().currency(),
            Self::Void(reversal) | Self::Refund(reversal) => reversal.money().currency(),
            Self::Credit(credit) => credit.money().currency(),
        }
    }

    /// The transaction that it goes back to (`tran_orig_id`): the one that is taken back or refunded,
    /// the origin of a continuous payment, the one whose card a credit goes to.
    #[must_use]
    pub const fn original(&self) -> Option<OriginalId> {
        match self {
            Self::Void(reversal) | Self::Refund(reversal) => Some(*reversal.original()),
            Self::Continuous(continuous) => match continuous.origin() {
                Origin::Original(id) => Some(*id),
                Origin::Scheme(_) => None,
            },
            Self::Credit(credit) => match credit.to() {
                CreditTo::Original(id) => Some(*id),
                CreditTo::Card(_) => None,
            },
            Self::Sale(_) | Self::Verify(_) => None,
        }
    }

    /// The parameters with their values, in wire order, without credentials and test mode: what the
    /// request itself says.
    pub(crate) fn parameters(&self) -> Vec<(Parameter, Secret)> {
        let Ok(credentials) = nobody() else { return Vec::new() };
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

/// What every body has, whatever its request says.
pub(crate) const FRAME: [Parameter; 3] = [Parameter::AuthId, Parameter::AuthPass, Parameter::TranTestmode];

/// Credentials to fill the frame with.
fn nobody() -> Result<Credentials, InvalidValue> {
    Ok(Credentials::new(ProfileId::try_from("0")?, Password::try_from("-")?))
}
