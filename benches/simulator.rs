//! How long the simulated acquirer takes for a request among so many transactions: `cargo bench
//! --bench simulator`. It prints the curve; nothing is to be seen in it.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

#[path = "../tests/support/load.rs"]
mod load;

use std::hint::black_box;
use std::time::Instant;

const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
const ROUNDS: usize = 5;
/// Requests of a sample: fewer than the system lets a program do before it looks after others.
const SAMPLE: u32 = 300;
/// Samples of a round, one or more after each filling.
const SAMPLES: u32 = 30;

fn main() {
    curve("requests about one of the last thousand transactions", |_| 1_000);
    curve("requests about any transaction", |sales| sales);
}

/// Every round fills a ledger to each size and goes on from there, with the caches as warm as filling
/// leaves them.
fn curve(title: &str, recent: fn(u32) -> u32) {
    let mut sizes = SIZES.map(|sales| (sales, Vec::new()));
    for _ in 0..ROUNDS {
        for (sales, nanoseconds) in &mut sizes {
            nanoseconds.push(each(*sales, recent(*sales)));
        }
    }
    let smallest = sizes[0].1.clone();
    println!("{title}\ntransactions   a request   to a thousand");
    for (sales, nanoseconds) in sizes {
        let ratios = nanoseconds.iter().zip(&smallest).map(|(ours, smallest)| ours / smallest).collect();
        println!("{sales:>12} {:>8.0} ns {:>15.2}", median(nanoseconds), median(ratios));
    }
}

/// Nanoseconds for a request after so many sales, which grow by less than a third meanwhile.
fn each(sales: u32, recent: u32) -> f64 {
    let together = SAMPLES.min(sales / 1_000);
    let fillings = (0..SAMPLES / together).flat_map(|_| {
        let mut acquirer = load::filled(sales);
        let samples = (0..together).map(|sample| {
            let bodies = load::mix(sales, recent, sample * SAMPLE..(sample + 1) * SAMPLE);
            let begun = Instant::now();
            for body in &bodies {
                black_box(load::send(&mut acquirer, sales + 1, body));
            }
            begun.elapsed().as_nanos() as f64 / f64::from(SAMPLE)
        });
        samples.collect::<Vec<f64>>()
    });
    median(fillings.collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
