//! Points in time.

use core::time::Duration;
use std::time::SystemTime;

use arrayvec::ArrayString;

use crate::error::{InvalidValue, Rule};
use crate::value::calendar::{date_of, days_since_1970};
use crate::value::rules;

text_value! {
    /// A point in time: ISO 8601 in UTC, `2021-02-18T11:04:38.2907414Z`, with 0 to 7 digits of a
    /// second and with or without `Z` (section 3). It is kept as it came.
    ///
    /// ```
    /// use cashflows_codec::gateway::Timestamp;
    ///
    /// let expires: Timestamp = "2021-01-20T16:50:01".parse()?;
    /// assert_eq!(expires.as_str(), "2021-01-20T16:50:01");
    /// assert_eq!(expires.unix_seconds(), 1_611_161_401);
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Copy)]
    open Timestamp(ArrayString<28>) = "time", |text| rules::require(parts(text).is_some(), Rule::Timestamp);
}

stored_as_text!(Timestamp);

/// Seconds since 1970, and nanoseconds of the next.
fn parts(text: &str) -> Option<(i64, u32)> {
    let bytes = text.as_bytes();
    let (date_time, fraction) = bytes.split_at_checked(19)?;
    let mut numbers = [0_u32; 6];
    let mut part = 0;
    for (byte, pattern) in date_time.iter().zip(b"0000-00-00T00:00:00") {
        match pattern {
            b'0' if byte.is_ascii_digit() => {
                let number = numbers.get_mut(part)?;
                *number = *number * 10 + u32::from(byte - b'0');
            }
            separator if byte == separator => part += 1,
            _ => return None,
        }
    }
    let [year, month, day, hour, minute, second] = numbers;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = i64::from(hour * 3_600 + minute * 60 + second);
    Some((days_since_1970(year, month, day)? * 86_400 + seconds, nanoseconds(fraction)?))
}

/// The time in UTC that a text names in another way.
fn in_utc(text: &str) -> Option<Timestamp> {
    const DATE: usize = "0000-00-00".len();
    const SECOND: usize = "00:00:00.0000000".len();
    let (date, rest) = text.split_at_checked(DATE)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (time, offset) = match rest.find(['+', '-', 'Z', 'z']).and_then(|at| rest.split_at_checked(at)) {
        Some((time, "Z" | "z")) => (time, 0),
        Some((time, zone)) => (time, offset(zone)?),
        None => (rest, 0),
    };
    let seconds = if time.len() == "00:00".len() { ":00" } else { "" };
    let is_precise = time.len() > SECOND && time.bytes().skip(SECOND).all(|byte| byte.is_ascii_digit());
    let time = if is_precise { time.get(..SECOND)? } else { time };
    let local = Timestamp::try_from(format!("{date}T{time}{seconds}Z")).ok()?;
    if offset == 0 {
        return Some(local);
    }
    let utc = local.unix_seconds() - offset;
    let (day, second) = (utc.div_euclid(86_400), utc.rem_euclid(86_400));
    let (year, month, day) = date_of(day);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let fraction = time.get("00:00:00".len()..).unwrap_or("");
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z");
    text.try_into().ok()
}

/// The seconds of an offset from UTC: `+01:00`, `+0100` or `+01`.
fn offset(zone: &str) -> Option<i64> {
    let (sign, digits) = zone.split_at_checked(1)?;
    let (hours, minutes) = match digits.as_bytes() {
        [_, _] => (digits, "0"),
        [_, _, b':', _, _] => (digits.get(..2)?, digits.get(3..)?),
        [_, _, _, _] => digits.split_at_checked(2)?,
        _ => return None,
    };
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i64>().ok())?;
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let seconds = hours * 3_600 + minutes * 60;
    (hours <= 23 && minutes <= 59).then_some(if sign == "-" { -seconds } else { seconds })
}

/// The nanoseconds behind the seconds: none, or a point and 1 to 7 digits, and perhaps a `Z`.
fn nanoseconds(text: &[u8]) -> Option<u32> {
    let digits = match text.strip_suffix(b"Z").unwrap_or(text) {
        [] => return Some(0),
        [b'.', digits @ ..] if (1..=7).contains(&digits.len()) => digits,
        _ => return None,
    };
    let padded = digits.iter().chain([b'0'; 9].iter()).take(9);
    padded.into_iter().try_fold(0, |sum, &byte| Some(sum * 10 + char::from(byte).to_digit(10)?))
}

impl Timestamp {
    /// A time of somebody else's request: with a blank or `t` before the hours, without seconds, with more digits of a
    /// second, or with an offset from UTC (ISO 8601). It becomes the same time in UTC.
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        Self::try_from(text).or_else(|error| in_utc(text).ok_or(error))
    }

    /// Whole seconds since 1 January 1970; negative before it.
    #[must_use]
    pub fn unix_seconds(&self) -> i64 {
        parts(self.as_str()).map_or(0, |(seconds, _)| seconds)
    }

    /// The nanoseconds of the second: the wire has up to seven digits of it.
    #[must_use]
    pub fn subsecond_nanoseconds(&self) -> u32 {
        parts(self.as_str()).map_or(0, |(_, nanoseconds)| nanoseconds)
    }

    /// The point in time, where the platform's `SystemTime` reaches it.
    #[must_use]
    pub fn to_system_time(&self) -> Option<SystemTime> {
        let whole = Duration::from_secs(self.unix_seconds().unsigned_abs());
        let second = if self.unix_seconds() < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(whole)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(whole)
        };
        second?.checked_add(Duration::from_nanos(self.subsecond_nanoseconds().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_points_in_time() {
        for (text, seconds, nanoseconds) in [
            ("1970-01-01T00:00:00Z", 0, 0),
            ("1969-12-31T23:59:59.5", -1, 500_000_000),
            ("2000-02-29T12:00:00", 951_825_600, 0),
            ("2024-02-29T00:00:00Z", 1_709_164_800, 0),
            ("2024-12-31T00:00:00Z", 1_735_603_200, 0),
            ("2021-02-18T11:04:38.2907414Z", 1_613_646_278, 290_741_400),
            ("2021-02-18T11:04:38.290", 1_613_646_278, 290_000_000),
            ("9999-12-31T23:59:59Z", 253_402_300_799, 0),
            ("0001-01-01T00:00:00", -62_135_596_800, 0),
        ] {
            let time: Timestamp = text.parse().unwrap();
            assert_eq!((time.as_str(), time.unix_seconds()), (text, seconds));
            assert_eq!(time.subsecond_nanoseconds(), nanoseconds, "{text}");
            let system = time.to_system_time().unwrap();
            let expected = match system.duration_since(SystemTime::UNIX_EPOCH) {
                Ok(after) => after.as_nanos() as i128,
                Err(before) => -(before.duration().as_nanos() as i128),
            };
            assert_eq!(expected, i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds), "{text}");
        }
    }

    #[test]
    fn received_reads_other_ways_to_write_a_time() {
        for (text, utc) in [
            ("2021-02-18T11:04:38", "2021-02-18T11:04:38"),
            ("2021-02-18t11:04:38z", "2021-02-18T11:04:38Z"),
            ("2021-02-18 11:04:38", "2021-02-18T11:04:38Z"),
            ("2021-02-18T11:04", "2021-02-18T11:04:00Z"),
            ("2021-02-18T11:04Z", "2021-02-18T11:04:00Z"),
            ("2021-02-18T11:04:38+00:00", "2021-02-18T11:04:38Z"),
            ("2021-02-18T11:04:38-0000", "2021-02-18T11:04:38Z"),
            ("2021-02-18T11:04:38.290123456Z", "2021-02-18T11:04:38.2901234Z"),
            ("2021-02-18T11:04:38.5+01:00", "2021-02-18T10:04:38.5Z"),
            ("2021-01-01T00:30:00+05:30", "2020-12-31T19:00:00Z"),
            ("2024-02-28T23:00:00-02", "2024-02-29T01:00:00Z"),
            ("2023-12-31T23:59:59-0100", "2024-01-01T00:59:59Z"),
        ] {
            assert_eq!(Timestamp::received(text).as_ref().map(Timestamp::as_str), Ok(utc), "{text}");
        }
        for text in [
            "",
            "2021-02-18",
            "2021-02-18T11",
            "2021-02-18T11:04:38+24:00",
            "2021-02-18T11:04:38+1:00",
            "2021-02-18T11:04:38+01:0",
            "2021-02-18T11:04:38+é:00",
            "2021-02-18T11:04:38+-1:00",
            "2021-02-18T11:04:38 +01:00",
            "2021-02-18T11:04:38.12345678x",
            "18-02-2021T11:04:38",
            "9999-12-31T23:59:59-01:00",
            "0001-01-01T00:00:00+01:00",
        ] {
            assert!(Timestamp::received(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2021-02-18",
            "2021-02-18 11:04:38",
            "2021-02-18T11:04:38.",
            "2021-02-18T11:04:38.Z",
            "2021-02-18T11:04:38.12345678",
            "2021-02-18T11:04:38+00:00",
            "2021-02-18T11:04:38ZZ",
            "2021-02-29T11:04:38",
            "1900-02-29T11:04:38",
            "2021-02-1:T11:04:38",
            "2021-13-01T11:04:38",
            "2021-00-01T11:04:38",
            "2021-01-00T11:04:38",
            "2021-01-01T24:00:00",
            "2021-01-01T00:60:00",
            "2021-01-01T00:00:60",
            "0000-01-01T00:00:00",
            "2021-0118T11:04:38-0",
            "2021-01-1éT11:04:38",
        ] {
            assert!(text.parse::<Timestamp>().is_err(), "{text}");
        }
    }
}
