//! What a request says, whatever its operation.

use std::borrow::Cow;

use super::subject::without_reference;
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{
    CardOrToken, CardSource, CreditTo, Origin, Reference, Request, RetryNumber, SaleCard, VerifyCard,
};
use crate::value::{Amount, CardNumber, CardToken, Currency, CustomerName, OriginalId};

/// The facts by which requests are told apart.
#[derive(Clone, Copy)]
pub(super) struct RequestFacts<'a> {
    pub(super) kind: OperationKind,
    pub(super) reference: Option<&'a str>,
    /// The transaction that it goes back to.
    pub(super) original: Option<OriginalId>,
    pub(super) amount: Option<Amount>,
    pub(super) currency: Currency,
    pub(super) name: Option<&'a CustomerName>,
    pub(super) card: Option<GivenCard<'a>>,
    pub(super) retry: RetryNumber,
}

/// How a request says which card it is about.
#[derive(Clone, Copy)]
pub(super) enum GivenCard<'a> {
    /// By its number; a network token's number stands for its card.
    Number(&'a CardNumber),
    /// By a token that the acquirer has given out.
    Token(&'a CardToken),
}

impl<'a> From<&'a CardOrToken> for GivenCard<'a> {
    fn from(card: &'a CardOrToken) -> Self {
        match card {
            CardOrToken::Number(number) => Self::Number(number),
            CardOrToken::Token(token) => Self::Token(token),
        }
    }
}

impl<'a> From<&'a CardSource> for GivenCard<'a> {
    fn from(source: &'a CardSource) -> Self {
        match source {
            CardSource::Number(number) => Self::Number(number),
            CardSource::Token(token) => Self::Token(token),
            CardSource::NetworkToken(token) => Self::Number(token.number()),
        }
    }
}

impl<'a> RequestFacts<'a> {
    /// What makes two requests of a kind attempts at the same thing: the reference, or, where there is
    /// none, the transaction that is taken back and the amount.
    pub(super) fn subject(&self) -> Cow<'a, str> {
        match (self.reference, self.original, self.amount) {
            (Some(reference), ..) => Cow::Borrowed(reference),
            (None, Some(original), Some(amount)) => Cow::Owned(without_reference(&original, amount)),
            (None, ..) => Cow::Borrowed(""),
        }
    }

    pub(super) fn of(request: &'a Request) -> Self {
        let (amount, currency) = money(request);
        let (reference, name) = match request {
            Request::Sale(sale) => (Some(sale.reference().as_str()), sale.customer().name()),
            Request::Verify(verify) => (Some(verify.reference().as_str()), verify.customer().name()),
            Request::Continuous(payment) => (Some(payment.reference().as_str()), payment.customer().name()),
            Request::Credit(credit) => (Some(credit.reference().as_str()), None),
            Request::Void(reversal) | Request::Refund(reversal) => {
                (reversal.reference().map(Reference::as_str), None)
            }
        };
        let (kind, original, card) = (request.kind(), request.original(), card(request));
        let retry = request.retry_number().unwrap_or_default();
        Self { kind, reference, original, amount, currency, name, card, retry }
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

/// The card, where the request names one and not a transaction.
fn card(request: &Request) -> Option<GivenCard<'_>> {
    let details = match request {
        Request::Sale(sale) => match sale.card() {
            SaleCard::Card(card) => &card.details,
            SaleCard::Storing(card) => &card.details,
            SaleCard::Stored(card) => &card.details,
            SaleCard::Wallet(card) => &card.details,
            SaleCard::NetworkToken(card) => &card.details,
        },
        Request::Verify(verify) => match verify.card() {
            VerifyCard::Card(card) => &card.details,
            VerifyCard::Storing(card) => &card.details,
        },
        Request::Continuous(continuous) => {
            return match continuous.origin() {
                Origin::Scheme(origin) => origin.card.as_ref().map(|(card, _)| card.into()),
                Origin::Original(_) => None,
            };
        }
        Request::Credit(credit) => {
            return match &credit.to {
                CreditTo::Card(card) => Some(card.into()),
                CreditTo::Original(_) => None,
            };
        }
        Request::Void(_) | Request::Refund(_) => return None,
    };
    Some(details.source().into())
}
