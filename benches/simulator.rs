//! How long the simulated acquirer takes for a request among so many transactions: `cargo bench
//! --bench simulator`. It prints the curve; nothing is to be seen in it.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

#[path = "../tests/support/load.rs"]
mod load;

use std::hint::black_box;
use std::ops::Range;
use std::time::Instant;

use cashflows_codec::simulator::Acquirer;

const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
const ROUNDS: u32 = 31;
/// Requests that are measured in a round, after as many that are not: what a round needs is in the
/// processor's cache, whatever was done meanwhile with other sizes.
const REQUESTS: u32 = 300;
/// Up to so many transactions each round has an acquirer of its own, so that it has as many.
const OWN: u32 = 10_000;

struct Size {
    sales: u32,
    /// To how many of the last transactions the requests go back.
    recent: u32,
    acquirers: Vec<Acquirer>,
    nanoseconds: Vec<f64>,
}

fn main() {
    curve("requests about one of the last thousand transactions", |_| 1_000);
    curve("requests about any transaction", |sales| sales);
}

fn curve(title: &str, recent: fn(u32) -> u32) {
    let mut sizes = SIZES.map(|sales| {
        let copies = if sales <= OWN { ROUNDS } else { 1 };
        let acquirers = (0..copies).map(|_| load::filled(sales)).collect();
        Size { sales, recent: recent(sales), acquirers, nanoseconds: Vec::new() }
    });
    for round in 0..ROUNDS {
        for size in &mut sizes {
            let each = size.round(round);
            size.nanoseconds.push(each);
        }
    }
    let smallest = sizes[0].nanoseconds.clone();
    println!("{title}\ntransactions   a request   to a thousand");
    for size in sizes {
        let ratios = size.nanoseconds.iter().zip(&smallest).map(|(ours, smallest)| ours / smallest).collect();
        println!("{:>12} {:>8.0} ns {:>15.2}", size.sales, median(size.nanoseconds), median(ratios));
    }
}

impl Size {
    /// Nanoseconds for a request.
    fn round(&mut self, round: u32) -> f64 {
        let count = self.acquirers.len();
        let acquirer = &mut self.acquirers[round as usize % count];
        let first = 2 * round * REQUESTS;
        let mut send = |numbers: Range<u32>| {
            let bodies = load::mix(self.sales, self.recent, numbers);
            let begun = Instant::now();
            for body in &bodies {
                black_box(load::send(acquirer, self.sales + 1, body));
            }
            begun.elapsed()
        };
        send(first..first + REQUESTS);
        let measured = send(first + REQUESTS..first + 2 * REQUESTS);
        measured.as_nanos() as f64 / f64::from(REQUESTS)
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
