//! Languages and places.

open_list! {
    /// A locale (section 3). The list is open.
    ///
    /// It is written with `_`; the pages have `en-GB` too, which requests are read with as well.
    Locale = "locale", text;
    /// `en_GB`
    EnGb = "en_GB",
    /// `en_US`
    EnUs = "en_US",
    /// `nl_NL`
    NlNl = "nl_NL",
    /// `es_ES`
    EsEs = "es_ES",
    /// `el_GR`
    ElGr = "el_GR",
}

impl Locale {
    /// Reads either spelling.
    pub(crate) fn with_either_separator(text: &str) -> Self {
        let is_it = |listed: &&Self| {
            let (listed, text) = (listed.as_str().bytes(), text.bytes());
            listed.map(|byte| if byte == b'_' { b'-' } else { byte }).eq(text)
        };
        Self::ALL.iter().find(is_it).cloned().unwrap_or_else(|| text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Unlisted;

    #[test]
    fn a_locale_is_read_with_either_separator() {
        for (text, locale) in [("en_GB", Locale::EnGb), ("en-GB", Locale::EnGb), ("el-GR", Locale::ElGr)] {
            assert_eq!(Locale::with_either_separator(text), locale);
        }
        for unlisted in ["en-gb", "fr-FR", "", "en", "en__GB"] {
            assert_eq!(Locale::with_either_separator(unlisted).as_str(), unlisted);
            assert!(Unlisted::<Locale>::try_from(unlisted).is_ok());
        }
        assert!(Unlisted::<Locale>::try_from("en_GB").is_err());
    }
}
