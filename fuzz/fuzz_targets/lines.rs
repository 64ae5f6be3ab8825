//! Any bytes as lines: they are those of a split, each with its place, in any cut into parts.
#![no_main]

use std::num::NonZeroUsize;

use cashflows_codec::remote_auth::response::{DecodeError, Line, LineError, Lines, View};
use libfuzzer_sys::fuzz_target;

type Found<'a> = (u64, u64, Result<View<'a>, DecodeError>);

fn found<'a>(line: Result<Line<'a>, LineError>) -> Found<'a> {
    match line {
        Ok(line) => (line.number(), line.offset(), Ok(line.view())),
        Err(error) => (error.number, error.offset, Err(error.error)),
    }
}

fuzz_target!(|data: &[u8]| {
    let mut offset = 0;
    let mut split = Vec::new();
    for (number, line) in (1..).zip(data.split_inclusive(|&byte| byte == b'\n')) {
        split.push((number, offset, View::decode(line)));
        offset += line.len() as u64;
    }
    assert!(Lines::new(data).map(found).eq(split.iter().copied()));

    let parts = NonZeroUsize::MIN.saturating_add(usize::from(data.first().copied().unwrap_or_default() % 8));
    let mut number = 1;
    let mut all = Vec::new();
    for part in Lines::new(data).split(parts) {
        let offset = part.offset();
        let mut part = part.starting_at(number, offset);
        all.extend(part.by_ref().map(found));
        number = part.number();
    }
    assert_eq!(all, split);
});
