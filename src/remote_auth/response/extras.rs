//! The fields after the message: raw, in order, and told apart only without a guess.

mod resolve;

pub use resolve::{AmbiguousExtras, Resolved};

use core::fmt;

use serde::{Serialize, Serializer};

use super::text;
use crate::remote_auth::return_flags::ReturnFlags;

/// The fields after the message (section 3), as they came. Three can be asked for. A response with more
/// is still read, and keeps them all, in order.
///
/// An empty field, `-` and `null` are no extras: so a bar at the end of the line adds none. An extra with
/// bytes that are not UTF-8, or with control characters, is one U+FFFD.
///
/// One of them may be a card token, so `Debug` shows their number only.
///
/// ```
/// use cashflows_codec::remote_auth::Response;
///
/// let response = Response::decode("A|01S0135FD47|200|AUTHOK|Authorised|-|MCC6830070529|")?;
/// assert_eq!(response.extras().iter().collect::<Vec<_>>(), ["MCC6830070529"]);
/// assert_eq!(format!("{:?}", response.extras()), "Extras { count: 1, .. }");
/// # Ok::<(), cashflows_codec::remote_auth::response::DecodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Extras<'a> {
    /// Each with the separator before it.
    wire: &'a [u8],
}

impl<'a> Extras<'a> {
    pub(crate) const fn from_wire(wire: &'a [u8]) -> Self {
        Self { wire }
    }

    /// How many bytes they take in the line, separators and what is no extra included.
    pub(super) const fn wire_len(self) -> usize {
        self.wire.len()
    }

    /// The extras in order. One may be a card token: every place that calls this is a place to
    /// review.
    pub fn iter(self) -> impl Iterator<Item = &'a str> + Clone {
        self.fields().filter(|extra| {
            let extra = text::trimmed(extra);
            !matches!(extra, "" | "-") && !extra.eq_ignore_ascii_case(text::NULL)
        })
    }

    /// The same, and those that stand for none.
    fn fields(self) -> impl Iterator<Item = &'a str> + Clone {
        self.wire.split(|&byte| byte == b'|').skip(1).map(text::extra)
    }

    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.iter().count()
    }

    /// Returns true if there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.iter().next().is_none()
    }

    /// Tells the extras apart by what the request asked for (section 3), never by a guess.
    ///
    /// The gateway leaves out what it does not have. Some forms are certain, and are in the way of nothing
    /// else:
    ///
    /// | form | is |
    /// | --- | --- |
    /// | 23 digits | an ARN; no other form is one |
    /// | 16 digits | a card token |
    /// | 15 digits, or three letters and digits | a scheme id |
    ///
    /// Each extra is one of what was asked for, and no two are the same. Where exactly one way to say which
    /// is which goes against no certain form, it is that, in whatever order they came. No extra means that
    /// nothing came, whatever was asked for.
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
    /// // What can be a token or a scheme id is neither for certain.
    /// let line = "A|01S00001724|232|031971|Authorised|74698692333601146452212|1f3a";
    /// let response = Response::decode(line).unwrap();
    /// let error = response.extras().resolve(asked.with_scheme_transaction_id()).unwrap_err();
    /// assert_eq!(error.certain.arn.unwrap().as_str(), "74698692333601146452212");
    /// assert_eq!(
    ///     error.to_string(),
    ///     "2 extras do not follow from what was asked for: \
    ///      return_acq_ref, return_token, return_scheme_transaction_id",
    /// );
    /// ```
    ///
    /// # Errors
    ///
    /// No way fits, or several do, or there are extras where nothing was asked for. The error says what is
    /// [certain](AmbiguousExtras::certain) all the same.
    pub fn resolve(self, asked: ReturnFlags) -> Result<Resolved, AmbiguousExtras> {
        resolve::resolve(self.iter(), asked)
    }
}

impl fmt::Debug for Extras<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extras").field("count", &self.len()).finish_non_exhaustive()
    }
}

/// Those that stand for none are stored too, so that the line is the same again.
impl Serialize for Extras<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.fields())
    }
}
