//! Sales as form bodies, both ways.

use std::collections::HashMap;

use bytes::Bytes;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::request::Recurrence;
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::value::{Customer, Money, Recipient, ThreeDs};
use serde::{Deserialize, Serialize};

use crate::group::{Group, Role};

/// A sale in all the forms that the cases start from, and its body.
struct Example {
    request: Request,
    credentials: Credentials,
    body: &'static str,
    form: Form<&'static str>,
    /// Names and values as in the body.
    pairs: Vec<(&'static str, &'static str)>,
    /// The same, decoded.
    decoded: Vec<(String, String)>,
    client: reqwest::Client,
}

/// The parameter table as a flat struct.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Form<T> {
    auth_id: Option<T>,
    auth_pass: Option<T>,
    card_num: Option<T>,
    card_token: Option<T>,
    card_cvv: Option<T>,
    card_expiry: Option<T>,
    card_start: Option<T>,
    card_issue: Option<T>,
    cust_name: Option<T>,
    cust_address: Option<T>,
    cust_postcode: Option<T>,
    cust_country: Option<T>,
    cust_ip: Option<T>,
    cust_email: Option<T>,
    cust_tel: Option<T>,
    ewallet: Option<T>,
    ewallet_type: Option<T>,
    tran_ref: Option<T>,
    tran_desc: Option<T>,
    tran_amount: Option<T>,
    tran_currency: Option<T>,
    tran_testmode: Option<T>,
    tran_type: Option<T>,
    tran_class: Option<T>,
    tran_orig_id: Option<T>,
    scheme_transaction_id: Option<T>,
    tran_recurrence: Option<T>,
    using_stored_credentials: Option<T>,
    #[serde(rename = "SCA_exemption_indicator")]
    sca_exemption_indicator: Option<T>,
    network_token: Option<T>,
    card_tavv: Option<T>,
    card_payment_account_reference: Option<T>,
    acs_3dsversion: Option<T>,
    acs_eci: Option<T>,
    acs_cavv: Option<T>,
    acs_dstransid: Option<T>,
    acs_xid: Option<T>,
    gateway_id_mc: Option<T>,
    primary_recipient_dob: Option<T>,
    primary_recipient_surname: Option<T>,
    primary_recipient_postcode: Option<T>,
    primary_recipient_account_number: Option<T>,
    retry_number: Option<T>,
    descriptor: Option<T>,
    return_token: Option<T>,
    return_acq_ref: Option<T>,
    return_scheme_transaction_id: Option<T>,
    security_hash: Option<T>,
}

pub fn encode_12() -> Group {
    encode("encode 12", example(sale_12()))
}

pub fn encode_30() -> Group {
    encode("encode 30", example(sale_30()))
}

pub fn decode_12() -> Group {
    decode("decode 12", example(sale_12()))
}

pub fn decode_30() -> Group {
    decode("decode 30", example(sale_30()))
}

fn encode(name: &'static str, example: &'static [Example]) -> Group {
    let peer = |name| (Role::Peer, name);
    Group::new(name)
        .case((Role::Ours, "Request::encode"), example, ours, |body| body.to_vec())
        .case(
            peer("serde_urlencoded::to_string"),
            example,
            |example| Bytes::from(serde_urlencoded::to_string(&example.form).expect("a form")),
            |body| body.to_vec(),
        )
        .case(
            peer("serde_html_form::to_string"),
            example,
            |example| Bytes::from(serde_html_form::to_string(&example.form).expect("a form")),
            |body| body.to_vec(),
        )
        .case(peer("reqwest's form"), example, by_reqwest, |body| body)
        .case(peer("HashMap of Strings, to_string"), example, by_map, in_order)
        .floor("field-wise copy", example, copy)
}

fn decode(name: &'static str, example: &'static [Example]) -> Group {
    let peer = |name| (Role::Peer, name);
    Group::new(name)
        .case(
            (Role::Ours, "Request::decode"),
            example,
            |example| Request::decode(example.body.as_bytes()).expect("a request"),
            |decoded| decoded.request.encode(&decoded.credentials).into_bytes().to_vec(),
        )
        .case(
            peer("serde_urlencoded into Strings"),
            example,
            |example| serde_urlencoded::from_str::<Form<String>>(example.body).expect("a form"),
            |form| serde_urlencoded::to_string(form).expect("a form").into_bytes(),
        )
        .case(
            peer("serde_html_form into Strings"),
            example,
            |example| serde_html_form::from_str::<Form<String>>(example.body).expect("a form"),
            |form| serde_urlencoded::to_string(form).expect("a form").into_bytes(),
        )
        .case(
            peer("form_urlencoded into a HashMap"),
            example,
            |example| form_urlencoded::parse(example.body.as_bytes()).into_owned().collect(),
            |map: HashMap<String, String>| in_order(serde_urlencoded::to_string(map).expect("a form")),
        )
        .floor("memchr count of & and =", example, |example| {
            memchr::memchr2_iter(b'&', b'=', example.body.as_bytes()).count()
        })
}

fn ours(example: &Example) -> Bytes {
    example.request.encode(&example.credentials).into_bytes()
}

fn by_reqwest(example: &Example) -> Vec<u8> {
    let request = example.client.post("https://localhost/").form(&example.form).build().expect("a request");
    request.body().and_then(reqwest::Body::as_bytes).expect("a body").to_vec()
}

fn by_map(example: &Example) -> String {
    let pairs = example.decoded.iter();
    let map: HashMap<String, String> = pairs.map(|(name, value)| (name.clone(), value.clone())).collect();
    serde_urlencoded::to_string(map).expect("a form")
}

/// The least work for a body: every name and every value is copied once, encoded beforehand.
fn copy(example: &Example) -> Vec<u8> {
    let mut body = Vec::with_capacity(example.body.len() + 1);
    for (name, value) in &example.pairs {
        body.push(b'&');
        body.extend_from_slice(name.as_bytes());
        body.push(b'=');
        body.extend_from_slice(value.as_bytes());
    }
    body
}

/// Sorts the pairs in the table's order.
fn in_order(body: String) -> Vec<u8> {
    let place = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        cashflows_codec::remote_auth::Parameter::from_wire(name)
    };
    let mut pairs: Vec<&str> = body.split('&').collect();
    pairs.sort_by_key(place);
    pairs.join("&").into_bytes()
}

fn example(sale: Sale) -> &'static [Example] {
    let credentials = Credentials::new(value("1234567"), value("correct horse"));
    let request = Request::from(sale);
    let body = String::from_utf8(request.encode(&credentials).into_bytes().to_vec()).expect("a form").leak();
    let values: &'static Form<String> =
        Box::leak(Box::new(serde_urlencoded::from_str(body).expect("a form")));
    let form = values.borrowed();
    let pairs = body.split('&').filter_map(|pair| pair.split_once('=')).collect();
    let decoded = serde_urlencoded::from_str(body).expect("a form");
    vec![Example { request, credentials, body, form, pairs, decoded, client: reqwest::Client::new() }].leak()
}

/// The mandatory parameters and a name.
fn sale_12() -> Sale {
    let customer = Customer::default().with_name(value("Zoë Müller"));
    Sale::ecom(card(), Money::gbp(24_99), value("cart-1")).with_customer(customer)
}

/// The request of a careful shop.
fn sale_30() -> Sale {
    let three_ds = ThreeDs::v2(
        value("2.2.0"),
        value("5"),
        value("AAABCAAhIXdRcEdRVyEhAAAAAAA="),
        value("c5b808e7-1de1-4069-a17b-f70d3b3b1645"),
    )
    .expect("lengths that go with the indicator");
    let card = card().with_three_ds(three_ds).with_recurrence(Recurrence::Single);
    let customer = Customer::default()
        .with_name(value("Zoë Müller"))
        .with_address(value("12 Rue de l’Église\nAppartement 4\nSaint-Étienne"))
        .with_postcode(value("CB22 5LD"))
        .with_country(value("FR"))
        .with_ip([192, 0, 2, 44].into())
        .with_email(value("zoe.mueller+shop@example.com"))
        .with_telephone(value("+44 1234 567890"));
    let recipient =
        Recipient::new(value("19800229"), value("Müller"), value("CB22 5LD"), value("451040/9005"));
    Sale::ecom(card, Money::eur(102_499), value("order-2026-000123"))
        .with_customer(customer)
        .with_description(value("Crème brûlée, 3 × and a long story"))
        .with_recipient(recipient)
        .with_descriptor(value("SHOP 42"))
        .returning_acquirer_reference()
}

fn card() -> Card {
    Card::new(value::<cashflows_codec::value::CardNumber>("4000000000000002"), value("1130"), value("123"))
}

fn value<T: std::str::FromStr<Err = cashflows_codec::InvalidValue>>(text: &str) -> T {
    text.parse().expect("a value")
}

impl Form<String> {
    fn borrowed(&self) -> Form<&str> {
        Form {
            auth_id: self.auth_id.as_deref(),
            auth_pass: self.auth_pass.as_deref(),
            card_num: self.card_num.as_deref(),
            card_token: self.card_token.as_deref(),
            card_cvv: self.card_cvv.as_deref(),
            card_expiry: self.card_expiry.as_deref(),
            card_start: self.card_start.as_deref(),
            card_issue: self.card_issue.as_deref(),
            cust_name: self.cust_name.as_deref(),
            cust_address: self.cust_address.as_deref(),
            cust_postcode: self.cust_postcode.as_deref(),
            cust_country: self.cust_country.as_deref(),
            cust_ip: self.cust_ip.as_deref(),
            cust_email: self.cust_email.as_deref(),
            cust_tel: self.cust_tel.as_deref(),
            ewallet: self.ewallet.as_deref(),
            ewallet_type: self.ewallet_type.as_deref(),
            tran_ref: self.tran_ref.as_deref(),
            tran_desc: self.tran_desc.as_deref(),
            tran_amount: self.tran_amount.as_deref(),
            tran_currency: self.tran_currency.as_deref(),
            tran_testmode: self.tran_testmode.as_deref(),
            tran_type: self.tran_type.as_deref(),
            tran_class: self.tran_class.as_deref(),
            tran_orig_id: self.tran_orig_id.as_deref(),
            scheme_transaction_id: self.scheme_transaction_id.as_deref(),
            tran_recurrence: self.tran_recurrence.as_deref(),
            using_stored_credentials: self.using_stored_credentials.as_deref(),
            sca_exemption_indicator: self.sca_exemption_indicator.as_deref(),
            network_token: self.network_token.as_deref(),
            card_tavv: self.card_tavv.as_deref(),
            card_payment_account_reference: self.card_payment_account_reference.as_deref(),
            acs_3dsversion: self.acs_3dsversion.as_deref(),
            acs_eci: self.acs_eci.as_deref(),
            acs_cavv: self.acs_cavv.as_deref(),
            acs_dstransid: self.acs_dstransid.as_deref(),
            acs_xid: self.acs_xid.as_deref(),
            gateway_id_mc: self.gateway_id_mc.as_deref(),
            primary_recipient_dob: self.primary_recipient_dob.as_deref(),
            primary_recipient_surname: self.primary_recipient_surname.as_deref(),
            primary_recipient_postcode: self.primary_recipient_postcode.as_deref(),
            primary_recipient_account_number: self.primary_recipient_account_number.as_deref(),
            retry_number: self.retry_number.as_deref(),
            descriptor: self.descriptor.as_deref(),
            return_token: self.return_token.as_deref(),
            return_acq_ref: self.return_acq_ref.as_deref(),
            return_scheme_transaction_id: self.return_scheme_transaction_id.as_deref(),
            security_hash: self.security_hash.as_deref(),
        }
    }
}
