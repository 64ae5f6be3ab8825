//! The pages that a shopper sees, as state: what is on them, and what is done there.

use std::time::SystemTime;

use super::Job;
use super::answer::Returns;
use super::charge::{Charge, Means, Way};
use super::payment::{Payment, PaymentError, Stage, Verdict};
use super::place::{JobPlace, PaymentPlace};
use super::view::Summary;
use crate::gateway::response::ErrorWord;
use crate::gateway::{PaymentMeaning, PaymentReference, PaymentStatus};
use crate::simulator::Acquirer;
use crate::simulator::seal::{opened, sealed};
use crate::value::CardOrToken;
use crate::value::{CardNumber, CustomerName, Cvv, Expiry};

pub use super::view::{ClosedPage, Page, PageEnd, PayPage, ThreeDsPage};

/// The kind of seal of the `ref` of a page.
const PAGE: &str = "page";

/// A card as a shopper enters it. It is masked when printed, and wiped when dropped.
#[derive(Clone, Debug)]
pub struct EnteredCard {
    number: CardNumber,
    expiry: Expiry,
    cvv: Cvv,
    holder: CustomerName,
}

impl From<EnteredCard> for Charge {
    fn from(card: EnteredCard) -> Self {
        let EnteredCard { number, expiry, cvv, holder } = card;
        let source = CardOrToken::Number(number);
        Self { source, expiry: Some(expiry), cvv: Some(cvv), holder: Some(holder), way: Way::Asked }
    }
}

impl EnteredCard {
    /// Makes the entries of a shopper: the data on the card.
    #[must_use]
    pub const fn new(number: CardNumber, expiry: Expiry, cvv: Cvv, holder: CustomerName) -> Self {
        Self { number, expiry, cvv, holder }
    }

    pub(in crate::simulator) const fn number(&self) -> &CardNumber {
        &self.number
    }

    pub(in crate::simulator) const fn expiry(&self) -> Expiry {
        self.expiry
    }

    pub(in crate::simulator) const fn cvv(&self) -> &Cvv {
        &self.cvv
    }
}

word_value! {
    /// The result of 3-D Secure.
    Authentication = "authentication";
    /// `passed`: the cardholder is who they say.
    Passed = "passed",
    /// `failed`: they are not.
    Failed = "failed",
    /// `unavailable`: nobody could tell.
    Unavailable = "unavailable",
}

/// The next page of the shopper's browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// To the page of 3-D Secure, `/payment/form-post`, of the same `ref`.
    ThreeDs,
    /// To the payment page, `/payment`, of the same `ref`: it says why.
    Page,
    /// To this URL: the merchant's, or a page of the gateway's.
    Return(Box<str>),
    /// Nowhere: there is no page of this `ref`.
    Unknown,
}

impl Acquirer {
    /// The page of this `ref`, which is that of a link.
    pub fn page(&mut self, now: SystemTime, page: &str) -> Page {
        self.pass(now);
        let Some(place) = self.page_job(page) else { return Page::Unknown };
        self.shown(place).unwrap_or(Page::Unknown)
    }

    /// The shopper enters a card on the payment page, and pays.
    ///
    /// Where that has been done already, by a second click or in another window, nothing is paid twice.
    pub fn pay(&mut self, now: SystemTime, page: &str, card: EnteredCard) -> Next {
        self.pass(now);
        let Some(place) = self.page_job(page) else { return Next::Unknown };
        let Some(payment) = self.payable(now, place) else { return self.next(place) };
        self.begin(now, payment, Means::Card(card.into()));
        self.next(place)
    }

    /// The shopper cancels, on either page.
    pub fn cancel_page(&mut self, now: SystemTime, page: &str) -> Next {
        self.pass(now);
        let Some(place) = self.page_job(page) else { return Next::Unknown };
        let Some(last) = self.last_payment(place) else { return Next::Unknown };
        let waits = self.gateway.payment(last).is_some_and(Payment::waits_for_shopper);
        let open = self.gateway.job_at(place).is_some_and(|job| job.is_open(&self.gateway.payments));
        if waits {
            self.end(now, last, PaymentStatus::Cancelled);
        } else if !open {
            return self.next(place);
        }
        Next::Return(self.return_urls_of(place, last).cancelled.into())
    }

    /// The shopper comes back from 3-D Secure, which was about this [payment](ThreeDsPage::payment).
    ///
    /// Where that waits no longer, nothing is decided: a window that was left open has no say in the
    /// next card.
    pub fn authenticate(
        &mut self,
        now: SystemTime,
        page: &str,
        payment: PaymentReference,
        result: Authentication,
    ) -> Next {
        self.pass(now);
        let Some(place) = self.page_job(page) else { return Next::Unknown };
        let Some(last) = self.last_payment(place) else { return Next::Unknown };
        let asked = if last.reference() == payment { self.gateway.payment_mut(last) } else { None };
        let waiting = asked.and_then(|payment| match &payment.stage {
            Stage::ThreeDs(_) => Some(core::mem::replace(&mut payment.stage, Stage::Over)),
            _ => None,
        });
        let Some(Stage::ThreeDs(charge)) = waiting else { return self.next(place) };
        let word = match result {
            Authentication::Passed => {
                self.charge_authenticated(now, last, &charge);
                return self.next(place);
            }
            Authentication::Failed => ErrorWord::ThreeDSecureFailed,
            Authentication::Unavailable => ErrorWord::ThreeDSecureUnavailable,
        };
        self.settle(now, last, Verdict::failed(PaymentStatus::Failed, PaymentError::Word(word)));
        self.next(place)
    }

    /// The payment that a card can be entered for, a new one if the last has failed.
    fn payable(&mut self, now: SystemTime, place: JobPlace) -> Option<PaymentPlace> {
        let job = self.gateway.job_at(place).filter(|job| job.end.is_none() && job.traits.page)?;
        let last = *job.payments.last()?;
        let payment = self.gateway.payment(last)?;
        match payment.stage {
            Stage::Page => Some(last),
            _ if job.is_open(&self.gateway.payments) => Some(self.add_payment(now, place)),
            _ => None,
        }
    }

    /// Where the shopper goes from a page, as things are: to the page that there is to be seen, or back to
    /// the merchant. Why nothing can be paid is only told on the page that had asked for a card.
    fn next(&self, place: JobPlace) -> Next {
        match self.shown(place) {
            Some(Page::ThreeDs(_)) => Next::ThreeDs,
            Some(Page::Pay(_)) => Next::Page,
            Some(Page::Closed(closed)) => {
                let had_asked = self.gateway.job_at(place).is_some_and(|job| job.traits.page);
                match closed.end() {
                    PageEnd::Cancelled | PageEnd::Expired | PageEnd::Failed if had_asked => Next::Page,
                    _ => Next::Return(closed.return_url().into()),
                }
            }
            Some(Page::Unknown) | None => Next::Unknown,
        }
    }

    pub(super) fn last_payment(&self, place: JobPlace) -> Option<PaymentPlace> {
        self.gateway.job_at(place)?.payments.last().copied()
    }

    /// The content of the page of a job.
    fn shown(&self, place: JobPlace) -> Option<Page> {
        let job = self.gateway.job_at(place)?;
        let last = *job.payments.last()?;
        let payment = self.gateway.payment(last)?;
        let summary = Summary::of(job);
        let returns = self.return_urls_of(place, last);
        let closed = |end, url: String| Page::Closed(ClosedPage::new(summary.clone(), end, url));
        Some(match (&payment.stage, payment.status.meaning()) {
            (Stage::ThreeDs(charge), _) => {
                Page::ThreeDs(ThreeDsPage::new(summary, last.reference(), charge, returns))
            }
            (Stage::Page, _) => Page::Pay(self.pay_page(job, summary, returns)),
            (Stage::Verdict(_), _) => closed(PageEnd::Processing, returns.success),
            (_, PaymentMeaning::Taken | PaymentMeaning::Reserved | PaymentMeaning::Verified) => {
                closed(PageEnd::Paid, returns.success)
            }
            (_, PaymentMeaning::NotTaken) if job.traits.page && job.is_open(&self.gateway.payments) => {
                Page::Pay(self.pay_page(job, summary, returns))
            }
            (_, PaymentMeaning::Open) => closed(PageEnd::Processing, returns.success),
            (_, PaymentMeaning::Unknown) => closed(PageEnd::Processing, returns.failed),
            (_, PaymentMeaning::NotTaken) => match &job.end {
                Some(PaymentStatus::Expired) => closed(PageEnd::Expired, returns.failed),
                Some(_) => closed(PageEnd::Cancelled, returns.cancelled),
                None if payment.status == PaymentStatus::Cancelled => {
                    closed(PageEnd::Cancelled, returns.cancelled)
                }
                None => closed(PageEnd::Failed, returns.failed),
            },
        })
    }

    fn pay_page(&self, job: &Job, summary: Summary, returns: Returns) -> PayPage {
        let mut payments = job.payments.iter().filter_map(|place| self.gateway.payment(*place));
        let refused = payments.rfind(|payment| payment.ended_without_money());
        PayPage::new(summary, refused.and_then(Payment::for_shopper), returns)
    }

    /// A page of a job: its `ref` names the job, and cannot be guessed from another.
    pub(super) fn page_url(&self, path: &str, place: JobPlace) -> Option<String> {
        let reference = self.page_reference(place)?;
        Some(self.profile.gateway.as_ref()?.url(&format!("{path}?ref={reference}")))
    }

    fn page_reference(&self, place: JobPlace) -> Option<String> {
        Some(sealed(self.page_secret()?, PAGE, place.index()))
    }

    fn page_job(&self, page: &str) -> Option<JobPlace> {
        let place = JobPlace(u32::try_from(opened(self.page_secret()?, PAGE, page)?).ok()?);
        self.gateway.job_at(place).map(|_| place)
    }

    fn page_secret(&self) -> Option<&str> {
        Some(self.profile.gateway.as_ref()?.keys.first()?.secret_str())
    }
}
