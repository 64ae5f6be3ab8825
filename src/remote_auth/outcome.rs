//! The meaning of a response (sections 3 and 6 of the protocol page): facts, no policy.

mod has_outcome;
mod meaning;
mod next_step;
mod origin;
mod sent_as;

pub use has_outcome::HasOutcome;
pub use next_step::NextStep;
pub use sent_as::SentAs;

pub(crate) use meaning::Meaning;

word_value! {
    /// The state of the payment after a response, or after none that could be read.
    ///
    /// The table holds for a **first sending**, as do [`of`](Self::of) and [`Response::outcome`](crate::remote_auth::Response::outcome).
    ///
    /// | response | outcome | next step |
    /// | --- | --- | --- |
    /// | status `A`, with or without a code | authorised | none |
    /// | status `D`, with or without a code | refused | none |
    /// | status `R` `B` `C` `V` with a code; `E` with a code of its own letter, which is blocked | refused | none |
    /// | the same, and `D`, with code `Dx49`, `Vx58` or `Vx59` | refused | authenticate |
    /// | the same with code `Vx33`: the first transaction may have been authorised | unknown | look up |
    /// | the same with code `Vx49` or `Vx54`, such as `V249`: one is still being processed | unknown | retry |
    /// | the same with a code of family `S` other than `S001` and `S101`: the two facts disagree | unknown | retry |
    /// | the same with a code of an unlisted family, such as `X233`: no page says what it means | unknown | retry |
    /// | status `R` `B` `C` `V` without a code | unknown | retry |
    /// | status `S` with code `S001` or `S101` | never sent | resubmit |
    /// | status `S` with any other code, or without one | unknown | retry |
    /// | any other status letter: no page says that nothing happened | unknown | retry |
    /// | a body that cannot be read, or no body | unknown | retry |
    /// | an HTTP status of 400, 401, 403, 404, 405, 411, 413, 414, 415 or 431, and a body that cannot hide a line: plain text without a bar | refused | check access |
    /// | no connection | never sent | resubmit |
    ///
    /// An [`Exchange`](crate::remote_auth::Exchange) and [`of_response_to`](Self::of_response_to) hold for every sending. After a **retry**:
    ///
    /// - An approval is authorised.
    /// - A decline (status `D` `R` `B` `C`, an id that names a transaction, no code of family `V` or `S`)
    ///   of a sale, a verification or a continuous payment is refused.
    /// - Everything else is unknown, since it does not tell what became of the earlier sending.
    ///
    /// A credit whose outcome is unknown is looked up and not retried, unless the acquirer is
    /// [known](SentAs::known_by_reference) to look at its reference.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::{NextStep, Outcome, Response};
    ///
    /// # fn charge() {} fn refuse() {} fn resubmit() {} fn retry() {}
    /// match Outcome::of(&Response::decode(b"S|01S00001723|000|S201|Error")) {
    ///     Outcome::Authorised => charge(),
    ///     Outcome::Refused => refuse(),
    ///     Outcome::NeverSent => resubmit(),
    ///     Outcome::Unknown => retry(),
    /// }
    /// ```
    ///
    /// # Faults
    ///
    #[doc = include_str!("outcome/faults.md")]
    Outcome = "outcome";
    /// `authorised`: the transaction was authorised.
    #[doc(alias = "approved")]
    Authorised = "authorised",
    /// `refused`: the transaction was not authorised, and will not be.
    #[doc(alias = "declined")]
    Refused = "refused",
    /// `never_sent`: the request never reached the acquirer. It can be sent again without the risk of a
    /// second charge.
    NeverSent = "never_sent",
    /// `unknown`: the card may have been charged. The [`NextStep`] tells how to find out.
    Unknown = "unknown",
}

stored_as_text!(Outcome);
