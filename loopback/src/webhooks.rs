//! Sends the gateway's notifications when they are due, and tells it what was answered.

use std::sync::Arc;
use std::time::Duration;

use cashflows_codec::simulator::gateway::DueNotification;
use reqwest::redirect::Policy;
use reqwest::{Client, header};
use tokio::sync::Semaphore;

use crate::Loopback;
use crate::exchange::{About, Door, Exchange, Reply, masked, masked_json, masked_url};

/// How many are on their way at a time.
const AT_A_TIME: usize = 16;

/// How long a receiver may take, by the machine's clock.
const PATIENCE: Duration = Duration::from_secs(10);
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(3);

/// How much of an answer is read.
const READ: usize = 64 * 1_024;

/// The longest time in which nobody looks whether something is due: a payment that was delayed may be
/// decided, and notified, at any time.
const PAUSE: Duration = Duration::from_millis(500);

/// Sends webhooks as long as it is polled: whatever is due by the clock of `loopback`, also after that was
/// moved on.
///
/// # Errors
///
/// There is no HTTP client to be had, and nothing is ever sent.
pub async fn send_webhooks(loopback: Arc<Loopback>) -> Result<(), reqwest::Error> {
    // A notification is for the merchant, and for nobody whom the merchant points to.
    let client = Client::builder().redirect(Policy::none()).no_proxy().timeout(PATIENCE);
    let client = client.connect_timeout(PATIENCE_TO_CONNECT).build()?;
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    loop {
        let (due, next) = {
            let mut acquirer = loopback.acquirer();
            let due = acquirer.due_notifications(loopback.now());
            (due, acquirer.next_notification())
        };
        for notification in due {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return Ok(()) };
            let (client, loopback) = (client.clone(), Arc::clone(&loopback));
            tokio::spawn(async move {
                deliver(&client, &loopback, notification).await;
                drop(place);
            });
        }
        let wait = next.map_or(PAUSE, |next| loopback.clock.wait_until(next).min(PAUSE));
        let _due_earlier = tokio::time::timeout(wait, loopback.webhooks.notified()).await;
    }
}

/// Sends one, and tells the gateway how it went.
async fn deliver(client: &Client, loopback: &Loopback, notification: DueNotification) {
    let DueNotification { id, url, body } = notification;
    let sent_at = loopback.now();
    let request = masked_json(&body);
    let answer = post(client, &url, body).await;
    let said = answer.as_ref().ok().map(|(status, body)| (*status, body.as_slice()));
    let mut acquirer = loopback.acquirer();
    acquirer.notification_answered(loopback.now(), id, said);
    let place = usize::try_from(id.get()).ok().and_then(|number| number.checked_sub(1));
    let entry = place.and_then(|place| acquirer.notifications().get(place)).cloned();
    drop(acquirer);
    loopback.changed();
    let mut exchange = Exchange::new(sent_at, Door::Webhook, format!("POST {}", masked_url(&url)));
    exchange.request = request;
    exchange.meaning = match (&answer, entry.as_ref().map(|entry| entry.state())) {
        (Err(why), _) => format!("not delivered: {why}"),
        (Ok(_), Some(cashflows_codec::simulator::gateway::NotificationState::Acknowledged(_))) => {
            "acknowledged".to_owned()
        }
        (Ok(_), _) => "not acknowledged: the answer is not 200 with both references".to_owned(),
    };
    if let Ok((status, body)) = answer {
        exchange.reply = Reply::Response(status, masked(&String::from_utf8_lossy(&body)));
    }
    exchange.about = entry.map(|entry| About::Job(entry.job().to_string().into())).into_iter().collect();
    loopback.log.push(exchange);
}

/// Status and beginning of the body of the answer, or why there is none.
async fn post(client: &Client, url: &str, body: bytes::Bytes) -> Result<(u16, Vec<u8>), &'static str> {
    let request = client.post(url).header(header::CONTENT_TYPE, "application/json").body(body);
    let mut answer = request.send().await.map_err(|error| why(&error))?;
    let mut kept = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| why(&error))? {
        let room = READ - kept.len();
        kept.extend_from_slice(piece.get(..room).unwrap_or(&piece));
        if kept.len() == READ {
            break;
        }
    }
    Ok((answer.status().as_u16(), kept))
}

fn why(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "the receiver took too long"
    } else if error.is_builder() {
        "this is no URL that can be sent to"
    } else if error.is_connect() {
        "there was no connection"
    } else {
        "the connection ended before the answer"
    }
}
