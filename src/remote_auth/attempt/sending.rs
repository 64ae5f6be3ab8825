//! A request between the note that it is being sent and its way out.

use core::fmt;
use std::time::SystemTime;

use thiserror::Error;

use super::rules;
use super::time::Moment;
use crate::remote_auth::Request;

/// Names one sending of an attempt, so that a response or a failure is told of the right one.
///
/// Sendings are counted from the first one of the attempt, those that did not leave included. A ticket
/// holds no secret and may be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ticket(pub(super) u8);

/// A request that is noted as sent and has not left yet.
///
/// It is made by [`AttemptMut::send`](super::AttemptMut::send). Store the attempt, and then
/// [`release`](Self::release) the request: there is no other way to the request with the number that it
/// has to carry. One that is dropped was not sent: tell the attempt so, by
/// [`TransportFailure::NotConnected`](crate::remote_auth::TransportFailure::NotConnected).
#[must_use = "store the attempt, then release the request"]
pub struct Sending {
    pub(super) request: Request,
    pub(super) ticket: Ticket,
    pub(super) noted: Moment,
    pub(super) until: Moment,
}

impl Sending {
    /// Names this sending, for [`AttemptMut::received`](super::AttemptMut::received).
    #[must_use]
    pub const fn ticket(&self) -> Ticket {
        self.ticket
    }

    /// The last moment at which the request may leave:
    /// [`leave_within`](super::RetryPolicy::leave_within) after it was noted, and no later than the
    /// [margin](super::RetryPolicy::margin) before the end of the five minutes.
    #[must_use]
    pub fn until(&self) -> SystemTime {
        self.until.into()
    }

    /// Gives out the request, if it may still leave. To be called when the attempt is on disk.
    ///
    /// `clock` reads the time. It is read here, after the write, however long that took: a time from
    /// before the write says nothing. Open the connection before, or limit the time that it may take to
    /// less than the margin: nothing looks at the clock after this.
    ///
    /// # Errors
    ///
    /// [`TooLate`]: it is later than [`until`](Self::until), or the clock went back since the sending was
    /// noted. The request does not leave. Tell the attempt, as its [`received`](super::AttemptMut::received).
    pub fn release(self, clock: impl FnOnce() -> SystemTime) -> Result<Request, TooLate> {
        let until = self.until;
        self.release_by(until, clock)
    }

    /// The same, for a process that may send only while it holds a lease, which ends at `lease`.
    ///
    /// # Errors
    ///
    /// [`TooLate`], as for [`release`](Self::release), or because the lease has ended.
    pub fn release_before(
        self,
        lease: SystemTime,
        clock: impl FnOnce() -> SystemTime,
    ) -> Result<Request, TooLate> {
        let until = self.until.min(lease.into());
        self.release_by(until, clock)
    }

    fn release_by(self, until: Moment, clock: impl FnOnce() -> SystemTime) -> Result<Request, TooLate> {
        if rules::may_leave(self.noted, until, clock().into()) {
            Ok(self.request)
        } else {
            Err(TooLate { ticket: self.ticket })
        }
    }
}

/// Shows no part of the request.
impl fmt::Debug for Sending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { ticket, noted, until, request: _ } = self;
        f.debug_struct("Sending")
            .field("ticket", ticket)
            .field("noted", noted)
            .field("until", until)
            .finish_non_exhaustive()
    }
}

/// A request did not leave, because its time was over. It is [told](super::AttemptMut::received) like a
/// failed connection, so that its number is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("the request did not leave, because its time was over")]
#[must_use = "tell the attempt that the request did not leave"]
pub struct TooLate {
    ticket: Ticket,
}

impl TooLate {
    /// Names the sending that did not leave.
    #[must_use]
    pub const fn ticket(&self) -> Ticket {
        self.ticket
    }
}
