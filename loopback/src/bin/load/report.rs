//! What is printed at the end.

use std::fmt::Write;

use hdrhistogram::Histogram;

use crate::operation::Operation;
use crate::options::Options;
use crate::pace::Pace;
use crate::tally::Tally;

/// How fast it was.
pub fn report(options: &Options, tally: &Tally, pace: &Pace) -> String {
    let mut text = String::new();
    let (requests, rate) = (grouped(options.requests), grouped(pace.rate() as u64));
    let seconds = pace.time().as_secs_f64();
    let _written = writeln!(
        text,
        "{requests} requests by {} clients in {seconds:.1} s: {rate} a second\n",
        options.clients
    );
    let _written = writeln!(text, "{:<12}{:>12}{:>12}{:>12}", "", "requests", "median", "99 %");
    let mut all: Option<Histogram<u32>> = None;
    for operation in Operation::ALL {
        let Some(times) = tally.times(operation).filter(|times| !times.is_empty()) else { continue };
        line(&mut text, operation.as_str(), times);
        match &mut all {
            Some(all) => drop(all.add(times)),
            None => all = Some(times.clone()),
        }
    }
    if let Some(all) = all {
        line(&mut text, "all", &all);
    }
    let rates = pace.rates();
    let shown: Vec<_> = rates.iter().map(|rate| grouped(*rate as u64)).collect();
    let fastest = rates.iter().copied().fold(0.0, f64::max);
    let slowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
    let _written = writeln!(text, "\nrequests a second, tenth by tenth: {}", shown.join(" "));
    if fastest > 0.0 {
        let _written = writeln!(text, "the slowest tenth has {:.2} of the fastest", slowest / fastest);
    }
    text
}

fn line(text: &mut String, name: &str, times: &Histogram<u32>) {
    let milliseconds = |quantile| times.value_at_quantile(quantile) as f64 / 1_000.0;
    let _written = writeln!(
        text,
        "{name:<12}{:>12}{:>9.2} ms{:>9.2} ms",
        grouped(times.len()),
        milliseconds(0.5),
        milliseconds(0.99)
    );
}

/// Whether the books agree.
pub fn verdict(tally: &Tally, faults: &[String]) -> String {
    let mut text = String::new();
    if tally.surprises() > 0 {
        let _written = writeln!(text, "\nUNEXPECTED: {} answers, such as", tally.surprises());
        listed(&mut text, tally.examples());
    }
    if faults.is_empty() {
        let (charges, pence) = (grouped(tally.count()), tally.pence());
        let _written = writeln!(
            text,
            "\nno reference was charged twice; {charges} charges and {}.{:02} GBP, as the clients counted",
            pence / 100,
            pence % 100
        );
    } else {
        let _written = writeln!(text, "\nTHE BOOKS DO NOT AGREE:");
        listed(&mut text, faults);
    }
    text
}

fn listed(text: &mut String, lines: &[String]) {
    for line in lines {
        let _written = writeln!(text, "  {line}");
    }
}

/// 1,234,567
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
