//! The gateway: a call out, its response in, and the fate of the call.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bytes::Bytes;
use cashflows_codec::gateway::call::{Call, CallType, FindOrder};
use cashflows_codec::gateway::response::{OrderPresence, Response};
use cashflows_codec::gateway::{CallOutcome, Credentials, JsonLimits, NextStep, OrderNumber};
use cashflows_codec::remote_auth::TransportFailure;
use http::{StatusCode, Uri};

use super::transport::Transport;
use crate::clock::Clock;

/// A client of the gateway.
#[derive(Clone, Debug)]
pub struct Gateway {
    transport: Transport,
    base: Uri,
    credentials: Credentials,
    /// True if the gateway has refused the key. Repeated wrong signatures lock the account, so no call is made until
    /// the service is restarted with the right key.
    refused: Arc<AtomicBool>,
}

/// The fate of a call. A call that moves money is never repeated, whatever its fate.
#[derive(Clone, Debug)]
pub enum Fate<T> {
    /// The gateway did it.
    Done(Box<Response<T>>),
    /// The gateway did not do it, and said so.
    Refused(Box<str>),
    /// The same, because configuration, key, permission or reference is wrong: a person has to correct it.
    NoAccess(Box<str>),
    /// It never left this machine.
    NotSent(Box<str>),
    /// It may have been done: retrieve its object before any other call.
    Unknown(Box<str>),
}

impl<T> Fate<T> {
    /// Tells whether the gateway confirmed or denied the call, with access granted.
    #[must_use]
    pub const fn has_response(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Refused(_))
    }
}

/// A text for people. Of a response it has the status, and no part of an unreadable body.
impl<T> fmt::Display for Fate<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done(answer) => write!(f, "done, status {}", answer.status()),
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::NoAccess(why) => write!(f, "refused, check access: {why}"),
            Self::NotSent(why) => write!(f, "not sent: {why}"),
            Self::Unknown(why) => write!(f, "unknown: {why}"),
        }
    }
}

impl Gateway {
    /// Makes a client of the gateway at `base`, which counts a response as lost after `reply_within`.
    ///
    /// # Errors
    ///
    /// No client can be made, for want of a TLS backend say.
    pub fn new(
        base: Uri,
        credentials: Credentials,
        clock: Clock,
        reply_within: Duration,
    ) -> Result<Self, reqwest::Error> {
        let transport = Transport::new(clock, reply_within)?;
        Ok(Self { transport, base, credentials, refused: Arc::default() })
    }

    /// The gateway's address.
    #[must_use]
    pub const fn base(&self) -> &Uri {
        &self.base
    }

    /// Tells whether the gateway has refused the key, so that no more calls are made.
    #[must_use]
    pub fn refuses_us(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    /// Makes a call once.
    pub async fn ask<C: CallType>(&self, call: C) -> Fate<C::Data> {
        let operation = C::OPERATION;
        let fate = match self.exchange(call.into()).await {
            Ok(response) => read::<C>(&response),
            Err(Failure::Refused) => Fate::NotSent("the gateway has refused the key before".into()),
            Err(Failure::Transport(TransportFailure::Lost)) => Fate::Unknown("the response is lost".into()),
            Err(Failure::Transport(_)) => Fate::NotSent("the gateway was not reached".into()),
        };
        tracing::debug!(%operation, %fate, "asked the gateway");
        fate
    }

    /// Tells whether the gateway knows an order, if it says so.
    pub async fn find_order(&self, number: OrderNumber) -> OrderPresence {
        let response = self.exchange(FindOrder::new(number).into()).await;
        let presence =
            response.map_or(OrderPresence::Unknown, |response| OrderPresence::from_http(&response));
        tracing::debug!(%presence, "asked the gateway for an order");
        presence
    }

    async fn exchange(&self, call: Call) -> Result<http::Response<Bytes>, Failure> {
        if self.refuses_us() {
            return Err(Failure::Refused);
        }
        let request = call.sign(&self.credentials).into_http_at(&self.base);
        let request = request.map_err(|_| Failure::Transport(TransportFailure::NotConnected))?;
        let most = JsonLimits::default().bytes() + 1;
        let response = self.transport.exchange(request, most).await.map_err(Failure::Transport)?;
        if response.status() == StatusCode::UNAUTHORIZED && !self.refused.swap(true, Ordering::Relaxed) {
            tracing::error!(
                "the gateway refuses the key: nothing is asked any more, since that could lock the account; correct \
                 --configuration or MERCHANT_GATEWAY_KEY, and start again"
            );
        }
        Ok(response)
    }
}

/// Reasons for a missing response.
enum Failure {
    Refused,
    Transport(TransportFailure),
}

fn read<C: CallType>(response: &http::Response<Bytes>) -> Fate<C::Data> {
    let error = match C::from_http(response) {
        Ok(answer) => return Fate::Done(answer.into()),
        Err(error) => error,
    };
    let why = error.to_string().into();
    match (error.outcome(), error.next_step()) {
        (CallOutcome::NotDone, NextStep::CheckAccess) => {
            tracing::warn!(operation = %error.operation, %error, "the gateway does not let us: check configuration, key and environment");
            Fate::NoAccess(why)
        }
        (CallOutcome::NotDone, _) => Fate::Refused(why),
        _ => Fate::Unknown(why),
    }
}
