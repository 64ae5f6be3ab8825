//! A payment link as a QR code.

use qrcode::QrCode;
use qrcode::render::svg;

/// The picture of a text, black on white in any colour scheme, since cameras expect that.
pub(super) fn svg(text: &str) -> Option<String> {
    let code = QrCode::new(text).ok()?;
    let mut picture = code.render::<svg::Color<'_>>();
    picture.min_dimensions(240, 240).dark_color(svg::Color("#000")).light_color(svg::Color("#fff"));
    Some(picture.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_draws_links_of_all_lengths() {
        let link = format!("https://gateway-int.cashflows.com/payment?ref={}", "4a".repeat(48));
        let picture = svg(&link).unwrap();
        assert!(picture.contains("<svg") && picture.contains("#000"), "{picture}");
        assert_ne!(svg("another"), Some(picture));
        assert_eq!(svg(&"x".repeat(10_000)), None);
    }
}
