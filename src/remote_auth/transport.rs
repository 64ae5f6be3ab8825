//! What a transport can say where there is no answer.

use thiserror::Error;

use crate::remote_auth::outcome::{HasOutcome, NextStep, Outcome, Sending, Verdict, sealed};

/// Why a transport has no answer (section 6).
///
/// Which of the two an error of an HTTP client is has to be said with care: whoever takes a lost
/// answer for a request that was never sent charges twice.
///
/// | what happened | which |
/// | --- | --- |
/// | the name of the host was not found, the connection was refused, the TLS handshake failed | [`NotConnected`](Self::NotConnected) |
/// | a timeout, a reset, half an answer, anything else, anything that you are not sure of | [`Lost`](Self::Lost) |
///
/// ```
/// use cashflows_codec::remote_auth::{Outcome, TransportFailure};
///
/// assert_eq!(Outcome::of(&TransportFailure::NotConnected), Outcome::NeverSent);
/// assert_eq!(Outcome::of(&TransportFailure::Lost), Outcome::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[doc(alias = "timeout")]
pub enum TransportFailure {
    /// It is certain that no byte of the request left: it was never sent.
    #[error("there was no connection, and nothing was sent")]
    NotConnected,
    /// Anything else: the request may have arrived.
    #[error("the answer was lost")]
    Lost,
}

impl TransportFailure {
    /// [`Outcome::NeverSent`] where nothing left, else [`Outcome::Unknown`]: of a **first sending**.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        self.of(Sending::FIRST).outcome
    }

    /// [`NextStep::Resubmit`] where nothing left, else [`NextStep::Retry`]: after a **first sending**.
    #[must_use]
    pub const fn next_step(self) -> NextStep {
        self.of(Sending::FIRST).next_step
    }

    const fn of(self, sending: Sending) -> Verdict {
        match self {
            Self::NotConnected => Verdict::NEVER_SENT.of_this_sending_alone(sending),
            Self::Lost => Verdict::UNKNOWN,
        }
    }
}

impl sealed::Sealed for TransportFailure {
    fn verdict(&self, sending: Sending) -> Verdict {
        self.of(sending)
    }
}

impl HasOutcome for TransportFailure {}

impl From<TransportFailure> for Outcome {
    fn from(failure: TransportFailure) -> Self {
        failure.outcome()
    }
}
