//! The upload of references.

use super::{BatchFinding, Noted};
use crate::error::Rule;
use crate::media::multipart::Boundary;
use crate::value::{OriginalId, rules};

/// The references of transactions on hold, to be released (`onhold-release-submit`, section 7).
///
/// ```
/// use cashflows_codec::remote_auth::batch::Submission;
/// use cashflows_codec::remote_auth::Credentials;
///
/// let credentials = Credentials::new("73".parse()?, "password1234".parse()?);
/// let submission = Submission::new(vec!["01S00001724".parse()?]).with_file_name("today.txt".parse()?);
/// let body = submission.encode(&credentials)?;
/// assert_eq!(body.content_length(), submission.encoded_len(&credentials));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[doc(alias = "hold")]
#[doc(alias = "release")]
pub struct Submission {
    references: Vec<OriginalId>,
    /// How many characters the references have, all together: known once, asked for often.
    characters: usize,
    file_name: FileName,
    boundary: Boundary,
    noted: Noted,
}

impl Submission {
    /// The most bytes that the gateway takes in one request body (section 7): 64 KiB.
    pub const MAX_BYTES: usize = 65_536;

    /// A release of the transactions that have these ids.
    #[must_use]
    pub fn new(references: impl Into<Vec<OriginalId>>) -> Self {
        let references = references.into();
        let characters = characters(&references);
        Self {
            references,
            characters,
            file_name: FileName::default(),
            boundary: Boundary::default(),
            noted: Noted::NONE,
        }
    }

    /// Sets the name of the uploaded file: `releaseRefs.csv`, unless set.
    #[must_use]
    pub fn with_file_name(mut self, file_name: FileName) -> Self {
        self.file_name = file_name;
        self
    }

    /// Sets what separates the parts of the body: `_partBoundary_`, unless set.
    #[must_use]
    pub fn with_boundary(mut self, boundary: Boundary) -> Self {
        self.boundary = boundary;
        self
    }

    /// The ids of the transactions to be released. Each names a transaction.
    #[must_use]
    pub fn references(&self) -> &[OriginalId] {
        &self.references
    }

    /// How many characters the ids have, all together.
    pub(crate) const fn characters(&self) -> usize {
        self.characters
    }

    /// The name of the uploaded file.
    #[must_use]
    pub const fn file_name(&self) -> &FileName {
        &self.file_name
    }

    /// The separator of the parts of the body.
    #[must_use]
    pub const fn boundary(&self) -> &Boundary {
        &self.boundary
    }

    /// Lists what is malformed in the upload and decides nothing: a byte order mark, a header row, empty
    /// lines. An upload that was not read has no findings.
    #[must_use]
    pub fn findings(&self) -> Vec<BatchFinding> {
        self.noted.findings()
    }

    pub(crate) fn with_noted(mut self, noted: Noted) -> Self {
        self.noted = noted;
        self
    }

    /// The same upload of other references.
    pub(crate) fn of(&self, references: &[OriginalId]) -> Self {
        Self {
            references: references.to_vec(),
            characters: characters(references),
            file_name: self.file_name.clone(),
            boundary: self.boundary.clone(),
            noted: Noted::NONE,
        }
    }
}

fn characters(references: &[OriginalId]) -> usize {
    references.iter().map(|reference| reference.as_str().len()).sum()
}

text_value! {
    /// The name under which the references are uploaded (section 7): at most 255 bytes that end in
    /// `.csv` or `.txt`, in any case, and are more than that, without `/`, `\`, `"` and control characters, so
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
    foreign FileName(Box<str>) = "file name", |text| {
        rules::text(text, FileName::MAX)?;
        rules::require(text.len() <= FileName::MAX, Rule::TooLong { max: FileName::MAX })?;
        let stem = FileName::stem(text, FileName::CSV).or_else(|| FileName::stem(text, FileName::TXT));
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
        if Self::stem(self.as_str(), Self::CSV).is_some() { "text/csv" } else { "text/plain" }
    }

    /// The name without an ending in any case.
    fn stem<'a>(name: &'a str, ending: &str) -> Option<&'a str> {
        let (stem, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
        end.eq_ignore_ascii_case(ending).then_some(stem)
    }
}

impl Default for FileName {
    fn default() -> Self {
        Self("releaseRefs.csv".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_name_is_plain_and_ends_in_csv_or_txt() {
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
            ("RELEASE.CSV", None),
            ("refs.Txt", None),
            (".CSV", Some(Rule::FileName)),
            ("refsCSV", Some(Rule::FileName)),
            ("ré.csv", None),
            ("é", Some(Rule::FileName)),
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
        for (name, media_type) in [("a.CSV", "text/csv"), ("a.csv", "text/csv"), ("a.csv.TXT", "text/plain")]
        {
            assert_eq!(FileName::try_from(name).map(|name| name.media_type()), Ok(media_type), "{name}");
        }
    }

    #[test]
    fn default_file_name_is_valid() {
        assert!(FileName::check(FileName::default().as_str()).is_ok());
    }
}
