//! Requests in the shapes of published clients of the gateway, written anew with values of our own.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::request::{Order, PaymentJob};
use cashflows_codec::gateway::{ApiKey, Signature};
use cashflows_codec::simulator::Delivery;
use cashflows_codec::simulator::gateway::Configuration;

use super::{CONFIGURATION, KEY, configuration, job, luke, money, moto, shop, v};
use crate::shop::Shop;

const JOBS: &str = "/api/gateway/payment-jobs";

/// Status and body of the answer to a signed request with this content type, if it has one.
fn send(shop: &mut Shop, method: &str, path: &str, content_type: Option<&str>, body: &str) -> (u16, String) {
    let signature = Signature::of(&v::<ApiKey>(KEY), body.as_bytes());
    let mut headers =
        vec![("ConfigurationId", CONFIGURATION.as_bytes()), ("Hash", signature.secret_str().as_bytes())];
    headers.extend(content_type.map(|value| ("Content-Type", value.as_bytes())));
    match shop.acquirer.call(shop.now, method, path, headers, body.as_bytes()) {
        Delivery::Payload(payload) => (payload.status(), String::from_utf8(payload.body().to_vec()).unwrap()),
        Delivery::Silence => panic!("silence is only where the script says so"),
    }
}

/// Codes and messages of the warnings of a success.
fn warnings<C: CallType>(status: u16, body: &str) -> Vec<String> {
    let answer = C::decode(status, body.as_bytes()).unwrap_or_else(|error| panic!("{error}: {body}"));
    let said = |entry: &cashflows_codec::gateway::response::ReportEntry| {
        let code = entry.code.as_ref().map(|code| code.as_str().to_owned()).unwrap_or_default();
        format!("{code}: {}", entry.message.as_deref().unwrap_or_default())
    };
    answer.warnings().iter().map(said).collect()
}

const PATCH: Option<&str> = Some("application/json-patch+json");
const JSON: Option<&str> = Some("application/json");

#[test]
fn jobs_in_the_shapes_of_published_clients_are_created() {
    let unknown = |names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("UnknownMember: {name} is not known and was ignored")).collect()
    };
    for (client, content_type, body, told) in [
        (
            "generated from the schema",
            PATCH,
            r#"{"type":"Payment","amountToCollect":"10.00","currency":"GBP","locale":"en_GB","order":{"orderNumber":"G-1"},
               "options":["IsMoto","GenerateToken"],"parameters":{"CardNumber":"4000000000000002","CardCvc":"123",
               "CardExpiryMonth":"11","CardExpiryYear":"30"}}"#,
            vec![],
        ),
        (
            "samples of the maker's library",
            JSON,
            r#"{"amountToCollect":"1.5","currency":"GBP","locale":"en_GB","order":{"orderNumber":"P-1","note":""},
               "parameters":{"returnUrlSuccess":"https://shop.test/ok","returnUrlFailed":"https://shop.test/no","returnUrlCancelled":""},
               "attributes":{"webhookUrl":"https://shop.test/hook"},"paymentMethodsToUse":[]}"#,
            unknown(&["attributes"]),
        ),
        (
            "example of the vendor's library",
            Some("application/json; charset=utf-8"),
            r#"{"type":"Payment","configurationId":"200426117314086912","amountToCollect":"20.00","currency":"GBP",
               "order":{"orderNumber":"J-1","billingAddress":{"FirstName":"Zo","LastName":"Miller","AddressLine1":"1 High St",
               "AddressLine2":"","ZipCode":"AB1 2CD","City":"Leeds","CountryIso3166Alpha2":"GB"}},
               "options":["StoreCustomerInformation"]}"#,
            unknown(&["configurationId"]),
        ),
        (
            "module with a full order",
            JSON,
            r#"{"type":"Payment","amountToCollect":"12.00","currency":"GBP","locale":"","timeZone":"","displayUrl":"",
               "order":{"orderNumber":"240131101500/1234","note":"Order 1234",
               "billingAddress":{"title":"","firstName":"Zoë","middleName":"","lastName":"Miller","countryIso3166Alpha2":"GB",
               "addressLine1":"1 High St","addressLine2":"","zipCode":"AB1 2CD","city":"Leeds","stateProvince":"","phoneNumber1":1134960000,"organisation":""},
               "billingIdentity":{"debtorId":"","emailAddress":"z@example.test","gender":"","dateOfBirth":"","vatNumber":""},
               "shippingAddress":{"title":"","phoneNumber1":"+44 113 496 0000","phoneNumber1Type":"","department":""},
               "orderLines":[{"lineNumber":0,"type":"PhysicalItem","skuCode":"","name":"Tea","quantity":"2.00",
               "unitPriceExclVat":"5.00","unitPriceInclVat":"6.00","vatPercentage":"20.00","vatPercentageLabel":"","totalLineAmount":"12.00",
               "url":"https://shop.test/?p=1"},{"type":"Discount","name":"Voucher","unitPriceInclVat":"-2.50"}]},
               "parameters":{"returnUrlSuccess":"https://shop.test/ok","webhookUrl":"https://shop.test/hook"}}"#,
            vec![],
        ),
        (
            "shop with metadata",
            JSON,
            r#"{"amountToCollect":"10.00","currency":"GBP","order":{"orderNumber":"M-1"},
               "metadata":{"orderId":"7","competitionId":"3","type":"competition"}}"#,
            unknown(&["metadata"]),
        ),
        (
            "shop with members of another provider",
            JSON,
            r#"{"amountToCollect":5,"currency":"GBP","order":{"orderNumber":"N-1"},"customer":{"email":"z@example.test"},
               "returnUrl":"https://shop.test/?ordernumber=","cancelUrl":"https://shop.test/no","recurring":true}"#,
            unknown(&["customer", "returnUrl", "cancelUrl", "recurring"]),
        ),
        (
            "shop with numbers",
            None,
            r#"{"amountToCollect":4.99,"currency":"gbp","order":{"orderNumber":12345}}"#,
            vec![],
        ),
        (
            "app with a token by telephone",
            Some("text/json"),
            r#"{"amountToCollect":"10.00","currency":"GBP","order":{"orderNumber":"T-1"},"options":["IsMoto"],
               "parameters":{"token":"1000000000000001"}}"#,
            vec![],
        ),
        (
            "shop with a wallet",
            Some("application/*+json"),
            r#"{"amountToCollect":"10","currency":"GBP","parameters":{"CardNumber":"5400100400099001","CardExpiryYear":"30",
               "CardExpiryMonth":"12","CardCvc":"123","EwalletType":"ApplePay","ThreeDSecureCavv":"5dc4a6a39b6730a360e42c3b5f+=",
               "ThreeDSecureEci":"02","ThreeDSecureVersion":"2.2.0","ThreeDSecureDSTransId":"c5b808e7-1de1-4069-a17b-f70d3b3b1645"}}"#,
            vec!["UnusedMember: parameters.CardCvc is not used here and was ignored".to_owned()],
        ),
        (
            "shop with a country of its own",
            JSON,
            r#"{"amountToCollect":"10","currency":"GBP","order":{"orderNumber":"C-1","billingAddress":{"countryIso3166Alpha2":"England"}}}"#,
            vec![
                "MalformedMember: order.billingAddress.countryIso3166Alpha2 must be an ISO 3166-1 alpha-2 country code, \
                 such as GB, and was ignored"
                    .to_owned(),
            ],
        ),
    ] {
        let mut shop = shop();
        // A card that a token stands for: the first one that this acquirer gives out.
        shop.made(PaymentJob::new(money(1), Order::new(v("before")), moto()).returning_token());
        let path = format!("{JOBS}{}", if client.contains("module") { "/" } else { "" });
        let (status, answer) = send(&mut shop, "POST", &path, content_type, body);
        assert_eq!(status, 201, "{client}: {answer}");
        assert_eq!(warnings::<RetrieveJob>(status, &answer), told, "{client}");
        let paid = RetrieveJob::decode(status, answer.as_bytes()).unwrap().into_data().payment_status;
        let expected = if client.contains("generated") || client.contains("token") || client.contains("wallet") {
            "Paid"
        } else {
            "Pending"
        };
        assert_eq!(paid.as_str(), expected, "{client}: {answer}");
    }
}

#[test]
fn what_follows_a_payment_is_done_in_the_shapes_of_published_clients() {
    let mut shop = Shop::with(configuration().capturing_by_call());
    let (job, payment) = shop.made(job(luke()));
    let path = format!("{JOBS}/{job}/payments/{payment}");
    let (status, answer) =
        send(&mut shop, "POST", &format!("{path}/captures"), PATCH, r#"{"amountToCollect":"4.00"}"#);
    assert_eq!(status, 400, "an amount under another name is not all of it: {answer}");
    let body = r#"{"amountToCapture":"24.99","isFinalCapture":"True","amountToCollect":"24.99"}"#;
    let (status, answer) = send(&mut shop, "POST", &format!("{path}/captures"), PATCH, body);
    assert_eq!(status, 200, "{answer}");
    let told = warnings::<CapturePayment>(status, &answer);
    assert_eq!(told, ["UnknownMember: amountToCollect is not known and was ignored"]);

    shop.wait_days(1);
    let body = r#"{"amountToRefund":4.99,"refundNumber":42,"creditNumber":"C-1"}"#;
    let (status, answer) = send(&mut shop, "POST", &format!("{path}/refunds/"), Some("text/json"), body);
    assert_eq!(status, 201, "{answer}");
    let refund = RefundPayment::decode(status, answer.as_bytes()).unwrap().into_data();
    assert_eq!((refund.number.as_deref(), refund.amount), (Some("42"), Some(v("4.99"))));
    let (status, answer) =
        send(&mut shop, "POST", &format!("{path}/refunds"), None, r#"{"amountToRefund":""}"#);
    assert_eq!((status, answer.contains("amountToRefund is missing")), (400, true), "{answer}");
    // All that is left.
    let (status, answer) =
        send(&mut shop, "POST", &format!("{path}/refunds"), None, r#"{"refundNumber":""}"#);
    let refund = RefundPayment::decode(status, answer.as_bytes()).unwrap().into_data();
    assert_eq!((status, refund.number, refund.amount), (201, None, Some(v("20.00"))));
    let (status, answer) = send(&mut shop, "POST", &format!("{path}/refunds"), None, "{}");
    assert_eq!(
        (status, answer.contains("Payment has already been fully refunded.")),
        (400, true),
        "{answer}"
    );

    let (status, answer) = send(&mut shop, "PATCH", &format!("{JOBS}/{job}/cancel"), JSON, "{}");
    assert_eq!(status, 200, "{answer}");
    assert!(
        warnings::<RetrieveJob>(status, &answer)
            .contains(&"UnusedMember: the body is not used here and was ignored".into())
    );
    let (status, answer) = send(&mut shop, "GET", &format!("{JOBS}/{job}?_=17&Locale=en_GB"), None, "");
    assert_eq!(
        (status, warnings::<RetrieveJob>(status, &answer)),
        (200, vec!["UnknownMember: query._ is not known and was ignored".to_owned(),])
    );
    let card = r#"{"cardNumber":"4000000000000002","CardHolderName":"Zo","cardExpiryYear":30,"cardExpiryMonth":"11","cardCvc":123,"store":true}"#;
    let (status, answer) = send(&mut shop, "POST", "/api/gateway/card-tokenisation/", PATCH, card);
    assert_eq!((status, answer.contains("store is not known")), (201, true), "{answer}");
    let (status, answer) = send(&mut shop, "GET", &format!("{JOBS}/999/payments/1"), None, "");
    assert_eq!((status, answer.contains("Payment job not found.")), (404, true), "{answer}");
}

/// A reader that is set to be strict refuses all of it, and says what today's readers say.
#[test]
fn a_strict_gateway_refuses_what_others_pass_over() {
    let strict = || Shop::with(configuration().reading_strictly());
    for (content_type, path, body, status, told) in [
        (
            JSON,
            JOBS,
            r#"{"amountToCollect":"1","currency":"GBP","metadata":{}}"#,
            400,
            "metadata is not a member of this",
        ),
        (
            JSON,
            JOBS,
            r#"{"amountToCollect":"1","currency":"GBP","displayUrl":""}"#,
            400,
            "displayUrl must not be empty",
        ),
        (JSON, JOBS, r#"{"amountToCollect":"1","Currency":"GBP"}"#, 400, "Currency is not a member of this"),
        (
            JSON,
            JOBS,
            r#"{"amountToCollect":"1","currency":"GBP","order":{"note":5}}"#,
            400,
            "order.note must be text",
        ),
        (
            JSON,
            JOBS,
            r#"{"amountToCollect":"1","currency":"GBP","type":"payment"}"#,
            400,
            "type must be one of: Payment, Credit",
        ),
        (
            JSON,
            JOBS,
            r#"{"amountToCollect":"1","currency":"GBP","order":{"billingIdentity":{"emailAddress":"a"}}}"#,
            400,
            "order.billingIdentity.emailAddress must be an e-mail address",
        ),
        (
            JSON,
            JOBS,
            r#"{"amountToCollect":"1","currency":"GBP","options":["IsMoto"],"parameters":{"Token":"t","ThreeDSecureEci":"05"}}"#,
            400,
            "parameters.ThreeDSecureEci must be absent from a moto job",
        ),
        (
            PATCH,
            JOBS,
            r#"{"amountToCollect":"1","currency":"GBP"}"#,
            415,
            "header Content-Type must be application/json",
        ),
        (None, JOBS, r#"{"amountToCollect":"1","currency":"GBP"}"#, 415, "header Content-Type is missing"),
        (JSON, "/api/gateway/payment-jobs/", "{}", 404, "there is no such path"),
        (JSON, "/api/gateway/payment-jobs/1/payments/2/refunds", "{}", 400, "amountToRefund is missing"),
        (JSON, JOBS, r#"{"amountToCollect":"1","currency":"GBP"}"#, 201, "amountToCollect"),
    ] {
        let (got, answer) = send(&mut strict(), "POST", path, content_type, body);
        assert_eq!((got, answer.contains(told)), (status, true), "{body}: {answer}");
    }
    let (status, answer) = send(&mut strict(), "PATCH", "/api/gateway/payment-jobs/1/cancel", JSON, "{}");
    assert_eq!((status, answer.contains("something behind its end")), (400, true), "{answer}");
    let (status, answer) = send(&mut strict(), "GET", "/api/gateway/payment-jobs/1?foo=1", None, "");
    assert_eq!((status, answer.contains("query.foo is not a member of this")), (400, true), "{answer}");
}

/// A wrong signature is all that is said of a call, whatever is in it.
#[test]
fn nothing_of_a_call_is_acted_on_before_its_signature_is_right() {
    let mut shop = shop();
    let signature = Signature::of(&v::<ApiKey>(KEY), b"{}");
    for (method, path, body) in [
        ("POST", JOBS, r#"{"amountToCollect":"1","currency":"GBP","metadata":{}}"#),
        ("PATCH", "/api/gateway/payment-jobs/1/cancel/", r#"{"a":1}"#),
        ("POST", "/nowhere", ""),
    ] {
        let headers =
            [("ConfigurationId", CONFIGURATION.as_bytes()), ("Hash", signature.secret_str().as_bytes())];
        let Delivery::Payload(answer) = shop.acquirer.call(shop.now, method, path, headers, body.as_bytes())
        else {
            panic!("an answer")
        };
        assert_eq!(answer.status(), 401, "{path}");
        assert!(!String::from_utf8_lossy(answer.body()).contains("metadata"));
    }
    assert_eq!(shop.acquirer.jobs().len(), 0);
}

/// A refund of a part on the day of the sale is refused in the vendor's words (GW-294).
#[test]
fn a_refund_that_is_refused_says_so_in_the_words_of_the_page() {
    let mut shop = shop();
    let (job, payment) = shop.made(job(luke()));
    let path = format!("{JOBS}/{job}/payments/{payment}/refunds");
    let (status, answer) = send(&mut shop, "POST", &path, JSON, r#"{"amountToRefund":"4.99"}"#);
    assert_eq!(status, 400);
    assert!(
        answer.contains("Refund has been refused.") && answer.contains("GenericRejectionOfRefund"),
        "{answer}"
    );
}

/// The name of a customer is text of any form.
#[test]
fn a_customer_is_known_by_any_text() {
    let configuration: Configuration = configuration().with_customer(v("CUST-7"));
    let mut shop = Shop::with(configuration);
    for (customer, status) in [("CUST-7", 201), ("0f8fad5b-d9cb-469f-a165-70867728950e", 400)] {
        let body = format!(
            r#"{{"amountToCollect":"1","currency":"GBP","order":{{"customerReference":"{customer}"}}}}"#
        );
        let (got, answer) = send(&mut shop, "POST", JOBS, JSON, &body);
        assert_eq!(got, status, "{answer}");
        assert_eq!(answer.contains("Invalid customer reference provided."), status == 400);
    }
}
