//! The content of the pages.

use super::Job;
use super::answer::Returns;
use super::charge::Charge;
use super::payment::{Payment, PaymentError};
use crate::gateway::response::ErrorWord;
use crate::gateway::{Decimal, PaymentReference, PaymentStatus, SignedDecimal};
use crate::value::CardOrToken;
use crate::value::{Currency, CustomerName};

/// A page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Page {
    /// There is no such page.
    Unknown,
    /// It asks for the card.
    Pay(PayPage),
    /// It asks the cardholder: 3-D Secure, of which an integration environment has a simulation.
    ThreeDs(ThreeDsPage),
    /// It says why nothing can be paid here.
    Closed(ClosedPage),
}

word_value! {
    /// Why nothing can be paid on a page.
    PageEnd = "end of a page";
    /// `paid`
    Paid = "paid",
    /// `processing`: it is not known yet.
    Processing = "processing",
    /// `cancelled`: the shop or the shopper has cancelled.
    Cancelled = "cancelled",
    /// `expired`: the link was good until then.
    Expired = "expired",
    /// `failed`: the card was refused, and the shop asks for another.
    Failed = "failed",
}

/// The facts that are on every page.
#[derive(Clone, Debug)]
pub(super) struct Summary {
    order_number: Option<Box<str>>,
    amount: Decimal,
    currency: Currency,
    locale: Option<Box<str>>,
    lines: Vec<(Box<str>, Option<SignedDecimal>)>,
}

impl Summary {
    pub(super) fn of(job: &Job) -> Self {
        let lines = job.asked.order.as_ref().map(|order| order.lines.as_slice()).unwrap_or_default();
        Self {
            order_number: job.order_number().map(Box::from),
            amount: job.asked.amount(),
            currency: job.asked.currency(),
            locale: job.asked.locale.as_ref().map(|locale| locale.as_str().into()),
            lines: lines.iter().map(|line| (line.name.as_str().into(), line.total)).collect(),
        }
    }
}

/// Makes the accessors that every page has.
macro_rules! summarised {
    ($($Page:ident)+) => {$(
        impl $Page {
            /// The merchant's number of the order, if there is one.
            #[must_use]
            pub fn order_number(&self) -> Option<&str> {
                self.summary.order_number.as_deref()
            }

            /// How much is to be paid.
            #[must_use]
            pub const fn amount(&self) -> Decimal {
                self.summary.amount
            }

            /// The currency.
            #[must_use]
            pub const fn currency(&self) -> Currency {
                self.summary.currency
            }

            /// The language that the merchant asked for, if it did.
            #[must_use]
            pub fn locale(&self) -> Option<&str> {
                self.summary.locale.as_deref()
            }

            /// The lines of the order: what each is, and what it costs, if that is said.
            pub fn lines(&self) -> impl ExactSizeIterator<Item = (&str, Option<SignedDecimal>)> {
                self.summary.lines.iter().map(|(name, total)| (&**name, *total))
            }
        }
    )+};
}

summarised! { PayPage ThreeDsPage ClosedPage }

/// A page that asks for the card.
#[derive(Clone, Debug)]
pub struct PayPage {
    summary: Summary,
    error: Option<&'static str>,
    returns: Returns,
}

impl PayPage {
    pub(super) const fn new(summary: Summary, error: Option<&'static str>, returns: Returns) -> Self {
        Self { summary, error, returns }
    }

    /// Why the last card was not taken, in words for a shopper.
    #[must_use]
    pub const fn last_error(&self) -> Option<&str> {
        self.error
    }

    /// The URL for a shopper who gives up.
    #[must_use]
    pub fn return_url(&self) -> &str {
        &self.returns.cancelled
    }

    /// Wherever a shopper may end up who is on this page: for a content security policy, say.
    #[must_use]
    pub fn return_urls(&self) -> [&str; 3] {
        self.returns.all()
    }
}

/// The page of 3-D Secure.
#[derive(Clone, Debug)]
pub struct ThreeDsPage {
    summary: Summary,
    payment: PaymentReference,
    card: Box<str>,
    holder: Option<CustomerName>,
    returns: Returns,
}

impl ThreeDsPage {
    pub(super) fn new(
        summary: Summary,
        payment: PaymentReference,
        charge: &Charge,
        returns: Returns,
    ) -> Self {
        let card = match &charge.source {
            CardOrToken::Number(number) => number.to_string(),
            CardOrToken::Token(_) => "stored card".to_owned(),
        };
        Self { summary, payment, card: card.into(), holder: charge.holder.clone(), returns }
    }

    /// The payment that the cardholder is asked about. The form of the page has to say it again.
    #[must_use]
    pub const fn payment(&self) -> PaymentReference {
        self.payment
    }

    /// The card's number, masked, `400000******0002`; `stored card` where a token stands for it.
    #[must_use]
    pub fn card(&self) -> &str {
        &self.card
    }

    /// The cardholder's name, if it is known.
    #[must_use]
    pub const fn holder(&self) -> Option<&CustomerName> {
        self.holder.as_ref()
    }

    /// Wherever a shopper may end up who is on this page: for a content security policy, say.
    #[must_use]
    pub fn return_urls(&self) -> [&str; 3] {
        self.returns.all()
    }
}

/// A page on which nothing can be paid.
#[derive(Clone, Debug)]
pub struct ClosedPage {
    summary: Summary,
    end: PageEnd,
    return_url: Box<str>,
}

impl ClosedPage {
    pub(super) fn new(summary: Summary, end: PageEnd, return_url: String) -> Self {
        Self { summary, end, return_url: return_url.into() }
    }

    /// Why.
    #[must_use]
    pub const fn end(&self) -> PageEnd {
        self.end
    }

    /// The URL for the shopper.
    #[must_use]
    pub fn return_url(&self) -> &str {
        &self.return_url
    }
}

impl Payment {
    /// Why it failed, in words for a shopper.
    pub(super) fn for_shopper(&self) -> Option<&'static str> {
        Some(match (&self.error, &self.status) {
            (Some(PaymentError::Word(ErrorWord::ThreeDSecureFailed)), _) => {
                "Your bank could not confirm that it was you. Try again, or use another card."
            }
            (Some(PaymentError::Word(ErrorWord::ThreeDSecureUnavailable)), _) => {
                "Your bank could not be asked. Try again, or use another card."
            }
            (_, PaymentStatus::Declined | PaymentStatus::Blocked) => {
                "Your bank declined the card. Use another card."
            }
            (_, PaymentStatus::Rejected) => {
                "The card cannot be used. Look at what you entered, or use another card."
            }
            (_, PaymentStatus::Expired) => "You did not confirm the payment in time. Try again.",
            (_, PaymentStatus::Cancelled) => return None,
            _ => "The payment failed, and nothing was charged. Try again, or use another card.",
        })
    }
}
