//! What the bodies of a batch release carry (section 7).

mod words;

use arrayvec::ArrayString;

use crate::error::Rule;
use crate::remote_auth::batch::parameter::BatchParameter;
use crate::value::rules;
pub(crate) use words::ResultWord;
pub use words::{
    AttachedType, BatchStatus, Refusal, RowResult, UnlistedAttachedType, UnlistedResult, UnlistedRowResult,
    UnlistedStatus,
};

text_value! {
    /// The number by which the gateway knows a batch: 1 to 20 digits (`batch_id`, section 7; the
    /// length is ours).
    #[derive(Copy)]
    open BatchId(ArrayString<20>) =
        BatchParameter::BatchId.as_str(), |text| rules::digits(text, 1, 20);
}

#[cfg(feature = "simulator")]
impl BatchId {
    /// A number has at most 20 digits.
    pub(crate) fn from_number(number: u64) -> Self {
        use core::fmt::Write;
        let mut digits = ArrayString::new();
        let fits = write!(digits, "{number}");
        debug_assert!(fits.is_ok(), "more than 20 digits");
        Self(digits)
    }
}

text_value! {
    /// The name under which the references are uploaded (section 7): at most 255 bytes that end in
    /// `.csv` or `.txt` and are more than that, without `/`, `\`, `"` and control characters, so
    /// that it is no path and stays within its header.
    ///
    /// The default is the documented `releaseRefs.csv`.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::batch::FileName;
    ///
    /// assert_eq!("refs.txt".parse::<FileName>()?.media_type(), "text/plain");
    /// assert_eq!(FileName::default().media_type(), "text/csv");
    /// assert!("../refs.csv".parse::<FileName>().is_err());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    open FileName(Box<str>) = "file name", |text| {
        rules::text(text, FileName::MAX)?;
        rules::require(text.len() <= FileName::MAX, Rule::TooLong { max: FileName::MAX })?;
        let stem = text.strip_suffix(FileName::CSV).or_else(|| text.strip_suffix(FileName::TXT));
        let plain = |stem: &str| !stem.is_empty() && !stem.contains(['/', '\\', '"']);
        rules::require(stem.is_some_and(plain), Rule::FileName)
    };
}

impl FileName {
    const MAX: usize = 255;
    const CSV: &'static str = ".csv";
    const TXT: &'static str = ".txt";

    /// The type of the file: `text/csv`, or `text/plain` for a `.txt` name.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        if self.as_str().ends_with(Self::CSV) { "text/csv" } else { "text/plain" }
    }
}

impl Default for FileName {
    fn default() -> Self {
        Self("releaseRefs.csv".into())
    }
}

text_value! {
    /// What separates the parts of a multipart body (RFC 2046, section 5.1.1): 1 to 70 ASCII
    /// letters, digits, spaces and `'()+_,-./:=?`, the last one not a space.
    ///
    /// The default is the documented `_partBoundary_`.
    open Boundary(Box<str>) = "boundary", |text| {
        let right = (1..=70).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" '()+_,-./:=?".contains(&byte))
            && !text.ends_with(' ');
        rules::require(right, Rule::Boundary)
    };
}

impl Boundary {
    pub(crate) const DOCUMENTED: &'static str = "_partBoundary_";
}

impl Default for Boundary {
    fn default() -> Self {
        Self(Self::DOCUMENTED.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_end_in_csv_or_txt() {
        let long = "x".repeat(252);
        for (name, rule) in [
            ("releaseRefs.csv", None),
            ("a.txt", None),
            ("two words; name=x.csv", None),
            ("été.csv", None),
            ("..csv", None),
            ("", Some(Rule::Empty)),
            (".csv", Some(Rule::FileName)),
            ("refs", Some(Rule::FileName)),
            ("refs.CSV", Some(Rule::FileName)),
            ("refs.csv.exe", Some(Rule::FileName)),
            ("a/b.csv", Some(Rule::FileName)),
            ("a\\b.csv", Some(Rule::FileName)),
            ("a\"b.csv", Some(Rule::FileName)),
            ("a\rb.csv", Some(Rule::ControlCharacter)),
            ("a\nb.csv", Some(Rule::ControlCharacter)),
            ("a\tb.csv", Some(Rule::ControlCharacter)),
            (&format!("{long}.csv"), Some(Rule::TooLong { max: 255 })),
            (&format!("é{}.csv", &long[2..]), Some(Rule::TooLong { max: 255 })),
        ] {
            assert_eq!(FileName::check(name).err(), rule, "{name}");
        }
        assert!(FileName::check(&format!("{}.csv", &long[1..])).is_ok());
    }

    #[test]
    fn boundaries_are_those_of_rfc_2046() {
        let long = "b".repeat(71);
        for right in ["a", "_partBoundary_", "remote_batch-4C4106B0", "a b'()+_,-./:=?", " a", &long[1..]] {
            assert!(Boundary::check(right).is_ok(), "{right}");
        }
        for wrong in ["", " ", "a ", "a\"b", "a;b", "a*b", "a\r\nb", "é", &long] {
            assert_eq!(Boundary::check(wrong), Err(Rule::Boundary), "{wrong}");
        }
    }

    #[test]
    fn the_defaults_are_valid() {
        assert!(FileName::check(FileName::default().as_str()).is_ok());
        assert!(Boundary::check(Boundary::default().as_str()).is_ok());
    }
}
