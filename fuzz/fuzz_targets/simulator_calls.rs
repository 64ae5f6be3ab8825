//! The simulated acquirer behind the gateway. Each of eight lines, a minute apart, is a call, `METHOD path body`,
//! signed by its merchant, or a shopper's payment on the page of a job, `pay job`. Each result is a response, and money
//! is taken at most once for a job.
#![no_main]

use cashflows_codec::gateway::call::{CallType, RetrieveJob};
use std::time::{Duration, SystemTime};

use cashflows_codec::gateway::response::{ResponseError, ResponseErrorKind};
use cashflows_codec::gateway::{ApiKey, Credentials, JobReference, Signature};
use cashflows_codec::remote_auth;
use cashflows_codec::simulator::gateway::{Authentication, Configuration, EnteredCard, Page};
use cashflows_codec::simulator::{Acquirer, Delivery, Profile, State};
use libfuzzer_sys::fuzz_target;

const LINES: usize = 8;

fn key() -> ApiKey {
    "key".parse().expect("a key")
}

fn acquirer() -> Acquirer {
    let credentials = Credentials::new("1".parse().expect("an id"), key());
    let configuration = Configuration::new(credentials, "https://g.test".parse().expect("a URL"))
        .with_webhook_url("https://shop.test".parse().expect("a URL"));
    let merchant =
        remote_auth::Credentials::new("1234".parse().expect("an id"), "x".parse().expect("a password"));
    Acquirer::new(Profile::new(merchant).with_gateway(configuration))
}

fuzz_target!(|data: &[u8]| {
    let mut acquirer = acquirer();
    let mut now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_600_000_000);
    for line in data.split(|&byte| byte == b'\n').take(LINES) {
        let mut words = line.splitn(3, |&byte| byte == b' ');
        let mut word = || words.next().unwrap_or_default();
        let (method, path, body) = (word(), word(), word());
        match (core::str::from_utf8(method), core::str::from_utf8(path)) {
            (Ok("pay"), Ok(job)) => pay(&mut acquirer, now, job),
            (Ok(method), Ok(path)) => call(&mut acquirer, now, method, path, body),
            _ => {}
        }
        now += Duration::from_secs(60);
        let jobs: Vec<JobReference> = acquirer.jobs().collect();
        for job in jobs {
            let job = acquirer.job(now, job).expect("a job of the list");
            let order = job.order.as_ref().and_then(|order| order.number());
            let charges = acquirer.job_charges(order.unwrap_or_default());
            let stand = charges.filter(|entry| entry.state(now) != State::Voided);
            assert!(stand.count() <= 1);
        }
        for due in acquirer.due_notifications(now) {
            acquirer.notification_answered(now, due.id, Some((200, &due.body)));
        }
    }
});

fn call(acquirer: &mut Acquirer, now: SystemTime, method: &str, path: &str, body: &[u8]) {
    let signature = Signature::of(&key(), body);
    let headers = [
        ("ConfigurationId", b"1".as_slice()),
        ("Hash", signature.secret_str().as_bytes()),
        ("Content-Type", b"application/json"),
    ];
    let Delivery::Payload(payload) = acquirer.call(now, method, path, headers, body) else {
        panic!("nothing is to go wrong")
    };
    if payload.body().is_empty() {
        return;
    }
    let answer = RetrieveJob::decode(payload.status(), payload.body());
    let refused = matches!(answer, Err(ResponseError { kind: ResponseErrorKind::Refused(_), .. }));
    assert_eq!(refused, payload.status() >= 400);
}

/// A shopper who pays the job of this number, and passes 3-D Secure if it is required.
fn pay(acquirer: &mut Acquirer, now: SystemTime, job: &str) {
    let Some(job) = job.parse().ok().and_then(|number: usize| acquirer.jobs().nth(number)) else { return };
    let body = [];
    let signature = Signature::of(&key(), &body);
    let headers = [("ConfigurationId", b"1".as_slice()), ("Hash", signature.secret_str().as_bytes())];
    let path = format!("/api/gateway/payment-jobs/{job}");
    let answer = acquirer.call(now, "GET", &path, headers, &body);
    let answer = RetrieveJob::decode(200, &answer.body()).expect("a job of the list");
    let link = answer.links().action.as_ref().and_then(|link| link.url.as_str().split_once("?ref="));
    let Some((_, page)) = link else { return };
    let (number, expiry) = ("4000000000000002".parse().expect("a card"), "1122".parse().expect("a month"));
    let (cvv, holder) = ("123".parse().expect("a code"), "Jon Snow".parse().expect("a name"));
    acquirer.pay(now, page, EnteredCard::new(number, expiry, cvv, holder));
    for _ in 0..2 {
        if let Page::ThreeDs(shown) = acquirer.page(now, page) {
            acquirer.authenticate(now, page, shown.payment(), Authentication::Passed);
        }
    }
}
