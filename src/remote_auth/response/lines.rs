//! Many responses, one a line.

use core::fmt;
use core::num::NonZeroUsize;

use thiserror::Error;

use super::{DecodeError, View};
use crate::remote_auth::limits::Limits;

/// The lines of a buffer that is full of responses, each read where it stands: an archive, a log, a
/// day of traffic. A line ends with LF or CR LF; the last one need not end.
///
/// A line that cannot be read is an item like any other, and never the end of the lines. So is an
/// empty one.
///
/// ```
/// use cashflows_codec::remote_auth::Outcome;
/// use cashflows_codec::remote_auth::response::Lines;
///
/// let archive = "A|01S01356909|200|AUTHOK|Authorised\n\
///                D|01S00001723|400|D102|Not Authorised\r\n\
///                D|01S01356909|200|D1x2|Not Authorised\n";
/// let mut authorised = 0;
/// for line in Lines::new(archive) {
///     match line {
///         Ok(line) => authorised += usize::from(line.view().outcome() == Outcome::Authorised),
///         Err(error) => assert_eq!(
///             error.to_string(),
///             "line 3, at byte 75: response field code, byte 18: not a response code",
///         ),
///     }
/// }
/// assert_eq!(authorised, 1);
/// ```
///
/// For threads, [`split`](Self::split) cuts the lines into parts; for a file that is read in blocks,
/// [`starting_at`](Self::starting_at) says where a block begins.
#[derive(Clone)]
pub struct Lines<'a> {
    rest: &'a [u8],
    limits: Limits,
    number: u64,
    offset: u64,
}

impl<'a> Lines<'a> {
    /// The lines of a buffer, each within the default [`Limits`].
    #[must_use]
    pub fn new<B: AsRef<[u8]> + ?Sized>(buffer: &'a B) -> Self {
        Self { rest: buffer.as_ref(), limits: Limits::default(), number: 1, offset: 0 }
    }

    /// Sets limits of the caller's.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Says where the buffer begins in what it is a part of: the number of its first line, and the
    /// offset of its first byte.
    #[must_use]
    pub const fn starting_at(mut self, number: u64, offset: u64) -> Self {
        (self.number, self.offset) = (number, offset);
        self
    }

    /// The number of the next line; after the last one, one more than that had.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The offset of the next line, in bytes.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// Cuts the lines that are left into at most so many parts of about the same size, at line ends.
    /// All of them together are the same lines in the same order. Offsets go on from part to part;
    /// numbers begin at 1 in each part, since the lines before are not counted yet.
    ///
    /// ```
    /// use std::num::NonZeroUsize;
    /// use std::thread;
    ///
    /// use cashflows_codec::remote_auth::response::Lines;
    ///
    /// let archive = "A|01S01356909|200|AUTHOK|Authorised\n".repeat(1_000);
    /// let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    /// let readable: usize = thread::scope(|scope| {
    ///     let parts = Lines::new(&archive).split(threads);
    ///     let counts: Vec<_> =
    ///         parts.map(|part| scope.spawn(|| part.filter(Result::is_ok).count())).collect();
    ///     counts.into_iter().filter_map(|count| count.join().ok()).sum()
    /// });
    /// assert_eq!(readable, 1_000);
    /// ```
    pub fn split(self, parts: NonZeroUsize) -> impl Iterator<Item = Self> {
        let size = self.rest.len().div_ceil(parts.get());
        let mut left = self;
        core::iter::from_fn(move || {
            // A part ends with the line that its last byte is in.
            let last = size.checked_sub(1)?;
            let after = left.rest.get(last..).unwrap_or_default();
            let (part, rest) =
                left.rest.split_at_checked(last + line_length(after)).unwrap_or((left.rest, &[]));
            let lines = Self { rest: part, number: 1, ..left.clone() };
            left.rest = rest;
            left.offset += part.len() as u64;
            (!part.is_empty()).then_some(lines)
        })
    }
}

/// How long the line at the beginning of a buffer is, its end included.
#[inline]
fn line_length(buffer: &[u8]) -> usize {
    memchr::memchr(b'\n', buffer).map_or(buffer.len(), |end| end + 1)
}

impl<'a> Iterator for Lines<'a> {
    type Item = Result<Line<'a>, LineError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (line, rest) = self.rest.split_at_checked(line_length(self.rest))?;
        if line.is_empty() {
            return None;
        }
        let (number, offset) = (self.number, self.offset);
        self.rest = rest;
        self.number += 1;
        self.offset += line.len() as u64;
        Some(match View::decode_with(line, &self.limits) {
            Ok(view) => Ok(Line { number, offset, view }),
            Err(error) => Err(LineError { number, offset, error }),
        })
    }
}

impl core::iter::FusedIterator for Lines<'_> {}

/// The lines may hold card tokens, so they are not shown.
impl fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines")
            .field("number", &self.number)
            .field("offset", &self.offset)
            .field("bytes", &self.rest.len())
            .finish_non_exhaustive()
    }
}

/// A response among many, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    number: u64,
    offset: u64,
    view: View<'a>,
}

impl<'a> Line<'a> {
    /// The number of the line, from 1.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// The place of the line: bytes from the beginning of the buffer, from 0.
    #[must_use]
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// The response.
    #[must_use]
    pub const fn view(&self) -> View<'a> {
        self.view
    }
}

/// A line among many that cannot be read. Its outcome is **unknown**.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("line {number}, at byte {offset}: {error}")]
pub struct LineError {
    /// The number of the line, from 1.
    pub number: u64,
    /// The place of the line: bytes from the beginning of the buffer, from 0.
    pub offset: u64,
    /// The error, with its place counted from the beginning of the line.
    pub error: DecodeError,
}
