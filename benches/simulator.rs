//! Times a request to the simulated acquirer by the number of transactions, and a call by the number of jobs:
//! `cargo bench --bench simulator`. It prints the curves. A million jobs take 5 GB.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

#[path = "../tests/support/jobs.rs"]
mod jobs;
#[path = "../tests/support/load.rs"]
mod load;

use core::ops::Range;
use std::hint::black_box;
use std::time::Instant;

use cashflows_codec::simulator::Acquirer;

const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// Requests of a sample: few enough that the system rarely interrupts it.
const SAMPLE: u32 = 300;
/// Samples of a round, one or more after each filling.
const SAMPLES: u32 = 30;

/// A measurement: fills an acquirer, then sends requests.
struct Load<Asked> {
    fill: fn(u32) -> Acquirer,
    /// Makes requests about the last transactions, from the total, the number of the last, and the serial numbers.
    ask: fn(u32, u32, Range<u32>) -> Vec<Asked>,
    answer: fn(&mut Acquirer, u32, &Asked) -> bool,
}

fn main() {
    let requests = Load {
        fill: load::filled,
        ask: load::mix,
        answer: |acquirer, serial, body| load::send(acquirer, serial, body),
    };
    requests.curve("requests about one of the last thousand transactions", 5, |_| 1_000);
    requests.curve("requests about any transaction", 5, |sales| sales);
    let calls = Load { fill: jobs::paid, ask: jobs::calls, answer: jobs::hand_over };
    calls.curve("calls about one of the last thousand jobs", 3, |_| 1_000);
    calls.curve("calls about any job", 3, |jobs| jobs);
}

impl<Asked> Load<Asked> {
    /// Every round fills a ledger to each size in turn, with the caches as warm as the filling leaves them.
    fn curve(&self, title: &str, rounds: usize, recent: fn(u32) -> u32) {
        let mut sizes = SIZES.map(|size| (size, Vec::new()));
        for _ in 0..rounds {
            for (size, nanoseconds) in &mut sizes {
                nanoseconds.push(self.each(*size, recent(*size)));
            }
        }
        let smallest = sizes[0].1.clone();
        println!("{title}\n       among   a request   to a thousand");
        for (size, nanoseconds) in sizes {
            let ratios = nanoseconds.iter().zip(&smallest).map(|(ours, smallest)| ours / smallest).collect();
            println!("{size:>12} {:>8.0} ns {:>15.2}", median(nanoseconds), median(ratios));
        }
    }

    /// Nanoseconds for a request at this size, which grows by less than a third meanwhile.
    fn each(&self, size: u32, recent: u32) -> f64 {
        let together = SAMPLES.min(size / 1_000);
        let fillings = (0..SAMPLES / together).flat_map(|_| {
            let mut acquirer = (self.fill)(size);
            let samples = (0..together).map(|sample| {
                let asked = (self.ask)(size, recent, sample * SAMPLE..(sample + 1) * SAMPLE);
                let begun = Instant::now();
                for asked in &asked {
                    black_box((self.answer)(&mut acquirer, size + 1, asked));
                }
                begun.elapsed().as_nanos() as f64 / f64::from(SAMPLE)
            });
            samples.collect::<Vec<f64>>()
        });
        median(fillings.collect())
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
