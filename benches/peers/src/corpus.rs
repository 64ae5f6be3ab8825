//! The inputs: documented ones, and others made from a fixed seed.

use std::sync::LazyLock;

/// Every documented response line.
pub static DOCUMENTED: LazyLock<Vec<&'static [u8]>> =
    LazyLock::new(|| include_str!("../../../tests/data/responses.txt").lines().map(str::as_bytes).collect());

/// 1,024 lines: the documented mixture of statuses, with ids, codes, checks and extras of their own.
pub static MIXED: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut random = Random(0x5EED_CA5F);
    (0..1_024).map(|_| line(&mut random).into_bytes()).collect()
});

/// 100 MB of the mixed lines, one a row.
pub static BULK: LazyLock<[Vec<u8>; 1]> = LazyLock::new(|| {
    let mut lines = Vec::with_capacity(100_000_000);
    for line in MIXED.iter().cycle() {
        if lines.len() + line.len() >= 100_000_000 {
            return [lines];
        }
        lines.extend_from_slice(line);
        lines.push(b'\n');
    }
    unreachable!("the mixed lines do not end")
});

fn line(random: &mut Random) -> String {
    let id = format!(
        "{:02}{}{:08X}",
        random.below(10),
        random.pick(&["S", "S", "S", "R", "V", "P"]),
        random.next() as u32
    );
    let checks = format!("{}{}{}", random.pick(&["0", "2", "4"]), random.below(6), random.below(6));
    let arn = format!("7469869{:016}", random.next() % 10_000_000_000_000_000);
    let token = format!("{:016}", random.next() % 10_000_000_000_000_000);
    let scheme = format!("MCC{:010}", random.next() % 10_000_000_000);
    let extras = match random.below(5) {
        0 | 1 => String::new(),
        2 => format!("|{arn}"),
        3 => format!("|{arn}|{token}"),
        _ => format!("|{scheme}"),
    };
    match random.below(10) {
        0..=4 => format!("A|{id}|{checks}|{:06}|Authorised{extras}", random.below(1_000_000)),
        5 => format!("A|{id}|000|-|Authorised"),
        6 => format!("V|99E{:08X}|000|V2{:02}|Invalid request", random.next() as u32, random.below(65)),
        7 => format!("B|{id}|000|D090|Not authorised"),
        8 => format!("S|{id}|000|S{}03|Système indisponible", random.below(3)),
        _ => format!("D|{id}|{checks}|D1{:02}|Not Authorised|{arn}", random.below(12)),
    }
}

/// A random number generator with the same numbers on every machine (xorshift64*).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 8
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize]
    }
}
