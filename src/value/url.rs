//! Places that the gateway is told: where to send the shopper, where to notify the merchant.

use core::fmt;

#[cfg(feature = "gateway")]
use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::{MaskedText, rules};
#[cfg(feature = "gateway")]
use crate::error::InvalidValue;
use crate::error::Rule;
use crate::secret::MASK;

text_value! {
    @open
    /// An absolute URL of `http` or `https` (section 3): up to 2,048 visible ASCII characters (the
    /// length is ours), with a host. It is kept as it is. `Debug` shows it as [`MaskedUrl`].
    ///
    /// ```
    /// use cashflows_codec::value::Url;
    ///
    /// assert!("https://www.mywebshop.com?status=success".parse::<Url>().is_ok());
    /// for wrong in ["www.mywebshop.com", "ftp://mywebshop.com", "https://", "https:///path", "https://a b"] {
    ///     assert!(wrong.parse::<Url>().is_err());
    /// }
    /// ```
    Url(Box<str>) = "URL", |text| {
        rules::length(text, 2_048)?;
        rules::require(is_absolute(text), Rule::Url)
    }, shown: |text| MaskedUrl::new(text).to_string()
}

/// The ASCII characters that are percent-encoded beside all that are not ASCII.
#[cfg(feature = "gateway")]
const BLANK: &AsciiSet = &AsciiSet::EMPTY.add(b' ');

impl Url {
    /// A URL of somebody else's request. Blanks around it are no part of it. Behind its host, blanks and characters that are
    /// not ASCII are percent-encoded, as browsers do it.
    #[cfg(feature = "gateway")]
    pub(crate) fn received(text: &str) -> Result<Self, InvalidValue> {
        Self::try_from(text).or_else(|error| {
            let trimmed = text.trim_matches(' ');
            let host = trimmed.find("://").map_or(0, |at| at + "://".len());
            let (before, behind) = trimmed.split_at_checked(host).ok_or(error)?;
            let path = behind.find(['/', '?', '#']).unwrap_or(behind.len());
            let (host, behind) = behind.split_at_checked(path).ok_or(error)?;
            Self::try_from(format!("{before}{host}{}", utf8_percent_encode(behind, BLANK)))
        })
    }
}

/// Returns true if text is an absolute URL of `http` or `https` with a host, whatever its length.
pub(crate) fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    web && !host.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// A URL, fit for a log: scheme, host and port. User, path, query and fragment are masked, since each of them can be a
/// password or open a page. Text that is no URL of `http` or `https` is masked whole.
///
/// ```
/// use cashflows_codec::value::MaskedUrl;
///
/// for (url, shown) in [
///     ("https://shop.test/return/8f2c?key=8f2c#8f2c", "https://shop.test/***"),
///     ("https://user:password@shop.test:8443", "https://***@shop.test:8443"),
///     ("https://shop.test/", "https://shop.test/"),
///     ("shop.test/return", "***"),
/// ] {
///     assert_eq!(MaskedUrl::new(url).to_string(), shown);
/// }
/// ```
#[derive(Clone, Copy)]
pub struct MaskedUrl<'a>(&'a str);

impl<'a> MaskedUrl<'a> {
    /// Shows a URL.
    #[must_use]
    pub const fn new(url: &'a str) -> Self {
        Self(url)
    }
}

impl fmt::Display for MaskedUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((scheme, rest)) = self.0.split_once("://").filter(|_| is_absolute(self.0)) else {
            return f.write_str(MASK);
        };
        // Browsers read a backslash as a slash.
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        write!(f, "{scheme}://")?;
        let host = match authority.rsplit_once('@') {
            Some((_, host)) => {
                write!(f, "{MASK}@")?;
                host
            }
            None => authority,
        };
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        if host.bytes().all(is_host) {
            MaskedText::new(host).fmt(f)?
        } else {
            f.write_str(MASK)?
        }
        match behind {
            "" | "/" => f.write_str(behind),
            _ => write!(f, "/{MASK}"),
        }
    }
}

impl fmt::Debug for MaskedUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaskedUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "gateway")]
    #[test]
    fn received_encodes_as_browsers_do() {
        for (text, read) in [
            ("https://a.test/x?y=%20", "https://a.test/x?y=%20"),
            (" https://a.test/ ", "https://a.test/"),
            ("https://a.test/köln?x=ä b#ü", "https://a.test/k%C3%B6ln?x=%C3%A4%20b#%C3%BC"),
        ] {
            assert_eq!(Url::received(text).as_ref().map(Url::as_str), Ok(read), "{text}");
        }
        for text in [
            "https://köln.test/",
            "https://a b.test/",
            "https://a.test/\n",
            "/köln",
            "köln",
            "ftp://a.test/ä",
            "",
        ] {
            assert!(Url::received(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nothing_but_scheme_host_and_port_is_shown() {
        for (url, shown) in [
            ("https://a.test?secret", "https://a.test/***"),
            ("https://a.test#secret", "https://a.test/***"),
            ("https://a.test\\secret", "https://a.test/***"),
            ("https://a.test/secret@b.test", "https://a.test/***"),
            ("https://secret@secret@a.test/", "https://***@a.test/"),
            ("HTTP://[2001:db8::1]:80/x", "HTTP://[2001:db8::1]:80/***"),
            ("https://a.test;secret/", "https://***/"),
            ("https://a.test%2Fsecret", "https://***"),
            ("https://4000000000000002.test/", "https://400000******0002.test/"),
            ("javascript://a.test/secret", "***"),
            ("https:///secret", "***"),
            ("https://sécret/", "***"),
            ("", "***"),
        ] {
            assert_eq!(MaskedUrl::new(url).to_string(), shown, "{url}");
        }
        let url: Url = "https://a.test/secret".parse().unwrap();
        assert_eq!(format!("{url:?} {url}"), r#"Url("https://a.test/***") https://a.test/secret"#);
        assert_eq!(format!("{:?}", MaskedUrl::new(url.as_str())), "MaskedUrl(https://a.test/***)");
    }
}
