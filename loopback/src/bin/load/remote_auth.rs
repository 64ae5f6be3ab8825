//! A client's side of Remote Auth: what it asks for next, and what an answer means for its books.

use std::time::SystemTime;

use cashflows_codec::InvalidValue;
use cashflows_codec::remote_auth::request::{Card, Continuous, OriginalClass, Refund, Sale, Verify, Void};
use cashflows_codec::remote_auth::{Credentials, Outcome, RecurringOrigin, Request, Response};
use cashflows_codec::value::{
    CardNumber, Currency, Cvv, Expiry, Money, OriginalId, Reason, Status, TransactionId,
};

use crate::operation::Operation;
use crate::tally::Tally;

/// How many sales and verifications a client keeps to come back to.
const KEPT: usize = 64;

/// A client's till.
pub struct Till {
    credentials: Credentials,
    card: (CardNumber, Expiry, Cvv),
    /// Sales that are neither voided nor refunded.
    sales: Vec<(OriginalId, Money)>,
    verifications: Vec<RecurringOrigin>,
    last_sale: Option<(Request, SystemTime, TransactionId)>,
}

/// What is asked, and what it is about.
pub struct Asked {
    pub operation: Operation,
    pub body: cashflows_codec::remote_auth::request::Body,
    request: Request,
    at: SystemTime,
    /// What a retry has to be answered.
    expected: Option<TransactionId>,
}

impl Till {
    pub fn new(credentials: Credentials) -> Result<Self, InvalidValue> {
        let card = ("4000000000000002".parse()?, "1130".parse()?, "123".parse()?);
        Ok(Self { credentials, card, sales: Vec::new(), verifications: Vec::new(), last_sale: None })
    }

    /// The next request: of the operation, or of the one that comes before it.
    pub fn ask(
        &mut self,
        operation: Operation,
        reference: &str,
        pence: u32,
        now: SystemTime,
    ) -> Result<Asked, InvalidValue> {
        let money = Money::gbp(pence.into());
        let (operation, request, expected) = match operation {
            Operation::Verify => self.verify(reference)?,
            Operation::Void | Operation::Refund => match self.sales.pop() {
                Some((original, money)) => {
                    let request = match operation {
                        Operation::Void => Void::new(original, OriginalClass::Ecom, money).into(),
                        _ => Refund::new(original, OriginalClass::Ecom, money).into(),
                    };
                    (operation, request, None)
                }
                None => self.sell(reference, money)?,
            },
            Operation::Continuous => match self.verifications.last() {
                Some(origin) => (operation, Continuous::new(*origin, money, reference.parse()?).into(), None),
                None => self.verify(reference)?,
            },
            Operation::Retry => match self.retry(now) {
                Some((request, expected)) => (operation, request, Some(expected)),
                None => self.sell(reference, money)?,
            },
            _ => self.sell(reference, money)?,
        };
        let body = request.encode(&self.credentials);
        Ok(Asked { operation, body, request, at: now, expected })
    }

    fn card(&self) -> Card {
        let (number, expiry, cvv) = &self.card;
        Card::new(number.clone(), *expiry, cvv.clone())
    }

    fn sell(
        &self,
        reference: &str,
        money: Money,
    ) -> Result<(Operation, Request, Option<TransactionId>), InvalidValue> {
        Ok((Operation::Sale, Sale::ecom(self.card(), money, reference.parse()?).into(), None))
    }

    fn verify(&self, reference: &str) -> Result<(Operation, Request, Option<TransactionId>), InvalidValue> {
        let verify = Verify::ecom(self.card(), Currency::GBP, reference.parse()?);
        Ok((Operation::Verify, verify.into(), None))
    }

    /// The last sale once more, if its five minutes are not over.
    fn retry(&mut self, now: SystemTime) -> Option<(Request, TransactionId)> {
        let (request, first, answered) = self.last_sale.take()?;
        let retry = request.retry(first, now).ok()?;
        // The next one has the next number.
        self.last_sale = Some((retry.clone(), first, answered));
        Some((retry, answered))
    }

    /// Keeps books of an answer.
    pub fn answered(&mut self, asked: Asked, status: u16, body: &[u8], tally: &mut Tally) {
        let decoded = Response::decode(body).map_err(|error| format!("{error}"));
        let response = match decoded {
            Ok(response) if status == 200 => response,
            Ok(_) => return tally.surprise(asked.operation, &format!("status {status}")),
            Err(error) => return tally.surprise(asked.operation, &error),
        };
        let (id, money) = (response.transaction_id(), money(&asked.request));
        if response.outcome() != Outcome::Authorised {
            // At midnight the day is settled, and a void comes too late.
            let settled = asked.operation == Operation::Void && response.status() == Status::ValidationError;
            if !settled || response.reason() == Some(Reason::InvalidRequest) {
                tally.surprise(asked.operation, &String::from_utf8_lossy(body));
            }
            return;
        }
        let Some(id) = id else { return tally.surprise(asked.operation, "no transaction id") };
        match asked.operation {
            Operation::Sale => {
                tally.charged(reference(&asked.request), money);
                if let Ok(original) = id.try_into() {
                    keep(&mut self.sales, (original, money));
                }
                self.last_sale = Some((asked.request, asked.at, id));
            }
            Operation::Retry if asked.expected != Some(id) => {
                tally.surprise(
                    asked.operation,
                    &format!("{id} in the place of the answer to the first attempt"),
                );
            }
            Operation::Verify => match response.recurring_origin() {
                Ok(origin) => keep(&mut self.verifications, origin),
                Err(error) => tally.surprise(asked.operation, &error.to_string()),
            },
            Operation::Continuous => tally.charged(reference(&asked.request), money),
            Operation::Void | Operation::Refund => tally.returned(money),
            _ => {}
        }
    }
}

/// Adds to a list that keeps the newest.
pub fn keep<T>(list: &mut Vec<T>, item: T) {
    if list.len() == KEPT {
        list.swap_remove(0);
    }
    list.push(item);
}

fn money(request: &Request) -> Money {
    match request {
        Request::Verify(_) | Request::Credit(_) => Money::gbp(0),
        request => request.money().unwrap_or(Money::gbp(0)),
    }
}

fn reference(request: &Request) -> &str {
    match request {
        Request::Sale(sale) => sale.reference().as_str(),
        Request::Continuous(continuous) => continuous.reference().as_str(),
        _ => "",
    }
}
