//! The answers that the vendor prints are read, say what they say, and are written as they were.

use cashflows_codec::gateway::call::*;
mod calls;
mod error_words;
mod faults;
mod findings;
#[cfg(feature = "http")]
mod http;
mod parts;
mod properties;

use cashflows_codec::gateway::response::*;
use cashflows_codec::gateway::{
    CallOutcome, JobMeaning, JsonLimits, Known, Operation, PaymentMeaning, PaymentMethod, PaymentStatus,
};
use cashflows_codec::value::{AddressCheck, Currency, CvvCheck, Status};
use serde_json::Value;

macro_rules! bodies {
    ($($name:literal)+) => {
        &[$(($name, include_bytes!(concat!("../data/gateway/", $name, "-response.json")))),+]
    };
}

pub(crate) const JOBS: &[(&str, &[u8])] = bodies! {
    "cancel-job" "card" "child" "generate-token-paid" "generate-token" "hosted-page" "moto" "parent" "use-token"
};
const PAYMENTS: &[(&str, &[u8])] = bodies! { "cancel-payment" };
const REFUNDS: &[(&str, &[u8])] = bodies! { "refund" };
const CAPTURES: &[(&str, &[u8])] = bodies! { "capture" };
const TOKENS: &[(&str, &[u8])] = bodies! { "token" };
const METHODS: &[(&str, &[u8])] = bodies! { "supported-payment-methods" };

fn body(name: &str) -> &'static [u8] {
    let all = [JOBS, PAYMENTS, REFUNDS, CAPTURES, TOKENS, METHODS];
    all.iter().copied().flatten().find(|(found, _)| *found == name).unwrap().1
}

fn job(name: &str) -> Response<Job> {
    let decoded = CreateJob::decode(200, body(name));
    assert_eq!(CallOutcome::of(&decoded), CallOutcome::Done);
    decoded.unwrap()
}

#[test]
fn documented_answers_are_written_as_they_were() {
    fn check<C: CallType<Data: PartialEq + core::fmt::Debug>>(bodies: &[(&str, &[u8])]) {
        for (name, body) in bodies {
            let answer = C::decode(200, body).unwrap_or_else(|error| panic!("{name}: {error}"));
            let encoded = answer.encode();
            assert_eq!(encoded.status(), 200);
            let written = encoded.into_bytes();
            let value = |body| serde_json::from_slice::<Value>(body).unwrap();
            assert_eq!(value(&written), value(body), "{name}");
            assert_eq!(C::decode(200, &written).as_ref(), Ok(&answer), "{name}");
        }
    }
    check::<RetrieveJob>(JOBS);
    check::<RetrievePayment>(PAYMENTS);
    check::<RefundPayment>(REFUNDS);
    check::<CapturePayment>(CAPTURES);
    check::<TokeniseCard>(TOKENS);
    check::<ListPaymentMethods>(METHODS);
}

/// Nothing documented is left over: what is unlisted, nobody described.
#[test]
fn documented_members_have_types() {
    for (name, body) in JOBS {
        let answer = RetrieveJob::decode(200, body).unwrap();
        assert!(answer.unlisted().is_empty(), "{name}");
        let job = answer.data();
        assert!(job.unlisted().iter().all(|(member, _)| member == "orderHistory"), "{name}");
        for payment in &job.payments {
            assert!(payment.unlisted().is_empty(), "{name}");
            assert!(payment.steps.iter().all(|step| step.unlisted().is_empty()), "{name}");
        }
    }
    let refund = RefundPayment::decode(201, body("refund")).unwrap();
    assert!(refund.data().unlisted().is_empty());
    let capture = CapturePayment::decode(201, body("capture")).unwrap();
    assert!(capture.data().unlisted().is_empty());
}

#[test]
fn what_documented_jobs_mean() {
    for (name, meaning, action) in [
        ("cancel-job", JobMeaning::NotTaken, None),
        ("card", JobMeaning::Open, Some("https://gateway-int.cashflows.com/payment/formpost")),
        ("child", JobMeaning::Taken, None),
        ("generate-token-paid", JobMeaning::Taken, None),
        ("generate-token", JobMeaning::Open, Some("https://gateway-int.cashflows.com/payment/form-post")),
        ("hosted-page", JobMeaning::Open, Some("https://gateway-int.cashflows.com/payment")),
        ("moto", JobMeaning::Taken, Some("https://www.mywebshop.com/")),
        ("parent", JobMeaning::Open, Some("https://gateway-int.cashflows.com/payment/form-post")),
        ("use-token", JobMeaning::Open, Some("https://gateway-int.cashflows.com/payment/form-post")),
    ] {
        let answer = job(name);
        let operation = if name == "cancel-job" { Operation::CancelJob } else { Operation::CreateJob };
        let known = Known::new().answer_to(operation);
        assert_eq!(answer.data().meaning_with(&known), meaning, "{name}");
        let found = answer.links().action.as_ref().map(|link| link.url.as_str().split('?').next().unwrap());
        assert_eq!(found, action, "{name}");
    }
}

#[test]
fn a_paid_job_says_what_it_says() {
    let answer = job("generate-token-paid");
    let job = answer.data();
    assert_eq!(job.reference.to_string(), "210221000000135192");
    assert_eq!(job.currency, Some(Currency::GBP.into()));
    assert_eq!(job.amount_to_collect, Some("10.00".parse().unwrap()));
    assert_eq!(job.paid_amount.map(|amount| amount.to_string()).as_deref(), Some("10.00"));
    assert_eq!(job.order.as_ref().and_then(OrderRecord::number), Some("Payment ref D1T"));
    assert_eq!(job.payment_methods_to_use, [PaymentMethod::Card]);
    assert!(job.flags.has(&Flag::GenerateToken) && !job.flags.has(&Flag::Moto));
    let due = job.due.as_ref().and_then(TimeText::timestamp).unwrap().unix_seconds();
    let created = job.created.as_ref().and_then(TimeText::timestamp).unwrap().unix_seconds();
    assert_eq!(due - created, 600);

    let [payment] = job.payments.as_slice() else { panic!("one payment") };
    assert_eq!(payment.status, PaymentStatus::Paid);
    assert_eq!(payment.meaning(), PaymentMeaning::Taken);
    assert_eq!(job.payment(payment.reference), Some(payment));
    let actions: Vec<_> = payment.steps.iter().map(|step| step.action.clone().unwrap()).collect();
    assert_eq!(actions, [StepAction::Start, StepAction::Process]);

    let attributes = &payment.attributes;
    assert_eq!(attributes.transaction_id().unwrap().as_str(), "01S00DAA6A7");
    assert_eq!(attributes.void_transaction_id(), None);
    assert_eq!(attributes.token().unwrap().secret_str(), "1000000000030419");
    assert_eq!(attributes.originating_ip_address(), Some("81.106.197.200, 95.100.156.174, 88.221.51.77"));
    assert_eq!(attributes.origin_header(), Some("https://integration.cashflows.com"));
    assert_eq!((attributes.user_agent(), attributes.descriptor()), (None, None));
    assert!(attributes.return_url_cancelled().unwrap().ends_with("&status=cancelled"));
    assert_eq!(attributes.return_url_success(), attributes.return_url_failed());

    let details = attributes.acquiring_details().unwrap().unwrap();
    assert_eq!(details.three_ds_version(), Some("1.0.2"));
    assert!(details.three_ds_version_reason().unwrap().contains("not enabled"));
    assert_eq!((details.authentication_status(), details.eci()), (Some("Y"), Some("05")));
    assert_eq!(details.xid().unwrap().as_str(), "pBoZubEx533uMpLNFjuXU0LMRql=");
    assert_eq!(details.cavv().unwrap().secret_str(), "aq0zADZ1wIha0IgU3j9FRt0sA2V=");
    assert_eq!(details.authorisation_code().unwrap().as_str(), "AUTHOK");
    assert_eq!(details.arn().unwrap().as_str(), "74501871049010015672418");
    assert_eq!((details.message(), details.acquirer_status()), (Some("Authorised"), Some("Successful")));
    assert_eq!(details.issuer_response_code(), Some("00"));
    let checks = details.checks().unwrap();
    assert_eq!((checks.cvv(), checks.address()), (CvvCheck::FullMatch, AddressCheck::NotChecked));
    assert_eq!(details.acquirer_response(), Some(AcquirerResponse::Status(Status::Authorised)));
    assert_eq!(details.truncated_card_number().unwrap().last_four(), "0002");
}

/// The refund of the pages has empty texts where nothing is known.
#[test]
fn empty_details_read_as_none() {
    let refund = RefundPayment::decode(201, body("refund")).unwrap();
    let refund = refund.data();
    assert_eq!(refund.number.as_deref(), Some("Your refund reference"));
    assert_eq!(refund.status, CompletionStatus::Completed);
    assert_eq!(refund.steps[0].status, Some(StepStatus::Completed));
    assert_eq!(refund.attributes.transaction_id().unwrap().as_str(), "01R00D76D2C");
    let details = refund.attributes.acquiring_details().unwrap().unwrap();
    assert_eq!((details.arn(), details.issuer_response_code()), (None, None));
    assert_eq!(details.members().secret_text("Arn"), Some(""));
    assert_eq!(details.authorisation_code().unwrap().as_str(), "116");
}

#[test]
fn an_acquirer_that_refuses_gives_a_response_code() {
    for (text, response) in [
        ("A", Some(AcquirerResponse::Status(Status::Authorised))),
        ("D", Some(AcquirerResponse::Status(Status::Declined))),
        ("D102", Some(AcquirerResponse::Code("D102".parse().unwrap()))),
        ("", None),
        ("Approved", None),
    ] {
        let details = AcquiringDetails::new().with("AcquirerResponseCode", text);
        assert_eq!(details.acquirer_response(), response, "{text}");
    }
}

#[test]
fn a_cancelled_payment_keeps_its_amount_and_is_not_taken() {
    let payment = RetrievePayment::decode(200, body("cancel-payment")).unwrap();
    let payment = payment.data();
    assert_eq!(payment.paid_amount, Some("10".parse().unwrap()));
    assert_eq!(payment.meaning(), PaymentMeaning::NotTaken);
    assert!(payment.steps.iter().any(|step| step.status == Some(StepStatus::Paid)));
    assert_eq!(payment.attributes.void_transaction_id().unwrap().as_str(), "01V00DB322B");
}

/// Time ends what no payment can change any more, and nothing else.
#[test]
fn a_job_expires() {
    let at = |seconds| std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
    let expires = 1_611_161_401;
    for (job, payment, expected) in [
        ("Failed", "Failed", JobMeaning::NotTaken),
        ("Declined", "Blocked", JobMeaning::NotTaken),
        ("Failed", "Pending", JobMeaning::Open),
        ("Pending", "Failed", JobMeaning::Open),
        ("Pending", "Pending", JobMeaning::Open),
        ("Failed", "Paid", JobMeaning::Taken),
        ("Failed", "Reserved", JobMeaning::Reserved),
        ("Failed", "Chargeback", JobMeaning::Unknown),
    ] {
        let mut found = Job::new("1".parse().unwrap(), job.into());
        found.payments = vec![Payment::new("2".parse().unwrap(), payment.into())];
        assert_eq!(found.meaning_at(at(expires)), found.meaning(), "without a time, {job} {payment}");
        found.expires = Some("2021-01-20T16:50:01".into());
        assert_eq!(found.meaning_at(at(expires - 1)), found.meaning(), "{job} {payment}");
        assert_eq!(found.meaning_at(at(expires)), expected, "{job} {payment}");
        found.expires = Some("soon".into());
        assert_eq!(found.meaning_at(at(expires)), found.meaning(), "{job} {payment}");
    }
}

#[test]
fn captures_tokens_and_methods_say_what_they_say() {
    let capture = CapturePayment::decode(200, body("capture")).unwrap();
    assert_eq!((capture.data().is_final, capture.data().amount), (Some(true), Some("10".parse().unwrap())));

    let token = TokeniseCard::decode(201, body("token")).unwrap();
    let card = token.data();
    assert_eq!(card.token().secret_str(), "1000000000030419");
    assert_eq!(card.expiry(), Some("1021".parse().unwrap()));
    assert_eq!(card.truncated_card_number().unwrap().first_six(), "400000");
    assert_eq!(card.issuer_return_code(), None);

    let methods = ListPaymentMethods::decode(200, body("supported-payment-methods")).unwrap();
    let [card, credit_card] = methods.data().as_slice() else { panic!("two methods") };
    assert_eq!(
        (&card.payment_method, &credit_card.payment_method),
        (&PaymentMethod::Card, &PaymentMethod::CreditCard)
    );
    assert_eq!(card.currencies[0].as_str(), "NoCurrencyCashflows");
    assert_eq!((card.currencies[0].listed(), card.currencies[12].listed()), (None, Some(Currency::GBP)));
}

#[test]
fn links_are_found_beside_the_data_and_inside() {
    let link = r#"{"action":{"url":"https://example.com/pay?ref=1","type":"text/html"},"odd":7}"#;
    let job = r#""reference":"1","paymentStatus":"Pending""#;
    for (body, url) in [
        (format!(r#"{{"data":{{{job}}},"links":{link}}}"#), Some("https://example.com/pay?ref=1")),
        (format!(r#"{{"data":{{{job},"links":{link}}}}}"#), Some("https://example.com/pay?ref=1")),
        (
            format!(r#"{{"data":{{{job},"links":{{"action":{{"url":"x"}}}}}},"links":{link}}}"#),
            Some("https://example.com/pay?ref=1"),
        ),
        (format!(r#"{{"data":{{{job}}},"links":[]}}"#), None),
        (format!(r#"{{"data":{{{job}}},"links":null}}"#), None),
        (format!(r#"{{"data":{{{job},"links":"none"}}}}"#), None),
        (format!(r#"{{"data":{{{job}}},"links":{{"action":"none"}}}}"#), None),
    ] {
        let answer = RetrieveJob::decode(201, body.as_bytes()).unwrap();
        assert_eq!(answer.links().action.as_ref().map(|link| link.url.as_str()), url, "{body}");
        let written = answer.encode().into_bytes();
        let value = |body: &[u8]| serde_json::from_slice::<Value>(body).unwrap();
        assert_eq!(value(&written)["data"]["links"], value(body.as_bytes())["data"]["links"]);
        assert_eq!(value(&written)["links"], value(body.as_bytes())["links"]);
    }
}

#[test]
fn references_and_amounts_are_read_from_text_and_from_numbers() {
    let read = |reference: &str, amount: &str| {
        let body = format!(
            r#"{{"data":{{"reference":{reference},"paymentStatus":"Paid","amountToCollect":{amount}}}}}"#
        );
        RetrieveJob::decode(200, body.as_bytes())
            .map(|answer| {
                (answer.data().reference.get(), answer.data().amount_to_collect.unwrap().to_string())
            })
            .map_err(|error| error.to_string())
    };
    let right = |amount: &str| Ok((9_007_199_254_740_993, amount.to_owned()));
    assert_eq!(read("9007199254740993", "10.10"), right("10.10"));
    assert_eq!(read("\"9007199254740993\"", "\"10\""), right("10"));
    assert_eq!(read("9007199254740993", "0.3"), right("0.3"));
    let wrong = |reference, amount| read(reference, amount).unwrap_err();
    let not_a_reference =
        "status 200: data.reference must be a positive integer of 64 bits without leading zeros";
    for reference in ["9.007199254740993e15", "\"\"", "0", "-1", "\"x\"", "9223372036854775808"] {
        assert_eq!(wrong(reference, "1"), not_a_reference, "{reference}");
    }
    assert_eq!(wrong("true", "1"), "status 200: data.reference must be text or a number");
}

/// A gateway builds an answer from nothing, and a client reads it.
#[test]
fn an_answer_is_built_and_read() {
    let details = AcquiringDetails::new().with("AuthCode", "031971").with("CvvAvsResult", "232");
    let mut payment = Payment::new("2".parse().unwrap(), PaymentStatus::Paid);
    payment.attributes =
        Attributes::new().with("paymentMethodTransactionId", "01S00DAA658").with_acquiring_details(&details);
    payment.amount_to_collect = Some("10.00".parse().unwrap());
    let mut job = Job::new("1".parse().unwrap(), PaymentStatus::Paid);
    job.order = Some(OrderRecord::new("cart-1").with_created(&"2021-02-18T11:04:38Z".into()));
    job.currency = Some(Currency::GBP.into());
    job.flags = Flags::new().with(Flag::Direct, true);
    job.payments = vec![payment];
    let mut links = Links::new();
    links.action = Some(Link::new("https://example.com/done").with_media_type("text/html"));
    let answer = CreateJob::respond(201, job).with_links(links);

    let read = CreateJob::decode(201, &answer.encode().into_bytes()).unwrap();
    assert_eq!(read, answer);
    assert_eq!(read.data().payments[0].attributes.acquiring_details(), Some(Ok(details)));
}

#[test]
fn unreadable_details_do_not_hide_a_payment() {
    let body = br#"{"data":{"reference":"1","status":"Paid","attributes":
        {"cashFlowsAcquiringDetails":"{\"Arn\":","paymentMethodTransactionId":7,"token":""}}}"#;
    let answer = RetrievePayment::decode(200, body).unwrap();
    assert_eq!(answer.data().meaning(), PaymentMeaning::Taken);
    let attributes = &answer.data().attributes;
    assert_eq!(attributes.acquiring_details().unwrap().unwrap_err().to_string(), "Arn is cut short");
    assert_eq!((attributes.transaction_id(), attributes.token()), (None, None));
    assert_eq!(attributes.members().secret_json("paymentMethodTransactionId"), Some("7"));
}

#[test]
fn limits_of_ones_own_are_kept() {
    let small = JsonLimits::default().with_bytes(100);
    let error = RetrieveJob::decode_with(200, body("moto"), &small).unwrap_err();
    assert_eq!(error.to_string(), "status 200: the body has more than 100 bytes");
}

/// What must not be read by chance: names, addresses, tokens, cryptograms, what opens a payment page.
#[test]
fn nothing_personal_or_secret_is_printed() {
    let body = br#"{"data":{"reference":"1","paymentStatus":"Paid","displayUrl":"https://a.example/?s=page",
        "order":{"orderNumber":"o-1","note":"ring twice","customerReference":"alex-7",
            "billingAddress":{"firstName":"Alexandra","phoneNumber1":"+44 20 7946 0000"},
            "billingIdentity":{"emailAddress":"alex@test.com","dateOfBirth":"1980-07-29"}},
        "recurrenceCriteria":{"recurringExpiry":"2034-11-08"},
        "payments":[{"reference":"2","status":"Paid","attributes":{"token":"1000000000030419",
            "originatingIpAddress":"192.0.2.1","cashFlowsAcquiringDetails":"{\"Cavv\":\"jqvNMAuNmkZJdA878z9A7PsPvTR=\"}"},
            "4000000000000002":"x"}]},
        "links":{"action":{"url":"https://a.example/pay?ref=4ab07d"}},"surprise":"4000000000000002"}"#;
    let answer = RetrieveJob::decode(200, body).unwrap();
    let details = answer.data().payments[0].attributes.acquiring_details();
    let printed = format!("{answer:?} {answer:#?} {details:?}");
    for secret in [
        "ring twice",
        "alex",
        "Alex",
        "7946",
        "1980",
        "1000000000030419",
        "192.0.2.1",
        "jqvNMAuN",
        "4ab07d",
        "s=page",
        "4000000000000002",
        "2034",
    ] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
    assert!(printed.contains("https://a.example/***"), "{printed}");
}
