//! The question how a batch went.

use crate::remote_auth::batch::value::{BatchId, Boundary};

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

    /// What separates the parts of the body.
    #[must_use]
    pub const fn boundary(&self) -> &Boundary {
        &self.boundary
    }
}
