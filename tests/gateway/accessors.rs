//! What is set on a call or on what it carries is told by it.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::*;
use cashflows_codec::gateway::{Decimal, Money, OrderNumber, Reference};
use cashflows_codec::value::Currency;

fn v<T: for<'t> TryFrom<&'t str>>(text: &str) -> T {
    T::try_from(text).unwrap_or_else(|_| panic!("{text}"))
}

fn reference(number: u64) -> Reference {
    Reference::new(number).unwrap()
}

#[test]
fn calls_tell_whom_they_are_about() {
    let (job, payment) = (reference(1), reference(2));
    let money = Money::gbp(10_00).unwrap();
    let refund = RefundRequest::new(money, v("refund-1"));
    let card = Tokenisation::new(v("4000000000000002"), v("1130"), v("123"), v("Jon Snow"));
    let order = Order::new(v("cart-1"));
    let create = PaymentJob::new(money, order, HostedPage::new());

    let call = RefundPayment::new(job, payment, refund.clone());
    assert_eq!((call.job(), call.payment(), call.refund()), (job, payment, &refund));
    let call = CapturePayment::new(job, payment, CaptureRequest::all());
    assert_eq!((call.job(), call.payment(), call.capture()), (job, payment, &CaptureRequest::all()));
    let call = CancelPayment::new(job, payment);
    assert_eq!((call.job(), call.payment()), (job, payment));
    let call = RetrievePayment::new(job, payment);
    assert_eq!((call.job(), call.payment()), (job, payment));
    assert_eq!(CancelJob::new(job).job(), job);
    assert_eq!(RetrieveJob::new(job).job(), job);
    assert_eq!(TokeniseCard::new(card.clone()).card(), &card);
    assert_eq!(CreateJob::new(create.clone()).job(), &create);
    assert_eq!(CreateJob::new(create.clone()).into_job(), create);
    let number: OrderNumber = v("cart-1");
    assert_eq!(FindOrder::new(number.clone()).number(), &number);
}

#[test]
fn a_list_of_methods_tells_what_it_is_asked_for() {
    let none = ListPaymentMethods::new();
    assert_eq!((none.amount(), none.currency(), none.all(), none.customer()), (None, None, None, None));
    let currency = ListPaymentMethods::new().with_currency(Currency::EUR);
    assert_eq!((currency.amount(), currency.currency()), (None, Some(Currency::EUR)));
    let asked = ListPaymentMethods::new()
        .with_money(Money::gbp(12_34).unwrap())
        .with_all(false)
        .with_customer(reference(7).into());
    assert_eq!(asked.amount(), Some(Decimal::new(12_34, 2).unwrap()));
    assert_eq!(asked.currency(), Some(Currency::GBP));
    assert_eq!((asked.all(), asked.customer()), (Some(false), Some(&reference(7).into())));
}

#[test]
fn an_indicator_tells_how_far_the_cardholder_was_authenticated() {
    use cashflows_codec::value::Authentication;

    for (eci, meaning) in [
        ("00", Some(Authentication::None)),
        ("01", Some(Authentication::Attempted)),
        ("02", Some(Authentication::Full)),
        ("05", Some(Authentication::Full)),
        ("06", Some(Authentication::Attempted)),
        ("07", Some(Authentication::None)),
        ("03", None),
        ("99", None),
    ] {
        assert_eq!(v::<JobEci>(eci).meaning(), meaning, "{eci}");
    }
}

/// Where a page has nothing to say there are no parameters at all, not even an empty object.
#[test]
fn parameters_are_written_where_there_are_some() {
    let criteria = RecurrenceCriteria::instalment(v("2034-11-08"), 30, 12);
    assert_eq!(criteria.instalments, Some(12));
    for (page, count) in [
        (HostedPage::new(), None),
        (HostedPage { page_reference: Some(v("p")), ..HostedPage::new() }, Some(1)),
        (HostedPage { parent_frame_domains: Some(v("shop.test")), ..HostedPage::new() }, Some(1)),
        (
            HostedPage {
                page_reference: Some(v("p")),
                parent_frame_domains: Some(v("shop.test")),
                ..HostedPage::new()
            },
            Some(2),
        ),
    ] {
        let parent = Parent::new(page.clone(), criteria.clone());
        for kind in [JobKind::from(page), JobKind::from(parent)] {
            let job = PaymentJob::new(Money::gbp(1).unwrap(), Order::new(v("cart-1")), kind);
            let body: serde_json::Value = serde_json::from_slice(&job.encode()).unwrap();
            let written = body.get("parameters").map(|parameters| parameters.as_object().unwrap().len());
            assert_eq!(written, count, "{body}");
            assert_eq!(PaymentJob::decode(&job.encode()).unwrap().into_request(), job);
        }
    }
}

#[test]
fn kept_members_are_counted_and_each_there_once() {
    use cashflows_codec::gateway::{KeptMembers, KeptValue};

    let none = KeptMembers::new();
    assert_eq!((none.is_empty(), none.len()), (true, 0));
    let one = none.with_text("a", "1");
    assert_eq!((one.is_empty(), one.len(), one.get("a")), (false, 1, Some(KeptValue::Text("1"))));
    let again = one.with_text("b", "2").with_json("a", "[3]").unwrap();
    assert_eq!((again.len(), again.get("a")), (2, Some(KeptValue::Json("[3]"))));
    assert_eq!(again.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(format!("{again:?}"), "{b: ***, a: ***}");
}

#[test]
fn other_parameters_are_told_written_and_there_once() {
    let job = PaymentJob::new(Money::gbp(1).unwrap(), Order::new(v("cart-1")), HostedPage::new());
    assert!(job.other_parameters().is_empty());
    let job = job
        .with_other_parameter(OtherParameter::new(v("CRes"), "first"))
        .with_other_parameter(OtherParameter::new(v("MyOwn"), "second"))
        .with_other_parameter(OtherParameter::new(v("cres"), "third"));
    let told: Vec<_> =
        job.other_parameters().iter().map(|other| (other.name().as_str(), other.secret_str())).collect();
    assert_eq!(told, [("MyOwn", "second"), ("CRes", "third")]);
    let body: serde_json::Value = serde_json::from_slice(&job.encode()).unwrap();
    assert_eq!(body["parameters"], serde_json::json!({ "MyOwn": "second", "CRes": "third" }));
    assert_eq!(PaymentJob::decode(&job.encode()).unwrap().into_request(), job);
    assert_eq!(format!("{:?}", v::<OtherParameterName>("My4000000000000002")), r#""My*""#);
}

/// Of instalments there is a number, and of nothing else.
#[test]
fn instalments_are_counted() {
    let criteria = RecurrenceCriteria::instalment(v("2034-11-08"), 30, 12);
    let job = PaymentJob::new(
        Money::gbp(1).unwrap(),
        Order::new(v("cart-1")),
        Parent::new(HostedPage::new(), criteria),
    );
    let body: serde_json::Value = serde_json::from_slice(&job.encode()).unwrap();
    let criteria = &body["recurrenceCriteria"];
    assert_eq!((&criteria["recurrenceType"], &criteria["Instalments"]), (&"Instalment".into(), &"12".into()));
    let mut without = body.clone();
    without["recurrenceCriteria"].as_object_mut().unwrap().remove("Instalments");
    let error = PaymentJob::decode(without.to_string().as_bytes()).unwrap_err().to_string();
    assert!(error.contains("recurrenceCriteria.Instalments is mandatory"), "{error}");
    let mut subscription = body.clone();
    subscription["recurrenceCriteria"]["recurrenceType"] = "Subscription".into();
    let read = PaymentJob::decode(subscription.to_string().as_bytes()).unwrap();
    let ignored: Vec<_> = read.ignored().iter().map(ToString::to_string).collect();
    assert_eq!(ignored, ["recurrenceCriteria.Instalments"]);
}
