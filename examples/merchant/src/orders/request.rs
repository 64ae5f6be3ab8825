//! Builds the requests to the acquirer.

use cashflows_codec::remote_auth::request::{
    Card, Continuous, MerchantReference, OriginalClass, Recurrence, Refund, Sale, Verify,
};
use cashflows_codec::remote_auth::{RecurringOrigin, Request};
use cashflows_codec::value::{Money, OriginalId};

use super::Refusal;
use crate::store::{Order, State};
use crate::wanted::{Operation, OrderId, Purchase};

/// The request of an order whose card is here. Its reference is the order's id in every attempt, by which the acquirer
/// recognises a retry.
///
/// # Errors
///
/// None in practice: an order's id is always a valid reference.
pub(super) fn with_card(id: OrderId, operation: Operation, purchase: &Purchase) -> Result<Request, Refusal> {
    let reference = reference(id)?;
    let details = purchase.card.clone();
    let card = Card::new(details.number, details.expiry, details.cvv);
    let customer = purchase.customer.clone();
    Ok(if operation == Operation::Subscribe {
        let card = card.with_recurrence(Recurrence::Subscription);
        Verify::ecom(card, purchase.money.currency(), reference).with_customer(customer).into()
    } else {
        Sale::ecom(card, purchase.money, reference).with_customer(customer).into()
    })
}

/// The request for a month of a subscription.
///
/// # Errors
///
/// The subscription gives no authority for the charge.
pub(super) fn month(id: OrderId, subscription: &Order) -> Result<Request, Refusal> {
    if subscription.operation != Operation::Subscribe {
        return Err(Refusal::NoSuchSubscription);
    }
    if subscription.state != State::Authorised {
        return Err(Refusal::NotSubscribed { state: subscription.state.as_str() });
    }
    let (Some(origin), Some(reply)) = (subscription.transaction_id, &subscription.reply) else {
        return Err(Refusal::NotRecurring);
    };
    let origin = RecurringOrigin::from_stored(origin, reply.checks()).map_err(|_| Refusal::NotRecurring)?;
    let payment = Continuous::new(origin, subscription.money, reference(id)?);
    Ok(payment.with_recurrence(Recurrence::Subscription).into())
}

/// The request for a refund. It has a reference of its own, by which an acquirer that keeps such references recognises
/// a retry. Other acquirers ignore it.
///
/// # Errors
///
/// The original cannot be refunded.
pub(super) fn refund(id: OrderId, paid: &Order, money: Money) -> Result<Request, Refusal> {
    let class = match paid.operation {
        Operation::Pay => OriginalClass::Ecom,
        Operation::ChargeMonth => OriginalClass::Cont,
        other => return Err(Refusal::NotAPayment { operation: other.as_str() }),
    };
    let original = paid.transaction_id.filter(|_| paid.state == State::Authorised);
    let original = original.and_then(|id| OriginalId::try_from(id).ok());
    let original = original.ok_or(Refusal::NothingPaid { state: paid.state.as_str() })?;
    Ok(Request::from(Refund::new(original, class, money).with_reference(reference(id)?)))
}

fn reference(id: OrderId) -> Result<MerchantReference, Refusal> {
    MerchantReference::try_from(id.to_string()).map_err(|_| Refusal::NoSuchOrder)
}
