//! Any bytes, masked: one line, in which no value of a secret parameter stands.
#![no_main]

use cashflows_codec::remote_auth::ParameterName;
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::value::Secrecy;
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
});
