//! The sending of a request that a reply answers: a first one or a retry.

use crate::remote_auth::OperationKind;
use crate::remote_auth::request::Request;

/// The way in which a request was sent: for the first time, or as a retry.
///
/// The same reply means something else to a retry: if the first sending charged, a retry that is refused
/// has charged all the same. A sending is a retry if it carries a retry number above 0, or if the end of any earlier
/// sending of the request is unknown.
///
/// A [`Request`] knows which it is by its retry number, so `&Request` goes wherever this does.
///
/// ```
/// use cashflows_codec::remote_auth::{OperationKind, Outcome, Response, SentAs};
///
/// let cancelled = Response::decode("V|01V0000000A|000|V242|Original transaction already cancelled");
/// assert_eq!(Outcome::of(&cancelled), Outcome::Refused);
/// // It may have been the first sending that cancelled it.
/// let retry = SentAs::retry(OperationKind::Void);
/// assert_eq!(Outcome::of_response_to(retry, &cancelled), Outcome::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SentAs {
    is_retry: bool,
    is_known_by_reference: bool,
    can_be_retried: bool,
}

impl SentAs {
    /// The first sending, or the first that can have arrived: all earlier ones were
    /// [never sent](super::Outcome::NeverSent).
    pub const FIRST: Self = Self { is_retry: false, is_known_by_reference: true, can_be_retried: true };

    /// A retry: a sending with a retry number above 0, or after one whose end is unknown.
    #[must_use]
    pub const fn retry(operation: OperationKind) -> Self {
        let is_known_by_reference = match operation {
            OperationKind::Sale | OperationKind::Verify | OperationKind::Continuous => true,
            OperationKind::Void | OperationKind::Refund | OperationKind::Credit => false,
        };
        let can_be_retried = !matches!(operation, OperationKind::Credit);
        Self { is_retry: true, is_known_by_reference, can_be_retried }
    }

    /// The same for a void, refund or credit with a reference, where the acquirer is known to recognise
    /// their retries by it. The vendor promises that of authorisations only (RA-201, RA-203). A decline
    /// then ends a retry of them too, and a credit whose end is unknown may be retried.
    #[must_use]
    pub const fn known_by_reference(mut self) -> Self {
        self.is_known_by_reference = true;
        self.can_be_retried = true;
        self
    }

    /// Whether it is a retry.
    #[must_use]
    pub const fn is_retry(self) -> bool {
        self.is_retry
    }

    /// Whether the request may be sent again where its end is unknown: a credit could pay out again.
    pub(super) const fn can_be_retried(self) -> bool {
        self.can_be_retried
    }

    /// Whether the answer to a retry is the answer to the first sending too.
    pub(super) const fn repeats_the_first_answer(self) -> bool {
        self.is_known_by_reference
    }
}

/// A retry if the request has a retry number above 0.
impl From<&Request> for SentAs {
    fn from(request: &Request) -> Self {
        let retry = Self::retry(request.kind());
        match request.retry_number() {
            Some(number) if number.get() > 0 => retry,
            _ => Self { can_be_retried: retry.can_be_retried, ..Self::FIRST },
        }
    }
}
