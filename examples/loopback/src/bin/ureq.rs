//! A client with ureq: blocking. `cargo run --bin ureq -- http://127.0.0.1:8080`

use bytes::Bytes;
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::http::HttpError;
use cashflows_codec::remote_auth::request::{Card, OriginalClass, Reversal, Sale};
use cashflows_codec::remote_auth::{Outcome, Request, Response};
use cashflows_codec::value::{CardNumber, Money};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let host = std::env::args().nth(1).ok_or("usage: ureq http://127.0.0.1:<port>")?;
    let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
    // A status that is not 2xx is an answer like any other: the codec tells what it means.
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let send = |request: Request| -> Result<Result<Response, HttpError>, Error> {
        let request =
            request.encode(&credentials).into_http_at(format!("{host}/gateway/remote_auth").parse()?);
        let (parts, body) = request.into_parts();
        let reply = agent.run(http::Request::from_parts(parts, body.as_ref()))?;
        let (parts, mut body) = reply.into_parts();
        let bytes = Bytes::from(body.read_to_vec()?);
        Ok(Response::from_http(&http::Response::from_parts(parts, bytes)))
    };

    let number: CardNumber = "4000000000000002".parse()?;
    let card = Card::new(number, "1130".parse()?, "123".parse()?);
    let money = Money::gbp(24_99);
    let charged = send(Sale::ecom(card, money, "ureq-1".parse()?).into())??;
    assert_eq!(charged.outcome(), Outcome::Authorised);

    let original = charged.transaction_id().try_into()?;
    let voided = send(Request::Void(Reversal::new(original, OriginalClass::Ecom, money)))?;
    assert_eq!(Outcome::of_http(&voided), Outcome::Authorised);
    println!("ureq: charged and voided");
    Ok(())
}
