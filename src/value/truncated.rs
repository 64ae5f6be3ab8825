//! A card number of which only the ends are left.

use arrayvec::ArrayString;

use super::rules;
use crate::error::Rule;

text_value! {
    /// A truncated card number, as acquirers give it back: the first six digits, one star or more, the
    /// last four digits (`400000******0002`, `400000****0002`). What is more of a number than that is
    /// refused.
    ///
    /// ```
    /// use cashflows_codec::value::TruncatedCardNumber;
    ///
    /// let number: TruncatedCardNumber = "400000******0002".parse()?;
    /// assert_eq!((number.first_six(), number.last_four()), ("400000", "0002"));
    /// assert!("4000000000000002".parse::<TruncatedCardNumber>().is_err());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[derive(Copy)]
    open TruncatedCardNumber(ArrayString<24>) = "truncated card number", |text| {
        rules::require(is_truncated(text), Rule::FullCardNumber)
    };
}

fn is_truncated(text: &str) -> bool {
    let digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    let Some((first, rest)) = text.as_bytes().split_first_chunk::<6>() else { return false };
    let Some((stars, last)) = rest.split_last_chunk::<4>() else { return false };
    digits(first) && digits(last) && !stars.is_empty() && stars.iter().all(|&byte| byte == b'*')
}

impl TruncatedCardNumber {
    /// The first six digits, which name the issuer.
    #[must_use]
    pub fn first_six(&self) -> &str {
        self.as_str().get(..6).unwrap_or_default()
    }

    /// The last four digits.
    #[must_use]
    pub fn last_four(&self) -> &str {
        let text = self.as_str();
        text.get(text.len().saturating_sub(4)..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_stars_and_four_digits() {
        for right in ["400000******0002", "400000****0002", "400000*0002", "400000**************0002"] {
            assert_eq!(
                right.parse::<TruncatedCardNumber>().map(|number| number.to_string()),
                Ok(right.into())
            );
        }
        for wrong in [
            "",
            "4000000002",
            "4000000000000002",
            "4000001*****0002",
            "40000*******0002",
            "400000******002",
            "400000*****00002",
            "400000XXXXXX0002",
            "400000***************0002",
            "400000*****é0002",
        ] {
            assert!(wrong.parse::<TruncatedCardNumber>().is_err(), "{wrong}");
        }
    }
}
