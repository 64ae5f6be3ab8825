//! A shop for tests: the service on a database of its own, and an acquirer with scripted faults.

#![allow(dead_code, reason = "each test uses a part")]

mod address;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use cashflows_codec::gateway::{self, Operation};
use cashflows_codec::remote_auth::Credentials;
use clap::Parser;
use merchant::acquirer::loopback::{Knock, Loopback, Mishap};
use merchant::clock::Clock;
use merchant::config::{Options, SIMULATED};
use merchant::recovery::Recovered;
use merchant::service::{Secrets, Service};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub const CARD: &str = "4000000000000002";
pub const PASSWORD: &str = "correct-horse-battery-staple";
pub const KEY: &str = "6f9619ff-8b86-4d01-b42d-00c04fc964ff";

/// Factor of the faster time, unless a test has another one: five minutes take half a minute.
pub const FASTER: u32 = 10;

/// The acquirer, and the service, which a test can start and kill repeatedly.
pub struct Shop {
    pub folder: TempDir,
    pub acquirer: Loopback,
    mishaps: Arc<Mutex<Vec<Option<Mishap>>>>,
    /// The same for the calls of the gateway that create, cancel and refund.
    pub calls: Arc<Calls>,
    /// Number of requests of Remote Auth at the acquirer.
    requests: Arc<AtomicUsize>,
    faster: u32,
    origin: SystemTime,
    options: Vec<String>,
    /// The service's address, the same after each start, for webhooks.
    pub listen: String,
    /// The runtime of the acquirer, which outlives the service.
    _beside: Runtime,
}

/// Calls of the gateway, and their faults.
#[derive(Debug, Default)]
pub struct Calls {
    mishaps: Mutex<Vec<(Operation, Mishap)>>,
    all: Mutex<Vec<Operation>>,
}

impl Calls {
    /// Faults of the next calls of each kind.
    pub fn script(&self, operation: Operation, mishap: Mishap) {
        self.mishaps.lock().unwrap().push((operation, mishap));
    }

    /// Number of calls of each kind.
    pub fn count(&self, operation: Operation) -> usize {
        self.all.lock().unwrap().iter().filter(|call| **call == operation).count()
    }

    fn come(&self, operation: Operation) -> Option<Mishap> {
        self.all.lock().unwrap().push(operation);
        let mut mishaps = self.mishaps.lock().unwrap();
        let place = mishaps.iter().position(|(of, _)| *of == operation)?;
        Some(mishaps.remove(place).1)
    }
}

/// The running service.
pub struct Running {
    runtime: Runtime,
    service: Service,
    pub url: String,
    agent: ureq::Agent,
}

/// A response of the service.
#[derive(Clone, Debug)]
pub struct Response {
    pub status: u16,
    pub body: Value,
}

impl Shop {
    pub fn new() -> Self {
        Self::with(FASTER, &[])
    }

    pub fn with(faster: u32, options: &[&str]) -> Self {
        let beside = runtime();
        let mishaps: Arc<Mutex<Vec<Option<Mishap>>>> = Arc::default();
        let next = Arc::clone(&mishaps);
        let requests: Arc<AtomicUsize> = Arc::default();
        let counted = Arc::clone(&requests);
        let calls: Arc<Calls> = Arc::default();
        let called = Arc::clone(&calls);
        let mischief = Box::new(move |knock: Knock<'_>| match knock {
            Knock::Gateway(operation) => called.come(operation),
            Knock::RemoteAuth(_) => {
                counted.fetch_add(1, Ordering::SeqCst);
                let mut mishaps = next.lock().unwrap();
                if mishaps.is_empty() { None } else { mishaps.remove(0) }
            }
        });
        let origin = SystemTime::now();
        let credentials = Credentials::new("1234567".parse().unwrap(), PASSWORD.parse().unwrap());
        let clock = Clock::faster(origin, faster);
        let acquirer = beside
            .block_on(Loopback::start(
                ([127, 0, 0, 1], 0).into(),
                credentials,
                gateway_access(),
                clock,
                mischief,
            ))
            .unwrap();
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        let folder = TempDir::new().unwrap();
        let listen = address::free().to_string();
        Self { folder, acquirer, mishaps, calls, requests, faster, origin, options, listen, _beside: beside }
    }

    /// Scripts faults for the next requests at the acquirer, one after the other. Later ones have none.
    pub fn script(&self, mishaps: impl IntoIterator<Item = Option<Mishap>>) {
        *self.mishaps.lock().unwrap() = mishaps.into_iter().collect();
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("merchant.db")
    }

    pub fn options(&self) -> Options {
        let from = self.origin.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis().to_string();
        let (faster, url) = (self.faster.to_string(), self.acquirer.url());
        let (gateway, database) = (self.acquirer.base(), self.database());
        let usual = [
            "merchant",
            "--listen",
            &self.listen,
            "--acquirer",
            &url,
            "--gateway",
            &gateway,
            "--faster",
            &faster,
        ];
        let usual = usual.into_iter().map(str::to_owned);
        let database = ["--database".to_owned(), database.to_str().unwrap().to_owned()];
        let from = ["--faster-from".to_owned(), from];
        Options::parse_from(usual.chain(database).chain(from).chain(self.options.iter().cloned()))
    }

    /// The options of `cargo run`.
    pub fn options_without_acquirer(&self) -> Options {
        Options::parse_from(["merchant", "--listen", "127.0.0.1:0"])
    }

    pub fn start(&self) -> Running {
        self.start_with(self.options())
    }

    pub fn start_with(&self, options: Options) -> Running {
        self.start_by(options, secrets())
    }

    pub fn start_by(&self, options: Options, secrets: Secrets) -> Running {
        let runtime = runtime();
        let service = runtime.block_on(Service::start(options, secrets)).unwrap();
        let url = format!("http://{}", service.address());
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        Running { runtime, service, url, agent: config.build().into() }
    }

    /// Number of requests at the acquirer.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// Number of charges of the card.
    pub fn charges(&self) -> usize {
        self.acquirer.simulator().ledger().entries().iter().filter(|entry| entry.is_charge()).count()
    }

    /// Number of authorised transactions of a kind: `refund`, say.
    pub fn authorised(&self, operation: &str) -> usize {
        let simulator = self.acquirer.simulator();
        let entries = simulator.ledger().entries().iter();
        entries.filter(|entry| entry.is_authorised() && entry.operation().as_str() == operation).count()
    }

    /// The id of the order with a key, from the database.
    pub fn order_of(&self, key: &str) -> String {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let database = rusqlite::Connection::open_with_flags(self.database(), flags).unwrap();
        database.query_row("SELECT id FROM orders WHERE key = ?", [key], |row| row.get(0)).unwrap()
    }

    /// Waits until a condition is true.
    pub fn wait_until(&self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let began = Instant::now();
        while !is_so(self) {
            assert!(began.elapsed() < Duration::from_secs(20), "{what} never came");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Running {
    /// An end like `kill -9`: every task stops at once, and clients get no response.
    pub fn crash(self) {
        let Self { runtime, service, .. } = self;
        drop(service);
        runtime.shutdown_timeout(Duration::from_secs(5));
    }

    /// An end by the service manager's signal. Returns the number of unfinished orders.
    pub fn stop(self) -> usize {
        let Self { runtime, service, .. } = self;
        runtime.block_on(service.stop())
    }

    pub fn recovered(&self) -> Recovered {
        self.service.recovered()
    }

    /// Sends a request.
    pub fn post(&self, path: &str, key: &str, body: &Value) -> Response {
        let request = self.agent.post(format!("{}{path}", self.url)).header("Idempotency-Key", key);
        answer(request.send(body.to_string().as_bytes()).unwrap())
    }

    /// Sends a request, and hangs up at once.
    pub fn post_and_hang_up(&self, path: &str, key: &str, body: &Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_recv_response(Some(Duration::from_millis(1)))
            .build()
            .into();
        let request = agent.post(format!("{}{path}", self.url)).header("Idempotency-Key", key);
        assert!(request.send(body.to_string().as_bytes()).is_err(), "the response came before the hang-up");
    }

    pub fn order(&self, id: &str) -> Response {
        answer(self.agent.get(format!("{}/orders/{id}", self.url)).call().unwrap())
    }

    pub fn get(&self, path: &str) -> Response {
        answer(self.agent.get(format!("{}{path}", self.url)).call().unwrap())
    }

    /// Sends a request with the test's own headers.
    pub fn ask_with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let sent = match body {
            "" => self.agent.run(request.body(()).unwrap()),
            body => self.agent.run(request.body(body).unwrap()),
        };
        answer(sent.unwrap())
    }

    /// Waits until an order is in a state.
    pub fn wait_for(&self, id: &str, state: &str) -> Response {
        let began = Instant::now();
        loop {
            let order = self.order(id);
            if order.state() == state {
                return order;
            }
            assert!(began.elapsed() < Duration::from_secs(60), "{state} never came: {order:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn pay(&self, key: &str) -> Response {
        self.post("/pay", key, &purchase("24.99"))
    }
}

impl Response {
    pub fn id(&self) -> &str {
        self.body["id"].as_str().unwrap_or_else(|| panic!("no id: {self:?}"))
    }

    pub fn state(&self) -> &str {
        self.body["state"].as_str().unwrap_or_else(|| panic!("no state: {self:?}"))
    }

    pub fn error(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_else(|| panic!("no error: {self:?}"))
    }

    /// Status and state, or error.
    pub fn gist(&self) -> (u16, &str) {
        let word = self.body["state"].as_str().or(self.body["error"]["code"].as_str());
        (self.status, word.unwrap_or_default())
    }
}

/// A small disk in memory. Mounting it needs rights: the tests run as root, or in a container.
pub struct Disk(PathBuf);

impl Disk {
    /// Mounts the disk on a folder, until it is dropped.
    pub fn at(folder: &std::path::Path, megabytes: u32) -> Self {
        let size = format!("size={megabytes}m");
        let mut mount = std::process::Command::new("mount");
        let mounted = mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder).output().unwrap();
        let said = String::from_utf8_lossy(&mounted.stderr);
        assert!(mounted.status.success(), "this test mounts a tmpfs, so it has to run as root: {said}");
        Self(folder.to_owned())
    }

    /// Fills the disk, and returns the file to remove for room.
    pub fn fill(&self) -> PathBuf {
        use std::io::Write;
        let filler = self.0.join("filler");
        let mut file = std::fs::File::create(&filler).unwrap();
        while file.write_all(&[0; 512]).is_ok() {}
        filler
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let mut unmount = std::process::Command::new("umount");
        let _still_in_use = unmount.arg("--lazy").arg(&self.0).status();
    }
}

/// The service's environment.
pub fn secrets() -> Secrets {
    Secrets { password: Some(PASSWORD.to_owned()), gateway_key: Some(KEY.to_owned()) }
}

fn gateway_access() -> gateway::Credentials {
    gateway::Credentials::new(SIMULATED.0.parse().unwrap(), KEY.parse().unwrap())
}

pub fn purchase(amount: &str) -> Value {
    json!({
        "money": { "amount": amount, "currency": "GBP" },
        "card": { "number": CARD, "expiry": "1130", "cvv": "123" },
    })
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Response {
    let status = response.status().as_u16();
    let body = response.body_mut().read_to_string().unwrap();
    Response { status, body: serde_json::from_str(&body).unwrap_or(Value::String(body)) }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}
