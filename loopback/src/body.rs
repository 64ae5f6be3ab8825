//! Reads a request's body.

use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use http_body_util::BodyExt;

/// How much of a form or an upload is kept: one byte more than the acquirer takes, so that it finds the
/// body too large and says so in the words of the protocol.
pub(crate) const FORM: usize = 64 * 1_024 + 1;

/// The same, for JSON.
pub(crate) const JSON: usize = 1_024 * 1_024 + 1;

/// How much of a body is read. A client that is answered before it has sent everything may find its
/// connection reset and never see the answer; but nobody has to be listened to for ever.
const READ: usize = 64 * 1_024 * 1_024;

/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The first `most` bytes of a body that arrives in time: all of it, unless it is too large.
pub(crate) async fn read(body: Body, most: usize) -> Option<Bytes> {
    tokio::time::timeout(PATIENCE, beginning(body, most)).await.ok()?
}

async fn beginning(mut body: Body, most: usize) -> Option<Bytes> {
    // Nearly every body is one piece, which is taken as it is.
    let Some(first) = next(&mut body).await? else { return Some(Bytes::new()) };
    let Some(second) = next(&mut body).await? else { return Some(first.slice(..first.len().min(most))) };
    // A body has card numbers in it: its buffer never moves.
    let mut kept = Vec::with_capacity(most);
    let mut keep = |data: &[u8]| {
        let room = most - kept.len();
        kept.extend_from_slice(data.get(..room).unwrap_or(data));
    };
    keep(&first);
    keep(&second);
    let mut read = first.len() + second.len();
    while let Some(data) = next(&mut body).await? {
        keep(&data);
        read += data.len();
        if read > READ {
            break;
        }
    }
    Some(kept.into())
}

/// The next piece of data, if there is one; nothing at all if the client went away.
async fn next(body: &mut Body) -> Option<Option<Bytes>> {
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.ok()?.into_data() {
            return Some(Some(data));
        }
    }
    Some(None)
}
