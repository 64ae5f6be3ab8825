//! Batch release: lets transactions that are on hold go, many at a time (section 7 of the protocol
//! page).
//!
//! A transaction can be put on hold for at most 7 days. To release some, a merchant uploads their
//! ids as a [`Submission`], is told the number of the batch, and asks with a [`Query`] until the
//! [`Report`] is complete. All are posted to [`Environment::batch_url`](crate::remote_auth::Environment).
//!
//! The merchant's side:
//!
//! ```
//! use cashflows_codec::remote_auth::batch::{Query, BatchResponse, Submission};
//! use cashflows_codec::remote_auth::Credentials;
//!
//! let credentials = Credentials::new("73".parse()?, "password1234".parse()?);
//! let references = vec!["01S00001724".parse()?, "01S00001725".parse()?];
//!
//! // However many references there are, each of these fits into what the gateway takes.
//! for submission in Submission::new(references).split(&credentials) {
//!     let body = submission.encode(&credentials)?;
//!     assert_eq!(body.content_type(), "multipart/x-vcg-remote-api; boundary=_partBoundary_");
//!     // post body.into_bytes(), and read what comes back:
//! }
//! let taken = "result=release_report&batch_id=26&batch_status=pending";
//! let BatchResponse::Report(report) = BatchResponse::decode("application/x-www-form-urlencoded", taken)? else { panic!() };
//!
//! // Some minutes later:
//! let body = Query::new(*report.batch_id()).encode(&credentials);
//! let complete = "--b\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n\
//!     result=release_report&batch_id=26&batch_status=complete&item_count=2&item_succ=1&item_fail=1\
//!     &attached_type=onhold_v0\r\n\
//!     --b\r\nContent-Type: text/csv\r\n\r\n\
//!     01S00001724,batchrel_ok\r\n01S00001725,batchrel_expired\r\n--b--\r\n";
//! let BatchResponse::Report(report) = BatchResponse::decode("multipart/x-vcg-remote-api; boundary=b", complete)? else { panic!() };
//! for row in report.rows() {
//!     let row = row?;
//!     println!("{}: {}", row.reference(), row.result());
//! }
//! assert!(report.findings().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The gateway's side:
//!
//! ```
//! use cashflows_codec::remote_auth::batch::{BatchRequest, BatchStatus, Boundary, BatchResponse, Report, Row, RowResult};
//!
//! # use cashflows_codec::remote_auth::Credentials;
//! # use cashflows_codec::remote_auth::batch::Query;
//! # let credentials = Credentials::new("73".parse()?, "password1234".parse()?);
//! # let sent = Query::new("26".parse()?).encode(&credentials);
//! # let (content_type, body) = (sent.content_type(), sent.as_bytes());
//! let response: BatchResponse = match BatchRequest::decode(content_type, body) {
//!     // Whatever came, the response is one of this endpoint.
//!     Err(error) => error.refusal().into(),
//!     Ok((_, BatchRequest::Submit(submission))) => {
//!         // Check the credentials, keep submission.references(), then:
//!         Report::new("26".parse()?, BatchStatus::Pending).into()
//!     }
//!     Ok((_, BatchRequest::Query(query))) => {
//!         let rows = [Row::new("01S00001724".parse()?, RowResult::Released)];
//!         Report::complete(*query.batch_id(), rows).into()
//!     }
//! };
//! let body = response.encode(&Boundary::default())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod body;
mod check;
mod error;
mod finding;
mod parameter;
mod query;
mod report;
mod response;
mod stored;
mod submission;
mod words;

pub use crate::media::multipart::{Boundary, FramingError};
pub use body::BatchBody;
pub use error::{BatchDecodeError, BatchParameterError, PartsError, RowError, RowErrorKind};
pub use finding::{BatchFinding, BatchPlace};
pub use parameter::BatchParameter;
pub use query::{BatchId, Query};
pub use report::{Report, Row};
pub use response::BatchResponse;
pub use submission::{FileName, Submission};
pub use words::{AttachedType, BatchRefusal, BatchStatus, RowResult};

pub(crate) use finding::Noted;
pub(crate) use report::{Attachment, Counts};
pub(crate) use words::ResultWord;

/// A request to the batch endpoint, as a gateway reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BatchRequest {
    /// An upload of references: `onhold-release-submit`.
    Submit(Submission),
    /// The query for the report of a batch: `onhold-release-query`.
    Query(Query),
}

/// The boundary of the documented requests.
pub(crate) const DEFAULT_BOUNDARY: &str = "_partBoundary_";

/// The boundary of the documented requests: `_partBoundary_`.
impl Default for Boundary {
    fn default() -> Self {
        Self::of_literal(DEFAULT_BOUNDARY)
    }
}
