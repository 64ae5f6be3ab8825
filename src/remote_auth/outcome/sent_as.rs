//! First sendings and retries.

use crate::remote_auth::OperationKind;
use crate::remote_auth::request::Request;

/// A first sending or a retry, and of which kind of operation.
///
/// The same response means something else after a retry: the retry may be refused although the first sending
/// charged the card. A sending is a retry if it carries a retry number above 0, or if the outcome of an earlier
/// sending of the request is unknown.
///
/// A `&Request` converts into it by its retry number.
///
/// ```
/// use cashflows_codec::remote_auth::{OperationKind, Outcome, Response, SentAs};
///
/// let cancelled = Response::decode("V|01V0000000A|000|V242|Original transaction already cancelled");
/// assert_eq!(Outcome::of(&cancelled), Outcome::Refused);
/// // The first sending may have cancelled it.
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
    /// The first sending, or the first one after others that were all [never sent](super::Outcome::NeverSent).
    pub const FIRST: Self = Self { is_retry: false, is_known_by_reference: true, can_be_retried: true };

    /// A retry: a sending with a retry number above 0, or after one whose outcome is unknown.
    #[must_use]
    pub const fn retry(operation: OperationKind) -> Self {
        let is_known_by_reference = match operation {
            OperationKind::Sale | OperationKind::Verify | OperationKind::Continuous => true,
            OperationKind::Void | OperationKind::Refund | OperationKind::Credit => false,
        };
        let can_be_retried = !matches!(operation, OperationKind::Credit);
        Self { is_retry: true, is_known_by_reference, can_be_retried }
    }

    /// Says that the acquirer is known to recognise the retry of a void, refund or credit by its reference. The
    /// vendor promises that of authorisations only (RA-201, RA-203). A decline of a retry is then final, and a
    /// credit whose outcome is unknown may be retried.
    #[must_use]
    pub const fn known_by_reference(mut self) -> Self {
        self.is_known_by_reference = true;
        self.can_be_retried = true;
        self
    }

    /// Returns true for a retry.
    #[must_use]
    pub const fn is_retry(self) -> bool {
        self.is_retry
    }

    /// Returns true if a request whose outcome is unknown may be sent again. A credit could pay out again.
    pub(super) const fn can_be_retried(self) -> bool {
        self.can_be_retried
    }

    /// Returns true if the acquirer repeats its first response to a retry.
    pub(super) const fn repeats_the_first_response(self) -> bool {
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
