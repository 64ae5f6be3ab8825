//! What one front door does, the other sees.

use cashflows_codec::gateway::{PaymentMeaning, PaymentStatus};
use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::simulator::gateway::Authentication;
use cashflows_codec::simulator::{Effect, Symptom, When};

use super::{configuration, job, luke, moto, shop, v};
use crate::shop::{Shop, code};

/// A void or refund by Remote Auth of the first payment, which is a sale of 24.99.
fn remote(shop: &mut Shop, step: &str) -> String {
    code(&shop.play(step))
}

#[test]
fn a_void_by_remote_auth_cancels_the_payment() {
    let mut shop = Shop::with(configuration().with_webhook_url(v("https://shop.test/hook")));
    let made = shop.made(job(luke()));
    assert_eq!(shop.acquirer.due_notifications(shop.now).len(), 1);
    assert_eq!(remote(&mut shop, "void"), "A");
    assert_eq!(shop.says(made.0), "Cancelled open; Cancelled not_taken");
    let payment = shop.payment(made);
    let void = payment.attributes.void_transaction_id().unwrap();
    assert_eq!(shop.acquirer.payment_of(&void), Some(made));
    assert_eq!(payment.paid_amount, Some(v("24.99")));
    assert_eq!(shop.acquirer.due_notifications(shop.now).len(), 1);
    assert_eq!(shop.cancel(made).unwrap_err(), "400 InvalidPaymentStatus");
    assert_eq!(shop.refund(made, 24_99).unwrap_err(), "400 InvalidPaymentForRefund");
    assert_eq!(shop.voids(), 1);
}

#[test]
fn a_void_by_the_gateway_is_seen_by_remote_auth() {
    let mut shop = shop();
    let made = shop.made(job(luke()));
    assert_eq!(shop.cancel(made).unwrap().status, PaymentStatus::Cancelled);
    assert_eq!(remote(&mut shop, "void"), "V242");
    assert_eq!(remote(&mut shop, "refund"), "V242");
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 voided; void ecom 24.99 000 done = 0");
}

#[test]
fn a_refund_by_remote_auth_is_among_those_of_the_payment() {
    let mut shop = shop();
    let made = shop.made(job(moto()));
    shop.wait_days(1);
    assert_eq!(remote(&mut shop, "refund tran_class=moto tran_amount=10.00"), "A");
    let payment = shop.payment(made);
    assert_eq!((payment.meaning(), payment.refunds.len()), (PaymentMeaning::Taken, 1));
    assert_eq!((payment.refunds[0].amount, &payment.refunds[0].number), (Some(v("10.00")), &None));
    let id = payment.refunds[0].attributes.transaction_id().unwrap();
    assert_eq!(shop.acquirer.payment_of(&id), Some(made));

    assert_eq!(shop.refund(made, 15_00).unwrap_err(), "400 RefundAmountExceedsOriginalAmount");
    shop.refund(made, 14_99).unwrap();
    assert_eq!(shop.refund(made, 1).unwrap_err(), "400 PaymentAlreadyFullyRefunded");
    assert_eq!(remote(&mut shop, "refund tran_class=moto tran_amount=0.01"), "V222");
    let numbers: Vec<_> = shop.payment(made).refunds.into_iter().map(|refund| refund.number).collect();
    assert_eq!(numbers, [None, Some("refund-1".into())]);
}

#[test]
fn what_is_put_on_hold_is_reserved_until_it_is_released() {
    let mut shop = shop();
    let made = shop.made(job(luke()));
    let id = shop.payment(made).attributes.transaction_id().unwrap();
    shop.acquirer.hold(shop.now, &id).unwrap();
    assert_eq!(shop.says(made.0), "Reserved reserved; Reserved reserved");
    shop.upload(&["01S00000001"]);
    assert_eq!(shop.says(made.0), "Paid taken; Paid taken");

    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(job(luke()));
    shop.upload(&["01S00000001"]);
    assert_eq!(shop.says(made.0), "Paid taken; Paid taken");
    let all = cashflows_codec::gateway::request::CaptureRequest::all();
    assert_eq!(shop.capture(made, all).unwrap_err(), "400 InvalidCaptureStatus");
}

/// A refund of what is on hold lets go of it: it neither expires nor is captured, and nobody gets money
/// that nobody paid.
#[test]
fn a_refund_of_what_is_reserved_releases_it() {
    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(job(luke()));
    assert_eq!(remote(&mut shop, "refund"), "A");
    assert_eq!(shop.says(made.0), "Paid given_back; Paid taken");
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 pending; refund ecom 24.99 000 pending = 0");
    let all = cashflows_codec::gateway::request::CaptureRequest::all();
    assert_eq!(shop.capture(made, all).unwrap_err(), "400 InvalidCaptureStatus");
    assert_eq!(shop.refund(made, 24_99).unwrap_err(), "400 PaymentAlreadyFullyRefunded");
    shop.wait_days(9);
    assert_eq!(shop.says(made.0), "Paid given_back; Paid taken");
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 settled; refund ecom 24.99 000 settled = 0");
}

/// Where a part was captured, the rest has to be ended first.
#[test]
fn what_is_captured_in_part_is_neither_voided_nor_refunded() {
    use cashflows_codec::gateway::request::CaptureRequest;
    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(job(luke()));
    shop.capture(made, CaptureRequest::part(super::money(10_00)).with_final(false)).unwrap();
    assert_eq!(remote(&mut shop, "void"), "V241");
    assert_eq!(remote(&mut shop, "refund"), "V224");
    assert_eq!(shop.cancel(made).unwrap_err(), "400 InvalidPaymentStatus");
    assert_eq!(shop.refund(made, 10_00).unwrap_err(), "400 InvalidRefundStatus");
    shop.wait_days(8);
    assert_eq!(shop.says(made.0), "Paid partly_taken; Paid taken");
    assert_eq!(shop.ledger(), "sale ecom 10.00 200 settled = 1000");
    shop.refund(made, 10_00).unwrap();
    assert_eq!(shop.ledger(), "sale ecom 10.00 200 settled; refund ecom 10.00 000 pending = 0");
}

/// The gateway does not know yet what became of the charge, and Remote Auth takes it back meanwhile.
#[test]
fn what_was_voided_before_it_was_found_out_was_not_paid() {
    let mut shop = shop();
    shop.acquirer.script(When::any().operation(OperationKind::Sale), Effect::LoseAnswer(Symptom::Silence));
    let made = shop.made(job(luke()));
    assert_eq!(shop.says(made.0), "Commissioned open; Commissioned open");
    assert_eq!(shop.acquirer.job_charges("cart-1").count(), 1);
    assert_eq!(remote(&mut shop, "void"), "A");
    assert_eq!(shop.says(made.0), "Commissioned open; Commissioned open");
    shop.wait(60);
    assert_eq!(shop.says(made.0), "Cancelled open; Cancelled not_taken");
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 voided; void ecom 24.99 000 done = 0");
}

/// A continuous payment of Remote Auth that goes on from a payment is none of its job.
#[test]
fn a_transaction_that_only_goes_on_from_a_payment_is_not_its() {
    let mut shop = shop();
    let made = shop.made(job(luke()));
    assert_eq!(remote(&mut shop, "cont"), "A");
    let id = *shop.acquirer.ledger().entries()[1].id();
    assert_eq!(shop.acquirer.payment_of(&id), None);
    assert_eq!(shop.acquirer.job_charges("cart-1").count(), 1);
    assert_eq!(shop.payment(made).refunds, []);
}

/// A charge that was refunded is over: on hold it would expire, and the refund remain.
#[test]
fn what_was_refunded_is_not_put_on_hold() {
    let mut shop = shop();
    let made = shop.made(job(luke()));
    let id = shop.payment(made).attributes.transaction_id().unwrap();
    shop.refund(made, 24_99).unwrap();
    assert!(shop.acquirer.hold(shop.now, &id).is_err());
    shop.wait_days(9);
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 settled; refund ecom 24.99 000 settled = 0");
}

/// The steps of a payment tell what happened at both doors, and what its status was then.
#[test]
fn steps_tell_what_happened() {
    use cashflows_codec::gateway::request::CaptureRequest;
    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(super::page());
    let page = shop.page_of(made.0);
    shop.acquirer.pay(shop.now, &page, super::entered("Han Solo"));
    shop.authenticate(&page, Authentication::Passed);
    shop.capture(made, CaptureRequest::part(super::money(4_99)).with_final(false)).unwrap();
    shop.capture(made, CaptureRequest::all()).unwrap();
    shop.wait_days(1);
    assert_eq!(remote(&mut shop, "refund tran_amount=10.00"), "A");
    shop.refund(made, 14_99).unwrap();
    let steps = shop.payment(made).steps;
    let told: Vec<String> = steps
        .iter()
        .map(|step| format!("{} {}", step.action.as_ref().unwrap(), step.status.as_ref().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            "DisplayHostedPage Pending",
            "Start Pending",
            "Process Reserved",
            "Capture Reserved",
            "Capture Paid",
            "Refund Paid",
            "Refund Paid",
        ]
    );
    let mut references: Vec<_> = steps.iter().map(|step| step.reference.get()).collect();
    references.dedup();
    assert_eq!(references.len(), told.len());
}
