//! The log, on standard error.
//!
//! It has only the lines of this service: a dependency could put any value into its own. The types mask values in these
//! lines: a card number prints as `400000******0002`, and values that must not be kept have no `Display`.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log at `level`.
pub fn start(level: LevelFilter) {
    let ours = Targets::new().with_target(env!("CARGO_CRATE_NAME"), level);
    tracing_subscriber::registry().with(fmt::layer().with_writer(std::io::stderr)).with(ours).init();
}
