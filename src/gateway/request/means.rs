//! The means by which a job is paid.

use super::{HostedPage, JobCard};

/// The page or the card by which a job is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobMeans {
    /// The hosted page asks for the card.
    HostedPage(HostedPage),
    /// A card or token.
    Card(JobCard),
}

impl From<HostedPage> for JobMeans {
    fn from(page: HostedPage) -> Self {
        Self::HostedPage(page)
    }
}

impl From<JobCard> for JobMeans {
    fn from(card: JobCard) -> Self {
        Self::Card(card)
    }
}
