//! A summary for a person, and for a program.

use std::io::{self, Write};
use std::time::Duration;

use cashflows_codec::remote_auth::{NextStep, Outcome};
use cashflows_codec::value::{AddressCheck, CvvCheck};
use serde_json::{Map, Value, json};

use super::progress::bar;
use super::tally::{Digits, Tally};
use super::{Counted, Summary};

/// How many reasons a person is shown; a program gets all.
const REASONS: usize = 15;

pub(super) fn print(
    summary: &Summary,
    all: &Tally,
    elapsed: Duration,
    out: &mut impl Write,
) -> io::Result<()> {
    let lines = all.lines();
    let bytes: u64 = summary.files.iter().map(|file| file.bytes).sum();
    let seconds = elapsed.as_secs_f64();
    writeln!(out, "{} lines, {:.1} MB, in {seconds:.1} s", grouped(lines), bytes as f64 / 1e6)?;

    writeln!(out, "\noutcome")?;
    for &outcome in Outcome::ALL {
        let count = all.outcome(outcome);
        writeln!(
            out,
            "  {:<14} {} {}",
            words(outcome.as_str()),
            share(count, lines),
            bar(of(count, lines), 30)
        )?;
    }
    if all.unreadable > 0 {
        writeln!(out, "  {:<14} {}", "  unreadable", share(all.unreadable, lines))?;
    }

    if all.with_findings > 0 {
        writeln!(out, "  {:<14} {}", "  with findings", share(all.with_findings, lines))?;
    }

    writeln!(out, "\nnext step of a first sending")?;
    for &next in NextStep::ALL {
        writeln!(out, "  {:<14} {}", words(next.as_str()), share(all.next(next), lines))?;
    }

    let reasons = all.sorted_reasons();
    if !reasons.is_empty() {
        writeln!(out, "\nreason")?;
    }
    for (reason, count) in reasons.iter().take(REASONS) {
        let text = reason.text().unwrap_or("unlisted");
        writeln!(out, "  {:<14} {} {text}", reason.to_string(), share(*count, lines))?;
    }
    if let Some((_, rest)) = reasons.split_at_checked(REASONS).filter(|(_, rest)| !rest.is_empty()) {
        let count = rest.iter().map(|(_, count)| count).sum();
        writeln!(out, "  {:<14} {} {} more", "others", share(count, lines), rest.len())?;
    }

    checks(all, out)?;

    writeln!(out, "\n{:<30} {:>14} {:>12}", "file", "lines", "authorised")?;
    for Counted { name, tally, .. } in &summary.files {
        let authorised = of(tally.outcome(Outcome::Authorised), tally.lines());
        let name = shortened(name, 30);
        let (lines, percent) = (grouped(tally.lines()), 100.0 * authorised);
        writeln!(out, "{name:<30} {lines:>14} {percent:>10.1} % {}", bar(authorised, 20))?;
    }

    if !summary.unreadable.is_empty() {
        let shown = summary.unreadable.len();
        writeln!(out, "\nunreadable: {} of {}", shown, grouped(all.unreadable))?;
    }
    for unreadable in &summary.unreadable {
        let name = summary.files.get(unreadable.file).map_or("", |file| file.name.as_str());
        writeln!(
            out,
            "  {name}, line {}, at byte {}: {}",
            unreadable.line, unreadable.offset, unreadable.error
        )?;
    }
    Ok(())
}

fn checks(all: &Tally, out: &mut impl Write) -> io::Result<()> {
    let [cvv, address, postcode] = &all.checks;
    writeln!(out, "\n{:<16} {:>14} {:>14} {:>14}", "check", "CVV", "address", "postcode")?;
    for &check in AddressCheck::ALL {
        let digit = check.digit().to_digit(10).unwrap_or(0) as usize;
        // There is no partial match of a CVV.
        let is_listed = CvvCheck::try_from(check.digit()).is_ok_and(|check| CvvCheck::ALL.contains(&check));
        let cvv = if is_listed { grouped(cvv[digit]) } else { "–".to_owned() };
        let (address, postcode) = (grouped(address[digit]), grouped(postcode[digit]));
        writeln!(out, "  {:<14} {cvv:>14} {address:>14} {postcode:>14}", words(check.as_str()))?;
    }
    let unlisted = all.checks.each_ref().map(|counts| counts[6..].iter().sum::<u64>());
    let [cvv, address, postcode] = [unlisted[0] + cvv[3], unlisted[1], unlisted[2]].map(grouped);
    writeln!(out, "  {:<14} {cvv:>14} {address:>14} {postcode:>14}", "unlisted")
}

pub(super) fn json(summary: &Summary, all: &Tally) -> Value {
    let files: Vec<Value> = summary
        .files
        .iter()
        .map(|Counted { name, bytes, tally }| {
            json!({
                "file": name,
                "bytes": bytes,
                "lines": tally.lines(),
                "outcomes": outcomes(tally),
                "unreadable": tally.unreadable,
            })
        })
        .collect();
    let reasons: Map<String, Value> =
        all.sorted_reasons().into_iter().map(|(reason, count)| (reason.to_string(), count.into())).collect();
    let [cvv, address, postcode] = &all.checks;
    let unreadable: Vec<Value> = summary
        .unreadable
        .iter()
        .map(|unreadable| {
            json!({
                "file": summary.files.get(unreadable.file).map(|file| file.name.as_str()),
                "line": unreadable.line,
                "offset": unreadable.offset,
                "error": {
                    "field": unreadable.error.field.as_str(),
                    "offset": unreadable.error.offset,
                    "kind": unreadable.error.kind.as_str(),
                },
            })
        })
        .collect();
    json!({
        "lines": all.lines(),
        "outcomes": outcomes(all),
        "next": next(all),
        "with_findings": all.with_findings,
        "reasons": reasons,
        "checks": { "cvv": digits(cvv), "address": digits(address), "postcode": digits(postcode) },
        "files": files,
        "unreadable": { "count": all.unreadable, "first": unreadable },
    })
}

fn outcomes(tally: &Tally) -> Map<String, Value> {
    Outcome::ALL.iter().map(|&outcome| (outcome.as_str().to_owned(), tally.outcome(outcome).into())).collect()
}

fn next(tally: &Tally) -> Map<String, Value> {
    NextStep::ALL.iter().map(|&next| (next.as_str().to_owned(), tally.next(next).into())).collect()
}

/// Counts by digit, of those that there are.
fn digits(counts: &Digits) -> Map<String, Value> {
    let there = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    there.map(|(digit, &count)| (digit.to_string(), count.into())).collect()
}

fn of(count: u64, all: u64) -> f64 {
    if all == 0 { 0.0 } else { count as f64 / all as f64 }
}

/// A count, and the share that it is.
fn share(count: u64, all: u64) -> String {
    format!("{:>14} {:>6.2} %", grouped(count), 100.0 * of(count, all))
}

fn words(name: &str) -> String {
    name.replace('_', " ")
}

/// With commas between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The end of a name, which is what tells files apart.
fn shortened(name: &str, width: usize) -> String {
    let length = name.chars().count();
    if length <= width {
        name.to_owned()
    } else {
        format!("…{}", name.chars().skip(length + 1 - width).collect::<String>())
    }
}
