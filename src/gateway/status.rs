//! What the status of a payment, and of a job, says about the money (section 6).

open_words! {
    /// The status of a payment, and of a job (section 6). The list is open: a word that is not on it
    /// is kept, and means [unknown](PaymentMeaning::Unknown).
    ///
    /// | status of a payment | money | can it still change | next |
    /// | --- | --- | --- | --- |
    /// | `Paid` | taken | yes: cancelled until midnight, refunded later | deliver |
    /// | `Reserved` | authorised, not taken | yes | capture within seven days |
    /// | `Verified` | none asked: the card is good | no | may be a parent |
    /// | `Pending`, `Commissioned` | not known | yes | wait for the notification, then retrieve |
    /// | `Cancelled`, `Failed`, `Rejected`, `Expired`, `Blocked`, `Declined` | not taken by this payment | no | the job may take another payment |
    /// | any other | unknown | – | retrieve |
    ///
    /// Words are read exactly: `paid` is not `Paid`, and unlisted.
    PaymentStatus or UnlistedPaymentStatus = "payment status";
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
    /// What is known about the money of one payment.
    ///
    /// It says nothing of the payment's job, which may take another payment after this one has ended:
    /// that is [`JobMeaning`], another type, so that the two cannot be taken for each other.
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

word_value! {
    /// What is known about the money of a job: of all of its payments together.
    ///
    /// | the job | meaning |
    /// | --- | --- |
    /// | any payment is `Paid` | taken |
    /// | else, any payment is `Reserved` | reserved |
    /// | else, any status is unlisted, the job's own or a payment's | unknown |
    /// | else, any payment is `Verified` | verified |
    /// | else, its own status is `Paid`, `Reserved` or `Verified`, and it lists no payments | what that says |
    /// | the same, and no payment that it lists says so: the two contradict each other | unknown |
    /// | else, any payment or the job is `Pending` or `Commissioned` | open |
    /// | else, the job is `Cancelled` or `Expired` | not taken |
    /// | else: the payments so far have ended without money, the job has not | open |
    ///
    /// So a job whose payment `Failed` is open: the shopper may pay it with another card. It ends when it
    /// is cancelled, or expires ([`Job::meaning_at`](super::answer::Job::meaning_at)). A shopper who cancels *one payment* and a shop that cancels *the job* may both leave
    /// `Cancelled` behind in the job's status, and the answer does not tell which it was: a job that is
    /// to be over for certain has to be cancelled by its own call.
    JobMeaning = "meaning of a job";
    /// `taken`: a payment has taken the money.
    Taken = "taken",
    /// `reserved`: a payment is authorised, and not taken until it is captured.
    Reserved = "reserved",
    /// `verified`: nothing was asked for; the card is good.
    Verified = "verified",
    /// `open`: nothing is taken, but may be.
    Open = "open",
    /// `not_taken`: nothing is taken, and the job is over.
    NotTaken = "not_taken",
    /// `unknown`: nobody can tell; retrieve the job.
    Unknown = "unknown",
}

stored_as_text!(PaymentMeaning, JobMeaning);

/// As its word, whatever that is.
impl serde::Serialize for PaymentStatus {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for PaymentStatus {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::value::stored::Text(|text| Ok(text.into())).read(deserializer)
    }
}

impl PaymentStatus {
    /// What the status means for the money of a payment that has it.
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

impl JobMeaning {
    /// What the statuses of a job and of its payments mean together: the table is at [`JobMeaning`].
    #[must_use]
    pub fn of<'s>(job: &PaymentStatus, payments: impl IntoIterator<Item = &'s PaymentStatus>) -> Self {
        let payments = Meanings::of(payments.into_iter().map(PaymentStatus::meaning));
        let own = job.meaning();
        let says = |meaning| payments.has(meaning) || (payments.none() && own == meaning);
        let any = |meaning| payments.has(meaning) || own == meaning;
        let claimed = [PaymentMeaning::Taken, PaymentMeaning::Reserved, PaymentMeaning::Verified];

        if says(PaymentMeaning::Taken) {
            Self::Taken
        } else if says(PaymentMeaning::Reserved) {
            Self::Reserved
        } else if any(PaymentMeaning::Unknown) {
            Self::Unknown
        } else if says(PaymentMeaning::Verified) {
            Self::Verified
        } else if claimed.contains(&own) {
            // The job says that money was taken, and none of its payments does.
            Self::Unknown
        } else if any(PaymentMeaning::Open) {
            Self::Open
        } else if matches!(job, PaymentStatus::Cancelled | PaymentStatus::Expired) {
            Self::NotTaken
        } else {
            Self::Open
        }
    }
}

/// Which meanings there are among the payments of a job.
struct Meanings([bool; PaymentMeaning::ALL.len()]);

impl Meanings {
    fn of(payments: impl Iterator<Item = PaymentMeaning>) -> Self {
        let mut there = [false; PaymentMeaning::ALL.len()];
        for meaning in payments {
            if let Some(is_there) = there.get_mut(meaning as usize) {
                *is_there = true;
            }
        }
        Self(there)
    }

    fn has(&self, meaning: PaymentMeaning) -> bool {
        self.0.get(meaning as usize).is_some_and(|&is_there| is_there)
    }

    fn none(&self) -> bool {
        !self.0.contains(&true)
    }
}
