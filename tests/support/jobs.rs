//! Many jobs for the simulated acquirer's gateway, and a mix of calls about any of them.

use std::time::{Duration, SystemTime};

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::{
    HostedPage, JobCard, Order, Parent, PaymentJob, RecurrenceCriteria, RefundRequest,
};
use cashflows_codec::gateway::{Credentials, JobReference, Money, PaymentReference};
use cashflows_codec::remote_auth;
use cashflows_codec::simulator::gateway::Configuration;
use cashflows_codec::simulator::{Acquirer, Delivery, Profile};
use cashflows_codec::value::CardNumber;

fn credentials() -> Credentials {
    let key = "845c51f6-1cd5-4338-a586-df752e65d690".parse().unwrap();
    Credentials::new("200426117314086912".parse().unwrap(), key)
}

/// An acquirer at which `jobs` orders were paid by MOTO, each a parent of later payments.
pub fn paid(jobs: u32) -> Acquirer {
    let merchant = remote_auth::Credentials::new("1234567".parse().unwrap(), "secret".parse().unwrap());
    let configuration = Configuration::new(credentials(), "https://gateway.test".parse().unwrap())
        .with_webhook_url("https://shop.test/webhook".parse().unwrap());
    let mut acquirer = Acquirer::new(Profile::new(merchant).with_gateway(configuration));
    for serial in 1..=jobs {
        assert!(hand_over(&mut acquirer, serial, &create(serial).sign(&credentials())));
    }
    acquirer
}

/// Passes a call on, 50 µs after the one before: 20,000 a second. Returns whether it was done.
pub fn hand_over(acquirer: &mut Acquirer, serial: u32, call: &SignedCall) -> bool {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let now = now + Duration::from_micros(50) * serial;
    let headers = call.secret_headers().map(|(name, value)| (name, value.as_bytes()));
    let delivery = acquirer.call(now, call.method().as_str(), call.path_and_query(), headers, call.body());
    matches!(delivery, Delivery::Payload(payload) if payload.status() < 300)
}

/// Signed calls of six kinds in turn, with these numbers, each about one of the last `recent` of the first `jobs`, in
/// no order.
pub fn calls(jobs: u32, recent: u32, numbers: core::ops::Range<u32>) -> Vec<SignedCall> {
    // A prime that divides no number of jobs used here: its multiples are all different.
    let place = |number: u32| (u64::from(number) * 7_919 % u64::from(recent)) as u32;
    numbers.map(|number| about(jobs - place(number), number, jobs).sign(&credentials())).collect()
}

fn about(serial: u32, number: u32, jobs: u32) -> Call {
    let numbered = |kind: u64| kind * 100_000_000_000_000_000 + u64::from(serial);
    let job = JobReference::new(numbered(1)).unwrap();
    let payment = PaymentReference::new(numbered(2)).unwrap();
    match number % 6 {
        0 => create(jobs + 1 + number),
        1 => RetrieveJob::new(job).into(),
        2 => {
            let order = Order::new(format!("page-{number}").parse().unwrap());
            CreateJob::new(PaymentJob::new(Money::gbp(9_99).unwrap(), order, HostedPage::new())).into()
        }
        3 => CancelPayment::new(job, payment).into(),
        4 => {
            let refund =
                RefundRequest::new(Money::gbp(24_99).unwrap(), format!("refund-{number}").parse().unwrap());
            RefundPayment::new(job, payment, refund).into()
        }
        _ => FindOrder::new(format!("order-{serial}").parse().unwrap()).into(),
    }
}

fn create(serial: u32) -> Call {
    let number: CardNumber = "4000000000000002".parse().unwrap();
    let card = JobCard::moto(number, "1130".parse().unwrap(), "123".parse().unwrap());
    let order = Order::new(format!("order-{serial}").parse().unwrap());
    let parent = Parent::new(card, RecurrenceCriteria::unscheduled());
    CreateJob::new(PaymentJob::new(Money::gbp(24_99).unwrap(), order, parent)).into()
}
