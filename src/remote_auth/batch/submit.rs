//! The upload of references.

use crate::remote_auth::batch::value::{Boundary, FileName};
use crate::value::TransactionId;

/// The references of transactions on hold, to be released (`onhold-release-submit`, section 7).
///
/// ```
/// use cashflows_codec::remote_auth::batch::Submission;
/// use cashflows_codec::remote_auth::Credentials;
///
/// let credentials = Credentials::new("73".parse()?, "password1234".parse()?);
/// let submission = Submission::new(vec!["01S00001724".parse()?]).with_file_name("today.txt".parse()?);
/// let body = submission.encode(&credentials)?;
/// assert_eq!(body.content_length(), submission.encoded_len(&credentials));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    references: Vec<TransactionId>,
    /// How many characters the references have, all together: known once, asked for often.
    characters: usize,
    file_name: FileName,
    boundary: Boundary,
}

impl Submission {
    /// The most bytes that the gateway takes in one request body (section 7): 64 KiB.
    pub const MAX_BYTES: usize = 65_536;

    /// A release of the transactions that have these ids.
    #[must_use]
    pub fn new(references: impl Into<Vec<TransactionId>>) -> Self {
        let references = references.into();
        let characters = characters(&references);
        Self { references, characters, file_name: FileName::default(), boundary: Boundary::default() }
    }

    /// Sets the name of the uploaded file: `releaseRefs.csv`, unless set.
    #[must_use]
    pub fn with_file_name(mut self, file_name: FileName) -> Self {
        self.file_name = file_name;
        self
    }

    /// Sets what separates the parts of the body: `_partBoundary_`, unless set.
    #[must_use]
    pub fn with_boundary(mut self, boundary: Boundary) -> Self {
        self.boundary = boundary;
        self
    }

    /// The ids of the transactions to be released.
    #[must_use]
    pub fn references(&self) -> &[TransactionId] {
        &self.references
    }

    /// How many characters the ids have, all together.
    pub(crate) const fn characters(&self) -> usize {
        self.characters
    }

    /// The name of the uploaded file.
    #[must_use]
    pub const fn file_name(&self) -> &FileName {
        &self.file_name
    }

    /// What separates the parts of the body.
    #[must_use]
    pub const fn boundary(&self) -> &Boundary {
        &self.boundary
    }

    /// The same upload of other references.
    pub(crate) fn of(&self, references: &[TransactionId]) -> Self {
        Self {
            references: references.to_vec(),
            characters: characters(references),
            file_name: self.file_name.clone(),
            boundary: self.boundary.clone(),
        }
    }
}

fn characters(references: &[TransactionId]) -> usize {
    references.iter().map(|reference| reference.as_str().len()).sum()
}
