//! From responses of the gateway to typed values: paid jobs.

use cashflows_codec::gateway::call::{CallType, RetrieveJob};
use cashflows_codec::gateway::response::Job as OurJob;
use serde::Deserialize;
use serde_json::Value;

use crate::group::{Group, Role};

/// The vendor's documented paid jobs.
static PAID: [&[u8]; 3] = [
    include_bytes!("../../../tests/data/gateway/generate-token-paid-response.json"),
    include_bytes!("../../../tests/data/gateway/moto-response.json"),
    include_bytes!("../../../tests/data/gateway/child-response.json"),
];

pub fn paid_job() -> Group {
    Group::new("paid job")
        .case(
            (Role::Ours, "RetrieveJob::decode"),
            &PAID,
            |body| RetrieveJob::decode(200, body).expect("an answer"),
            |answer| ours(answer.data()),
        )
        .case(
            (Role::Peer, "derived structs"),
            &PAID,
            |body| serde_json::from_slice::<Envelope>(body).expect("an answer"),
            |envelope| derived(&envelope.data),
        )
        .case(
            (Role::Peer, "serde_json::Value"),
            &PAID,
            |body| serde_json::from_slice::<Value>(body).expect("JSON"),
            |value| untyped(&value["data"]),
        )
}

fn ours(job: &OurJob) -> Vec<u8> {
    let payment = &job.payments[0];
    let amount = payment.paid_amount.expect("an amount");
    let id = payment.attributes.transaction_id().expect("an id");
    let details = payment.attributes.members().secret_text("cashFlowsAcquiringDetails").expect("details");
    let created = payment.steps[0].created.as_ref().expect("a time");
    format!("{} {} {amount} {id} {details} {created}", job.reference, payment.status).into_bytes()
}

fn derived(job: &Job) -> Vec<u8> {
    let payment = &job.payments[0];
    let amount = payment.paid_amount.as_deref().expect("an amount");
    let attributes = &payment.attributes;
    let id = attributes.payment_method_transaction_id.as_deref().expect("an id");
    let details = attributes.cash_flows_acquiring_details.as_deref().expect("details");
    let created = &payment.steps[0].create_date_time_utc;
    format!("{} {} {amount} {id} {details} {created}", job.reference, payment.status).into_bytes()
}

fn untyped(job: &Value) -> Vec<u8> {
    let payment = &job["payments"][0];
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let attributes = &payment["attributes"];
    let parts = [
        &job["reference"],
        &payment["status"],
        &payment["paidAmount"],
        &attributes["paymentMethodTransactionId"],
        &attributes["cashFlowsAcquiringDetails"],
        &payment["steps"][0]["createDateTimeUtc"],
    ];
    parts.map(text).join(" ").into_bytes()
}

/// The obvious structs: every member of a job as text. They skip unlisted members and accept duplicates of those.
#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct Envelope {
    data: Job,
    links: Option<Links>,
    #[serde(rename = "errorReport")]
    error_report: Option<Value>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct Links {
    data: Option<Link>,
    action: Option<Link>,
    documentation: Option<Link>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct Link {
    url: String,
    r#type: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct Job {
    reference: String,
    create_date_time_utc: String,
    r#type: Option<String>,
    trace_reference: Option<String>,
    configuration_id: Option<String>,
    domain: Option<String>,
    locale: Option<String>,
    time_zone: Option<String>,
    order: Option<Order>,
    order_history: Option<Vec<Order>>,
    parent_payment_job_reference: Option<String>,
    payment_methods_to_use: Vec<String>,
    display_url: Option<String>,
    currency: String,
    amount_to_collect: String,
    amount_collected: Option<String>,
    paid_amount: Option<String>,
    paid_date_time_utc: Option<String>,
    expiration_date_time_utc: Option<String>,
    due_date_time_utc: Option<String>,
    last_update_time_utc: Option<String>,
    last_processed_time_utc: Option<String>,
    flags: Flags,
    attributes: JobAttributes,
    payment_status: String,
    payments: Vec<Payment>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct Order {
    order_number: Option<String>,
    create_date_time_utc: Option<String>,
    note: Option<String>,
    customer_reference: Option<String>,
    billing_address: Option<Value>,
    shipping_address: Option<Value>,
    billing_identity: Option<Value>,
    order_lines: Option<Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Flags {
    moto: bool,
    direct: bool,
    recurring_parent: bool,
    generate_token: bool,
    store_card_details: bool,
    created_on_mapi: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct JobAttributes {
    webhook_url: Option<String>,
    payment_page_reference: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct Payment {
    reference: String,
    create_date_time_utc: String,
    payment_methods: Vec<String>,
    status: String,
    amount_to_collect: Option<String>,
    surcharge_amount: Option<String>,
    paid_amount: Option<String>,
    converted_total_amount: Option<String>,
    converted_currency: Option<String>,
    conversion_rate: Option<String>,
    steps: Vec<Step>,
    flags: Flags,
    attributes: Attributes,
    refunds: Vec<Value>,
    captures: Vec<Value>,
    last_error_report: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct Step {
    reference: String,
    create_date_time_utc: String,
    action: String,
    payment_methods: Vec<String>,
    status: String,
    amount_to_collect: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is read, and not looked at")]
struct Attributes {
    return_url_success: Option<String>,
    return_url_failed: Option<String>,
    return_url_cancelled: Option<String>,
    payment_method_transaction_id: Option<String>,
    payment_method_void_transaction_id: Option<String>,
    token: Option<String>,
    originating_ip_address: Option<String>,
    origin_header: Option<String>,
    user_agent: Option<String>,
    descriptor: Option<String>,
    cash_flows_acquiring_details: Option<String>,
}
