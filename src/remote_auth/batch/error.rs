//! Errors of batch bodies. No error holds a part of the body.

use thiserror::Error;

use super::{BatchParameter, BatchRefusal};
use crate::error::{InvalidValue, LimitExceeded, LimitKind, Separated};
use crate::media::multipart::FramingError;
use crate::remote_auth::ParameterError;

/// A batch body that cannot be read: the peer's error.
///
/// A gateway answers a request with [`refusal`](Self::refusal). A merchant learns
/// the state of the batch by a query.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum BatchDecodeError {
    /// More than the limits allow; where it is the size of the body, nothing of it was read.
    #[error(transparent)]
    Limit(#[from] LimitExceeded),
    /// The content type is none that this body can have, or a multipart one without a boundary.
    #[error("the content type is not that of a batch body")]
    ContentType,
    /// The body cannot be cut into parts.
    #[error(transparent)]
    Framing(#[from] FramingError),
    /// The parts are not those that the body has to have.
    #[error(transparent)]
    Parts(#[from] PartsError),
    /// Everything that is wrong with the parameters of the form: never empty.
    #[error("{}", Separated(.0, "; "))]
    Parameters(Vec<BatchParameterError>),
    /// The file name of the attachment is missing or wrong.
    #[error(transparent)]
    FileName(InvalidValue),
    /// A row of the uploaded file is not a transaction id, or names no transaction.
    #[error(transparent)]
    Reference(RowError),
}

impl BatchDecodeError {
    /// The `result` with which a gateway answers such a request (section 7).
    #[must_use]
    pub const fn refusal(&self) -> BatchRefusal {
        match self {
            Self::Limit(limit) if matches!(limit.what(), LimitKind::Bytes) => BatchRefusal::RequestTooBig,
            Self::FileName(_) => BatchRefusal::InvalidFileName,
            _ => BatchRefusal::InvalidRequest,
        }
    }
}

/// A fault of one parameter of a batch form.
pub type BatchParameterError = ParameterError<BatchParameter>;

/// A fault in the parts of a batch body, which has a form and perhaps an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum PartsError {
    /// The first part is not `application/x-www-form-urlencoded`.
    #[error("the first part is not a form")]
    NoForm,
    /// An upload without its attachment.
    #[error("the attachment is missing")]
    NoAttachment,
    /// A query with an attachment.
    #[error("an attachment where none may be")]
    UnexpectedAttachment,
    /// The second part is neither `text/csv` nor `text/plain`.
    #[error("the attachment is neither text/csv nor text/plain")]
    AttachmentType,
    /// More than two parts.
    #[error("more than two parts")]
    TooMany,
}

/// A row of an attachment that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("row {line}, byte {offset} of the attachment: {kind}")]
pub struct RowError {
    /// The number of the line, from 1.
    pub line: usize,
    /// The place of the line: bytes from the beginning of the attachment, from 0.
    pub offset: usize,
    /// The error of the row.
    pub kind: RowErrorKind,
}

/// The fault of an unreadable row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum RowErrorKind {
    /// There is no comma between a reference and a result, and no semicolon or tab in its place.
    #[error("there is no comma")]
    NoComma,
    /// The reference is not a transaction id.
    #[error("the reference is not a transaction id")]
    Reference,
    /// The reference of an upload is an id such as `99E…` or `null`.
    #[error("the reference names no transaction")]
    NamesNoTransaction,
    /// The result is not a word.
    #[error("the result is not a word")]
    Result,
    /// Another row of the same transaction has another result.
    #[error("another row of the transaction has another result")]
    Contradicted,
}
