//! What a request says, whatever its operation.

use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::Request;
use crate::remote_auth::request::RetryNumber;
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
        let (reference, name) = match request {
            Request::Sale(sale) => (Some(sale.reference().as_str()), sale.customer().name()),
            Request::Verify(verify) => (Some(verify.reference().as_str()), verify.customer().name()),
            Request::Continuous(payment) => (Some(payment.reference().as_str()), payment.customer().name()),
            Request::Credit(credit) => (Some(credit.reference().as_str()), None),
            Request::Void(_) | Request::Refund(_) => (None, None),
        };
        let original = match request {
            Request::Void(reversal) | Request::Refund(reversal) => Some(*reversal.original()),
            _ => None,
        };
        let retry = request.retry_number().unwrap_or_default();
        Self { kind: request.kind(), reference, original, amount, currency, name, retry }
    }
}

fn money(request: &Request) -> (Option<Amount>, Currency) {
    let money = match request {
        Request::Verify(verify) => return (verify.amount(), verify.currency()),
        Request::Sale(sale) => sale.money(),
        Request::Continuous(continuous) => continuous.money(),
        Request::Void(reversal) | Request::Refund(reversal) => reversal.money(),
        Request::Credit(credit) => credit.money(),
    };
    (Some(money.amount()), money.currency())
}
