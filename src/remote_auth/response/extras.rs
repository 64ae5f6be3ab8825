//! What follows the message: raw, in order, and told apart only where nothing has to be guessed.

use core::fmt;

use serde::{Serialize, Serializer};

use crate::remote_auth::response::AmbiguousExtras;
use crate::remote_auth::return_flags::ReturnFlags;
use crate::value::{Arn, CardToken, SchemeTransactionId};

/// The fields after the message (section 3), as they came. Three can be asked for; a reply that has
/// more is still a reply, and keeps them all, in order.
///
/// One of them may be a card token, so `Debug` shows their number only.
///
/// ```
/// use cashflows_codec::remote_auth::Response;
///
/// let response = Response::decode("A|01S0135FD47|200|AUTHOK|Authorised|MCC6830070529")?;
/// assert_eq!(response.extras().iter().collect::<Vec<_>>(), ["MCC6830070529"]);
/// assert_eq!(format!("{:?}", response.extras()), "Extras { count: 1, .. }");
/// # Ok::<(), cashflows_codec::remote_auth::response::DecodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extras<'a> {
    /// Each with the separator before it, so that one empty extra is not none.
    wire: &'a str,
}

impl<'a> Extras<'a> {
    pub(crate) const fn from_wire(wire: &'a str) -> Self {
        Self { wire }
    }

    /// The extras in order. One may be a card token: every place that calls this is a place to
    /// review.
    pub fn iter(self) -> impl Iterator<Item = &'a str> + Clone {
        self.wire.split('|').skip(1)
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.wire.is_empty()
    }

    /// What the extras are, given what the request asked for (section 3), and never by a guess.
    ///
    /// The gateway leaves out what it does not have, and sends the rest in the order ARN, token,
    /// scheme id. So:
    ///
    /// - no extra: nothing came, whatever was asked for;
    /// - where the ARN was asked for, a first extra of 23 digits is the ARN: so the documented
    ///   refusals have it. In another place it contradicts the order;
    /// - of the others, what was asked for is left out in every possible way, and where exactly one
    ///   way fits the forms of what is there, it is that.
    ///
    /// | asked for | one extra | two | three |
    /// | --- | --- | --- | --- |
    /// | ARN | ARN | – | – |
    /// | token | token | – | – |
    /// | scheme id | scheme id | – | – |
    /// | ARN, token | ARN if 23 digits, else token | ARN, token | – |
    /// | ARN, scheme id | ARN if 23 digits, else scheme id | ARN, scheme id | – |
    /// | token, scheme id | token, unless it could be a scheme id | token, scheme id | – |
    /// | all three | ARN if 23 digits, else as for token, scheme id | as for one, after the ARN; else token, scheme id | ARN, token, scheme id |
    ///
    /// A `–` is an ambiguity, and so is an extra that has not the form of what it should be, and any
    /// extra where nothing was asked for.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::{Response, ReturnFlags};
    ///
    /// let line = "A|01S00001724|232|031971|Authorised|74698692333601146452212|1000000000030419";
    /// let response = Response::decode(line).unwrap();
    /// let asked = ReturnFlags::none().with_acquirer_reference().with_token();
    /// let resolved = response.extras().resolve(asked).unwrap();
    /// assert_eq!(resolved.arn.unwrap().as_str(), "74698692333601146452212");
    /// assert_eq!(resolved.token.unwrap().secret_str(), "1000000000030419");
    ///
    /// // Of two that can be either, nothing is certain but the ARN.
    /// let asked = asked.with_scheme_transaction_id();
    /// let error = response.extras().resolve(asked).unwrap_err();
    /// assert_eq!(error.certain().arn.unwrap().as_str(), "74698692333601146452212");
    /// assert_eq!(
    ///     error.to_string(),
    ///     "2 extras do not follow from what was asked for: \
    ///      return_acq_ref, return_token, return_scheme_transaction_id",
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// Nothing decides it. The error says what is certain all the same, which is the ARN: where it
    /// was asked for, the only extra of 23 digits is the ARN, whatever else came and wherever it
    /// stands.
    pub fn resolve(self, asked: ReturnFlags) -> Result<Resolved, AmbiguousExtras> {
        self.decided(asked).ok_or_else(|| AmbiguousExtras::new(asked, self.len(), self.certain_arn(asked)))
    }

    fn decided(self, asked: ReturnFlags) -> Option<Resolved> {
        let mut extras = self.iter().peekable();
        let mut resolved = Resolved::default();
        if asked.acquirer_reference() {
            resolved.arn = extras.next_if(|extra| is_arn(extra)).and_then(|arn| arn.try_into().ok());
            if resolved.arn.is_none() && extras.clone().any(is_arn) {
                // The ARN is there, and not in its place.
                return None;
            }
        }
        let (is_token, is_scheme) = (asked.token(), asked.scheme_transaction_id());
        let token = |text: &str| is_token.then(|| CardToken::try_from(text).ok()).flatten();
        let scheme = |text: &str| is_scheme.then(|| SchemeTransactionId::try_from(text).ok()).flatten();
        match (extras.next(), extras.next(), extras.next()) {
            (None, ..) => {}
            (Some(one), None, _) => match (token(one), scheme(one)) {
                (Some(_), Some(_)) | (None, None) => return None,
                (token, scheme) => (resolved.token, resolved.scheme_transaction_id) = (token, scheme),
            },
            (Some(first), Some(second), None) => {
                resolved.token = Some(token(first)?);
                resolved.scheme_transaction_id = Some(scheme(second)?);
            }
            _ => return None,
        }
        Some(resolved)
    }

    fn certain_arn(self, asked: ReturnFlags) -> Option<Arn> {
        let mut arns = self.iter().filter(|extra| asked.acquirer_reference() && is_arn(extra));
        match (arns.next(), arns.next()) {
            (Some(arn), None) => arn.try_into().ok(),
            _ => None,
        }
    }
}

fn is_arn(extra: &str) -> bool {
    Arn::try_from(extra).is_ok()
}

impl fmt::Debug for Extras<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras").field("count", &self.len()).finish_non_exhaustive()
    }
}

/// What extras turned out to be. What is `None` was not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The acquirer reference number.
    pub arn: Option<Arn>,
    /// The card token.
    pub token: Option<CardToken>,
    /// The card scheme's transaction id.
    pub scheme_transaction_id: Option<SchemeTransactionId>,
}

impl Serialize for Extras<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
