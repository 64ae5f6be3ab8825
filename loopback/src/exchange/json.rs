//! JSON that was sent or received, masked.
//!
//! What is shown is what is listed here: the value of any other member is a star, whatever it is called,
//! for it may be a name, an address, a card.

use cashflows_codec::value::CardNumber;
use serde_json::Value;

use super::text::{masked, masked_reference, masked_url, shortened};

/// Members whose text and numbers say nothing of a person or a card, in lower case.
const OPEN: &[&str] = &[
    "acquirerresponsecode",
    "action",
    "amount",
    "amountcollected",
    "amounttocapture",
    "amounttocollect",
    "amounttorefund",
    "applepay",
    "authcode",
    "authenticationstatus",
    "browserlanguage",
    "cardexpirymonth",
    "cardexpiryyear",
    "code",
    "configurationid",
    "convertedcurrency",
    "country",
    "countryiso3166alpha2",
    "createdatetimeutc",
    "currency",
    "cvvavsresult",
    "description",
    "domain",
    "duedatetimeutc",
    "eci",
    "ewallettype",
    "expirationdatetimeutc",
    "instalments",
    "isfatalerror",
    "isfinalcapture",
    "issuerresponsecode",
    "language",
    "lastprocessedtimeutc",
    "lastupdatetimeutc",
    "linenumber",
    "locale",
    "member",
    "message",
    "name",
    "notifytype",
    "options",
    "paidamount",
    "paiddatetimeutc",
    "paymentmethod",
    "paymentmethods",
    "paymentmethodstouse",
    "paymentstatus",
    "property",
    "quantity",
    "recurrencetype",
    "recurringexpiry",
    "recurringfrequency",
    "simulatedstatus",
    "skucode",
    "status",
    "surchargeamount",
    "terminal_id",
    "threedsecureeci",
    "threedsecureversion",
    "timezone",
    "totallineamount",
    "transaction_type",
    "translatedmessage",
    "truncatedcardnumber",
    "type",
    "unitpriceexclvat",
    "unitpriceinclvat",
    "vatpercentage",
];

/// Members that are references, order numbers and other ids, in lower case.
const REFERENCES: &[&str] = &[
    "arn",
    "ordernumber",
    "parentpaymentjobreference",
    "paymentjobreference",
    "paymentmethodtransactionid",
    "paymentmethodvoidtransactionid",
    "paymentreference",
    "reference",
    "refundnumber",
    "tracereference",
];

/// Members that are URLs, of which the host is shown.
const URLS: &[&str] = &[
    "cancel_url",
    "error_url",
    "redirect_url",
    "returnurlcancelled",
    "returnurlfailed",
    "returnurlsuccess",
    "success_url",
    "url",
    "webhookurl",
];

/// Members that are JSON inside of a string.
const NESTED: &[&str] = &["cashflowsacquiringdetails"];

/// The body over several lines; what is no JSON is counted.
pub(crate) fn masked_json(body: &[u8]) -> String {
    if body.is_empty() {
        return String::new();
    }
    let Ok(mut value) = serde_json::from_slice::<Value>(body) else {
        return format!("({} bytes that are no JSON)", body.len());
    };
    mask(&mut value, "");
    shortened(serde_json::to_string_pretty(&value).unwrap_or_default())
}

/// Masks a value, which is that of the member `name`.
fn mask(value: &mut Value, name: &str) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Array(elements) => elements.iter_mut().for_each(|element| mask(element, name)),
        Value::Object(members) => {
            // A name can be anything too.
            *members = std::mem::take(members)
                .into_iter()
                .map(|(name, mut value)| {
                    mask(&mut value, &name.to_ascii_lowercase());
                    (masked(&name), value)
                })
                .collect();
        }
        Value::Number(number) => {
            let shown = open(&number.to_string(), name);
            if shown != number.to_string() {
                *value = Value::String(shown);
            }
        }
        Value::String(text) => *text = shown(text, name),
    }
}

fn shown(text: &str, name: &str) -> String {
    match name {
        "cardnumber" => text.parse().map_or("***".to_owned(), |number: CardNumber| number.to_string()),
        _ if is(NESTED, name) => masked_json(text.as_bytes()),
        _ if is(URLS, name) => masked_url(text),
        _ => open(text, name),
    }
}

/// Text or a number that is shown if it is listed.
fn open(text: &str, name: &str) -> String {
    match name {
        _ if is(REFERENCES, name) => masked_reference(text),
        _ if is(OPEN, name) => masked(text),
        _ => "***".to_owned(),
    }
}

fn is(list: &[&str], name: &str) -> bool {
    list.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_listed_is_shown() {
        let body = br#"{"amountToCollect":"10.00","parameters":{"CardNumber":"4000000000000002","CardCvc":"123",
            "cardHolderName":"Luke Skywalker","ReturnUrlSuccess":"http://shop.test/?id=4711","Secret":12},
            "order":{"orderNumber":"paid with 4000000000000002","note":"hi"},"4000000000000002":true,
            "attributes":{"cashFlowsAcquiringDetails":"{\"Cavv\":\"AAAB\",\"AuthCode\":\"031971\"}"},"code":4000000000000002}"#;
        let shown = masked_json(body);
        for secret in ["4000000000000002", "123", "Luke", "4711", "12,", "hi", "AAAB"] {
            assert!(
                !shown.contains(&format!("{secret}\"")) && !shown.contains("4000000000000002"),
                "{secret}: {shown}"
            );
        }
        for open in ["10.00", "400000******0002", "\"http://shop.test/***\"", "031971", "\"note\": \"***\""] {
            assert!(shown.contains(open), "{open}: {shown}");
        }
        let ids = br#"{"paymentJobReference":100000000000000024,"reference":"100000000000000016","orderNumber":"01a22e0d-1328-7020-8123-45876b723d67","refundNumber":"4000000000000002"}"#;
        let shown = masked_json(ids);
        for shown_id in [
            "100000000000000024",
            "\"100000000000000016\"",
            "\"01a22e0d-1328-7020-8123-45876b723d67\"",
            "\"400000******0002\"",
        ] {
            assert!(shown.contains(shown_id), "{shown_id}: {shown}");
        }
        let escaped = masked_json(br#"{"\u0063ardNumber":"4000000000000002","c\u0061rdCvc":"739"}"#);
        assert_eq!(escaped, "{\n  \"cardNumber\": \"400000******0002\",\n  \"cardCvc\": \"***\"\n}");
        assert_eq!(masked_json(b"card=4000000000000002"), "(21 bytes that are no JSON)");
    }
}
