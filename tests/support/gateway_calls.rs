//! Calls of every shape, built from bytes, for property tests and fuzzing.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::*;
use cashflows_codec::gateway::{CustomerReference, JobReference, Locale, Money, OrderNumber, PaymentMethod};
use cashflows_codec::value::{CardNumber, CardOrToken, CardToken, Currency, Recipient, Unlisted};

/// Choices, each decided by a byte. At the end of the bytes, the first choice is taken.
pub struct Choices<'a>(pub &'a [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn number(&mut self) -> u64 {
        (0..8).fold(0, |number, _| number << 8 | u64::from(self.byte()))
    }

    fn flag(&mut self) -> bool {
        self.byte() % 2 == 1
    }

    fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[usize::from(self.byte()) % choices.len()].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.flag().then(|| make(self))
    }

    /// A value from one of these texts.
    fn value<T: for<'t> TryFrom<&'t str>>(&mut self, texts: &[&str]) -> T {
        T::try_from(self.pick(texts)).unwrap_or_else(|_| panic!("{texts:?}"))
    }

    fn text<T: for<'t> TryFrom<&'t str>>(&mut self) -> T {
        self.value(&[
            "x",
            "Zoë \"the\" Müller",
            "back\\slash",
            "two\nlines",
            "{}",
            "😀",
            "null",
            " ",
            "</script>",
        ])
    }

    fn reference<T: TryFrom<u64>>(&mut self) -> T {
        T::try_from(self.number() % JobReference::MAX + 1).unwrap_or_else(|_| panic!("in range"))
    }

    fn currency(&mut self) -> Currency {
        self.value(&["GBP", "EUR", "JPY", "KWD", "CLF", "XAU"])
    }

    fn money(&mut self) -> Money {
        let (number, size) = (self.number(), self.byte() % 64);
        Money::new((number >> size).max(1), self.currency()).unwrap_or_else(|_| panic!("not zero"))
    }
}

pub fn call(choices: &mut Choices<'_>) -> Call {
    let (job, payment) = (choices.reference(), choices.reference());
    match choices.byte() % 16 {
        0 => RetrieveJob::new(job).into(),
        1 => RetrievePayment::new(job, payment).into(),
        2 => CancelPayment::new(job, payment).into(),
        3 => CancelJob::new(job).into(),
        4 => RefundPayment::new(job, payment, refund(choices)).into(),
        5 => {
            let capture = choices
                .maybe(|choices| CaptureRequest::part(choices.money()))
                .unwrap_or(CaptureRequest::all());
            let is_final = choices.maybe(Choices::flag);
            let capture = match is_final {
                Some(is_final) => capture.with_final(is_final),
                None => capture,
            };
            CapturePayment::new(job, payment, capture).into()
        }
        6 => {
            let number = choices.value(&["4000000000000002", "340000000000009"]);
            let card = Tokenisation::new(
                number,
                choices.value(&["0530", "1299"]),
                choices.value(&["123", "1234"]),
                choices.value(&["A Smith", "\"\\"]),
            );
            TokeniseCard::new(card).into()
        }
        7 => {
            let mut methods = ListPaymentMethods::default();
            if choices.flag() {
                methods = ListPaymentMethods::taking(choices.money());
            }
            if choices.flag() {
                methods.amount = None;
                methods.currency = Some(choices.currency());
            }
            methods.all = choices.maybe(Choices::flag);
            if choices.flag() {
                methods.customer = Some(customer(choices));
            }
            methods.into()
        }
        8 => FindOrder::new(order_number(choices)).into(),
        _ => CreateJob::new(payment_job(choices)).into(),
    }
}

/// The requested language of texts.
pub fn locale(choices: &mut Choices<'_>) -> Option<Locale> {
    choices.maybe(|choices| Locale::from(choices.pick(&["en_GB", "nl_NL", "fr FR&x=ÿ", "x"])))
}

fn customer(choices: &mut Choices<'_>) -> CustomerReference {
    choices.value(&["7", "CUST-7", "0f8fad5b-d9cb-469f-a165-70867728950e", "\"\\ é"])
}

fn order_number(choices: &mut Choices<'_>) -> OrderNumber {
    let text = choices.pick(&["cart-1", "Payment ref D1", "a/b?c#d%2F&e=f+g", "é\"\\😀", "..."]);
    OrderNumber::of_any_form(text).unwrap_or_else(|_| panic!("{text}"))
}

fn refund(choices: &mut Choices<'_>) -> RefundRequest {
    let number = choices.value(&["refund-1", "Your refund \"reference\""]);
    if choices.byte() % 4 == 3 {
        return RefundRequest::all(number);
    }
    let mut refund = RefundRequest::new(choices.money(), number);
    if choices.flag() {
        refund = refund.with_other_parameter(other_parameter(choices));
    }
    refund
}

fn other_parameter(choices: &mut Choices<'_>) -> OtherParameter {
    let name = choices.value(&["PaRes", "idealbic", "SomethingNew", "CRES"]);
    OtherParameter::new(name, choices.pick(&["", "eJzVWFmTosgW", "\"\\\u{0}\u{1f}", "😀"]))
}

pub fn payment_job(choices: &mut Choices<'_>) -> PaymentJob {
    let order = order(choices);
    let mut job = match choices.byte() % 12 {
        0 => PaymentJob::new(choices.money(), order, hosted_page(choices)),
        1 => PaymentJob::new(choices.money(), order, moto(choices)),
        2 => PaymentJob::new(choices.money(), order, external(choices)),
        3 => PaymentJob::new(choices.money(), order, wallet(choices)),
        4 => {
            let stored =
                JobCard::stored(source(choices), expiry(choices), holder(choices), three_ds(choices));
            PaymentJob::new(choices.money(), order, stored)
        }
        5 => PaymentJob::new(choices.money(), order, parent(choices)),
        6 => PaymentJob::verification(choices.currency(), order, parent(choices)),
        7 => {
            let child = Child::new(choices.reference());
            let criteria = choices.maybe(criteria);
            let child = match criteria {
                Some(criteria) => child.with_criteria(criteria),
                None => child,
            };
            PaymentJob::new(choices.money(), order, child)
        }
        8 => {
            let credit = JobCredit::new(source(choices), expiry(choices), holder(choices));
            let credit = if choices.flag() { credit.with_cvv(choices.value(&["123"])) } else { credit };
            PaymentJob::new(choices.money(), order, credit)
        }
        _ => PaymentJob::new(choices.money(), order, card(choices)),
    };
    if choices.flag() {
        job = job.with_locale(Locale::from(choices.pick(&["en_GB", "es_ES", "xx"])));
    }
    if choices.flag() {
        job.time_zone = Some(choices.value(&["Europe/London"]));
        job.display_url = Some(url(choices));
    }
    if choices.flag() {
        job = job.with_expires(choices.value(&["2021-01-20T16:50:01", "2026-12-31T23:59:59.1234567Z"]));
    }
    if choices.flag() {
        job = job.with_return_urls(return_urls(choices)).with_webhook_url(url(choices));
    }
    if choices.flag() {
        job = job.with_descriptor(choices.text()).with_simulated_status(choices.value(&["Paid", "x"]));
    }
    if choices.flag() {
        job = job.with_browser(browser(choices));
    }
    if choices.flag() {
        let recipient = Recipient::new(
            choices.value(&["19800729", "20000229"]),
            choices.value(&["Smith", "Müller-Lüdenscheidt"]),
            choices.value(&["CB21 5XE"]),
            choices.value(&["111213313", "a/b-c"]),
        );
        match choices.byte() % 3 {
            0 => job = job.with_recipient(choices.value(&["6012"]), recipient),
            1 => job.recipient = Some(recipient.into()),
            _ => job.mcc = Some(choices.value(&["6012"])),
        }
    }
    if choices.flag() {
        job = job.returning_token().with_stored_card_details().with_frictionless();
    }
    if choices.flag() {
        let option = Unlisted::<JobOption>::try_from("SomethingNew").unwrap_or_else(|_| panic!("unlisted"));
        job = job.with_unlisted_option(option).with_stored_customer_information();
    }
    for _ in 0..choices.byte() % 3 {
        job = job.with_other_parameter(other_parameter(choices));
        job.preparation_ids.push(choices.text());
    }
    job
}

fn order(choices: &mut Choices<'_>) -> Order {
    let mut order = Order::new(order_number(choices));
    if choices.flag() {
        order.note = Some(choices.text());
        order = order.with_customer(customer(choices));
    }
    if choices.flag() {
        order = order.with_billing_address(address(choices));
        order.shipping_address = Some(OrderAddress::default());
    }
    if choices.flag() {
        let identity = Identity {
            email: Some(choices.value(&["alex@test.com", "\"a\"@é"])),
            gender: Some(choices.pick(Gender::ALL)),
            debtor_id: Some(choices.text()),
            date_of_birth: Some(choices.text()),
            social_security_number: Some(choices.text()),
            chamber_of_commerce_number: Some(choices.text()),
            vat_number: Some(choices.text()),
        };
        order = order.with_billing_identity(identity);
    }
    for _ in 0..choices.byte() % 3 {
        order = order.with_line(line(choices));
    }
    order
}

fn address(choices: &mut Choices<'_>) -> OrderAddress {
    let mut address = OrderAddress {
        title: Some(choices.text()),
        first_name: Some(choices.text()),
        middle_name: Some(choices.text()),
        last_name: Some(choices.text()),
        country: Some(choices.value(&["GB", "NL"])),
        line_1: Some(choices.text()),
        line_2: Some(choices.text()),
        postcode: Some(choices.value(&["CB21 5XE"])),
        city: Some(choices.text()),
        state: Some(choices.text()),
        organisation: Some(choices.text()),
        department: Some(choices.text()),
        ..OrderAddress::default()
    };
    let number = choices.value(&["+44 1223 000000"]);
    let kind = choices.maybe(|choices| choices.pick(TelephoneKind::ALL));
    match choices.byte() % 3 {
        0 => address.telephone = Some(OrderTelephone { number, kind }),
        1 => address.second_telephone = Some(OrderTelephone { number, kind }),
        _ => {}
    }
    address
}

fn line(choices: &mut Choices<'_>) -> OrderLine {
    let prices = ["0", "12.50", "0.1234567890", "18446744073709551615", "-2.50"];
    let price = match choices.byte() % 3 {
        0 => UnitPrice::WithVat(choices.value(&prices)),
        1 => UnitPrice::WithoutVat(choices.value(&prices)),
        _ => UnitPrice::Both { without_vat: choices.value(&prices), with_vat: choices.value(&prices) },
    };
    let line = OrderLine::new(choices.text(), price);
    if choices.flag() {
        return line;
    }
    OrderLine {
        number: Some(choices.number() as u32),
        kind: Some(choices.pick(LineKind::ALL)),
        sku_code: Some(choices.text()),
        description: Some(choices.text()),
        quantity: Some(choices.value(&prices)),
        vat_percentage: Some(choices.value(&["0", "20.00"])),
        vat_percentage_label: Some(choices.text()),
        discount_percentage_label: Some(choices.text()),
        total: Some(choices.value(&prices)),
        url: Some(url(choices)),
        ..line
    }
}

fn url<T: for<'t> TryFrom<&'t str>>(choices: &mut Choices<'_>) -> T {
    choices.value(&["https://www.mywebshop.com/?a=b&c=%20#d", "http://localhost", "HTTPS://[::1]:8080\\\""])
}

fn return_urls(choices: &mut Choices<'_>) -> ReturnUrls {
    match choices.byte() % 4 {
        0 => ReturnUrls::new(url(choices), url(choices), url(choices)),
        1 => ReturnUrls { success: Some(url(choices)), ..ReturnUrls::default() },
        2 => ReturnUrls { success: None, failed: Some(url(choices)), cancelled: Some(url(choices)) },
        _ => ReturnUrls::default(),
    }
}

fn browser(choices: &mut Choices<'_>) -> Browser {
    if choices.flag() {
        return Browser::default();
    }
    Browser {
        ip_address: Some(choices.value(&["192.0.2.1", "2001:db8::1"])),
        origin: Some(choices.text()),
        user_agent: Some(choices.text()),
        language: Some(choices.value(&["en-GB"])),
        time_zone_offset: Some(choices.value(&["-60"])),
        java_enabled: Some(choices.flag()),
        javascript_enabled: Some(choices.flag()),
        screen_height: Some(choices.value(&["1080"])),
        screen_width: Some(choices.value(&["1920"])),
        color_depth: Some(choices.value(&["24"])),
        accept_header: Some(choices.value(&["*/*"])),
        challenge_window_size: Some(choices.value(&["05"])),
    }
}

fn hosted_page(choices: &mut Choices<'_>) -> HostedPage {
    let mut page = HostedPage::new();
    if choices.flag() {
        page.page_reference = Some(choices.text());
        page.parent_frame_domains = Some(choices.text());
    }
    for _ in 0..choices.byte() % 3 {
        page = page.with_payment_method(PaymentMethod::from(choices.pick(&["PayPal", "Ideal", "Barter"])));
    }
    page
}

fn source(choices: &mut Choices<'_>) -> CardOrToken {
    if choices.flag() {
        return choices.value::<CardToken>(&["1000000000030419", "t0ken\"\\"]).into();
    }
    choices.value::<CardNumber>(&["4000000000000002", "340000000000009", "6000000000000000001"]).into()
}

fn expiry<T: for<'t> TryFrom<&'t str>>(choices: &mut Choices<'_>) -> T {
    choices.value(&["0530", "1200", "0199"])
}

fn holder<T: for<'t> TryFrom<&'t str>>(choices: &mut Choices<'_>) -> T {
    choices.value(&["Jon Snow", "\"Zoë\"", "😀"])
}

fn card(choices: &mut Choices<'_>) -> JobCard {
    if choices.byte() % 4 == 3 {
        let token = choices.value(&["1000000000030419", "t0ken"]);
        return JobCard::token(token, choices.value(&["123", "1234"]), holder(choices));
    }
    JobCard::new(source(choices), expiry(choices), choices.value(&["123", "1234"]), holder(choices))
}

fn moto(choices: &mut Choices<'_>) -> JobCard {
    if choices.flag() {
        return JobCard::moto_token(choices.value(&["1000000000030419"]));
    }
    let card = JobCard::moto(source(choices), expiry(choices), choices.value(&["123"]));
    if choices.flag() { card.with_holder(holder(choices)) } else { card }
}

fn external(choices: &mut Choices<'_>) -> JobCard {
    card(choices).with_three_ds(three_ds(choices))
}

fn three_ds(choices: &mut Choices<'_>) -> ThreeDsResult {
    let mut result = ThreeDsResult::new(
        choices.value(&["2.2.0", "2.1.0"]),
        choices.value(&["5dc4a6a39b6730a360e42c3b5f+=", "0123456789012345\"\\67"]),
        choices.value(&["02", "05", "99"]),
        choices.value(&["c5b808e7-1de1-4069-a17b-f70d3b3b1645"]),
    );
    if choices.flag() {
        result.xid = Some(choices.value(&["MDAwMDAwMDAwMDEyMzQ2Njc4OTA="]));
    }
    result
}

fn wallet(choices: &mut Choices<'_>) -> JobCard {
    let number = choices.value(&["5400100400099001"]);
    let cryptogram = choices.value(&["5dc4a6a39b6730a360e42c3b5f+=", "\"\\"]);
    let kind = choices.pick(JobWalletKind::ALL);
    let expiry = expiry(choices);
    let mut wallet = Wallet::new(kind, cryptogram).with_eci(choices.value(&["02", "07"]));
    let holder = choices.maybe(holder);
    if holder.is_some() {
        wallet.transaction_id = Some(choices.text());
    }
    match choices.byte() % 3 {
        0 => {}
        1 => {
            let id = choices.value(&["c5b808e7-1de1-4069-a17b-f70d3b3b1645"]);
            wallet = wallet.with_three_ds(choices.value(&["2.2.0"]), id);
        }
        _ => wallet.xid = Some(choices.value(&["MDAwMDAwMDAwMDEyMzQ2Njc4OTA="])),
    }
    let card = JobCard::wallet(number, expiry, wallet);
    match holder {
        Some(holder) => card.with_holder(holder),
        None => card,
    }
}

fn parent(choices: &mut Choices<'_>) -> Parent {
    let criteria = criteria(choices);
    match choices.byte() % 6 {
        5 => {
            let stored =
                JobCard::stored(source(choices), expiry(choices), holder(choices), three_ds(choices));
            Parent::new(stored, criteria)
        }
        0 => Parent::new(hosted_page(choices), criteria),
        1 => Parent::new(moto(choices), criteria),
        2 => Parent::new(external(choices), criteria),
        3 => Parent::new(wallet(choices), criteria),
        _ => Parent::new(card(choices), criteria),
    }
}

fn criteria(choices: &mut Choices<'_>) -> RecurrenceCriteria {
    let expiry: RecurringExpiry = choices.value(&["2034-11-08", "2034-11-08T00:00:00Z"]);
    let (days, count) = (choices.number() as u32, choices.number() as u32);
    match choices.byte() % 6 {
        0 => RecurrenceCriteria::subscription(expiry, days),
        1 => RecurrenceCriteria::instalment(expiry, days, count),
        2 => RecurrenceCriteria::unscheduled(),
        3 => RecurrenceCriteria::unscheduled().with_expiry(expiry).with_frequency(days),
        4 => RecurrenceCriteria::customer_initiated().with_expiry(expiry),
        _ => RecurrenceCriteria::customer_initiated(),
    }
}
