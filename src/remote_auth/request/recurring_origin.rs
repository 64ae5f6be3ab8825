//! Origins of continuous payments (section 3 of the protocol page).

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::value::stored::Object;
use crate::value::{Checks, CvvCheck, OriginalId, TransactionId};

/// A sale or verification that continuous payments may name as their origin (section 3).
///
/// It is stored as an object, with the checks that make it an origin, and reading applies the rules again.
///
/// ```
/// use cashflows_codec::remote_auth::{NotRecurring, RecurringOrigin, Response};
///
/// let verified = Response::decode(b"A|05P00001724|232|031971|Authorised")?;
/// let origin = verified.recurring_origin()?;
/// let stored = serde_json::to_string(&origin)?;
/// assert_eq!(
///     stored,
///     r#"{"transaction_id":"05P00001724","checks":{"cvv":"full_match","address":"partial_match","postcode":"full_match"}}"#,
/// );
/// assert_eq!(serde_json::from_str::<RecurringOrigin>(&stored)?, origin);
///
/// let declined = Response::decode(b"D|01S00001723|400|D102|Not Authorised")?;
/// assert_eq!(declined.recurring_origin(), Err(NotRecurring::CvvNotMatched));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(alias = "subscription")]
pub struct RecurringOrigin {
    id: OriginalId,
    checks: Checks,
}

impl RecurringOrigin {
    /// Makes an origin of the id and the checks of a response.
    ///
    /// # Errors
    ///
    /// The CVV check was not a full match, or the id names no transaction.
    pub fn from_stored(id: TransactionId, checks: Checks) -> Result<Self, NotRecurring> {
        let id = OriginalId::try_from(id).map_err(|_| NotRecurring::NamesNoTransaction)?;
        match checks.cvv() {
            CvvCheck::FullMatch => Ok(Self { id, checks }),
            _ => Err(NotRecurring::CvvNotMatched),
        }
    }

    /// The id of the original transaction.
    #[must_use]
    pub const fn original_id(self) -> OriginalId {
        self.id
    }
}

#[derive(Serialize, Deserialize)]
struct StoredOrigin {
    transaction_id: TransactionId,
    checks: Checks,
}

impl Serialize for RecurringOrigin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StoredOrigin { transaction_id: self.id.transaction_id(), checks: self.checks }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RecurringOrigin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let StoredOrigin { transaction_id, checks } = Object::read(deserializer)?;
        Self::from_stored(transaction_id, checks).map_err(D::Error::custom)
    }
}

/// The reason why a transaction cannot be the origin of a continuous payment (section 3 of the protocol page).
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
