//! What the programs say of themselves, and of what is wrong with their arguments.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::process::Command;

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
    assert_eq!(of_help.len(), 15);
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
    ] {
        let (good, said) = said(LOOPBACK, arguments);
        assert!(!good && said.contains(expected), "{arguments:?}: {said}");
    }
}
