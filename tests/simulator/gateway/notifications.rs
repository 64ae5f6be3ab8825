//! Notifications: when they are due, what acknowledges them, what goes wrong with them.

use std::time::{Duration, SystemTime};

use cashflows_codec::gateway::request::{
    CaptureRequest, Child, Order, Parent, PaymentJob, RecurrenceCriteria,
};
use cashflows_codec::gateway::{JobReference, Notification, NotifyType, PaymentReference};
use cashflows_codec::simulator::gateway::{
    Authentication, DueNotification, NotificationEffect, NotificationId, NotificationState,
};

use super::{VISA, card, configuration, entered, job, luke, money, page, shop, v};
use crate::shop::{Shop, morning};

const PORTAL: &str = "https://portal.test/hook";
const OWN: &str = "https://shop.test/hook";

fn notified() -> Shop {
    Shop::with(configuration().with_webhook_url(v(PORTAL)))
}

impl Shop {
    fn due(&mut self) -> Vec<DueNotification> {
        self.acquirer.due_notifications(self.now)
    }

    /// How many are due now.
    fn count_due(&mut self) -> usize {
        self.due().len()
    }

    fn answer(&mut self, id: NotificationId, status: u16, body: &[u8]) {
        self.acquirer.notification_answered(self.now, id, Some((status, body)));
    }

    fn acknowledge(&mut self, due: &DueNotification) {
        let read = Notification::decode(&due.body).unwrap();
        self.answer(due.id, 200, &read.acknowledgement().encode().into_bytes());
    }

    fn state(&self, id: NotificationId) -> NotificationState {
        self.acquirer.notifications()[id.get() as usize - 1].state()
    }
}

fn only(mut due: Vec<DueNotification>) -> DueNotification {
    assert_eq!(due.len(), 1);
    due.remove(0)
}

/// Days since the shop opened at which something is sent, until nothing is any more.
fn sent_at(shop: &mut Shop) -> Vec<Duration> {
    let mut at = Vec::new();
    while let Some(next) = shop.acquirer.next_notification() {
        shop.now = next;
        at.extend(shop.due().iter().map(|_| next.duration_since(morning()).unwrap()));
    }
    at
}

#[test]
fn a_notification_says_look_and_no_more() {
    let mut shop = notified();
    let (job, payment) = shop.made(job(luke()));
    let due = only(shop.due());
    assert_eq!(&*due.url, PORTAL);
    let read = Notification::decode(&due.body).unwrap();
    assert_eq!((read.job(), read.payment()), (job, Some(payment)));
    assert_eq!(read.notify_type(), Some(&NotifyType::PaymentStatusChange));
    let entry = &shop.acquirer.notifications()[0];
    assert_eq!((entry.id(), entry.job(), entry.payment(), entry.url()), (due.id, job, payment, PORTAL));
    assert_eq!((entry.made(), entry.attempts(), entry.last_answer()), (shop.now, 1, None));
    assert!(shop.due().is_empty());
    shop.acknowledge(&due);
    assert_eq!(shop.state(due.id), NotificationState::Acknowledged(shop.now));
    assert_eq!(shop.acquirer.notifications()[0].last_answer(), Some(200));
    assert_eq!((shop.acquirer.next_notification(), sent_at(&mut shop)), (None, vec![]));
}

/// At once, every minute for an hour, every day for a week, every week until a month is over.
#[test]
fn what_nobody_acknowledges_comes_again_for_a_month() {
    let mut shop = notified();
    shop.made(job(luke()));
    let at = sent_at(&mut shop);
    let minutes = (0..=60).map(|minute| Duration::from_secs(minute * 60));
    let (hour, day) = (3_600, 86_400);
    let days = (1..=7).map(|days| Duration::from_secs(hour + days * day));
    let weeks = (2..=4).map(|weeks| Duration::from_secs(hour + weeks * 7 * day));
    assert_eq!(at, minutes.chain(days).chain(weeks).collect::<Vec<_>>());
    let entry = &shop.acquirer.notifications()[0];
    assert_eq!((entry.state(), entry.attempts()), (NotificationState::GivenUp, 71));
}

/// A sender that was asleep sends once what was due several times.
#[test]
fn a_moved_clock_sends_each_once() {
    let mut shop = notified();
    shop.made(job(luke()));
    shop.due();
    shop.wait_days(1);
    assert_eq!((shop.count_due(), shop.count_due()), (1, 0));
    shop.wait_days(40);
    assert_eq!(shop.count_due(), 1);
    assert_eq!(shop.acquirer.next_notification(), None);
}

#[test]
fn only_200_with_both_references_acknowledges() {
    let small = |job: JobReference, payment: PaymentReference| {
        format!(r#"{{"paymentJobReference":"{job}","paymentReference":"{payment}"}}"#)
    };
    for (status, acknowledgement, acknowledges) in [
        (200, "small", true),
        (200, "capital", true),
        (200, "number", true),
        (200, "swapped", false),
        (200, "half", false),
        (200, "other", false),
        (200, "", false),
        (200, "OK", false),
        (201, "small", false),
        (204, "small", false),
        (302, "small", false),
        (500, "small", false),
    ] {
        let mut shop = notified();
        let (job, payment) = shop.made(job(luke()));
        let due = only(shop.due());
        let body = match acknowledgement {
            "small" => small(job, payment),
            "capital" => small(job, payment).replace("payment", "Payment"),
            "number" => small(job, payment).replace(&format!("\"{job}\""), &job.to_string()),
            "swapped" => small(v(&payment.to_string()), v(&job.to_string())),
            "half" => format!(r#"{{"paymentJobReference":"{job}"}}"#),
            "other" => small(job, v("200000000000000009")),
            other => other.to_owned(),
        };
        shop.answer(due.id, status, body.as_bytes());
        let acknowledged = matches!(shop.state(due.id), NotificationState::Acknowledged(_));
        assert_eq!(acknowledged, acknowledges, "{status} {acknowledgement}");
        assert_eq!(shop.acquirer.notifications()[0].last_answer(), Some(status));
        shop.wait(60);
        assert_eq!(shop.count_due(), usize::from(!acknowledges), "{status} {acknowledgement}");
    }
    // Nobody answers, or somebody answers to what was never sent.
    let mut shop = notified();
    shop.made(job(luke()));
    let due = only(shop.due());
    shop.acquirer.notification_answered(shop.now, due.id, None);
    shop.answer(NotificationId::new(0), 200, b"{}");
    shop.answer(NotificationId::new(9), 200, b"{}");
    shop.wait(60);
    let again = only(shop.due());
    assert_eq!(again, due);
    // A late answer to the first attempt counts, and a bad one after it does not.
    shop.acknowledge(&due);
    shop.answer(due.id, 500, b"");
    assert_eq!(shop.state(due.id), NotificationState::Acknowledged(shop.now));
}

#[test]
fn it_is_sent_to_the_job_s_url_else_the_portal_s_else_nowhere() {
    let own = || job(luke()).with_webhook_url(v(OWN));
    for (mut shop, job, url) in [
        (notified(), own(), Some(OWN)),
        (notified(), job(luke()), Some(PORTAL)),
        (shop(), own(), Some(OWN)),
        (shop(), job(luke()), None),
    ] {
        let (made, _) = shop.made(job);
        assert_eq!(shop.due().first().map(|due| &*due.url), url);
        assert_eq!(shop.acquirer.notifications().len(), usize::from(url.is_some()));
        assert_eq!(shop.job(made).attributes.webhook_url(), url.filter(|url| *url == OWN));
    }
    // A child's is the portal's, whatever its parent said.
    let mut shop = notified();
    let parent = Parent::new(luke(), RecurrenceCriteria::unscheduled());
    let (parent, _) = shop.made(job(parent).with_webhook_url(v(OWN)));
    shop.made(PaymentJob::new(money(1), Order::new(v("month-2")), Child::new(parent)));
    let urls: Vec<String> = shop.due().into_iter().map(|due| due.url.into()).collect();
    assert_eq!(urls, [OWN, PORTAL]);
}

/// What happened, and how many notifications came of it.
#[test]
fn only_another_status_notifies() {
    let mut shop = notified();
    let made = shop.made(page());
    assert_eq!(shop.count_due(), 0);
    let at = shop.page_of(made.0);
    shop.acquirer.pay(shop.now, &at, entered("Han Solo"));
    assert_eq!(shop.count_due(), 0, "still pending");
    shop.authenticate(&at, Authentication::Failed);
    assert_eq!(shop.count_due(), 1, "failed");
    shop.acquirer.pay(shop.now, &at, entered("Luke Skywalker"));
    let second = Notification::decode(&only(shop.due()).body).unwrap();
    assert_ne!(second.payment(), Some(made.1), "another payment is paid");
    shop.acquirer.pay(shop.now, &at, entered("Luke Skywalker"));
    shop.wait_days(1);
    shop.due();
    let paid = (made.0, second.payment().unwrap());
    shop.refund(paid, 10_00).unwrap();
    shop.cancel_job(made.0).unwrap();
    assert_eq!(
        shop.acquirer.notifications().len(),
        2,
        "neither a refund nor the job's end is another status"
    );

    let mut shop = Shop::with(configuration().with_webhook_url(v(PORTAL)).capturing_by_call());
    let made = shop.made(job(luke()));
    assert_eq!(shop.count_due(), 1, "reserved");
    shop.capture(made, CaptureRequest::part(money(1)).with_final(false)).unwrap();
    assert_eq!(shop.count_due(), 0, "still reserved");
    shop.capture(made, CaptureRequest::all()).unwrap();
    assert_eq!(shop.count_due(), 1, "paid");
    shop.cancel(made).unwrap();
    assert_eq!(shop.count_due(), 1, "cancelled");
}

/// What happens by itself notifies at the time at which it happens, whenever somebody looks.
#[test]
fn what_happens_by_itself_notifies_too() {
    let after = |seconds| morning() + Duration::from_secs(seconds);
    let capturing = || Shop::with(configuration().with_webhook_url(v(PORTAL)).capturing_by_call());
    for (mut shop, job, notified) in [
        (notified(), job(card(VISA, "Han Solo")), vec![after(600)]),
        (notified(), page(), vec![after(180 * 86_400)]),
        (capturing(), job(luke()), vec![after(0), after(7 * 86_400)]),
    ] {
        shop.made(job);
        shop.wait_days(200);
        shop.due();
        let made: Vec<SystemTime> = shop.acquirer.notifications().iter().map(|entry| entry.made()).collect();
        assert_eq!(made.len(), notified.len());
        for (made, expected) in made.into_iter().zip(notified) {
            assert!(made.duration_since(expected).unwrap() < Duration::from_millis(1), "{made:?}");
        }
    }
}

#[test]
fn it_is_sent_again_when_somebody_asks() {
    let mut shop = notified();
    shop.made(job(luke()));
    let due = only(shop.due());
    shop.acknowledge(&due);
    shop.acquirer.resend_notification(shop.now, due.id);
    assert_eq!(shop.state(due.id), NotificationState::Waiting(shop.now));
    assert_eq!(only(shop.due()), due);
    assert_eq!(shop.acquirer.notifications()[0].attempts(), 2);
    shop.acknowledge(&due);
    assert_eq!(sent_at(&mut shop), []);
    // What waits is sent at once, and once.
    let mut shop = notified();
    shop.made(job(luke()));
    shop.acquirer.resend_notification(shop.now, NotificationId::new(1));
    shop.acquirer.resend_notification(shop.now, NotificationId::new(9));
    assert_eq!(shop.count_due(), 1);
    // Long after it was given up, too.
    shop.wait_days(60);
    shop.due();
    shop.acquirer.resend_notification(shop.now, NotificationId::new(1));
    assert_eq!((shop.count_due(), shop.acquirer.next_notification()), (1, None));
}

#[test]
fn notifications_are_lost_doubled_and_late_as_the_script_says() {
    let mut shop = notified();
    shop.acquirer.script_notifications(Some(1), NotificationEffect::Lose);
    shop.acquirer.script_notifications(Some(2), NotificationEffect::Double);
    shop.acquirer.script_notifications(Some(3), NotificationEffect::Late(Duration::from_secs(30)));
    let mut jobs = Vec::new();
    for number in ["cart-1", "cart-2", "cart-3", "cart-4"] {
        jobs.push(shop.made(PaymentJob::new(money(1), Order::new(v(number)), luke())).0);
    }
    let about = |due: Vec<DueNotification>| -> Vec<JobReference> {
        due.iter().map(|due| Notification::decode(&due.body).unwrap().job()).collect()
    };
    let now = about(shop.due());
    assert_eq!(now, [jobs[1], jobs[1], jobs[3]]);
    shop.wait(29);
    assert!(shop.due().is_empty());
    shop.wait(1);
    assert_eq!(about(shop.due()), [jobs[2]]);
    shop.wait(30);
    assert_eq!(about(shop.due()), [jobs[0], jobs[1], jobs[3]]);

    // A rule for all of them is for each.
    let mut shop = notified();
    shop.acquirer.script_notifications(None, NotificationEffect::Double);
    for number in ["cart-1", "cart-2"] {
        shop.made(PaymentJob::new(money(1), Order::new(v(number)), luke()));
    }
    assert_eq!(shop.count_due(), 4);
}
