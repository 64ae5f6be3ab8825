//! Money that goes back: refunds and cancellations.

use cashflows_codec::gateway::call::{CreateJob, RefundPayment};
use cashflows_codec::gateway::request::{self, Child, Order, PaymentJob};
use cashflows_codec::gateway::response::{
    CompletionStatus, ErrorWord, Refund as RefundRecord, Response, WarningWord,
};
use cashflows_codec::gateway::{
    JobMeaning, JobReference, Known, Money, Operation, PaymentReference, PaymentStatus,
};
use cashflows_codec::value::Currency;

use super::{VISA, card, configuration, job, luke, money, page, shop, three_ds, v};
use crate::shop::{Shop, profile};

const CANNOT_CANCEL: &str = "400 InvalidPaymentStatus";
const FINAL: &str = "400 PaymentJobAlreadyFinal";

fn paid() -> (Shop, (JobReference, PaymentReference)) {
    let mut shop = shop();
    let made = shop.made(job(luke()));
    (shop, made)
}

#[test]
fn all_is_refunded_on_the_same_day_and_parts_after_midnight() {
    let (mut shop, made) = paid();
    assert_eq!(shop.refund(made, 10_00).unwrap_err(), "400 GenericRejectionOfRefund");
    assert_eq!(shop.payment(made).refunds, []);
    // The day is over at midnight UTC: it is 08:00.
    shop.wait(16 * 3_600 - 1);
    assert_eq!(shop.refund(made, 10_00).unwrap_err(), "400 GenericRejectionOfRefund");
    shop.wait(1);
    let refund = shop.refund(made, 10_00).unwrap();
    assert_eq!((refund.status.clone(), refund.amount), (CompletionStatus::Completed, Some(v("10.00"))));
    assert_eq!(refund.number.as_deref(), Some("refund-1"));
    assert_eq!(shop.refund(made, 15_00).unwrap_err(), "400 RefundAmountExceedsOriginalAmount");
    // Shops repeat refund numbers: each is a refund of its own.
    shop.refund(made, 10_00).unwrap();
    shop.refund(made, 4_99).unwrap();
    assert_eq!(shop.refund(made, 1).unwrap_err(), "400 PaymentAlreadyFullyRefunded");
    let payment = shop.payment(made);
    assert_eq!(
        (payment.status.clone(), payment.refunds_numbered("refund-1").count()),
        (PaymentStatus::Paid, 3)
    );
    assert_eq!(shop.acquirer.ledger().balance(Currency::GBP), 0);
    let ids: Vec<_> = payment.refunds.iter().flat_map(|refund| refund.attributes.transaction_id()).collect();
    let entries = shop.acquirer.ledger().entries();
    assert_eq!(ids, entries[1..].iter().map(|entry| *entry.id()).collect::<Vec<_>>());

    let (mut shop, made) = paid();
    shop.refund(made, 24_99).unwrap();
    assert_eq!(shop.ledger(), "sale ecom 24.99 200 pending; refund ecom 24.99 000 pending = 0");
    assert_eq!(shop.refund(made, 24_99).unwrap_err(), "400 PaymentAlreadyFullyRefunded");
    assert_eq!(shop.refund(made, 25_00).unwrap_err(), "400 PaymentAlreadyFullyRefunded");
    assert_eq!(shop.cancel(made).unwrap_err(), CANNOT_CANCEL);
}

#[test]
fn when_it_was_paid_does_not_change_with_a_refund() {
    let (mut shop, made) = paid();
    let before = shop.job(made.0).paid;
    assert_eq!(before.as_ref().map(|paid| paid.as_str()), Some("2027-01-15T08:00:00.000Z"));
    shop.wait_days(1);
    shop.refund(made, 24_99).unwrap();
    let after = shop.job(made.0);
    assert_eq!((after.meaning(), after.paid), (JobMeaning::GivenBack, before));
    assert_eq!(after.last_update.unwrap().as_str(), "2027-01-16T08:00:00.000Z");
}

#[test]
fn amounts_that_are_none_of_the_currency_are_not_refunded() {
    let (mut shop, made) = paid();
    shop.wait_days(1);
    let fils = Money::new(1_001, v("KWD")).unwrap();
    let refund = request::RefundRequest::new(fils, v("refund-1"));
    let call = RefundPayment::new(made.0, made.1, refund);
    assert_eq!(shop.refused(call), "400 GenericRejectionOfRefund");
    // 1.010 has another zero, and is 1.01 pounds.
    let fils = Money::new(1_010, v("KWD")).unwrap();
    let call = RefundPayment::new(made.0, made.1, request::RefundRequest::new(fils, v("refund-1")));
    let refund: Response<RefundRecord> = shop.ask(call).unwrap();
    assert_eq!(refund.data().amount.map(|amount| amount.to_string()).as_deref(), Some("1.01"));
}

#[test]
fn only_money_that_was_taken_is_refunded() {
    let refused = card(VISA, "Ben Kenobi");
    let (no, not_yet) = ("400 InvalidPaymentForRefund", "400 InvalidRefundStatus");
    let credit = request::JobCredit::new(v::<cashflows_codec::value::CardNumber>(VISA), v("1130"), v("Luke"));
    for (made, answer) in
        [(page(), not_yet), (job(refused), no), (job(card(VISA, "Han Solo")), not_yet), (job(credit), no)]
    {
        let mut shop = shop();
        let made = shop.made(made);
        assert_eq!(shop.refund(made, 24_99).unwrap_err(), answer);
    }
    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(job(luke()));
    assert_eq!(shop.refund(made, 24_99).unwrap_err(), "400 InvalidRefundStatus");
    assert_eq!(shop.refund((made.0, v("200000000000000002")), 1).unwrap_err(), "404 RecordNotFound");
    assert_eq!(shop.refund((v("100000000000000002"), made.1), 1).unwrap_err(), "404 RecordNotFound");
    shop.cancel(made).unwrap();
    assert_eq!(shop.refund(made, 24_99).unwrap_err(), no);
}

#[test]
fn a_payment_is_cancelled_until_midnight() {
    for (seconds, cancelled) in [(0, true), (16 * 3_600 - 1, true), (16 * 3_600, false)] {
        let (mut shop, made) = paid();
        shop.wait(seconds);
        let answer = shop.cancel(made);
        assert_eq!(answer.is_ok(), cancelled, "{seconds}");
        let Ok(payment) = answer else {
            assert_eq!((answer.unwrap_err().as_str(), shop.voids()), (CANNOT_CANCEL, 0));
            shop.refund(made, 24_99).unwrap();
            continue;
        };
        // A cancelled payment keeps its amount: the status says what it means.
        assert_eq!((payment.status, payment.paid_amount), (PaymentStatus::Cancelled, Some(v("24.99"))));
        assert_eq!(shop.job(made.0).paid_amount, None);
        assert_eq!(shop.cancel(made).unwrap_err(), CANNOT_CANCEL);
        assert_eq!(shop.ledger(), "sale ecom 24.99 200 voided; void ecom 24.99 000 done = 0");
    }
}

#[test]
fn what_waits_is_cancelled_and_what_has_ended_is_not() {
    for (made, says) in
        [(page(), true), (job(card(VISA, "Han Solo")), true), (job(card(VISA, "Ben Kenobi")), false)]
    {
        let mut shop = shop();
        let made = shop.made(made);
        assert_eq!(shop.cancel(made).is_ok(), says);
        assert_eq!((shop.charges(), shop.voids()), (0, 0));
    }
    // A credit is taken back like a charge.
    let mut shop = shop();
    let credit = request::JobCredit::new(v::<cashflows_codec::value::CardNumber>(VISA), v("1130"), v("Luke"));
    let made = shop.made(job(credit));
    assert_eq!(shop.acquirer.ledger().balance(Currency::GBP), -24_99);
    assert_eq!(shop.cancel(made).unwrap().status, PaymentStatus::Cancelled);
    assert_eq!(shop.acquirer.ledger().balance(Currency::GBP), 0);
}

#[test]
fn a_job_that_is_cancelled_keeps_what_is_complete() {
    let (mut shop, made) = paid();
    let answer = shop.cancel_job(made.0).unwrap();
    let warnings: Vec<_> = answer.warnings().iter().flat_map(|warning| &warning.code).collect();
    assert_eq!(
        warnings.iter().map(|code| code.warning()).collect::<Vec<_>>(),
        [WarningWord::UnexpectedPaymentStatus]
    );
    assert_eq!((answer.status(), answer.data().meaning()), (200, JobMeaning::Taken));
    assert_eq!((shop.charges(), shop.voids()), (1, 0));
    assert_eq!(shop.cancel_job(made.0).unwrap_err(), FINAL);
    // Its payment can still be cancelled: then the job is over.
    shop.cancel(made).unwrap();
    assert_eq!(shop.says(made.0), "Cancelled open; Cancelled not_taken");

    let mut shop = Shop::with(configuration().capturing_by_call());
    let made = shop.made(job(luke()));
    shop.cancel_job(made.0).unwrap();
    assert_eq!(shop.says(made.0), "Cancelled reserved; Reserved reserved");
    shop.capture(made, request::CaptureRequest::all()).unwrap();
    assert_eq!(shop.says(made.0), "Paid taken; Paid taken");
}

#[test]
fn a_job_that_is_cancelled_before_it_is_paid_is_over() {
    for kind in [page(), job(card(VISA, "Han Solo")), job(card(VISA, "Ben Kenobi"))] {
        let mut shop = shop();
        let (made, _) = shop.made(kind);
        let answer = shop.cancel_job(made).unwrap();
        assert!(answer.warnings().is_empty());
        let known = Known::new().answer_to(Operation::CancelJob);
        assert_eq!(answer.data().meaning_with(&known), JobMeaning::NotTaken);
        assert!(answer.links().action.is_none());
        assert_eq!(shop.cancel_job(made).unwrap_err(), FINAL);
    }
    assert_eq!(shop().cancel_job(v("100000000000000001")).unwrap_err(), "404 RecordNotFound");
    assert_eq!(shop().cancel_job(v("200000000000000001")).unwrap_err(), "404 RecordNotFound");
}

/// Every listed word of an error but those of situations that the simulator does not have.
#[test]
fn every_error_word_is_come_to() {
    let refused = |shop: &mut Shop, made: PaymentJob| shop.refused(CreateJob::new(made));
    let reserving = || Shop::with(configuration().capturing_by_call());
    let word = |word: &ErrorWord| -> Option<String> {
        let (mut shop, made) =
            if word.as_str().starts_with("Capture") || *word == ErrorWord::InvalidRefundStatus {
                let mut shop = reserving();
                let made = shop.made(job(luke()));
                (shop, made)
            } else {
                paid()
            };
        let of = |holder: &str| PaymentJob::new(money(1), Order::new(v("cart-2")), card(VISA, holder));
        Some(match word {
            ErrorWord::CaptureAmountExceedsOriginalAuthorisation => {
                shop.capture(made, request::CaptureRequest::part(money(99_00))).unwrap_err()
            }
            ErrorWord::GenericRejectionOfRefund => shop.refund(made, 1).unwrap_err(),
            ErrorWord::InvalidCaptureStatus => {
                shop.capture(made, request::CaptureRequest::all()).unwrap_err()
            }
            ErrorWord::InvalidPaymentForRefund => {
                shop.cancel(made).unwrap();
                shop.refund(made, 1).unwrap_err()
            }
            ErrorWord::InvalidPaymentForCredit => {
                let mut shop = Shop::with_profile(profile().with_category(5411), configuration());
                let number = v::<cashflows_codec::value::CardNumber>(VISA);
                let (made, _) = shop.made(job(request::JobCredit::new(number, v("1130"), v("Luke"))));
                shop.says(made)
            }
            ErrorWord::InvalidPaymentStatus => {
                shop.wait_days(1);
                shop.cancel(made).unwrap_err()
            }
            ErrorWord::InvalidRefundStatus => shop.refund(made, 24_99).unwrap_err(),
            ErrorWord::NonThreeDSecureNotAllowed => {
                let mut shop = Shop::with_profile(profile().requiring_three_ds(), configuration());
                let none = card(VISA, "Luke Skywalker").with_three_ds(three_ds("07"));
                let (made, _) = shop.made(job(none));
                shop.says(made)
            }
            ErrorWord::PaymentAlreadyFullyRefunded => {
                shop.refund(made, 24_99).unwrap();
                shop.refund(made, 24_99).unwrap_err()
            }
            ErrorWord::RefundAmountExceedsOriginalAmount => shop.refund(made, 25_00).unwrap_err(),
            ErrorWord::ThreeDSecureFailed => {
                let (made, _) = shop.made(of("Darth Maul"));
                shop.says(made)
            }
            ErrorWord::ThreeDSecureUnavailable => {
                let (made, _) = shop.made(of("Darth Vader"));
                shop.says(made)
            }
            ErrorWord::InvalidCustomerReference => {
                let order = Order::new(v("cart-2")).with_customer(v("9"));
                refused(&mut shop, PaymentJob::new(money(1), order, luke()))
            }
            ErrorWord::CannotRecurOnNonRecurringParent => {
                refused(&mut shop, PaymentJob::new(money(1), Order::new(v("cart-2")), Child::new(made.0)))
            }
            ErrorWord::OrderReferenceNotUnique => refused(&mut shop, job(luke())),
            ErrorWord::PaymentJobAlreadyFinal => {
                shop.cancel_job(made.0).unwrap();
                shop.cancel_job(made.0).unwrap_err()
            }
            ErrorWord::RecordNotFound => {
                refused(&mut shop, PaymentJob::new(money(1), Order::new(v("cart-2")), Child::new(v("9"))))
            }
            _ => return None,
        })
    };
    let not_simulated = [
        ErrorWord::GenericRejectionOfPayment,
        ErrorWord::GenericRejectionOfCredit,
        ErrorWord::NoPaymentMethodSelected,
        ErrorWord::PaymentJobCannotBeCancelled,
        ErrorWord::CommunicationError,
        ErrorWord::PaymentMethodNotAllowed,
        ErrorWord::PaymentMethodRejectedRequest,
        ErrorWord::InvalidAmountForPaymentMethod,
        ErrorWord::InvalidRecipientDetails,
        ErrorWord::ThreeDSecureMethodPostCallbackConflict,
        ErrorWord::DirectCardPaymentsNotAllowed,
        ErrorWord::TooManyAttempts,
        ErrorWord::ParentFrameDomainsNotAllowed,
        ErrorWord::NoPaymentMethodsAvailable,
    ];
    for listed in ErrorWord::ALL {
        match word(listed) {
            Some(said) => assert!(said.ends_with(&format!(" {listed}")), "{listed}: {said}"),
            None => assert!(not_simulated.contains(listed), "{listed}"),
        }
    }
}
