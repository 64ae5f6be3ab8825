//! What answers mean for the money (section 6): of jobs, payments, refunds and captures.

mod called;
mod completion;

pub use completion::{CaptureMeaning, RefundMeaning};
