//! What is reserved: captured in whole, in parts, too much, too late.

use cashflows_codec::gateway::request::CaptureRequest;
use cashflows_codec::gateway::response::CompletionStatus;
use cashflows_codec::gateway::{JobReference, PaymentReference, PaymentStatus};

use super::{configuration, job, luke, money, page, v};
use crate::shop::Shop;

const RESERVED: &str = "Reserved reserved; Reserved reserved";
const PAID: &str = "Paid taken; Paid taken";
const IN_PART: &str = "Paid partly_taken; Paid taken";
const TOO_MUCH: &str = "400 CaptureAmountExceedsOriginalAuthorisation";
const STATUS: &str = "400 InvalidCaptureStatus";

type Made = (JobReference, PaymentReference);

fn reserving() -> (Shop, Made) {
    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(job(luke()));
    (shop, made)
}

fn part(pence: u64) -> CaptureRequest {
    CaptureRequest::part(money(pence)).with_final(false)
}

#[test]
fn all_is_captured_at_once() {
    let (mut shop, made) = reserving();
    assert_eq!(shop.says(made.0), RESERVED);
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 on_hold = 2499");
    assert_eq!(shop.payment(made).paid_amount, None);
    let capture = shop.capture(made, CaptureRequest::all()).unwrap();
    assert_eq!((capture.status, capture.is_final), (CompletionStatus::Completed, Some(true)));
    assert_eq!(capture.amount, Some(v("24.99")));
    assert_eq!(shop.says(made.0), PAID);
    let payment = shop.payment(made);
    assert_eq!((payment.paid_amount, payment.captures.len()), (Some(v("24.99")), 1));
    assert_eq!(payment.captures[0].reference, capture.reference);
    assert_eq!(payment.captures[0].attributes.transaction_id(), payment.attributes.transaction_id());
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 pending = 2499");
    assert_eq!(shop.capture(made, CaptureRequest::all()).unwrap_err(), STATUS);
}

#[test]
fn parts_are_captured_until_nothing_is_left() {
    let (mut shop, made) = reserving();
    shop.capture(made, part(10_00)).unwrap();
    assert_eq!(shop.says(made.0), RESERVED);
    assert_eq!(shop.capture(made, part(15_00)).unwrap_err(), TOO_MUCH);
    shop.wait_days(3);
    shop.capture(made, part(10_00)).unwrap();
    assert_eq!(shop.says(made.0), RESERVED);
    let rest = shop.capture(made, CaptureRequest::all()).unwrap();
    assert_eq!((rest.amount, rest.is_final), (Some(v("4.99")), Some(true)));
    assert_eq!(shop.says(made.0), PAID);
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 pending = 2499");
    let amounts: Vec<_> = shop.payment(made).captures.iter().flat_map(|capture| capture.amount).collect();
    assert_eq!(amounts, [v("10.00"), v("10.00"), v("4.99")]);
}

#[test]
fn a_final_capture_lets_go_of_the_rest() {
    let (mut shop, made) = reserving();
    shop.capture(made, part(5_00)).unwrap();
    shop.capture(made, CaptureRequest::part(money(10_00)).with_final(true)).unwrap();
    assert_eq!(shop.says(made.0), IN_PART);
    assert_eq!(shop.ledger(), "sale ecom 15.00 200 pending = 1500");
    let record = shop.payment(made);
    assert_eq!((record.paid_amount, record.amount_to_collect), (Some(v("15.00")), Some(v("24.99"))));
    assert_eq!(shop.capture(made, part(1)).unwrap_err(), STATUS);
    shop.wait_days(1);
    assert_eq!(shop.refund(made, 15_01).unwrap_err(), "400 RefundAmountExceedsOriginalAmount");
    shop.refund(made, 15_00).unwrap();
    assert_eq!(shop.refund(made, 1).unwrap_err(), "400 PaymentAlreadyFullyRefunded");
    assert_eq!(shop.acquirer.ledger().balance(cashflows_codec::value::Currency::GBP), 0);
}

/// Without a word about it, a capture of a part is not the last.
#[test]
fn amounts_are_of_what_is_left() {
    for (capture, answer) in [
        (CaptureRequest::part(money(24_99)), None),
        (CaptureRequest::part(money(24_98)), None),
        (CaptureRequest::part(money(25_00)), Some(TOO_MUCH)),
        (CaptureRequest::part(money(25_00)).with_final(true), Some(TOO_MUCH)),
    ] {
        let (mut shop, made) = reserving();
        assert_eq!(shop.capture(made, capture).err().as_deref(), answer);
    }
    let (mut shop, made) = reserving();
    let capture = shop.capture(made, CaptureRequest::part(money(10_00))).unwrap();
    assert_eq!((capture.is_final, shop.says(made.0).as_str()), (Some(false), RESERVED));
}

#[test]
fn cards_may_be_captured_whole_only() {
    let mut shop = Shop::with(configuration().capturing_by_call().capturing_whole_only());
    let made = shop.made(job(luke()));
    assert_eq!(shop.capture(made, part(10_00)).unwrap_err(), TOO_MUCH);
    assert_eq!(
        shop.capture(made, CaptureRequest::part(money(10_00)).with_final(true)).unwrap_err(),
        TOO_MUCH
    );
    assert_eq!((shop.says(made.0).as_str(), shop.payment(made).captures.len()), (RESERVED, 0));
    shop.capture(made, CaptureRequest::part(money(24_99))).unwrap();
    assert_eq!(shop.says(made.0), PAID);
}

#[test]
fn what_nobody_captured_within_seven_days_expires() {
    let (mut shop, made) = reserving();
    shop.wait_days(7);
    assert_eq!(shop.says(made.0), RESERVED);
    shop.wait(1);
    assert_eq!(shop.says(made.0), "Expired open; Expired not_taken");
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 expired = 0");
    assert_eq!(shop.payment(made).paid_amount, None);
    assert_eq!(shop.capture(made, CaptureRequest::all()).unwrap_err(), STATUS);
    assert_eq!(shop.refund(made, 24_99).unwrap_err(), "400 InvalidPaymentForRefund");
    assert_eq!(shop.cancel(made).unwrap_err(), "400 InvalidPaymentStatus");
}

#[test]
fn what_was_captured_in_part_is_taken_after_seven_days_and_the_rest_is_not() {
    let (mut shop, made) = reserving();
    shop.capture(made, part(10_00)).unwrap();
    shop.wait_days(7);
    shop.wait(1);
    assert_eq!(shop.says(made.0), IN_PART);
    assert_eq!(shop.ledger(), "sale ecom 10.00 200 pending = 1000");
    assert_eq!(shop.payment(made).paid_amount, Some(v("10.00")));
    assert_eq!(shop.capture(made, CaptureRequest::all()).unwrap_err(), STATUS);
}

#[test]
fn a_reservation_is_cancelled_on_any_of_its_days() {
    for days in [0, 3, 7] {
        let (mut shop, made) = reserving();
        shop.wait_days(days);
        let payment = shop.cancel(made).unwrap();
        assert_eq!((payment.status, payment.paid_amount), (PaymentStatus::Cancelled, None));
        assert_eq!(shop.ledger(), "sale ecom 24.99 200 voided; void ecom 24.99 000 done = 0");
        assert_eq!(shop.capture(made, CaptureRequest::all()).unwrap_err(), STATUS);
        shop.wait_days(9);
        assert_eq!(shop.says(made.0), "Cancelled open; Cancelled not_taken");
    }
}

/// Captured today, it can be cancelled today: all of it.
#[test]
fn what_was_captured_is_cancelled_until_midnight() {
    let (mut shop, made) = reserving();
    shop.wait_days(2);
    shop.capture(made, CaptureRequest::part(money(10_00)).with_final(true)).unwrap();
    let (mut late, later) = (Shop { acquirer: shop.acquirer.clone(), now: shop.now }, made);
    assert_eq!(shop.cancel(made).unwrap().status, PaymentStatus::Cancelled);
    assert_eq!(shop.acquirer.ledger().balance(cashflows_codec::value::Currency::GBP), 0);
    late.wait_days(1);
    assert_eq!(late.cancel(later).unwrap_err(), "400 InvalidPaymentStatus");
}

#[test]
fn only_what_is_reserved_is_captured() {
    let mut shop = super::shop();
    let paid = shop.made(job(luke()));
    assert_eq!(shop.capture(paid, CaptureRequest::all()).unwrap_err(), STATUS);
    let mut shop = super::shop();
    let waiting = shop.made(page());
    assert_eq!(shop.capture(waiting, CaptureRequest::all()).unwrap_err(), STATUS);
    let other = (waiting.0, v("200000000000000009"));
    assert_eq!(shop.capture(other, CaptureRequest::all()).unwrap_err(), "404 RecordNotFound");
    let of_no_job = (v("100000000000000009"), waiting.1);
    assert_eq!(shop.capture(of_no_job, CaptureRequest::all()).unwrap_err(), "404 RecordNotFound");
}
