//! The parameters of return URLs.

use cashflows_codec::gateway::ShopperReturn;
use proptest::prelude::*;

fn returned() -> ShopperReturn {
    ShopperReturn::new("1".parse().unwrap(), "2".parse().unwrap())
}

#[test]
fn parameters_are_appended_to_what_is_there() {
    let appended = "paymentjobref=1&paymentref=2";
    for (url, expected) in [
        ("https://a.example", format!("https://a.example?{appended}")),
        ("https://a.example/", format!("https://a.example/?{appended}")),
        ("https://a.example?", format!("https://a.example?{appended}")),
        ("https://a.example?a=b", format!("https://a.example?a=b&{appended}")),
        ("https://a.example?a=b&", format!("https://a.example?a=b&{appended}")),
        ("https://a.example#top", format!("https://a.example?{appended}#top")),
        ("https://a.example/x?a=b#top?c=d", format!("https://a.example/x?a=b&{appended}#top?c=d")),
    ] {
        assert_eq!(returned().append_to(url), expected);
    }
}

#[test]
fn documented_return_urls_are_read() {
    for (url, cancelled) in [
        ("https://www.mywebshop.com/?paymentjobref=1&paymentref=2&ordernumber=Payment+ref+D1", false),
        (
            "https://www.mywebshop.com?paymentjobref=1&paymentref=2&ordernumber=Payment+ref+D1&status=cancelled",
            true,
        ),
        ("/done?status=success&ordernumber=Payment%20ref%20D1&paymentref=2&paymentjobref=1", false),
        (
            "?status=success&ordernumber=Payment%20ref%20D1&paymentref=2&paymentjobref=1&status=cancelled",
            true,
        ),
        (
            "?status=cancelled&ordernumber=Payment%20ref%20D1&paymentref=2&paymentjobref=1&status=success#",
            false,
        ),
    ] {
        let expected = returned().with_order_number("Payment ref D1");
        let expected = if cancelled { expected.with_cancelled() } else { expected };
        assert_eq!(expected.says_cancelled(), cancelled);
        assert_eq!(ShopperReturn::decode(url), Ok(expected), "{url}");
    }
    let bare = ShopperReturn::decode("?paymentjobref=1&paymentref=2").unwrap();
    assert_eq!((bare.job().get(), bare.payment().get(), bare.order_number()), (1, 2, None));
}

/// The gateway appends to what the merchant's URL has.
#[test]
fn the_last_parameter_of_a_name_counts() {
    let appended = "paymentjobref=1&paymentref=2&ordernumber=SUB_1";
    for base in [
        "https://shop.test/billing?status=success&ordernumber=SUB_1",
        "https://shop.test/billing?ordernumber=A&paymentjobref=7&paymentref=8",
        "https://shop.test/ok?ordernumber=",
        "https://shop.test/ok?ordernumber",
        "https://shop.test/ok?paymentref=none",
        "https://shop.test/ok?ordernumber=%zz&paymentjobref=%ff",
        "https://shop.test/ok?OrderNumber=B&PAYMENTREF=9#top",
        "https://shop.test/ok?status=cancelled&status=success",
        "https://shop.test/ok?status=%zz",
        "https://shop.test/ok?status=%ff",
    ] {
        let sub = returned().with_order_number("SUB_1");
        let url = sub.append_to(base);
        assert!(url.contains(appended), "{url}");
        assert_eq!(ShopperReturn::decode(&url), Ok(sub.clone()), "{url}");
        let cancelled = sub.with_cancelled();
        assert_eq!(ShopperReturn::decode(&cancelled.append_to(base)), Ok(cancelled), "{base}");
    }
    let read = |url| ShopperReturn::decode(url).unwrap();
    assert_eq!(read("?paymentjobref=1&paymentref=3&paymentref=2"), returned());
    assert_eq!(read("?paymentjobref=1&paymentref=2&ordernumber=A&ordernumber=B").order_number(), Some("B"));
    assert_eq!(read("?paymentjobref=1&paymentref=2&ordernumber=").order_number(), None);
    assert_eq!(returned().with_order_number(""), returned());
}

#[test]
fn names_of_parameters_are_read_in_any_case() {
    let read = ShopperReturn::decode("?PaymentJobRef=1&PAYMENTREF=2&OrderNumber=A&Status=cancelled").unwrap();
    assert_eq!(read, returned().with_order_number("A").with_cancelled());
}

#[test]
fn what_is_no_return_is_refused() {
    for (url, error) in [
        ("", "paymentjobref is missing"),
        ("?paymentref=2", "paymentjobref is missing"),
        ("?paymentjobref=1", "paymentref is missing"),
        ("#?paymentjobref=1&paymentref=2", "paymentjobref is missing"),
        (
            "?paymentjobref=&paymentref=2",
            "paymentjobref must be a positive integer of 64 bits without leading zeros",
        ),
        (
            "?paymentjobref=1&paymentref=2&paymentref=none",
            "paymentref must be a positive integer of 64 bits without leading zeros",
        ),
        (
            "?paymentjobref=1&paymentref=2&paymentref",
            "paymentref must be a positive integer of 64 bits without leading zeros",
        ),
        ("?paymentjobref=1&paymentref=2&ordernumber=%zz", "ordernumber has an invalid percent escape"),
        ("?paymentjobref=1&paymentref=2&ordernumber=%ff", "ordernumber is not valid UTF-8"),
    ] {
        assert_eq!(ShopperReturn::decode(url).unwrap_err().to_string(), error, "{url}");
    }
}

proptest! {
    #[test]
    fn what_is_appended_is_read(
        job in 1..=i64::MAX as u64, payment in 1..=i64::MAX as u64, order: Option<String>, cancelled: bool,
        url in "https://a\\.example(/[a-z]{0,3})?(\\?([a-z]{1,3}=[a-z%20+]{0,3}&?){0,2})?(#[a-z?&=]{0,5})?",
    ) {
        let mut returned = ShopperReturn::new(job.try_into().unwrap(), payment.try_into().unwrap());
        if let Some(order) = &order {
            returned = returned.with_order_number(order);
        }
        if cancelled {
            returned = returned.with_cancelled();
        }
        prop_assert_eq!(ShopperReturn::decode(&returned.append_to(&url)), Ok(returned));
    }

    #[test]
    fn no_text_panics(url: String) {
        let _read = ShopperReturn::decode(&url);
        let _written = returned().append_to(&url);
    }
}
