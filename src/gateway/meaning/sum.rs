//! Exact sums of amounts.

use crate::gateway::Decimal;

/// A sum of decimals that is exact, and that no answer is large enough to overflow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sum {
    whole: u128,
    /// In units of which [`UNIT`] make one.
    fraction: u64,
}

/// The finest unit that a decimal has.
const UNIT: u64 = 10_u64.pow(Decimal::MAX_DECIMALS as u32);

impl Sum {
    pub(super) const ZERO: Self = Self { whole: 0, fraction: 0 };

    pub(super) const fn plus(self, other: Self) -> Self {
        // Two fractions are less than 2 * 10^18, which fits.
        let fraction = self.fraction + other.fraction;
        let carried = (fraction / UNIT) as u128;
        let whole = self.whole.saturating_add(other.whole).saturating_add(carried);
        Self { whole, fraction: fraction % UNIT }
    }

    /// The difference, or zero where the other is more.
    pub(super) fn less(self, other: Self) -> Self {
        if self <= other {
            return Self::ZERO;
        }
        let borrowed = self.fraction < other.fraction;
        let fraction = if borrowed { self.fraction + UNIT } else { self.fraction } - other.fraction;
        Self { whole: self.whole.saturating_sub(other.whole).saturating_sub(borrowed.into()), fraction }
    }

    pub(super) fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// The sum with so many decimals, or as many as it has, if it fits.
    pub(super) fn to_decimal(self, decimals: u8) -> Option<Decimal> {
        let wanted = decimals..=Decimal::MAX_DECIMALS;
        let fewer = 0..decimals;
        wanted.chain(fewer).find_map(|decimals| self.with_decimals(decimals))
    }

    fn with_decimals(self, decimals: u8) -> Option<Decimal> {
        let dropped = 10_u64.pow(u32::from(Decimal::MAX_DECIMALS.checked_sub(decimals)?));
        if !self.fraction.is_multiple_of(dropped) {
            return None;
        }
        let whole = self.whole.checked_mul(10_u128.pow(decimals.into()))?;
        let digits = whole.checked_add((self.fraction / dropped).into())?;
        Decimal::new(u64::try_from(digits).ok()?, decimals).ok()
    }
}

impl From<Decimal> for Sum {
    fn from(decimal: Decimal) -> Self {
        let one = 10_u64.pow(decimal.decimals().into());
        let finer = 10_u64.pow(u32::from(Decimal::MAX_DECIMALS.saturating_sub(decimal.decimals())));
        // A fraction is less than 1, so in the finest unit it is less than 10^18.
        Self { whole: (decimal.digits() / one).into(), fraction: decimal.digits() % one * finer }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The obvious twin: everything in the finest unit. Two of the largest numbers fit 128 bits.
    fn units(decimal: Decimal) -> u128 {
        u128::from(decimal.digits()) * 10_u128.pow((Decimal::MAX_DECIMALS - decimal.decimals()).into())
    }

    fn decimal() -> impl Strategy<Value = Decimal> {
        (any::<u64>(), 0..=Decimal::MAX_DECIMALS)
            .prop_map(|(digits, decimals)| Decimal::new(digits, decimals).unwrap())
    }

    proptest! {
        #[test]
        fn sums_and_differences_are_exact(a in decimal(), b in decimal(), decimals in 0..=Decimal::MAX_DECIMALS) {
            let (one, other) = (Sum::from(a), Sum::from(b));
            prop_assert_eq!(one.cmp(&other), units(a).cmp(&units(b)));
            prop_assert_eq!(one.to_decimal(decimals), Some(a));
            let sum = one.plus(other);
            prop_assert_eq!(sum.less(other), one);
            prop_assert_eq!(one.less(sum), Sum::ZERO);
            if let Some(sum) = sum.to_decimal(decimals) {
                prop_assert_eq!(units(sum), units(a) + units(b));
            }
            if let Some(less) = one.less(other).to_decimal(decimals) {
                prop_assert_eq!(units(less), units(a).saturating_sub(units(b)));
            }
        }
    }

    #[test]
    fn a_sum_is_written_with_the_decimals_that_are_asked_for() {
        let sum = |text: &str| Sum::from(text.parse::<Decimal>().unwrap());
        for (one, other, decimals, written) in [
            ("1.00", "2", 2, Some("3.00")),
            ("0.5", "0.5", 0, Some("1")),
            ("0.05", "0.5", 0, Some("0.55")),
            ("0", "0", 2, Some("0.00")),
            ("18446744073709551615", "0", 2, Some("18446744073709551615")),
            ("18446744073709551615", "1", 0, None),
        ] {
            let text = sum(one).plus(sum(other)).to_decimal(decimals).map(|sum| sum.to_string());
            assert_eq!(text.as_deref(), written, "{one} {other} {decimals}");
        }
    }
}
