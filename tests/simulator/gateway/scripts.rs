//! What goes wrong because a test says so, with calls and with the card transactions behind them: what a
//! shop makes of it is never wrong about money.

use std::time::Duration;

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::{
    CaptureRequest, Child, Order, Parent, PaymentJob, RecurrenceCriteria, RefundRequest,
};
use cashflows_codec::gateway::response::{Job, OrderPresence, Payment};
use cashflows_codec::gateway::{CallOutcome, JobReference, NextStep, Operation, PaymentReference};
use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::simulator::gateway::{Effect, Next, Symptom, When};
use cashflows_codec::simulator::{self as remote, Delivery};

use super::{configuration, entered, job, luke, money, page, shop, v};
use crate::shop::Shop;

const PAID: &str = "Paid taken; Paid taken";

type Made = (JobReference, PaymentReference);

/// What a shop makes of whatever came back, silence included.
fn outcome<C: CallType>(delivery: &Delivery) -> (CallOutcome, NextStep) {
    let decoded = match delivery {
        Delivery::Silence => return (CallOutcome::Unknown, NextStep::after_unknown(C::OPERATION)),
        Delivery::Payload(payload) => C::decode(payload.status(), payload.body()),
    };
    (CallOutcome::of(&decoded), NextStep::of(&decoded))
}

#[test]
fn each_symptom_of_a_call_leaves_it_unknown() {
    for &symptom in Symptom::ALL {
        for (effect, charges) in [(Effect::LoseRequest(symptom), 0), (Effect::LoseAnswer(symptom), 1)] {
            let mut shop = shop();
            shop.acquirer.script_calls(When::any().on_call(1), effect.clone());
            let delivery = shop.acquirer.send_call(shop.now, CreateJob::new(job(luke())));
            let made = outcome::<CreateJob>(&delivery);
            assert_eq!(made, (CallOutcome::Unknown, NextStep::LookForOrder), "{effect:?}");
            assert_eq!(shop.charges(), charges, "{effect:?}");
            // What is to be done next tells, and a second job is not made by mistake.
            let (status, _) = shop.deliver(FindOrder::new(v("cart-1")));
            let present = OrderPresence::from_status(status) == OrderPresence::Present;
            assert_eq!(present, charges == 1, "{effect:?}");
            let again = shop.ask(CreateJob::new(job(luke())));
            assert_eq!((again.is_err(), shop.charges()), (present, 1), "{effect:?}");
        }
    }
}

#[test]
fn each_symptom_looks_as_it_is_called() {
    for (symptom, status, kind) in [
        (Symptom::InternalError, 500, "application/json"),
        (Symptom::BadResponse, 406, "application/json"),
        (Symptom::Unavailable, 503, "application/json"),
        (Symptom::HtmlPage, 502, "text/html"),
        (Symptom::HalfBody, 201, "application/json"),
    ] {
        let mut shop = shop();
        shop.acquirer.script_calls(When::any(), Effect::LoseAnswer(symptom));
        let Delivery::Payload(payload) = shop.acquirer.send_call(shop.now, CreateJob::new(page())) else {
            panic!("{symptom}")
        };
        assert_eq!((payload.status(), payload.content_type()), (status, kind), "{symptom}");
        assert!(!payload.body().is_empty());
        // The answer to HEAD has no body, whatever goes wrong.
        let Delivery::Payload(payload) = shop.acquirer.send_call(shop.now, FindOrder::new(v("cart-1")))
        else {
            panic!("{symptom}")
        };
        assert!(payload.body().is_empty() && payload.content_type().is_empty(), "{symptom}");
        let presence = OrderPresence::from_status(payload.status());
        assert_eq!(presence == OrderPresence::Unknown, symptom != Symptom::HalfBody, "{symptom}");
    }
    let mut shop = shop();
    shop.acquirer.script_calls(When::any(), Effect::LoseRequest(Symptom::Silence));
    assert_eq!(shop.acquirer.send_call(shop.now, CreateJob::new(page())), Delivery::Silence);
}

/// A call that moves money, lost before or after it was done: the payment tells which.
#[test]
fn what_became_of_a_lost_call_is_found_at_the_payment() {
    type Call = fn(Made) -> cashflows_codec::gateway::call::Call;
    type IsDone = fn(&Payment, &Job) -> bool;
    type Read = fn(&Delivery) -> (CallOutcome, NextStep);
    let refund: Call = |(job, payment)| {
        RefundPayment::new(job, payment, RefundRequest::new(money(24_99), v("refund-7"))).into()
    };
    let capture: Call = |(job, payment)| CapturePayment::new(job, payment, CaptureRequest::all()).into();
    let cancel: Call = |(job, payment)| CancelPayment::new(job, payment).into();
    let cancel_job: Call = |(job, _)| CancelJob::new(job).into();
    let rows: [(Operation, Call, Read, NextStep, IsDone); 4] = [
        (
            Operation::RefundPayment,
            refund,
            outcome::<RefundPayment>,
            NextStep::LookForRefund,
            |payment, _| payment.refunds_numbered("refund-7").count() == 1,
        ),
        (
            Operation::CapturePayment,
            capture,
            outcome::<CapturePayment>,
            NextStep::LookForCapture,
            |payment, _| payment.captures.len() == 1,
        ),
        (
            Operation::CancelPayment,
            cancel,
            outcome::<CancelPayment>,
            NextStep::RetrievePayment,
            |payment, _| payment.status.as_str() == "Cancelled",
        ),
        (Operation::CancelJob, cancel_job, outcome::<CancelJob>, NextStep::RetrieveJob, |_, job| {
            job.payment_status.as_str() == "Cancelled"
        }),
    ];
    for (operation, call, read, next, is_done) in rows {
        for &symptom in Symptom::ALL {
            for (effect, done) in [(Effect::LoseRequest(symptom), false), (Effect::LoseAnswer(symptom), true)]
            {
                let reserves = matches!(operation, Operation::CapturePayment | Operation::CancelJob);
                let configuration =
                    if reserves { configuration().capturing_by_call() } else { configuration() };
                let mut shop = Shop::with(configuration);
                let made = shop.made(job(luke()));
                shop.acquirer.script_calls(When::any().operation(operation).on_call(1), effect.clone());
                let delivery = shop.acquirer.send_call(shop.now, call(made));
                let came = read(&delivery);
                assert_eq!(came, (CallOutcome::Unknown, next), "{operation} {effect:?}");
                let (payment, job) = (shop.payment(made), shop.job(made.0));
                assert_eq!(is_done(&payment, &job), done, "{operation} {effect:?}");
            }
        }
    }
}

#[test]
fn a_rejected_call_did_nothing() {
    for (status, code, outcome) in [
        (400, "InvalidPaymentStatus", CallOutcome::NotDone),
        (403, "RecordNotFound", CallOutcome::NotDone),
        (400, "SomethingNew", CallOutcome::Unknown),
        (500, "InvalidPaymentStatus", CallOutcome::Unknown),
        (200, "InvalidPaymentStatus", CallOutcome::Unknown),
    ] {
        let mut shop = shop();
        shop.acquirer.script_calls(When::any().on_call(1), Effect::Reject(status, code.into()));
        let Err(error) = shop.ask(CreateJob::new(job(luke()))) else { panic!("it is rejected") };
        assert_eq!((error.status(), error.outcome()), (status, outcome), "{code}");
        assert_eq!((shop.charges(), shop.acquirer.jobs().len()), (0, 0));
        shop.made(job(luke()));
        assert_eq!(shop.charges(), 1);
    }
}

#[test]
fn a_rule_is_for_the_calls_that_fit() {
    let reject = || Effect::Reject(400, "InvalidPaymentStatus".into());
    let second_order =
        |shop: &mut Shop| shop.made(PaymentJob::new(money(1), Order::new(v("cart-2")), luke()));
    // By order: of a new job, of a job that there is, of its payments, and of HEAD.
    let mut shop = shop();
    let made = shop.made(job(luke()));
    let other = second_order(&mut shop);
    shop.acquirer.script_calls(When::any().order("cart-1"), reject());
    assert_eq!(shop.cancel(made).unwrap_err(), "400 InvalidPaymentStatus");
    assert_eq!(shop.refused(RetrieveJob::new(made.0)), "400 InvalidPaymentStatus");
    assert_eq!(shop.deliver(FindOrder::new(v("cart-1"))).0, 400);
    assert_eq!(shop.deliver(FindOrder::new(v("cart-2"))).0, 200);
    assert_eq!(shop.refused(CreateJob::new(job(luke()))), "400 InvalidPaymentStatus");
    assert_eq!(shop.says(other.0), PAID);

    // By number, among those that fit; the first rule that fits decides.
    let mut shop = super::shop();
    shop.acquirer.script_calls(When::any().operation(Operation::RetrieveJob).on_call(2), reject());
    shop.acquirer.script_calls(When::any().on_call(5), Effect::Reject(404, "RecordNotFound".into()));
    let (made, _) = shop.made(job(luke()));
    shop.job(made);
    second_order(&mut shop);
    assert_eq!(shop.refused(RetrieveJob::new(made)), "400 InvalidPaymentStatus");
    assert_eq!(shop.refused(RetrieveJob::new(made)), "404 RecordNotFound");
    shop.job(made);
    // A call that is not signed, or cannot be read, is not counted.
    let mut shop = super::shop();
    shop.acquirer.script_calls(When::any().on_call(1), reject());
    let now = shop.now;
    shop.acquirer.call(now, "GET", "/", [("Hash", b"x".as_slice())], b"");
    assert_eq!(shop.refused(CreateJob::new(page())), "400 InvalidPaymentStatus");
}

#[test]
fn card_transactions_are_refused_by_their_script() {
    for (code, says) in [
        ("D102", "Declined open; Declined not_taken PaymentDeclined"),
        ("D090", "Blocked open; Blocked not_taken PaymentDeclined"),
        ("R101", "Rejected open; Rejected not_taken PaymentRejected"),
        ("C101", "Rejected open; Rejected not_taken PaymentRejected"),
        ("V254", "Rejected open; Rejected not_taken PaymentRejected"),
        ("S101", "Failed open; Failed not_taken PaymentRejected"),
    ] {
        let mut shop = shop();
        let refuse = remote::Effect::Refuse(code.parse().unwrap());
        shop.acquirer.script(remote::When::any().on_call(1), refuse);
        let (made, _) = shop.made(page());
        let page = shop.page_of(made);
        assert_eq!(shop.acquirer.pay(shop.now, &page, entered("Luke Skywalker")), Next::Page);
        assert_eq!((shop.says(made).as_str(), shop.charges()), (says, 0), "{code}");
        shop.acquirer.pay(shop.now, &page, entered("Luke Skywalker"));
        assert_eq!(shop.acquirer.job_charges("cart-1").count(), 1, "{code}");
    }
}

#[test]
fn a_lost_answer_of_the_acquirer_is_found_out_after_a_minute() {
    for &symptom in remote::Symptom::ALL {
        let mut shop = Shop::with(configuration().with_webhook_url(v("https://shop.test/hook")));
        shop.acquirer.script(remote::When::any().on_call(1), remote::Effect::LoseAnswer(symptom));
        let (made, _) = shop.made(page());
        let page = shop.page_of(made);
        let next = shop.acquirer.pay(shop.now, &page, entered("Luke Skywalker"));
        assert!(matches!(next, Next::Return(_)), "{symptom}");
        assert_eq!(shop.says(made), "Commissioned open; Commissioned open");
        assert_eq!(shop.charges(), 1, "the money was taken, though nobody says so yet");
        assert_eq!(shop.acquirer.due_notifications(shop.now).len(), 1);
        // Meanwhile nothing is paid a second time, cancelled, refunded or captured.
        shop.acquirer.pay(shop.now, &page, entered("Luke Skywalker"));
        let payment = shop.job(made).payments[0].reference;
        assert_eq!(shop.cancel((made, payment)).unwrap_err(), "400 InvalidPaymentStatus");
        assert_eq!(shop.refund((made, payment), 24_99).unwrap_err(), "400 InvalidRefundStatus");
        assert_eq!(
            shop.capture((made, payment), CaptureRequest::all()).unwrap_err(),
            "400 InvalidCaptureStatus"
        );
        shop.wait(59);
        assert_eq!(shop.says(made), "Commissioned open; Commissioned open");
        shop.wait(1);
        assert_eq!((shop.says(made).as_str(), shop.charges()), (PAID, 1));
        assert_eq!(shop.acquirer.due_notifications(shop.now).len(), 2, "the second is the first once more");
    }
}

#[test]
fn a_lost_request_to_the_acquirer_is_a_payment_that_failed() {
    for &symptom in remote::Symptom::ALL {
        let mut shop = shop();
        shop.acquirer.script(remote::When::any().on_call(1), remote::Effect::LoseRequest(symptom));
        let (made, _) = shop.made(page());
        let page = shop.page_of(made);
        assert_eq!(shop.acquirer.pay(shop.now, &page, entered("Luke Skywalker")), Next::Page, "{symptom}");
        assert_eq!(shop.says(made), "Failed open; Failed not_taken PaymentRejected");
        assert_eq!(shop.charges(), 0);
        shop.acquirer.pay(shop.now, &page, entered("Luke Skywalker"));
        assert_eq!((shop.job(made).meaning().as_str(), shop.charges()), ("taken", 1));
    }
}

#[test]
fn a_delay_is_pending_until_it_is_over() {
    let delay = |seconds| remote::Effect::Delay(Duration::from_secs(seconds), remote::Symptom::Silence);
    for (configuration, says) in [
        (configuration(), PAID),
        (configuration().capturing_by_call(), "Reserved reserved; Reserved reserved"),
    ] {
        let mut shop = Shop::with(configuration);
        shop.acquirer.script(remote::When::any(), delay(300));
        let (made, _) = shop.made(job(luke()));
        assert_eq!(shop.says(made), "Pending open; Pending open");
        shop.wait(299);
        assert_eq!(shop.says(made), "Pending open; Pending open");
        shop.wait(1);
        assert_eq!((shop.says(made).as_str(), shop.charges()), (says, 1));
    }
    // A job that is cancelled meanwhile keeps the payment that is under way.
    let mut shop = shop();
    shop.acquirer.script(remote::When::any(), delay(300));
    let (made, _) = shop.made(job(luke()));
    assert!(!shop.cancel_job(made).unwrap().warnings().is_empty());
    assert_eq!(shop.says(made), "Cancelled open; Pending open");
    shop.wait(300);
    assert_eq!(shop.says(made), PAID);
}

#[test]
fn children_and_credits_go_by_the_script_too() {
    let mut shop = shop();
    let parent = Parent::new(luke(), RecurrenceCriteria::unscheduled());
    let (parent, _) = shop.made(job(parent));
    let declined = remote::Effect::Refuse("D102".parse().unwrap());
    shop.acquirer.script(remote::When::any().operation(OperationKind::Continuous).on_call(1), declined);
    let mut child = |number: &str| {
        let (made, _) = shop.made(PaymentJob::new(money(1), Order::new(v(number)), Child::new(parent)));
        shop.says(made)
    };
    assert_eq!(child("month-2"), "Declined not_taken; Declined not_taken PaymentDeclined");
    assert_eq!(child("month-2-again"), PAID);
}

/// Voids and refunds behind the gateway: refused, not done, or done without anybody hearing of it.
#[test]
fn reversals_go_by_the_script_of_card_transactions() {
    let refuse = |code: &str| remote::Effect::Refuse(code.parse().unwrap());
    let silence = remote::Symptom::Silence;
    let delay = remote::Effect::Delay(Duration::from_secs(30), silence);
    for (effect, answer, done) in [
        (refuse("D102"), Some("400"), false),
        (refuse("S103"), Some("406"), false),
        (remote::Effect::LoseRequest(silence), Some("406"), false),
        (remote::Effect::LoseAnswer(silence), Some("406"), true),
        (delay, Some("406"), true),
        (remote::Effect::Hold, None, true),
    ] {
        for kind in [OperationKind::Refund, OperationKind::Void] {
            let mut shop = shop();
            let made = shop.made(job(luke()));
            shop.acquirer.script(remote::When::any().operation(kind).on_call(1), effect);
            let refused = match kind {
                OperationKind::Refund => shop.refund(made, 24_99).err(),
                _ => shop.cancel(made).err(),
            };
            assert_eq!(refused.as_deref().map(|said| &said[..3]), answer, "{kind} {effect:?}");
            let payment = shop.payment(made);
            let found = match kind {
                OperationKind::Refund => payment.refunds_numbered("refund-1").count() == 1,
                _ => payment.status.as_str() == "Cancelled",
            };
            assert_eq!(found, done, "{kind} {effect:?}");
            let balance = shop.acquirer.ledger().balance(cashflows_codec::value::Currency::GBP);
            assert_eq!(balance, if done { 0 } else { 24_99 }, "{kind} {effect:?}");
        }
    }
}
