//! The Gregorian calendar, before its own beginning too.

/// The days of a month; none for a number that is no month.
pub(crate) fn days_in_month(year: u32, month: u32) -> Option<u32> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 => Some(28 + u32::from(leap)),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

#[cfg(feature = "gateway")]
pub(crate) use days::{date_of, days_since_1970};

#[cfg(feature = "gateway")]
mod days {
    use super::days_in_month;

    /// Counts the days from 1 January 1970; negative before it. None for a day that is not in the calendar, which begins
    /// with year 1.
    pub(crate) fn days_since_1970(year: u32, month: u32, day: u32) -> Option<i64> {
        if year == 0 || !(1..=days_in_month(year, month)?).contains(&day) {
            return None;
        }
        let before = i64::from(year) - 1;
        let years = before * 365 + before / 4 - before / 100 + before / 400;
        let months: u32 = (1..month).filter_map(|month| days_in_month(year, month)).sum();
        // 1 January 1970 is day 719,162 after 1 January of year 1.
        Some(years + i64::from(months) + i64::from(day) - 1 - 719_162)
    }

    /// Year, month and day of the month of a day that is counted from 1 January 1970: Howard Hinnant's
    /// `civil_from_days`. Years begin in March in it, so that the leap day is the last of its year, and 400 of them, an
    /// era, have 146,097 days.
    pub(crate) fn date_of(day: i64) -> (i64, u32, u32) {
        let day = day + 719_468;
        let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let (month, next_year) = if from_march < 10 { (from_march + 3, 0) } else { (from_march - 9, 1) };
        let of_month = of_year - (153 * from_march + 2) / 5 + 1;
        (era * 400 + year_of_era + next_year, month as u32, of_month as u32)
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn date_of_every_day_of_two_eras_is_the_counted_one() {
            let leap = |year| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let mut day = 0;
            for year in 1970..1970 + 800 {
                let february = if leap(year) { 29 } else { 28 };
                for (month, days) in (1..).zip([31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                    for of_month in 1..=days {
                        assert_eq!(date_of(day), (year, month, of_month), "day {day}");
                        day += 1;
                    }
                }
            }
            assert_eq!(day, 2 * 146_097);
        }

        #[test]
        fn days_since_1970_counts_back_to_the_date() {
            for day in (-719_162..2_932_896).step_by(97).chain(-400..400) {
                let (year, month, date) = date_of(day);
                assert_eq!(days_since_1970(year.try_into().unwrap(), month, date), Some(day));
            }
        }
    }
}
