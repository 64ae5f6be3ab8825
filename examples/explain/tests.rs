//! What is shown, and to whom.

#[path = "../../tests/support/replies.rs"]
pub(super) mod replies;

use cashflows_codec::gateway::Operation;
use replies::{Reply, replies};

use super::gateway_response::Context;
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

/// What is unlisted, not used, or wrong and decides nothing: named, and the request is readable.
#[test]
fn a_request_has_the_shape_that_others_rely_on() {
    let body = b"\xef\xbb\xbfauth_id=1234567&auth_pass=hunter2&tran_amount=1.00&tran_currency=GBP&tran_testmode=0\
        &tran_type=sale&tran_class=cont&tran_orig_id=01S0135F74D&tran_ref=r&scheme_transaction_id=A1&utm=1&return_token=maybe";
    let explained = request::explain(body, false);
    let expected = serde_json::json!({
        "operation": "continuous",
        "fields": {
            "auth_id": "1234567", "auth_pass": "***", "tran_amount": "1.00", "tran_currency": "GBP",
            "tran_testmode": "0", "tran_type": "sale", "tran_class": "cont", "tran_orig_id": "01S0135F74D",
            "tran_ref": "r", "scheme_transaction_id": "A1", "return_token": "***",
        },
        "unknown": ["utm"],
        "ignored": ["scheme_transaction_id"],
        "findings": [{ "at": "return_token", "message": "must be one of: true, false, 1, 0" }],
    });
    assert_eq!(explained.json, expected);
    let text = shown(&explained);
    for line in [
        "(not used by this request)",
        "(unknown parameter)",
        "finding: return_token must be one of: true, false, 1, 0",
    ] {
        assert!(text.contains(line), "{line} in {text}");
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
    let [masked, whole] = [false, true].map(|whole| shown(&response::explain(RESPONSE, None, whole)));
    for text in ["t0k3n-0f-a-c4rd", "74698692333601146452212"] {
        assert!(!masked.contains(text), "{text} in {masked}");
        assert!(whole.contains(text), "{text} in {whole}");
    }
    assert!(masked.contains(r#""extras":["***","***"]"#) && masked.contains("15 characters"), "{masked}");
    for shown in [masked, whole] {
        assert!(shown.contains("Authorised 400000******0002") && !shown.contains("4000000000000002"));
    }
}

/// An answer of which nothing more is known.
fn answer(status: u16, body: &[u8]) -> Explained {
    gateway_response::explain(status, body, Context::default())
}

#[test]
fn a_response_means_what_the_table_of_replies_says() {
    for Reply { body, outcome, next, findings } in replies() {
        let explained = response::explain(&body, None, false);
        let shown = body.escape_ascii().to_string();
        assert_eq!(explained.json["outcome"], outcome, "{shown}");
        assert_eq!(explained.json["next"], next, "{shown}");
        assert_eq!(explained.readable, findings.is_some(), "{shown}");
        let found: Vec<String> = explained.json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| format!("{} {}", found["at"].as_str().unwrap(), found["message"].as_str().unwrap()))
            .collect();
        let findings = findings.unwrap_or_default();
        assert_eq!(found, findings, "{shown}");
        let rows = explained.text.iter().filter(|row| row.starts_with("  finding"));
        assert_eq!(rows.count(), findings.len(), "{shown}");
        // A line is the same whatever the status that it comes with.
        if explained.readable {
            assert_eq!(response::explain(&body, Some(500), false).json, explained.json, "{shown}");
        }
    }
}

#[cfg(feature = "batch")]
#[test]
fn a_report_shows_what_was_found_and_what_is_unknown() {
    let body = "\u{feff}result=release_report&batch_id=26&batch_status=complete&item_count=1&item_succ=1\
        &item_fail=0&attached_type=onhold_v0&colour=red";
    let explained = super::batch::reply("application/x-www-form-urlencoded", body.into());
    assert!(explained.readable);
    assert_eq!(explained.json["unknown"], serde_json::json!(["colour"]));
    let expected = serde_json::json!([
        { "at": "form", "message": "begins with a byte order mark" },
        { "at": "attachment", "message": "is missing from a complete report" },
    ]);
    assert_eq!(explained.json["findings"], expected);
    assert!(explained.text.contains(&super::row("finding", "form begins with a byte order mark")));
}

#[test]
fn a_status_without_a_line_is_explained() {
    for (status, body, outcome, next, kind) in [
        (401, &b""[..], "refused", "check_access", "http_status"),
        (404, b"<html>", "refused", "check_access", "http_status"),
        (302, b"", "unknown", "retry", "http_status"),
        (500, b"<html>", "unknown", "retry", "http_status"),
        (400, b"A|01S0", "unknown", "retry", "missing"),
        (200, b"<html>", "unknown", "retry", "html"),
    ] {
        let explained = response::explain(body, Some(status), false);
        assert!(!explained.readable);
        assert_eq!(explained.json["outcome"], outcome, "{status}");
        assert_eq!(explained.json["next"], next, "{status}");
        assert_eq!(explained.json["error"]["kind"], kind, "{status}");
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
        "taken": "5.00",
        "given_back": "0.00",
        "to_collect": "5.00",
        "currency": "GBP",
        "action_url": "https://www.mywebshop.com/***",
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
        "ignored": [],
        "findings": [],
    });
    assert_eq!(answer(201, paid).json, expected);

    let refused =
        br#"{"errorReport":{"errors":[{"code":"InvalidPaymentStatus_2"}],"warnings":[{"code":"W"}]}}"#;
    for (status, body, call, readable) in [
        (400, &refused[..], "not_done", true),
        (500, refused, "unknown", true),
        (400, b"<html>", "unknown", false),
        (401, b"", "not_done", true),
        (403, b"<html>", "not_done", true),
        (500, b"", "unknown", false),
        (400, br#"{"errors":{"Currency":["x"]}}"#, "not_done", true),
    ] {
        let explained = answer(status, body);
        assert_eq!((explained.json["call"].as_str(), explained.readable), (Some(call), readable));
        assert_eq!(explained.json["meaning"], "unknown");
        assert!(explained.json["error"].is_string() && explained.json["taken"].is_null());
    }
    assert_eq!(answer(400, refused).json["errors"][0], "InvalidPaymentStatus_2");
    assert_eq!(answer(400, refused).json["warnings"][0], "W");
    for other in [
        &include_bytes!("../../tests/data/gateway/refund-response.json")[..],
        include_bytes!("../../tests/data/gateway/capture-response.json"),
        include_bytes!("../../tests/data/gateway/cancel-payment-response.json"),
        include_bytes!("../../tests/data/gateway/token-response.json"),
        include_bytes!("../../tests/data/gateway/supported-payment-methods-response.json"),
    ] {
        let explained = answer(200, other);
        assert_eq!((explained.json["call"].as_str(), explained.readable), (Some("done"), true));
        assert_ne!(explained.json["meaning"], "taken");
    }
}

#[test]
fn a_refund_and_a_capture_say_what_became_of_them() {
    for (status, call, meaning) in [
        ("Completed", "done", "completed"),
        ("Pending", "done", "open"),
        ("Failed", "not_done", "failed"),
        ("Rejected", "unknown", "unknown"),
    ] {
        let body = format!(
            r#"{{"data":{{"reference":"240131101500123456","refundNumber":"R-1","status":"{status}","amountToRefund":"5.00","steps":[]}}}}"#
        );
        let refund = answer(201, body.as_bytes());
        let flat = |name: &str| refund.json[name].as_str().unwrap_or_default();
        let found = ["kind", "number", "status", "amount", "meaning", "call", "reference"].map(flat);
        assert_eq!(found, ["refund", "R-1", status, "5.00", meaning, call, "240131101500123456"]);
        let text = refund.text.join("\n");
        assert!(["R-1", "5.00", status, meaning].iter().all(|part| text.contains(part)), "{text}");
        assert_eq!(text.starts_with("refund, done"), call == "done", "{text}");

        let body = format!(
            r#"{{"data":{{"reference":"7","status":"{status}","amountToCapture":"5.00","isFinalCapture":true}}}}"#
        );
        let capture = answer(200, body.as_bytes());
        let flat = |name: &str| capture.json[name].as_str().unwrap_or_default();
        let found = ["kind", "number", "status", "amount", "meaning", "call"].map(flat);
        assert_eq!(found, ["capture", "", status, "5.00", meaning, call]);
        assert!(capture.text.join("\n").contains(meaning));
    }
    let bare = br#"{"data":{"reference":"7","status":"Failed"}}"#;
    let refund = Context { operation: Some(Operation::RefundPayment), at: None };
    assert_eq!(gateway_response::explain(201, bare, refund).json["call"], "not_done");
}

#[test]
fn a_job_says_amount_order_refunds_and_where_its_page_is() {
    let payment = |reference: &str| {
        format!(
            r#"{{"reference":"{reference}","status":"Paid","amountToCollect":"10.00","paidAmount":"10.00"}}"#
        )
    };
    let body = format!(
        r#"{{"data":{{"reference":"1","type":"Payment","currency":"GBP","amountToCollect":"10.00","paymentStatus":"Paid",
            "order":{{"orderNumber":"cart-1"}},"flags":[],"later":1,"payments":[{},{}],
            "reversals":[{{"reference":"9","reversedAmount":"0.50"}}]}},
            "links":{{"action":{{"url":"https://gateway.example/payment?ref=4ab0"}}}}}}"#,
        payment("2"),
        payment("3").replace('}', r#","refunds":[{"reference":"4","refundNumber":"R-7","status":"Failed","amountToRefund":"3.00"}]}"#),
    );
    let explained = answer(200, body.as_bytes());
    let money = ["meaning", "taken", "given_back", "to_collect", "currency"];
    assert_eq!(
        money.map(|name| explained.json[name].as_str().unwrap()),
        ["taken", "20.00", "0.50", "10.00", "GBP"]
    );
    assert_eq!(explained.json["ignored"], serde_json::json!(["data.later"]));
    let finding = serde_json::json!([{"at": "data.flags", "message": "must be an object"}]);
    assert_eq!(explained.json["findings"], finding);
    let text = explained.text.join("\n");
    for part in [
        "cart-1",
        "10.00 GBP",
        "20.00 GBP",
        "0.50 GBP",
        "R-7 3.00 failed",
        "2 payments have taken money",
        "https://gateway.example/***",
        "data.later",
        "data.flags must be an object",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    // Once is enough.
    let once = body.replace(&format!("{},", payment("2")), "");
    assert!(!answer(200, once.as_bytes()).text.join("\n").contains("have taken money"));
}

#[test]
fn what_cannot_be_seen_is_told() {
    let job = br#"{"data":{"reference":"1","paymentStatus":"Cancelled","expirationDateTimeUtc":"2021-08-18T11:04:38Z",
        "payments":[{"reference":"2","status":"Cancelled"}]}}"#;
    let at = |second| Some(std::time::SystemTime::UNIX_EPOCH + core::time::Duration::from_secs(second));
    for (operation, at, meaning) in [
        (None, None, "open"),
        (Some(Operation::RetrieveJob), at(1_629_284_677), "open"),
        (Some(Operation::RetrieveJob), at(1_629_284_678), "not_taken"),
        (Some(Operation::CancelJob), None, "not_taken"),
    ] {
        let explained = gateway_response::explain(200, job, Context { operation, at });
        assert_eq!(explained.json["meaning"], meaning);
    }
    let paid = br#"{"data":{"reference":"2","status":"Paid"}}"#;
    let cancelled = Context { operation: Some(Operation::CancelPayment), at: None };
    let explained = gateway_response::explain(200, paid, cancelled);
    assert_eq!((explained.json["call"].as_str(), explained.readable), (Some("unknown"), true));
    assert!(explained.text.join("\n").contains("retrieve the payment"));
    let refused = br#"{"errorReport":{"errors":[{"code":"Oops"}]}}"#;
    let refund = Context { operation: Some(Operation::RefundPayment), at: None };
    let text = gateway_response::explain(400, refused, refund).text.join("\n");
    assert!(text.contains("look for the refund"), "{text}");
    let text = answer(401, b"").text.join("\n");
    assert!(text.starts_with("not done: status 401") && text.contains("look at configuration"), "{text}");
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
    let odd = br#"{"amountToCollect":"1","currency":"GBP","options":["4000000000000002"],"parameters":{"4000000000000002":"x"}}"#;
    let refund = br#"{"amountToRefund":"1","refundNumber":"4000000000000002"}"#;
    for body in [&odd[..], refund] {
        let shown = self::shown(&gateway_request::explain(body));
        assert!(!shown.contains("0000000000") && shown.contains("400000******0002"), "{shown}");
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
        "ignored": ["status"],
        "findings": [],
    });
    assert_eq!(explained.json, expected);
    assert!(!shown(&explained).contains("Paid"));
    assert!(!webhook::explain(b"{}").readable);
    let alone = webhook::explain(br#"{"paymentJobReference":"5","paymentReference":""}"#);
    assert!(alone.readable && alone.json["payment_reference"].is_null());
    assert_eq!(alone.json["acknowledgement"]["paymentReference"], "");
    assert_eq!(alone.json["findings"][0]["at"], "paymentReference");
    assert!(shown(&alone).contains("finding              paymentReference must be"), "{:?}", alone.text);
    assert_eq!(
        webhook::explain(br#"{"paymentJobReference":"5","notifyType":[]}"#).json["ignored"],
        serde_json::json!([])
    );
    let none = webhook::explain(b"{}").json;
    assert_eq!((&none["ignored"], &none["findings"]), (&serde_json::json!([]), &serde_json::json!([])));
}

#[test]
fn a_refusal_says_what_is_odd_in_its_report_and_shows_no_card_number() {
    let refused = br#"{"more":1,"errorReport":{"errors":[{"code":"4000000000000002","message":["x"]}],"warnings":[{"code":"W 4000000000000002"}],"later":1}}"#;
    let explained = answer(400, refused);
    assert_eq!(explained.json["errors"], serde_json::json!(["400000******0002"]));
    assert_eq!(explained.json["warnings"], serde_json::json!(["W 400000******0002"]));
    let finding = serde_json::json!([{"at": "errorReport.errors[0].message", "message": "must be text"}]);
    assert_eq!(explained.json["findings"], finding);
    assert_eq!(explained.json["ignored"], serde_json::json!(["more", "errorReport.later"]));
    assert!(!shown(&explained).contains("0000000000"), "{:?}", explained.text);
    let odd = r#"{"data":{"reference":"1","currency":"4000000000000002","paymentStatus":"4000000000000002","order":{"orderNumber":"4000000000000002"},
        "payments":[{"reference":"2","status":"4000000000000002","refunds":[{"reference":"3","refundNumber":"4000000000000002","status":"4000000000000002"}]}]}}"#;
    let refund =
        r#"{"data":{"reference":"3","refundNumber":"4000000000000002","status":"4000000000000002"}}"#;
    let capture = r#"{"data":{"reference":"3","isFinalCapture":true,"status":"4000000000000002"}}"#;
    for body in [odd, refund, capture] {
        let shown = shown(&answer(200, body.as_bytes()));
        assert!(!shown.contains("0000000000") && shown.contains("400000******0002"), "{shown}");
    }
    let details = r#"{\"AcquirerResponseCode\":\"4000000000000002\"}"#;
    let paid = format!(
        r#"{{"data":{{"reference":"2","status":"Paid","attributes":{{"cashFlowsAcquiringDetails":"{details}"}}}}}}"#
    );
    assert_eq!(answer(200, paid.as_bytes()).json["payments"][0]["response_code"], "400000******0002");
}

/// References are shown; a card number in the place of one is masked.
#[test]
fn references_are_masked_as_references() {
    for (number, expected) in [
        ("01a22e0d-1328-7020-8123-45876b723d67", "01a22e0d-1328-7020-8123-45876b723d67"),
        ("100000000000000024", "100000000000000024"),
        ("4000000000000002", "400000******0002"),
    ] {
        let body = include_str!("../../tests/data/gateway/card-request.json");
        let body = body.replacen("\"Payment ref D1\"", &format!("\"{number}\""), 1);
        let explained = gateway_request::explain(body.as_bytes());
        assert_eq!(explained.json["order_number"], expected, "{:?}", explained.text);
        assert!(shown(&explained).contains(expected));
    }
}

/// A card number in the place of an id, a code, a message or the result of a row.
#[test]
fn card_numbers_are_masked_wherever_they_stand() {
    const NUMBER: &str = "4000000000000002";
    for line in [
        format!("A|{NUMBER}|200|031971|Authorised"),
        format!("D|{NUMBER}|200|D102|{NUMBER}"),
        format!("A|01S00001724|200|{NUMBER}|Authorised"),
        "A|01S00001724|200|4000 0000 0000 0002|Authorised".to_owned(),
        "X|01S00001724|200|4000-0000-0000-0002|Authorised".to_owned(),
    ] {
        let text = shown(&response::explain(line.as_bytes(), None, false));
        assert!(text.contains("4000"), "{text}");
        for number in [NUMBER, "4000 0000 0000 0002", "4000-0000-0000-0002"] {
            assert!(!text.contains(number), "{text}");
        }
    }
    let report = format!(
        "--b\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n\
         result=release_report&batch_id=26&batch_status=complete\r\n--b\r\nContent-Type: text/csv\r\n\r\n\
         {NUMBER},batchrel_ok\r\n01S00001724,{NUMBER}\r\n--b--\r\n"
    );
    let text = shown(&super::batch::reply("multipart/mixed; boundary=b", report.into_bytes()));
    assert!(!text.contains(NUMBER) && text.contains("400000******0002"), "{text}");
}

#[test]
fn an_id_that_names_nothing_is_said_to_name_no_transaction() {
    for id in ["null", "0", "undefined", "99e00000001"] {
        let explained = response::explain(format!("A|{id}|200|031971|Authorised").as_bytes(), None, false);
        assert_eq!(explained.json["names_a_transaction"], false, "{id}");
        assert_eq!(explained.json["outcome"], "authorised", "{id}");
    }
}
