//! Status and code as one: what they say together cannot contradict itself.

use std::borrow::Cow;

use crate::error::{InvalidValue, Rule};
use crate::value::{AuthorisationCode, Family, Reason, ResponseCode, Status, Unlisted};

/// Stands in the place of a code where there is none.
pub(crate) const NO_CODE: &str = "-";

/// The status of a response with the code that belongs to it (fields 1 and 4, section 3): an
/// authorisation has an authorisation code or none, a refusal a response code.
///
/// ```
/// use cashflows_codec::remote_auth::response::Decision;
/// use cashflows_codec::value::Status;
///
/// let decision = Decision::new(Status::Declined, Some("D102"))?;
/// assert_eq!(decision, Decision::Declined("D102".parse()?));
/// assert!(Decision::new(Status::Declined, None).is_err());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decision {
    /// `A`: authorised. A void or refund has no authorisation code.
    Authorised(Option<AuthorisationCode>),
    /// `D`: declined.
    Declined(ResponseCode),
    /// `R`: referral.
    Referral(ResponseCode),
    /// `B`: blocked.
    Blocked(ResponseCode),
    /// `C`: cancelled.
    Cancelled(ResponseCode),
    /// `V`: validation error.
    ValidationError(ResponseCode),
    /// `S`: system error.
    SystemError(ResponseCode),
    /// Any other letter, with whatever stands in the place of the code. It is never an approval.
    Unlisted(Unlisted<Status>, Option<AuthorisationCode>),
    /// Any of the listed letters but `A`, without a code, as in `D|…|-|…`. Only reading gives one.
    WithoutCode(WithoutCode),
}

/// The status of a response that lacks the response code that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WithoutCode(Status);

impl WithoutCode {
    /// The status: any listed one but `A`.
    #[must_use]
    pub const fn status(self) -> Status {
        self.0
    }
}

impl Decision {
    /// A status with the text of its code, `None` where the wire has `-`.
    ///
    /// # Errors
    ///
    /// The code is not one that this status can have.
    pub fn new(status: Status, code: Option<&str>) -> Result<Self, InvalidValue> {
        let approval = || code.map(AuthorisationCode::try_from).transpose();
        let refusal = || match code {
            Some(code) => ResponseCode::try_from(code),
            None => Err(InvalidValue::new("response code", Rule::ResponseCode)),
        };
        Self::with(status, approval, refusal)
    }

    /// The refusal that a response code comes with: the status of its family, and `B` for the fraud
    /// blocks `Dx90` and `Dx91`, as in the documented `B|01S00632BE2|000|D090|Not authorised`. A
    /// code of an unlisted family is declined; whoever reads that response calls its outcome unknown.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::response::Decision;
    ///
    /// let decision = Decision::refusal("V226".parse()?);
    /// assert_eq!(decision, Decision::ValidationError("V226".parse()?));
    /// assert_eq!(Decision::refusal("D090".parse()?), Decision::Blocked("D090".parse()?));
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[must_use]
    pub const fn refusal(code: ResponseCode) -> Self {
        match (code.reason(), code.family()) {
            (Reason::PreAuthorisationFraudBlock | Reason::PostAuthorisationFraudBlock, _)
            | (_, Family::Blocked) => Self::Blocked(code),
            (_, Family::Referral) => Self::Referral(code),
            (_, Family::Cancelled) => Self::Cancelled(code),
            (_, Family::SystemError) => Self::SystemError(code),
            (_, Family::ValidationError) => Self::ValidationError(code),
            (_, Family::Declined | Family::Unlisted(_)) => Self::Declined(code),
        }
    }

    /// The decision of a line. The text of the code field is an authorisation code if it is no response code.
    pub(super) fn read(status: Status, code: Option<ResponseCode>, text: Option<AuthorisationCode>) -> Self {
        // The text of an unlisted status may be a response code too.
        let text = text.or_else(|| code.and_then(|code| code.to_string().as_str().try_into().ok()));
        Self::with(status, || Ok(text), || code.ok_or(())).unwrap_or(Self::WithoutCode(WithoutCode(status)))
    }

    /// A status with the kind of code that it has.
    #[inline]
    fn with<E>(
        status: Status,
        approval: impl FnOnce() -> Result<Option<AuthorisationCode>, E>,
        refusal: impl Fn() -> Result<ResponseCode, E>,
    ) -> Result<Self, E> {
        Ok(match status {
            Status::Authorised => Self::Authorised(approval()?),
            Status::Declined => Self::Declined(refusal()?),
            Status::Referral => Self::Referral(refusal()?),
            Status::Blocked => Self::Blocked(refusal()?),
            Status::Cancelled => Self::Cancelled(refusal()?),
            Status::ValidationError => Self::ValidationError(refusal()?),
            Status::SystemError => Self::SystemError(refusal()?),
            Status::Unlisted(letter) => Self::Unlisted(letter, approval()?),
        })
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> Status {
        match self {
            Self::Authorised(_) => Status::Authorised,
            Self::Declined(_) => Status::Declined,
            Self::Referral(_) => Status::Referral,
            Self::Blocked(_) => Status::Blocked,
            Self::Cancelled(_) => Status::Cancelled,
            Self::ValidationError(_) => Status::ValidationError,
            Self::SystemError(_) => Status::SystemError,
            Self::Unlisted(letter, _) => Status::Unlisted(*letter),
            Self::WithoutCode(WithoutCode(status)) => *status,
        }
    }

    /// The response code. For an unlisted status the form of the text decides, since no page tells.
    pub(crate) fn response_code(&self) -> Option<ResponseCode> {
        match self {
            Self::Authorised(_) | Self::WithoutCode(_) => None,
            Self::Declined(code)
            | Self::Referral(code)
            | Self::Blocked(code)
            | Self::Cancelled(code)
            | Self::ValidationError(code)
            | Self::SystemError(code) => Some(*code),
            Self::Unlisted(_, text) => text.as_ref().and_then(|text| text.as_str().try_into().ok()),
        }
    }

    /// The text of the code field.
    pub(super) fn code_text(&self) -> Cow<'_, str> {
        match self {
            Self::Authorised(text) | Self::Unlisted(_, text) => {
                text.as_ref().map_or(NO_CODE, AuthorisationCode::as_str).into()
            }
            Self::WithoutCode(_) => NO_CODE.into(),
            Self::Declined(code)
            | Self::Referral(code)
            | Self::Blocked(code)
            | Self::Cancelled(code)
            | Self::ValidationError(code)
            | Self::SystemError(code) => code.to_string().into(),
        }
    }
}

/// The status that a letter and its code name. The letter `E` with a code of family `E` is what the table
/// of codes lists as blocked: `E|…|E001` (API overview).
#[inline]
pub(crate) fn listed(status: Status, code: Option<ResponseCode>) -> Status {
    match (status, code) {
        (Status::Unlisted(letter), Some(code))
            if code.family() == Family::Blocked && Status::Unlisted(letter).letter() == 'E' =>
        {
            Status::Blocked
        }
        _ => status,
    }
}
