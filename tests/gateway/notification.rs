//! Notifications, and what acknowledges them.

use cashflows_codec::gateway::{Acknowledgement, Notification, NotifyType};
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn names_and_references_are_read_in_either_form() {
    for (body, acknowledgement) in [
        (
            r#"{"paymentJobReference":"1","paymentReference":"2"}"#,
            r#"{"paymentJobReference":"1","paymentReference":"2"}"#,
        ),
        (
            r#"{"PaymentJobReference":1,"PaymentReference":2,"NotifyType":"PaymentStatusChange"}"#,
            r#"{"PaymentJobReference":"1","PaymentReference":"2"}"#,
        ),
        (
            r#"{"paymentReference":2,"PaymentJobReference":"1","notifyType":"Later","more":[1]}"#,
            r#"{"PaymentJobReference":"1","paymentReference":"2"}"#,
        ),
    ] {
        let notification = Notification::decode(body.as_bytes()).unwrap();
        let payment = notification.payment().map(|payment| payment.get());
        assert_eq!((notification.job().get(), payment), (1, Some(2)));
        assert_eq!(notification.retrieve().job, notification.job());

        let answer = notification.acknowledgement().encode();
        assert_eq!(answer.status(), 200);
        let answer = answer.into_bytes();
        assert_eq!(answer, acknowledgement);
        assert!(Acknowledgement::decode(&answer).unwrap().acknowledges(&notification));
        assert_eq!(Notification::decode(&notification.encode()), Ok(notification));
    }
}

/// The job's reference is enough to look.
#[test]
fn a_notification_without_a_payment_is_acknowledged_as_it_came() {
    for body in [
        r#"{"paymentJobReference":"240131101500123456"}"#,
        r#"{"PaymentJobReference":"240131101500123456"}"#,
        r#"{"paymentJobReference":"240131101500123456","paymentReference":null}"#,
        r#"{"paymentJobReference":"240131101500123456","paymentReference":""}"#,
        r#"{"paymentJobReference":"240131101500123456","PaymentReference":"none"}"#,
        r#"{"paymentJobReference":"240131101500123456","paymentReference":0}"#,
        r#"{"paymentJobReference":"240131101500123456","paymentReference":-1.5}"#,
        r#"{"paymentJobReference":"240131101500123456","paymentReference":["4000000000000002"]}"#,
        r#"{"paymentJobReference":"240131101500123456","paymentReference":{"a":1}}"#,
    ] {
        let notification = Notification::decode(body.as_bytes()).unwrap();
        assert_eq!((notification.job().get(), notification.payment()), (240_131_101_500_123_456, None));
        assert_eq!(notification.retrieve().job, notification.job());
        assert_eq!(notification.encode(), body);
        let findings: Vec<_> = notification.findings().iter().map(ToString::to_string).collect();
        let is_there = body.to_ascii_lowercase().contains("\"paymentreference");
        assert_eq!(findings.len(), usize::from(is_there), "{findings:?}");
        assert!(findings.iter().all(|finding| finding.contains("aymentReference must be")), "{findings:?}");
        let acknowledgement = notification.acknowledgement();
        let written = acknowledgement.encode().into_bytes();
        assert_eq!(written, body);
        assert_eq!(Acknowledgement::decode(&written), Ok(acknowledgement.clone()));
        assert!(acknowledgement.acknowledges(&notification));
        let named = Notification::new(notification.job(), "2".parse().unwrap());
        assert!(
            !acknowledgement.acknowledges(&named) && !named.acknowledgement().acknowledges(&notification)
        );
        let printed = format!("{notification:?} {acknowledgement:?}");
        assert!(!printed.contains("4000000000000002"), "{printed}");
    }
    let written = Notification::of_job("1".parse().unwrap()).with_capital_names().encode();
    assert_eq!(written, r#"{"PaymentJobReference":"1"}"#);
}

/// It decides nothing: what is no text is kept, and not asked.
#[test]
fn the_notify_type_may_be_anything() {
    for value in ["1", "true", "null", "[]", r#"{"a":"b"}"#, r#""""#, r#""Later""#] {
        let body = format!(r#"{{"paymentJobReference":"1","paymentReference":"2","notifyType":{value}}}"#);
        let notification = Notification::decode(body.as_bytes()).unwrap();
        let told = notification.notify_type().map(|word| word.as_str().to_owned());
        assert_eq!(told, serde_json::from_str::<String>(value).ok(), "{value}");
        assert_eq!(notification.encode(), body);
        let answer = notification.acknowledgement().encode().into_bytes();
        assert_eq!(answer, r#"{"paymentJobReference":"1","paymentReference":"2"}"#);
    }
}

/// The vendor prints an acknowledgement.
#[test]
fn the_documented_acknowledgement_is_written_as_it_was() {
    let documented = include_bytes!("../data/gateway/webhook-acknowledgement.json");
    let written = Acknowledgement::decode(documented).unwrap().encode().into_bytes();
    let value = |body: &[u8]| serde_json::from_slice::<Value>(body).unwrap();
    assert_eq!(value(&written), value(documented));
}

#[test]
fn an_acknowledgement_is_of_its_own_notification() {
    let notification = Notification::new("1".parse().unwrap(), "2".parse().unwrap());
    let other = Notification::new("1".parse().unwrap(), "3".parse().unwrap());
    assert!(notification.acknowledgement().acknowledges(&notification.clone().with_capital_names()));
    assert!(!notification.acknowledgement().acknowledges(&other));
}

/// Whatever else it says is kept to be written, and cannot be asked.
#[test]
fn a_status_in_it_is_not_to_be_had() {
    let body = r#"{"paymentJobReference":"1","paymentReference":"2","status":"Paid","Status":4}"#;
    let notification = Notification::decode(body.as_bytes()).unwrap();
    assert_eq!(notification.encode(), body);
    let printed = format!("{notification:?}");
    assert!(printed.starts_with("Notification") && !printed.contains("Paid"), "{printed}");
}

#[test]
fn its_type_is_told() {
    let notification = Notification::new("1".parse().unwrap(), "2".parse().unwrap());
    assert_eq!(notification.notify_type(), None);
    let changed = notification.with_notify_type(NotifyType::PaymentStatusChange);
    assert_eq!(changed.notify_type(), Some(&NotifyType::PaymentStatusChange));
    let null = br#"{"paymentJobReference":"1","paymentReference":"2","notifyType":null}"#;
    assert_eq!(Notification::decode(null).unwrap().notify_type(), None);
    let printed = format!("{:?}", changed.acknowledgement());
    assert_eq!(printed, "Acknowledgement { job: JobReference(1), payment: Some(PaymentReference(2)) }");
}

#[test]
fn what_is_no_notification_is_refused() {
    for (body, error) in [
        ("", "the body is empty"),
        ("[]", "the body must be an object"),
        (r#"{"paymentReference":"2"}"#, "paymentJobReference is missing"),
        (
            r#"{"paymentJobReference":""}"#,
            "paymentJobReference must be a positive integer of 64 bits without leading zeros",
        ),
        (
            r#"{"paymentJobReference":1,"paymentReference":2,"PaymentReference":2}"#,
            "PaymentReference appears more than once",
        ),
        (
            r#"{"paymentJobReference":null,"paymentReference":2}"#,
            "paymentJobReference must be text or a number",
        ),
        (
            r#"{"paymentJobReference":"1.0","paymentReference":2}"#,
            "paymentJobReference must be a positive integer of 64 bits without leading zeros",
        ),
        (
            r#"{"paymentJobReference":1,"PaymentJobReference":2,"paymentReference":2}"#,
            "PaymentJobReference appears more than once",
        ),
        (
            r#"{"paymentJobReference":1,"paymentJobReference":1,"paymentReference":2}"#,
            "paymentJobReference appears more than once",
        ),
        ("paymentJobReference=1&paymentReference=2", "the body has a character that cannot stand here"),
    ] {
        assert_eq!(Notification::decode(body.as_bytes()).unwrap_err().to_string(), error, "{body}");
    }
    let huge = vec![b' '; 200_000_000];
    assert_eq!(Notification::decode(&huge).unwrap_err().to_string(), "the body has more than 16384 bytes");
}

proptest! {
    #[test]
    fn what_is_built_is_read(job in 1..=i64::MAX as u64, payment in 1..=i64::MAX as u64, word: Option<String>, capital: bool) {
        let mut notification = Notification::new(job.try_into().unwrap(), payment.try_into().unwrap());
        if let Some(word) = &word {
            notification = notification.with_notify_type(NotifyType::from(word.as_str()));
        }
        if capital {
            notification = notification.with_capital_names();
        }
        prop_assert_eq!(Notification::decode(&notification.encode()), Ok(notification));
    }
}

#[test]
fn decode_reads_names_in_any_case() {
    for body in [
        r#"{"PAYMENTJOBREFERENCE": "1", "PAYMENTREFERENCE": "2"}"#,
        r#"{"paymentjobreference": 1, "paymentreference": 2}"#,
        r#"{"PaymentJobreference": 1, "paymentReference": "2"}"#,
    ] {
        let notification = Notification::decode(body.as_bytes()).unwrap();
        assert_eq!(notification.job().get(), 1);
        assert_eq!(notification.payment().map(|payment| payment.get()), Some(2));
        assert!(notification.unlisted_paths().is_empty());
    }
    let twice = br#"{"paymentJobReference": "1", "PAYMENTJOBREFERENCE": "2"}"#;
    assert!(Notification::decode(twice).is_err());
}
