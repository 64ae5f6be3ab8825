//! What a shopper sees and does, in one window and in two.

use std::time::{Duration, SystemTime};

use cashflows_codec::gateway::request::{HostedPage, Order, OrderLine, PaymentJob, ReturnUrls, UnitPrice};
use cashflows_codec::gateway::{JobReference, PaymentReference, ShopperReturn};
use cashflows_codec::simulator::gateway::{Authentication, Next, Page};

use super::{VISA, card, configuration, entered, job, money, page, shop, v};
use crate::shop::Shop;

const PAID: &str = "Paid taken; Paid taken";
const SUCCESS: &str = "https://gateway.test/payment/result?";

/// A shop whose shopper is at the payment page, that page, and the job.
struct AtPage {
    shop: Shop,
    page: String,
    job: JobReference,
    /// The payment that 3-D Secure asked about last, whose form is still in the browser's history; before
    /// that the first one.
    payment: PaymentReference,
}

impl AtPage {
    fn of(job: PaymentJob) -> Self {
        Self::at(shop(), job)
    }

    fn at(mut shop: Shop, job: PaymentJob) -> Self {
        let (job, payment) = shop.made(job);
        let page = shop.page_of(job);
        Self { shop, page, job, payment }
    }

    fn pay(&mut self, holder: &str) -> Next {
        let next = self.shop.acquirer.pay(self.shop.now, &self.page, entered(holder));
        self.payment = self.shop.asked_about(&self.page).unwrap_or(self.payment);
        next
    }

    fn authenticate(&mut self, result: Authentication) -> Next {
        self.answer(self.payment, result)
    }

    /// The answer of a window that asked about this payment.
    fn answer(&mut self, payment: PaymentReference, result: Authentication) -> Next {
        self.shop.acquirer.authenticate(self.shop.now, &self.page, payment, result)
    }

    fn cancel(&mut self) -> Next {
        self.shop.acquirer.cancel_page(self.shop.now, &self.page)
    }

    fn says(&mut self) -> String {
        self.shop.says(self.job)
    }

    /// What is on the page, in a word or two.
    fn sees(&mut self) -> String {
        match self.shop.acquirer.page(self.shop.now, &self.page) {
            Page::Unknown => "unknown".into(),
            Page::Pay(page) => format!("pay{}", if page.last_error().is_some() { " again" } else { "" }),
            Page::ThreeDs(page) => format!("3-D Secure of {}", page.card()),
            Page::Closed(page) => page.end().to_string(),
            other => panic!("{other:?}"),
        }
    }
}

/// Where a browser is sent, as it reads.
fn sent(next: &Next) -> (String, ShopperReturn) {
    let Next::Return(url) = next else { panic!("{next:?}") };
    (url.to_string(), ShopperReturn::decode(url).unwrap())
}

#[test]
fn a_page_shows_what_is_to_be_paid() {
    let line = OrderLine::new(v("Lamp"), UnitPrice::WithVat(v("24.99")));
    let order = Order::new(v("cart-1")).with_line(line);
    let job = PaymentJob::new(money(24_99), order, HostedPage::new()).with_locale("en_GB".into());
    let mut at = AtPage::of(job);
    let Page::Pay(shown) = at.shop.acquirer.page(at.shop.now, &at.page) else { panic!("a payment page") };
    assert_eq!((shown.order_number(), shown.amount().to_string().as_str()), (Some("cart-1"), "24.99"));
    assert_eq!((shown.currency().as_str(), shown.locale()), ("GBP", Some("en_GB")));
    assert_eq!(shown.lines().map(|(name, _)| name).collect::<Vec<_>>(), ["Lamp"]);
    assert_eq!(shown.last_error(), None);
    assert!(ShopperReturn::decode(shown.return_url()).unwrap().says_cancelled());

    at.pay("Han Solo");
    let Page::ThreeDs(shown) = at.shop.acquirer.page(at.shop.now, &at.page) else { panic!("3-D Secure") };
    assert_eq!((shown.card(), shown.holder().unwrap().as_str()), ("400000******0002", "Han Solo"));
    let action = at.shop.action_of(at.job);
    assert!(action.starts_with("https://gateway.test/payment/form-post?ref="), "{action}");
}

impl Shop {
    /// The action link of a job that is retrieved.
    fn action_of(&mut self, job: JobReference) -> String {
        use cashflows_codec::gateway::response::{Job, Response};
        let answer: Response<Job> = self.ask(cashflows_codec::gateway::call::RetrieveJob::new(job)).unwrap();
        answer.links().action.as_ref().map(|link| link.url.as_str().to_owned()).unwrap_or_default()
    }
}

#[test]
fn paying_twice_charges_once() {
    let mut at = AtPage::of(page());
    let first = at.pay("Luke Skywalker");
    assert_eq!(at.pay("Luke Skywalker"), first);
    assert!(sent(&first).0.starts_with(SUCCESS));
    assert_eq!(at.authenticate(Authentication::Passed), first);
    assert_eq!(at.authenticate(Authentication::Failed), first);
    assert_eq!(at.cancel(), first);
    assert_eq!((at.sees().as_str(), at.says().as_str()), ("paid", PAID));
    assert_eq!((at.shop.charges(), at.shop.action_of(at.job).as_str()), (1, ""));
}

#[test]
fn two_windows_are_one_payment() {
    let mut at = AtPage::of(page());
    assert_eq!(at.pay("Han Solo"), Next::ThreeDs);
    // The other window still shows the payment page: its card is not charged, nor is another payment made.
    assert_eq!(at.pay("Luke Skywalker"), Next::ThreeDs);
    assert_eq!(at.sees(), "3-D Secure of 400000******0002");
    let first = at.authenticate(Authentication::Passed);
    assert_eq!(at.authenticate(Authentication::Passed), first);
    assert_eq!(at.pay("Luke Skywalker"), first);
    assert_eq!((at.says().as_str(), at.shop.charges()), (PAID, 1));
}

#[test]
fn a_failed_payment_leaves_the_page_open_for_another_card() {
    for (holder, says) in [
        ("Darth Maul", "Failed open; Failed not_taken ThreeDSecureFailed"),
        ("Ben Kenobi", "Declined open; Declined not_taken PaymentDeclined"),
    ] {
        let mut at = AtPage::of(page());
        assert_eq!(at.pay(holder), Next::Page);
        assert_eq!((at.says().as_str(), at.sees().as_str()), (says, "pay again"));
        assert!(at.shop.action_of(at.job).starts_with("https://gateway.test/payment?ref="));
        at.pay("Luke Skywalker");
        let job = at.shop.job(at.job);
        let statuses: Vec<&str> = job.payments.iter().map(|payment| payment.status.as_str()).collect();
        assert_eq!(statuses, [says.split(' ').next().unwrap(), "Paid"]);
        assert_eq!(job.meaning().as_str(), "taken");
        assert_eq!(at.shop.acquirer.job_charges("cart-1").count(), 1);
        assert_eq!(at.shop.charges(), 1);
    }
}

#[test]
fn a_challenge_that_fails_is_a_payment_that_failed() {
    for (result, word) in [
        (Authentication::Failed, "ThreeDSecureFailed"),
        (Authentication::Unavailable, "ThreeDSecureUnavailable"),
    ] {
        let mut at = AtPage::of(page());
        at.pay("Han Solo");
        assert_eq!(at.authenticate(result), Next::Page);
        assert_eq!(at.says(), format!("Failed open; Failed not_taken {word}"));
        // The browser's back button leads to a form that was answered already.
        assert_eq!(at.authenticate(Authentication::Passed), Next::Page);
        assert_eq!((at.shop.charges(), at.sees().as_str()), (0, "pay again"));
    }
}

/// A window that was left open at the bank has no say in the next card's payment.
#[test]
fn a_challenge_is_about_one_payment() {
    let mut at = AtPage::of(page());
    at.pay("Han Solo");
    let old = at.payment;
    at.answer(old, Authentication::Failed);
    assert_eq!(at.pay("Han Solo"), Next::ThreeDs);
    let asked = at.payment;
    assert_ne!(asked, old);
    for result in Authentication::ALL {
        assert_eq!(at.answer(old, *result), Next::ThreeDs);
        assert_eq!(at.says(), "Pending open; Failed not_taken ThreeDSecureFailed; Pending open");
    }
    assert_eq!(at.shop.charges(), 0);
    assert!(matches!(at.answer(asked, Authentication::Passed), Next::Return(_)));
    assert_eq!(at.shop.charges(), 1);
}

#[test]
fn who_cancels_can_come_back_and_pay() {
    let mut at = AtPage::of(page());
    let (url, returned) = sent(&at.cancel());
    assert!(url.starts_with(SUCCESS) && returned.says_cancelled(), "{url}");
    assert_eq!(at.says(), "Cancelled open; Cancelled not_taken");
    assert_eq!(at.sees(), "pay");
    assert!(matches!(at.cancel(), Next::Return(_)));
    at.pay("Luke Skywalker");
    assert_eq!(at.says(), "Paid taken; Cancelled not_taken; Paid taken");
    assert_eq!(at.shop.charges(), 1);

    let mut at = AtPage::of(page());
    at.pay("Han Solo");
    assert!(sent(&at.cancel()).1.says_cancelled());
    assert_eq!(at.authenticate(Authentication::Passed), Next::Page);
    assert_eq!(at.shop.charges(), 0);
}

#[test]
fn three_ds_that_is_not_finished_within_ten_minutes_expires() {
    let mut at = AtPage::of(page());
    at.pay("Han Solo");
    at.shop.wait(599);
    assert_eq!(at.says(), "Pending open; Pending open");
    at.shop.wait(1);
    assert_eq!(at.authenticate(Authentication::Passed), Next::Page);
    assert_eq!(at.says(), "Expired open; Expired not_taken");
    assert_eq!((at.shop.charges(), at.sees().as_str()), (0, "pay again"));
    // The second card has ten minutes of its own.
    at.pay("Han Solo");
    at.shop.wait(599);
    assert!(matches!(at.authenticate(Authentication::Passed), Next::Return(_)));
    assert_eq!(at.shop.charges(), 1);
}

#[test]
fn a_job_that_expired_takes_no_money() {
    let mut at = AtPage::of(page());
    at.shop.wait_days(179);
    assert_eq!(at.sees(), "pay");
    at.shop.wait_days(1);
    assert_eq!(at.pay("Luke Skywalker"), Next::Page);
    assert_eq!((at.sees().as_str(), at.shop.charges()), ("expired", 0));
    assert_eq!(at.says(), "Expired not_taken; Expired not_taken");
    assert_eq!(at.shop.action_of(at.job), "");

    // 15 January 2027, 09:00 UTC is an hour on.
    let mut at = AtPage::of(page().with_expires(v("2027-01-15T09:00:00Z")));
    at.pay("Han Solo");
    at.shop.wait(599);
    at.shop.now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_003_600);
    assert_eq!(at.authenticate(Authentication::Passed), Next::Page);
    assert_eq!((at.sees().as_str(), at.shop.charges()), ("expired", 0));
}

#[test]
fn a_job_that_the_shop_cancelled_takes_no_money() {
    for at_three_ds in [false, true] {
        let mut at = AtPage::of(page());
        if at_three_ds {
            at.pay("Han Solo");
        }
        at.shop.cancel_job(at.job).unwrap();
        assert_eq!(at.says(), "Cancelled open; Cancelled not_taken");
        assert_eq!(at.pay("Luke Skywalker"), Next::Page);
        assert_eq!(at.authenticate(Authentication::Passed), Next::Page);
        assert_eq!(at.cancel(), Next::Page);
        assert_eq!((at.sees().as_str(), at.shop.charges()), ("cancelled", 0));
        assert_eq!(at.shop.action_of(at.job), "");
    }
}

#[test]
fn a_page_is_found_by_its_exact_reference_only() {
    let mut at = AtPage::of(page());
    let good = at.page.clone();
    assert!(good.bytes().all(|byte| byte.is_ascii_hexdigit()), "{good}");
    let (last, other) = (
        good.chars().last().unwrap(),
        at.shop.made(PaymentJob::new(money(1), Order::new(v("cart-2")), HostedPage::new())),
    );
    let of_other = at.shop.page_of(other.0);
    let flipped = if last == '0' { "1" } else { "0" };
    let spliced = format!("{}{}", &of_other[..16], &good[16..]);
    let tampered = [
        String::new(),
        "0".into(),
        "é".repeat(48),
        good.to_uppercase(),
        format!("{good}0"),
        good[..good.len() - 1].into(),
        format!("{}{flipped}", &good[..good.len() - 1]),
        spliced,
        at.job.to_string(),
    ];
    for page in tampered {
        let (now, payment, acquirer) = (at.shop.now, at.payment, &mut at.shop.acquirer);
        assert!(matches!(acquirer.page(now, &page), Page::Unknown), "{page}");
        assert_eq!(acquirer.pay(now, &page, entered("Luke Skywalker")), Next::Unknown, "{page}");
        assert_eq!(acquirer.cancel_page(now, &page), Next::Unknown, "{page}");
        assert_eq!(
            acquirer.authenticate(now, &page, payment, Authentication::Passed),
            Next::Unknown,
            "{page}"
        );
    }
    assert_eq!((at.shop.charges(), at.sees().as_str()), (0, "pay"));
}

/// The job's URL, else the portal's, else a page of the gateway's, each with the references appended.
#[test]
fn shoppers_return_to_where_the_job_or_the_portal_says() {
    let urls = |host: &str| {
        let url = |path: &str| v(&format!("https://{host}/{path}?lang=en#top"));
        ReturnUrls::new(url("success"), url("failed"), url("cancelled"))
    };
    let query = "?lang=en&paymentjobref=100000000000000001&paymentref=200000000000000001&ordernumber=cart-1";
    let portal = || Shop::with(configuration().with_return_urls(urls("portal.test")));
    for (shop, urls, host) in [
        (shop(), Some(urls("shop.test")), "https://shop.test"),
        (portal(), Some(urls("shop.test")), "https://shop.test"),
        (portal(), None, "https://portal.test"),
    ] {
        let direct = |holder: &str| match &urls {
            Some(urls) => job(card(VISA, holder)).with_return_urls(urls.clone()),
            None => job(card(VISA, holder)),
        };
        let at = |holder: &str| {
            AtPage::at(Shop { acquirer: shop.acquirer.clone(), now: shop.now }, direct(holder))
        };
        let passed = at("Han Solo").authenticate(Authentication::Passed);
        assert_eq!(sent(&passed).0, format!("{host}/success{query}#top"));
        let failed = at("Han Solo").authenticate(Authentication::Failed);
        assert_eq!(sent(&failed).0, format!("{host}/failed{query}#top"));
        let mut cancelling = at("Han Solo");
        let cancelled = cancelling.cancel();
        assert_eq!(sent(&cancelled).0, format!("{host}/cancelled{query}&status=cancelled#top"));
        // A card that was given by the shop is not asked for again.
        assert_eq!(cancelling.authenticate(Authentication::Passed), cancelled);
        assert_eq!(cancelling.sees(), "cancelled");
        let attributes = &cancelling.shop.job(cancelling.job).payments[0].attributes;
        assert_eq!(attributes.return_url_cancelled(), Some(sent(&cancelled).0.as_str()));
        assert_eq!(attributes.return_url_success(), Some(format!("{host}/success{query}#top").as_str()));
    }
}

/// What one job leaves open is the portal's to say.
#[test]
fn each_return_url_has_its_own_fallback() {
    let own = ReturnUrls { success: Some(v("https://shop.test/ok")), ..ReturnUrls::default() };
    let portal = ReturnUrls { failed: Some(v("https://portal.test/no")), ..ReturnUrls::default() };
    let mut shop = Shop::with(configuration().with_return_urls(portal));
    let made = shop.made(page().with_return_urls(own));
    let attributes = shop.payment(made).attributes;
    assert!(attributes.return_url_success().unwrap().starts_with("https://shop.test/ok?paymentjobref="));
    assert!(attributes.return_url_failed().unwrap().starts_with("https://portal.test/no?paymentjobref="));
    assert!(
        attributes.return_url_cancelled().unwrap().starts_with("https://gateway.test/payment/result?ref=")
    );
}
