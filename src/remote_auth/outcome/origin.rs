//! Transactions as origins of continuous payments (section 3 of the protocol page).

use crate::remote_auth::request::recurring_origin::{NotRecurring, RecurringOrigin};
use crate::remote_auth::response::Response;

impl Response {
    /// The transaction as the origin of continuous payments. Its CVV check has to be a full match, "irrespective
    /// of the authorisation status" (section 3).
    ///
    /// # Errors
    ///
    /// The CVV check was not a full match, or the id names no transaction.
    pub fn recurring_origin(&self) -> Result<RecurringOrigin, NotRecurring> {
        let id = self.transaction_id().ok_or(NotRecurring::NamesNoTransaction)?;
        RecurringOrigin::from_stored(id, self.checks())
    }
}
