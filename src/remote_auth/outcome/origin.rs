//! What continuous payments may name as their origin (section 3 of the protocol page).

use thiserror::Error;

use crate::remote_auth::response::Response;
use crate::value::{Checks, CvvCheck, OriginalId, TransactionId};

impl Response {
    /// The transaction as the origin of continuous payments: possible where its CVV check was a full
    /// match, "irrespective of the authorisation status" (section 3).
    ///
    /// # Errors
    ///
    /// The CVV check was not a full match, or the id names no transaction.
    pub fn recurring_origin(&self) -> Result<RecurringOrigin, NotRecurring> {
        let id = self.transaction_id().ok_or(NotRecurring::NamesNoTransaction)?;
        RecurringOrigin::from_stored(id, self.checks())
    }
}

/// A sale or verification that continuous payments may name as their origin (section 3).
///
/// It cannot be stored itself: store the transaction id and the checks, and ask again.
///
/// ```
/// use cashflows_codec::remote_auth::{RecurringOrigin, Response};
/// use cashflows_codec::remote_auth::NotRecurring;
///
/// let verified = Response::decode(b"A|05P00001724|232|031971|Authorised").unwrap();
/// let origin = verified.recurring_origin()?;
/// assert_eq!(origin.original_id().as_str(), "05P00001724");
///
/// let id = verified.transaction_id().ok_or(NotRecurring::NamesNoTransaction)?;
/// let stored = RecurringOrigin::from_stored(id, verified.checks());
/// assert_eq!(stored, Ok(origin));
///
/// let declined = Response::decode(b"D|01S00001723|400|D102|Not Authorised").unwrap();
/// assert_eq!(declined.recurring_origin(), Err(NotRecurring::CvvNotMatched));
/// # Ok::<(), NotRecurring>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RecurringOrigin(OriginalId);

impl RecurringOrigin {
    /// The origin from what was stored of its response.
    ///
    /// # Errors
    ///
    /// The CVV check was not a full match, or the id names no transaction.
    pub fn from_stored(id: TransactionId, checks: Checks) -> Result<Self, NotRecurring> {
        let id = OriginalId::try_from(id).map_err(|_| NotRecurring::NamesNoTransaction)?;
        match checks.cvv() {
            CvvCheck::FullMatch => Ok(Self(id)),
            _ => Err(NotRecurring::CvvNotMatched),
        }
    }

    /// The origin that a request names. Requests have no checks in them: whoever sent it was to make
    /// sure.
    pub(crate) const fn unchecked(id: OriginalId) -> Self {
        Self(id)
    }

    /// The id of the original transaction.
    #[must_use]
    pub const fn original_id(self) -> OriginalId {
        self.0
    }
}

/// Why a transaction cannot be the origin of a continuous payment (section 3 of the protocol page).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum NotRecurring {
    /// Its CVV check was not a full match.
    #[error("the CVV check was not a full match")]
    CvvNotMatched,
    /// Its id names no transaction.
    #[error("the id names no transaction")]
    NamesNoTransaction,
}
