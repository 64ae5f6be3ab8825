//! Parts of a job: values that take the place of others, members that are kept, and what is written of them.

use cashflows_codec::gateway::request::*;
use cashflows_codec::gateway::{Money, PaymentMethod};
use cashflows_codec::value::Currency;

fn v<T: for<'t> TryFrom<&'t str>>(text: &str) -> T {
    T::try_from(text).unwrap_or_else(|_| panic!("{text}"))
}

#[test]
fn payment_method_given_twice_is_written_once() {
    let page =
        HostedPage::new().with_payment_method(PaymentMethod::Card).with_payment_method(PaymentMethod::Card);
    let job = PaymentJob::new(Money::gbp(1).unwrap(), Order::new(v("cart-1")), page);
    assert_eq!(job.payment_methods(), &[PaymentMethod::Card]);
}

#[test]
fn refund_of_all_has_no_amount() {
    let part = RefundRequest::new(Money::gbp(5_00).unwrap(), v("refund-1"));
    assert_eq!(part.money(Currency::GBP), Ok(Some(Money::gbp(5_00).unwrap())));
    let all = RefundRequest::all(v("refund-2"));
    assert_eq!(all.money(Currency::GBP), Ok(None));
    assert_eq!(all.encode(), br#"{"refundNumber":"refund-2"}"#.as_slice());
}

#[test]
fn eci_says_how_far_cardholder_was_authenticated() {
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

/// Without parameters the member is left out, rather than written as an empty object.
#[test]
fn page_without_parameters_writes_no_parameters() {
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
fn kept_members_hold_each_name_once() {
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
fn other_parameters_hold_each_name_once() {
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

/// The number of instalments is mandatory for instalments and ignored otherwise.
#[test]
fn recurrence_criteria_number_of_instalments() {
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
