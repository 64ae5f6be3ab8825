//! A client with reqwest: asynchronous. `cargo run --bin reqwest -- http://127.0.0.1:8080`

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::batch::{Reply, Submission};
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::remote_auth::{Outcome, Request, Response};
use cashflows_codec::value::{CardNumber, Money};

type Error = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let host = std::env::args().nth(1).ok_or("usage: reqwest http://127.0.0.1:<port>")?;
    let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);

    let number: CardNumber = "4000000000000002".parse()?;
    let card = Card::new(number, "1130".parse()?, "123".parse()?);
    let sale = Request::from(Sale::ecom(card, Money::gbp(24_99), "reqwest-1".parse()?));
    let body = sale.encode(&credentials);
    let charged =
        Response::from_http(&post(body.into_http_at(format!("{host}/gateway/remote_auth").parse()?)).await?);
    assert_eq!(Outcome::of_http(&charged), Outcome::Authorised);

    let upload = Submission::new(vec![charged?.transaction_id()]).encode(&credentials)?;
    let reply =
        Reply::from_http(&post(upload.into_http_at(format!("{host}/admin/remote_batch").parse()?)).await?)?;
    assert_eq!(reply.result(), "release_report");
    println!("reqwest: charged, and a batch uploaded");
    Ok(())
}

/// An `http::Request` into reqwest, and an `http::Response` out of it.
async fn post(request: http::Request<bytes::Bytes>) -> Result<http::Response<bytes::Bytes>, Error> {
    let reply = reqwest::Client::new().execute(request.try_into()?).await?;
    let (status, headers) = (reply.status(), reply.headers().clone());
    let mut received = http::Response::new(reply.bytes().await?);
    *received.status_mut() = status;
    *received.headers_mut() = headers;
    Ok(received)
}
