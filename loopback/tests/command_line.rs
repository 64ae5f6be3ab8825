//! What the programs say of themselves, and of what is wrong with their arguments.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use cashflows_codec::gateway::{ApiKey, Signature};
use support::exchange;

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// Whether it went well, and what was said.
fn said(program: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

const LOOPBACK: &str = env!("CARGO_BIN_EXE_loopback");

#[test]
fn every_program_explains_itself() {
    for program in [LOOPBACK, env!("CARGO_BIN_EXE_ureq"), env!("CARGO_BIN_EXE_reqwest")] {
        let (good, help) = said(program, &["--help"]);
        assert!(good && help.contains("usage: "), "{program}: {help}");
    }
}

/// The README has every option that the help has, and the other way round.
#[test]
fn the_help_lists_the_options_of_the_readme() {
    let (_, help) = said(LOOPBACK, &["--help"]);
    let options = |text: &str, before: &str| {
        let lines = text.lines().filter_map(|line| line.strip_prefix(before));
        let words = lines.map(|line| line.split([' ', '`']).next().unwrap().to_owned());
        words.map(|word| format!("--{word}")).collect::<Vec<_>>()
    };
    let mut of_help = options(&help, "  --");
    let mut of_readme = options(include_str!("../README.md"), "| `--");
    of_help.sort();
    of_readme.sort();
    assert_eq!(of_help, of_readme);
    assert_eq!(of_help.len(), 16);
}

#[test]
fn an_error_names_the_option() {
    for (arguments, expected) in [
        (&["80x"][..], "80x is no port: see --help"),
        (&["--bogus", "1"], "--bogus: no such option: see --help"),
        (&["--hold"], "--hold needs a value"),
        (&["--faster", "x"], "--faster: "),
        (&["--lose-answer", "a"], "--lose-answer: a rule is reference=value"),
        (&["--lose-answer", "a=b"], "--lose-answer: symptom must be one of: "),
        (&["--profile", "x"], "profile id must be 1 to 20 digits"),
        (&["--webhook", "here"], "--webhook: URL must be "),
        (&["--return-url", "ftp://shop.test"], "--return-url: URL must be "),
        (&["--configuration", ""], "configuration id must not be empty"),
        (&["--api-key", "a b"], "API key must be "),
    ] {
        let (good, said) = said(LOOPBACK, arguments);
        assert!(!good && said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn the_first_line_is_the_port_and_the_second_the_dashboard() {
    let mut running = Running(Command::new(LOOPBACK).stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
    let port: u16 = lines.next().unwrap().unwrap().parse().unwrap();
    assert_eq!(lines.next().unwrap().unwrap(), format!("dashboard: http://127.0.0.1:{port}/"));
    // Whoever has read that may close the pipe.
    drop(lines);
    let head = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    let answer = exchange(&mut support::connect(([127, 0, 0, 1], port).into()), &head, b"");
    assert_eq!(answer.status, 200);
}

#[test]
fn the_options_of_the_gateway_set_it_up() {
    let options = [
        "--configuration",
        "shop-1",
        "--api-key",
        "sesame",
        "--capture-by-call",
        "--return-url",
        "http://shop.test/back",
        "--strict",
    ];
    let program = Command::new(LOOPBACK).arg("0").args(options).stdout(Stdio::piped()).spawn();
    let mut running = Running(program.unwrap());
    let port = BufReader::new(running.0.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    let address = format!("127.0.0.1:{port}").parse().unwrap();
    let key: ApiKey = "sesame".parse().unwrap();
    let body = r#"{"amountToCollect":"1.00","currency":"GBP","options":["IsMoto"],"parameters":
        {"CardNumber":"4000000000000002","CardCvc":"123","CardExpiryMonth":"11","CardExpiryYear":"30"}}"#;
    let hash = Signature::of(&key, body.as_bytes());
    let create_at = |path: &str, configuration: &str| {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             ConfigurationId: {configuration}\r\nHash: {}\r\nContent-Length: {}\r\n",
            hash.secret_str(),
            body.len()
        );
        exchange(&mut support::connect(address), &head, body.as_bytes())
    };
    let create = |configuration: &str| create_at("/api/gateway/payment-jobs", configuration);
    let job = create("shop-1");
    assert_eq!(job.status, 201, "{job:?}");
    assert!(job.body.contains("\"Reserved\""), "captured by call: {}", job.body);
    assert!(job.body.contains("http://shop.test/back?"), "{}", job.body);
    assert!(matches!(create("shop-2").status, 401 | 404));
    assert_eq!(create_at("/api/gateway/payment-jobs/", "shop-1").status, 404, "strict");
}
