//! Text of others, fit to be shown.

use cashflows_codec::value::{MaskedText, MaskedUrl};

/// How much of one text is shown.
const LONGEST: usize = 6_000;

/// Text without card numbers in it, and not too long.
pub(crate) fn masked(text: &str) -> String {
    shortened(MaskedText::new(text).to_string())
}

/// A reference, an order number or another id without card numbers in it, and not too long.
pub(crate) fn masked_reference(text: &str) -> String {
    shortened(MaskedText::reference(text).to_string())
}

/// What fits, which has been masked before: half a card number is not found any more.
pub(super) fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// The host of a URL, or a path without the values of its query, which may be anything: the `ref` of a payment page
/// opens it.
pub(crate) fn masked_url(url: &str) -> String {
    if url.contains("://") {
        return shortened(MaskedUrl::new(url).to_string());
    }
    match url.split_once('?') {
        Some((place, query)) => {
            let names = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default());
            let shown: Vec<String> = names.map(|name| format!("{name}=***")).collect();
            masked_reference(&format!("{place}?{}", shown.join("&")))
        }
        None => masked_reference(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_and_card_numbers_are_not_shown() {
        assert_eq!(masked_url("http://a.test/payment?ref=0123&x"), "http://a.test/***");
        assert_eq!(masked_url("/payment?ref=0123&x"), "/payment?ref=***&x=***");
        for place in ["/payment-jobs/100000000000000024", "/pay/01a22e0d-1328-7020-8123-45876b723d67"] {
            assert_eq!(masked_url(place), place);
        }
        assert_eq!(masked_url("/payment-jobs/4000000000000002"), "/payment-jobs/400000******0002");
        assert_eq!(masked_reference("100000000000000024"), "100000000000000024");
        assert_eq!(masked_reference("4000000000000002"), "400000******0002");
        assert_eq!(masked("4000000000000002"), "400000******0002");
        assert_eq!(masked(&"ä".repeat(LONGEST + 1)).chars().count(), LONGEST + 1);
    }
}
