//! Requests that are built of values are, as JSON, what the vendor prints, but for what is listed.

use cashflows_codec::gateway::call::{Call, CapturePayment, CreateJob, RefundPayment, TokeniseCard};
use cashflows_codec::gateway::request::*;
use cashflows_codec::gateway::{Credentials, JobReference, Locale, Money, OrderNumber, PaymentReference};
use cashflows_codec::value::{CardNumber, CardToken, Currency};
use serde_json::{Map, Value, json};

/// How a body of the vendor's differs from what is written here.
enum Difference {
    /// A client of ours has an order number, so that a job can be looked for.
    OrderAdded(&'static str),
    /// A client of ours names the holder where 3-D Secure needs the name (section 4).
    HolderAdded(&'static str),
    /// A masked number is no card number (section 11).
    NumberUnmasked,
    /// The placeholder is no reference.
    ParentNumbered,
    /// A flag is a boolean (section 4).
    FlagNotText,
    /// Amount and parameters stand inside `currency` (section 11).
    CurrencyFlattened,
    /// The date of birth is of the form that the table gives (section 4).
    BirthAsInTable,
}
use Difference::{
    BirthAsInTable, CurrencyFlattened, FlagNotText, HolderAdded, NumberUnmasked, OrderAdded, ParentNumbered,
};

const NUMBER: &str = "4000000000000002";

impl Difference {
    fn apply(&self, body: &mut Value) {
        match self {
            OrderAdded(number) => body["order"] = json!({ "orderNumber": number }),
            HolderAdded(name) => body["parameters"]["CardHolderName"] = json!(name),
            NumberUnmasked => {
                assert_eq!(body["parameters"]["CardNumber"], "4000********0002");
                body["parameters"]["CardNumber"] = json!(NUMBER);
            }
            ParentNumbered => {
                assert_eq!(body["parentPaymentJobReference"], "PARENT_PAYMENT_JOB_REFERENCE");
                body["parentPaymentJobReference"] = json!("210221017179873304");
            }
            FlagNotText => body["isFinalCapture"] = json!(body["isFinalCapture"] == "true"),
            CurrencyFlattened => {
                let Value::Object(nested) = body["currency"].take() else { panic!("an object") };
                body["currency"] = json!("GBP");
                body.as_object_mut().unwrap().extend(nested);
            }
            BirthAsInTable => {
                let details = body["parameters"]["RecipientDetails"].as_str().unwrap();
                let mut details: Value = serde_json::from_str(details).unwrap();
                assert_eq!(details["dateOfBirth"], "1980-07- 29T23:00:00.000Z");
                details["dateOfBirth"] = json!("19800729");
                body["parameters"]["RecipientDetails"] = details;
            }
        }
    }
}

/// The spellings that are read in several ways and written in one: a capital letter for parameters
/// and payment methods, as many decimals as the currency has, two digits for a year.
fn as_written_here(body: &mut Value) {
    let capital = |text: &str| text[..1].to_uppercase() + &text[1..];
    if let Some(Value::Object(parameters)) = body.get_mut("parameters") {
        let named: Map<_, _> =
            core::mem::take(parameters).into_iter().map(|(name, value)| (capital(&name), value)).collect();
        *parameters = named;
        if let Some(year) = parameters.get_mut("CardExpiryYear") {
            let digits = year.as_str().unwrap();
            *year = json!(digits[digits.len() - 2..]);
        }
    }
    if let Some(Value::Array(methods)) = body.get_mut("paymentMethodsToUse") {
        for method in methods {
            *method = json!(capital(method.as_str().unwrap()).replace("Creditcard", "CreditCard"));
        }
    }
    for name in ["amountToCollect", "amountToCapture"] {
        if let Some(amount) = body.get_mut(name).filter(|amount| *amount == "10") {
            *amount = json!("10.00");
        }
    }
}

/// What was written, with the JSON in `RecipientDetails` as JSON.
fn written(call: impl Into<Call>) -> Value {
    let credentials = Credentials::new("1".parse().unwrap(), "key".parse().unwrap());
    let call = call.into().sign(&credentials);
    let mut body: Value = serde_json::from_slice(call.body()).unwrap();
    if let Some(details) = body.pointer_mut("/parameters/RecipientDetails") {
        *details = serde_json::from_str(details.as_str().unwrap()).unwrap();
    }
    body
}

#[track_caller]
fn equals(file: &str, differences: &[Difference], call: impl Into<Call>) {
    let path = format!("{}/tests/data/gateway/{file}-request.json", env!("CARGO_MANIFEST_DIR"));
    let mut body: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    if differences.iter().any(|difference| matches!(difference, CurrencyFlattened)) {
        CurrencyFlattened.apply(&mut body);
    }
    as_written_here(&mut body);
    for difference in differences.iter().filter(|difference| !matches!(difference, CurrencyFlattened)) {
        difference.apply(&mut body);
    }
    assert_eq!(written(call), body, "{file}");
}

fn number(text: &str) -> CardNumber {
    text.parse().unwrap()
}

fn order(number: &str) -> Order {
    Order::new(OrderNumber::of_any_form(number).unwrap())
}

fn pounds(pounds: u64) -> Money {
    Money::gbp(100 * pounds).unwrap()
}

fn create(job: PaymentJob) -> CreateJob {
    CreateJob::new(job)
}

/// The vendor's card, with the holder that some of its samples have.
fn card() -> JobCard {
    let (expiry, cvv) = ("0523".parse().unwrap(), "123".parse().unwrap());
    JobCard::new(number(NUMBER), expiry, cvv, "Jon Snow".parse().unwrap())
}

fn card_job(order_number: &str) -> PaymentJob {
    PaymentJob::new(pounds(10), order(order_number), card())
}

const HOLDER: Difference = HolderAdded("Jon Snow");

#[test]
fn jobs_by_card() {
    equals("card", &[HOLDER], create(card_job("Payment ref D1")));
    let expiring = card_job("Payment ref D1E").with_expires("2021-01-20T16:50:01".parse().unwrap());
    equals("expiring", &[HOLDER], create(expiring));
    equals("generate-token", &[], create(card_job("Payment ref D1T").returning_token()));

    let moto = JobCard::moto(number(NUMBER), "0523".parse().unwrap(), "123".parse().unwrap());
    equals("moto", &[], create(PaymentJob::new(pounds(5), order("Payment ref M1"), moto)));

    let token: CardToken = "1000000000030419".parse().unwrap();
    let (expiry, cvv) = ("0523".parse().unwrap(), "123".parse().unwrap());
    let by_token = JobCard::new(token, expiry, cvv, "Jon Snow".parse().unwrap());
    let job = PaymentJob::new(pounds(10), order("Payment ref D1UT"), by_token).with_locale(Locale::EnGb);
    equals("use-token", &[HOLDER], create(job));

    let recipient = cashflows_codec::value::Recipient::new(
        "19800729".parse().unwrap(),
        "Smith".parse().unwrap(),
        "CB21 5XE".parse().unwrap(),
        "111213313".parse().unwrap(),
    );
    let job = card_job("Payment ref F1").with_recipient("6012".parse().unwrap(), recipient);
    equals(
        "financial-institution",
        &[CurrencyFlattened, BirthAsInTable, OrderAdded("Payment ref F1")],
        create(job),
    );
}

#[test]
fn a_job_by_the_hosted_page() {
    let url = |end: &str| format!("https://www.mywebshop.com?status={end}").parse().unwrap();
    let (first, last) = ("Alex".parse().unwrap(), "Smith".parse().unwrap());
    let address = OrderAddress { first_name: Some(first), last_name: Some(last), ..OrderAddress::default() };
    let identity = Identity::default().with_email("alex@test.com".parse().unwrap());
    let order = order("Your ref1").with_billing_address(address).with_billing_identity(identity);
    let job = PaymentJob::new(pounds(10), order, HostedPage::new())
        .with_locale(Locale::EnGb)
        .with_return_urls(ReturnUrls::new(url("success"), url("failed"), url("cancelled")));
    equals("hosted-page", &[], create(job));
}

#[test]
fn jobs_with_a_result_of_3d_secure() {
    let url = |end: &str| format!("https://example.com?result={end}").parse().unwrap();
    let urls = || ReturnUrls::new(url("success"), url("failed"), url("canceled"));
    let holder = || "Han Solo".parse().unwrap();
    let added = &[OrderAdded("cart-1")];

    let result = ThreeDsResult::new(
        "2.2.0".parse().unwrap(),
        "5dc4a6a39b6730a360e42c3b5f+=".parse().unwrap(),
        "02".parse().unwrap(),
        "c5b808e7-1de1-4069-a17b-f70d3b3b1645".parse().unwrap(),
    );
    let mastercard = || number("5400100400099001");
    let expiry = || "1225".parse().unwrap();
    let card = JobCard::new(mastercard(), expiry(), "123".parse().unwrap(), holder());
    let external = card.with_three_ds(result);
    let job = PaymentJob::new(pounds(10), order("cart-1"), external).with_return_urls(urls());
    equals("external-3ds", added, create(job));

    let cryptogram = "5dc4a6a39b6730a360e42c3b5f+=".parse().unwrap();
    let wallet = Wallet::new(JobWalletKind::ApplePay, cryptogram).with_eci("02".parse().unwrap());
    let card = JobCard::wallet(mastercard(), expiry(), wallet).with_holder(holder());
    let job = PaymentJob::new(pounds(10), order("cart-1"), card).with_return_urls(urls());
    equals("wallet", added, create(job));

    let result = ThreeDsResult::new(
        "2.1.0".parse().unwrap(),
        "0H4G2ZcW398zA1Q8XyAI70H7nXY=".parse().unwrap(),
        "05".parse().unwrap(),
        "111dc9c3-6644-4164-9661-3afa0e8f64e1".parse().unwrap(),
    );
    let visa = number("4510500400099002");
    let stored = JobCard::stored(visa, "1228".parse().unwrap(), holder(), result);
    let job = PaymentJob::new(pounds(10), order("cart-1"), stored).with_return_urls(urls());
    equals("stored-credentials", added, create(job));
}

fn subscription() -> RecurrenceCriteria {
    RecurrenceCriteria::subscription("2034-11-08".parse().unwrap(), 12)
}

fn instalment() -> RecurrenceCriteria {
    RecurrenceCriteria::instalment("2023-12-08".parse().unwrap(), 13, 13)
}

#[test]
fn parents_and_children() {
    let webhook = || "https://www.mywebhookurl".parse().unwrap();
    let added = || [OrderAdded("parent-1"), NumberUnmasked];
    for (name, criteria) in [("subscription", subscription()), ("instalment", instalment())] {
        let parent = Parent::new(card(), criteria.clone());
        let job = PaymentJob::verification(Currency::GBP, order("parent-1"), parent);
        let job = job.with_locale(Locale::EnGb).with_webhook_url(webhook());
        equals(&format!("{name}-parent"), &added(), create(job));
    }
    let parent = Parent::new(card(), RecurrenceCriteria::unscheduled());
    let job = PaymentJob::new(pounds(10), order("parent-1"), parent);
    let job = job.with_locale(Locale::EnGb).with_webhook_url(webhook());
    equals("unscheduled-parent", &added(), create(job));

    for (name, criteria) in [
        ("subscription", subscription()),
        ("instalment", instalment()),
        ("unscheduled", RecurrenceCriteria::unscheduled()),
    ] {
        let child = Child::new("210221017179873304".parse().unwrap()).with_criteria(criteria);
        let job = PaymentJob::new(pounds(10), order("Payment 2"), child).with_locale(Locale::EnGb);
        equals(&format!("{name}-child"), &[ParentNumbered], create(job));
    }
}

#[test]
fn everything_else_that_has_a_body() {
    let (job, payment) = (JobReference::new(1).unwrap(), PaymentReference::new(2).unwrap());
    let refund = RefundRequest::new(pounds(10), "Your refund reference".parse().unwrap());
    equals("refund", &[], RefundPayment::new(job, payment, refund));
    let capture = CaptureRequest::part(pounds(10)).with_final(true);
    equals("capture", &[FlagNotText], CapturePayment::new(job, payment, capture));
    let (expiry, cvv) = ("1021".parse().unwrap(), "123".parse().unwrap());
    let card = Tokenisation::new(number(NUMBER), expiry, cvv, "A Smith".parse().unwrap());
    equals("token", &[], TokeniseCard::new(card));
}

#[test]
fn no_sample_is_left_out() {
    let tested = include_str!("samples.rs");
    let folder = format!("{}/tests/data/gateway", env!("CARGO_MANIFEST_DIR"));
    let mut requests = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix("-request.json") else { continue };
        let kind = name.rsplit_once('-').filter(|(_, last)| ["parent", "child"].contains(last));
        let quoted = |text: &str| tested.contains(&format!("\"{text}\""));
        assert!(quoted(name) || kind.is_some_and(|(kind, _)| quoted(kind)), "{name}");
        requests += 1;
    }
    assert_eq!(requests, 19);
}
