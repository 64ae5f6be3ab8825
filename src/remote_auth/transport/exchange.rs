//! A sending of a request together with the response to it.

use super::HttpResponseError;
use crate::remote_auth::outcome::{HasOutcome, NextStep, Outcome, SentAs};
use crate::remote_auth::request::Request;
use crate::remote_auth::response::Response;

/// A sending of a request, and the response to it or the reason why there is none.
///
/// The outcome follows from both: a refused retry does not tell what became of the first sending. So an exchange is
/// made from the request as it was sent, with its retry number.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use cashflows_codec::remote_auth::request::{OriginalClass, Void};
/// use cashflows_codec::remote_auth::{Exchange, NextStep, Outcome, Request, TransportFailure};
/// use cashflows_codec::value::Money;
///
/// let sent = SystemTime::UNIX_EPOCH;
/// let void = Void::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15));
/// let first = Request::Void(void);
/// let lost = Exchange::new(&first, Err(TransportFailure::Lost));
/// assert_eq!((lost.outcome(), lost.next_step()), (Outcome::Unknown, NextStep::Retry));
///
/// let retry = first.retry(sent, sent + Duration::from_secs(20))?;
/// let body = "V|01V0000000A|000|V242|Original transaction already cancelled";
/// assert_eq!(first.decode_response(200, body).outcome(), Outcome::Refused);
/// // The first sending may have cancelled it.
/// assert_eq!(retry.decode_response(200, body).outcome(), Outcome::Unknown);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`Outcome::of`] takes no exchange, because it would judge a retry as a first sending:
///
/// ```compile_fail,E0277
/// # use cashflows_codec::remote_auth::{Exchange, Outcome};
/// fn outcome(exchange: &Exchange) -> Outcome {
///     Outcome::of(exchange)
/// }
/// ```
///
/// Nor can the exchange of one request be judged as that of another:
///
/// ```compile_fail,E0277
/// # use cashflows_codec::remote_auth::{Exchange, Outcome, Request};
/// fn outcome(other: &Request, exchange: &Exchange) -> Outcome {
///     Outcome::of_response_to(other, exchange)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// A first sending or a retry, and of which kind of operation.
    pub sent: SentAs,
    /// The response, or the reason why there is none.
    pub response: Result<Response, HttpResponseError>,
}

impl Exchange {
    /// Takes a request as it was sent, and what [`Response::decode`], [`Response::decode_http`] or
    /// `Response::from_http` gave, or a [`TransportFailure`](crate::remote_auth::TransportFailure).
    #[must_use]
    pub fn new<E>(sent: impl Into<SentAs>, response: Result<Response, E>) -> Self
    where
        HttpResponseError: From<E>,
    {
        Self { sent: sent.into(), response: response.map_err(Into::into) }
    }

    /// The outcome of the request.
    #[must_use]
    #[doc(alias = "is_authorised")]
    pub fn outcome(&self) -> Outcome {
        self.response.meaning(self.sent).outcome
    }

    /// The next step of the caller.
    #[must_use]
    pub fn next_step(&self) -> NextStep {
        self.response.meaning(self.sent).next_step_after(self.sent)
    }
}

impl Request {
    /// Reads the HTTP status and the body that came in response to this request, with the default
    /// [`Limits`](crate::remote_auth::Limits). Call it on the request as it was sent, with its retry number.
    ///
    /// A body that is a response line decides, whatever the status. A documented line takes no allocation.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::request::{Card, Sale};
    /// use cashflows_codec::remote_auth::{NextStep, Outcome, Request};
    /// use cashflows_codec::value::{CardNumber, Money};
    ///
    /// let number: CardNumber = "4000000000000002".parse()?;
    /// let card = Card::new(number, "0130".parse()?, "123".parse()?);
    /// let request = Request::from(Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?));
    ///
    /// let exchange = request.decode_response(200, "A|01S00001724|232|031971|Authorised");
    /// assert_eq!(exchange.outcome(), Outcome::Authorised);
    /// assert_eq!(exchange.response?.transaction_id(), Some("01S00001724".parse()?));
    ///
    /// let exchange = request.decode_response(502, "<html>Bad Gateway</html>");
    /// assert_eq!((exchange.outcome(), exchange.next_step()), (Outcome::Unknown, NextStep::Retry));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn decode_response<B: AsRef<[u8]> + ?Sized>(&self, status: u16, body: &B) -> Exchange {
        Exchange::new(self, Response::decode_http(status, body))
    }
}
