//! Many lines in one buffer: read, counted, and counted by two threads.

use std::num::NonZeroUsize;
use std::sync::LazyLock;

use cashflows_codec::remote_auth::Outcome;
use cashflows_codec::remote_auth::response::{Lines, Response, View};

use crate::corpus::{BULK, MIXED};
use crate::group::{Group, Role};
use crate::lines::{copy, each};

/// 100 MB, line by line.
pub fn bulk() -> Group {
    let number = |count: usize| count.to_string().into_bytes();
    Group::new("100 MB by view")
        .not_countable()
        .case((Role::Ours, "Lines"), &*BULK, |lines| Lines::new(lines).filter(Result::is_ok).count(), number)
        .case(
            (Role::Peer, "Response::decode"),
            &*BULK,
            |lines| each(lines, |line| Response::decode(line).is_ok()),
            number,
        )
        .floor("memcpy", &*BULK, |lines| copy(lines))
}

/// Five million of the mixed lines.
static LINES: LazyLock<[Vec<u8>; 1]> = LazyLock::new(|| {
    let mut lines = Vec::new();
    for line in MIXED.iter().cycle().take(5_000_000) {
        lines.extend_from_slice(line);
        lines.push(b'\n');
    }
    [lines]
});

pub fn tally() -> Group {
    Group::new("tally")
        .not_countable()
        .case((Role::Ours, "by view"), &*LINES, |lines| Tally::of(Lines::new(lines)), Tally::shown)
        .case(
            (Role::Peer, "by Response::decode"),
            &*LINES,
            |lines| {
                let mut tally = Tally::default();
                each(lines, |line| {
                    match Response::decode(line) {
                        Ok(response) => tally.count(response.view()),
                        Err(_) => tally.unreadable += 1,
                    }
                    true
                });
                tally
            },
            Tally::shown,
        )
}

pub fn threads() -> Group {
    Group::new("tally by threads")
        .not_countable()
        .case(
            (Role::Ours, "two threads"),
            &*LINES,
            |lines| {
                let two = NonZeroUsize::MIN.saturating_add(1);
                std::thread::scope(|scope| {
                    let parts: Vec<_> =
                        Lines::new(lines).split(two).map(|part| scope.spawn(|| Tally::of(part))).collect();
                    let tallies = parts.into_iter().map(|part| part.join().expect("a tally"));
                    tallies.fold(Tally::default(), Tally::and)
                })
            },
            Tally::shown,
        )
        .case((Role::Peer, "one thread"), &*LINES, |lines| Tally::of(Lines::new(lines)), Tally::shown)
}

/// The counts of a reconciliation: outcomes, CVV checks and reasons.
struct Tally {
    outcomes: [usize; Outcome::ALL.len()],
    cvv: [usize; 10],
    /// By the letter's five low bits, and the number.
    reasons: Box<[[usize; 100]; 32]>,
    unreadable: usize,
}

impl Default for Tally {
    fn default() -> Self {
        Self { outcomes: [0; 4], cvv: [0; 10], reasons: Box::new([[0; 100]; 32]), unreadable: 0 }
    }
}

impl Tally {
    fn of(lines: Lines<'_>) -> Self {
        let mut tally = Self::default();
        for line in lines {
            match line {
                Ok(line) => tally.count(line.view()),
                Err(_) => tally.unreadable += 1,
            }
        }
        tally
    }

    fn count(&mut self, view: View<'_>) {
        self.outcomes[view.outcome() as usize] += 1;
        self.cvv[view.checks().cvv().digit() as usize - '0' as usize] += 1;
        if let Some(reason) = view.reason() {
            self.reasons[reason.family().letter() as usize % 32][usize::from(reason.number())] += 1;
        }
    }

    fn and(mut self, other: Self) -> Self {
        let add = |ours: &mut [usize], theirs: &[usize]| {
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| *ours += theirs);
        };
        add(&mut self.outcomes, &other.outcomes);
        add(&mut self.cvv, &other.cvv);
        add(self.reasons.as_flattened_mut(), other.reasons.as_flattened());
        self.unreadable += other.unreadable;
        self
    }

    fn shown(self) -> Vec<u8> {
        let Self { outcomes, cvv, reasons, unreadable } = self;
        format!("{outcomes:?} {cvv:?} {unreadable} {reasons:?}").into_bytes()
    }
}
