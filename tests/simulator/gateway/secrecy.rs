//! No secret, and nothing personal, in what is printed, refused or notified.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::{HostedPage, JobCard, Order, PaymentJob};
use cashflows_codec::gateway::{Credentials, JsonLimits, Signature};
use cashflows_codec::remote_auth::Credentials as Merchant;
use cashflows_codec::simulator::gateway::{Authentication, Configuration, EnteredCard, Page};
use cashflows_codec::simulator::{Acquirer, Delivery, Profile};
use cashflows_codec::value::CardNumber;

use super::{BASE, CONFIGURATION, v};
use crate::shop::morning;
use crate::support::gateway;
use crate::support::secrets::{API_KEY, CVV, DIGEST_SECRET, NAME, NUMBER, PASSWORD, PIECES};

fn acquirer() -> Acquirer {
    let configuration = Configuration::new(Credentials::new(v(CONFIGURATION), v(API_KEY)), v(BASE))
        .with_second_key(v(&format!("{API_KEY}-2")))
        .with_webhook_url(v("https://shop.test/hook"));
    let merchant = Merchant::new(v("1234567"), v(PASSWORD));
    let profile = Profile::new(merchant).with_digest_secret(v(DIGEST_SECRET));
    Acquirer::new(profile.with_gateway(configuration))
}

#[track_caller]
fn says_no_secret(text: &str, what: &str) {
    for piece in PIECES {
        assert!(!text.contains(piece), "{what} says {piece}");
    }
}

/// Every kind of job, each with every secret and all that is personal, and then a shopper's card on a page
/// and at 3-D Secure.
#[test]
fn an_acquirer_that_has_seen_every_secret_prints_none() {
    let mut acquirer = acquirer();
    let now = morning();
    for (number, call) in gateway::calls().into_iter().enumerate() {
        let call = match call {
            Call::CreateJob(create) => {
                // All of them are of one order, and an order is taken once.
                let body = create.job.encode();
                let text = String::from_utf8(body.to_vec()).unwrap();
                let text =
                    text.replace(r#""orderNumber":"cart""#, &format!(r#""orderNumber":"cart-{number}""#));
                let limits = JsonLimits::default();
                let job = PaymentJob::decode_with(text.as_bytes(), &limits).unwrap().into_request();
                Call::from(cashflows_codec::gateway::call::CreateJob::new(job))
            }
            other => other,
        };
        acquirer.send_call(now, call);
        says_no_secret(&format!("{acquirer:?}"), "the acquirer");
    }
    assert!(acquirer.jobs().len() >= 10);

    let by_page = |number: &str| PaymentJob::new(super::money(1), Order::new(v(number)), HostedPage::new());
    let job = acquirer.send_call(now, cashflows_codec::gateway::call::CreateJob::new(by_page("page")));
    let job = CreateJob::decode(201, &job.body()).unwrap();
    let url = job.links().action.as_ref().unwrap().url.as_str().to_owned();
    let page = url.rsplit_once("ref=").unwrap().1;
    let card = EnteredCard::new(v(NUMBER), v("1130"), v(CVV), v(NAME));
    says_no_secret(&format!("{card:?}"), "a card");
    acquirer.pay(now, page, card);
    says_no_secret(&format!("{:?} {:?}", acquirer.page(now, page), acquirer), "3-D Secure");
    let Page::ThreeDs(asked) = acquirer.page(now, page) else { panic!("nobody is asked") };
    acquirer.authenticate(now, page, asked.payment(), Authentication::Passed);
    says_no_secret(&format!("{:?} {:?}", acquirer.page(now, page), acquirer), "a paid page");
    assert!(acquirer.job_charges("page").count() == 1);

    // What reaches others than the merchant, and what the merchant is shown of the card.
    for due in acquirer.due_notifications(now) {
        says_no_secret(core::str::from_utf8(&due.body).unwrap(), "a notification");
    }
    says_no_secret(&format!("{:?}", acquirer.notifications()), "the notifications");
    says_no_secret(&acquirer.ledger().to_string(), "the ledger");
    for job in acquirer.jobs().collect::<Vec<_>>() {
        let delivery = acquirer.send_call(now, RetrieveJob::new(job));
        let body = String::from_utf8(delivery.body().to_vec()).unwrap();
        for secret in [NUMBER, CVV, API_KEY, PASSWORD, DIGEST_SECRET] {
            assert!(!body.contains(secret), "a job that is retrieved says {secret}");
        }
        let job = RetrieveJob::decode(200, body.as_bytes()).unwrap();
        says_no_secret(&format!("{job:?}"), "an answer");
    }
}

/// A body in which one member after the other is spoilt: what is told names it, and quotes nothing.
#[test]
fn refusals_quote_no_secret() {
    let mut acquirer = acquirer();
    let mut refused = 0;
    for (path, body) in gateway::bodies() {
        let text = String::from_utf8(body).unwrap();
        let spoilt = [
            text[..text.len() - 1].to_owned(),
            format!("{text}x"),
            text.replace(NUMBER, &format!("{NUMBER} ")),
            text.replace(CVV, &format!("{CVV}12")),
            text.replace(NAME, &format!("{NAME}\\n")),
            text.replace("\"amountToCollect\":\"0.01\"", &format!("\"amountToCollect\":\"{NUMBER},00\"")),
            text.replacen('{', &format!("{{\"x\":\"{NUMBER}\","), 1),
        ];
        for body in spoilt {
            let signature = Signature::of(&v(API_KEY), body.as_bytes());
            let headers = [
                ("ConfigurationId", CONFIGURATION.as_bytes()),
                ("Hash", signature.secret_str().as_bytes()),
                ("Content-Type", b"application/json"),
            ];
            let delivery = acquirer.call(morning(), "POST", &path, headers, body.as_bytes());
            let Delivery::Payload(payload) = delivery else { panic!("an answer") };
            if payload.status() >= 400 {
                refused += 1;
                let said = String::from_utf8(payload.body().to_vec()).unwrap();
                says_no_secret(&said, "a refusal");
            }
        }
    }
    assert!(refused > 50, "{refused}");
    // A wrong signature is not shown what the right one would have been.
    let wrong = Signature::of(&v("another-key"), b"");
    let headers = [("ConfigurationId", CONFIGURATION.as_bytes()), ("Hash", wrong.secret_str().as_bytes())];
    let delivery = acquirer.call(morning(), "GET", "/api/gateway/payment-jobs/1", headers, b"");
    let right = Signature::of(&v(API_KEY), b"");
    let said = String::from_utf8(delivery.body().to_vec()).unwrap();
    assert!(!said.contains(right.secret_str()) && !said.contains(wrong.secret_str()));
}

/// A token is for the merchant who asked for it, and for nobody's log.
#[test]
fn a_token_is_not_printed() {
    let mut acquirer = acquirer();
    let card = JobCard::new(v::<CardNumber>(super::VISA), v("1130"), v("123"), v("Luke Skywalker"));
    let job = PaymentJob::new(super::money(1), Order::new(v("cart-1")), card).returning_token();
    let delivery = acquirer.send_call(morning(), cashflows_codec::gateway::call::CreateJob::new(job));
    let answer = CreateJob::decode(201, &delivery.body()).unwrap();
    let token = answer.data().payments[0].attributes.token().unwrap();
    for text in [format!("{answer:?}"), format!("{acquirer:?}"), acquirer.ledger().to_string()] {
        assert!(!text.contains(token.secret_str()), "{text}");
    }
}
