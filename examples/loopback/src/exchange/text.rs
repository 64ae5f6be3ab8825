//! Text of others, fit to be shown.

use cashflows_codec::value::MaskedText;

/// How much of one text is shown.
const LONGEST: usize = 6_000;

/// Text without card numbers in it, and not too long.
pub(crate) fn masked(text: &str) -> String {
    shortened(MaskedText::new(text).to_string())
}

/// What fits, which has been masked before: half a card number is not found any more.
pub(super) fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A URL without the values of its query, which may be anything: the `ref` of a payment page opens it.
pub(crate) fn masked_url(url: &str) -> String {
    match url.split_once('?') {
        Some((place, query)) => {
            let names = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
            let shown: Vec<String> = names.map(|name| format!("{name}=***")).collect();
            masked(&format!("{place}?{}", shown.join("&")))
        }
        None => masked(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_and_card_numbers_are_not_shown() {
        assert_eq!(masked_url("http://a.test/payment?ref=0123&x"), "http://a.test/payment?ref=***&x=***");
        assert_eq!(masked("4000000000000002"), "400000******0002");
        assert_eq!(masked(&"ä".repeat(LONGEST + 1)).chars().count(), LONGEST + 1);
    }
}
