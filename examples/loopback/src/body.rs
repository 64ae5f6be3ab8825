//! Reads a request's body.

use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt;

/// How much of a body is kept: one byte more than the acquirer takes, so that it finds the body too
/// large and says so in the words of the protocol.
const KEPT: usize = 64 * 1_024 + 1;

/// How much of a body is read. A client that is answered before it has sent everything may find its
/// connection reset and never see the answer; but nobody has to be listened to for ever.
const READ: usize = 64 * 1_024 * 1_024;

/// How long a body may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The beginning of a body that arrives in time: all of it, unless it is too large.
pub(crate) async fn read(body: Body) -> Option<Vec<u8>> {
    tokio::time::timeout(PATIENCE, beginning(body)).await.ok()?
}

async fn beginning(mut body: Body) -> Option<Vec<u8>> {
    // A body has card numbers in it: its buffer never moves.
    let mut kept = Vec::with_capacity(KEPT);
    let mut read = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        let room = KEPT - kept.len();
        kept.extend_from_slice(data.get(..room).unwrap_or(&data));
        read += data.len();
        if read > READ {
            break;
        }
    }
    Some(kept)
}
