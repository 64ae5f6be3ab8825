//! A server for a test, and a client that says exactly what goes over the wire.
#![allow(dead_code, clippy::unwrap_used, reason = "tests, of which none needs all")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use cashflows_codec::gateway::call::Call;
use cashflows_codec::gateway::{self, Signature};
use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::simulator::gateway::Configuration;
use cashflows_codec::simulator::hosted_page::{Account, Provider};
use cashflows_codec::simulator::{Acquirer, Profile};
use cashflows_loopback::{Loopback, router, send_webhooks, serve};
use serde_json::{Value, json};

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const IDLE: Duration = Duration::from_millis(400);
pub const CARD: &str = "4000000000000002";
pub const SHOP: &str = "http://shop.test:81/back?from=here";

/// A server that lives as long as the test.
pub struct Server {
    pub address: SocketAddr,
    pub loopback: Arc<Loopback>,
}

/// What came back.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Response {
    /// A header, in small letters; empty if there is none.
    pub fn header(&self, name: &str) -> &str {
        let name = format!("{name}: ");
        self.head.lines().find_map(|line| line.strip_prefix(&name)).unwrap_or_default()
    }

    pub fn location(&self) -> &str {
        assert_eq!(self.status, 303, "{self:?}");
        self.header("location")
    }

    /// The token of the forms on a page.
    pub fn token(&self) -> &str {
        self.hidden("token")
    }

    /// What a hidden field of a form says.
    pub fn hidden(&self, field: &str) -> &str {
        let (_, rest) = self.body.split_once(&format!("name=\"{field}\" value=\"")).unwrap();
        rest.split('"').next().unwrap()
    }
}

pub fn credentials() -> gateway::Credentials {
    let key = "845c51f6-1cd5-4338-a586-df752e65d690".parse().unwrap();
    gateway::Credentials::new("200426117314086912".parse().unwrap(), key)
}

impl Server {
    pub fn start() -> Self {
        Self::start_with(|configuration| configuration)
    }

    /// A server whose gateway is set up in some way.
    pub fn start_with(configure: impl FnOnce(Configuration) -> Configuration + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
                let address = listener.local_addr().unwrap();
                let account = Credentials::new("1234567".parse().unwrap(), "secret".parse().unwrap());
                let base = format!("http://{address}").parse().unwrap();
                let gateway = configure(Configuration::new(credentials(), base));
                let acquirer = Acquirer::new(Profile::new(account).with_gateway(gateway));
                let account = Account::new(
                    "shop".parse().unwrap(),
                    "pa55word".parse().unwrap(),
                    "api-key".parse().unwrap(),
                    "client-key".parse().unwrap(),
                );
                let provider = Provider::new(account, format!("http://{address}").parse().unwrap());
                let loopback = Arc::new(Loopback::new(acquirer).with_provider(provider));
                sender.send((address, Arc::clone(&loopback))).unwrap();
                tokio::spawn(send_webhooks(Arc::clone(&loopback)));
                serve(listener, router(loopback), IDLE).await;
            });
        });
        let (address, loopback) = receiver.recv().unwrap();
        Self { address, loopback }
    }

    pub fn connect(&self) -> TcpStream {
        connect(self.address)
    }

    /// Sends the lines of a head and a body, and reads the answer on a connection of its own.
    pub fn raw(&self, head: &str, body: &[u8]) -> Response {
        exchange(&mut self.connect(), head, body)
    }

    /// A request with these lines of headers.
    pub fn request(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Response {
        let (address, length) = (self.address, body.len());
        let head =
            format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\n{headers}Content-Length: {length}\r\n");
        self.raw(&head, body)
    }

    pub fn get(&self, path: &str) -> Response {
        self.request("GET", self.path(path), "", b"")
    }

    /// Posts a form, as a browser does from a page of this server.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let headers = format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", self.address);
        self.post_from(&headers, path, fields)
    }

    /// Posts a form with these lines of headers.
    pub fn post_from(&self, headers: &str, path: &str, fields: &[(&str, &str)]) -> Response {
        let mut body = form_urlencoded::Serializer::new(String::new());
        let body = body.extend_pairs(fields).finish();
        let headers = format!("{headers}Content-Type: {FORM}\r\n");
        self.request("POST", self.path(path), &headers, body.as_bytes())
    }

    /// A URL of this server, or a path, as a path.
    fn path<'p>(&self, url: &'p str) -> &'p str {
        url.strip_prefix(&format!("http://{}", self.address)).unwrap_or(url)
    }

    /// A sale by Remote Auth. The line that comes back.
    pub fn sale(&self, reference: &str) -> String {
        self.post("/gateway/remote_auth", &sale(reference)).body
    }

    /// Sends a call, signed.
    pub fn call(&self, call: impl Into<Call>) -> Response {
        let signed = call.into().sign(&credentials());
        let headers: String =
            signed.secret_headers().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.request(signed.method().as_str(), signed.path_and_query(), &headers, signed.body())
    }

    /// Makes a job with a hosted page, whose shopper comes back to [`SHOP`]. The address of the page.
    pub fn page(&self, order: &str) -> String {
        let returns = ["ReturnUrlSuccess", "ReturnUrlFailed", "ReturnUrlCancelled"];
        let parameters: serde_json::Map<_, _> =
            returns.into_iter().map(|name| (name.to_owned(), SHOP.into())).collect();
        self.job(&json!({ "order": { "orderNumber": order }, "parameters": parameters }))
    }

    /// Makes a job of 24.99 GBP with a hosted page and these other members. The address of the page.
    pub fn job(&self, others: &Value) -> String {
        let mut job = json!({ "amountToCollect": "24.99", "currency": "GBP" });
        job.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
        let answer = self.create(&job.to_string());
        assert_eq!(answer.status, 201, "{answer:?}");
        let json: Value = serde_json::from_str(&answer.body).unwrap();
        json["links"]["action"]["url"].as_str().unwrap().to_owned()
    }

    /// Creates a job from a body as it is.
    pub fn create(&self, body: &str) -> Response {
        let signature = Signature::of(credentials().key(), body.as_bytes());
        let headers = format!(
            "ConfigurationId: 200426117314086912\r\nHash: {}\r\nContent-Type: application/json\r\n",
            signature.secret_str()
        );
        self.request("POST", "/api/gateway/payment-jobs", &headers, body.as_bytes())
    }

    /// Pays on a page with the test card, as somebody of this name.
    pub fn pay(&self, page: &str, name: &str) -> Response {
        let token = self.get(page).token().to_owned();
        self.post(page, &card(&token, name))
    }

    /// Presses a button of the dashboard.
    pub fn press(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let token = self.get("/").token().to_owned();
        let fields: Vec<_> = fields.iter().copied().chain([("token", token.as_str())]).collect();
        self.post(path, &fields)
    }

    /// How often cards were charged.
    pub fn charges(&self) -> usize {
        let acquirer = self.loopback.acquirer();
        acquirer.ledger().entries().iter().filter(|entry| entry.is_charge()).count()
    }
}

/// The fields of the card page.
pub fn card<'f>(token: &'f str, name: &'f str) -> [(&'f str, &'f str); 6] {
    [
        ("token", token),
        ("number", "4000 0000 0000 0002"),
        ("expiry", "11/30"),
        ("cvc", "123"),
        ("name", name),
        ("do", "pay"),
    ]
}

/// The parameters of a sale by Remote Auth.
pub fn sale(reference: &str) -> [(&'static str, &str); 11] {
    [
        ("auth_id", "1234567"),
        ("auth_pass", "secret"),
        ("card_num", CARD),
        ("card_cvv", "123"),
        ("card_expiry", "1130"),
        ("tran_ref", reference),
        ("tran_amount", "24.99"),
        ("tran_currency", "GBP"),
        ("tran_testmode", "0"),
        ("tran_type", "sale"),
        ("tran_class", "ecom"),
    ]
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Sends a request on a connection, which stays open, and reads the answer.
pub fn exchange(stream: &mut TcpStream, head: &str, body: &[u8]) -> Response {
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    loop {
        let mut piece = [0; 16_384];
        let read = stream.read(&mut piece).unwrap();
        answer.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&answer);
        let Some((first, body)) = text.split_once("\r\n\r\n") else {
            assert_ne!(read, 0, "the connection ends in {text:?}");
            continue;
        };
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        let answer = Response { status, head: first.replace('\r', ""), body: body.to_owned() };
        let length = answer.header("content-length").parse::<usize>().unwrap_or_default();
        if head.starts_with("HEAD ") || status == 304 || answer.body.len() >= length {
            return answer;
        }
    }
}
