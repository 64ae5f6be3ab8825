//! The meaning of responses for the money (section 6): of jobs, refunds and captures.

mod called;
mod completion;
mod count;
mod expected;
mod job;
mod known;
mod once;
mod sum;

pub use completion::{CaptureMeaning, RefundMeaning};
pub use expected::{Expected, Settlement};
pub use job::{Doubt, JobMeaning, JobMoney};
pub use known::Known;
