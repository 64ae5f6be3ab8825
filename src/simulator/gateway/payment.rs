//! A payment of a job, as the gateway keeps it.

use std::time::SystemTime;

use super::charge::Charge;
use super::notification::NotificationId;
use super::place::JobPlace;
use crate::gateway::response::{ErrorWord, ReportCode, StepAction, StepStatus};
use crate::gateway::{Decimal, PaymentMeaning, PaymentStatus};
use crate::value::{Eci, Family, Reason, ThreeDsVersion2, TransactionId};

/// A payment.
#[derive(Clone, Debug)]
pub(super) struct Payment {
    pub(super) job: JobPlace,
    pub(super) created: SystemTime,
    pub(super) status: PaymentStatus,
    pub(super) stage: Stage,
    pub(super) steps: Vec<Step>,
    /// The card transaction, where one was made.
    pub(super) transaction: Option<TransactionId>,
    /// The result of 3-D Secure, if the cardholder was asked before the card was charged.
    pub(super) authenticated: Option<Authenticated>,
    /// The transaction that took it back.
    pub(super) void: Option<TransactionId>,
    pub(super) error: Option<PaymentError>,
    pub(super) refunds: Vec<Return>,
    pub(super) captures: Vec<Capture>,
    /// The last notification about it.
    pub(super) notified: Option<NotificationId>,
}

/// The event that a payment waits for.
#[derive(Clone, Debug)]
pub(super) enum Stage {
    /// The card, on the payment page.
    Page,
    /// The cardholder, on the page of 3-D Secure.
    ThreeDs(Box<Charge>),
    /// Time to go by: then it is known what became of it.
    Verdict(Verdict),
    /// Nothing.
    Over,
}

/// The shown facts of an authentication.
#[derive(Clone, Copy, Debug)]
pub(super) struct Authenticated {
    /// The version of 3-D Secure; a wallet has none.
    pub(super) version: Option<ThreeDsVersion2>,
    pub(super) indicator: Eci,
}

/// The end of a payment.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) status: PaymentStatus,
    pub(super) transaction: Option<TransactionId>,
    pub(super) error: Option<PaymentError>,
}

impl Verdict {
    /// No transaction was made.
    pub(super) const fn failed(status: PaymentStatus, error: PaymentError) -> Self {
        Self { status, transaction: None, error: Some(error) }
    }
}

/// Why a payment failed.
#[derive(Clone, Debug)]
pub(super) enum PaymentError {
    /// The gateway has a word for it.
    Word(ErrorWord),
    /// The acquirer's reason.
    Reason(Reason),
    /// Something that only words can say.
    Message(&'static str),
}

impl PaymentError {
    /// The word of the error; where the pages lost it, one of ours.
    pub(super) fn code(&self) -> ReportCode {
        match self {
            Self::Word(word) => word.clone().into(),
            Self::Reason(Reason::EcomRequiresThreeDs) => ErrorWord::NonThreeDSecureNotAllowed.into(),
            Self::Reason(reason) if reason.family() == Family::Declined => "PaymentDeclined".into(),
            Self::Reason(_) | Self::Message(_) => "PaymentRejected".into(),
        }
    }
}

/// Returns true if a status says that the card was good.
pub(super) const fn is_good(status: &PaymentStatus) -> bool {
    matches!(status.meaning(), PaymentMeaning::Taken | PaymentMeaning::Reserved | PaymentMeaning::Verified)
}

/// A step of a payment.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) number: u64,
    pub(super) at: SystemTime,
    pub(super) action: StepAction,
    pub(super) status: StepStatus,
}

/// A refund.
#[derive(Clone, Debug)]
pub(super) struct Return {
    pub(super) serial: u64,
    pub(super) at: SystemTime,
    pub(super) number: Option<Box<str>>,
    pub(super) amount: Decimal,
    pub(super) transaction: TransactionId,
}

/// A capture.
#[derive(Clone, Debug)]
pub(super) struct Capture {
    pub(super) serial: u64,
    pub(super) at: SystemTime,
    pub(super) amount: Decimal,
    pub(super) is_final: bool,
}

impl Payment {
    pub(super) const fn new(job: JobPlace, now: SystemTime) -> Self {
        Self {
            job,
            created: now,
            status: PaymentStatus::Pending,
            stage: Stage::Page,
            steps: Vec::new(),
            transaction: None,
            authenticated: None,
            void: None,
            error: None,
            refunds: Vec::new(),
            captures: Vec::new(),
            notified: None,
        }
    }

    /// The transaction that charged the card, be it known to the merchant already or not.
    pub(super) const fn charge(&self) -> Option<TransactionId> {
        match &self.stage {
            Stage::Verdict(verdict) => verdict.transaction,
            _ => self.transaction,
        }
    }

    /// When it was paid first, be it cancelled since or not.
    pub(super) fn paid_at(&self) -> Option<SystemTime> {
        let paid = PaymentStatus::Paid;
        self.steps.iter().find(|step| step.status.as_str() == paid.as_str()).map(|step| step.at)
    }

    /// Returns true if it took money, reserved it, or verified the card.
    pub(super) const fn is_good(&self) -> bool {
        is_good(&self.status)
    }

    /// Returns true if it has taken no money, and never will.
    pub(super) fn ended_without_money(&self) -> bool {
        matches!(self.stage, Stage::Over) && self.status.meaning() == PaymentMeaning::NotTaken
    }

    /// Returns true if it waits for the shopper.
    pub(super) const fn waits_for_shopper(&self) -> bool {
        matches!(self.stage, Stage::Page | Stage::ThreeDs(_))
    }
}
