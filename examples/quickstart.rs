//! A merchant's two days, against the simulated acquirer: no account, no network.
//!
//! `cargo run --example quickstart`

use std::error::Error;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::batch::{BatchBody, BatchResponse, Query, Report, Submission};
use cashflows_codec::remote_auth::request::{
    Card, Continuous, Credit, OriginalClass, Refund, Sale, Verify, Void,
};
use cashflows_codec::remote_auth::response::ResponseField;
use cashflows_codec::remote_auth::{Credentials, DigestSecret};
use cashflows_codec::remote_auth::{Exchange, NextStep, Request, Response};
use cashflows_codec::simulator::{Acquirer, Delivery, Effect, Endpoint, Profile, Symptom, When};
use cashflows_codec::value::{CardNumber, Currency, Customer, Money, OriginalId, TransactionId};

/// A merchant, the acquirer, and what time it is.
struct Day {
    credentials: Credentials,
    acquirer: Acquirer,
    now: SystemTime,
}

fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|argument| argument == "--help") {
        println!("A merchant's two days, against the simulated acquirer. Takes no arguments.");
        return Ok(());
    }
    let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
    let credit_secret: DigestSecret = "credit-secret".parse()?;
    let profile = Profile::new(credentials.clone()).with_digest_secret(credit_secret.clone());
    let mut acquirer = Acquirer::new(profile);
    // What is to go wrong today:
    acquirer
        .script(When::any().reference("cart-2".parse()?).on_call(1), Effect::LoseAnswer(Symptom::Silence));
    acquirer.script(When::any().reference("cart-3".parse()?), Effect::Hold);
    // 15 January 2027, 08:00 UTC. The crate has no clock.
    let morning = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let mut day = Day { credentials, acquirer, now: morning };

    let verified = day.ask("A card is verified", Verify::ecom(card()?, Currency::GBP, "luke-1".parse()?))?;
    let customer =
        Customer::default().with_name("Luke Skywalker".parse()?).with_postcode("CB22 5LD".parse()?);
    let sale = Sale::ecom(card()?, Money::gbp(24_99), "cart-1".parse()?)
        .with_customer(customer)
        .returning_acquirer_reference()
        .returning_token();
    let sold = day.ask("A sale", sale)?;
    let sale = Sale::ecom(card()?, Money::gbp(10_00), "cart-2".parse()?);
    let silent = day.ask("A sale whose answer is lost: it is tried again, and was charged once", sale)?;
    println!("cart-2 was charged {} time\n", day.acquirer.ledger().charges("cart-2").count());
    let held =
        day.ask("A sale that is put on hold", Sale::ecom(card()?, Money::gbp(50_00), "cart-3".parse()?))?;
    let void = Void::new(original(&silent)?, OriginalClass::Ecom, Money::gbp(10_00));
    day.ask("The sale of cart-2 is voided, before it is settled", Request::Void(void))?;

    day.now += Duration::from_secs(24 * 60 * 60);
    println!("--- the next day: what was not voided or held is settled ---\n");
    let refund = Refund::new(original(&sold)?, OriginalClass::Ecom, Money::gbp(4_99));
    day.ask("A part of the first sale is refunded", Request::Refund(refund))?;
    let month_2 = Continuous::new(verified.recurring_origin()?, Money::gbp(9_99), "month-2".parse()?);
    day.ask("A subscription, by the authority of the verification", month_2)?;
    let win = Credit::new(original(&sold)?, Money::gbp(5_00), "win-1".parse()?, &credit_secret);
    day.ask("A credit, signed", win)?;
    day.release(held.transaction_id().ok_or("no id")?)?;

    print!("The ledger:\n{}", day.acquirer.ledger());
    println!("balance: {} pence", day.acquirer.ledger().balance(Currency::GBP));
    Ok(())
}

fn card() -> Result<Card, Box<dyn Error>> {
    let number: CardNumber = "4510400400099005".parse()?;
    Ok(Card::new(number, "1130".parse()?, "123".parse()?))
}

fn original(response: &Response) -> Result<OriginalId, Box<dyn Error>> {
    Ok(response.transaction_id().ok_or("no id")?.try_into()?)
}

impl Day {
    /// Sends a request, and its retries for as long as the outcome is unknown.
    fn ask(&mut self, what: &str, request: impl Into<Request>) -> Result<Response, Box<dyn Error>> {
        println!("{what}");
        let (mut request, first_attempt) = (request.into(), self.now);
        loop {
            let exchange = self.attempt(&request);
            if exchange.next_step() != NextStep::Retry {
                println!();
                return Ok(exchange.response?);
            }
            self.now += Duration::from_secs(30);
            request = request.retry(first_attempt, self.now)?;
        }
    }

    fn attempt(&mut self, request: &Request) -> Exchange {
        let body = request.encode(&self.credentials);
        println!("  > {body:?}");
        let endpoint = Endpoint::Payment;
        let delivery = self.acquirer.handle(self.now, endpoint, body.content_type(), body.as_bytes());
        let exchange = Exchange::new(request, Response::decode(&delivery.body()));
        match &exchange.response {
            Ok(response) => explain(request, response),
            Err(error) => println!("  < {error}"),
        }
        println!("  = {}; next step: {}", exchange.outcome(), exchange.next_step());
        exchange
    }

    /// Releases a transaction on hold, and asks until the batch is complete.
    fn release(&mut self, id: TransactionId) -> Result<(), Box<dyn Error>> {
        println!("What is on hold is released in a batch");
        let mut report = self.batch(&Submission::new([id.try_into()?]).encode(&self.credentials)?)?;
        while report.rows().next().is_none() {
            self.now += Duration::from_secs(150);
            report = self.batch(&Query::new(*report.batch_id()).encode(&self.credentials))?;
        }
        for row in report.rows() {
            let row = row?;
            println!("  = {}: {}", row.reference(), row.result());
        }
        println!();
        Ok(())
    }

    fn batch(&mut self, body: &BatchBody) -> Result<Report, Box<dyn Error>> {
        println!("  > {body:?}");
        let delivery = self.acquirer.handle(self.now, Endpoint::Batch, body.content_type(), body.as_bytes());
        let Delivery::Payload(payload) = delivery else { return Err("silence".into()) };
        let BatchResponse::Report(report) =
            BatchResponse::decode(payload.content_type(), payload.body().clone())?
        else {
            return Err("refused".into());
        };
        println!("  < batch {} is {}", report.batch_id(), report.status());
        Ok(report)
    }
}

/// What a reply says. A card token is not printed.
fn explain(request: &Request, response: &Response) {
    let (id, checks) = (response.view().field(ResponseField::TransactionId), response.checks());
    println!("  < {}: {}, {id}, checks {checks}", response.status().as_str(), response.message());
    if let Some(text) = response.reason().and_then(|reason| reason.text()) {
        println!("    reason: {text}");
    }
    if response.extras().is_empty() {
        return;
    }
    match response.extras().resolve(request.return_flags()) {
        Ok(extras) => println!("    {extras:?}"),
        Err(ambiguous) => println!("    {ambiguous}"),
    }
}
