//! The form encoder against serde_urlencoded's and form_urlencoded's: the first line is the
//! password, the second the name, the third the description.
#![no_main]

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::value::{CardNumber, Customer, Money};
use libfuzzer_sys::fuzz_target;

/// Parameters whose value is any text.
type Texts<'t> = [(&'static str, &'t str); 3];

fn request(data: &str) -> Option<(Request, Credentials, Texts<'_>)> {
    let mut lines = data.split('\n');
    let [password, name, description] = [lines.next()?, lines.next()?, lines.next()?];
    let number: CardNumber = "4000000000000002".parse().ok()?;
    let card = Card::new(number, "1130".parse().ok()?, "123".parse().ok()?);
    let customer = Customer::default().with_name(name.parse().ok()?);
    let sale = Sale::ecom(card, Money::gbp(1), "r".parse().ok()?).with_customer(customer);
    let sale = sale.with_description(description.parse().ok()?);
    let credentials = Credentials::new("1".parse().ok()?, password.parse().ok()?);
    Some((
        sale.into(),
        credentials,
        [("auth_pass", password), ("cust_name", name), ("tran_desc", description)],
    ))
}

fuzz_target!(|data: &str| {
    let Some((request, credentials, texts)) = request(data) else { return };
    let body = request.encode(&credentials);
    let pairs: Vec<(String, String)> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    for (name, text) in texts {
        assert!(pairs.iter().any(|pair| pair.0 == name && pair.1 == text), "{name}");
    }
    let theirs = form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
    assert_eq!(body.as_bytes(), theirs.as_bytes());
    assert_eq!(body.as_bytes(), serde_urlencoded::to_string(&pairs).expect("pairs").as_bytes());
});
