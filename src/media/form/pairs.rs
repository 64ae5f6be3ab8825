//! Cuts a body into pairs.

use serde::Deserialize;

use crate::scan::before;

/// One pair of a body, still encoded. Only tests may print it: its value may be a secret.
#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(crate) struct Pair<'b> {
    pub(crate) name: &'b str,
    pub(crate) value: Encoded<'b>,
    /// True if the value stands for itself.
    pub(crate) plain: bool,
}

/// A value that is still encoded, with the `=` that stands before it; where there is none, nothing.
#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug, PartialEq, Eq))]
pub(crate) struct Encoded<'b>(&'b str);

impl<'b> Encoded<'b> {
    #[inline]
    pub(crate) fn as_str(self) -> &'b str {
        self.0.get("=".len()..).unwrap_or("")
    }

    /// Decodes a value that is known to be well-formed and that is not secret: the general decoder
    /// leaves copies on the heap.
    pub(crate) fn decode(self) -> String {
        // With its `=` a value is a form: of one parameter, which has no name.
        #[derive(Deserialize)]
        struct Form {
            #[serde(rename = "")]
            value: String,
        }
        let read = serde_urlencoded::from_str(self.0);
        debug_assert!(read.is_ok(), "there is an = and no &");
        read.map(|Form { value }| value).unwrap_or_default()
    }
}

/// The pairs of a body. Empty ones are skipped; a pair without `=` is a name without a value.
pub(crate) struct Pairs<'b>(&'b str);

impl<'b> Pairs<'b> {
    pub(crate) const fn of(body: &'b str) -> Self {
        Self(body)
    }
}

impl<'b> Iterator for Pairs<'b> {
    type Item = Pair<'b>;

    // A pair that is returned through memory is waited for there.
    #[inline(always)]
    fn next(&mut self) -> Option<Pair<'b>> {
        let body = self.0.trim_start_matches('&');
        if body.is_empty() {
            return None;
        }
        let (name, after) = split_before(body, [b'=', b'&']);
        let (mut value, mut rest) = split_before(after, [b'&', b'%', b'+']);
        let plain = !rest.starts_with(['%', '+']);
        if !plain {
            let more;
            (more, rest) = split_before(rest, [b'&']);
            value = after.get(..value.len() + more.len()).unwrap_or(after);
        }
        self.0 = rest;
        Some(Pair { name, value: Encoded(value), plain })
    }
}

/// Splits text before the first of some ASCII characters.
#[inline]
fn split_before<const N: usize>(text: &str, stops: [u8; N]) -> (&str, &str) {
    text.split_at_checked(before(text.as_bytes(), stops)).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The obvious way to cut a body.
    fn obvious(body: &str) -> Vec<Pair<'_>> {
        let pair = |pair| {
            let (name, value) = str::split_at(pair, pair.find('=').unwrap_or(pair.len()));
            Pair { name, value: Encoded(value), plain: !value.contains(['%', '+']) }
        };
        body.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
    }

    proptest! {
        #[test]
        fn bodies_are_cut_as_the_obvious_way_cuts_them(
            body in prop_oneof!["[a=&%+é]{0,40}", "([a-z_]{0,20}=[ -~]{0,20}&){0,5}", any::<String>()],
        ) {
            prop_assert_eq!(Pairs::of(&body).collect::<Vec<_>>(), obvious(&body));
        }
    }

    #[test]
    fn pairs_are_split_at_the_first_equals_sign() {
        let split = |body| Pairs::of(body).map(|pair| (pair.name, pair.value.as_str())).collect::<Vec<_>>();
        assert_eq!(split(""), []);
        assert_eq!(split("&&"), []);
        assert_eq!(split("a"), [("a", "")]);
        assert_eq!(split("a=&b=c=d&=e"), [("a", ""), ("b", "c=d"), ("", "e")]);
    }
}
