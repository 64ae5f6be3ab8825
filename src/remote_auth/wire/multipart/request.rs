//! Submissions and queries, both ways.

use super::contents::{self, AttachedFile, Contents};
use super::form::{self, Fields, Form};
use super::rows::{self, References};
use crate::error::{InvalidValue, LimitExceeded, LimitKind, Rule};
use crate::media::multipart::{Boundary, NewBody, NewPart};
use crate::remote_auth::batch::{
    AttachedType, BatchBody, BatchDecodeError, BatchParameter, BatchRequest, FileName, Noted, PartsError,
    Query, Submission,
};
use crate::remote_auth::limits::Limits;
use crate::remote_auth::{Credentials, Password, ProfileId};
use crate::value::OriginalId;

const SUBMIT: &str = "onhold-release-submit";
const QUERY: &str = "onhold-release-query";

impl Submission {
    /// The upload, in one buffer of exactly its size.
    ///
    /// No delimiter can occur in the data: one begins with a line end and `--`, and every line of
    /// the data is a form, whose values are percent-encoded, or a reference of letters and digits.
    ///
    /// # Errors
    ///
    /// The body would have more than [`MAX_BYTES`](Self::MAX_BYTES). It is not built. [`split`](Self::split) makes
    /// several submissions of one that is too large.
    pub fn encode(&self, credentials: &Credentials) -> Result<BatchBody, LimitExceeded> {
        self.with_body(credentials, |body| {
            if body.len() > Self::MAX_BYTES {
                return Err(LimitExceeded::new(LimitKind::Bytes, Self::MAX_BYTES));
            }
            Ok(contents::with_parts(body))
        })
    }

    /// The exact size of the encoded body, however large.
    #[must_use]
    pub fn encoded_len(&self, credentials: &Credentials) -> usize {
        self.with_body(credentials, |body| body.len())
    }

    /// Makes something of the body as it would be written.
    fn with_body<T>(&self, credentials: &Credentials, make: impl FnOnce(&NewBody<'_>) -> T) -> T {
        let form = login(credentials)
            .with(BatchParameter::AttachedType, AttachedType::OnHoldV0.as_str())
            .with(BatchParameter::BatchOp, SUBMIT);
        let name = self.file_name();
        let data = References { ids: self.references(), characters: self.characters() };
        let file = NewPart { media_type: name.media_type(), file_name: Some(name.as_str()), data: &data };
        make(&NewBody { boundary: self.boundary(), parts: &[contents::form_part(&form), file] })
    }

    /// The fewest submissions that fit, with the references in the same order: each is filled until
    /// the next reference would make it larger than [`MAX_BYTES`](Self::MAX_BYTES). None where there
    /// are no references.
    #[must_use]
    pub fn split(&self, credentials: &Credentials) -> Vec<Self> {
        // A reference is counted with its line end, which the last one has not.
        let room = Self::MAX_BYTES + "\r\n".len() - self.of(&[]).encoded_len(credentials);
        let mut submissions = Vec::new();
        let mut rest = self.references();
        while !rest.is_empty() {
            let (filled, others) = rest.split_at(fitting(rest, room));
            submissions.push(self.of(filled));
            rest = others;
        }
        submissions
    }
}

/// How many references fit: at least one, for everything else in a body is at most some kilobytes.
fn fitting(references: &[OriginalId], room: usize) -> usize {
    let mut used = 0;
    let lines = references.iter().map(References::line_len);
    lines
        .take_while(|line| {
            used += line;
            used <= room
        })
        .count()
        .max(1)
}

impl Query {
    /// The query, in one buffer of exactly its size.
    #[must_use]
    pub fn encode(&self, credentials: &Credentials) -> BatchBody {
        let form = login(credentials)
            .with(BatchParameter::BatchId, self.batch_id().as_str())
            .with(BatchParameter::BatchOp, QUERY);
        let parts = &[contents::form_part(&form)];
        contents::with_parts(&NewBody { boundary: self.boundary(), parts })
    }
}

fn login(credentials: &Credentials) -> Form<'_> {
    Form::new()
        .with(BatchParameter::ProfileId, credentials.profile.as_str())
        .with(BatchParameter::ProfilePass, credentials.password.secret_str())
}

impl BatchRequest {
    /// Reads a request with the default limits. The content type has to be
    /// `multipart/x-vcg-remote-api` with a boundary.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::batch::BatchRequest;
    /// use cashflows_codec::remote_auth::batch::BatchRefusal;
    ///
    /// let error = BatchRequest::decode("multipart/x-vcg-remote-api; boundary=b", b"--b\n--b--\n").unwrap_err();
    /// assert_eq!(error.to_string(), "lines end with LF where CRLF has to stand");
    /// assert_eq!(error.refusal(), BatchRefusal::InvalidRequest);
    /// ```
    ///
    /// # Errors
    ///
    /// The body is no such request. Send [`BatchDecodeError::refusal`] in response.
    pub fn decode(content_type: &str, body: &[u8]) -> Result<(Credentials, Self), BatchDecodeError> {
        Self::decode_with(content_type, body, &Limits::default())
    }

    /// Reads a request with other limits.
    ///
    /// # Errors
    ///
    /// As for [`decode`](Self::decode).
    pub fn decode_with(
        content_type: &str,
        body: &[u8],
        limits: &Limits,
    ) -> Result<(Credentials, Self), BatchDecodeError> {
        let max = limits.batch_request_bytes;
        if body.len() > max {
            return Err(LimitExceeded::new(LimitKind::Bytes, max).into());
        }
        let (Contents { form, attachment, noted }, boundary) = Contents::of_request(content_type, body)?;
        let form = form::readable(form);
        let mut fields = Fields::of(form.as_str(), limits)?;
        let credentials = credentials(&mut fields);
        match fields.mandatory(BatchParameter::BatchOp) {
            Some(Operation::Submit) => {
                fields.mandatory::<OnHoldV0>(BatchParameter::AttachedType);
                let credentials = fields.finish(credentials)?;
                Ok((credentials, Self::Submit(submission(attachment, boundary, noted)?)))
            }
            Some(Operation::Query) => {
                let batch_id = fields.mandatory(BatchParameter::BatchId);
                let (credentials, batch_id) = fields.finish(credentials.zip(batch_id))?;
                match attachment {
                    None => Ok((credentials, Self::Query(Query::new(batch_id).with_boundary(boundary)))),
                    Some(_) => Err(PartsError::UnexpectedAttachment.into()),
                }
            }
            None => fields.finish(None),
        }
    }
}

fn credentials(fields: &mut Fields<'_>) -> Option<Credentials> {
    let profile = fields.mandatory::<ProfileId>(BatchParameter::ProfileId);
    let password = fields.mandatory::<Password>(BatchParameter::ProfilePass);
    Some(Credentials::new(profile?, password?))
}

fn submission(
    attachment: Option<AttachedFile<'_>>,
    boundary: Boundary,
    mut noted: Noted,
) -> Result<Submission, BatchDecodeError> {
    let file = attachment.ok_or(PartsError::NoAttachment)?;
    let name = file.name.ok_or(InvalidValue::new(FileName::NAME, Rule::Empty));
    let name = name.and_then(FileName::try_from).map_err(BatchDecodeError::FileName)?;
    let references = rows::references(file.data, &mut noted).map_err(BatchDecodeError::Reference)?;
    Ok(Submission::new(references).with_file_name(name).with_boundary(boundary).with_noted(noted))
}

/// The operation of a batch request.
enum Operation {
    Submit,
    Query,
}

impl TryFrom<&str> for Operation {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        match text {
            SUBMIT => Ok(Self::Submit),
            QUERY => Ok(Self::Query),
            _ => Err(InvalidValue::new(BatchParameter::BatchOp.as_str(), Rule::OneOf(&[SUBMIT, QUERY]))),
        }
    }
}

/// The only format of an upload.
struct OnHoldV0;

impl TryFrom<&str> for OnHoldV0 {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        match AttachedType::try_from(text) {
            Ok(AttachedType::OnHoldV0) => Ok(Self),
            _ => Err(InvalidValue::new(BatchParameter::AttachedType.as_str(), Rule::OneOf(&["onhold_v0"]))),
        }
    }
}
