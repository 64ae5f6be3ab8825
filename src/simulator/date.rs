//! Days and months by the caller's clock.

use core::time::Duration;
use std::time::SystemTime;

use crate::value::Expiry;
use crate::value::calendar::date_of;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The days since 1 January 1970, UTC. Everything before is that day.
pub(super) fn day(at: SystemTime) -> u64 {
    elapsed(SystemTime::UNIX_EPOCH, at).as_secs() / DAY.as_secs()
}

/// Year and month, UTC.
pub(super) fn month(at: SystemTime) -> (u16, u8) {
    let (year, month, _) = civil(at);
    (u16::try_from(year).unwrap_or(u16::MAX), month as u8)
}

/// Year, month and day of the month, UTC.
fn civil(at: SystemTime) -> (i64, u32, u32) {
    date_of(day(at) as i64)
}

/// Returns true if the last month of a card is over.
pub(super) fn is_over(expiry: Expiry, now: SystemTime) -> bool {
    let (year, month) = month(now);
    expiry.is_past(year, month)
}

/// `2026-11-26T14:10:43.123Z`: ISO 8601, UTC, to the millisecond.
pub(super) fn iso(at: SystemTime) -> String {
    let (year, month, day_of_month) = civil(at);
    let since = elapsed(SystemTime::UNIX_EPOCH, at);
    let (seconds, milliseconds) = (since.as_secs() % DAY.as_secs(), since.subsec_millis());
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day_of_month:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z")
}

/// The time from one moment to a later one; none if the other is not later.
pub(super) fn elapsed(from: SystemTime, to: SystemTime) -> Duration {
    to.duration_since(from).unwrap_or_default()
}

/// The moment that much later, or the moment itself where no clock goes so far.
pub(super) fn later(at: SystemTime, by: Duration) -> SystemTime {
    at.checked_add(by).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_the_calendar() {
        for (seconds, day_number, year_month) in [
            (0, 0, (1970, 1)),
            (86_399, 0, (1970, 1)),
            (86_400, 1, (1970, 1)),
            (951_782_400, 11_016, (2000, 2)),
            (951_868_800, 11_017, (2000, 3)),
            (1_767_225_599, 20_453, (2025, 12)),
            (1_767_225_600, 20_454, (2026, 1)),
            (4_102_444_799, 47_481, (2099, 12)),
        ] {
            let at = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            assert_eq!((day(at), month(at)), (day_number, year_month), "{seconds}");
        }
        assert_eq!(day(SystemTime::UNIX_EPOCH - DAY), 0);
    }

    #[test]
    fn times_are_written_as_the_gateway_does() {
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(1_613_646_278_290);
        assert_eq!(iso(at), "2021-02-18T11:04:38.290Z");
        assert_eq!(iso(SystemTime::UNIX_EPOCH), "1970-01-01T00:00:00.000Z");
    }
}
