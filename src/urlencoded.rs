//! `application/x-www-form-urlencoded` (WHATWG URL, section 5), read strictly and written without
//! leaving copies behind. Knows bytes and pairs, nothing of any parameter.

mod writer;

pub(crate) use writer::to_body;

use zeroize::Zeroizing;

use crate::error::Rule;
use crate::secret::Secret;

/// The name and value of each pair of a body, still encoded. Empty pairs are skipped; a pair
/// without `=` is a name without a value.
pub(crate) fn pairs(body: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    body.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let mut halves = pair.splitn(2, |&byte| byte == b'=');
        (halves.next().unwrap_or_default(), halves.next().unwrap_or_default())
    })
}

/// Decodes one name or value: it is borrowed where it stands for itself, else written to
/// `scratch`, which has to have capacity for it so that no reallocation leaves a copy behind.
///
/// Where the usual decoders turn an invalid escape into itself and invalid UTF-8 into U+FFFD, this
/// says which of the two it found.
pub(crate) fn decode<'t>(encoded: &'t [u8], scratch: &'t mut Vec<u8>) -> Result<&'t str, Rule> {
    let bytes = if encoded.iter().any(|byte| matches!(byte, b'%' | b'+')) {
        scratch.clear();
        decode_into(encoded, scratch)?;
        scratch
    } else {
        encoded
    };
    core::str::from_utf8(bytes).map_err(|_| Rule::Utf8)
}

/// Decodes one name or value into text of its own, which is wiped.
pub(crate) fn decode_secret(encoded: &[u8]) -> Result<Secret, Rule> {
    let mut scratch = Zeroizing::new(Vec::with_capacity(encoded.len()));
    decode(encoded, &mut scratch).map(Secret::from)
}

/// Appends the decoded bytes. Decoding never lengthens: capacity for `encoded` is enough.
fn decode_into(encoded: &[u8], bytes: &mut Vec<u8>) -> Result<(), Rule> {
    let mut rest = encoded.iter();
    while let Some(&byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|&byte| char::from(byte).to_digit(16));
                let (high, low) = (digit().ok_or(Rule::PercentEscape)?, digit().ok_or(Rule::PercentEscape)?);
                (high * 16 + low) as u8
            }
            byte => byte,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_split_at_the_first_equals_sign() {
        let split = |body: &'static str| -> Vec<(&[u8], &[u8])> { pairs(body.as_bytes()).collect() };
        assert_eq!(split(""), []);
        assert_eq!(split("&&"), []);
        assert_eq!(split("a"), [(&b"a"[..], &b""[..])]);
        assert_eq!(split("a=&b=c=d&=e"), [(&b"a"[..], &b""[..]), (b"b", b"c=d"), (b"", b"e")]);
    }

    #[test]
    fn decoding_is_strict() {
        for (encoded, decoded) in [
            ("", Ok("")),
            ("a+b%20c", Ok("a b c")),
            ("%c3%A9é", Ok("éé")),
            ("%0A", Ok("\n")),
            ("%", Err(Rule::PercentEscape)),
            ("%4", Err(Rule::PercentEscape)),
            ("%zz", Err(Rule::PercentEscape)),
            ("%+1", Err(Rule::PercentEscape)),
            ("%FF", Err(Rule::Utf8)),
            ("%C0%80", Err(Rule::Utf8)),
        ] {
            assert_eq!(decode_secret(encoded.as_bytes()), decoded.map(Secret::from), "{encoded}");
        }
        assert_eq!(decode_secret(b"\xff"), Err(Rule::Utf8));
    }
}
