//! What is set on a call or on what it carries is told by it.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::*;
use cashflows_codec::gateway::{Decimal, Money, OrderNumber, PaymentMethod, Reference, Url};
use cashflows_codec::value::{CardNumber, CardToken, Currency};

fn v<T: for<'t> TryFrom<&'t str>>(text: &str) -> T {
    T::try_from(text).unwrap_or_else(|_| panic!("{text}"))
}

fn reference(number: u64) -> Reference {
    Reference::new(number).unwrap()
}

/// Each accessor gives what was set, and none before.
macro_rules! told {
    ($empty:expr, $full:expr; $($accessor:ident = $text:literal),+ $(,)?) => {
        let (empty, full) = ($empty, $full);
        $(
            assert!(empty.$accessor().is_none(), stringify!($accessor));
            assert_eq!(full.$accessor(), Some(&v($text)), stringify!($accessor));
        )+
    };
}

#[test]
fn calls_tell_whom_they_are_about() {
    let (job, payment) = (reference(1), reference(2));
    let money = Money::gbp(10_00).unwrap();
    let refund = Refund::new(money, v("refund-1"));
    let card = Tokenisation::new(v("4000000000000002"), v("1130"), v("123"), v("Jon Snow"));
    let order = Order::new(v("cart-1"));
    let create = PaymentJob::new(money, order, HostedPage::new());

    let call = RefundPayment::new(job, payment, refund.clone());
    assert_eq!((call.job(), call.payment(), call.refund()), (job, payment, &refund));
    let call = CapturePayment::new(job, payment, Capture::all());
    assert_eq!((call.job(), call.payment(), call.capture()), (job, payment, &Capture::all()));
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
fn an_address_tells_its_parts() {
    let full = Address::default()
        .with_title(v("Dr"))
        .with_first_name(v("Ada"))
        .with_middle_name(v("King"))
        .with_last_name(v("Lovelace"))
        .with_country(v("GB"))
        .with_line_1(v("12 St James's Square"))
        .with_line_2(v("First floor"))
        .with_postcode(v("SW1Y 4JH"))
        .with_city(v("London"))
        .with_state(v("Greater London"))
        .with_organisation(v("Analytical Engines"))
        .with_department(v("Notes"));
    told! {
        Address::default(), full;
        title = "Dr", first_name = "Ada", middle_name = "King", last_name = "Lovelace", country = "GB",
        line_1 = "12 St James's Square", line_2 = "First floor", postcode = "SW1Y 4JH", city = "London",
        state = "Greater London", organisation = "Analytical Engines", department = "Notes",
    }
    assert_eq!(Address::default().telephones(), &[None, None]);
    let mobile = Some(TelephoneKind::Mobile);
    let called = Address::default().with_telephone(v("1"), mobile).with_second_telephone(v("2"), None);
    assert_eq!(called.telephones(), &[Some((v("1"), mobile)), Some((v("2"), None))]);
}

#[test]
fn an_identity_tells_its_parts() {
    let full = Identity::default()
        .with_debtor_id(v("D1"))
        .with_email(v("ada@example.com"))
        .with_date_of_birth(v("1815-12-10"))
        .with_social_security_number(v("S1"))
        .with_chamber_of_commerce_number(v("C1"))
        .with_vat_number(v("V1"));
    told! {
        Identity::default(), full.clone();
        debtor_id = "D1", email = "ada@example.com", date_of_birth = "1815-12-10",
        social_security_number = "S1", chamber_of_commerce_number = "C1", vat_number = "V1",
    }
    assert_eq!(full.gender(), None);
    assert_eq!(full.with_gender(Gender::Female).gender(), Some(Gender::Female));
}

#[test]
fn a_browser_tells_its_facts() {
    let full = Browser::default()
        .with_ip_address(v("192.0.2.1"))
        .with_origin(v("https://shop.test"))
        .with_user_agent(v("Browser/1"))
        .with_language(v("en"))
        .with_time_zone_offset(v("-60"))
        .with_screen_height(v("900"))
        .with_screen_width(v("1280"))
        .with_color_depth(v("24"))
        .with_accept_header(v("*/*"))
        .with_challenge_window_size(v("05"));
    told! {
        Browser::default(), full.clone();
        ip_address = "192.0.2.1", origin = "https://shop.test", user_agent = "Browser/1", language = "en",
        time_zone_offset = "-60", screen_height = "900", screen_width = "1280", color_depth = "24",
        accept_header = "*/*", challenge_window_size = "05",
    }
    assert_eq!((full.java_enabled(), full.javascript_enabled()), (None, None));
    let scripts = full.with_java_enabled(false).with_javascript_enabled(true);
    assert_eq!((scripts.java_enabled(), scripts.javascript_enabled()), (Some(false), Some(true)));
}

#[test]
fn an_order_tells_its_parts() {
    let price = UnitPrice::WithVat(v("12.00"));
    let line = || OrderLine::new(v("Teapot"), price);
    let full = line()
        .with_sku_code(v("T-1"))
        .with_description(v("Blue"))
        .with_vat_percentage_label(v("20 %"))
        .with_discount_percentage_label(v("none"))
        .with_url(v("https://shop.test/t-1"));
    told! {
        line(), full.clone();
        sku_code = "T-1", description = "Blue", vat_percentage_label = "20 %",
        discount_percentage_label = "none", url = "https://shop.test/t-1",
    }
    assert_eq!((full.name(), full.unit_price()), (&v("Teapot"), price));
    assert_eq!((full.number(), full.kind(), full.quantity()), (None, None, None));
    assert_eq!((full.vat_percentage(), full.total()), (None, None));
    let counted = full
        .with_number(3)
        .with_kind(LineKind::PhysicalItem)
        .with_quantity(v("2"))
        .with_vat_percentage(v("20"))
        .with_total(v("24.00"));
    assert_eq!((counted.number(), counted.kind()), (Some(3), Some(LineKind::PhysicalItem)));
    assert_eq!((counted.quantity(), counted.total()), (Some(v("2")), Some(v("24.00"))));
    assert_eq!(counted.vat_percentage(), Some(v("20")));

    let (billing, shipping) =
        (Address::default().with_city(v("London")), Address::default().with_city(v("York")));
    let identity = Identity::default().with_vat_number(v("V1"));
    let order = Order::new(v("cart-1"))
        .with_note(v("a note"))
        .with_customer(reference(7).into())
        .with_billing_address(billing.clone())
        .with_shipping_address(shipping.clone())
        .with_billing_identity(identity.clone())
        .with_line(counted.clone());
    assert_eq!((order.number(), order.note()), (Some(&v("cart-1")), Some(&v("a note"))));
    assert_eq!((order.customer(), order.lines()), (Some(&reference(7).into()), &[counted][..]));
    assert_eq!((order.billing_address(), order.shipping_address()), (Some(&billing), Some(&shipping)));
    assert_eq!(order.billing_identity(), Some(&identity));
}

#[test]
fn a_job_tells_what_was_asked_for() {
    let job = || PaymentJob::new(Money::gbp(10_00).unwrap(), Order::new(v("cart-1")), HostedPage::new());
    let full = job()
        .with_time_zone(v("Europe/London"))
        .with_display_url(v("https://shop.test/orders/1"))
        .with_webhook_url(v("https://shop.test/webhook"))
        .with_descriptor(v("SHOP"))
        .with_simulated_status(v("Paid"));
    told! {
        job(), full.clone();
        time_zone = "Europe/London", display_url = "https://shop.test/orders/1",
        webhook_url = "https://shop.test/webhook", descriptor = "SHOP", simulated_status = "Paid",
    }
    assert_eq!((full.job_type(), full.currency()), (JobType::Payment, Currency::GBP));
    assert_eq!((full.amount(), full.money()), (v("10.00"), Money::gbp(10_00).ok()));
    assert_eq!(full.order(), Some(&Order::new(v("cart-1"))));
    assert_eq!((full.expires(), full.return_urls(), full.browser()), (None, None, None));
    let urls = ReturnUrls::default()
        .with_success(v("https://shop.test/s"))
        .with_failed(v("https://shop.test/f"))
        .with_cancelled(v("https://shop.test/c"));
    let of = |url: &str| v::<Url>(&format!("https://shop.test/{url}"));
    assert_eq!((urls.success(), urls.failed()), (Some(&of("s")), Some(&of("f"))));
    assert_eq!(urls.cancelled(), Some(&of("c")));
    let browser = Browser::default().with_language(v("en"));
    let more = full
        .with_expires(v("2026-12-31T00:00:00Z"))
        .with_return_urls(urls.clone())
        .with_browser(browser.clone())
        .with_preparation_id(v("p1"))
        .with_generated_token();
    assert_eq!(more.expires(), Some(v("2026-12-31T00:00:00Z")));
    assert_eq!((more.return_urls(), more.browser()), (Some(&urls), Some(&browser)));
    assert_eq!(more.preparation_ids(), &[v("p1")]);
    assert!(more.options().eq([&JobOption::GenerateToken]));
}

#[test]
fn cards_tell_what_is_on_them() {
    let (number, token): (CardNumber, CardToken) = (v("4000000000000002"), v("t-1"));
    let three_ds = || {
        let id = v("c5b808e7-1de1-4069-a17b-f70d3b3b1645");
        ThreeDsResult::new(v("2.2.0"), v("AAABCAAhIXdRcEdRVyEhAAAAAAA="), v("05"), id)
    };
    let result = three_ds().with_xid(v("AAABCAAhIXdRcEdRVyEhAAAAAAA="));
    assert_eq!((result.version(), result.eci()), (&v("2.2.0"), &v("05")));
    assert_eq!(result.cavv(), &v("AAABCAAhIXdRcEdRVyEhAAAAAAA="));
    assert_eq!(result.ds_transaction_id(), &v("c5b808e7-1de1-4069-a17b-f70d3b3b1645"));
    assert_eq!((three_ds().xid(), result.xid()), (None, Some(&v("AAABCAAhIXdRcEdRVyEhAAAAAAA="))));

    let card = Card::new(number.clone(), v("1130"), v("123"), v("Jon Snow"));
    assert_eq!((card.source(), card.expiry()), (&CardSource::Number(number.clone()), Some(v("1130"))));
    assert_eq!((card.cvc(), card.holder()), (&v("123"), Some(&v("Jon Snow"))));
    let moto = Moto::new(token.clone(), v("1130"), v("123"));
    assert_eq!((moto.source(), moto.expiry()), (&CardSource::Token(token.clone()), Some(v("1130"))));
    assert_eq!((moto.cvc(), moto.holder()), (Some(&v("123")), None));
    let alone = Moto::token(token.clone());
    assert_eq!((alone.source(), alone.expiry()), (&CardSource::Token(token.clone()), None));
    assert_eq!((alone.cvc(), alone.holder()), (None, None));
    let by_token = Card::token(token.clone(), v("123"), v("Jon Snow"));
    assert_eq!((by_token.source(), by_token.expiry()), (&CardSource::Token(token.clone()), None));
    assert_eq!((by_token.cvc(), by_token.holder()), (&v("123"), Some(&v("Jon Snow"))));
    assert_eq!(moto.with_holder(v("Jon Snow")).holder(), Some(&v("Jon Snow")));
    let external = ExternalThreeDs::new(card.clone(), three_ds());
    assert_eq!((external.card(), external.result()), (&card, &three_ds()));
    let stored = StoredCard::new(token.clone(), v("1130"), v("Jon Snow"), three_ds());
    assert_eq!((stored.source(), stored.expiry()), (&CardSource::Token(token.clone()), Some(v("1130"))));
    assert_eq!((stored.holder(), stored.result()), (Some(&v("Jon Snow")), &three_ds()));
    let wallet = Wallet::new(WalletKind::ApplePay, number.clone(), v("1130"), v("cryptogram"), v("05"));
    assert_eq!((wallet.kind(), wallet.number()), (WalletKind::ApplePay, &number));
    assert_eq!((wallet.expiry(), wallet.cryptogram()), (v("1130"), &v("cryptogram")));
    assert_eq!((wallet.eci(), wallet.holder(), wallet.transaction_id()), (Some(&v("05")), None, None));
    assert_eq!((wallet.version(), wallet.ds_transaction_id(), wallet.xid()), (None, None, None));
    let id = || v("c5b808e7-1de1-4069-a17b-f70d3b3b1645");
    let without = Wallet::without_eci(WalletKind::Other, number.clone(), v("1130"), v("cryptogram"))
        .with_three_ds(v("2.2.0"), id())
        .with_xid(v("MDAwMDAwMDAwMDEyMzQ2Njc4OTA="));
    assert_eq!((without.eci(), without.version()), (None, Some(&v("2.2.0"))));
    assert_eq!(without.ds_transaction_id(), Some(&id()));
    assert_eq!(without.xid(), Some(&v("MDAwMDAwMDAwMDEyMzQ2Njc4OTA=")));
    let wallet = wallet.with_holder(v("Jon Snow")).with_transaction_id(v("id"));
    assert_eq!((wallet.holder(), wallet.transaction_id()), (Some(&v("Jon Snow")), Some(&v("id"))));
    let credit = Credit::new(token.clone(), v("1130"), v("Jon Snow"));
    assert_eq!((credit.source(), credit.expiry()), (&CardSource::Token(token), Some(v("1130"))));
    assert_eq!((credit.holder(), credit.cvc()), (Some(&v("Jon Snow")), None));
    assert_eq!(credit.with_cvc(v("123")).cvc(), Some(&v("123")));
    let tokenisation = Tokenisation::new(number.clone(), v("1130"), v("123"), v("Jon Snow"));
    assert_eq!((tokenisation.number(), tokenisation.expiry()), (&number, v("1130")));
    assert_eq!((tokenisation.cvc(), tokenisation.holder()), (&v("123"), Some(&v("Jon Snow"))));
}

#[test]
fn pages_and_recurrences_tell_what_was_said() {
    let page = HostedPage::new().with_page_reference(v("p")).with_parent_frame_domains(v("shop.test"));
    assert_eq!(page.page_reference(), Some(&v("p")));
    assert_eq!(page.parent_frame_domains(), Some(&v("shop.test")));
    let twice =
        page.clone().with_payment_method(PaymentMethod::Card).with_payment_method(PaymentMethod::Card);
    let job = PaymentJob::new(Money::gbp(1).unwrap(), Order::new(v("cart-1")), twice);
    assert_eq!(job.payment_methods(), &[PaymentMethod::Card]);

    let other = OtherParameter::new(v("CRes"), "x");
    let refund = Refund::new(Money::gbp(1).unwrap(), v("refund-1"));
    assert!(refund.other_parameters().is_empty());
    let refund = refund.with_other_parameter(other.clone());
    assert_eq!(refund.other_parameters(), std::slice::from_ref(&other));
    assert_eq!((other.name().to_string().as_str(), other.secret_str()), ("CRes", "x"));

    let criteria = RecurrenceCriteria::customer_initiated();
    assert_eq!((criteria.kind(), criteria.expiry()), (RecurrenceKind::CustomerInitiated, None));
    assert_eq!((criteria.frequency(), criteria.instalments()), (None, None));
    let criteria = criteria.with_expiry(v("2034-11-08")).with_frequency(30);
    assert_eq!((criteria.expiry(), criteria.frequency()), (Some(&v("2034-11-08")), Some(30)));
    let parent = Parent::new(page.clone(), criteria.clone());
    assert_eq!((parent.means(), parent.criteria()), (&ParentMeans::HostedPage(page), &criteria));
    let child = Child::new(reference(9));
    assert_eq!((child.parent(), child.criteria()), (reference(9), None));
    assert_eq!(child.with_criteria(criteria.clone()).criteria(), Some(&criteria));

    let refund = Refund::new(Money::gbp(5_00).unwrap(), v("refund-1"));
    assert_eq!((refund.amount(), refund.number()), (Some(v("5.00")), Some(&v("refund-1"))));
    assert_eq!(refund.money(Currency::GBP), Ok(Some(Money::gbp(5_00).unwrap())));
    let all = Refund::all(v("refund-2"));
    assert_eq!((all.amount(), all.number()), (None, Some(&v("refund-2"))));
    assert_eq!(all.money(Currency::GBP), Ok(None));
    assert_eq!(all.encode(), br#"{"refundNumber":"refund-2"}"#.as_slice());
    let capture = Capture::part(Money::gbp(5_00).unwrap());
    assert_eq!((capture.amount(), capture.is_final()), (Some(v("5.00")), None));
    assert_eq!(capture.with_final(true).is_final(), Some(true));
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
        assert_eq!(v::<Eci>(eci).meaning(), meaning, "{eci}");
    }
}

#[test]
fn return_urls_are_one_for_each_end() {
    let url = |end: &str| v::<Url>(&format!("https://shop.test/{end}"));
    let page = |urls: ReturnUrls| {
        PaymentJob::new(Money::gbp(1).unwrap(), Order::new(v("cart-1")), HostedPage::new())
            .with_return_urls(urls)
    };
    assert_eq!(page(ReturnUrls::all(url("end"))), page(ReturnUrls::new(url("end"), url("end"), url("end"))));
    let set =
        ReturnUrls::all(url("end")).with_success(url("a")).with_failed(url("b")).with_cancelled(url("c"));
    assert_eq!(set, ReturnUrls::new(url("a"), url("b"), url("c")));
}

/// Where a page has nothing to say there are no parameters at all, not even an empty object.
#[test]
fn parameters_are_written_where_there_are_some() {
    let criteria = RecurrenceCriteria::instalment(v("2034-11-08"), 30, 12);
    assert_eq!(criteria.instalments(), Some(12));
    for (page, count) in [
        (HostedPage::new(), None),
        (HostedPage::new().with_page_reference(v("p")), Some(1)),
        (HostedPage::new().with_parent_frame_domains(v("shop.test")), Some(1)),
        (HostedPage::new().with_page_reference(v("p")).with_parent_frame_domains(v("shop.test")), Some(2)),
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
