//! A card number in every place of a request: no print of the request, or of what is wrong with it, shows the number.

use core::fmt::{Debug, Display};

use cashflows_codec::gateway::request::{PaymentJob, RefundRequest};
use cashflows_codec::hosted_page::PageRequest;
use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::request::MaskedForm;
use serde_json::{Value, json};

const NUMBER: &str = "4929918273645542";

fn job() -> Value {
    json!({
        "amountToCollect": "10.00", "currency": "GBP", "type": "Payment", "locale": "en_GB", "timeZone": "Europe/London",
        "displayUrl": "https://a.test/x", "expirationDateTimeUtc": "2030-01-01T00:00:00Z",
        "order": {
            "orderNumber": "1", "note": "n", "customerReference": "c",
            "billingAddress": {"firstName": "A", "countryIso3166Alpha2": "GB", "zipCode": "AB1", "phoneNumber1": "1",
                "phoneNumber1Type": "Mobile"},
            "billingIdentity": {"debtorId": "1", "emailAddress": "a@b.test", "gender": "Male"},
            "orderLines": [{"lineNumber": 1, "type": "GiftCard", "skuCode": "s", "name": "n", "quantity": "1",
                "unitPriceInclVat": "1", "vatPercentage": "1", "url": "https://a.test"}],
        },
        "paymentMethodsToUse": ["Card"], "options": ["IsRecurringPaymentJobParent", "Foo"], "preparationIds": ["p"],
        "recurrenceCriteria": {"recurrenceType": "Instalment", "recurringExpiry": "2030-01-01",
            "recurringFrequency": "1", "Instalments": "2"},
        "parameters": {"EwalletType": "ApplePay", "CardNumber": "5400200400099009", "CardExpiryMonth": "05",
            "CardExpiryYear": "30", "CardHolderName": "J", "ThreeDSecureCavv": "AAAA", "ThreeDSecureEci": "05",
            "ThreeDSecureXid": "AAABCAAhIXdRcEdRVyEhAAAAAAA=", "ApplePayTransactionIdentifier": "t", "Mcc": "6012",
            "ReturnUrlSuccess": "https://a.test", "Descriptor": "d", "SimulatedStatus": "s", "UserAgent": "u",
            "OriginHeader": "https://o.test", "PaRes": "x", "Other": "y",
            "RecipientDetails": {"lastname": "Smith", "dateOfBirth": "19800729", "postcode": "CB21",
                "primaryAccountNumber": "1"}},
    })
}

fn page() -> Value {
    json!({"reference": "r", "terminal_id": "t", "currency": "EUR", "amount": 100, "transaction_type": "PURCHASE",
        "success_url": "https://a.test", "cancel_url": "https://b.test", "error_url": "https://c.test",
        "description": "d", "customer_id": "i", "customer_first_name": "f", "customer_email": "a@b.test",
        "customer_country": "GB", "tokenization": {"save_card_for_future_payments": true}, "more": "z"})
}

/// The paths of all values: names, and places in lists.
fn paths(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| paths(value, &format!("{path}/{name}"), found));
        }
        Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            elements.for_each(|(place, value)| paths(value, &format!("{path}/{place}"), found));
        }
        _ => {}
    }
    found.push(path.to_owned());
}

fn shown<T: Debug, E: Debug + Display>(read: Result<T, E>) -> String {
    match read {
        Ok(request) => format!("{request:?}"),
        Err(error) => format!("{error} {error:?}"),
    }
}

/// The same document with a card number at one place, in each of the ways to write it there.
fn with_number(document: &Value, path: &str) -> Vec<Value> {
    let values = [
        json!(NUMBER),
        json!(format!("https://a.test/{NUMBER}?x={NUMBER}")),
        json!("by 4929 9182 7364 5542"),
    ];
    let mut all = Vec::new();
    for value in values {
        let mut changed = document.clone();
        match changed.pointer_mut(path).unwrap() {
            Value::Object(members) => {
                members.insert(format!("a{NUMBER}b"), json!({ NUMBER: value.clone() }));
                members.insert(NUMBER.to_owned(), value);
            }
            place => *place = value,
        }
        all.push(changed);
    }
    all
}

#[test]
fn debug_of_a_gateway_request_shows_no_card_number_wherever_it_stands() {
    let refund =
        json!({"amountToRefund": "1", "refundNumber": "r", "parameters": {"x": "y"}, "z": {"a": "b"}});
    type Read = fn(&[u8]) -> String;
    let documents: [(Value, Read); 3] = [
        (job(), |body| shown(PaymentJob::decode(body))),
        (refund, |body| shown(RefundRequest::decode(body))),
        (page(), |body| shown(PageRequest::decode(body))),
    ];
    for (document, read) in documents {
        let mut all = Vec::new();
        paths(&document, "", &mut all);
        // An amount is a number, and no text.
        all.retain(|path| !path.contains("amount"));
        for path in all {
            for changed in with_number(&document, &path) {
                let shown = read(changed.to_string().as_bytes());
                assert!(!shown.contains("9918273645") && !shown.contains("9182 7364"), "{path}: {shown}");
            }
        }
    }
    assert!(PaymentJob::decode(job().to_string().as_bytes()).is_ok());
    assert!(PageRequest::decode(page().to_string().as_bytes()).is_ok());
}

#[test]
fn prints_of_a_form_show_no_card_number_wherever_it_stands() {
    const PAIRS: &str = "auth_id=1234&auth_pass=x&tran_type=sale&tran_class=ecom&card_num=5400200400099009&card_cvv=123\
        &card_expiry=1130&tran_ref=a&tran_amount=9.90&tran_currency=GBP&tran_testmode=0&cust_name=A&cust_address=B\
        &cust_postcode=C&cust_country=GB&cust_ip=192.0.2.1&cust_email=a%40b.test&cust_tel=1&tran_desc=d&descriptor=e\
        &retry_number=1&tran_recurrence=sing&SCA_exemption_indicator=lowvalue&acs_eci=7&gateway_id_mc=12345678901\
        &card_payment_account_reference=P&return_token=true&return_acq_ref=1&other=o&tran_orig_id=01S1";
    assert!(Request::decode(PAIRS.as_bytes()).is_ok());
    let pairs: Vec<&str> = PAIRS.split('&').collect();
    for place in 0..pairs.len() {
        let (name, value) = pairs[place].split_once('=').unwrap();
        for changed in [
            format!("{name}={NUMBER}"),
            format!("{name}=x+{NUMBER}+739"),
            format!("{name}=4929+9182+7364+5542"),
            format!("{NUMBER}={value}"),
            format!("{name}{NUMBER}={value}"),
        ] {
            let mut pairs = pairs.clone();
            pairs[place] = &changed;
            let body = pairs.join("&");
            let shown =
                format!("{} {}", shown(Request::decode(body.as_bytes())), MaskedForm::new(body.as_bytes()));
            assert!(!shown.contains("9918273645") && !shown.contains("9182 7364"), "{changed}: {shown}");
        }
    }
}
