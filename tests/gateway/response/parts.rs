//! The parts of answers: built, asked, written, read.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::{Identity, Order, OrderAddress};
use cashflows_codec::gateway::response::*;
use cashflows_codec::gateway::{Decimal, PaymentMethod, Timestamp};
use cashflows_codec::value::{Currency, Unlisted};

#[test]
fn an_order_comes_back_as_it_was_sent() {
    let in_city = |city: &str| OrderAddress { city: Some(city.parse().unwrap()), ..OrderAddress::default() };
    let mut order = Order::new("cart-1".parse().unwrap())
        .with_customer("7".parse().unwrap())
        .with_billing_address(in_city("Cambridge"))
        .with_billing_identity(Identity::default().with_email("alex@test.com".parse().unwrap()));
    order.note = Some("ring twice".parse().unwrap());
    order.shipping_address = Some(in_city("Ely"));
    let created: Timestamp = "2021-02-18T11:04:38Z".parse().unwrap();
    let record = OrderRecord::from(&order).with_created(&created.into());
    assert_eq!((record.number(), record.note()), (Some("cart-1"), Some("ring twice")));
    assert_eq!(record.customer_reference(), Some("7"));
    assert_eq!(record.created().and_then(|time| time.timestamp()), Some(created));
    let city = |address: Option<cashflows_codec::gateway::KeptMembers>| {
        address.and_then(|address| address.secret_text("city").map(str::to_owned))
    };
    assert_eq!(city(record.billing_address()).as_deref(), Some("Cambridge"));
    assert_eq!(city(record.shipping_address()).as_deref(), Some("Ely"));
    assert_eq!(record.billing_identity().unwrap().secret_text("emailAddress"), Some("alex@test.com"));
    assert_eq!(record.members().len(), 7);
}

#[test]
fn attributes_are_asked_by_name() {
    let job = JobAttributes::new()
        .with("webhookUrl", "https://a.example/hook")
        .with("allowedParentFrameDomains", "a.example")
        .with("paymentPageReference", "9");
    assert_eq!(job.webhook_url(), Some("https://a.example/hook"));
    assert_eq!(job.allowed_parent_frame_domains(), Some("a.example"));
    assert_eq!(job.payment_page_reference(), Some("9"));
    assert_eq!(job.members().len(), 3);

    let payment = Attributes::new()
        .with("userAgent", "Mozilla")
        .with("descriptor", "SHOP")
        .with("originatingIpAddress", "")
        .with("returnUrlSuccess", "a")
        .with("returnUrlFailed", "b")
        .with("returnUrlCancelled", "c");
    assert_eq!((payment.user_agent(), payment.descriptor()), (Some("Mozilla"), Some("SHOP")));
    assert_eq!(payment.originating_ip_address(), None);
    assert_eq!(payment.return_url_success(), Some("a"));
    assert_eq!(payment.return_url_failed(), Some("b"));
    assert_eq!(payment.return_url_cancelled(), Some("c"));
    assert_eq!(payment.acquiring_details(), None);
}

#[test]
fn methods_are_built_and_read() {
    let card = TokenisedCard::new("1000000000030419".parse().unwrap()).with_issuer_return_code("00");
    let mut method = SupportedPaymentMethod::new(PaymentMethod::Ideal);
    method.logo = Some("https://a.example/ideal.svg".into());
    method.issuers = vec![Issuer::new("INGBNL2A", "ING")];
    method.supports_tokenisation = Some(false);
    method.tokenised_cards = vec![card];
    method.currencies = vec![Currency::EUR.into(), "NoCurrencyCashflows".into()];
    method.surcharge_amount = Some("0.35".into());
    method.surcharge_amount_excluding_vat = Some("0.29".into());
    method.surcharge_amount_vat = Some("0.06".into());
    method.surcharge_vat_percentage = Some("21".into());
    method.description = Some("iDEAL".into());
    let answer = ListPaymentMethods::respond(200, vec![method]);
    let body = answer.encode().into_bytes();
    assert_eq!(ListPaymentMethods::decode(200, &body).as_ref(), Ok(&answer));
    let written: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(written["data"][0]["issuerList"][0]["id"], "INGBNL2A");
    assert_eq!(written["data"][0]["surchargeAmountExclVat"], "0.29");
    assert_eq!(written["data"][0]["surchargeVatPercentage"], "21");
    assert_eq!(answer.data()[0].tokenised_cards[0].issuer_return_code(), Some("00"));
}

/// Everything that a payment can have, in one.
#[test]
fn a_full_payment_is_built_and_read() {
    let number = |text: &str| Some(NumberText::from(text));
    let mut step = Step::new("3".parse().unwrap());
    step.created = Some("2021-02-18T11:04:38Z".into());
    step.action = Some(StepAction::BackgroundProcess);
    step.payment_methods = Some(vec![PaymentMethod::PayPal]);
    step.status = Some(StepStatus::Verified);
    step.amount_to_collect = Some(Decimal::new(10_00, 2).unwrap());
    step.description = Some("a step".into());
    step.result_attributes = Some(cashflows_codec::gateway::KeptMembers::new().with_text("a", "b"));
    let mut refund = Refund::new("4".parse().unwrap(), CompletionStatus::Pending);
    refund.number = Some("r-1".into());
    refund.amount = Some("1.50".parse().unwrap());
    refund.converted_amount = number("1.70");
    refund.converted_currency = Some(Currency::EUR.into());
    refund.conversion_rate = number("1.1333333333333333333333");
    refund.steps = vec![step.clone()];
    let mut capture = Capture::new("5".parse().unwrap(), CompletionStatus::Failed);
    capture.amount = Some("2".parse().unwrap());
    capture.is_final = Some(false);
    capture.converted_amount = number("2.27");
    capture.converted_currency = Some("XTS".into());
    capture.conversion_rate = number("1.13");
    capture.steps = vec![step.clone()];
    let mut payment = Payment::new("2".parse().unwrap(), "Reserved".into());
    payment.payment_methods = vec![PaymentMethod::PayPal];
    payment.surcharge_amount = number("0");
    payment.converted_total_amount = number("11.33");
    payment.converted_currency = Some(Currency::EUR.into());
    payment.conversion_rate = number("1.13");
    payment.steps = vec![step];
    payment.refunds = vec![refund];
    payment.captures = vec![capture];
    payment.last_error_report =
        Some(ErrorReport::new().with_error(ReportEntry::new(ErrorWord::ThreeDSecureFailed)));
    let answer = RetrievePayment::respond(200, payment);
    let body = answer.encode().into_bytes();
    let read = RetrievePayment::decode(200, &body).unwrap();
    assert_eq!(read, answer);
    assert!(read.data().unlisted().is_empty() && read.data().steps[0].unlisted().is_empty());
    assert_eq!(read.data().refunds_numbered("r-1").count(), 1);
    assert_eq!(read.data().refunds_numbered("r-2").count(), 0);
    assert_eq!(read.data().refunds[0].conversion_rate.as_ref().unwrap().decimal(), None);
    assert_eq!(read.data().conversion_rate.as_ref().unwrap().decimal(), Some("1.13".parse().unwrap()));
}

/// Everything that a job can have beside its payments, as the gateway writes it: each member goes to its
/// field, and none is kept as one that nobody listed.
#[test]
fn a_full_job_is_read() {
    let body = br#"{"data":{"reference":1,"createDateTimeUtc":"2021-02-18T11:04:38Z","type":"Payment",
        "traceReference":2,"configurationId":"3","domain":"d","locale":"en_GB","timeZone":"Europe/London",
        "order":{"orderNumber":"cart-1"},"parentPaymentJobReference":"4","paymentMethodsToUse":["PayPal"],
        "displayUrl":"https://shop.test/1","currency":"GBP","amountToCollect":"10.00","amountCollected":1,
        "paidAmount":2,"paidDateTimeUtc":"a","expirationDateTimeUtc":"b","dueDateTimeUtc":"c",
        "lastUpdateTimeUtc":"d","lastProcessedTimeUtc":"e","flags":{"moto":true},
        "attributes":{"webhookUrl":"w","allowedParentFrameDomains":"f","paymentPageReference":"p"},
        "paymentStatus":"Pending","payments":[],"recurrenceCriteria":{"recurrenceType":"Subscription"}}}"#;
    let answer = RetrieveJob::decode(200, body).unwrap();
    let job = answer.data();
    assert!(job.unlisted().is_empty(), "{job:?}");
    assert_eq!(job.trace_reference.map(|reference| reference.get()), Some(2));
    assert_eq!(job.parent_reference.map(|reference| reference.get()), Some(4));
    let texts = [&job.job_type, &job.configuration_id, &job.domain, &job.locale, &job.time_zone];
    assert_eq!(texts.map(|text| text.as_deref().unwrap()), ["Payment", "3", "d", "en_GB", "Europe/London"]);
    let times = [&job.created, &job.paid, &job.expires, &job.due, &job.last_update, &job.last_processed];
    let times = times.map(|time| time.as_ref().unwrap().as_str());
    assert_eq!(times, ["2021-02-18T11:04:38Z", "a", "b", "c", "d", "e"]);
    let amounts = [job.amount_to_collect, job.amount_collected, job.paid_amount];
    assert_eq!(amounts.map(|amount| amount.unwrap().to_string()), ["10.00", "1", "2"]);
    assert_eq!(job.order.as_ref().unwrap().number(), Some("cart-1"));
    assert_eq!(
        (job.payment_methods_to_use.as_slice(), job.payments.len()),
        ([PaymentMethod::PayPal].as_slice(), 0)
    );
    assert_eq!(job.display_url.as_ref().unwrap().as_str(), "https://shop.test/1");
    assert_eq!(job.currency, Some(Currency::GBP.into()));
    assert!(job.flags.has(&Flag::Moto));
    let attributes = &job.attributes;
    assert_eq!(attributes.webhook_url(), Some("w"));
    assert_eq!(attributes.allowed_parent_frame_domains(), Some("f"));
    assert_eq!(attributes.payment_page_reference(), Some("p"));
    let recurrence = job.recurrence_criteria.as_ref().unwrap();
    assert_eq!(recurrence.secret_text("recurrenceType"), Some("Subscription"));
    assert_eq!(RetrieveJob::decode(200, &answer.encode().into_bytes()), Ok(answer));
}

/// Whatever need not be there may be null, which says no more.
#[test]
fn null_is_nothing() {
    fn check<C: CallType<Data: PartialEq + core::fmt::Debug>>(needed: &str, others: &[&str]) {
        let nulls: String = others.iter().map(|name| format!(r#","{name}":null"#)).collect();
        let read = |body: String| C::decode(200, body.as_bytes()).unwrap();
        let bare = read(format!(r#"{{"data":{{{needed}}}}}"#));
        assert_eq!(read(format!(r#"{{"data":{{{needed}{nulls}}}}}"#)), bare);
    }
    let common = ["createDateTimeUtc", "convertedCurrency", "conversionRate", "steps", "attributes"];
    let of = |more: &[&'static str]| [&common[..], more].concat();
    let completed = r#""reference":1,"status":"Completed""#;
    check::<RefundPayment>(completed, &of(&["refundNumber", "amountToRefund", "convertedAmount"]));
    check::<CapturePayment>(completed, &of(&["amountToCapture", "isFinalCapture", "convertedAmount"]));
    let more = ["paymentMethods", "paidAmount", "refunds", "captures", "lastErrorReport"];
    check::<RetrievePayment>(completed, &of(&more));
    let job =
        ["order", "paymentMethodsToUse", "flags", "attributes", "payments", "recurrenceCriteria", "currency"];
    check::<RetrieveJob>(r#""reference":1,"paymentStatus":"Pending""#, &job);
}

#[test]
fn unlisted_values_cannot_be_made_of_listed_words() {
    assert!(Unlisted::<AnyCurrency>::try_from("GBP").is_err());
    assert_eq!(Unlisted::<AnyCurrency>::try_from("gbp").unwrap().as_str(), "gbp");
    let shown = format!("{:?}", Unlisted::<AnyCurrency>::try_from("4000000000000002 x").unwrap());
    assert!(shown.contains("* x") && !shown.contains("0000"), "{shown}");
    assert_eq!(AnyCurrency::from("GBP").listed(), Some(Currency::GBP));
    assert!(Unlisted::<ErrorWord>::try_from("RecordNotFound").is_err());
    assert!(Unlisted::<WarningWord>::try_from("UnexpectedPaymentStatus").is_err());
    assert!(Unlisted::<Flag>::try_from("moto").is_err());
    assert!(Unlisted::<CompletionStatus>::try_from("Completed").is_err());
    assert!(Unlisted::<StepAction>::try_from("Start").is_err());
    assert!(Unlisted::<StepStatus>::try_from("Paid").is_err());
}

/// A link that is not listed may be a link all the same, and a listed one may be none: both are kept.
#[test]
fn unlisted_and_malformed_links_are_kept() {
    let body = br#"{"data":{"reference":1,"status":"Paid"},"links":{"data":{"url":"https://a.test"},"self":{"url":"https://b.test"},"action":7}}"#;
    let answer = RetrievePayment::decode(200, body).unwrap();
    let links = answer.links();
    assert_eq!(links.data.as_ref().map(|link| link.url.as_str()), Some("https://a.test"));
    assert_eq!((&links.action, links.unlisted().len()), (&None, 1));
    let findings: Vec<_> = answer.findings().iter().map(ToString::to_string).collect();
    assert_eq!(findings, ["links.action must be an object"]);
    let unlisted: Vec<_> = answer.unlisted_paths().iter().map(ToString::to_string).collect();
    assert_eq!(unlisted, ["links.self"]);
    let written = answer.encode().into_bytes();
    let written: serde_json::Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(written["links"]["self"]["url"], "https://b.test");
    assert_eq!(written["links"]["action"], 7);
}

#[test]
fn an_order_is_what_its_json_says() {
    let order = OrderRecord::from_json(r#"{"orderNumber":"cart-1","more":[1]}"#).unwrap();
    assert_eq!((order.number(), order.members().len()), (Some("cart-1"), 2));
    for json in ["", "[]", r#"{"a":1,"a":2}"#] {
        assert!(OrderRecord::from_json(json).is_err(), "{json}");
    }
}

#[test]
fn texts_are_printed_as_they_came() {
    let (time, number) = (TimeText::from("2021-02-18T11:04:38Z"), NumberText::from("1.13"));
    assert_eq!(format!("{time} {time:?}"), r#"2021-02-18T11:04:38Z TimeText("2021-02-18T11:04:38Z")"#);
    assert_eq!(format!("{number} {number:?}"), r#"1.13 NumberText("1.13")"#);
    assert_eq!(format!("{:>5}|{:<5}", NumberText::from("1"), NumberText::from("2")), "    1|2    ");
    let members = cashflows_codec::gateway::KeptMembers::new().with_text("a", "secret");
    assert_eq!(format!("{:?} {members:?}", members.get("a")), "Some(***) {a: ***}");
    // A code may be anything, a card number too.
    assert_eq!(format!("{:?}", ReportCode::from("4000000000000002")), r#"ReportCode("*")"#);
    let entry = ReportEntry::new(ErrorWord::RecordNotFound).with_message("no 4000000000000002 here");
    assert_eq!(
        format!("{entry:?}"),
        r#"ReportEntry { code: Some(ReportCode("RecordNotFound")), message: Some("no * here"), translated_message: None, unlisted: {} }"#
    );
    let refused = |words: &[ErrorWord]| {
        let report = words
            .iter()
            .fold(ErrorReport::new(), |report, word| report.with_error(ReportEntry::new(word.clone())));
        Refusal::new(400, report).to_string()
    };
    let codes = "status 400: the gateway reports";
    assert_eq!(refused(&[]), format!("{codes} no error"));
    assert_eq!(refused(&[ErrorWord::RecordNotFound]), format!(r#"{codes} "RecordNotFound""#));
    assert_eq!(
        refused(&[ErrorWord::RecordNotFound, ErrorWord::ThreeDSecureFailed]),
        format!(r#"{codes} "RecordNotFound", "ThreeDSecureFailed""#)
    );
}

#[test]
fn a_year_of_a_token_has_two_digits_or_four() {
    for (month, year, expiry) in [
        ("10", "21", Some("1021")),
        ("10", "2021", Some("1021")),
        ("10", "1921", None),
        ("13", "21", None),
        ("1", "21", None),
        ("10", "", None),
    ] {
        let body =
            format!(r#"{{"data":{{"token":"1","cardExpiryMonth":"{month}","cardExpiryYear":"{year}"}}}}"#);
        let card = TokeniseCard::decode(200, body.as_bytes()).unwrap();
        assert_eq!(card.data().expiry(), expiry.map(|text| text.parse().unwrap()), "{month} {year}");
    }
}

/// Names are compared by what they stand for, wherever escapes are.
#[test]
fn members_are_found_by_names_with_escapes() {
    let body = br#"{"d\u0061t\u0062": {"reference": "9"}, "d\u0061ta":
        {"r\u0065ference": "1", "paymentSt\u0061tus": "Paid", "p\u0061yments": []}}"#;
    let answer = RetrieveJob::decode(200, body).unwrap();
    assert_eq!(answer.data().reference.get(), 1);
    assert_eq!(answer.data().payment_status.as_str(), "Paid");
    assert!(
        RetrieveJob::decode(200, br#"{"d\u0061tb": {"reference": "1", "paymentStatus": "Paid"}}"#).is_err()
    );
}

#[test]
fn flags_are_set_and_set_anew() {
    let flags = Flags::new().with(Flag::Moto, true).with(Flag::Direct, false);
    assert_eq!((flags.get(&Flag::Moto), flags.get(&Flag::Direct)), (Some(true), Some(false)));
    assert!(flags.has(&Flag::Moto) && !flags.has(&Flag::Direct) && !flags.has(&Flag::Frictionless));
    let again = flags.with(Flag::Moto, false);
    assert_eq!((again.get(&Flag::Moto), again.members().len()), (Some(false), 2));
}
