//! What is malformed and decides nothing is a finding: the answer is read without it, and it is written
//! back as it came.

use cashflows_codec::gateway::JobMeaning;
use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::response::*;
use serde_json::Value;

fn value(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

/// Reads an answer, which is written as it was; its findings.
fn findings_of<C: CallType<Data: PartialEq + core::fmt::Debug>>(
    body: &str,
) -> (Response<C::Data>, Vec<String>) {
    let answer = C::decode(200, body.as_bytes()).unwrap_or_else(|error| panic!("{error}: {body}"));
    let written = answer.encode().into_bytes();
    assert_eq!(C::decode(200, &written).as_ref(), Ok(&answer), "{body}");
    let findings = answer.findings().iter().map(ToString::to_string).collect();
    (answer, findings)
}

const NUMBER: &str = "must be digits with at most one point between them, such as 10 or 10.00";
const REFERENCE: &str = "must be a positive integer of 64 bits without leading zeros";

/// A paid job with one odd member is a paid job with one finding.
#[test]
fn a_malformed_member_of_a_job_is_a_finding() {
    let job = |member: &str| {
        format!(
            r#"{{"data":{{"reference":"1","paymentStatus":"Paid",{member},"payments":[{{"reference":"2","status":"Paid"}}]}}}}"#
        )
    };
    for (member, finding) in [
        (r#""traceReference":"0""#, format!("traceReference {REFERENCE}")),
        (r#""traceReference":"""#, format!("traceReference {REFERENCE}")),
        (r#""traceReference":"abc""#, format!("traceReference {REFERENCE}")),
        (r#""traceReference":{}"#, "traceReference must be text or a number".into()),
        (r#""parentPaymentJobReference":"""#, format!("parentPaymentJobReference {REFERENCE}")),
        (r#""paidAmount":"""#, format!("paidAmount {NUMBER}")),
        (r#""paidAmount":"1,000.00""#, format!("paidAmount {NUMBER}")),
        (r#""paidAmount":1E+1"#, format!("paidAmount {NUMBER}")),
        (r#""paidAmount":"-1.00""#, format!("paidAmount {NUMBER}")),
        (r#""amountToCollect":"ten""#, format!("amountToCollect {NUMBER}")),
        (r#""amountCollected":true"#, "amountCollected must be text or a number".into()),
        (r#""currency":826"#, "currency must be text".into()),
        (r#""type":1"#, "type must be text".into()),
        (r#""configurationId":["a"]"#, "configurationId must be text or a number".into()),
        (r#""paidDateTimeUtc":0"#, "paidDateTimeUtc must be text".into()),
        (r#""createDateTimeUtc":0"#, "createDateTimeUtc must be text".into()),
        (r#""expirationDateTimeUtc":0"#, "expirationDateTimeUtc must be text".into()),
        (r#""dueDateTimeUtc":[]"#, "dueDateTimeUtc must be text".into()),
        (r#""lastUpdateTimeUtc":0"#, "lastUpdateTimeUtc must be text".into()),
        (r#""lastProcessedTimeUtc":0"#, "lastProcessedTimeUtc must be text".into()),
        (r#""flags":[]"#, "flags must be an object".into()),
        (r#""flags":{"moto":"true"}"#, "flags.moto must be true or false".into()),
        (r#""attributes":[]"#, "attributes must be an object".into()),
        (r#""attributes":{"webhookUrl":7}"#, "attributes.webhookUrl must be text".into()),
        (r#""recurrenceCriteria":[]"#, "recurrenceCriteria must be an object".into()),
        (r#""order":[]"#, "order must be an object".into()),
        (r#""order":{"orderNumber":[]}"#, "order.orderNumber must be text".into()),
        (r#""order":{"billingAddress":[]}"#, "order.billingAddress must be an object".into()),
        (r#""order":{"orderLines":{}}"#, "order.orderLines must be a list".into()),
        (r#""orderHistory":{}"#, "orderHistory must be a list".into()),
        (r#""orderHistory":[7]"#, "orderHistory[0] must be an object".into()),
        (r#""domain":5"#, "domain must be text".into()),
        (r#""locale":5"#, "locale must be text".into()),
        (r#""timeZone":5"#, "timeZone must be text".into()),
        (r#""displayUrl":5"#, "displayUrl must be text".into()),
        (r#""paymentMethodsToUse":"Card""#, "paymentMethodsToUse must be a list".into()),
        (r#""paymentMethodsToUse":["Card",1]"#, "paymentMethodsToUse[1] must be text".into()),
        (r#""reversalStatus":7"#, "reversalStatus must be text".into()),
        (r#""reversals":[{"reversedAmount":"-12.00"}]"#, format!("reversals[0].reversedAmount {NUMBER}")),
        (r#""links":[]"#, "links must be an object".into()),
        (r#""links":{"action":{"url":7}}"#, "links.action.url must be text".into()),
    ] {
        let body = job(member);
        let (answer, findings) = findings_of::<RetrieveJob>(&body);
        assert_eq!(findings, [format!("data.{finding}")], "{member}");
        assert_eq!(answer.data().payment_status.as_str(), "Paid");
        assert_eq!(answer.data().payments[0].reference.get(), 2);
        assert!(answer.data().unlisted().is_empty() && answer.unlisted_paths().is_empty(), "{member}");
        let written = value(&answer.encode().into_bytes());
        let name = member.split('"').nth(1).unwrap();
        let came: Value = serde_json::from_str(&format!("{{{member}}}")).unwrap();
        assert_eq!(written["data"][name], came[name], "{member}");
        // Places begin inside of what is asked.
        assert_eq!(answer.data().findings()[0].to_string(), finding, "{member}");
    }
}

#[test]
fn a_malformed_member_of_a_payment_is_a_finding() {
    for (member, finding) in [
        (r#""lastErrorReport":"""#, "lastErrorReport must be an object".into()),
        (r#""lastErrorReport":{"errors":""}"#, "lastErrorReport.errors must be a list".into()),
        (
            r#""lastErrorReport":{"errors":[{"code":[]}]}"#,
            "lastErrorReport.errors[0].code must be text or a number".into(),
        ),
        (r#""paymentMethods":"Card""#, "paymentMethods must be a list".into()),
        (r#""steps":[{}]"#, "steps[0].reference is missing".into()),
        (r#""steps":[{"reference":"3","action":1}]"#, "steps[0].action must be text".into()),
        (r#""surchargeAmount":{}"#, "surchargeAmount must be text or a number".into()),
        (r#""paidAmount":"""#, format!("paidAmount {NUMBER}")),
        (r#""amountToCollect":"1 000.00""#, format!("amountToCollect {NUMBER}")),
        (r#""abuseReport":[]"#, "abuseReport must be an object".into()),
        (
            r#""refunds":[{"reference":"4","status":"Completed","amountToRefund":"1,50"}]"#,
            format!("refunds[0].amountToRefund {NUMBER}"),
        ),
        (
            r#""captures":[{"reference":"4","status":"Completed","isFinalCapture":"yes"}]"#,
            "captures[0].isFinalCapture must be true or false".into(),
        ),
        (
            r#""attributes":{"paymentMethodTransactionId":7}"#,
            "attributes.paymentMethodTransactionId must be text".into(),
        ),
        (
            r#""attributes":{"cashFlowsAcquiringDetails":"{\"Arn\":\"12\"}"}"#,
            "attributes.cashFlowsAcquiringDetails.Arn must be 23 digits".into(),
        ),
        (
            r#""attributes":{"cashFlowsAcquiringDetails":"none"}"#,
            "attributes.cashFlowsAcquiringDetails has a character that cannot stand here".into(),
        ),
    ] {
        let body = format!(
            r#"{{"data":{{"reference":"1","paymentStatus":"Paid","payments":[{{"reference":"2","status":"Paid",{member}}}]}}}}"#
        );
        let (answer, findings) = findings_of::<RetrieveJob>(&body);
        assert_eq!(findings, [format!("data.payments[0].{finding}")], "{member}");
        // What is counted is never read as absent because it is malformed.
        let counted = ["paidAmount", "amountToCollect", "refunds", "captures"];
        let is_counted = counted.iter().any(|name| member.starts_with(&format!("\"{name}\"")));
        let meaning = if is_counted { JobMeaning::Unknown } else { JobMeaning::Taken };
        assert_eq!(answer.data().meaning(), meaning, "{member}");
    }
}

#[test]
fn a_malformed_member_of_the_envelope_is_a_finding() {
    for (member, finding) in [
        (r#""links":[]"#, "links must be an object"),
        (r#""links":"none""#, "links must be an object"),
        (r#""links":{"action":{}}"#, "links.action.url is missing"),
        (r#""errorReport":"""#, "errorReport must be an object"),
        (r#""errorReport":{"warnings":"none"}"#, "errorReport.warnings must be a list"),
        (r#""errorReport":{"isFatalError":"no"}"#, "errorReport.isFatalError must be true or false"),
    ] {
        let body = format!(r#"{{"data":{{"reference":"1","status":"Paid"}},{member}}}"#);
        assert_eq!(findings_of::<RetrievePayment>(&body).1, [finding], "{member}");
    }
}

#[test]
fn a_malformed_member_of_a_stored_card_or_a_method_is_a_finding() {
    for (card, finding) in [
        (r#""cardExpiryMonth":10,"cardExpiryYear":2021"#, None),
        (
            r#""cardExpiryMonth":"13","cardExpiryYear":"21""#,
            Some("cardExpiryMonth must be MMYY with a month of 01 to 12"),
        ),
        (r#""cardExpiryMonth":[]"#, Some("cardExpiryMonth must be text")),
        (r#""truncatedCardNumber":"","issuerReturnCode":"00""#, None),
        (r#""issuerReturnCode":{}"#, Some("issuerReturnCode must be text")),
    ] {
        let card = format!(r#"{{"token":"1",{card}}}"#);
        let findings = findings_of::<TokeniseCard>(&format!(r#"{{"data":{card}}}"#)).1;
        assert_eq!(findings, Vec::from_iter(finding.map(|finding| format!("data.{finding}"))), "{card}");
        let body = format!(r#"{{"data":[{{"paymentMethod":"Card","tokenizedCards":[{card}]}}]}}"#);
        let findings = findings_of::<ListPaymentMethods>(&body).1;
        let finding = finding.map(|finding| format!("data[0].tokenizedCards[0].{finding}"));
        assert_eq!(findings, Vec::from_iter(finding), "{card}");
    }
    for (method, finding) in [
        (r#""currencies":"GBP""#, "currencies must be a list"),
        (r#""supportsTokenisation":1"#, "supportsTokenisation must be true or false"),
        (r#""issuerList":[{"id":{}}]"#, "issuerList[0].id must be text or a number"),
        (r#""tokenizedCards":[{}]"#, "tokenizedCards[0].token is missing"),
        (r#""surchargeAmount":[]"#, "surchargeAmount must be text or a number"),
    ] {
        let body = format!(r#"{{"data":[{{"paymentMethod":"Card"}},{{"paymentMethod":"Ideal",{method}}}]}}"#);
        let (answer, findings) = findings_of::<ListPaymentMethods>(&body);
        assert_eq!((answer.data().len(), findings), (2, vec![format!("data[1].{finding}")]), "{method}");
    }
}

/// A malformed list of what moved money, reference or status is guessing.
#[test]
fn what_decides_is_not_read_when_it_is_malformed() {
    for (data, error) in [
        (r#""paymentStatus":"Paid""#, "data.reference is missing".to_owned()),
        (r#""reference":"1""#, "data.paymentStatus is missing".into()),
        (r#""reference":"","paymentStatus":"Paid""#, format!("data.reference {REFERENCE}")),
        (r#""reference":"1","paymentStatus":1"#, "data.paymentStatus must be text".into()),
        (r#""reference":"1","paymentStatus":"Paid","payments":{}"#, "data.payments must be a list".into()),
        (r#""reference":"1","paymentStatus":"Paid","payments":"""#, "data.payments must be a list".into()),
        (
            r#""reference":"1","paymentStatus":"Paid","payments":[[]]"#,
            "data.payments[0] must be an object".into(),
        ),
        (r#""reference":"1","paymentStatus":"Paid","reversals":{}"#, "data.reversals must be a list".into()),
        (
            r#""reference":"1","paymentStatus":"Paid","payments":[{"reference":"2","status":"Paid","refunds":{}}]"#,
            "data.payments[0].refunds must be a list".into(),
        ),
        (
            r#""reference":"1","paymentStatus":"Paid","payments":[{"reference":"2","status":"Paid","refunds":[{"reference":"3"}]}]"#,
            "data.payments[0].refunds[0].status is missing".into(),
        ),
        (
            r#""reference":"1","paymentStatus":"Paid","payments":[{"reference":"2","status":"Paid","captures":""}]"#,
            "data.payments[0].captures must be a list".into(),
        ),
        (
            r#""reference":"1","paymentStatus":"Paid","payments":[{"reference":"2","status":"Paid","reversals":""}]"#,
            "data.payments[0].reversals must be a list".into(),
        ),
    ] {
        let found = RetrieveJob::decode(200, format!(r#"{{"data":{{{data}}}}}"#).as_bytes()).unwrap_err();
        assert_eq!(found.to_string(), format!("status 200: {error}"), "{data}");
    }
}

/// A number where others have text, and the reverse, is no finding where the value is an identifier.
#[test]
fn numbers_stand_for_text() {
    let body = r#"{"data":{"reference":1,"configurationId":200426117314086912,"paymentStatus":"Paid",
        "order":{"orderNumber":12345,"customerReference":7},
        "payments":[{"reference":"2","status":"Paid","surchargeAmount":0.30,"refunds":[
            {"reference":3,"refundNumber":42,"status":"Pending"}],"captures":[
            {"reference":"4","status":"Completed","isFinalCapture":"true"}]}]}}"#;
    let (answer, findings) = findings_of::<RetrieveJob>(body);
    assert_eq!(findings, [""; 0]);
    let job = answer.data();
    assert_eq!(job.configuration_id.as_deref(), Some("200426117314086912"));
    let order = job.order.as_ref().unwrap();
    assert_eq!((order.number(), order.customer_reference()), (Some("12345"), Some("7")));
    let payment = &job.payments[0];
    assert_eq!(payment.surcharge_amount.as_ref().map(NumberText::as_str), Some("0.30"));
    assert_eq!(payment.refunds_numbered("42").count(), 1);
    assert_eq!(payment.captures[0].is_final, Some(true));
}

#[test]
fn a_customer_reference_is_any_text() {
    for reference in ["CUST-7", "7", "3f0c1b0a-2f3e-4a43-9e0e-0f6f6c1d2a11"] {
        let body = format!(
            r#"{{"data":{{"reference":1,"paymentStatus":"Paid","order":{{"customerReference":"{reference}"}}}}}}"#
        );
        let (answer, findings) = findings_of::<RetrieveJob>(&body);
        assert_eq!(answer.data().order.as_ref().unwrap().customer_reference(), Some(reference));
        assert_eq!(findings, [""; 0]);
    }
}

#[test]
fn reversals_are_read_and_written() {
    let body = r#"{"data":{"reference":"1","flags":{},"paymentMethodsToUse":[],"attributes":{},"paymentStatus":"Paid",
        "payments":[],"reversals":[{"reference":"5","reversedAmount":"12.00","currency":"GBP",
        "paymentReference":"2","description":"Chargeback","odd":1},{}],"reversalStatus":"FullyReversed"}}"#;
    let (answer, findings) = findings_of::<RetrieveJob>(body);
    assert_eq!(value(&answer.encode().into_bytes()), value(body.as_bytes()));
    assert_eq!(findings, [""; 0]);
    let unlisted: Vec<_> = answer.unlisted_paths().iter().map(ToString::to_string).collect();
    assert_eq!(unlisted, ["data.reversals[0].odd"]);
    let job = answer.data();
    assert_eq!(job.reversal_status, Some(ReversalStatus::FullyReversed));
    let reversal = &job.reversals[0];
    assert_eq!(reversal.reference.map(|reference| reference.get()), Some(5));
    assert_eq!(reversal.reversed_amount, Some("12.00".parse().unwrap()));
    assert_eq!(reversal.currency.as_ref().map(AnyCurrency::as_str), Some("GBP"));
    assert_eq!(reversal.payment_reference.map(|reference| reference.get()), Some(2));
    assert_eq!(reversal.description.as_deref(), Some("Chargeback"));
    assert_eq!(job.reversals[1], Reversal::new());
}

/// What the caller sets takes the place of what was malformed.
#[test]
fn a_field_that_is_set_is_written_and_the_malformed_member_is_not() {
    let body = r#"{"data":{"reference":"1","paymentStatus":"Paid","flags":[],"paidAmount":"x"}}"#;
    let mut job = RetrieveJob::decode(200, body.as_bytes()).unwrap().into_data();
    job.paid_amount = Some("10.00".parse().unwrap());
    let written = RetrieveJob::respond(200, job).encode().into_bytes();
    let text = core::str::from_utf8(&written).unwrap();
    assert_eq!((text.matches("paidAmount").count(), text.matches("flags").count()), (1, 1), "{text}");
    let written = value(&written);
    assert_eq!(
        (&written["data"]["paidAmount"], &written["data"]["flags"]),
        (&"10.00".into(), &serde_json::json!([]))
    );
}

/// Nothing of a malformed member is shown: numbers of cards may stand anywhere.
#[test]
fn findings_show_no_value() {
    let body = r#"{"data":{"reference":"1","paymentStatus":"Paid","domain":4000000000000002,
        "4000000000000002":"4000000000000002","locale":["4000000000000002"]}}"#;
    let (answer, findings) = findings_of::<RetrieveJob>(body);
    let shown = format!("{findings:?} {:?} {answer:?} {answer:#?}", answer.unlisted_paths());
    assert!(!shown.contains("000000000000"), "{shown}");
    assert_eq!(answer.unlisted_paths()[0].as_str(), "data.*");
    assert_eq!(answer.findings()[0].at().as_str(), "data.domain");
    assert_eq!(answer.findings()[0].problem().to_string(), "must be text");
}

#[test]
fn a_name_in_another_case_is_read_and_is_a_finding() {
    let body =
        br#"{"DATA": {"Reference": "1", "PaymentStatus": "Paid", "Currency": "GBP", "amounttocollect": 5,
        "Payments": [{"reference": "2", "Status": "Paid", "PaidAmount": "5.00", "steps": 7}]}, "Links": {}}"#;
    let response = RetrieveJob::decode(200, body).unwrap();
    assert_eq!(response.data().meaning(), JobMeaning::Taken);
    let findings: Vec<String> = response.findings().iter().map(ToString::to_string).collect();
    let recased = [
        "DATA",
        "Links",
        "data.Reference",
        "data.PaymentStatus",
        "data.Currency",
        "data.amounttocollect",
        "data.Payments",
        "data.payments[0].Status",
        "data.payments[0].PaidAmount",
    ];
    for name in recased {
        assert!(findings.contains(&format!("{name} is listed in another case")), "{name}: {findings:?}");
    }
    assert_eq!(findings.len(), recased.len() + 1);
    assert!(response.unlisted_paths().is_empty());

    // What counts of two spellings would be a guess.
    for (member, error) in [
        (
            r#""paymentStatus": "Paid", "PaymentStatus": "Failed""#,
            "data.PaymentStatus appears more than once",
        ),
        (
            r#""PAYMENTSTATUS": "Paid", "PaymentStatus": "Failed""#,
            "data.PaymentStatus appears more than once",
        ),
        (
            r#""paymentStatus": "Paid", "payments": [], "Payments": []"#,
            "data.Payments appears more than once",
        ),
        (r#""paymentStatus": "Paid", "Flags": {}, "flags": {}"#, "data.Flags appears more than once"),
    ] {
        let body = format!(r#"{{"data": {{"reference": "1", {member}}}}}"#);
        let refused = RetrieveJob::decode(200, body.as_bytes()).unwrap_err();
        assert_eq!(refused.to_string(), format!("status 200: {error}"));
    }
}
