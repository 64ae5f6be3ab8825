//! The log, on standard error.
//!
//! Only what this service says itself is written: nobody knows what a dependency puts into its lines.
//! And what it says is masked by the types: a card number prints as `400000******0002`, and what may not
//! be kept at all has no `Display`.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts to log up to `level`.
pub fn start(level: LevelFilter) {
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), level);
    tracing_subscriber::registry().with(fmt::layer().with_writer(std::io::stderr)).with(ours).init();
}
