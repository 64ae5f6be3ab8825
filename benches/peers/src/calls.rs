//! Calls of the gateway: a card job to its body, and a body to its signature.

use std::sync::LazyLock;

use cashflows_codec::gateway::request::{Identity, JobCard, Order, OrderAddress, PaymentJob, ReturnUrls};
use cashflows_codec::gateway::{ApiKey, Locale, Money, OrderNumber, Signature};
use cashflows_codec::value::CardNumber;
use serde::Serialize;
use sha2::{Digest, Sha512};

use crate::group::{Group, Role};

const KEY: &str = "845c51f6-1cd5-4338-a586-df752e65d690";
const URL: &str = "https://www.mywebshop.com/checkout/return?basket=20260001";

pub fn card_job() -> Group {
    let job: &'static [PaymentJob] = vec![ours()].leak();
    let derived: &'static [Job] = vec![Job::new()].leak();
    Group::new("card job")
        .case((Role::Ours, "PaymentJob::encode"), job, PaymentJob::encode, |body| body.to_vec())
        .case(
            (Role::Peer, "serde_json::to_vec of derived structs"),
            derived,
            |job| serde_json::to_vec(job).expect("JSON"),
            |body| body,
        )
}

pub fn signature() -> Group {
    static BODY: LazyLock<Vec<u8>> = LazyLock::new(|| ours().encode().to_vec());
    let inputs: &'static [(ApiKey, Vec<u8>)] = vec![(KEY.parse().expect("a key"), BODY.clone())].leak();
    Group::new("signature")
        .case(
            (Role::Ours, "Signature::of"),
            inputs,
            |(key, body)| Signature::of(key, body),
            |signature| signature.secret_str().into(),
        )
        .case(
            (Role::Floor, "raw SHA-512"),
            inputs,
            |(key, body)| Sha512::new().chain_update(key.secret_str()).chain_update(body).finalize(),
            |digest| hex::encode_upper(digest).into_bytes(),
        )
}

fn ours() -> PaymentJob {
    let value = "a value";
    let number: CardNumber = "4000000000000002".parse().expect(value);
    let card = JobCard::new(
        number,
        "0530".parse().expect(value),
        "123".parse().expect(value),
        "Jon Snow".parse().expect(value),
    );
    let address = OrderAddress {
        first_name: Some("Jon".parse().expect(value)),
        last_name: Some("Snow".parse().expect(value)),
        country: Some("GB".parse().expect(value)),
        line_1: Some("1 \"Castle\" Black".parse().expect(value)),
        postcode: Some("CB21 5XE".parse().expect(value)),
        city: Some("Cambridge".parse().expect(value)),
        ..OrderAddress::default()
    };
    let identity = Identity::default().with_email("jon.snow@example.com".parse().expect(value));
    let number: OrderNumber = "2026-000123".parse().expect(value);
    let order = Order::new(number).with_billing_address(address).with_billing_identity(identity);
    let url = || URL.parse().expect(value);
    PaymentJob::new(Money::gbp(10_00).expect(value), order, card)
        .with_locale(Locale::EnGb)
        .with_return_urls(ReturnUrls::all(url()))
        .with_webhook_url(url())
        .returning_token()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    amount_to_collect: String,
    currency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_zone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderOfJob>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_payment_job_reference: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    payment_methods_to_use: Vec<String>,
    parameters: Parameters,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_date_time_utc: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OrderOfJob {
    order_number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing_address: Option<BillingAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing_identity: Option<BillingIdentity>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BillingAddress {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    #[serde(rename = "countryIso3166Alpha2", skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(rename = "addressLine1", skip_serializing_if = "Option::is_none")]
    line_1: Option<String>,
    #[serde(rename = "addressLine2", skip_serializing_if = "Option::is_none")]
    line_2: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zip_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    city: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct BillingIdentity {
    #[serde(skip_serializing_if = "Option::is_none")]
    debtor_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_address: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Parameters {
    card_number: String,
    card_cvc: String,
    card_expiry_month: String,
    card_expiry_year: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_holder_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mcc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_url_success: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_url_failed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_url_cancelled: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    descriptor: Option<String>,
}

impl Job {
    fn new() -> Self {
        let some = |text: &str| Some(text.to_owned());
        Self {
            amount_to_collect: "10.00".to_owned(),
            currency: "GBP".to_owned(),
            r#type: some("Payment"),
            locale: some("en_GB"),
            time_zone: None,
            order: Some(OrderOfJob {
                order_number: "2026-000123".to_owned(),
                note: None,
                billing_address: Some(BillingAddress {
                    title: None,
                    first_name: some("Jon"),
                    last_name: some("Snow"),
                    country: some("GB"),
                    line_1: some("1 \"Castle\" Black"),
                    line_2: None,
                    zip_code: some("CB21 5XE"),
                    city: some("Cambridge"),
                }),
                billing_identity: Some(BillingIdentity {
                    debtor_id: None,
                    email_address: some("jon.snow@example.com"),
                }),
            }),
            parent_payment_job_reference: None,
            payment_methods_to_use: vec!["CreditCard".to_owned()],
            parameters: Parameters {
                card_number: "4000000000000002".to_owned(),
                card_cvc: "123".to_owned(),
                card_expiry_month: "05".to_owned(),
                card_expiry_year: "30".to_owned(),
                card_holder_name: some("Jon Snow"),
                mcc: None,
                return_url_success: some(URL),
                return_url_failed: some(URL),
                return_url_cancelled: some(URL),
                webhook_url: some(URL),
                descriptor: None,
            },
            options: vec!["GenerateToken".to_owned()],
            display_url: None,
            expiration_date_time_utc: None,
        }
    }
}
