//! Responses and notifications of the gateway: read, written, whole and broken.

use core::hint::black_box;

use cashflows_codec::gateway::Notification;
use cashflows_codec::gateway::call::{CallType, RetrieveJob, RetrievePayment, TokeniseCard};
use cashflows_codec::gateway::response::{AcquiringDetails, Attributes, Response, TokenisedCard};

use super::NOTHING;
use super::watch::left_behind;
use crate::support::secrets::{CAVV, NUMBER, TOKEN, value};

/// Bodies with secrets in all places for them, and in some wrong ones.
fn bodies() -> Vec<String> {
    let details =
        format!(r#"{{\"Cavv\":\"{CAVV}\",\"Message\":\"{NUMBER}\",\"Odd\":{{\"Number\":{NUMBER}}}}}"#);
    let payment = format!(
        r#"{{"reference":"2","status":"Paid","attributes":{{"token":"{TOKEN}","userAgent":"{NUMBER} \u00e9",
            "cashFlowsAcquiringDetails":"{details}"}},"odd":["{NUMBER}",{{"{NUMBER}":"{TOKEN}"}}]}}"#
    );
    let job = format!(
        r#"{{"reference":"1","paymentStatus":"Paid","order":{{"orderNumber":"o","note":"{NUMBER}"}},
            "payments":[{payment}],"odd":"{NUMBER}"}}"#
    );
    vec![
        format!(r#"{{"data":{job},"odd":"{TOKEN}"}}"#),
        format!(r#"{{"data":{payment},"odd":"\u0041{TOKEN}"}}"#),
        format!(
            r#"{{"data":{{"token":"{TOKEN}","truncatedCardNumber":"{NUMBER}","cardExpiryMonth":"10"}}}}"#
        ),
        // Malformed members are kept.
        format!(
            r#"{{"data":{{"reference":"1","paymentStatus":"Paid","flags":["{TOKEN}"],"paidAmount":"{NUMBER}\u0041",
            "domain":{{"{NUMBER}":{NUMBER}}},"displayUrl":["\u0041{TOKEN}"],"order":["{NUMBER}"],
            "attributes":{{"webhookUrl":{NUMBER}}},"links":"{TOKEN}","reversals":[{{"currency":{NUMBER}}}],
            "payments":[{{"reference":"2","status":"Paid","steps":"\u0041{TOKEN}","attributes":{{"token":"x",
            "cashFlowsAcquiringDetails":{{"Cavv":"{CAVV}!","Arn":"{NUMBER}"}}}}}}]}},"links":["{TOKEN}"],
            "errorReport":"{NUMBER}"}}"#
        ),
        format!(r#"{{"paymentJobReference":1,"paymentReference":2,"odd":"{NUMBER}"}}"#),
    ]
}

/// All actions of a service with a response.
fn received<C: CallType<Data: Clone + PartialEq + core::fmt::Debug>>(
    body: &str,
) -> Option<Response<C::Data>> {
    let decoded = C::decode(200, body.as_bytes());
    black_box(format!("{decoded:?} {decoded:#?} {:?}", decoded.as_ref().map_err(ToString::to_string)));
    let answer = decoded.ok()?;
    assert!(answer.clone() == answer);
    black_box(format!("{:?} {:?}", answer.findings(), answer.unlisted_paths()));
    black_box(answer.encode().into_bytes().len());
    Some(answer)
}

fn everything(body: &str) {
    if let Some(answer) = received::<RetrieveJob>(body) {
        for payment in &answer.data().payments {
            asked(&payment.attributes);
        }
    }
    if let Some(answer) = received::<RetrievePayment>(body) {
        asked(&answer.data().attributes);
    }
    black_box(received::<TokeniseCard>(body).map(Response::into_data));
    if let Ok(notification) = Notification::decode(body.as_bytes()) {
        black_box((format!("{notification:?}"), notification.encode().len()));
    }
}

/// Reads each secret, and writes it again.
fn asked(attributes: &Attributes) {
    black_box((attributes.token(), attributes.members().object("odd")));
    let Some(Ok(details)) = attributes.acquiring_details() else { return };
    black_box((details.cavv(), details.xid(), format!("{details:?}"), details.encode().len()));
    black_box(Attributes::new().with_acquiring_details(&details).with("a", "b"));
}

#[test]
fn responses_leave_no_secret() {
    for body in bodies() {
        assert_eq!(left_behind(|| everything(&body)), NOTHING, "{body}");
    }
}

#[test]
fn some_cut_responses_leave_no_secret() {
    cut_responses_leave_no_secret(17);
}

#[test]
#[ignore = "long: a short form of it is not ignored"]
fn all_cut_responses_leave_no_secret() {
    cut_responses_leave_no_secret(1);
}

/// Reads responses that end at each `step`th byte.
fn cut_responses_leave_no_secret(step: usize) {
    for body in bodies() {
        for end in (0..body.len()).step_by(step).filter(|&end| body.is_char_boundary(end)) {
            assert_eq!(left_behind(|| everything(&body[..end])), NOTHING, "{end} of {body}");
        }
    }
}

#[test]
fn broken_responses_leave_no_secret() {
    for body in bodies() {
        for changed in [
            body.replace("\\\"", "\""),
            body.replace("status", "token"),
            body.replace("reference", "status"),
            body.replace("odd", "token"),
            body.replace(":\"", ":[\""),
            body.replace("\"1\"", "true"),
            body.replace("Cavv", "Message"),
        ] {
            assert_eq!(left_behind(|| everything(&changed)), NOTHING, "{changed}");
        }
    }
}

#[test]
fn built_responses_leave_no_secret() {
    let left = left_behind(|| {
        let card = TokenisedCard::new(value(TOKEN)).with_expiry(value("1030"));
        let details = AcquiringDetails::new().with("Cavv", CAVV).with("Message", "x").with("Cavv", CAVV);
        let attributes = Attributes::new().with("token", TOKEN).with_acquiring_details(&details);
        (
            TokeniseCard::respond(201, card).encode(),
            format!("{details:?} {attributes:?}"),
            attributes,
            details,
        )
    });
    assert_eq!(left, NOTHING);
}
