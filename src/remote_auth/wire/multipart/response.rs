//! Refusals and reports, both ways.

use bytes::Bytes;

use super::contents::{self, Contents};
use super::form::{self, Fields, Form};
use crate::error::{InvalidValue, LimitExceeded, LimitKind, Rule};
use crate::media::multipart::{Boundary, NewBody, NewPart};
use crate::remote_auth::batch::ResultWord;
use crate::remote_auth::batch::{
    AttachedType, Attachment, BatchBody, BatchDecodeError, BatchParameter, BatchRefusal, BatchResponse,
    BatchStatus, Counts, Noted, Report,
};
use crate::remote_auth::limits::Limits;
use crate::value::rules;

impl BatchResponse {
    /// Reads a response with the default limits.
    ///
    /// The content type decides how: `application/x-www-form-urlencoded` is a bare form, any
    /// `multipart` type a form and perhaps the rows. Nothing is guessed: without either, such as for
    /// the HTML page of a proxy, there is no response. One whose counts and rows disagree is
    /// delivered, and [`Report::findings`] tells.
    ///
    /// The rows are kept in the memory of the body.
    ///
    /// # Errors
    ///
    /// The body is no such response. The state of the batch is then unknown.
    pub fn decode(content_type: &str, body: impl Into<Bytes>) -> Result<Self, BatchDecodeError> {
        Self::decode_with(content_type, body, &Limits::default())
    }

    /// Reads a response with other limits.
    ///
    /// # Errors
    ///
    /// As for [`decode`](Self::decode).
    pub fn decode_with(
        content_type: &str,
        body: impl Into<Bytes>,
        limits: &Limits,
    ) -> Result<Self, BatchDecodeError> {
        let (body, max) = (body.into(), limits.batch_response_bytes);
        if body.len() > max {
            return Err(LimitExceeded::new(LimitKind::Bytes, max).into());
        }
        let Contents { form, attachment, noted } = Contents::of_response(content_type, &body)?;
        let form = form::readable(form);
        let mut fields = Fields::of(form.as_str(), limits)?;
        let response = match fields.mandatory(BatchParameter::Result) {
            Some(ResultWord::Refusal(refusal)) => Some(Self::Refused(refusal)),
            Some(ResultWord::Unlisted(word)) => Some(Self::Unlisted(word)),
            Some(ResultWord::Report) => {
                let attachment = attachment.map(|file| Attachment(body.slice_ref(file.data)));
                report(&mut fields, attachment, noted).map(Self::Report)
            }
            None => None,
        };
        fields.finish(response)
    }

    /// Writes the response: a report with rows as a form and a `text/csv` part, all others as a bare form, as
    /// the documented examples have it.
    ///
    /// # Errors
    ///
    /// The attachment of a report holds a delimiter of the boundary. Rows of [`Report::complete`] never do: each begins
    /// with a letter or a digit.
    pub fn encode(&self, boundary: &Boundary) -> Result<BatchBody, InvalidValue> {
        let Self::Report(report) = self else {
            return Ok(result(self.result()));
        };
        let counts = [report.item_count(), report.item_succ(), report.item_fail()];
        let counts = counts.map(|count| count.map(|count| count.to_string()));
        let form = report_form(report, &counts);
        match report.attachment() {
            None => Ok(contents::bare(&form)),
            Some(rows) if boundary.occurs_in(rows) => {
                Err(InvalidValue::new(Boundary::NAME, Rule::BoundaryInData))
            }
            Some(rows) => {
                let rows = NewPart { media_type: "text/csv", file_name: None, data: rows };
                let parts = &[contents::form_part(&form), rows];
                Ok(contents::with_parts(&NewBody { boundary, parts }))
            }
        }
    }
}

impl BatchRefusal {
    /// The refusal as a body, a bare form. Whatever is posted to a gateway's batch endpoint, and under
    /// whatever content type, this answers it where [`BatchRequest::decode`] does not take it:
    ///
    /// ```
    /// use cashflows_codec::remote_auth::batch::BatchRequest;
    ///
    /// let error = BatchRequest::decode("text/html", b"<html>").unwrap_err();
    /// assert_eq!(error.refusal().encode().as_bytes(), "result=invalid_request");
    /// ```
    ///
    /// [`BatchRequest::decode`]: crate::remote_auth::batch::BatchRequest::decode
    #[must_use]
    pub fn encode(self) -> BatchBody {
        result(self.as_str())
    }
}

/// A response without a report.
fn result(word: &str) -> BatchBody {
    contents::bare(&Form::new().with(BatchParameter::Result, word))
}

fn report(fields: &mut Fields<'_>, attachment: Option<Attachment>, mut noted: Noted) -> Option<Report> {
    let batch_id = fields.mandatory(BatchParameter::BatchId);
    let status = fields.mandatory(BatchParameter::BatchStatus);
    let mut count = |parameter| fields.noting(parameter, &mut noted).map(|Count(count)| count);
    let counts = Counts {
        all: count(BatchParameter::ItemCount),
        succeeded: count(BatchParameter::ItemSucc),
        failed: count(BatchParameter::ItemFail),
    };
    let attached_type = fields.noting(BatchParameter::AttachedType, &mut noted);
    let unlisted = fields.take_unlisted();
    let (batch_id, status) = (batch_id?, status?);
    Some(Report { batch_id, status, counts, attached_type, attachment, unlisted, noted })
}

fn report_form<'a>(report: &'a Report, [count, succ, fail]: &'a [Option<String>; 3]) -> Form<'a> {
    let mut form = Form::new()
        .with(BatchParameter::Result, ResultWord::REPORT)
        .with(BatchParameter::BatchId, report.batch_id.as_str())
        .with(BatchParameter::BatchStatus, BatchStatus::as_str(&report.status));
    form.set_some(BatchParameter::ItemCount, count.as_deref());
    form.set_some(BatchParameter::ItemSucc, succ.as_deref());
    form.set_some(BatchParameter::ItemFail, fail.as_deref());
    form.set_some(BatchParameter::AttachedType, report.attached_type.as_ref().map(AttachedType::as_str));
    form
}

/// A number of transactions: 1 to 18 digits, so that it and a sum of two are never too large.
struct Count(u64);

impl TryFrom<&str> for Count {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let refused = |rule| InvalidValue::new("count", rule);
        rules::digits(text, 1, 18).map_err(refused)?;
        // Eighteen digits always fit.
        text.parse().map(Self).map_err(|_| refused(Rule::Digits { min: 1, max: 18 }))
    }
}
