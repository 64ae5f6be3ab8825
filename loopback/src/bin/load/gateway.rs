//! A client's side of the gateway: what it asks for next, and what an answer means for its books.

use cashflows_codec::InvalidValue;
use cashflows_codec::gateway::call::{Call, CallType, CreateJob, RetrieveJob, SignedCall};
use cashflows_codec::gateway::request::{HostedPage, JobCard, PaymentJob};
use cashflows_codec::gateway::response::ResponseErrorKind;
use cashflows_codec::gateway::{Credentials, JobMeaning, JobReference, Money, OrderNumber};
use cashflows_codec::value::{CardNumber, Cvv, Expiry};

use crate::operation::Operation;
use crate::remote_auth::keep;
use crate::tally::Tally;

/// A client's desk.
pub struct Desk {
    credentials: Credentials,
    card: (CardNumber, Expiry, Cvv),
    jobs: Vec<(JobReference, JobMeaning)>,
    last_paid: Option<(PaymentJob, OrderNumber)>,
}

/// What is asked, and what it is about.
pub struct Asked {
    pub operation: Operation,
    pub call: SignedCall,
    about: About,
}

enum About {
    Job(Box<PaymentJob>, OrderNumber, u32),
    Known(JobReference, JobMeaning),
}

impl Desk {
    pub fn new(credentials: Credentials) -> Result<Self, InvalidValue> {
        let card = ("4000000000000002".parse()?, "1130".parse()?, "123".parse()?);
        Ok(Self { credentials, card, jobs: Vec::new(), last_paid: None })
    }

    /// The next call: of the operation, or of the one that comes before it.
    pub fn ask(&mut self, operation: Operation, order: &str, pence: u32) -> Result<Asked, InvalidValue> {
        let (operation, call, about) = match operation {
            Operation::Retrieve => match self.jobs.pop() {
                Some((job, meaning)) => (operation, RetrieveJob::new(job).into(), About::Known(job, meaning)),
                None => self.moto(order, pence)?,
            },
            Operation::Duplicate => match self.last_paid.take() {
                Some((job, order)) => create(operation, job, order, 0),
                None => self.moto(order, pence)?,
            },
            Operation::Hosted => {
                let number: OrderNumber = order.parse()?;
                let job = PaymentJob::new(Money::gbp(pence.into())?, number.clone(), HostedPage::new());
                create(operation, job, number, pence)
            }
            _ => self.moto(order, pence)?,
        };
        Ok(Asked { operation, call: call.sign(&self.credentials), about })
    }

    fn moto(&self, order: &str, pence: u32) -> Result<(Operation, Call, About), InvalidValue> {
        let (number, expiry, cvc) = &self.card;
        let card = JobCard::moto(number.clone(), *expiry, cvc.clone());
        let order: OrderNumber = order.parse()?;
        let job = PaymentJob::new(Money::gbp(pence.into())?, order.clone(), card);
        Ok(create(Operation::Moto, job, order, pence))
    }

    /// Keeps books of an answer.
    pub fn answered(&mut self, asked: Asked, status: u16, body: &[u8], tally: &mut Tally) {
        let operation = asked.operation;
        let decoded = match asked.about {
            About::Job(..) => CreateJob::decode(status, body),
            About::Known(..) => RetrieveJob::decode(status, body),
        };
        let response = match decoded {
            Ok(response) => response,
            Err(error) => {
                let is_refused = status == 400 && matches!(error.kind, ResponseErrorKind::Refused(_));
                // A second job with the same order number is refused.
                if operation != Operation::Duplicate || !is_refused {
                    tally.surprise(operation, &error.to_string());
                }
                return;
            }
        };
        let job = response.data();
        let expected = match (operation, asked.about) {
            (Operation::Moto, About::Job(request, order, pence)) => {
                if job.meaning() == JobMeaning::Taken {
                    let payment = job.payments.last().map(|payment| payment.reference.to_string());
                    let pounds = cashflows_codec::value::Money::gbp(pence.into());
                    tally.paid(order.as_str(), &payment.unwrap_or_default(), pounds);
                }
                self.last_paid = Some((*request, order));
                JobMeaning::Taken
            }
            (Operation::Hosted, About::Job(..)) => {
                if response.links().action.is_none() {
                    tally.surprise(operation, "no link to the page");
                }
                JobMeaning::Open
            }
            (_, About::Known(reference, meaning)) if reference == job.reference => meaning,
            (_, About::Known(..)) => return tally.surprise(operation, "another job"),
            (_, About::Job(..)) => return tally.surprise(operation, "the order number was taken once more"),
        };
        match job.meaning() == expected {
            true => keep(&mut self.jobs, (job.reference, expected)),
            false => tally.surprise(operation, &format!("{:?} in the place of {expected:?}", job.meaning())),
        }
    }
}

fn create(operation: Operation, job: PaymentJob, order: OrderNumber, pence: u32) -> (Operation, Call, About) {
    let about = About::Job(Box::new(job.clone()), order, pence);
    (operation, CreateJob::new(job).into(), about)
}
