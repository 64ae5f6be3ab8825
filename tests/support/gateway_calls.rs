//! Calls of every shape, made of bytes: for property tests and for fuzzing.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::*;
use cashflows_codec::gateway::{CustomerReference, Locale, Money, OrderNumber, PaymentMethod, Reference};
use cashflows_codec::value::{CardNumber, CardToken, Currency, Recipient};

/// Choices, each decided by a byte; when there are no more, the first choice is taken.
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

    /// A value, of one of these texts.
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

    fn reference(&mut self) -> Reference {
        Reference::new(self.number() % Reference::MAX + 1).unwrap_or_else(|_| panic!("in range"))
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
            let capture = choices.maybe(|choices| Capture::part(choices.money())).unwrap_or(Capture::all());
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

/// The language that texts are asked for in.
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

fn refund(choices: &mut Choices<'_>) -> Refund {
    let number = choices.value(&["refund-1", "Your refund \"reference\""]);
    if choices.byte() % 4 == 3 {
        return Refund::all(number);
    }
    let mut refund = Refund::new(choices.money(), number);
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
                StoredCard::new(source(choices), expiry(choices), holder(choices), three_ds(choices));
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
            let credit = Credit::new(source(choices), expiry(choices), holder(choices));
            let credit = if choices.flag() { credit.with_cvc(choices.value(&["123"])) } else { credit };
            PaymentJob::new(choices.money(), order, credit)
        }
        _ => PaymentJob::new(choices.money(), order, card(choices)),
    };
    if choices.flag() {
        job = job.with_locale(Locale::from(choices.pick(&["en_GB", "es_ES", "xx"])));
    }
    if choices.flag() {
        job = job.with_time_zone(choices.value(&["Europe/London"])).with_display_url(url(choices));
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
        job = match choices.byte() % 3 {
            0 => job.with_recipient(choices.value(&["6012"]), recipient),
            1 => job.with_recipient_details(recipient),
            _ => job.with_mcc(choices.value(&["6012"])),
        };
    }
    if choices.flag() {
        job = job.with_generated_token().with_stored_card_details().with_frictionless();
    }
    if choices.flag() {
        let option = UnlistedJobOption::try_from("SomethingNew").unwrap_or_else(|_| panic!("unlisted"));
        job = job.with_unlisted_option(option).with_stored_customer_information();
    }
    for _ in 0..choices.byte() % 3 {
        job = job.with_other_parameter(other_parameter(choices));
        job = job.with_preparation_id(choices.text());
    }
    job
}

fn order(choices: &mut Choices<'_>) -> Order {
    let mut order = Order::new(order_number(choices));
    if choices.flag() {
        order = order.with_note(choices.text()).with_customer(customer(choices));
    }
    if choices.flag() {
        order = order.with_billing_address(address(choices)).with_shipping_address(Address::default());
    }
    if choices.flag() {
        let identity = Identity::default()
            .with_email(choices.value(&["alex@test.com", "\"a\"@é"]))
            .with_gender(choices.pick(Gender::ALL))
            .with_debtor_id(choices.text())
            .with_date_of_birth(choices.text())
            .with_social_security_number(choices.text())
            .with_chamber_of_commerce_number(choices.text())
            .with_vat_number(choices.text());
        order = order.with_billing_identity(identity);
    }
    for _ in 0..choices.byte() % 3 {
        order = order.with_line(line(choices));
    }
    order
}

fn address(choices: &mut Choices<'_>) -> Address {
    let address = Address::default()
        .with_title(choices.text())
        .with_first_name(choices.text())
        .with_middle_name(choices.text())
        .with_last_name(choices.text())
        .with_country(choices.value(&["GB", "NL"]))
        .with_line_1(choices.text())
        .with_line_2(choices.text())
        .with_postcode(choices.value(&["CB21 5XE"]))
        .with_city(choices.text())
        .with_state(choices.text())
        .with_organisation(choices.text())
        .with_department(choices.text());
    let telephone = choices.value(&["+44 1223 000000"]);
    let kind = choices.maybe(|choices| choices.pick(TelephoneKind::ALL));
    match choices.byte() % 3 {
        0 => address.with_telephone(telephone, kind),
        1 => address.with_second_telephone(telephone, kind),
        _ => address,
    }
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
    line.with_number(choices.number() as u32)
        .with_kind(choices.pick(LineKind::ALL))
        .with_sku_code(choices.text())
        .with_description(choices.text())
        .with_quantity(choices.value(&prices))
        .with_vat_percentage(choices.value(&["0", "20.00"]))
        .with_vat_percentage_label(choices.text())
        .with_discount_percentage_label(choices.text())
        .with_total(choices.value(&prices))
        .with_url(url(choices))
}

fn url<T: for<'t> TryFrom<&'t str>>(choices: &mut Choices<'_>) -> T {
    choices.value(&["https://www.mywebshop.com/?a=b&c=%20#d", "http://localhost", "HTTPS://[::1]:8080\\\""])
}

fn return_urls(choices: &mut Choices<'_>) -> ReturnUrls {
    match choices.byte() % 4 {
        0 => ReturnUrls::new(url(choices), url(choices), url(choices)),
        1 => ReturnUrls::default().with_success(url(choices)),
        2 => ReturnUrls::default().with_failed(url(choices)).with_cancelled(url(choices)),
        _ => ReturnUrls::default(),
    }
}

fn browser(choices: &mut Choices<'_>) -> Browser {
    if choices.flag() {
        return Browser::default();
    }
    Browser::default()
        .with_ip_address(choices.value(&["192.0.2.1", "2001:db8::1"]))
        .with_origin(choices.text())
        .with_user_agent(choices.text())
        .with_language(choices.value(&["en-GB"]))
        .with_time_zone_offset(choices.value(&["-60"]))
        .with_java_enabled(choices.flag())
        .with_javascript_enabled(choices.flag())
        .with_screen_height(choices.value(&["1080"]))
        .with_screen_width(choices.value(&["1920"]))
        .with_color_depth(choices.value(&["24"]))
        .with_accept_header(choices.value(&["*/*"]))
        .with_challenge_window_size(choices.value(&["05"]))
}

fn hosted_page(choices: &mut Choices<'_>) -> HostedPage {
    let mut page = HostedPage::new();
    if choices.flag() {
        page = page.with_page_reference(choices.text()).with_parent_frame_domains(choices.text());
    }
    for _ in 0..choices.byte() % 3 {
        page = page.with_payment_method(PaymentMethod::from(choices.pick(&["PayPal", "Ideal", "Barter"])));
    }
    page
}

fn source(choices: &mut Choices<'_>) -> CardSource {
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

fn card(choices: &mut Choices<'_>) -> Card {
    if choices.byte() % 4 == 3 {
        let token = choices.value(&["1000000000030419", "t0ken"]);
        return Card::token(token, choices.value(&["123", "1234"]), holder(choices));
    }
    Card::new(source(choices), expiry(choices), choices.value(&["123", "1234"]), holder(choices))
}

fn moto(choices: &mut Choices<'_>) -> Moto {
    if choices.flag() {
        return Moto::token(choices.value(&["1000000000030419"]));
    }
    let card = Moto::new(source(choices), expiry(choices), choices.value(&["123"]));
    if choices.flag() { card.with_holder(holder(choices)) } else { card }
}

fn external(choices: &mut Choices<'_>) -> ExternalThreeDs {
    ExternalThreeDs::new(card(choices), three_ds(choices))
}

fn three_ds(choices: &mut Choices<'_>) -> ThreeDsResult {
    let result = ThreeDsResult::new(
        choices.value(&["2.2.0", "2.1.0"]),
        choices.value(&["5dc4a6a39b6730a360e42c3b5f+=", "0123456789012345\"\\67"]),
        choices.value(&["02", "05", "99"]),
        choices.value(&["c5b808e7-1de1-4069-a17b-f70d3b3b1645"]),
    );
    if choices.flag() {
        return result.with_xid(choices.value(&["MDAwMDAwMDAwMDEyMzQ2Njc4OTA="]));
    }
    result
}

fn wallet(choices: &mut Choices<'_>) -> Wallet {
    let number = choices.value(&["5400100400099001"]);
    let cryptogram = choices.value(&["5dc4a6a39b6730a360e42c3b5f+=", "\"\\"]);
    let wallet = Wallet::new(
        choices.pick(WalletKind::ALL),
        number,
        expiry(choices),
        cryptogram,
        choices.value(&["02", "07"]),
    );
    let wallet = if choices.flag() {
        wallet.with_holder(holder(choices)).with_transaction_id(choices.text())
    } else {
        wallet
    };
    match choices.byte() % 3 {
        0 => wallet,
        1 => {
            let id = choices.value(&["c5b808e7-1de1-4069-a17b-f70d3b3b1645"]);
            wallet.with_three_ds(choices.value(&["2.2.0"]), id)
        }
        _ => wallet.with_xid(choices.value(&["MDAwMDAwMDAwMDEyMzQ2Njc4OTA="])),
    }
}

fn parent(choices: &mut Choices<'_>) -> Parent {
    let criteria = criteria(choices);
    match choices.byte() % 6 {
        5 => {
            let stored =
                StoredCard::new(source(choices), expiry(choices), holder(choices), three_ds(choices));
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
