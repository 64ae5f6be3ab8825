//! The meaning of a payment's status for the money (section 6).

open_list! {
    /// The status of a payment, and of a job (section 6). The list is open: a word that is not on it
    /// is kept, and means [unknown](PaymentMeaning::Unknown).
    ///
    /// | status of a payment | money | can it still change | next |
    /// | --- | --- | --- | --- |
    /// | `Paid` | taken | yes: cancelled until midnight, refunded later | compare what the job [settles](crate::gateway::Settlement) |
    /// | `Reserved` | authorised, not taken | yes | capture within seven days |
    /// | `Verified` | none asked: the card is good | no | may be a parent |
    /// | `Pending`, `Commissioned` | not known | yes | wait for the notification, then retrieve |
    /// | `Cancelled`, `Failed`, `Rejected`, `Expired`, `Blocked`, `Declined` | not taken by this payment | no | the job may take another payment |
    /// | any other | unknown | – | retrieve |
    ///
    /// Words are read exactly: `paid` is not `Paid`, and unlisted.
    PaymentStatus = "payment status", text;
    /// `Paid`
    Paid = "Paid",
    /// `Reserved`
    Reserved = "Reserved",
    /// `Verified`
    Verified = "Verified",
    /// `Pending`
    Pending = "Pending",
    /// `Commissioned`
    Commissioned = "Commissioned",
    /// `Cancelled`
    Cancelled = "Cancelled",
    /// `Failed`
    Failed = "Failed",
    /// `Rejected`
    Rejected = "Rejected",
    /// `Expired`
    Expired = "Expired",
    /// `Blocked`
    Blocked = "Blocked",
    /// `Declined`
    Declined = "Declined",
}

word_value! {
    /// The money of one payment.
    ///
    /// It says nothing of the payment's job, which may take another payment after this one has ended:
    /// that is [`JobMeaning`](super::JobMeaning), another type, so that the two cannot be taken for each other.
    PaymentMeaning = "meaning of a payment";
    /// `taken`: the money is taken, unless the payment is cancelled on the same day or refunded later.
    Taken = "taken",
    /// `reserved`: authorised, and not taken until it is captured.
    Reserved = "reserved",
    /// `verified`: nothing was asked for; the card is good.
    Verified = "verified",
    /// `open`: not known yet.
    Open = "open",
    /// `not_taken`: this payment has taken nothing, and will not.
    NotTaken = "not_taken",
    /// `unknown`: a status that nobody listed.
    Unknown = "unknown",
}

stored_as_text!(PaymentMeaning);

impl PaymentStatus {
    /// The meaning of the status for the money of a payment that has it.
    ///
    /// ```
    /// use cashflows_codec::gateway::{PaymentMeaning, PaymentStatus};
    ///
    /// assert_eq!(PaymentStatus::from("Reserved").meaning(), PaymentMeaning::Reserved);
    /// assert_eq!(PaymentStatus::from("PaidInFull").meaning(), PaymentMeaning::Unknown);
    /// assert_eq!(PaymentStatus::from("paid").meaning(), PaymentMeaning::Unknown);
    /// ```
    #[must_use]
    pub const fn meaning(&self) -> PaymentMeaning {
        match self {
            Self::Paid => PaymentMeaning::Taken,
            Self::Reserved => PaymentMeaning::Reserved,
            Self::Verified => PaymentMeaning::Verified,
            Self::Pending | Self::Commissioned => PaymentMeaning::Open,
            Self::Cancelled
            | Self::Failed
            | Self::Rejected
            | Self::Expired
            | Self::Blocked
            | Self::Declined => PaymentMeaning::NotTaken,
            Self::Unlisted(_) => PaymentMeaning::Unknown,
        }
    }
}
