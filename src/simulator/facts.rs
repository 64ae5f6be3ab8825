//! The facts of a request, whatever its operation.

use std::borrow::Cow;

use super::subject::without_reference;
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{Origin, PaymentCard, Request, RetryNumber};
use crate::value::{Amount, CardNumber, CardOrToken, CardToken, Currency, CustomerName, Money, OriginalId};

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

impl<'a> GivenCard<'a> {
    fn of(card: &'a PaymentCard) -> Option<Self> {
        card.token().map(Self::Token).or_else(|| card.number().map(Self::Number))
    }
}

impl<'a> RequestFacts<'a> {
    /// The subject of a request, which makes two of a kind attempts at the same: the reference, or, where there is
    /// none, the transaction that is taken back and the amount.
    pub(super) fn subject(&self) -> Cow<'a, str> {
        match (self.reference, self.original, self.amount) {
            (Some(reference), ..) => Cow::Borrowed(reference),
            (None, Some(original), Some(amount)) => Cow::Owned(without_reference(&original, amount)),
            (None, ..) => Cow::Borrowed(""),
        }
    }

    pub(super) fn of(request: &'a Request) -> Self {
        let name = match request {
            Request::Sale(sale) => sale.customer.name.as_ref(),
            Request::Verify(verify) => verify.customer.name.as_ref(),
            Request::Continuous(payment) => payment.customer.name.as_ref(),
            Request::Credit(credit) => credit.customer.name.as_ref(),
            Request::Void(_) | Request::Refund(_) => None,
        };
        Self {
            kind: request.kind(),
            reference: request.reference(),
            original: request.original(),
            amount: request.money().map(Money::amount),
            currency: request.currency(),
            name,
            card: card(request),
            retry: request.retry_number().unwrap_or_default(),
        }
    }
}

/// The card, where the request names one and not a transaction.
fn card(request: &Request) -> Option<GivenCard<'_>> {
    match request {
        Request::Sale(sale) => GivenCard::of(sale.card()),
        Request::Verify(verify) => GivenCard::of(verify.card()),
        Request::Continuous(continuous) => match &continuous.terms().origin {
            Origin::Scheme(origin) => origin.card.as_ref().map(|(card, _)| card.into()),
            Origin::NetworkToken(origin) => Some(GivenCard::Number(&origin.token.number)),
            Origin::Original(_) => None,
        },
        Request::Credit(credit) => credit.terms().to.card().map(GivenCard::from),
        Request::Void(_) | Request::Refund(_) => None,
    }
}
