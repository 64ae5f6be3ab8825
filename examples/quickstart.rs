//! A sale with a documented test card, and what each documented reply to it means.
//!
//! `cargo run --example quickstart`

use cashflows_codec::request::{Card, Sale};
use cashflows_codec::value::{CardNumber, Credentials, Customer, Money};
use cashflows_codec::{Environment, InvalidValue, Outcome, Request, Response};

/// Replies from the vendor's pages, and two that a bad day brings.
const REPLIES: [&[u8]; 6] = [
    b"A|01S00001724|232|031971|Authorised|74698692333601146452212|1000000000030419",
    b"D|01S00001723|400|D102|Not Authorised|74698692333601146452212",
    b"V|99E5D84B40F|000|V226|Invalid request",
    b"S|99E5D84B410|000|S101|Connection failure",
    b"S|01S00001725|000|S203|Response timeout",
    b"<html><body>502 Bad Gateway</body></html>",
];

fn main() -> Result<(), InvalidValue> {
    let credentials = Credentials::new("1234567".parse()?, "password".parse()?);
    let number: CardNumber = "4510400400099005".parse()?;
    let card = Card::new(number, "1130".parse()?, "123".parse()?);
    let customer = Customer::default().with_name("Luke Skywalker".parse()?).with_country("GB".parse()?);
    let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?)
        .with_customer(customer)
        .returning_acquirer_reference()
        .returning_token();

    let request = Request::from(sale);
    let body = request.encode(&credentials);
    println!("POST {}", body.endpoint(Environment::Integration));
    println!("Content-Type: {}", body.content_type());
    println!("{body:?}\n");

    for reply in REPLIES {
        show(reply, &request);
    }
    Ok(())
}

/// What a reply says, what it means, and what to do next.
fn show(reply: &[u8], request: &Request) {
    let decoded = Response::decode(reply);
    match &decoded {
        Ok(response) => {
            println!("{}: {}", response.status().as_str(), response.message());
            if let Some(reason) = response.reason().and_then(|reason| reason.text()) {
                println!("  reason    {reason}");
            }
            println!("  CVV       {}", response.checks().cvv().as_str());
            match response.extras().resolve(request.return_flags()) {
                Ok(extras) => println!("  extras    {extras:?}"),
                Err(ambiguous) => println!("  extras    {ambiguous}"),
            }
        }
        Err(error) => println!("unreadable: {error}"),
    }
    let outcome = Outcome::of(&decoded);
    println!("  outcome   {}", outcome.as_str());
    println!("  next step {}\n", outcome.next_step().as_str());
}
