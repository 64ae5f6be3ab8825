//! The next step after a response.

word_value! {
    /// The next step of a caller after a response (section 6).
    ///
    /// It follows from the response, not from the [`Outcome`](super::Outcome) alone: a refusal can ask
    /// for 3-D Secure, and a duplicate is looked up instead of sent again.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::{NextStep, Response};
    ///
    /// let declined = Response::decode("D|01S00001723|000|D149|Soft decline");
    /// assert_eq!(NextStep::of(&declined), NextStep::Authenticate);
    ///
    /// let duplicate = Response::decode("V|99E00000001|000|V233|Duplicate transaction");
    /// assert_eq!(NextStep::of(&duplicate), NextStep::LookUp);
    /// ```
    NextStep = "next step";
    /// `none`: the response is final.
    Nothing = "none",
    /// `resubmit`: send the same request again, with the same reference and without a retry number.
    Resubmit = "resubmit",
    /// `retry`: send the same request with the same reference and the next retry number, within five
    /// minutes of the first sending. Never a credit, which could pay out again: see
    /// [`of_response_to`](Self::of_response_to).
    Retry = "retry",
    /// `look_up`: find out in your own books, by the reference, which transaction this one duplicates,
    /// and then in the acquirer's portal: Remote Auth has no query. Do not send it again.
    LookUp = "look_up",
    /// `authenticate`: have the cardholder authenticated with 3-D Secure, then start a new transaction
    /// with a new reference. After `Vx58` that is a new first payment by the cardholder.
    Authenticate = "authenticate",
    /// `check_access`: correct the address, the credentials, the IP address or the form of the request,
    /// then send it. The server refused it before it was processed.
    CheckAccess = "check_access",
}

stored_as_text!(NextStep);
