//! The query for the report of a batch.

use arrayvec::ArrayString;

use super::BatchParameter;
use crate::media::multipart::Boundary;
use crate::value::rules;

/// Asks for the report of a batch (`onhold-release-query`, section 7).
///
/// ```
/// use cashflows_codec::remote_auth::batch::Query;
/// use cashflows_codec::remote_auth::Credentials;
///
/// let credentials = Credentials::new("73".parse()?, "password1234".parse()?);
/// let body = Query::new("26".parse()?).encode(&credentials);
/// assert_eq!(body.content_length(), 172);
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    batch_id: BatchId,
    boundary: Boundary,
}

impl Query {
    /// Asks for the batch that a [`Report`](super::Report) named.
    #[must_use]
    pub fn new(batch_id: BatchId) -> Self {
        Self { batch_id, boundary: Boundary::default() }
    }

    /// Sets what separates the parts of the body: `_partBoundary_`, unless set.
    #[must_use]
    pub fn with_boundary(mut self, boundary: Boundary) -> Self {
        self.boundary = boundary;
        self
    }

    /// The batch.
    #[must_use]
    pub const fn batch_id(&self) -> &BatchId {
        &self.batch_id
    }

    /// The separator of the parts of the body.
    #[must_use]
    pub const fn boundary(&self) -> &Boundary {
        &self.boundary
    }
}

text_value! {
    /// The number by which the gateway knows a batch: 1 to 20 digits (`batch_id`, section 7; the
    /// length is ours).
    #[derive(Copy)]
    foreign BatchId(ArrayString<20>) =
        BatchParameter::BatchId.as_str(), |text| rules::digits(text, 1, 20);
}

stored_as_text!(BatchId);

#[cfg(feature = "simulator")]
impl BatchId {
    /// A number has at most 20 digits.
    pub(crate) fn from_number(number: u64) -> Self {
        use core::fmt::Write;
        let mut digits = ArrayString::new();
        let fits = write!(digits, "{number}");
        debug_assert!(fits.is_ok(), "more than 20 digits");
        Self(digits)
    }
}
