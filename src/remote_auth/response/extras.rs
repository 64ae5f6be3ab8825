//! What follows the message: raw, in order, and told apart only where the documentation decides it.

use core::fmt;

use crate::error::{InvalidValue, Rule};
use crate::remote_auth::ReturnFlags;
use crate::remote_auth::response::AmbiguousExtras;
use crate::secret::Wiped;
use crate::value::{Arn, CardToken, SchemeTransactionId, SpillingText, rules};

/// The fields after the message (section 3), as they came: up to three, since three can be asked
/// for, each of 0 to 255 bytes without `|` and control characters (the length is ours).
///
/// One of them may be a card token, so they are wiped when dropped, and `Debug` shows their number
/// only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Extras {
    /// As on the wire, each with the separator before it, so that one empty extra is not none.
    wire: SpillingText<44>,
}

impl Extras {
    /// The most extras of a response.
    pub const MAX: usize = 3;
    /// The most bytes of an extra.
    pub(crate) const MAX_BYTES: usize = 255;

    /// No extras.
    #[inline]
    #[must_use]
    pub fn none() -> Self {
        Self { wire: SpillingText::blank() }
    }

    /// The extras of a response, in their order on the wire.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::response::Extras;
    ///
    /// let extras = Extras::new(["74698692333601146452212", "1000000000030419"])?;
    /// assert_eq!(extras.iter().count(), 2);
    /// assert_eq!(format!("{extras:?}"), "Extras { count: 2, .. }");
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// There are more than three, or one is too long or has a `|` or a control character in it.
    pub fn new<T: AsRef<str>>(extras: impl IntoIterator<Item = T>) -> Result<Self, InvalidValue> {
        let refused = |rule| InvalidValue::new("extra", rule);
        // Large enough from the start: growing would leave copies of a token behind.
        let mut wire = Wiped::new(String::with_capacity(Self::MAX * (1 + Self::MAX_BYTES)));
        for (index, extra) in extras.into_iter().enumerate() {
            if index == Self::MAX {
                return Err(refused(Rule::TooMany { max: Self::MAX }));
            }
            let extra = extra.as_ref();
            Self::check(extra).map_err(refused)?;
            wire.push('|');
            wire.push_str(extra);
        }
        Ok(Self::from_wire(&wire))
    }

    /// Whether `extra` can be one.
    pub(crate) fn check(extra: &str) -> Result<(), Rule> {
        rules::field(extra, Self::MAX_BYTES)
    }

    /// Extras that are already checked, each with the separator before it.
    pub(crate) fn from_wire(wire: &str) -> Self {
        Self { wire: wire.into() }
    }

    /// Makes extras of none, in place, as [`from_wire`](Self::from_wire) does.
    #[inline]
    pub(crate) fn fill(&mut self, wire: &str) {
        self.wire.fill(wire);
    }

    /// Whether none of them is too long.
    #[inline]
    pub(crate) fn are_short(wire: &str) -> bool {
        wire.len() <= Self::MAX_BYTES || wire.split('|').all(|extra| extra.len() <= Self::MAX_BYTES)
    }

    /// The extras, each with the separator before it.
    pub(crate) fn as_wire(&self) -> &str {
        self.wire.as_str()
    }

    /// The extras in order. One may be a card token: every place that calls this is a place to
    /// review.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.as_wire().split('|').skip(1)
    }

    /// How many there are, 0 to 3.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_wire().is_empty()
    }

    /// What the extras are, given what the request asked for: by the orders that are documented
    /// (section 3), and never by a guess.
    ///
    /// | asked for | no extra | one | two | three |
    /// | --- | --- | --- | --- | --- |
    /// | ARN | nothing | ARN | – | – |
    /// | ARN, token | nothing | ARN | ARN, token | – |
    /// | scheme id | nothing | scheme id | – | – |
    /// | any other set | nothing | – | – | – |
    ///
    /// A `–` is an ambiguity, and so is an extra that has not the form of what it should be. The
    /// gateway leaves out what it does not have, so no extras are never ambiguous. Where ARN and
    /// token were asked for, a lone extra of 23 digits is the ARN: so a documented refusal has it.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::ReturnFlags;
    /// use cashflows_codec::remote_auth::response::Extras;
    ///
    /// let extras = Extras::new(["74698692333601146452212", "1000000000030419"])?;
    /// let asked = ReturnFlags::none().with_acquirer_reference().with_token();
    /// let resolved = extras.resolve(asked).unwrap();
    /// assert_eq!(resolved.arn.unwrap().as_str(), "74698692333601146452212");
    /// assert_eq!(resolved.token.unwrap().secret_str(), "1000000000030419");
    ///
    /// let error = extras.resolve(ReturnFlags::none()).unwrap_err();
    /// assert_eq!(error.to_string(), "2 extras do not follow from what was asked for: nothing");
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The documented orders do not decide it. The error holds the number of extras, not their text.
    pub fn resolve(&self, asked: ReturnFlags) -> Result<Resolved, AmbiguousExtras> {
        self.documented(asked).ok_or(AmbiguousExtras::new(asked, self.len()))
    }

    fn documented(&self, asked: ReturnFlags) -> Option<Resolved> {
        const ARN: ReturnFlags = ReturnFlags::none().with_acquirer_reference();
        const ARN_TOKEN: ReturnFlags = ARN.with_token();
        const SCHEME: ReturnFlags = ReturnFlags::none().with_scheme_transaction_id();

        let mut extras = self.iter();
        let mut resolved = Resolved::default();
        match (asked, [extras.next(), extras.next(), extras.next()]) {
            (_, [None, ..]) => {}
            (ARN | ARN_TOKEN, [Some(arn), None, _]) => resolved.arn = Some(arn.try_into().ok()?),
            (ARN_TOKEN, [Some(arn), Some(token), None]) => {
                resolved.arn = Some(arn.try_into().ok()?);
                resolved.token = Some(token.try_into().ok()?);
            }
            (SCHEME, [Some(id), None, _]) => resolved.scheme_transaction_id = Some(id.try_into().ok()?),
            _ => return None,
        }
        Some(resolved)
    }
}

impl Drop for Extras {
    fn drop(&mut self) {
        self.wire.wipe();
    }
}

impl fmt::Debug for Extras {
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
