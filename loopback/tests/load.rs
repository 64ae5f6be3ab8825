//! The load test, small: that it works against an acquirer of its own and against another one, and that its
//! audit sees what others did to the books.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::net::SocketAddr;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use cashflows_codec::gateway;
use cashflows_codec::remote_auth::request::{Card, Sale};
use cashflows_codec::remote_auth::{Credentials, Request};
use cashflows_codec::simulator::gateway::Configuration;
use cashflows_codec::simulator::{Acquirer, Effect, Profile, Symptom, When};
use cashflows_codec::value::{CardNumber, Money};
use cashflows_loopback::{IDLE, Loopback, router, serve};

/// An acquirer that lives as long as the test.
fn start() -> (SocketAddr, Arc<Loopback>) {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            let address = listener.local_addr().unwrap();
            let key = "845c51f6-1cd5-4338-a586-df752e65d690".parse().unwrap();
            let credentials = gateway::Credentials::new("200426117314086912".parse().unwrap(), key);
            let gateway = Configuration::new(credentials, format!("http://{address}").parse().unwrap());
            let credentials = Credentials::new("1234567".parse().unwrap(), "secret".parse().unwrap());
            let acquirer = Acquirer::new(Profile::new(credentials).with_gateway(gateway));
            let loopback = Arc::new(Loopback::new(acquirer));
            sender.send((address, Arc::clone(&loopback))).unwrap();
            serve(listener, router(loopback), IDLE).await;
        });
    });
    receiver.recv().unwrap()
}

fn load(arguments: &[&str]) -> (Output, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_load")).args(arguments).output().unwrap();
    let said = [&*output.stdout, &*output.stderr].concat();
    let said = String::from_utf8(said).unwrap();
    (output, said)
}

#[test]
fn everything_is_charged_once() {
    let (output, said) = load(&["--clients", "8", "--requests", "2_000"]);
    assert!(output.status.success(), "{said}");
    assert!(said.starts_with("2,000 requests by 8 clients in "), "{said}");
    for operation in [
        "sale",
        "retry",
        "verify",
        "void",
        "refund",
        "continuous",
        "moto",
        "duplicate",
        "retrieve",
        "hosted",
        "all",
    ] {
        assert!(said.lines().any(|line| line.starts_with(operation)), "{operation}: {said}");
    }
    assert!(said.contains("no reference was charged twice; "), "{said}");
}

#[test]
fn another_process_is_asked_by_its_dashboard() {
    let (address, loopback) = start();
    // Twice, since there may be something in the books already.
    for _ in 0..2 {
        let (output, said) = load(&[&format!("http://{address}/"), "--clients", "4", "--requests", "600"]);
        assert!(output.status.success(), "{said}");
    }
    assert!(loopback.acquirer().ledger().entries().len() > 400);
}

#[test]
fn what_nobody_counted_is_found() {
    let (address, loopback) = start();
    let number: CardNumber = "4000000000000002".parse().unwrap();
    let card = Card::new(number, "1130".parse().unwrap(), "123".parse().unwrap());
    let charge = move || {
        // While requests come in, somebody else charges a card twice.
        while loopback.acquirer().ledger().entries().is_empty() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let mut acquirer = loopback.acquirer();
        for day in [0, 1] {
            let now = loopback.now() + Duration::from_secs(day * 86_400);
            let sale = Sale::ecom(card.clone(), Money::gbp(1_23), "mystery".parse().unwrap());
            acquirer.send(now, &Request::from(sale)).unwrap();
        }
    };
    let other = std::thread::spawn(charge);
    let (output, said) =
        load(&[&address.to_string(), "--clients", "2", "--requests", "1000", "--operations", "sale=1"]);
    other.join().unwrap();
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("THE BOOKS DO NOT AGREE"), "{said}");
    assert!(said.contains("mystery was charged 2 times"), "{said}");
    assert!(
        said.contains("the ledger has 1002 charges more than before, the clients counted 1000"),
        "{said}"
    );
}

#[test]
fn an_answer_that_is_not_expected_is_shown() {
    let (address, loopback) = start();
    loopback.acquirer().script(When::any().on_call(10), Effect::LoseAnswer(Symptom::HtmlPage));
    let (output, said) =
        load(&[&address.to_string(), "--clients", "1", "--requests", "20", "--operations", "sale=1"]);
    assert!(!output.status.success(), "{said}");
    assert!(said.contains("UNEXPECTED: 1 answers, such as\n  sale: "), "{said}");
    // The card was charged, and the client was not told.
    assert!(said.contains("the ledger has 20 charges more than before, the clients counted 19"), "{said}");
}

#[test]
fn an_error_names_the_option() {
    for (arguments, expected) in [
        (&["--help"][..], "usage: load [address] [options]"),
        (&["nowhere"], "load: nowhere is no address: see --help"),
        (&["--clients", "0"], "load: --clients: none is too few"),
        (&["--operations", "sail=1"], "load: --operations: sail is no operation: see --help"),
        (&["--requests"], "load: --requests needs a value"),
        (&["--bogus", "1"], "load: --bogus: no such option: see --help"),
        (&["127.0.0.1:1"], "load: "),
    ] {
        let (output, said) = load(arguments);
        assert_eq!(output.status.success(), arguments == ["--help"], "{arguments:?}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}
