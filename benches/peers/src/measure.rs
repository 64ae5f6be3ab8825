//! Times the cases of a group, interleaved.

use std::time::{Duration, Instant};

use crate::allocator::{self, Heap};
use crate::callgrind;
use crate::group::{Group, Role};

/// Least length of a sample: long enough that reading the clock does not matter, and if possible short enough that most
/// samples are not interrupted.
const SAMPLE: Duration = Duration::from_micros(300);
/// The fastest of so many samples counts, unless one sample takes long.
const SAMPLES: usize = 5;
const LONG: Duration = Duration::from_millis(20);

pub struct Timed {
    pub name: &'static str,
    pub role: Role,
    /// Nanoseconds for one input, round by round.
    pub rounds: Vec<f64>,
    pub heap: Heap,
    /// For one input.
    pub instructions: Option<f64>,
}

pub struct Results {
    pub group: &'static str,
    pub units: usize,
    pub cases: Vec<Timed>,
}

/// Measures every case once a round. The order rotates, so that no case always follows the same one.
pub fn group(group: &Group, rounds: usize) -> Results {
    let time = |case: usize, times: usize| {
        let start = Instant::now();
        (group.cases[case].run)(times);
        start.elapsed()
    };
    let count = group.cases.len();
    let times: Vec<usize> = (0..count).map(|case| calibrate(|times| time(case, times))).collect();
    let mut cases: Vec<Timed> = group
        .cases
        .iter()
        .map(|case| Timed {
            name: case.name,
            role: case.role,
            rounds: Vec::with_capacity(rounds),
            heap: allocator::count(|| (case.run)(1)),
            instructions: None,
        })
        .collect();
    for round in 0..rounds {
        for place in 0..count {
            let case = (place + round) % count;
            let mut fastest = time(case, times[case]);
            if fastest < LONG {
                fastest = (1..SAMPLES).fold(fastest, |fastest, _| fastest.min(time(case, times[case])));
            }
            let elapsed = fastest.as_nanos() as f64;
            cases[case].rounds.push(elapsed / (times[case] * group.units) as f64);
        }
    }
    Results { group: group.name, units: group.units, cases }
}

fn calibrate(time: impl Fn(usize) -> Duration) -> usize {
    let mut times = 1;
    loop {
        if time(times) >= SAMPLE {
            return times;
        }
        times *= 2;
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => values[length / 2],
        length => (values[length / 2 - 1] + values[length / 2]) / 2.0,
    }
}

impl Timed {
    pub fn median(&self) -> f64 {
        median(self.rounds.clone())
    }

    /// Half the distance between the quartiles, as a share of the median.
    pub fn spread(&self) -> f64 {
        let mut sorted = self.rounds.clone();
        sorted.sort_by(f64::total_cmp);
        let quartile = |quarter: usize| sorted[(sorted.len() - 1) * quarter / 4];
        (quartile(3) - quartile(1)) / 2.0 / self.median()
    }

    /// The median of the rounds' ratios: a disturbance of the machine affects both cases.
    pub fn ratio_to(&self, other: &Self) -> f64 {
        median(self.rounds.iter().zip(&other.rounds).map(|(ours, theirs)| ours / theirs).collect())
    }
}

impl Results {
    pub fn case(&self, name: &str) -> Option<&Timed> {
        self.cases.iter().find(|case| case.name == name)
    }

    pub fn ours(&self) -> Option<&Timed> {
        self.cases.iter().find(|case| case.role == Role::Ours)
    }

    pub fn count_instructions(&mut self) {
        for case in &mut self.cases {
            eprintln!("counting {}, {}", self.group, case.name);
            case.instructions =
                callgrind::instructions(self.group, case.name).map(|count| count as f64 / self.units as f64);
        }
    }
}
