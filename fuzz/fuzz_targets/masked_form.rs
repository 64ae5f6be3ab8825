//! Any bytes, masked: one line without the value of a secret parameter, with any separators of parameters.
#![no_main]

use cashflows_codec::remote_auth::ParameterName;
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::value::{MaskedText, Secrecy};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let masked = MaskedForm::new(data);
    for form in [masked, masked.with_personal_data()] {
        assert!(!form.to_string().chars().any(char::is_control));
        for (name, shown) in form.parameters() {
            let secrecy = match name {
                ParameterName::Known(parameter) => parameter.secrecy(),
                ParameterName::Unlisted(_) => Secrecy::Hidden,
            };
            let digits = shown.bytes().filter(u8::is_ascii_digit).count();
            assert!(secrecy != Secrecy::Hidden || shown == "***");
            assert!(secrecy != Secrecy::Number || digits <= 10);
        }
    }
    let mut personal = masked.parameters().filter(|(name, _)| match name {
        ParameterName::Known(parameter) => parameter.secrecy().is_personal(),
        ParameterName::Unlisted(_) => false,
    });
    assert!(personal.all(|(_, shown)| shown.contains('*')));
    assert_eq!(format!("{masked:?}"), format!("{:?}", masked.with_personal_data()));
    behind_another_value(data);
    behind_a_number(data);
});

/// A security code and a password after any text are masked.
fn behind_another_value(data: &[u8]) {
    let decoded = percent_decoded(data);
    for open in ["auth_id=1200021", "tran_ref=cart", "tran_desc=Tea", "cust_name=Luke", "tran_amount=1.00"] {
        let behind = [
            open.as_bytes(),
            data,
            b"card_cvv=\xc2\xa77391\xc2\xa7",
            data,
            b"auth_pass=\xc2\xa7pass\xc2\xa7",
        ];
        let body = behind.concat();
        let masked = MaskedForm::new(&body);
        for form in [masked, masked.with_personal_data()] {
            let shown = form.to_string();
            let is_in_data = |secret: &str| {
                [data, &decoded]
                    .iter()
                    .any(|data| data.windows(secret.len()).any(|part| part == secret.as_bytes()))
            };
            for secret in ["§7391", "§pass"] {
                assert!(!shown.contains(secret) || is_in_data(secret), "{shown}");
            }
        }
    }
}

/// The middle of a card number is masked, with any text before and after it.
fn behind_a_number(data: &[u8]) {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let (before, behind) = text.split_at(text.floor_char_boundary(text.len() / 2));
    let shown: Vec<char> =
        MaskedText::new(&format!("{before}4510400400099005{behind}")).to_string().chars().collect();
    let start = before.chars().count();
    assert!(shown.iter().skip(start + 6).take(6).all(|&shown| shown == '*'));
}

/// The bytes with each percent escape as the byte that it stands for.
fn percent_decoded(data: &[u8]) -> Vec<u8> {
    let (mut decoded, mut rest) = (Vec::new(), data);
    while let [first, behind @ ..] = rest {
        let digits =
            behind.get(..2).filter(|_| *first == b'%').and_then(|digits| core::str::from_utf8(digits).ok());
        let escaped = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { behind.get(2..).unwrap_or_default() } else { behind };
    }
    decoded
}
