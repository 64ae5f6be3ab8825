//! Notifications of the gateway.

use cashflows_codec::gateway::Notification;
use serde_json::{Value, json};

use super::{Explained, row};

pub(super) fn explain(body: &[u8]) -> Explained {
    match Notification::decode(body) {
        Ok(notification) => {
            let acknowledgement = notification.acknowledgement().encode().into_bytes();
            let json = json!({
                "payment_job_reference": notification.job().to_string(),
                "payment_reference": notification.payment().map(|payment| payment.to_string()),
                "acknowledgement": serde_json::from_slice::<Value>(&acknowledgement).ok(),
            });
            let mut text = vec!["something happened to a payment".to_owned(), row("job", notification.job())];
            text.extend(notification.payment().map(|payment| row("payment", payment)));
            text.push(row("answer", String::from_utf8_lossy(&acknowledgement)));
            text.push(row("next", "match the references with your own, then retrieve the job"));
            Explained { json, text, readable: true }
        }
        Err(error) => {
            let json = json!({
                "payment_job_reference": null,
                "payment_reference": null,
                "acknowledgement": null,
                "error": error.to_string(),
            });
            Explained { json, text: vec![format!("no notification: {error}")], readable: false }
        }
    }
}
