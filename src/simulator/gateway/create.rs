//! New jobs, and tokens.

use std::time::SystemTime;

use super::charge::Means;
use super::job::Job;
use super::place::JobPlace;
use super::refusal;
use crate::gateway::call::{CallType, CreateJob, ListPaymentMethods, TokeniseCard};
use crate::gateway::request::{JobKind, PaymentJob, Tokenisation};
use crate::gateway::response::{
    self, AnyCurrency, ErrorReport, ErrorWord, Refusal, ReportEntry, Response, SupportedPaymentMethod,
    TokenisedCard, WarningWord,
};
use crate::gateway::{CustomerReference, PaymentMethod};
use crate::simulator::Acquirer;
use crate::simulator::agenda::Due;
use crate::simulator::card::may_exist;
use crate::simulator::date::is_over;
use crate::simulator::facts::GivenCard;
use crate::value::{CardNumber, CardToken, Currency, TruncatedCardNumber};

impl Acquirer {
    /// Makes a job, and pays it as far as that goes without the shopper.
    pub(super) fn create_job(
        &mut self,
        now: SystemTime,
        call: CreateJob,
    ) -> Result<Response<response::Job>, Refusal> {
        let asked = call.job;
        self.check_job(now, &asked)?;
        let warning =
            names_a_page(&asked).then(|| ReportEntry::new(WarningWord::PaymentPageReferenceNotFound));
        let (job, kind) = Job::new(now, asked);
        let place = self.keep(job);
        let payment = self.add_payment(now, place);
        self.begin(now, payment, Means::from(kind));
        let mut answer = self.created(place)?;
        if let Some(warning) = warning {
            answer = answer.with_report(ErrorReport::new().with_warning(warning));
        }
        Ok(answer)
    }

    /// Checks a job for errors that only a gateway knows.
    fn check_job(&self, now: SystemTime, asked: &PaymentJob) -> Result<(), Refusal> {
        let expires = asked.expires.and_then(|expires| expires.to_system_time());
        if expires.is_some_and(|expires| expires <= now) {
            return Err(refusal::unlisted(
                "InvalidExpirationDateTime",
                "The job would have expired already.",
            ));
        }
        let order = asked.order.as_ref();
        let number = order.and_then(|order| order.number.as_ref());
        if number.is_some_and(|number| self.gateway.ordered(number.as_str()).is_some()) {
            return Err(refusal::word(ErrorWord::OrderReferenceNotUnique));
        }
        if let Some(customer) = order.and_then(|order| order.customer.as_ref()) {
            self.check_customer(customer)?;
        }
        if let JobKind::Child(child) = asked.kind() {
            let parent = self.gateway.job(child.parent);
            let parent = parent.ok_or_else(|| refusal::not_found("Parent payment job"))?;
            if !parent.traits.parent {
                return Err(refusal::word(ErrorWord::CannotRecurOnNonRecurringParent));
            }
            if self.gateway.good_payment(child.parent).is_none() {
                return Err(refusal::word(ErrorWord::InvalidPaymentStatus));
            }
            if parent.asked.currency() != asked.currency() {
                return Err(refusal::unlisted("InvalidCurrency", "The parent is in another currency."));
            }
        }
        Ok(())
    }

    fn check_customer(&self, customer: &CustomerReference) -> Result<(), Refusal> {
        let known = self.configured(|gateway| gateway.customers.contains(customer));
        if known { Ok(()) } else { Err(refusal::word(ErrorWord::InvalidCustomerReference)) }
    }

    fn keep(&mut self, job: Job) -> JobPlace {
        let gateway = &mut self.gateway;
        // Serial numbers have 32 bits.
        let place = JobPlace(gateway.jobs.len() as u32);
        if let Some(number) = job.order_number() {
            gateway.orders.push(number);
            gateway.ordered.push(place);
        }
        self.agenda.add(job.expires, Due::JobEnds(place));
        gateway.jobs.push(job);
        place
    }

    /// A token for a card that is good, by its number and its expiry.
    pub(super) fn tokenise(
        &mut self,
        now: SystemTime,
        card: &Tokenisation,
    ) -> Result<Response<TokenisedCard>, Refusal> {
        let number = &card.number;
        if !may_exist(number) {
            return Err(refusal::unlisted("InvalidCardNumber", "There is no such card."));
        }
        if is_over(card.expiry, now) {
            return Err(refusal::unlisted("CardExpired", "The card has expired."));
        }
        let kept = self.vault.identify(GivenCard::Number(number));
        let token = kept.map(|kept| self.vault.token(&kept, card.expiry));
        let token = token.and_then(|token| CardToken::try_from(token.as_str()).ok());
        let token = token.ok_or_else(|| refusal::fault(500))?;
        let mut answer = TokenisedCard::new(token).with_expiry(card.expiry).with_issuer_return_code("00");
        if let Some(truncated) = truncated(number) {
            answer = answer.with_truncated_card_number(truncated);
        }
        Ok(TokeniseCard::respond(201, answer))
    }

    /// Cards, in the currencies that the profile takes.
    pub(super) fn payment_methods(
        &self,
        call: &ListPaymentMethods,
    ) -> Result<Response<Vec<SupportedPaymentMethod>>, Refusal> {
        if let Some(customer) = &call.customer {
            self.check_customer(customer)?;
        }
        let wanted = call.currency;
        if wanted.is_some_and(|currency| !self.profile.takes(currency)) {
            return Ok(ListPaymentMethods::respond(200, Vec::new()));
        }
        let currencies = [Currency::GBP, Currency::EUR, Currency::USD].into_iter();
        let taken = currencies.filter(|currency| self.profile.takes(*currency)).chain(wanted);
        let mut list: Vec<AnyCurrency> = Vec::new();
        for currency in taken.map(AnyCurrency::from) {
            if !list.contains(&currency) {
                list.push(currency);
            }
        }
        let method = |method| {
            let mut method = SupportedPaymentMethod::new(method);
            method.supports_tokenisation = Some(true);
            method.currencies.clone_from(&list);
            method
        };
        let methods = vec![method(PaymentMethod::CreditCard), method(PaymentMethod::DebitCard)];
        Ok(ListPaymentMethods::respond(200, methods))
    }

    /// The answer to a job that was just made: where it was approved at once, it links to the success
    /// URL (section 6).
    fn created(&self, place: JobPlace) -> Result<Response<response::Job>, Refusal> {
        let answer = self.job_answer::<CreateJob>(place, 201)?;
        let approved = self.last_payment(place).and_then(|last| {
            let approved = self.gateway.payment(last)?.is_good();
            approved.then(|| self.return_urls_of(place, last).success)
        });
        Ok(match approved {
            Some(url) => {
                let mut links = answer.links().clone();
                links.action = Some(super::answer::html(&url));
                answer.with_links(links)
            }
            None => answer,
        })
    }
}

/// The ends of a card number, with four stars between, where the acquiring details have six (section 5).
fn truncated(number: &CardNumber) -> Option<TruncatedCardNumber> {
    let shown = TruncatedCardNumber::try_from(number.to_string().as_str()).ok()?;
    format!("{}****{}", shown.first_six(), shown.last_four()).as_str().try_into().ok()
}

/// Returns true if a job asks for a page of the portal's, of which there is none here.
fn names_a_page(asked: &PaymentJob) -> bool {
    asked.kind().page().is_some_and(|page| page.page_reference.is_some())
}
