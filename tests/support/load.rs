//! Many requests for the simulated acquirer: sales to fill its ledger, and a mix about any of them.

use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::request::Body;
use cashflows_codec::simulator::{Acquirer, Endpoint, Profile};

const LOGIN: &str = "auth_id=1234567&auth_pass=secret&tran_testmode=0&tran_currency=GBP";
const THREE_DS: &str = "acs_3dsversion=2.2.0&acs_eci=5&acs_cavv=AAABCAAhIXdRcEdRVyEhAAAAAAA%3D\
    &acs_dstransid=c5b808e7-1de1-4069-a17b-f70d3b3b1645&tran_recurrence=card";

/// An acquirer that made `sales` sales within about a minute: all of them can be retried, voided and refunded. Every
/// second one has another card, and every tenth stores its card.
pub fn filled(sales: u32) -> Acquirer {
    let credentials = Credentials::new("1234567".parse().unwrap(), "secret".parse().unwrap());
    let mut acquirer = Acquirer::new(Profile::new(credentials));
    for serial in 1..=sales {
        send(&mut acquirer, serial, &sale(serial));
    }
    assert_eq!(acquirer.ledger().entries().len(), sales as usize);
    acquirer
}

/// Sends a body, 50 µs after the one before: 20,000 a second.
pub fn send(acquirer: &mut Acquirer, serial: u32, body: &[u8]) -> bool {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let now = now + Duration::from_micros(50) * serial;
    acquirer.handle(now, Endpoint::Payment, Body::CONTENT_TYPE, body).body().starts_with(b"A")
}

/// Requests of six kinds in turn, numbered from `first`, each about one of the last `recent` of the first `sales`, in
/// no order. None is about the sale of one of the last `recent` requests.
pub fn mix(sales: u32, recent: u32, numbers: core::ops::Range<u32>) -> Vec<Vec<u8>> {
    // A prime that divides no number of sales used here: its multiples are all different.
    let place = |number: u32| (u64::from(number) * 7_919 % u64::from(recent)) as u32;
    numbers.map(|number| about(sales - place(number), number, sales)).collect()
}

fn about(serial: u32, number: u32, sales: u32) -> Vec<u8> {
    let reversal = |kind: &str| {
        let tenth = serial.is_multiple_of(10);
        let amount = if tenth { "10.00" } else { "24.99" };
        format!("{LOGIN}&tran_type={kind}&tran_class=ecom&tran_orig_id=01S{serial:08X}&tran_amount={amount}")
    };
    let body = match number % 6 {
        0 => return sale(sales + 1 + number),
        1 => return [&sale(serial)[..], b"&retry_number=1"].concat(),
        2 => format!(
            "{LOGIN}&tran_type=sale&tran_class=cont&tran_orig_id=01S{serial:08X}&tran_ref=month-{number}&tran_amount=9.99"
        ),
        3 => reversal("void"),
        4 => reversal("refund"),
        _ => format!(
            "{LOGIN}&tran_type=sale&tran_class=ecom&card_num={}&card_expiry=1130&tran_ref=again-{number}\
             &tran_amount=5.00&using_stored_credentials=true&{THREE_DS}",
            card(serial.next_multiple_of(10))
        ),
    };
    body.into_bytes()
}

fn sale(serial: u32) -> Vec<u8> {
    let card = card(serial);
    let terms = if serial.is_multiple_of(10) {
        format!("tran_amount=10.00&using_stored_credentials=false&return_token=true&{THREE_DS}")
    } else {
        "tran_amount=24.99".to_owned()
    };
    format!(
        "{LOGIN}&tran_type=sale&tran_class=ecom&card_num={card}&card_cvv=123&card_expiry=1130\
         &tran_ref=cart-{serial}&{terms}"
    )
    .into_bytes()
}

/// The card of a sale: two sales have the same, and every tenth has one of its own kind.
fn card(serial: u32) -> String {
    let digits = format!("400000{:09}", serial / 2);
    let weighted = digits.bytes().rev().enumerate().map(|(place, digit)| {
        let digit = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
        digit / 10 + digit % 10
    });
    let check = (10 - weighted.sum::<u32>() % 10) % 10;
    format!("{digits}{check}")
}
