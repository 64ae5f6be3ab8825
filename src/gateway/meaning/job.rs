//! The meaning of a job for the money.

use std::time::SystemTime;

use super::count::Count;
use super::known::Known;
use super::sum::Sum;
use crate::gateway::response::{Flag, Job, TimeText};
use crate::gateway::value::decimals_of;
use crate::gateway::{Decimal, PaymentMeaning, PaymentStatus};

word_value! {
    /// The money of a job: of its type, amounts, payments, captures, refunds,
    /// reversals and statuses together.
    ///
    /// | word | the job |
    /// | --- | --- |
    /// | taken | type `Payment` or absent; a payment is `Paid`; the amount to collect is above zero; what the paid payments paid, less every reversal and every refund that is not `Failed`, is at least that |
    /// | partly taken | something was taken and not given back, but less than that |
    /// | given back | all that was taken was refunded (`Completed` only) or reversed |
    /// | reserved | what is reserved and not captured, with what was taken, is at least that |
    /// | verified | a payment is `Verified`, or the job is and lists no payment; or the amount to collect is zero and a payment is `Paid` |
    /// | paid out | type `Credit`, and a payment is `Paid`: money went from the merchant |
    /// | open | more may come: anything under way, less reserved than asked for, and every job that has ended and is not *not taken* |
    /// | not taken | no money; the job and its payments have ended; and it [takes no more payments](Known) |
    /// | unknown | anything else, and whatever a [`Doubt`] is about |
    ///
    /// A paid payment paid the smallest of its paid amount (which includes a surcharge), its amount to
    /// collect and, where captures are listed, the completed ones, of those that are there. Statuses alone
    /// decide only where there are no amounts, refunds and reversals at all. No more is captured than was
    /// reserved, and a reservation that is fully reversed is none. A cancelled payment keeps its
    /// paid amount: that is no contradiction. Converted amounts, and the `amountCollected` and `paidAmount`
    /// of the job, are not counted.
    ///
    /// # When a job is over
    ///
    /// A payment ends, its job does not: a shopper whose card was refused may pay with another one, and
    /// one who cancels a *payment* leaves `Cancelled` behind in the job's status, as a shop does that
    /// cancels the *job* (GW-247). So a job of which all payments have ended is open, unless
    ///
    /// - the answer is that of the cancellation of the job, or that was answered 200 before
    ///   ([`Known::answer_to`], [`Known::with_job_cancelled`]);
    /// - it has expired by the caller's clock ([`Known::at`]);
    /// - it is by mail or telephone (`moto`), a child or a credit, and lists at least one payment.
    JobMeaning = "meaning of a job";
    /// `taken`: the money is taken, all that was asked for.
    Taken = "taken",
    /// `partly_taken`: some of the money is taken, and less than was asked for.
    PartlyTaken = "partly_taken",
    /// `reserved`: all that was asked for is authorised, and not taken until it is captured.
    Reserved = "reserved",
    /// `verified`: nothing was asked for; the card is good.
    Verified = "verified",
    /// `given_back`: the money was taken, and went back.
    GivenBack = "given_back",
    /// `paid_out`: the money went from the merchant to the cardholder.
    PaidOut = "paid_out",
    /// `open`: not taken, but may be.
    Open = "open",
    /// `not_taken`: nothing is taken, and the job is over.
    NotTaken = "not_taken",
    /// `unknown`: it cannot be told from the answer; retrieve the job, or ask a person.
    Unknown = "unknown",
}

word_value! {
    /// Why it is unknown what a job means for the money.
    Doubt = "doubt about the money of a job";
    /// `malformed`: a member that is counted is malformed; the findings of the answer name it.
    Malformed = "malformed",
    /// `unlisted_type`: the type is neither `Payment` nor `Credit`.
    UnlistedType = "unlisted_type",
    /// `unlisted_status`: the status of the job, a payment, a refund or a capture is unlisted.
    UnlistedStatus = "unlisted_status",
    /// `other_currency`: a payment, refund, capture or reversal names another currency than the job.
    OtherCurrency = "other_currency",
    /// `reversal_unknown`: a status says that something was reversed, and nothing says how much.
    ReversalUnknown = "reversal_unknown",
    /// `amount_missing`: an amount that is needed is absent.
    AmountMissing = "amount_missing",
    /// `refund_open`: it depends on a refund that is neither completed nor failed.
    RefundOpen = "refund_open",
    /// `contradiction`: members of the job contradict each other.
    Contradiction = "contradiction",
}

stored_as_text!(JobMeaning, Doubt);

impl Doubt {
    /// The doubt in a sentence for a person.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Malformed => "an amount, or another member that is counted, is malformed",
            Self::UnlistedType => "the type of the job is unlisted",
            Self::UnlistedStatus => "a status is unlisted",
            Self::OtherCurrency => "another currency than that of the job is named",
            Self::ReversalUnknown => "something was reversed, and nothing says how much",
            Self::AmountMissing => "an amount is missing",
            Self::RefundOpen => "a refund is neither completed nor failed",
            Self::Contradiction => "the job contradicts itself",
        }
    }
}

/// The money of a job: what it means, and the numbers behind that.
///
/// ```
/// use cashflows_codec::gateway::call::{CallType, RetrieveJob};
/// use cashflows_codec::gateway::{JobMeaning, Known};
///
/// let body = br#"{"data":{"reference":"1","currency":"GBP","amountToCollect":"100.00","paymentStatus":"Pending",
///     "payments":[{"reference":"2","status":"Paid","amountToCollect":"1.00","paidAmount":"1.00"}]}}"#;
/// let money = RetrieveJob::decode(200, body)?.data().money(&Known::new());
/// assert_eq!(money.meaning(), JobMeaning::PartlyTaken);
/// assert_eq!(money.taken(), Some("1.00".parse()?));
/// assert_eq!(money.to_collect(), Some("100.00".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobMoney {
    meaning: JobMeaning,
    doubt: Option<Doubt>,
    to_collect: Option<Decimal>,
    taken: Option<Decimal>,
    given_back: Option<Decimal>,
    paid_payments: usize,
    /// The sum that was taken, less all that went back or may have.
    pub(super) kept: Option<Sum>,
    /// The same with what is reserved and not captured.
    pub(super) covered: Option<Sum>,
}

impl JobMoney {
    /// The meaning of the job for the money.
    #[must_use]
    pub const fn meaning(&self) -> JobMeaning {
        self.meaning
    }

    /// Why the meaning is unknown, if it is.
    #[must_use]
    pub const fn doubt(&self) -> Option<Doubt> {
        self.doubt
    }

    /// The amount that was asked for, as the answer has it, in the job's currency. None if it is not there.
    #[must_use]
    pub const fn to_collect(&self) -> Option<Decimal> {
        self.to_collect
    }

    /// The amount that was taken, gross: by the paid payments, and by the captures of reserved ones. None if it
    /// cannot be told.
    #[must_use]
    pub const fn taken(&self) -> Option<Decimal> {
        self.taken
    }

    /// The amount that went back for certain: by refunds that are `Completed`, and by reversals. None if it cannot be
    /// told.
    #[must_use]
    pub const fn given_back(&self) -> Option<Decimal> {
        self.given_back
    }

    /// How many payments are `Paid`. More than one may be a shopper who was charged twice.
    #[must_use]
    pub const fn paid_payments(&self) -> usize {
        self.paid_payments
    }
}

impl Job {
    /// The meaning of the job for the money, for a caller that knows the response alone: the table is at
    /// [`JobMeaning`].
    #[must_use]
    pub fn meaning(&self) -> JobMeaning {
        self.meaning_with(&Known::new())
    }

    /// The same, for those who know what time it is: a job whose payments have all ended without money is
    /// open until it expires, and not taken afterwards.
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use cashflows_codec::gateway::response::Job;
    /// use cashflows_codec::gateway::{JobMeaning, PaymentStatus};
    ///
    /// let mut job = Job::new("210221017179873304".parse()?, PaymentStatus::Failed);
    /// job.expires = Some("2021-08-18T11:04:38.2907396Z".into());
    /// let day = |day: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(day * 86_400);
    /// assert_eq!(job.meaning_at(day(18_857)), JobMeaning::Open); // 2021-08-18, midnight
    /// assert_eq!(job.meaning_at(day(18_858)), JobMeaning::NotTaken);
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn meaning_at(&self, now: SystemTime) -> JobMeaning {
        self.meaning_with(&Known::new().at(now))
    }

    /// The same, for those who know more than the answer.
    #[must_use]
    pub fn meaning_with(&self, known: &Known) -> JobMeaning {
        self.money(known).meaning()
    }

    /// The meaning, with the numbers behind it.
    #[must_use]
    pub fn money(&self, known: &Known) -> JobMoney {
        let count = Count::of(self);
        let found = Meaning { job: self, known, count: &count }.find();
        // A job that says that it is paid, and has no payment that is, does not say how much.
        let says = self.payment_status.meaning();
        let says_more = matches!(says, PaymentMeaning::Taken | PaymentMeaning::Unknown);
        let adds_up =
            !matches!(count.doubt, Some(Doubt::UnlistedType | Doubt::OtherCurrency | Doubt::Contradiction))
                && self.job_type.as_deref() != Some("Credit");
        let taken = count.taken().filter(|_| adds_up && (count.paid_payments > 0 || !says_more));
        let given_back = count.given_back.filter(|_| adds_up && count.doubt != Some(Doubt::ReversalUnknown));
        let given_back = if count.is_fully_reversed { taken } else { given_back };
        let kept = taken.zip(count.at_most_given_back).map(|(taken, back)| taken.less(back));
        let decimals = count.decimals.or_else(|| self.currency.as_ref()?.listed().map(decimals_of));
        let decimal = |sum: Option<Sum>| sum?.to_decimal(decimals.unwrap_or(0));
        JobMoney {
            meaning: found.unwrap_or(JobMeaning::Unknown),
            doubt: found.err(),
            to_collect: self.amount_to_collect,
            taken: decimal(taken),
            given_back: decimal(given_back),
            paid_payments: count.paid_payments,
            kept,
            covered: kept.zip(count.reserved).map(|(kept, reserved)| kept.plus(reserved)),
        }
    }
}

/// A job whose meaning is looked for.
struct Meaning<'m> {
    job: &'m Job,
    known: &'m Known,
    count: &'m Count,
}

type Found = Result<JobMeaning, Doubt>;

impl Meaning<'_> {
    fn find(&self) -> Found {
        if let Some(doubt) = self.count.doubt {
            return Err(doubt);
        }
        if self.is_credit() {
            return self.credit();
        }
        if !self.count.has_numbers {
            return self.statuses();
        }
        if self.count.has(PaymentMeaning::Taken) || self.count.captured != Some(Sum::ZERO) {
            return self.taken();
        }
        if self.count.at_most_given_back != Some(Sum::ZERO) || self.count.is_fully_reversed {
            // Something went back, and nothing was taken.
            return Err(Doubt::Contradiction);
        }
        if self.count.has(PaymentMeaning::Reserved) {
            let (asked, reserved) = (self.asked()?, self.count.reserved.ok_or(Doubt::AmountMissing)?);
            return Ok(if reserved >= asked { JobMeaning::Reserved } else { JobMeaning::Open });
        }
        if self.count.has_odd_money {
            return Err(Doubt::Contradiction);
        }
        match self.own() {
            PaymentMeaning::Taken if self.job.payments.is_empty() => {
                let is_zero = self.count.asked.is_some_and(Sum::is_zero);
                if is_zero { Ok(JobMeaning::Verified) } else { Err(Doubt::AmountMissing) }
            }
            PaymentMeaning::Reserved if self.job.payments.is_empty() => Err(Doubt::AmountMissing),
            _ => self.without_money(),
        }
    }

    fn is_credit(&self) -> bool {
        self.job.job_type.as_deref() == Some("Credit")
    }

    /// The meaning of the job's own status.
    fn own(&self) -> PaymentMeaning {
        self.job.payment_status.meaning()
    }

    /// Returns true if a payment has this meaning, or the job if it lists none.
    fn says(&self, meaning: PaymentMeaning) -> bool {
        self.count.has(meaning) || (self.job.payments.is_empty() && self.own() == meaning)
    }

    /// The amount that was asked for, which is needed, and above zero.
    fn asked(&self) -> Result<Sum, Doubt> {
        let asked = self.count.asked.ok_or(Doubt::AmountMissing)?;
        if asked.is_zero() { Err(Doubt::Contradiction) } else { Ok(asked) }
    }

    fn credit(&self) -> Found {
        let has_returned = self.count.at_most_given_back != Some(Sum::ZERO) || self.count.is_fully_reversed;
        let is_paid = self.says(PaymentMeaning::Taken);
        if has_returned || self.count.has_odd_money || (self.own() == PaymentMeaning::Taken && !is_paid) {
            Err(Doubt::Contradiction)
        } else if is_paid {
            Ok(JobMeaning::PaidOut)
        } else {
            Ok(self.ended())
        }
    }

    /// Of a job without amounts, refunds and reversals, statuses alone decide.
    fn statuses(&self) -> Found {
        if self.says(PaymentMeaning::Taken) {
            Ok(JobMeaning::Taken)
        } else if self.says(PaymentMeaning::Reserved) {
            Ok(JobMeaning::Reserved)
        } else {
            self.without_money()
        }
    }

    /// The meaning of a job with a payment that is paid, or captured.
    fn taken(&self) -> Found {
        let count = self.count;
        if count.is_fully_reversed {
            return Ok(JobMeaning::GivenBack);
        }
        let is_zero = count.asked.is_some_and(Sum::is_zero) && count.paid.is_none_or(Sum::is_zero);
        if is_zero && !count.has_captures && count.at_most_given_back == Some(Sum::ZERO) {
            return Ok(JobMeaning::Verified);
        }
        let taken = count.taken().ok_or(Doubt::AmountMissing)?;
        let least = count.given_back.ok_or(Doubt::AmountMissing)?;
        let most = count.at_most_given_back.ok_or(Doubt::AmountMissing)?;
        if taken.is_zero() {
            return self.nothing_taken(most);
        }
        if count.asked.is_none_or(Sum::is_zero) {
            // It is not known what the money was for, but it went back.
            let doubt = if count.asked.is_none() { Doubt::AmountMissing } else { Doubt::Contradiction };
            return if least >= taken { Ok(JobMeaning::GivenBack) } else { Err(doubt) };
        }
        let asked = self.asked()?;
        // More that went back never makes more of the money: if the two ends agree, all between does.
        let meaning = self.after(least, taken, asked)?;
        if meaning == self.after(most, taken, asked)? { Ok(meaning) } else { Err(Doubt::RefundOpen) }
    }

    /// The meaning of the job if so much of the taken sum went back.
    fn after(&self, given_back: Sum, taken: Sum, asked: Sum) -> Found {
        let paid = self.count.paid.ok_or(Doubt::AmountMissing)?;
        let reserved = self.count.reserved.ok_or(Doubt::AmountMissing)?;
        let needed = asked.plus(given_back);
        Ok(if paid >= needed && self.count.paid_payments > 0 {
            JobMeaning::Taken
        } else if self.count.has(PaymentMeaning::Reserved) && taken.plus(reserved) >= needed {
            JobMeaning::Reserved
        } else if given_back >= taken {
            JobMeaning::GivenBack
        } else {
            JobMeaning::PartlyTaken
        })
    }

    /// The meaning of the job if its paid payments have paid zero.
    fn nothing_taken(&self, given_back: Sum) -> Found {
        if !given_back.is_zero() {
            Err(Doubt::Contradiction)
        } else if self.count.asked.is_none() {
            Err(Doubt::AmountMissing)
        } else if self.count.is_capturing || self.count.has(PaymentMeaning::Open) {
            Ok(JobMeaning::Open)
        } else {
            Err(Doubt::Contradiction)
        }
    }

    /// The meaning of the job if no payment says that it took or reserved money.
    fn without_money(&self) -> Found {
        let claims =
            matches!(self.own(), PaymentMeaning::Taken | PaymentMeaning::Reserved | PaymentMeaning::Verified);
        if self.says(PaymentMeaning::Verified) {
            Ok(JobMeaning::Verified)
        } else if claims {
            Err(Doubt::Contradiction)
        } else {
            Ok(self.ended())
        }
    }

    /// The meaning of a job without money: open while it may still take some.
    fn ended(&self) -> JobMeaning {
        let ended = |status: &PaymentStatus| status.meaning() == PaymentMeaning::NotTaken;
        let all_ended = !self.count.is_capturing
            && ended(&self.job.payment_status)
            && self.job.payments.iter().all(|payment| ended(&payment.status));
        if all_ended && self.takes_no_more() { JobMeaning::NotTaken } else { JobMeaning::Open }
    }

    /// Returns true if it is certain that the job takes no payment after those that it lists.
    fn takes_no_more(&self) -> bool {
        let Self { job, known, .. } = self;
        let expires = job.expires.as_ref().and_then(TimeText::timestamp);
        let expires = expires.and_then(|time| time.to_system_time());
        // An empty date of some platforms, such as 1 January of year 1, is none.
        let expires = expires.filter(|&time| time > SystemTime::UNIX_EPOCH);
        let has_expired = expires.zip(known.now).is_some_and(|(expires, now)| expires <= now);
        let has_no_page = job.flags.has(&Flag::Moto) || job.parent_reference.is_some() || self.is_credit();
        known.is_cancelled || has_expired || (has_no_page && !job.payments.is_empty())
    }
}
