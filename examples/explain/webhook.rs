//! Notifications of the gateway.

use cashflows_codec::gateway::{Finding, Notification};
use serde_json::{Value, json};

use super::{Explained, row};

pub(super) fn explain(body: &[u8]) -> Explained {
    match Notification::decode(body) {
        Ok(notification) => {
            let acknowledgement = notification.acknowledgement().encode().into_bytes();
            let (unlisted, findings) = (notification.unlisted_paths(), notification.findings());
            let finding = |finding: &Finding| json!({ "at": finding.at().to_string(), "message": finding.problem().to_string() });
            let json = json!({
                "payment_job_reference": notification.job().to_string(),
                "payment_reference": notification.payment().map(|payment| payment.to_string()),
                "acknowledgement": serde_json::from_slice::<Value>(&acknowledgement).ok(),
                "ignored": unlisted.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "findings": findings.iter().map(finding).collect::<Vec<_>>(),
            });
            let mut text = vec!["something happened to a payment".to_owned(), row("job", notification.job())];
            text.extend(notification.payment().map(|payment| row("payment", payment)));
            text.push(row("answer", String::from_utf8_lossy(&acknowledgement)));
            text.extend(unlisted.iter().map(|name| row("ignored", name)));
            text.extend(findings.iter().map(|finding| row("finding", finding)));
            text.push(row("next", "match the references with your own, then retrieve the job"));
            Explained { json, text, readable: true }
        }
        Err(error) => {
            let json = json!({
                "payment_job_reference": null,
                "payment_reference": null,
                "acknowledgement": null,
                "ignored": [],
                "findings": [],
                "error": error.to_string(),
            });
            Explained { json, text: vec![format!("no notification: {error}")], readable: false }
        }
    }
}
