//! Who may call, and what is answered to calls that are none; by bytes.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::{HostedPage, Order};
use cashflows_codec::gateway::response::{OrderPresence, Response, SupportedPaymentMethod, WarningWord};
use cashflows_codec::gateway::{ApiKey, CallOutcome, Credentials, OrderNumber, PaymentMethod, Signature};
use cashflows_codec::simulator::{Acquirer, Delivery, Profile};
use cashflows_codec::value::Currency;

use super::{CONFIGURATION, KEY, configuration, job, luke, page, shop, v};
use crate::shop::{Shop, credentials};

const JOBS: &str = "/api/gateway/payment-jobs";
const OTHER_KEY: &str = "0f0c9a1e-77aa-4a54-8a0d-0c1f4ac4f0aa";

/// Method and path of a call, who signs it, and its body.
struct Raw<'a> {
    method: &'a str,
    path: &'a str,
    configuration: &'a str,
    key: &'a str,
    body: &'a [u8],
}

impl<'a> Raw<'a> {
    fn get(path: &'a str) -> Self {
        Self { method: "GET", path, configuration: CONFIGURATION, key: KEY, body: b"" }
    }

    fn post(path: &'a str, body: &'a str) -> Self {
        Self { method: "POST", body: body.as_bytes(), ..Self::get(path) }
    }

    fn send(&self, shop: &mut Shop) -> (u16, String) {
        let signature = Signature::of(&v::<ApiKey>(self.key), self.body);
        let headers = [
            ("configurationid", self.configuration.as_bytes()),
            ("hash", signature.secret_str().as_bytes()),
            ("content-type", b"application/json"),
        ];
        answer(shop.acquirer.call(shop.now, self.method, self.path, headers, self.body))
    }
}

fn answer(delivery: Delivery) -> (u16, String) {
    let Delivery::Payload(payload) = delivery else { panic!("silence is only where the script says so") };
    let text = String::from_utf8(payload.body().to_vec()).unwrap();
    assert_eq!(payload.content_type(), if text.is_empty() { "" } else { "application/json" });
    (payload.status(), text)
}

/// Status and codes.
fn refusal((status, body): (u16, String)) -> String {
    super::code(&RetrieveJob::decode(status, body.as_bytes()).unwrap_err())
}

fn wrong(shop: &mut Shop) -> String {
    refusal(Raw { key: OTHER_KEY, ..Raw::get("/api/gateway/payment-jobs/1") }.send(shop))
}

#[test]
fn two_keys_are_good_while_one_is_changed() {
    let mut shop = Shop::with(configuration().with_second_key(v(OTHER_KEY)));
    let (made, _) = shop.made(page());
    let path = format!("{JOBS}/{made}");
    for (key, status) in [(KEY, 200), (OTHER_KEY, 200), ("a-third-key", 401)] {
        assert_eq!(Raw { key, ..Raw::get(&path) }.send(&mut shop).0, status, "{key}");
    }
    assert_eq!(Raw { key: OTHER_KEY, ..Raw::get(&path) }.send(&mut super::shop()).0, 401);
}

#[test]
fn another_configuration_is_not_found_whoever_signs() {
    let mut shop = shop();
    for key in [KEY, OTHER_KEY] {
        let call =
            Raw { configuration: "200426117314086913", key, ..Raw::get("/api/gateway/payment-jobs/1") };
        assert_eq!(refusal(call.send(&mut shop)), "404 RecordNotFound");
    }
    // Whose configuration it is not, cannot lock it.
    for _ in 0..9 {
        let call = Raw { configuration: "1", key: OTHER_KEY, ..Raw::get("/api/gateway/payment-jobs/1") };
        call.send(&mut shop);
    }
    assert!(!shop.acquirer.is_locked());

    let mut without = Acquirer::new(Profile::new(credentials()));
    let signature = Signature::of(&v::<ApiKey>(KEY), b"");
    let headers =
        [("ConfigurationId", CONFIGURATION.as_bytes()), ("Hash", signature.secret_str().as_bytes())];
    let now = crate::shop::morning();
    assert_eq!(refusal(answer(without.call(now, "GET", JOBS, headers, b""))), "404 RecordNotFound");
    assert_eq!(refusal(answer(without.send_call(now, RetrieveJob::new(v("1"))))), "404 RecordNotFound");
}

#[test]
fn wrong_signatures_one_after_the_other_lock_the_account() {
    let mut shop = shop();
    let (made, _) = shop.made(job(luke()));
    for _ in 0..4 {
        assert_eq!(wrong(&mut shop), "401 InvalidSignature");
    }
    // A right one in between, be its call refused or not, begins the count again.
    assert_eq!(Raw::get("/api/gateway/nothing").send(&mut shop).0, 404);
    for _ in 0..5 {
        assert!(!shop.acquirer.is_locked());
        assert_eq!(wrong(&mut shop), "401 InvalidSignature");
    }
    assert!(shop.acquirer.is_locked());
    assert_eq!(wrong(&mut shop), "403 AccountLocked");
    assert_eq!(shop.refused(RetrieveJob::new(made)), "403 AccountLocked");
    assert_eq!(shop.deliver(FindOrder::new(v("cart-1"))), (403, Vec::new()));
    let Err(error) = shop.ask(CreateJob::new(page())) else { panic!("it is locked") };
    assert_eq!((error.outcome(), shop.acquirer.jobs().len()), (CallOutcome::NotDone, 1));
    shop.wait_days(1);
    assert_eq!(shop.refused(RetrieveJob::new(made)), "403 AccountLocked");
    shop.acquirer.unlock();
    assert_eq!(shop.says(made), "Paid taken; Paid taken");
    assert_eq!(wrong(&mut shop), "401 InvalidSignature");
}

/// A signature is of the exact bytes; what is too large is not even hashed.
#[test]
fn what_is_not_what_was_signed_is_refused() {
    let mut shop = shop();
    let body = r#"{"amountToCollect":"10.00","currency":"GBP"}"#;
    let signature = Signature::of(&v::<ApiKey>(KEY), body.as_bytes());
    let hash = signature.secret_str();
    let mut send = |hash: &str, body: &[u8]| {
        let headers = [
            ("ConfigurationId", CONFIGURATION.as_bytes()),
            ("Hash", hash.as_bytes()),
            ("Content-Type", b"application/json"),
        ];
        answer(shop.acquirer.call(shop.now, "POST", JOBS, headers, body)).0
    };
    assert_eq!(send(hash, &[body.as_bytes(), b"\n"].concat()), 401);
    assert_eq!(send(hash, b""), 401);
    assert_eq!(send(hash, &vec![b' '; 2_000_000]), 413);
    assert_eq!(send("short", body.as_bytes()), 401);
    assert_eq!(send(&hash.to_lowercase(), body.as_bytes()), 201);
}

#[test]
fn headers_that_are_missing_are_told() {
    let mut shop = shop();
    let signature = Signature::of(&v::<ApiKey>(KEY), b"{}");
    let (configuration, hash) =
        (("ConfigurationId", CONFIGURATION.as_bytes()), ("Hash", signature.secret_str().as_bytes()));
    let path = "/api/gateway/payment-jobs";
    for (headers, status) in [
        (vec![configuration], 401),
        (vec![hash], 401),
        (vec![], 401),
        (vec![configuration, hash], 400),
        (vec![configuration, hash, ("Content-Type", b"text/json")], 400),
        (vec![configuration, hash, ("Content-Type", b"text/plain")], 415),
    ] {
        let (got, body) = answer(shop.acquirer.call(shop.now, "POST", path, headers.clone(), b"{}"));
        assert_eq!(got, status, "{body}");
        assert!(RetrieveJob::decode(got, body.as_bytes()).unwrap_err().report().is_some());
    }
    assert!(!shop.acquirer.is_locked());
}

#[test]
fn paths_and_methods_that_there_are_not() {
    let mut shop = shop();
    for (method, path, status) in [
        ("GET", "/", 404),
        ("GET", "/api/gateway", 404),
        ("GET", "/api/gateway/payment-jobs/x", 404),
        ("GET", "/api/gateway/payment-jobs", 405),
        ("PUT", "/api/gateway/payment-jobs/1", 405),
        ("POST", "/api/gateway/payment-jobs/1/cancel", 405),
        ("GET", "/api/gateway/payment-jobs/100000000000000001", 404),
        ("PATCH", "/api/gateway/payment-jobs/100000000000000001/cancel", 404),
        ("GET", "/api/gateway/payment-jobs/1?nonsense=1", 404),
        ("GET", "/api/gateway/supported-payment-methods?collectAmount=1,00", 400),
    ] {
        let (got, body) = Raw { method, ..Raw::get(path) }.send(&mut shop);
        assert_eq!(got, status, "{method} {path}: {body}");
        assert!(RetrieveJob::decode(got, body.as_bytes()).unwrap_err().report().is_some());
    }
    assert_eq!(Raw { method: "GET", ..Raw::get("/api/gateway/orders/cart-1") }.send(&mut shop).0, 405);
}

/// Everything that is wrong with a body, each by its path.
#[test]
fn what_is_wrong_with_a_body_is_told_by_member() {
    let mut shop = shop();
    let body = r#"{"amountToCollect":"1,000.00","curency":"GBP","parameters":{"CardNumber":"12","CardCvc":"1"},
        "order":{"orderNumber":"cart-1","orderLines":[{"unitPriceInclVat":"1.00"}]}}"#;
    let (status, answer) = Raw::post(JOBS, body).send(&mut shop);
    assert_eq!(status, 400);
    for member in [
        "amountToCollect",
        "currency is missing",
        "parameters.CardNumber",
        "parameters.CardCvc",
        "parameters.CardExpiryMonth is mandatory",
        "order.orderLines[0].name is missing",
    ] {
        assert!(answer.contains(member), "{member}: {answer}");
    }
    let error = RetrieveJob::decode(status, answer.as_bytes()).unwrap_err();
    assert!(error.report().unwrap().errors.len() >= 6);
    for (body, said) in [("", "empty"), ("{", "cut short"), ("[]", "object"), ("{}x", "behind")] {
        let (status, answer) = Raw::post(JOBS, body).send(&mut shop);
        assert_eq!((status, answer.contains(said)), (400, true), "{body}: {answer}");
    }
    assert_eq!(shop.acquirer.jobs().len(), 0);
    // None of it took the order's number.
    shop.made(page());
}

#[test]
fn an_order_number_is_taken_once() {
    let mut shop = shop();
    let present = |shop: &mut Shop, number: &str| {
        let (status, body) = shop.deliver(FindOrder::new(v(number)));
        assert!(body.is_empty());
        OrderPresence::from_status(status)
    };
    assert_eq!(present(&mut shop, "cart-1"), OrderPresence::NotFound);
    let (made, _) = shop.made(page());
    assert_eq!(present(&mut shop, "cart-1"), OrderPresence::Present);
    assert_eq!(present(&mut shop, "cart-11"), OrderPresence::NotFound);
    assert_eq!(shop.refused(CreateJob::new(job(luke()))), "400 OrderReferenceNotUnique");
    assert_eq!(shop.charges(), 0);
    shop.cancel_job(made).unwrap();
    assert_eq!(shop.refused(CreateJob::new(job(luke()))), "400 OrderReferenceNotUnique");
    // Nothing was done by this call, whoever has made the job.
    let Err(error) = shop.ask(CreateJob::new(job(luke()))) else { panic!("a duplicate") };
    assert_eq!(error.outcome(), CallOutcome::NotDone);
    let report = error.report().unwrap();
    assert_eq!(report.errors[0].message.as_deref(), Some("The supplied order reference is not unique."));
    // Jobs without an order are as many as one likes.
    for _ in 0..2 {
        let body = r#"{"amountToCollect":"10.00","currency":"GBP"}"#;
        assert_eq!(Raw::post(JOBS, body).send(&mut shop).0, 201);
    }
    assert_eq!(shop.acquirer.jobs().len(), 3);
}

/// An order number may be any text: it is found by its exact characters.
#[test]
fn an_order_number_of_any_form_is_found() {
    let mut shop = shop();
    for number in ["Your ref", "2027/1", "a?b", "100%", "Ä", "x&y=z"] {
        let body =
            format!(r#"{{"amountToCollect":"1.00","currency":"GBP","order":{{"orderNumber":"{number}"}}}}"#);
        let (status, answer) = Raw::post(JOBS, &body).send(&mut shop);
        assert_eq!(status, 201, "{answer}");
        let found = FindOrder::new(OrderNumber::of_any_form(number).unwrap());
        assert_eq!(shop.deliver(found).0, 200, "{number}");
        let longer = OrderNumber::of_any_form(&format!("{number}x")).unwrap();
        assert_eq!(shop.deliver(FindOrder::new(longer)).0, 404, "{number}");
        assert_eq!(Raw::post(JOBS, &body).send(&mut shop).0, 400, "{number}");
    }
}

#[test]
fn payment_methods_are_cards_in_the_currencies_of_the_profile() {
    let profile = crate::shop::profile().with_currencies([Currency::GBP, v("CHF")]);
    let mut shop = Shop::with_profile(profile, configuration().with_customer(v("7")));
    let mut ask = |call: ListPaymentMethods| -> Result<Vec<SupportedPaymentMethod>, String> {
        let answer = shop.ask(call);
        answer.map(Response::into_data).map_err(|error| super::code(&error))
    };
    let methods = ask(ListPaymentMethods::default()).unwrap();
    let names: Vec<_> = methods.iter().map(|method| method.payment_method.clone()).collect();
    assert_eq!(names, [PaymentMethod::CreditCard, PaymentMethod::DebitCard]);
    assert_eq!(methods[0].currencies, [Currency::GBP.into()]);
    let francs = ask(ListPaymentMethods { currency: Some(v("CHF")), ..Default::default() }).unwrap();
    assert_eq!(francs[0].currencies, [Currency::GBP.into(), v::<Currency>("CHF").into()]);
    assert_eq!(ask(ListPaymentMethods { currency: Some(Currency::EUR), ..Default::default() }).unwrap(), []);
    assert!(ask(ListPaymentMethods { customer: Some(v("7")), ..Default::default() }).is_ok());
    let unknown = ask(ListPaymentMethods { customer: Some(v("8")), ..Default::default() });
    assert_eq!(unknown.unwrap_err(), "400 InvalidCustomerReference");
}

#[test]
fn a_payment_page_that_there_is_not_is_a_warning() {
    let mut shop = shop();
    let kind = HostedPage { page_reference: Some(v("christmas")), ..HostedPage::new() };
    let answer = shop.create(job(kind));
    let codes: Vec<_> = answer.warnings().iter().flat_map(|warning| &warning.code).collect();
    assert_eq!(codes.len(), 1);
    assert_eq!(codes[0].warning(), WarningWord::PaymentPageReferenceNotFound);
    assert_eq!(answer.status(), 201);
    let credentials = Credentials::new(v(CONFIGURATION), v(KEY));
    let again = Call::from(CreateJob::new(super::PaymentJob::new(
        super::money(1),
        Order::new(v("x")),
        HostedPage::new(),
    )));
    let signed = again.sign(&credentials);
    let headers = signed.secret_headers().map(|(name, value)| (name, value.as_bytes()));
    let delivery = shop.acquirer.call(shop.now, "POST", signed.path_and_query(), headers, signed.body());
    let created = CreateJob::decode(201, &delivery.body()).unwrap();
    assert!(created.warnings().is_empty());
}
