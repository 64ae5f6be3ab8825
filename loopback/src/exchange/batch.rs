//! An upload of batch release, and its report.

use std::time::SystemTime;

use cashflows_codec::remote_auth::batch::{BatchRequest, BatchResponse};
use cashflows_codec::simulator::Delivery;

use super::text::masked;
use super::{About, Door, Exchange, Reply};

/// How many references of an upload are shown, and lead to it.
const SHOWN: usize = 100;

/// Describes an upload and what came back.
pub(crate) fn batch(at: SystemTime, content_type: &str, body: &[u8], delivery: &Delivery) -> Exchange {
    let mut exchange = Exchange::new(at, Door::Batch, "");
    match BatchRequest::decode(content_type, body) {
        Ok((_, BatchRequest::Submit(submission))) => {
            let references = submission.references();
            exchange.title = format!("release {} transactions", references.len());
            let shown = references.iter().take(SHOWN);
            exchange.about = shown.map(|id| About::Transaction(masked(id.as_str()).into())).collect();
            let mut lines = vec![format!("file {}", masked(submission.file_name().as_str()))];
            lines.extend(references.iter().take(SHOWN).map(|id| masked(id.as_str())));
            if references.len() > SHOWN {
                lines.push("…".to_owned());
            }
            exchange.request = lines.join("\n");
        }
        Ok((_, BatchRequest::Query(query))) => {
            exchange.title = format!("ask for batch {}", query.batch_id());
            exchange.request = format!("batch_id={}", query.batch_id());
        }
        Err(error) => {
            exchange.title = "an upload that cannot be read".to_owned();
            exchange.request = error.to_string();
        }
    }
    if let Delivery::Payload(payload) = delivery {
        exchange.meaning = match BatchResponse::decode(payload.content_type(), payload.body().clone()) {
            Ok(reply) => reply.result().to_owned(),
            Err(error) => error.to_string(),
        };
        exchange.reply = Reply::Response(payload.status(), masked(&String::from_utf8_lossy(payload.body())));
    }
    exchange
}
