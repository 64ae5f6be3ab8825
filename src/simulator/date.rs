//! What day and what month it is, by the caller's clock.

use core::time::Duration;
use std::time::SystemTime;

use crate::value::Expiry;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The days since 1 January 1970, UTC. Everything before is that day.
pub(super) fn day(at: SystemTime) -> u64 {
    elapsed(SystemTime::UNIX_EPOCH, at).as_secs() / DAY.as_secs()
}

/// Year and month, UTC.
pub(super) fn month(at: SystemTime) -> (u16, u8) {
    let (year, month, _) = civil(day(at));
    (u16::try_from(year).unwrap_or(u16::MAX), month)
}

/// Returns true if the last month of a card is over.
pub(super) fn is_over(expiry: Expiry, now: SystemTime) -> bool {
    let (year, month) = month(now);
    expiry.is_past(year, month)
}

/// `2026-11-26T14:10:43.123Z`: ISO 8601, UTC, to the millisecond.
pub(super) fn iso(at: SystemTime) -> String {
    let (year, month, day_of_month) = civil(day(at));
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

/// Year, month and day of the month: Howard Hinnant's `civil_from_days`. Years begin in March in it, so that
/// the leap day is the last of its year, and 400 of them, an era, have 146,097 days.
fn civil(day: u64) -> (u64, u8, u8) {
    let day = day + 719_468;
    let (era, of_era) = (day / 146_097, day % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let (month, next_year) = if from_march < 10 { (from_march + 3, 0) } else { (from_march - 9, 1) };
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    (era * 400 + year_of_era + next_year, month as u8, of_month as u8)
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

    #[test]
    fn every_day_of_two_eras_is_in_the_month_that_counting_gives() {
        let leap = |year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let mut day = 0;
        for year in 1970..1970 + 800 {
            let february = if leap(year) { 29 } else { 28 };
            for (month, days) in (1..).zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                for of_month in 1..=days {
                    assert_eq!(civil(day), (year, month, of_month), "day {day}");
                    day += 1;
                }
            }
        }
        assert_eq!(day, 2 * 146_097);
    }
}
