//! Calls: where they go, what stands in their headers, and that what is signed is what is sent.

mod http;
mod samples;

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::*;
use cashflows_codec::gateway::{
    ApiKey, Credentials, Environment, JobReference, Locale, Money, Operation, OrderNumber, PaymentReference,
};
use cashflows_codec::value::CardNumber;

use super::incoming::received;

const KEY: &str = "845c51f6-1cd5-4338-a586-df752e65d690";

fn credentials() -> Credentials {
    Credentials::new("200426117314086912".parse().unwrap(), KEY.parse().unwrap())
}

fn keys() -> [ApiKey; 1] {
    [KEY.parse().unwrap()]
}

fn card() -> JobCard {
    let number: CardNumber = "4000000000000002".parse().unwrap();
    JobCard::new(number, "0530".parse().unwrap(), "123".parse().unwrap(), "Jon Snow".parse().unwrap())
}

fn job() -> PaymentJob {
    let order: OrderNumber = "cart-1".parse().unwrap();
    PaymentJob::new(Money::gbp(10_00).unwrap(), order, card())
}

fn calls() -> Vec<(Call, &'static str)> {
    let job_reference = JobReference::new(1).unwrap();
    let payment = PaymentReference::new(u64::MAX / 2).unwrap();
    let refund = RefundRequest::new(Money::gbp(10_00).unwrap(), "refund 1".parse().unwrap());
    let tokenisation = Tokenisation::new(
        "4000000000000002".parse().unwrap(),
        "0530".parse().unwrap(),
        "123".parse().unwrap(),
        "Jon Snow".parse().unwrap(),
    );
    let odd = OrderNumber::of_any_form("a/b c?d#e%2Fé").unwrap();
    vec![
        (CreateJob::new(job()).into(), "POST /api/gateway/payment-jobs"),
        (RetrieveJob::new(job_reference).into(), "GET /api/gateway/payment-jobs/1"),
        (
            RetrievePayment::new(job_reference, payment).into(),
            "GET /api/gateway/payment-jobs/1/payments/9223372036854775807",
        ),
        (
            CancelPayment::new(job_reference, payment).into(),
            "PATCH /api/gateway/payment-jobs/1/payments/9223372036854775807/cancel",
        ),
        (
            CancelJob::new(JobReference::new(JobReference::MAX).unwrap()).into(),
            "PATCH /api/gateway/payment-jobs/9223372036854775807/cancel",
        ),
        (
            RefundPayment::new(job_reference, payment, refund).into(),
            "POST /api/gateway/payment-jobs/1/payments/9223372036854775807/refunds",
        ),
        (
            CapturePayment::new(job_reference, payment, CaptureRequest::all()).into(),
            "POST /api/gateway/payment-jobs/1/payments/9223372036854775807/captures",
        ),
        (TokeniseCard::new(tokenisation).into(), "POST /api/gateway/card-tokenisation"),
        (ListPaymentMethods::default().into(), "GET /api/gateway/supported-payment-methods"),
        (
            ListPaymentMethods {
                all: Some(true),
                customer: Some("1".parse().unwrap()),
                ..ListPaymentMethods::taking(Money::new(1_234, "KWD".parse().unwrap()).unwrap())
            }
            .into(),
            "GET /api/gateway/supported-payment-methods\
             ?collectAmount=1.234&currency=KWD&all=true&customerReference=1",
        ),
        (FindOrder::new("2026-1._-".parse().unwrap()).into(), "HEAD /api/gateway/orders/2026-1._-"),
        (FindOrder::new(odd).into(), "HEAD /api/gateway/orders/a%2Fb%20c%3Fd%23e%252F%C3%A9"),
    ]
}

#[test]
fn every_call_goes_where_the_table_says() {
    for (call, place) in calls() {
        let signed = call.sign(&credentials());
        assert_eq!(format!("{} {}", signed.method(), signed.path_and_query()), place);
        assert_eq!(signed.operation(), call.operation());
        let path = signed.path_and_query();
        assert_eq!(signed.url(Environment::Production), format!("https://gateway.cashflows.com{path}"));
        assert_eq!(signed.url_at("http://localhost:8080/"), format!("http://localhost:8080{path}"));
    }
    let tested: Vec<Operation> = calls().iter().map(|(call, _)| call.operation()).collect();
    assert!(Operation::ALL.iter().all(|operation| tested.contains(operation)));
}

#[test]
fn a_signed_call_shows_where_it_goes_and_no_more() {
    let job = JobReference::new(1).unwrap();
    let signed = Call::from(RetrieveJob::new(job)).sign(&credentials());
    let printed = format!("{signed:?}");
    assert!(printed.contains("payment-jobs/1") && printed.contains("RetrieveJob"), "{printed}");
    assert!(!printed.contains(signed.signature().secret_str()), "{printed}");
}

/// The language is the last pair of the query, and no part of what is signed.
#[test]
fn texts_are_asked_for_in_a_language() {
    for (call, place) in calls() {
        let signed = call.sign(&credentials());
        let path = signed.path_and_query().to_owned();
        for (locale, text) in
            [(Locale::NlNl, "nl_NL"), (Locale::from("fr&FR=é"), "fr%26FR%3D%C3%A9"), (Locale::EnGb, "en_GB")]
        {
            let localised = signed.clone().with_locale(&Locale::EnUs).with_locale(&locale);
            let (separator, takes_one) =
                (if path.contains('?') { '&' } else { '?' }, call.operation() != Operation::FindOrder);
            let expected = if takes_one { format!("{path}{separator}locale={text}") } else { path.clone() };
            assert_eq!(localised.path_and_query(), expected, "{place}");
            assert_eq!(localised.signature(), signed.signature());
            let received = received(&localised);
            assert_eq!(
                (received.locale(), received.call()),
                (takes_one.then_some(&locale), &call),
                "{place}"
            );
        }
        assert_eq!(received(&signed).locale(), None);
    }
}

#[test]
fn what_is_signed_is_what_is_sent() {
    for (call, place) in calls() {
        let signed = call.sign(&credentials());
        assert_eq!(signed.body().is_empty(), !call.operation().has_body(), "{place}");
        assert!(signed.signature().verify(&keys(), signed.body()).is_ok());
        let headers: Vec<_> = signed.secret_headers().collect();
        let content_type = call.operation().has_body().then_some(("Content-Type", "application/json"));
        let mut expected =
            vec![("ConfigurationId", "200426117314086912"), ("Hash", signed.signature().secret_str())];
        expected.extend(content_type);
        assert_eq!(headers, expected, "{place}");
    }
}

#[test]
fn origins_are_headers_of_their_own() {
    let call = Call::from(RetrieveJob::new(JobReference::new(1).unwrap()))
        .sign(&credentials())
        .with_request_origin("My shop 1.0".parse().unwrap())
        .with_payment_data_origin("HostedPaymentPage".parse().unwrap());
    let headers: Vec<_> = call.secret_headers().skip(2).collect();
    assert_eq!(headers, [("RequestOrigin", "My shop 1.0"), ("PaymentDataOrigin", "HostedPaymentPage")]);
    for wrong in ["", " a", "a ", "a\r\nHash: b", "é", &"x".repeat(256)] {
        assert!(wrong.parse::<Origin>().is_err(), "{wrong:?}");
    }
}

#[test]
fn no_secret_is_printed() {
    for (call, _) in calls() {
        let signed = call.sign(&credentials());
        let printed = format!("{call:?} {call:#?} {signed:?} {:?}", credentials());
        for secret in ["4000000000000002", "123\"", KEY, signed.signature().secret_str()] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}

#[test]
fn a_number_cannot_bend_the_path() {
    for dots in [".", ".."] {
        assert!(dots.parse::<OrderNumber>().is_err());
        assert!(OrderNumber::of_any_form(dots).is_err());
    }
    assert!("...".parse::<OrderNumber>().is_ok());
}

#[test]
fn amounts_are_written_with_the_decimals_of_their_currency() {
    for (minor_units, currency, written) in [
        (1, "GBP", "0.01"),
        (1_000, "GBP", "10.00"),
        (10, "JPY", "10"),
        (1_234, "KWD", "1.234"),
        (u64::MAX, "EUR", "184467440737095516.15"),
    ] {
        let order: OrderNumber = "1".parse().unwrap();
        let money = Money::new(minor_units, currency.parse().unwrap()).unwrap();
        let call = Call::from(CreateJob::new(PaymentJob::new(money, order, HostedPage::new())));
        let body = call.sign(&credentials()).into_body();
        let start = format!(r#"{{"amountToCollect":"{written}","currency":"{currency}","#);
        assert!(body.starts_with(start.as_bytes()), "{written} {currency}");
    }
}
