//! What the README tells a newcomer to type does what it says.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::process::Command;

use support::Server;

/// Runs commands in a shell, and gives what they print.
fn shell(commands: &str) -> String {
    let output = Command::new("sh").args(["-eu", "-c", commands]).output().unwrap();
    assert!(output.status.success(), "{commands}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn a_newcomer_buys_and_breaks_something() {
    let server = Server::start();
    let port = server.address.port().to_string();
    let readme = include_str!("../README.md").replace("8080", &port);
    let blocks = readme.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let [job, sale, retry] = blocks.collect::<Vec<_>>().try_into().unwrap();

    let page = shell(job);
    assert!(server.get(&page).body.contains("cart-1"), "{page}");
    assert!(server.pay(&page, "Luke Skywalker").location().contains("/payment/result?"));
    assert!(server.get("/").body.contains("cart-1"));

    server.press("/dashboard/faults", &[("target", "card"), ("fault", "lose-answer")]);
    assert!(server.get("/").body.contains("The next card payment"));
    assert!(shell(sale).starts_with("S|99E00000001|000|S203|"));
    assert_eq!(server.charges(), 2);
    let again = shell(&format!("{sale}\n{retry}"));
    // The same sale without a number is refused, the retry gets the answer.
    assert!(again.starts_with("V|") && again.contains("A|01S00000002|"), "{again}");
    assert_eq!(server.charges(), 2);
    let sold = server.sale("cart-3");
    assert!(sold.starts_with("A|01S") && sold.ends_with("|Authorised"));
}
