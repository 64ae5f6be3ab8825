//! Access of callers: one configuration, two keys, and few tries.

use super::{Configuration, refusal};
use crate::gateway::JsonLimits;
use crate::gateway::incoming::{CallHeaders, IncomingCall, IncomingError};
use crate::gateway::response::Refusal;

/// How many wrong signatures, one after the other, lock an account (ours).
const TRIES: u8 = 5;

/// How often a wrong signature came last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Access {
    wrong: u8,
}

impl Access {
    pub(super) const fn is_locked(self) -> bool {
        self.wrong >= TRIES
    }

    /// Reads a call, if its sender may call.
    pub(super) fn admit<'h>(
        &mut self,
        configuration: Option<&Configuration>,
        (method, path_and_query): (&str, &str),
        headers: impl IntoIterator<Item = (&'h str, &'h [u8])>,
        body: &[u8],
    ) -> Result<IncomingCall, Refusal> {
        let headers = CallHeaders::read(headers).map_err(|error| refusal::of_call(&error.into()))?;
        let configuration = configuration.filter(|known| known.id == *headers.configuration());
        let configuration = configuration.ok_or_else(refusal::no_configuration)?;
        if self.is_locked() {
            return Err(refusal::locked());
        }
        let how = (&JsonLimits::default(), configuration.is_strict);
        let call = IncomingCall::decode_as(method, path_and_query, &headers, body, &configuration.keys, how);
        match call {
            Err(IncomingError::Signature(_)) => self.wrong = self.wrong.saturating_add(1),
            // A body that is too large was not even hashed.
            Err(IncomingError::TooLarge { .. }) => {}
            Ok(_) | Err(_) => self.wrong = 0,
        }
        call.map_err(|error| refusal::of_call(&error))
    }
}
