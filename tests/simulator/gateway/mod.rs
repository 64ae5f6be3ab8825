//! The gateway's side of the simulated acquirer, seen from both sides: what the gateway says of a job, and
//! what the ledger says of its transactions.

mod access;
mod answers;
mod cards;
mod clients;
mod kinds;
mod notifications;
mod other_side;
mod pages;
mod recurring;
mod reserved;
mod scripts;
mod secrecy;
mod statuses;
mod taken_back;

use std::time::Duration;

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::{
    self, HostedPage, JobCard, JobKind, JobWalletKind, Order, PaymentJob, ThreeDsResult, Wallet,
};
use cashflows_codec::gateway::response::{Capture, Job, Payment, Refund, Response, ResponseError};
use cashflows_codec::gateway::{Credentials, JobReference, Money, PaymentReference};
use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::simulator::gateway::{Authentication, Configuration, EnteredCard, Next, Page};
use cashflows_codec::simulator::{Delivery, Profile};
use cashflows_codec::value::CardNumber;

use crate::shop::{Shop, profile};

pub const KEY: &str = "845c51f6-1cd5-4338-a586-df752e65d690";
pub const CONFIGURATION: &str = "200426117314086912";
pub const BASE: &str = "https://gateway.test";

pub const VISA: &str = "4000000000000002";
pub const MASTERCARD: &str = "5400300400099007";
pub const AMEX: &str = "340000000000009";

/// A value of a text that is one.
pub fn v<T: for<'t> TryFrom<&'t str>>(text: &str) -> T {
    T::try_from(text).unwrap_or_else(|_| panic!("{text}"))
}

pub fn configuration() -> Configuration {
    Configuration::new(Credentials::new(v(CONFIGURATION), v(KEY)), v(BASE))
}

pub fn shop() -> Shop {
    Shop::with(configuration())
}

pub fn money(pence: u64) -> Money {
    Money::gbp(pence).unwrap()
}

/// A job of 24.99 GBP for the order `cart-1`.
pub fn job(kind: impl Into<JobKind>) -> PaymentJob {
    PaymentJob::new(money(24_99), Order::new(v("cart-1")), kind)
}

pub fn page() -> PaymentJob {
    job(HostedPage::new())
}

/// A card whose holder has this name, with the CVV of its brand.
pub fn card(number: &str, holder: &str) -> JobCard {
    let cvv = if number == AMEX { "1234" } else { "123" };
    JobCard::new(v::<CardNumber>(number), v("1130"), v(cvv), v(holder))
}

pub fn luke() -> JobCard {
    card(VISA, "Luke Skywalker")
}

pub fn moto() -> JobCard {
    JobCard::moto(v::<CardNumber>(VISA), v("1130"), v("123"))
}

/// A card as a shopper enters it.
pub fn entered(holder: &str) -> EnteredCard {
    EnteredCard::new(v(VISA), v("1130"), v("123"), v(holder))
}

/// A result of 3-D Secure with this indicator.
pub fn three_ds(eci: &str) -> ThreeDsResult {
    ThreeDsResult::new(
        v("2.1.0"),
        v("AAABCAAhIXdRcEdRVyEhAAAAAAA="),
        v(eci),
        v("c5b808e7-1de1-4069-a17b-f70d3b3b1645"),
    )
}

pub fn wallet(eci: &str) -> JobCard {
    let wallet = Wallet::new(JobWalletKind::ApplePay, v("AAABCAAhIXdRcEdRVyEhAAAAAAA="));
    JobCard::wallet(v(VISA), v("1130"), wallet.with_eci(v(eci)))
}

pub fn external(holder: &str, eci: &str) -> JobCard {
    card(VISA, holder).with_three_ds(three_ds(eci))
}

pub fn of_order(number: &str, kind: impl Into<JobKind>) -> PaymentJob {
    PaymentJob::new(money(10_00), Order::new(v(number)), kind)
}

impl Shop {
    pub fn with(configuration: Configuration) -> Self {
        Self::with_profile(profile(), configuration)
    }

    pub fn with_profile(profile: Profile, configuration: Configuration) -> Self {
        Self::of(profile.with_gateway(configuration))
    }

    pub fn wait(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }

    pub fn wait_days(&mut self, days: u64) {
        self.wait(days * 86_400);
    }

    pub fn deliver(&mut self, call: impl Into<Call>) -> (u16, Vec<u8>) {
        match self.acquirer.send_call(self.now, call) {
            Delivery::Payload(payload) => (payload.status(), payload.body().to_vec()),
            Delivery::Silence => panic!("silence is only where the script says so"),
        }
    }

    pub fn ask<C: CallType>(&mut self, call: C) -> Result<Response<C::Data>, ResponseError> {
        let (status, body) = self.deliver(call);
        C::decode(status, &body)
    }

    /// What a call is refused with: status and code.
    pub fn refused(&mut self, call: impl Into<Call>) -> String {
        let (status, body) = self.deliver(call);
        code(&RetrieveJob::decode(status, &body).expect_err("it was refused"))
    }

    pub fn create(&mut self, job: PaymentJob) -> Response<Job> {
        self.ask(CreateJob::new(job)).unwrap()
    }

    /// A new job, and its only payment.
    pub fn made(&mut self, job: PaymentJob) -> (JobReference, PaymentReference) {
        let job = self.create(job).into_data();
        assert_eq!(job.payments.len(), 1);
        (job.reference, job.payments[0].reference)
    }

    pub fn job(&mut self, job: JobReference) -> Job {
        self.ask(RetrieveJob::new(job)).unwrap().into_data()
    }

    pub fn payment(&mut self, (job, payment): (JobReference, PaymentReference)) -> Payment {
        self.ask(RetrievePayment::new(job, payment)).unwrap().into_data()
    }

    pub fn refund(
        &mut self,
        (job, payment): (JobReference, PaymentReference),
        pence: u64,
    ) -> Result<Refund, String> {
        let refund = request::RefundRequest::new(money(pence), v("refund-1"));
        let answer = self.ask(RefundPayment::new(job, payment, refund));
        answer.map(Response::into_data).map_err(|error| code(&error))
    }

    pub fn capture(
        &mut self,
        (job, payment): (JobReference, PaymentReference),
        capture: request::CaptureRequest,
    ) -> Result<Capture, String> {
        let answer = self.ask(CapturePayment::new(job, payment, capture));
        answer.map(Response::into_data).map_err(|error| code(&error))
    }

    pub fn cancel(&mut self, (job, payment): (JobReference, PaymentReference)) -> Result<Payment, String> {
        let answer = self.ask(CancelPayment::new(job, payment));
        answer.map(Response::into_data).map_err(|error| code(&error))
    }

    pub fn cancel_job(&mut self, job: JobReference) -> Result<Response<Job>, String> {
        self.ask(CancelJob::new(job)).map_err(|error| code(&error))
    }

    /// The `ref` of the page that waits for the shopper.
    pub fn page_of(&mut self, job: JobReference) -> String {
        let answer: Response<Job> = self.ask(RetrieveJob::new(job)).unwrap();
        let action = answer.links().action.as_ref().expect("a page waits");
        action.url.as_str().rsplit_once("ref=").unwrap().1.to_owned()
    }

    /// The shopper answers what the page asks just now.
    pub fn authenticate(&mut self, page: &str, result: Authentication) -> Next {
        let payment = self.asked_about(page).expect("3-D Secure asks");
        self.acquirer.authenticate(self.now, page, payment, result)
    }

    /// The payment that 3-D Secure is about, if the page asks for it.
    pub fn asked_about(&mut self, page: &str) -> Option<PaymentReference> {
        match self.acquirer.page(self.now, page) {
            Page::ThreeDs(asked) => Some(asked.payment()),
            _ => None,
        }
    }

    /// What the gateway says of a job: its status and meaning, those of each payment, and why it failed.
    pub fn says(&mut self, job: JobReference) -> String {
        let job = self.job(job);
        let mut said = format!("{} {}", job.payment_status, job.meaning_at(self.now));
        for payment in &job.payments {
            said += &format!("; {} {}", payment.status, payment.meaning());
            let report = payment.last_error_report.as_ref();
            for code in report.iter().flat_map(|report| &report.errors).flat_map(|error| &error.code) {
                said += &format!(" {}", code.as_str());
            }
        }
        said
    }

    /// What the ledger has: operation, class, amount, checks and state of each transaction, and the balance.
    pub fn ledger(&mut self) -> String {
        let ledger = self.acquirer.ledger();
        let entries = ledger.entries().iter().map(|entry| {
            let (operation, class, checks) = (entry.operation(), entry.class(), entry.checks());
            let taken = entry.charged();
            format!("{operation} {class} {taken} {checks} {}", entry.state(self.now))
        });
        let entries: Vec<String> = entries.collect();
        let balance = ledger.balance(cashflows_codec::value::Currency::GBP);
        format!("{} = {balance}", entries.join("; "))
    }

    /// How many charges there are in all.
    pub fn charges(&self) -> usize {
        let entries = self.acquirer.ledger().entries().iter();
        entries.filter(|entry| entry.is_charge()).count()
    }

    pub fn voids(&self) -> usize {
        let entries = self.acquirer.ledger().entries().iter();
        entries.filter(|entry| entry.operation() == OperationKind::Void).count()
    }
}

/// Status and code of a refusal.
pub fn code(error: &ResponseError) -> String {
    let report = error.report().expect("it can be read");
    let codes: Vec<_> =
        report.errors.iter().flat_map(|error| &error.code).map(|code| code.as_str()).collect();
    format!("{} {}", error.status(), codes.join(" "))
}
