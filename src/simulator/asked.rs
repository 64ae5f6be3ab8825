//! What a request says, whatever its operation.

use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::RetryNumber;
use crate::remote_auth::request::{Purchase, Request};
use crate::value::{Amount, Currency, CustomerName, OriginalId};

/// The facts by which requests are told apart.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) kind: OperationKind,
    pub(super) reference: Option<&'a str>,
    pub(super) original: Option<OriginalId>,
    pub(super) amount: Option<Amount>,
    pub(super) currency: Currency,
    pub(super) name: Option<&'a CustomerName>,
    pub(super) retry: RetryNumber,
}

impl<'a> Asked<'a> {
    pub(super) fn by(request: &'a Request) -> Self {
        let (amount, currency) = money(request);
        let purchase = purchase(request);
        let credit = |request: &'a Request| match request {
            Request::Credit(credit) => Some(credit.reference().as_str()),
            _ => None,
        };
        Self {
            kind: request.kind(),
            reference: purchase.map(|purchase| purchase.reference.as_str()).or_else(|| credit(request)),
            original: reversed(request),
            amount,
            currency,
            name: purchase.and_then(|purchase| purchase.customer.name()),
            retry: request.retry_number().unwrap_or_default(),
        }
    }
}

fn money(request: &Request) -> (Option<Amount>, Currency) {
    let money = match request {
        Request::Verify(verify) => return (verify.amount(), verify.currency()),
        Request::Sale(sale) => sale.money(),
        Request::Continuous(continuous) => continuous.money(),
        Request::Void(void) => void.money(),
        Request::Refund(refund) => refund.money(),
        Request::Credit(credit) => credit.money(),
    };
    (Some(money.amount()), money.currency())
}

const fn purchase(request: &Request) -> Option<&Purchase> {
    match request {
        Request::Sale(sale) => Some(&sale.purchase),
        Request::Verify(verify) => Some(&verify.purchase),
        Request::Continuous(continuous) => Some(&continuous.purchase),
        Request::Void(_) | Request::Refund(_) | Request::Credit(_) => None,
    }
}

/// The transaction that is taken back or refunded.
const fn reversed(request: &Request) -> Option<OriginalId> {
    match request {
        Request::Void(void) => Some(*void.original()),
        Request::Refund(refund) => Some(*refund.original()),
        _ => None,
    }
}
