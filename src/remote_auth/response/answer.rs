//! Status and code as one: what they say together cannot contradict itself.

use core::fmt;

use crate::error::{InvalidValue, Rule};
use crate::value::{AuthorisationCode, Field, Reason, ResponseCode, Status, UnlistedStatus};

/// Stands in the place of a code where there is none.
pub(crate) const NO_CODE: &str = "-";

/// The status of a response with the code that belongs to it (fields 1 and 4, section 3): an
/// authorisation has an authorisation code or none, a refusal a response code.
///
/// ```
/// use cashflows_codec::remote_auth::response::Answer;
/// use cashflows_codec::value::Status;
///
/// let answer = Answer::new(Status::Declined, Some("D102"))?;
/// assert_eq!(answer, Answer::Declined("D102".parse()?));
/// assert!(Answer::new(Status::Declined, None).is_err());
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Answer {
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
    Unlisted(UnlistedStatus, Option<AuthorisationCode>),
}

impl Answer {
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

    /// Stands where there is no answer yet.
    #[inline(always)]
    pub(super) fn blank() -> Self {
        Self::SystemError(ResponseCode::with_digit::<0>(Reason::UnknownError))
    }

    /// Makes it, in place, a status with the code in a field of a line without control characters,
    /// if that status can have that code.
    #[inline]
    pub(crate) fn fill(&mut self, status: Status, field: Field<'_>) -> Option<()> {
        let has_code = field.as_bytes() != NO_CODE.as_bytes();
        let approval = || Ok(has_code.then(AuthorisationCode::blank));
        let refusal = || ResponseCode::from_wire(field.as_bytes()).ok_or(());
        *self = Self::with(status, approval, refusal).ok()?;
        match self {
            Self::Authorised(Some(code)) | Self::Unlisted(_, Some(code)) => code.fill(field),
            _ => Some(()),
        }
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
        }
    }

    /// The code, of either kind; `None` where the wire has `-`.
    pub(crate) fn code(&self) -> Option<Code<'_>> {
        match self {
            Self::Authorised(code) => code.as_ref().map(Code::Authorisation),
            Self::Declined(code)
            | Self::Referral(code)
            | Self::Blocked(code)
            | Self::Cancelled(code)
            | Self::ValidationError(code)
            | Self::SystemError(code) => Some(Code::Response(*code)),
            Self::Unlisted(_, code) => code.as_ref().map(Code::of_unlisted),
        }
    }
}

/// What stands in the code field.
#[derive(Clone, Copy)]
pub(crate) enum Code<'a> {
    Authorisation(&'a AuthorisationCode),
    Response(ResponseCode),
}

impl<'a> Code<'a> {
    /// Nobody says what an unlisted status comes with, so the form of the text decides.
    fn of_unlisted(text: &'a AuthorisationCode) -> Self {
        ResponseCode::try_from(text.as_str()).map_or(Self::Authorisation(text), Self::Response)
    }
}

/// As on the wire.
impl fmt::Display for Code<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Authorisation(code) => code.fmt(f),
            Self::Response(code) => code.fmt(f),
        }
    }
}
