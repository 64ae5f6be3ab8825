//! Refunds and captures.

use crate::gateway::outcome::Told;
use crate::gateway::response::{Capture, CompletionStatus, Refund};
use crate::gateway::{CallOutcome, Operation};

/// Defines what is known about a refund or a capture, which have the same statuses.
macro_rules! completion_meaning {
    (
        $(#[$doc:meta])* $Meaning:ident = $name:literal, of $Type:ident $link:literal;
        $completed:literal, $open:literal, $failed:literal
    ) => {
        word_value! {
            $(#[$doc])*
            ///
            /// | status | meaning | the call that asked for it |
            /// | --- | --- | --- |
            /// | `Completed` | completed | done |
            /// | `Pending` | open | done: retrieve the payment for its end |
            /// | `Failed` | failed | not done |
            /// | any other | unknown | unknown |
            $Meaning = $name;
            #[doc = $completed]
            Completed = "completed",
            #[doc = $open]
            Open = "open",
            #[doc = $failed]
            Failed = "failed",
            /// `unknown`: an unlisted status; retrieve the payment.
            Unknown = "unknown",
        }

        stored_as_text!($Meaning);

        impl From<&CompletionStatus> for $Meaning {
            fn from(status: &CompletionStatus) -> Self {
                match status {
                    CompletionStatus::Completed => Self::Completed,
                    CompletionStatus::Pending => Self::Open,
                    CompletionStatus::Failed => Self::Failed,
                    CompletionStatus::Unlisted(_) => Self::Unknown,
                }
            }
        }

        impl $Type {
            #[doc = concat!("What the status of the ", $link, " means for its money.")]
            #[must_use]
            pub fn meaning(&self) -> $Meaning {
                (&self.status).into()
            }
        }

        impl Told for $Type {
            fn outcome(&self, _operation: Operation) -> CallOutcome {
                match self.meaning() {
                    $Meaning::Completed | $Meaning::Open => CallOutcome::Done,
                    $Meaning::Failed => CallOutcome::NotDone,
                    $Meaning::Unknown => CallOutcome::Unknown,
                }
            }
        }
    };
}

completion_meaning! {
    /// The money of a refund.
    RefundMeaning = "meaning of a refund", of Refund "refund";
    "`completed`: the money goes back to the shopper.",
    "`open`: not known yet.",
    "`failed`: no money goes back."
}

completion_meaning! {
    /// The money of a capture.
    CaptureMeaning = "meaning of a capture", of Capture "capture";
    "`completed`: the money is taken.",
    "`open`: not known yet.",
    "`failed`: no money is taken by it; what was reserved may still be."
}
