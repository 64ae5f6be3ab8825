//! From a path to what is there (section 1).

use percent_encoding::percent_decode_str;

use crate::gateway::call::Method;
use crate::gateway::{JobReference, Operation, OrderNumber, PaymentReference};

/// The resource at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Jobs,
    Job(JobReference),
    CancelJob(JobReference),
    Payment(JobReference, PaymentReference),
    CancelPayment(JobReference, PaymentReference),
    Refunds(JobReference, PaymentReference),
    Captures(JobReference, PaymentReference),
    Tokenisation,
    Methods,
    Order(OrderNumber),
}

impl Route {
    /// Finds the resource at `path`, if there is one. A reference that is none names nothing.
    pub(super) fn of(path: &str) -> Option<Self> {
        let mut parts = path.strip_prefix("/api/gateway/")?.split('/');
        let mut next = || parts.next();
        let parts = [next(), next(), next(), next(), next(), next()];
        let (first, second, rest) = match parts {
            [Some(first), second, third, fourth, fifth, None] => (first, second, [third, fourth, fifth]),
            _ => return None,
        };
        match (first, second, rest) {
            ("payment-jobs", None, _) => Some(Self::Jobs),
            ("payment-jobs", job, [None, ..]) => Some(Self::Job(reference(job)?)),
            ("payment-jobs", job, [Some("cancel"), None, _]) => Some(Self::CancelJob(reference(job)?)),
            ("payment-jobs", job, [Some("payments"), payment, action]) => {
                let (job, payment) = (reference(job)?, reference(payment)?);
                match action {
                    None => Some(Self::Payment(job, payment)),
                    Some("cancel") => Some(Self::CancelPayment(job, payment)),
                    Some("refunds") => Some(Self::Refunds(job, payment)),
                    Some("captures") => Some(Self::Captures(job, payment)),
                    Some(_) => None,
                }
            }
            ("card-tokenisation", None, _) => Some(Self::Tokenisation),
            ("supported-payment-methods", None, _) => Some(Self::Methods),
            ("orders", Some(number), [None, ..]) => order_number(number).map(Self::Order),
            _ => None,
        }
    }

    const fn operation(&self) -> Operation {
        match self {
            Self::Jobs => Operation::CreateJob,
            Self::Job(_) => Operation::RetrieveJob,
            Self::CancelJob(_) => Operation::CancelJob,
            Self::Payment(..) => Operation::RetrievePayment,
            Self::CancelPayment(..) => Operation::CancelPayment,
            Self::Refunds(..) => Operation::RefundPayment,
            Self::Captures(..) => Operation::CapturePayment,
            Self::Tokenisation => Operation::TokeniseCard,
            Self::Methods => Operation::ListPaymentMethods,
            Self::Order(_) => Operation::FindOrder,
        }
    }

    pub(super) const fn method(&self) -> Method {
        self.operation().method()
    }
}

fn reference<T: for<'t> TryFrom<&'t str>>(segment: Option<&str>) -> Option<T> {
    T::try_from(segment?).ok()
}

fn order_number(segment: &str) -> Option<OrderNumber> {
    let text = decoded(segment)?;
    OrderNumber::of_any_form(&text).ok()
}

/// Text out of its percent-encoding. None if an escape is none, or not of UTF-8.
fn decoded(text: &str) -> Option<String> {
    let escapes = text.split('%').skip(1);
    let right = |escape: &str| matches!(escape.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    escapes
        .clone()
        .all(right)
        .then(|| percent_decode_str(text))?
        .decode_utf8()
        .ok()
        .map(|text| text.into_owned())
}
