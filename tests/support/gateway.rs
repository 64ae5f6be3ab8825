//! Calls of the gateway that together carry all secrets and personal data in all possible places.

use cashflows_codec::gateway::call::{Call, CreateJob, RefundPayment, TokeniseCard};
use cashflows_codec::gateway::request::*;
use cashflows_codec::gateway::{ApiKey, Credentials, JobReference, Money, PaymentReference};
use cashflows_codec::value::{CardNumber, CardToken, Currency, Recipient, Telephone};

use super::secrets::*;

pub fn keys() -> [ApiKey; 1] {
    [value(API_KEY)]
}

pub fn credentials() -> Credentials {
    Credentials::new(value("200426117314086912"), value(API_KEY))
}

/// A call for each kind of job with a secret, and for each other call with one.
pub fn calls() -> Vec<Call> {
    let number = || value::<CardNumber>(NUMBER);
    let token = || value::<CardToken>(TOKEN);
    let three_ds = || {
        let id = value("c5b808e7-1de1-4069-a17b-f70d3b3b1645");
        ThreeDsResult::new(value("2.2.0"), value(CAVV), value("05"), id)
    };
    let card = || JobCard::new(number(), value("1130"), value(CVV), value(NAME));
    let by_token = JobCard::new(token(), value("1130"), value(CVV), value(NAME));
    let stored = JobCard::stored(token(), value("1130"), value(NAME), three_ds());
    let credit = JobCredit::new(token(), value("1130"), value(NAME)).with_cvv(value(CVV));
    let wallet = || {
        let (number, cryptogram) = (number(), value(CRYPTOGRAM));
        let wallet = Wallet::new(JobWalletKind::GooglePay, cryptogram).with_eci(value("02"));
        JobCard::wallet(number, value("1130"), wallet)
    };
    let kinds: [JobKind; 10] = [
        HostedPage::new().into(),
        card().into(),
        by_token.into(),
        JobCard::moto(number(), value("1130"), value(CVV)).into(),
        card().with_three_ds(three_ds()).into(),
        wallet().into(),
        stored.into(),
        Parent::new(wallet(), RecurrenceCriteria::unscheduled()).into(),
        Parent::new(card(), RecurrenceCriteria::unscheduled()).into(),
        credit.into(),
    ];
    let order = || {
        let address = OrderAddress {
            first_name: Some(value(NAME)),
            line_1: Some(value(ADDRESS)),
            postcode: Some(value(POSTCODE)),
            telephone: Some(value::<Telephone>(TELEPHONE).into()),
            ..OrderAddress::default()
        };
        let identity = Identity {
            email: Some(value(EMAIL)),
            date_of_birth: Some(value(DATE_OF_BIRTH)),
            ..Identity::default()
        };
        Order::new(value("cart")).with_billing_address(address).with_billing_identity(identity)
    };
    let recipient = || {
        let postcode = value(RECIPIENT_POSTCODE);
        Recipient::new(value(DATE_OF_BIRTH), value(SURNAME), postcode, value(ACCOUNT))
    };
    let browser = || Browser { ip_address: Some(value(IP)), ..Browser::default() };
    let other = || OtherParameter::new(value("CRes"), PASSWORD);
    let job = JobReference::new(1).unwrap_or_else(|_| panic!("a reference"));
    let payment = PaymentReference::new(1).unwrap_or_else(|_| panic!("a reference"));
    let money = Money::new(1, Currency::EUR).unwrap_or_else(|_| panic!("an amount"));
    let mut calls: Vec<Call> = kinds
        .into_iter()
        .map(|kind| PaymentJob::new(money, order(), kind).with_other_parameter(other()))
        .map(|job| job.with_recipient(value("6012"), recipient()).with_browser(browser()))
        .map(|job| CreateJob::new(job).into())
        .collect();
    let refund = RefundRequest::new(money, value("refund")).with_other_parameter(other());
    calls.push(RefundPayment::new(job, payment, refund).into());
    let tokenisation = Tokenisation::new(number(), value("1130"), value(CVV), value(NAME));
    calls.push(TokeniseCard::new(tokenisation).into());
    calls
}

/// Each body, and the same with its secrets escaped.
pub fn bodies() -> Vec<(String, Vec<u8>)> {
    let mut bodies = Vec::new();
    for call in calls() {
        let call = call.sign(&credentials());
        let body = core::str::from_utf8(call.body()).unwrap_or_else(|_| panic!("text"));
        let mut escaped = body.to_owned();
        for secret in [NUMBER, TOKEN, CVV, CAVV, CRYPTOGRAM, PASSWORD, NAME, POSTCODE, EMAIL, SURNAME] {
            let first = u32::from(secret.as_bytes()[0]);
            escaped = escaped.replace(secret, &format!("\\u{first:04x}{}", &secret[1..]));
        }
        let path = call.path_and_query().to_owned();
        bodies.push((path.clone(), body.as_bytes().to_vec()));
        bodies.push((path, escaped.into_bytes()));
    }
    bodies
}
