//! Runs each curl command of README.md, and compares each response, except for ids and times. Needs bash and curl.
#![cfg(feature = "loopback")]

mod support;

use std::fmt::Write;
use std::process::Command;

use merchant::service::{Secrets, Service};
use support::Shop;

const README: &str = include_str!("../README.md");

/// The commands of the README, each with its output.
fn commands() -> Vec<(&'static str, String)> {
    let mut steps: Vec<(&str, String)> = Vec::new();
    for block in README.split("```console\n").skip(1) {
        let (block, _) = block.split_once("```").unwrap();
        for line in block.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                steps.push((command, String::new()));
            } else {
                writeln!(steps.last_mut().unwrap().1, "{line}").unwrap();
            }
        }
    }
    steps
}

/// The text without ids and times.
fn lasting(text: &str) -> String {
    let is_time = |word: &str| word.len() == 20 && word.starts_with("20") && word.ends_with('Z');
    let is_id = |word: &str| word.len() == 36 && word.bytes().filter(|byte| *byte == b'-').count() == 4;
    let words = text.split_inclusive(['"', '/', ' ']).map(|word| {
        let (bare, end) = word.split_at(word.trim_end_matches(['"', '/', ' ']).len());
        match bare {
            bare if is_time(bare) => format!("<time>{end}"),
            bare if is_id(bare) => format!("<id>{end}"),
            _ => word.to_owned(),
        }
    });
    words.collect()
}

#[test]
fn commands_of_the_readme_print_its_outputs() {
    let shop = Shop::new();
    // As `cargo run` starts it: with a new acquirer of its own.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let service =
        runtime.block_on(Service::start(shop.options_without_acquirer(), Secrets::default())).unwrap();

    let steps = commands();
    assert!(steps.len() > 20);
    let mut script = String::new();
    for (command, _) in &steps {
        let command = command.replace("127.0.0.1:8090", &service.address().to_string());
        write!(script, "{command}\nprintf '\\x01'\n").unwrap();
    }
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = String::from_utf8(output.stdout).unwrap();
    let printed: Vec<&str> = output.split('\x01').collect();
    for ((command, expected), printed) in steps.iter().zip(printed) {
        assert_eq!(lasting(printed), lasting(expected), "$ {command}");
    }
}
