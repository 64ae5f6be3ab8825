//! What is wanted, by its name.

use std::time::SystemTime;

use cashflows_codec::remote_auth::attempt::{AttemptMut, Received, Step};
use cashflows_codec::remote_auth::request::{
    Card, Continuous, Credit, OriginalClass, Refund, Request, Sale, Verify, Void,
};
use cashflows_codec::remote_auth::{DigestSecret, RecurringOrigin};
use cashflows_codec::value::{CardNumber, Checks, Currency, Money, OriginalId};

pub fn card(number: &str) -> Card {
    let number: CardNumber = number.parse().unwrap();
    Card::new(number, "1130".parse().unwrap(), "123".parse().unwrap())
}

fn original() -> OriginalId {
    "01S0135F71A".parse().unwrap()
}

pub fn sale(number: &str, pence: u64, reference: &str) -> Request {
    Sale::ecom(card(number), Money::gbp(pence), reference.parse().unwrap()).into()
}

pub fn refund(pence: u64) -> Request {
    Request::from(Refund::new(original(), OriginalClass::Ecom, Money::gbp(pence)))
}

pub fn void(pence: u64) -> Request {
    Request::from(Void::new(original(), OriginalClass::Ecom, Money::gbp(pence)))
}

pub fn credit(reference: &str) -> Request {
    let secret: DigestSecret = "shared beforehand".parse().unwrap();
    Credit::new(original(), Money::gbp(9_99), reference.parse().unwrap(), &secret).into()
}

pub fn continuous(reference: &str) -> Request {
    let checks: Checks = "200".try_into().unwrap();
    let origin = RecurringOrigin::from_stored(original().transaction_id(), checks).unwrap();
    Continuous::new(origin, Money::gbp(9_99), reference.parse().unwrap()).into()
}

pub fn wanted(operation: &str) -> Request {
    match operation {
        "sale" => sale("4000000000000002", 24_99, "cart-1"),
        "verify" => Verify::moto(card("4000000000000002"), Currency::GBP, "cart-1".parse().unwrap()).into(),
        "continuous" => continuous("month-2"),
        "void-ref" => with_reference(void(20_15)),
        "refund-ref" => with_reference(refund(11_11)),
        "void" => void(20_15),
        "refund" => refund(11_11),
        "credit" => credit("win-1"),
        other => panic!("{other} is no operation"),
    }
}

/// The same void or refund with a reference of its own.
pub fn with_reference(request: Request) -> Request {
    let own = "return-1".parse().unwrap();
    match request {
        Request::Void(void) => void.with_reference(own).into(),
        Request::Refund(refund) => refund.with_reference(own).into(),
        other => panic!("{other:?} is no reversal"),
    }
}

/// Another sale than that of the table.
pub fn another() -> Request {
    sale("4000000000000002", 10_00, "cart-2")
}

/// What most tests do: note a sending, and tell what came of the last one.
pub trait Last {
    /// Notes a sending, which leaves at once.
    fn sends(&mut self, request: &Request, now: SystemTime) -> Request;
    /// Tells what came of the last sending.
    fn hears<'r>(&mut self, received: impl Into<Received<'r>>, now: SystemTime, jitter: u32) -> Step;
}

impl Last for AttemptMut<'_> {
    fn sends(&mut self, request: &Request, now: SystemTime) -> Request {
        self.send(request, now).unwrap().release(|| now).unwrap()
    }

    fn hears<'r>(&mut self, received: impl Into<Received<'r>>, now: SystemTime, jitter: u32) -> Step {
        let last = self.last_sending().unwrap();
        self.received(&last, received, now, jitter)
    }
}
