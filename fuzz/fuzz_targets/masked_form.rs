//! Any bytes, masked: one line, in which no value of a secret parameter stands.
#![no_main]

use cashflows_codec::remote_auth::request::MaskedForm;
use libfuzzer_sys::fuzz_target;

const HIDDEN: [&str; 5] = ["auth_pass", "card_token", "card_cvv", "card_tavv", "acs_cavv"];

fuzz_target!(|data: &[u8]| {
    let masked = MaskedForm::new(data);
    assert!(!masked.to_string().chars().any(char::is_control));
    for (name, shown) in masked.parameters() {
        let name = name.to_string();
        assert!(!HIDDEN.contains(&name.as_str()) || shown == "***", "{name}");
        let digits = shown.bytes().filter(u8::is_ascii_digit).count();
        assert!(name != "card_num" || digits <= 10);
    }
});
