//! What a receiver of calls reads all the same, and what it reports of it: members that are not known, not
//! used, or malformed without deciding anything.

use cashflows_codec::gateway::call::Call;
use cashflows_codec::gateway::incoming::{CallHeaders, IncomingCall, IncomingError};
use cashflows_codec::gateway::request::{
    CaptureRequest, CardWay, DecodedRequest, JobKind, JobMeans, JobOption, LineKind, PaymentJob,
    RefundRequest, Tokenisation,
};
use cashflows_codec::gateway::{ApiKey, Locale, Signature};
use serde_json::{Value, json};

const CARD: &str =
    r#""CardNumber":"4000000000000002","CardExpiryMonth":"05","CardExpiryYear":"30","CardCvc":"123""#;

/// A job of 10 GBP with these members besides.
fn of(members: &str) -> DecodedRequest<PaymentJob> {
    let body = format!(r#"{{"amountToCollect":"10.00","currency":"GBP"{members}}}"#);
    PaymentJob::decode(body.as_bytes()).unwrap_or_else(|error| panic!("{body}: {error}"))
}

/// A job of 10 GBP by card, with these parameters besides, and these members.
fn by_card(parameters: &str, members: &str) -> DecodedRequest<PaymentJob> {
    of(&format!(r#","parameters":{{{CARD}{parameters}}}{members}"#))
}

/// Everything that was passed over: what is not known after `?`, what is not used after `-`, what is
/// malformed after `!`.
fn passed<T>(decoded: &DecodedRequest<T>) -> Vec<String> {
    let unlisted = decoded.unlisted().iter().map(|place| format!("?{place}"));
    let ignored = decoded.ignored().iter().map(|place| format!("-{place}"));
    let findings = decoded.findings().iter().map(|finding| format!("!{finding}"));
    let passed: Vec<_> = unlisted.chain(ignored).chain(findings).collect();
    assert_eq!(decoded.is_understood(), passed.is_empty());
    passed
}

#[test]
fn a_member_that_is_not_known_is_passed_over() {
    let plain = of("").into_request();
    for (members, told) in [
        (r#","metadata":{"orderId":"7","competitionId":"3","type":"competition"}"#, vec!["?metadata"]),
        (r#","attributes":{"shop":"x"},"configurationId":"1""#, vec!["?attributes", "?configurationId"]),
        (
            r#","customer":{"email":"z@example.test"},"returnUrl":"","cancelUrl":null"#,
            vec!["?customer", "?returnUrl", "?cancelUrl"],
        ),
        (r#","recurring":true,"Request":{},"4000000000000002":1"#, vec!["?recurring", "?Request", "?*"]),
        (
            r#","customerEmail":"z@example.test","cardHolderName":"Zo""#,
            vec!["?customerEmail", "?cardHolderName"],
        ),
        // Nothing is asked of what is inside.
        (r#","metadata":{"a":1,"A":2}"#, vec!["?metadata"]),
    ] {
        let read = of(members);
        assert_eq!(passed(&read), told, "{members}");
        assert_eq!(read.request(), &plain, "{members}");
    }
    let deep = of(
        r#","order":{"orderNumber":"1","shop":1,"billingAddress":{"planet":"Earth"},"billingIdentity":{"x":1},
           "orderLines":[{"name":"Tea","unitPriceInclVat":1,"taste":"good"}]},
           "options":["IsMotto"],"parameters":{"MyOwn":"1","PaRes":"2","x y":"3","Nested":{}}"#,
    );
    assert_eq!(
        passed(&deep),
        [
            "?options[0]",
            "?order.shop",
            "?order.billingAddress.planet",
            "?order.billingIdentity.x",
            "?order.orderLines[0].taste",
            "?parameters.MyOwn",
            "?parameters.x…",
            "?parameters.Nested",
        ]
    );
    let kept: Vec<_> = deep.request().other_parameters().iter().map(|other| other.name().as_str()).collect();
    assert_eq!(kept, ["MyOwn", "PaRes"]);
}

#[test]
fn empty_text_and_null_are_absent() {
    let plain = by_card("", "").into_request();
    for (parameters, members) in [
        (r#","ReturnUrlSuccess":"","Token":"","webhookUrl":null"#, ""),
        (r#","CardHolderName":"","EwalletType":"","ThreeDSecureEci":"","Mcc":"","RecipientDetails":"""#, ""),
        ("", r#","displayUrl":"","type":"","locale":"","timeZone":"","parentPaymentJobReference":"""#),
        (
            "",
            r#","expirationDateTimeUtc":"","recurrenceCriteria":"","order":"","options":"","preparationIds":"""#,
        ),
        ("", r#","order":null,"options":null,"type":null,"paymentMethodsToUse":"""#),
    ] {
        let read = by_card(parameters, members);
        assert_eq!(passed(&read), [""; 0], "{parameters} {members}");
        assert_eq!(read.request(), &plain, "{parameters} {members}");
    }
    let line = |members: &str| {
        of(&format!(r#","order":{{"orderLines":[{{"name":"Tea","unitPriceInclVat":"6.00"{members}}}]}}"#))
    };
    let empty =
        line(r#","vatPercentage":"","totalLineAmount":"","lineNumber":"","type":"","url":"","quantity":"""#);
    assert_eq!(passed(&empty), [""; 0]);
    assert_eq!(empty.request(), line("").request());
}

/// A mandatory member that is empty stays an error.
#[test]
fn a_mandatory_member_may_not_be_empty() {
    let decimal = "must be digits with at most one point between them, such as 10 or 10.00";
    for (body, told) in [
        (r#"{"amountToCollect":"","currency":"GBP"}"#, format!("amountToCollect {decimal}")),
        (
            r#"{"amountToCollect":"1","currency":""}"#,
            "currency must be an ISO 4217 currency code, such as GBP".to_owned(),
        ),
        (
            r#"{"amountToCollect":"1","currency":"GBP","order":{"orderLines":[{"name":"","unitPriceInclVat":1}]}}"#,
            "order.orderLines[0].name must not be empty".to_owned(),
        ),
        (
            r#"{"amountToCollect":"1","currency":"GBP","order":{"orderLines":[{"name":"Tea","unitPriceInclVat":""}]}}"#,
            "order.orderLines[0].unitPriceInclVat is missing".to_owned(),
        ),
        (
            r#"{"amountToCollect":"1","currency":"GBP","parameters":{"CardNumber":"","CardCvc":"123"}}"#,
            "parameters.CardNumber is mandatory for a card job; parameters.CardExpiryMonth is mandatory for a \
             card job; parameters.CardExpiryYear is mandatory for a card job"
                .to_owned(),
        ),
    ] {
        assert_eq!(PaymentJob::decode(body.as_bytes()).unwrap_err().to_string(), told, "{body}");
    }
}

#[test]
fn numbers_and_booleans_are_read_as_text_and_text_as_numbers() {
    let plain = of(&format!(
        r#","order":{{"orderNumber":"12345","customerReference":"77","note":"true","billingAddress":{{"phoneNumber1":"7700900123"}},
           "orderLines":[{{"lineNumber":"3","name":"1","unitPriceInclVat":"6.00","quantity":"2"}}]}},
           "parameters":{{{CARD},"BrowserJavaEnabled":"true","BrowserScreenHeight":"1080"}}"#
    ));
    let numbers = of(
        r#","order":{"orderNumber":12345,"customerReference":77,"note":true,"billingAddress":{"phoneNumber1":7700900123},
           "orderLines":[{"lineNumber":3,"name":1,"unitPriceInclVat":6.00,"quantity":2}]},
           "parameters":{"CardNumber":4000000000000002,"CardExpiryMonth":"05","CardExpiryYear":30,"CardCvc":123,
           "BrowserJavaEnabled":1,"BrowserScreenHeight":1080}"#,
    );
    assert_eq!((passed(&plain).len(), passed(&numbers).len()), (0, 0));
    assert_eq!(numbers.request(), plain.request());
    // A month has its leading zero.
    let month = of(
        r#","parameters":{"CardExpiryMonth":11,"CardNumber":"4000000000000002","CardCvc":"123","CardExpiryYear":"2030"}"#,
    );
    assert!(
        matches!(month.request().kind(), JobKind::Payment(JobMeans::Card(card)) if card.expiry() == Some("1130".parse().unwrap()))
    );
    let body = br#"{"amountToCollect":1,"currency":"GBP","parameters":{"Token":1,"CardExpiryMonth":4,"CardExpiryYear":30,"CardCvc":"123"}}"#;
    let error = PaymentJob::decode(body).unwrap_err().to_string();
    assert_eq!(error, "parameters.CardExpiryMonth must be a month of 01 to 12");
    for (written, is_final) in [("1", true), ("0", false), (r#""TRUE""#, true), ("false", false)] {
        let read = CaptureRequest::decode(format!(r#"{{"isFinalCapture":{written}}}"#).as_bytes()).unwrap();
        assert_eq!(read.request().is_final, Some(is_final), "{written}");
    }
}

#[test]
fn times_and_urls_are_read_easily() {
    let read = of(r#","expirationDateTimeUtc":"2026-11-30T10:00:00+01:00",
           "parameters":{"ReturnUrlSuccess":"https://shop.test/köln?a=b c","WebhookUrl":" https://shop.test "}"#);
    assert_eq!(passed(&read), [""; 0]);
    let job = read.request();
    assert_eq!(job.expires.map(|time| time.to_string()).as_deref(), Some("2026-11-30T09:00:00Z"));
    assert_eq!(job.return_urls.success.as_ref().unwrap().as_str(), "https://shop.test/k%C3%B6ln?a=b%20c");
    assert_eq!(job.webhook_url.as_ref().unwrap().as_str(), "https://shop.test");
}

#[test]
fn names_and_words_are_read_in_any_case() {
    let plain = of(
        r#","type":"Payment","order":{"orderNumber":"1","billingAddress":{"addressLine1":"1 High St","zipCode":"AB1 2CD",
           "countryIso3166Alpha2":"GB"},"billingIdentity":{"gender":"Female"}},"options":["IsMoto","GenerateToken"],
           "parameters":{"Token":"t"},"paymentMethodsToUse":["Card"]"#,
    );
    let other = of(
        r#","TYPE":"payment","Order":{"OrderNumber":"1","BillingAddress":{"AddressLine1":"1 High St","ZipCode":"AB1 2CD",
           "countryiso3166alpha2":"gb"},"billingidentity":{"Gender":"FEMALE"}},"Options":["isMoto","generatetoken"],
           "Parameters":{"token":"t"},"PAYMENTMETHODSTOUSE":["card"]"#,
    );
    assert_eq!((passed(&plain).len(), passed(&other).len()), (0, 0));
    assert_eq!(other.request(), plain.request());
    let body = br#"{"AmountToCollect":"10.00","CURRENCY":"gbp"}"#;
    assert_eq!(PaymentJob::decode(body).unwrap().request(), of("").request());
    let options: Vec<_> = other.request().options().cloned().collect();
    assert_eq!(options, [JobOption::IsMoto, JobOption::GenerateToken]);
    assert_eq!(of(r#","locale":"en-GB""#).request().locale, Some(Locale::EnGb));
}

#[test]
fn a_member_that_appears_twice_in_any_case_is_an_error() {
    for (members, told) in [
        (r#","Currency":"GBP""#, "Currency appears more than once"),
        (r#","currency":"GBP""#, "currency appears more than once"),
        (r#","Currency":null"#, "Currency appears more than once"),
        (r#","foo":1,"Foo":2"#, "Foo appears more than once"),
        (r#","order":{"note":"","NOTE":"a"}"#, "order.NOTE appears more than once"),
        (r#","parameters":{"Token":"","token":"t"}"#, "parameters.Token appears more than once"),
        (r#","parameters":{"token":"t","token":"t"}"#, "parameters.token appears more than once"),
        (r#","parameters":{"x":"1","X":"2"}"#, "parameters.X appears more than once"),
        (
            r#","order":{"orderLines":[{"name":"a","unitPriceInclVat":1,"x":1,"x":1}]}"#,
            "order.orderLines[0].x appears more than once",
        ),
        (r#","recurrenceCriteria":{"a":1}"#, ""),
    ] {
        let body = format!(r#"{{"amountToCollect":"10.00","currency":"GBP"{members}}}"#);
        let errors = PaymentJob::decode(body.as_bytes()).map_or_else(
            |error| {
                error
                    .members()
                    .iter()
                    .filter(|error| {
                        error.to_string().contains("twice") || error.to_string().contains("more than once")
                    })
                    .map(ToString::to_string)
                    .collect()
            },
            |_| Vec::new(),
        );
        let told: Vec<&str> = Some(told).filter(|told| !told.is_empty()).into_iter().collect();
        assert_eq!(errors, told, "{members}");
    }
}

/// Nothing is read of an object that is passed over, so that a name that it has twice is a finding.
#[test]
fn a_member_that_appears_twice_in_an_unused_object_is_a_finding() {
    for (members, told) in [
        (r#","metadata":{"a":1,"a":1}"#, ["?metadata", "!metadata.a appears more than once"]),
        (
            r#","metadata":[{"b":{"a":1,"\u0061":1}}]"#,
            ["?metadata", "!metadata[0].b.a appears more than once"],
        ),
        (
            r#","recurrenceCriteria":{"recurrenceType":1,"recurrenceType":1}"#,
            ["-recurrenceCriteria", "!recurrenceCriteria.recurrenceType appears more than once"],
        ),
        (
            r#","order":{"note":{"a":1,"a":1}}"#,
            ["!order.note must be text", "!order.note.a appears more than once"],
        ),
        (
            r#","parameters":{"Nested":{"a":1,"a":1}}"#,
            ["?parameters.Nested", "!parameters.Nested.a appears more than once"],
        ),
    ] {
        let read = of(members);
        assert_eq!(passed(&read), told, "{members}");
    }
    // Of a recipient in a string too, with the path of both.
    let details = r#"{\"lastname\":\"Smith\",\"dateOfBirth\":\"19800729\",\"postcode\":\"CB21\",\"primaryAccountNumber\":\"1\",\"x\":{\"a\":1,\"a\":1}}"#;
    let read = of(&format!(r#","parameters":{{"RecipientDetails":"{details}"}}"#));
    let told = ["?parameters.RecipientDetails.x", "!parameters.RecipientDetails.x.a appears more than once"];
    assert_eq!(passed(&read), told);
    let refund =
        RefundRequest::decode(br#"{"amountToRefund":"1","parameters":{"x":"1","x":"1"}}"#).unwrap_err();
    assert_eq!(refund.to_string(), "parameters.x appears more than once");
    // An amount of all that is left needs a body of which nothing was passed over.
    assert!(RefundRequest::decode(br#"{"x":{"a":1,"a":1}}"#).is_err());
}

/// Text that decides nothing is kept as it came. A number or reference decides.
#[test]
fn text_with_control_characters_is_kept_and_a_finding() {
    let control = "must not contain control characters";
    for mark in [r"\u0000", r"\t", r"\u007f", r"\u0085", r"\u200f", r"\u202e", r"\u2066", r"\u2029"] {
        let read = by_card(
            &format!(r#","CardHolderName":"Jon{mark}Snow","Descriptor":"a{mark}""#),
            &format!(
                r#","order":{{"note":"a{mark}","orderLines":[{{"name":"b{mark}","unitPriceInclVat":1}}],
                   "billingAddress":{{"firstName":"{mark}c","zipCode":"d{mark}","phoneNumber1":"{mark}1"}}}}"#
            ),
        );
        let told = [
            "order.note",
            "order.billingAddress.firstName",
            "order.billingAddress.zipCode",
            "order.billingAddress.phoneNumber1",
            "order.orderLines[0].name",
            "parameters.CardHolderName",
            "parameters.Descriptor",
        ];
        assert_eq!(passed(&read), told.map(|place| format!("!{place} {control}")), "{mark}");
        let text: String = serde_json::from_str(&format!(r#""{mark}""#)).unwrap();
        let written = read.request().encode();
        let written: Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(written["order"]["note"], format!("a{text}"));
        assert_eq!(written["parameters"]["CardHolderName"], format!("Jon{text}Snow"));
    }
    let wallet = r#","EwalletType":"Other","ThreeDSecureCavv":"AAAA","ThreeDSecureXid":"1""#;
    let xid = "!parameters.ThreeDSecureXid must have at least 28 characters";
    assert_eq!(passed(&by_card(wallet, "")), ["-parameters.CardCvc", xid]);
    let read = of(&format!(r#","order":{{"note":"{}"}}"#, "x".repeat(4_097)));
    assert_eq!(passed(&read), ["!order.note must have at most 4096 characters"]);
    for (member, mark) in [("orderNumber", "\\u202e"), ("customerReference", "\\u202e")] {
        let read = of(&format!(r#","order":{{"{member}":"1{mark}"}}"#));
        assert_eq!(passed(&read), [format!("!order.{member} {control}")]);
        let body = format!(r#"{{"amountToCollect":"1","currency":"GBP","order":{{"{member}":"1\u0000"}}}}"#);
        let error = PaymentJob::decode(body.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), format!("order.{member} {control}"));
    }
}

#[test]
fn what_a_kind_of_job_does_not_use_is_not_looked_at() {
    let ignored = |read: &DecodedRequest<PaymentJob>| {
        (read.request().kind().as_str(), read.ignored().iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let wallet = r#","EwalletType":"applepay","ThreeDSecureCavv":"5dc4a6a39b6730a360e42c3b5f+=","ThreeDSecureEci":"7""#;
    for (read, kind, told) in [
        (
            by_card(r#","ThreeDSecureEci":"five","ThreeDSecureCavv":1"#, r#","options":["IsMoto"]"#),
            "moto",
            vec!["parameters.ThreeDSecureCavv", "parameters.ThreeDSecureEci"],
        ),
        (by_card(r#","PaymentPageReference":"p""#, ""), "card", vec!["parameters.PaymentPageReference"]),
        (by_card("", r#","recurrenceCriteria":{"recurrenceType":"?"}"#), "card", vec!["recurrenceCriteria"]),
        (by_card("", r#","options":["IsMoto","UsingStoredCredentials"]"#), "moto", vec!["options"]),
        (by_card(wallet, ""), "wallet", vec!["parameters.CardCvc"]),
        (
            by_card(wallet, r#","options":["UsingStoredCredentials"]"#),
            "wallet",
            vec!["options", "parameters.CardCvc"],
        ),
        (
            by_card("", r#","type":"Credit","options":["IsMoto"],"recurrenceCriteria":7"#),
            "credit",
            vec!["options", "recurrenceCriteria"],
        ),
        (
            of(
                r#","parentPaymentJobReference":"1","options":["IsMoto"],"parameters":{"CardCvc":"1","CardHolderName":7}"#,
            ),
            "recurring_child",
            vec!["options", "parameters.CardCvc", "parameters.CardHolderName"],
        ),
        (of(r#","parameters":{"cardHolderName":"Luke"}"#), "hosted_page", vec!["parameters.CardHolderName"]),
        (
            of(
                r#","parentPaymentJobReference":1,"recurrenceCriteria":{"recurrenceType":"subscription","Instalments":"x"}"#,
            ),
            "recurring_child",
            vec!["recurrenceCriteria.Instalments"],
        ),
        (
            of(r#","order":{"billingAddress":{"phoneNumber1":"","phoneNumber1Type":"Mobile"}}"#),
            "hosted_page",
            vec!["order.billingAddress.phoneNumber1Type"],
        ),
    ] {
        assert_eq!(ignored(&read), (kind, told.into_iter().map(str::to_owned).collect()), "{read:?}");
        assert!(read.unlisted().is_empty() && read.findings().is_empty());
    }
    let token = br#"{"cardNumber":"4000000000000002","cardExpiryMonth":"05","cardExpiryYear":"30","cardCvc":"123","Mcc":"x","store":1}"#;
    assert_eq!(passed(&Tokenisation::decode(token).unwrap()), ["?store", "-Mcc"]);
}

#[test]
fn what_is_malformed_and_decides_nothing_is_passed_over() {
    let country = "must be an ISO 3166-1 alpha-2 country code, such as GB";
    let email = "must be an e-mail address";
    for (members, told) in [
        (r#","order":{"billingAddress":{"countryIso3166Alpha2":"UKX"},"billingIdentity":{"emailAddress":"a","gender":"?"}}"#, vec![
            format!("!order.billingAddress.countryIso3166Alpha2 {country}"),
            format!("!order.billingIdentity.emailAddress {email}"),
            "!order.billingIdentity.gender must be one of: Female, Male".to_owned(),
        ]),
        (r#","order":{"note":{},"billingAddress":[],"shippingAddress":"x","billingIdentity":[],"orderLines":{}}"#, vec![
            "!order.note must be text".to_owned(),
            "!order.billingAddress must be an object".to_owned(),
            "!order.shippingAddress must be an object".to_owned(),
            "!order.billingIdentity must be an object".to_owned(),
            "!order.orderLines must be a list".to_owned(),
        ]),
        (r#","order":{"orderLines":[{"name":"Hat","unitPriceInclVat":1,"unitPriceExclVat":"x","vatPercentage":"-1","type":"Hat"}]}"#, vec![
            "!order.orderLines[0].type must be one of: PhysicalItem, DigitalItem, ShippingCost, PaymentCost, Discount, GiftCard, ShopCredit".to_owned(),
            "!order.orderLines[0].unitPriceExclVat must be digits with at most one point between them, such as 10 or 10.00".to_owned(),
            "!order.orderLines[0].vatPercentage must be digits with at most one point between them, such as 10 or 10.00".to_owned(),
        ]),
        (r#","order":[],"parameters":[],"options":[""],"paymentMethodsToUse":[null],"preparationIds":[{}],"displayUrl":"/x","timeZone":[],"locale":{}"#, vec![
            "!options[0] must not be empty".to_owned(),
            "!paymentMethodsToUse[0] must not be empty".to_owned(),
            "!locale must be text".to_owned(),
            "!timeZone must be text".to_owned(),
            "!order must be an object".to_owned(),
            "!preparationIds[0] must be text".to_owned(),
            "!displayUrl must be an absolute URL of http or https".to_owned(),
            "!parameters must be an object".to_owned(),
        ]),
        (r#","parameters":{"PaRes":[],"GoogleAnalyticsClientId":{},"RecipientDetails":[]}"#, vec![
            "!parameters.PaRes must be text".to_owned(),
            "!parameters.GoogleAnalyticsClientId must be text".to_owned(),
            "!parameters.RecipientDetails must be an object".to_owned(),
        ]),
        (r#","parentPaymentJobReference":"7","recurrenceCriteria":[]"#, vec![
            "!recurrenceCriteria must be an object".to_owned(),
        ]),
        (r#","parameters":{"BrowserJavaEnabled":"perhaps","UserAgent":[],"Descriptor":{}}"#, vec![
            "!parameters.Descriptor must be text".to_owned(),
            "!parameters.UserAgent must be text".to_owned(),
            "!parameters.BrowserJavaEnabled must be true or false".to_owned(),
        ]),
    ] {
        assert_eq!(passed(&of(members)), told, "{members}");
    }
    // What decides something is an error.
    for members in [
        r#","order":{"orderNumber":{}}"#,
        r#","order":"M-1""#,
        r#","options":"IsMoto""#,
        r#","parameters":{"ReturnUrlSuccess":"/paid"}"#,
        r#","parameters":{"WebhookUrl":"x"}"#,
        r#","parameters":{"SimulatedStatus":{}}"#,
        r#","expirationDateTimeUtc":"tomorrow""#,
        r#","parentPaymentJobReference":"x""#,
        r#","paymentMethodsToUse":[{}]"#,
        r#","options":["IsRecurringPaymentJobParent"],"recurrenceCriteria":[]"#,
        r#","parentPaymentJobReference":"7","recurrenceCriteria":["Subscription"]"#,
        r#","parameters":{"RecipientDetails":[1]}"#,
    ] {
        let body = format!(r#"{{"amountToCollect":"10.00","currency":"GBP"{members}}}"#);
        assert!(PaymentJob::decode(body.as_bytes()).is_err(), "{members}");
    }
}

/// Section 4: by mail or telephone a token needs nothing else (GW-171), a card number all (GW-170).
#[test]
fn a_token_needs_neither_expiry_nor_security_code_by_mail_or_telephone() {
    for (parameters, told) in [
        (r#""token":"1000000000030419""#, None),
        (r#""token":"1000000000030419","CardHolderName":"Luke Skywalker","CardCvc":"""#, None),
        (
            r#""token":"1000000000030419","CardExpiryMonth":"05""#,
            Some("parameters.CardExpiryYear is mandatory for a moto job"),
        ),
        (
            r#""CardNumber":"4000000000000002","CardExpiryMonth":"05","CardExpiryYear":"30""#,
            Some("parameters.CardCvc is mandatory for a moto job"),
        ),
        (
            r#""token":"t","CardNumber":"4000000000000002""#,
            Some("parameters.Token must be absent with CardNumber"),
        ),
    ] {
        let body = format!(
            r#"{{"amountToCollect":"10.00","currency":"GBP","options":["IsMoto"],"parameters":{{{parameters}}}}}"#
        );
        let read = PaymentJob::decode(body.as_bytes());
        assert_eq!(read.as_ref().err().map(ToString::to_string).as_deref(), told, "{body}");
        if let Ok(read) = read {
            let card = read.request().kind().card().unwrap();
            assert_eq!((card.expiry(), card.cvv(), read.is_understood()), (None, None, true));
            let again = PaymentJob::decode(&read.request().encode()).unwrap();
            assert_eq!(again, read);
        }
    }
    // On the internet the security code is asked for (GW-090); the expiry is known.
    let read = of(r#","parameters":{"Token":"t","CardCvc":"123","CardHolderName":"Luke Skywalker"}"#);
    assert!(
        matches!(read.request().kind(), JobKind::Payment(JobMeans::Card(card)) if card.expiry().is_none())
    );
    let body = br#"{"amountToCollect":"10.00","currency":"GBP","parameters":{"Token":"t"}}"#;
    let error = PaymentJob::decode(body);
    assert_eq!(error.unwrap_err().to_string(), "parameters.CardCvc is mandatory for a card job");
}

/// GW-086 to GW-088.
#[test]
fn a_wallet_may_carry_members_of_three_d_secure_2() {
    let card = r#""CardNumber":"5400100400099001","CardExpiryMonth":"12","CardExpiryYear":"30","EwalletType":"ApplePay","ThreeDSecureCavv":"5dc4a6a39b6730a360e42c3b5f+=""#;
    for (more, eci, version) in [
        (r#","ThreeDSecureEci":"02""#, Some("02"), None),
        ("", None, None),
        (r#","ThreeDSecureEci":"7""#, Some("07"), None),
        (
            r#","ThreeDSecureEci":"05","ThreeDSecureVersion":"2.2.0","ThreeDSecureDSTransId":"c5b808e7-1de1-4069-a17b-f70d3b3b1645""#,
            Some("05"),
            Some("2.2.0"),
        ),
    ] {
        let read = of(&format!(r#","parameters":{{{card}{more}}}"#));
        assert!(read.is_understood());
        let CardWay::Wallet(wallet) = read.request().kind().card().unwrap().way() else { panic!("{read:?}") };
        assert_eq!(wallet.eci.as_ref().map(|eci| eci.as_str()), eci);
        assert_eq!(wallet.version.as_ref().map(|version| version.as_str()), version);
        assert_eq!(wallet.ds_transaction_id.is_some(), version.is_some());
        assert_eq!(PaymentJob::decode(&read.request().encode()).unwrap(), read);
    }
    // A number and a token are two cards (GW-197).
    let body = format!(r#"{{"amountToCollect":"1","currency":"GBP","parameters":{{{card},"token":"t"}}}}"#);
    let error = PaymentJob::decode(body.as_bytes()).unwrap_err().to_string();
    assert_eq!(error, "parameters.Token must be absent from a wallet job");
}

#[test]
fn a_stored_card_may_be_a_parent() {
    let read = of(
        r#","options":["IsRecurringPaymentJobParent","UsingStoredCredentials"],"recurrenceCriteria":{"recurrenceType":"Unscheduled"},
           "parameters":{"CardNumber":"4510500400099002","CardExpiryYear":"2028","CardExpiryMonth":"12","ThreeDSecureVersion":"2.1.0",
           "ThreeDSecureCavv":"0H4G2ZcW398zA1Q8XyAI70H7nXY=","ThreeDSecureEci":"05",
           "ThreeDSecureDSTransId":"111dc9c3-6644-4164-9661-3afa0e8f64e1"}"#,
    );
    assert!(read.is_understood());
    assert!(matches!(read.request().kind(), JobKind::Parent(_)));
    assert!(matches!(read.request().kind().card().unwrap().way(), CardWay::Stored(_)));
    assert_eq!(PaymentJob::decode(&read.request().encode()).unwrap(), read);
}

/// GW-093 to GW-105.
#[test]
fn category_and_recipient_go_without_each_other_and_the_recipient_may_be_an_object() {
    let details = r#"{"lastname":"Smith","dateOfBirth":"19800729","postcode":"CB21 5XE","primaryAccountNumber":"111213313","x":1}"#;
    let text = Value::String(details.to_owned()).to_string();
    let (as_object, as_text) = (
        by_card(&format!(r#","recipientDetails":{details}"#), ""),
        by_card(&format!(r#","recipientDetails":{text}"#), ""),
    );
    assert_eq!(passed(&as_object), ["?parameters.recipientDetails.x"]);
    assert_eq!(passed(&as_text), ["?parameters.RecipientDetails.x"]);
    assert_eq!(as_object.request(), as_text.request());
    let job = as_object.request();
    assert_eq!(
        (job.mcc, job.recipient.as_ref().map(|recipient| recipient.surname.as_str())),
        (None, Some("Smith"))
    );
    assert_eq!(PaymentJob::decode(&job.encode()).unwrap().request(), job);
    let mcc = by_card(r#","mcc":6012"#, "");
    assert_eq!(
        (mcc.request().mcc.map(|mcc| mcc.as_str().to_owned()).as_deref(), mcc.request().recipient.as_ref()),
        (Some("6012"), None)
    );
    assert_eq!(PaymentJob::decode(&mcc.request().encode()).unwrap(), mcc);
}

#[test]
fn the_price_of_a_discount_is_negative() {
    let read = of(r#","order":{"orderLines":[{"name":"Tea","unitPriceInclVat":"6.00"},
           {"type":"Discount","name":"Ten off","quantity":1,"unitPriceInclVat":"-2.50","totalLineAmount":-2.50}]}"#);
    assert!(read.is_understood());
    let discount = &read.request().order.as_ref().unwrap().lines[1];
    assert_eq!((discount.kind, discount.total), (Some(LineKind::Discount), Some("-2.50".parse().unwrap())));
    assert!(discount.unit_price.with_vat().unwrap().is_negative());
    assert_eq!(PaymentJob::decode(&read.request().encode()).unwrap(), read);
}

/// All that is left is paid back, or captured, only where nothing can have been meant as an amount.
#[test]
fn a_refund_without_an_amount_is_of_all_that_is_left() {
    let missing = "amountToRefund is missing";
    for (body, read) in [
        ("{}", Ok((None, None))),
        (r#"{"refundNumber":"R-1"}"#, Ok((None, Some("R-1")))),
        (r#"{"refundNumber":42,"amountToRefund":null}"#, Ok((None, Some("42")))),
        (r#"{"refundNumber":"","AmountToRefund":5}"#, Ok((Some("5"), None))),
        (r#"{"creditNumber":"1","amountToRefund":"5.00"}"#, Ok((Some("5.00"), None))),
        (r#"{"amountToRefund":""}"#, Err(missing)),
        (r#"{"amount":"5.00"}"#, Err(missing)),
        (r#"{"parameters":{"amountToRefund":"5.00"}}"#, Err(missing)),
        (r#"{"parameters":{"CardCvc":"5.00"}}"#, Err(missing)),
        (r#"{"parameters":{"PaRes":["5.00"]}}"#, Err(missing)),
        (r#"{"parameters":[],"refundNumber":"R"}"#, Err(missing)),
        (r#"{"amountToRefund":"0"}"#, Err("amountToRefund must be greater than 0")),
    ] {
        let refund = RefundRequest::decode(body.as_bytes());
        let told = refund.as_ref().map_err(ToString::to_string).map(|refund| {
            let refund = refund.request();
            (
                refund.amount.map(|amount| amount.to_string()),
                refund.number.as_ref().map(|number| number.as_str()),
            )
        });
        let read = read.map_err(str::to_owned).map(|(amount, number)| (amount.map(str::to_owned), number));
        assert_eq!(told, read, "{body}");
    }
    for (body, right) in [
        ("{}", true),
        (r#"{"isFinalCapture":"true"}"#, true),
        (r#"{"amountToCapture":""}"#, false),
        (r#"{"amountToCollect":"5.00"}"#, false),
        (r#"{"amountToCapture":"5.00","amountToCollect":"5.00"}"#, true),
    ] {
        assert_eq!(CaptureRequest::decode(body.as_bytes()).is_ok(), right, "{body}");
    }
}

fn receive(method: &str, path: &str, body: &[u8]) -> Result<IncomingCall, IncomingError> {
    let key: ApiKey = "845c51f6-1cd5-4338-a586-df752e65d690".parse().unwrap();
    let signature = Signature::of(&key, body);
    let headers = [("ConfigurationId", b"1".as_slice()), ("Hash", signature.secret_str().as_bytes())];
    IncomingCall::decode(method, path, &CallHeaders::read(headers)?, body, &[key])
}

#[test]
fn what_a_call_does_not_use_is_reported_by_place() {
    let job = "/api/gateway/payment-jobs/1";
    let methods = "/api/gateway/supported-payment-methods";
    for (method, path, body, told) in [
        ("GET", format!("{job}?foo=1&_=2&_=3"), "", vec!["?query.foo", "?query._", "?query._"]),
        ("GET", format!("{job}?locale=%e"), "", vec!["!query.locale has an invalid escape"]),
        ("GET", format!("{job}?currency=x&%zz=1"), "", vec!["?query.…", "-query.currency"]),
        ("HEAD", "/api/gateway/orders/1?Locale=en_GB".to_owned(), "", vec!["-query.Locale"]),
        (
            "GET",
            format!("{methods}?locale=en_GB&collectamount=100&customerreference=&currency=eur&ALL=True"),
            "",
            vec![],
        ),
        ("PATCH", format!("{job}/cancel/"), "{}", vec!["-the body"]),
        ("GET", job.to_owned(), "no JSON", vec!["-the body"]),
        (
            "POST",
            format!("{job}/payments/2/captures?x=y"),
            r#"{"amountToCapture":1,"creditNumber":1}"#,
            vec!["?creditNumber", "?query.x"],
        ),
    ] {
        let call = receive(method, &path, body.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
        let unlisted = call.unlisted().iter().map(|place| format!("?{place}"));
        let ignored = call.ignored().iter().map(|place| format!("-{place}"));
        let findings = call.findings().iter().map(|finding| format!("!{finding}"));
        let passed: Vec<_> = unlisted.chain(ignored).chain(findings).collect();
        assert_eq!(passed, told, "{path}");
        assert_eq!(call.is_understood(), told.is_empty());
    }
    let call = receive("GET", &format!("{methods}?collectamount=100&currency=eur&ALL=True"), b"").unwrap();
    let Call::ListPaymentMethods(asked) = call.call() else { panic!("{call:?}") };
    assert_eq!((asked.amount, asked.all), (Some("100".parse().unwrap()), Some(true)));
    assert_eq!(asked.currency, Some("EUR".parse().unwrap()));
    // A query name alone asks for no other amount than the body does.
    assert!(receive("POST", &format!("{job}/payments/2/refunds?amountToRefund=5"), b"{}").is_ok());
}

/// A full order of a shop module, with empty text wherever a field of the shop is empty.
#[test]
fn a_full_order_with_empty_members_is_read() {
    let order = json!({
        "orderNumber": "240131101500/1234",
        "note": "Order 1234",
        "billingAddress": {
            "title": "", "firstName": "Zoë", "middleName": "", "lastName": "Müller", "countryIso3166Alpha2": "GB",
            "addressLine1": "1 High St", "addressLine2": "", "zipCode": "AB1 2CD", "city": "Leeds",
            "stateProvince": "", "phoneNumber1": 1_134_960_000, "organisation": "",
        },
        "billingIdentity": {
            "debtorId": "", "emailAddress": "z@example.test", "gender": "", "dateOfBirth": "",
            "socialSecurityNumber": "", "chamberOfCommerceNumber": "", "vatNumber": "",
        },
        "shippingAddress": {
            "title": "", "firstName": "Zoë", "phoneNumber1": "+44 113 496 0000", "phoneNumber1Type": "", "department": "",
        },
        "orderLines": [{
            "lineNumber": 0, "type": "PhysicalItem", "skuCode": "", "name": "Tea", "quantity": "2.00",
            "unitPriceExclVat": "5.00", "unitPriceInclVat": "6.00", "vatPercentage": "20.00",
            "vatPercentageLabel": "", "discountPercentageLabel": "", "totalLineAmount": "12.00",
            "url": "https://shop.example.test/?p=1",
        }],
    });
    let body = json!({ "type": "Payment", "amountToCollect": "12.00", "currency": "GBP", "order": order });
    let read = PaymentJob::decode(body.to_string().as_bytes()).unwrap();
    assert!(read.is_understood());
    let order = read.request().order.as_ref().unwrap();
    let address = order.billing_address.as_ref().unwrap();
    assert_eq!((&address.title, &address.state), (&None, &None));
    assert_eq!(address.telephone.as_ref().map(|telephone| telephone.number.as_str()), Some("1134960000"));
    assert_eq!(order.billing_identity.as_ref().unwrap().gender, None);
}
