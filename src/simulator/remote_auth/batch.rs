//! Batch release of transactions on hold (section 7).

use core::time::Duration;
use std::time::SystemTime;

use super::batch_script::{BatchEffect, BatchKind, BatchSymptom, BatchWhen};
use super::{Acquirer, Delivery, Payload};
use crate::remote_auth::Credentials;
use crate::remote_auth::batch::{self, BatchDecodeError, BatchRequest, Query, Report, Row, Submission};
use crate::remote_auth::batch::{BatchId, BatchRefusal, BatchStatus, Boundary, RowResult};
use crate::simulator::agenda::Due;
use crate::simulator::date::{elapsed, later};
use crate::simulator::{NotHeld, State};
use crate::value::TransactionId;

/// How long a batch waits before it is processed (ours).
const PENDING: Duration = Duration::from_secs(60);
/// How long a batch takes: "around 5 minutes" (section 7).
const COMPLETE: Duration = Duration::from_secs(5 * 60);

/// An upload that was taken.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Batch {
    uploaded: SystemTime,
    rows: Vec<Row>,
}

impl Batch {
    fn report(&self, id: BatchId, now: SystemTime) -> Report {
        match elapsed(self.uploaded, now) {
            waited if waited < PENDING => Report::new(id, BatchStatus::Pending),
            waited if waited < COMPLETE => Report::new(id, BatchStatus::Processing),
            _ => Report::complete(id, self.rows.iter().copied()),
        }
    }
}

impl Acquirer {
    /// Puts a transaction on hold, as merchants do in the administration system: "on the date of the
    /// transaction", before it is settled.
    ///
    /// # Errors
    ///
    /// [`NotHeld`]: there is no such transaction, or none that waits to be settled.
    pub fn hold(&mut self, now: SystemTime, id: &TransactionId) -> Result<(), NotHeld> {
        let pending = self.ledger.state(id, now) == Some(State::Pending);
        let entry = self
            .ledger
            .get_mut(id)
            .filter(|entry| pending && entry.is_charge() && entry.refunded().hundredths() == 0)
            .ok_or(NotHeld)?;
        entry.put_on_hold();
        let ends = entry.hold_ends();
        self.agenda.add(ends, Due::HoldEnds(*id));
        self.payment_held(now, id);
        Ok(())
    }

    pub(super) fn batch(&mut self, now: SystemTime, content_type: &str, body: &[u8]) -> Delivery {
        let request = BatchRequest::decode(content_type, body);
        let kind = match &request {
            Ok((credentials, BatchRequest::Submit(_))) if self.knows(credentials) => {
                Some(BatchKind::Submission)
            }
            Ok((credentials, BatchRequest::Query(_))) if self.knows(credentials) => Some(BatchKind::Query),
            _ => None,
        };
        match kind.and_then(|kind| self.batch_script.effect(kind)) {
            None => Delivery::batch(&self.batch_reply(now, request)),
            Some(BatchEffect::LoseRequest(symptom)) => {
                Delivery::faulty_batch(&BatchRefusal::InternalFailure.into(), symptom)
            }
            Some(BatchEffect::LoseAnswer(symptom)) => {
                Delivery::faulty_batch(&self.batch_reply(now, request), symptom)
            }
        }
    }

    fn knows(&self, credentials: &Credentials) -> bool {
        *credentials == self.profile.credentials
    }

    /// Adds a rule to the script of batch requests: what happens to those that fit. The first rule that
    /// fits decides; a request that cannot be read or has wrong credentials fits none.
    pub fn script_batches(&mut self, when: BatchWhen, effect: BatchEffect) {
        self.batch_script.add(when, effect);
    }

    fn batch_reply(
        &mut self,
        now: SystemTime,
        request: Result<(Credentials, BatchRequest), BatchDecodeError>,
    ) -> batch::BatchResponse {
        match request {
            Err(error) => error.refusal().into(),
            Ok((credentials, _)) if !self.knows(&credentials) => BatchRefusal::InvalidCredentials.into(),
            Ok((_, BatchRequest::Submit(submission))) => self.upload(now, &submission).into(),
            Ok((_, BatchRequest::Query(query))) => self.query(now, &query),
        }
    }

    /// Each row is decided when it is uploaded, and told when the batch is complete.
    fn upload(&mut self, now: SystemTime, submission: &Submission) -> Report {
        let rows = submission
            .references()
            .iter()
            .map(|id| id.transaction_id())
            .map(|id| Row::new(id, self.release(now, &id)))
            .collect();
        self.batches.push(Batch { uploaded: now, rows });
        let id = BatchId::from_number(self.batches.len() as u64);
        Report::new(id, BatchStatus::Pending)
    }

    fn release(&mut self, now: SystemTime, id: &TransactionId) -> RowResult {
        match self.ledger.state(id, now) {
            None => return RowResult::InvalidReference,
            Some(State::Expired) => return RowResult::Expired,
            Some(State::OnHold) => {}
            Some(_) => return RowResult::NotOnHold,
        }
        self.ledger.release(id, later(now, COMPLETE));
        self.payment_released(now, id);
        RowResult::Released
    }

    fn query(&self, now: SystemTime, query: &Query) -> batch::BatchResponse {
        let number: Option<usize> = query.batch_id().as_str().parse().ok();
        let batch = number.and_then(|number| self.batches.get(number.checked_sub(1)?));
        match batch {
            Some(batch) => batch.report(*query.batch_id(), now).into(),
            None => BatchRefusal::ReleaseNotFound.into(),
        }
    }
}

impl Delivery {
    /// A reply as it should be.
    fn batch(reply: &batch::BatchResponse) -> Self {
        // Rows that were written here hold no delimiter: the second reply is never needed.
        let encoded = reply.encode(&Boundary::default());
        let body = encoded.unwrap_or_else(|_| BatchRefusal::InternalFailure.encode());
        Self::Payload(Payload::new(body.content_type(), body.as_bytes().clone()))
    }

    /// The delivery to the merchant in place of a response.
    fn faulty_batch(reply: &batch::BatchResponse, symptom: BatchSymptom) -> Self {
        match symptom {
            BatchSymptom::InternalFailure => Self::batch(&BatchRefusal::InternalFailure.into()),
            BatchSymptom::InternalError => Self::internal_error(),
            BatchSymptom::HtmlPage => Self::html_page(),
            BatchSymptom::HalfBody => Self::batch(reply).halved(),
            BatchSymptom::Silence => Self::Silence,
        }
    }
}
