//! Strategies for requests: any that can be built, and bodies that resemble one.

use cashflows_codec::remote_auth::{Credentials, Parameter, Request};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::requests;
use super::source::Source;

/// Any request.
pub fn request() -> BoxedStrategy<Request> {
    input().prop_map(|input| requests::request(&mut Source::new(&input))).boxed()
}

/// Any credentials.
pub fn credentials() -> BoxedStrategy<Credentials> {
    input().prop_map(|input| requests::credentials(&mut Source::new(&input))).boxed()
}

/// Inputs of a [`Source`], with as many choices and texts as a request may take.
fn input() -> impl Strategy<Value = Vec<u8>> {
    // A text that is too short is filled up with a letter, so zeros can occur anywhere by chance.
    let text = prop_oneof!["[1-9][0-9]{11,19}", "[!-~]{12,40}", "\\PC{12,40}", "(?s).{12,40}"];
    (vec(0..Source::END, 0..100), vec(text, 60)).prop_map(|(mut input, texts)| {
        for text in texts {
            input.push(Source::END);
            input.extend(text.into_bytes());
        }
        input
    })
}

/// Any bytes that resemble a form.
pub fn formlike() -> BoxedStrategy<Vec<u8>> {
    let names: Vec<&'static str> = Parameter::ALL.iter().map(|parameter| parameter.as_str()).collect();
    let value = prop_oneof![
        Just("sale".to_owned()),
        Just("ecom".to_owned()),
        Just("true".to_owned()),
        Just("1".to_owned()),
        "[0-9]{0,19}",
        "[ -~]{0,20}",
        "%[0-9a-f]{2}",
    ];
    let pair = (select(names), value).prop_map(|(name, value)| format!("{name}={value}"));
    vec(pair, 0..20).prop_map(|pairs| pairs.join("&").into_bytes()).boxed()
}
