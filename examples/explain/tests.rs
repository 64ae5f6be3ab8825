//! What is shown, and to whom.

use super::{Explained, gateway_request, gateway_response, request, response, webhook};

const REQUEST: &[u8] = b"auth_id=1234567&auth_pass=hunter2&card_num=4510400400099005&card_cvv=739&card_expiry=1126\
    &cust_name=Luke+Skywalker&cust_address=Anchorhead&cust_email=luke%40example.com&cust_ip=192.0.2.44\
    &cust_tel=4000000000000002&tran_ref=cart&tran_amount=1.00&tran_currency=GBP&tran_testmode=0&tran_type=sale\
    &tran_class=ecom&utm=Anchorhead";
const RESPONSE: &[u8] =
    b"A|01S00001724|232|031971|Authorised 4000000000000002|74698692333601146452212|t0k3n-0f-a-c4rd";

fn shown(explained: &Explained) -> String {
    assert!(explained.readable);
    format!("{}\n{}", explained.json, explained.text.join("\n"))
}

#[test]
fn a_request_shows_personal_data_when_it_is_told_to() {
    let personal = ["Skywalker", "Anchorhead", "luke@", "2.44"];
    let secret = ["hunter2", "0400099", "739", "0000000"];
    let [masked, whole] = [false, true].map(|whole| shown(&request::explain(REQUEST, whole)));
    for text in ["L*** S***", "192.0.*.*", "l***@example.com", "cart"] {
        assert!(masked.contains(text), "{text} in {masked}");
    }
    for text in personal {
        assert!(!masked.contains(text), "{text} in {masked}");
        assert!(whole.contains(text), "{text} in {whole}");
    }
    for text in secret {
        assert!(!masked.contains(text) && !whole.contains(text), "{text} in {masked} {whole}");
    }
}

#[test]
fn a_refused_request_shows_none_of_its_values() {
    let body = b"cust_email=Anchorhead&cust_ip=192.0.2.444&card_num=4510400400099005x&card_cvv=73912";
    let refused = request::explain(body, true);
    assert!(!refused.readable);
    let shown = format!("{} {:?}", refused.json, refused.text);
    for text in ["Anchorhead", "444", "0400099", "73912"] {
        assert!(!shown.contains(text), "{text} in {shown}");
    }
}

#[test]
fn a_response_shows_its_extras_when_it_is_told_to() {
    let [masked, whole] = [false, true].map(|whole| shown(&response::explain(RESPONSE, whole)));
    for text in ["t0k3n-0f-a-c4rd", "74698692333601146452212"] {
        assert!(!masked.contains(text), "{text} in {masked}");
        assert!(whole.contains(text), "{text} in {whole}");
    }
    assert!(masked.contains(r#""extras":["***","***"]"#) && masked.contains("15 characters"), "{masked}");
    for shown in [masked, whole] {
        assert!(shown.contains("Authorised 400000******0002") && !shown.contains("4000000000000002"));
    }
}

#[test]
fn an_answer_of_the_gateway_has_the_shape_that_others_rely_on() {
    let paid = include_bytes!("../../tests/data/gateway/moto-response.json");
    let expected = serde_json::json!({
        "call": "done",
        "reference": "210221000033558552",
        "payment_status": "Paid",
        "meaning": "taken",
        "action_url": "https://www.mywebshop.com/?paymentjobref=210221000033558552&paymentref=210221100167776284&ordernumber=Payment+ref+M1",
        "payments": [{
            "reference": "210221100167776284",
            "status": "Paid",
            "meaning": "taken",
            "transaction_id": "01S00DAA658",
            "arn": "74501871049010015672137",
            "checks": { "cvv": "full_match", "address": "not_checked", "postcode": "not_checked" },
            "response_code": "A",
        }],
        "errors": [],
        "warnings": [],
        "error": null,
    });
    assert_eq!(gateway_response::explain(201, paid).json, expected);

    let refused =
        br#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus_2"}],"warnings":[{"code":"W"}]}}"#;
    for (status, body, call, readable) in [
        (400, &refused[..], "not_done", true),
        (500, refused, "unknown", true),
        (400, b"<html>", "unknown", false),
    ] {
        let explained = gateway_response::explain(status, body);
        assert_eq!((explained.json["call"].as_str(), explained.readable), (Some(call), readable));
        assert_eq!(explained.json["meaning"], "unknown");
        assert!(explained.json["error"].is_string());
    }
    assert_eq!(gateway_response::explain(400, refused).json["errors"][0], "InvalidPaymentStatus_2");
    assert_eq!(gateway_response::explain(400, refused).json["warnings"][0], "W");
    for other in [
        &include_bytes!("../../tests/data/gateway/refund-response.json")[..],
        include_bytes!("../../tests/data/gateway/capture-response.json"),
        include_bytes!("../../tests/data/gateway/cancel-payment-response.json"),
        include_bytes!("../../tests/data/gateway/token-response.json"),
        include_bytes!("../../tests/data/gateway/supported-payment-methods-response.json"),
    ] {
        let explained = gateway_response::explain(200, other);
        assert_eq!((explained.json["call"].as_str(), explained.readable), (Some("done"), true));
        assert_ne!(explained.json["meaning"], "taken");
    }
}

#[test]
fn a_request_of_the_gateway_has_the_shape_that_others_rely_on() {
    let job = br#"{"amountToCollect":"10.00","currency":"GBP","metadata":{"secret":1},"order":{"orderNumber":"M-1",
        "billingIdentity":{"emailAddress":"nobody"}},"options":["IsMoto"],"parameters":{"token":"t","ThreeDSecureEci":"x"}}"#;
    let expected = serde_json::json!({
        "kind": "moto",
        "amount": "10.00",
        "currency": "GBP",
        "order_number": "M-1",
        "errors": [],
        "ignored": ["metadata", "parameters.ThreeDSecureEci"],
        "findings": [{ "at": "order.billingIdentity.emailAddress", "message": "must be an e-mail address" }],
    });
    let explained = gateway_request::explain(job);
    assert_eq!(explained.json, expected);
    let shown = shown(&explained);
    for text in
        ["not known            metadata", "not used             parameters.ThreeDSecureEci", "malformed "]
    {
        assert!(shown.contains(text), "{text} in {shown}");
    }
    assert!(!shown.contains("nobody") && !shown.contains("secret"), "{shown}");
    for (body, kind, amount, first) in [
        (&br#"{"amountToRefund":"5.00","refundNumber":"R-1"}"#[..], "refund", Some("5.00"), "refund: 5.00"),
        (br#"{"RefundNumber":"R-1"}"#, "refund", None, "refund: all that is left"),
        (br#"{"amountToCapture":4,"isFinalCapture":"true"}"#, "capture", Some("4"), "capture: 4"),
        (
            br#"{"CardNumber":"4000000000000002","cardExpiryYear":"30","cardExpiryMonth":"11","cardCvc":"123"}"#,
            "tokenise",
            None,
            "tokenise",
        ),
        (br#"{"amountToCollect":"1","currency":"GBP","refundNumber":"R"}"#, "hosted_page", Some("1.00"), "hosted_page: 1.00 GBP"),
    ] {
        let explained = gateway_request::explain(body);
        assert_eq!((explained.json["kind"].as_str(), explained.json["amount"].as_str()), (Some(kind), amount));
        assert_eq!((explained.text[0].as_str(), explained.readable), (first, true));
    }
    let refused = gateway_request::explain(br#"{"amountToRefund":""}"#);
    assert!(!refused.readable);
    assert_eq!(refused.json["errors"][0]["member"], "amountToRefund");
    assert_eq!(
        (&refused.json["ignored"], &refused.json["findings"]),
        (&serde_json::json!([]), &serde_json::json!([]))
    );
}

#[test]
fn a_notification_has_the_shape_that_others_rely_on() {
    let explained = webhook::explain(br#"{"PaymentJobReference":5,"paymentReference":"6","status":"Paid"}"#);
    let expected = serde_json::json!({
        "payment_job_reference": "5",
        "payment_reference": "6",
        "acknowledgement": { "PaymentJobReference": "5", "paymentReference": "6" },
    });
    assert_eq!(explained.json, expected);
    assert!(!shown(&explained).contains("Paid"));
    assert!(!webhook::explain(b"{}").readable);
}
