//! Nothing that can be printed shows a secret: `Debug` and `Display` of everything, errors with
//! their sources, masked bodies. Run in the dev and the release profile.

#[macro_use]
mod support;

use core::error::Error;
use core::fmt::{Debug, Display};

use cashflows_codec::gateway::ApiKey;
use cashflows_codec::hosted_page::{AccessToken, AccountPassword, SessionApiKey, SessionId};
use cashflows_codec::remote_auth::ReturnFlags;
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::remote_auth::request::RequestError;
use cashflows_codec::remote_auth::response::Extras;
use cashflows_codec::remote_auth::*;
use cashflows_codec::remote_auth::{Parameter, Request, Response};
use cashflows_codec::value::*;
use proptest::prelude::*;
use support::secrets::*;

/// Fails if `shown` has a secret in it, plain or encoded.
fn harmless(shown: &str) {
    for secret in PIECES {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

fn harmless_debug(value: &impl Debug) {
    harmless(&format!("{value:?}"));
    harmless(&format!("{value:#?}"));
}

fn harmless_display(value: &(impl Debug + Display)) {
    harmless_debug(value);
    harmless(&format!("{value} {value:>60}"));
}

fn harmless_error(error: &(dyn Error + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        harmless(&format!("{error} {error:?} {error:#?}"));
        next = error.source();
    }
}

#[test]
fn values_do_not_show_themselves() {
    macro_rules! shown {
        ($Value:ident, $good:expr, $bad:expr) => {{
            harmless_debug(&value::<$Value>($good));
            harmless_error(&value_error::<$Value>(&$bad));
            stringify!($Value).to_owned()
        }};
    }
    assert_eq!(secret_values!(shown).to_vec(), secret_values_in("src"), "the registry of the tests");
    harmless_display(&value::<CardNumber>(NUMBER));
    harmless_debug(&credentials());
}

/// The names of the values that the sources define as secret: `masked Cvv = …`.
fn secret_values_in(folder: &str) -> Vec<String> {
    let name = |line: &str| match line.split_whitespace().collect::<Vec<_>>()[..] {
        ["secret" | "masked", name, "=", ..] if !name.starts_with('$') => Some(name.to_owned()),
        _ => None,
    };
    let mut names = Vec::new();
    for path in files_below(folder.as_ref()) {
        names.extend(std::fs::read_to_string(path).unwrap().lines().filter_map(name));
    }
    names.sort();
    names
}

fn files_below(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// Whoever adds a parameter says here whether it may be shown.
#[test]
fn every_parameter_is_shown_or_masked_on_purpose() {
    let hidden = ["auth_pass", "card_token", "card_cvv", "card_tavv", "acs_cavv"];
    let open = "auth_id card_expiry card_start card_issue cust_name cust_address cust_postcode cust_country cust_ip \
        cust_email cust_tel ewallet ewallet_type tran_ref tran_desc tran_amount tran_currency tran_testmode tran_type \
        tran_class tran_orig_id scheme_transaction_id tran_recurrence using_stored_credentials \
        SCA_exemption_indicator network_token card_payment_account_reference acs_3dsversion acs_eci acs_dstransid \
        acs_xid gateway_id_mc primary_recipient_dob primary_recipient_surname primary_recipient_postcode \
        primary_recipient_account_number retry_number descriptor return_token return_acq_ref \
        return_scheme_transaction_id security_hash submit";
    for parameter in Parameter::ALL {
        let shown = MaskedForm::new(format!("{parameter}=3141592653580").as_bytes()).to_string();
        let value = match parameter.as_str() {
            "card_num" => "314159***3580",
            name if hidden.contains(&name) => "***",
            name => {
                assert!(
                    open.split_whitespace().any(|open| open == name),
                    "{name}: open, hidden or a number?"
                );
                "3141592653580"
            }
        };
        assert_eq!(shown, format!("{parameter}={value}"));
    }
}

#[test]
fn requests_and_bodies_do_not_show_secrets() {
    let mut seen = String::new();
    for request in requests() {
        harmless_debug(&request);
        let body = request.encode(&credentials());
        harmless_debug(&body);
        harmless_display(&MaskedForm::new(body.as_bytes()));
        let decoded = Request::decode(body.as_bytes()).unwrap();
        harmless_debug(&decoded);
        seen += core::str::from_utf8(body.as_bytes()).unwrap();
    }
    // The test has its secrets in every parameter that is one.
    for parameter in [
        Parameter::AuthPass,
        Parameter::CardNum,
        Parameter::CardToken,
        Parameter::CardCvv,
        Parameter::CardTavv,
        Parameter::AcsCavv,
    ] {
        assert!(seen.contains(&format!("{parameter}=")), "{parameter}");
    }
}

/// A body that is wrong in every secret, and in which secrets stand where none belong.
#[test]
fn errors_do_not_show_what_they_refuse() {
    let long = |secret: &str| secret.repeat(40);
    let bodies = [
        format!("auth_pass={}", long("pa55")),
        format!(
            "card_num={NUMBER}x&card_token={}&card_cvv={CVV}1&card_tavv={TAVV}0&acs_cavv={CAVV}0",
            long(TOKEN)
        ),
        format!("card_num={NUMBER}&card_num={NUMBER}&card_cvv={CVV}&card_cvv={CVV}"),
        format!("card_num={NUMBER}%&card_cvv={CVV}%zz&auth_pass=pa55%FF&card_token={TOKEN}%C0%80"),
        format!("{NUMBER}&{NUMBER}={NUMBER}%zz&card_num%3D{NUMBER}&card_num%3D{NUMBER}=%"),
        format!(
            "cust_country={NUMBER}&tran_amount={NUMBER}&cust_ip={NUMBER}&cust_email={NUMBER}&descriptor={NUMBER}"
        ),
        format!("primary_recipient_dob=1&primary_recipient_account_number={NUMBER}"),
    ];
    for body in bodies {
        let error = Request::decode(body.as_bytes()).unwrap_err();
        harmless_error(&error);
        harmless_display(&MaskedForm::new(body.as_bytes()));
        let RequestError::Parameters(errors) = error else { panic!("a limit") };
        for error in errors {
            harmless_error(&error);
            harmless_display(error.parameter());
        }
    }
    // Where a secret stands in the place of a word, only a card number can be told from one.
    let misplaced = format!(
        "tran_type={TOKEN}&tran_class={CVV}&tran_recurrence={PASSWORD}&acs_eci={CVV}&ewallet={TOKEN}"
    );
    harmless_error(&Request::decode(misplaced.as_bytes()).unwrap_err());
}

fn value_error<T: TryFrom<String>>(text: &str) -> T::Error {
    T::try_from(text.to_owned()).err().unwrap()
}

#[test]
fn responses_do_not_show_tokens() {
    let line = format!("A|01S00001724|232|031971|Authorised|74698692333601146452212|{TOKEN}");
    let response = Response::decode(line.as_bytes()).unwrap();
    harmless_debug(&response);
    let resolved =
        response.extras().resolve(ReturnFlags::none().with_acquirer_reference().with_token()).unwrap();
    assert_eq!(resolved.token.as_ref().map(CardToken::secret_str), Some(TOKEN));
    harmless_debug(&resolved);
    harmless_error(&response.extras().resolve(ReturnFlags::none()).unwrap_err());
    harmless_error(&Extras::new([format!("{TOKEN}|")]).unwrap_err());
    for unreadable in
        [format!("A|{TOKEN}|232"), NUMBER.to_owned(), format!("A|01S1|{CVV}|x|{NUMBER}\n{TOKEN}")]
    {
        harmless_error(&Response::decode(unreadable.as_bytes()).unwrap_err());
    }
}

/// A log line cannot be forged by a value, and a card number in the wrong place is masked.
#[test]
fn a_masked_form_is_one_harmless_line() {
    for (body, shown) in [
        ("cust_name=a%0Ab%1B[31m", r"cust_name=a\nb\u{1b}[31m"),
        ("cust_name=4929918273645546", "cust_name=4929918273645546"),
        ("cust_name=my+4000000000000002!", "cust_name=my 400000******0002!"),
        ("cust_name=my+4000+0000+0000+0002!", "cust_name=my 400000******0002!"),
        ("cust_name=4000-0000-0000-0002+0", "cust_name=400000******0002 0"),
        ("cust_name=4000000000000002+3", "cust_name=400000******0002 3"),
        ("cust_name=1+4000000000000002", "cust_name=1 400000******0002"),
        ("cust_tel=%2B44+20+7946+0958+-", "cust_tel=+44 20 7946 0958 -"),
        ("tran_ref=12345678901234", "tran_ref=12345678901234"),
        ("card%5Fcvv=7391", "card_cvv=***"),
        ("card_num=12345", "card_num=***"),
        ("<html>", ""),
        ("<html>=x", "…=***"),
        ("auth_pass", ""),
        ("", ""),
    ] {
        let form = MaskedForm::new(body.as_bytes());
        assert_eq!(form.to_string(), shown, "{body}");
        assert_eq!(format!("{form:?}"), format!("MaskedForm({shown})"), "{body}");
    }
}

proptest! {
    /// Long secrets are searched for as they are; a security code is too short for that, so its
    /// mask is.
    #[test]
    fn no_request_shows_its_secrets(
        request in support::requests::request(),
        credentials in support::requests::credentials(),
    ) {
        let body = request.encode(&credentials);
        let decoded = Request::decode(body.as_bytes()).unwrap();
        let shown = [format!("{request:?}"), format!("{request:#?}"), format!("{body:?}"), format!("{decoded:?}")];
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body.as_bytes()).unwrap();
        for (name, secret) in pairs {
            let secret_names = ["auth_pass", "card_num", "card_token", "card_cvv", "card_tavv", "acs_cavv"];
            if !secret_names.contains(&name.as_str()) {
                continue;
            }
            let masked = format!("{name}=***");
            prop_assert!(shown[2].contains(&masked) || name == "card_num");
            if secret.len() > 11 {
                prop_assert!(shown.iter().all(|shown| !shown.contains(&secret)), "{}", name);
            }
        }
    }

    #[test]
    fn any_bytes_can_be_masked(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let shown = MaskedForm::new(&body).to_string();
        prop_assert!(!shown.chars().any(char::is_control));
    }
}

#[test]
fn no_call_of_the_gateway_shows_its_secrets() {
    use cashflows_codec::gateway::Signature;
    use cashflows_codec::gateway::incoming::{CallHeaders, IncomingCall};

    for call in support::gateway::calls() {
        harmless_debug(&call);
        let signed = call.sign(&support::gateway::credentials());
        harmless_debug(&signed);
        assert!(!format!("{signed:?}").contains(signed.signature().secret_str()));
    }
    harmless_debug(&support::gateway::credentials());
    let keys = support::gateway::keys();
    let received = |path: &str, body: &[u8]| {
        let signature = Signature::of(&keys[0], body);
        let hash = ("Hash", signature.secret_str().as_bytes());
        let headers = [("ConfigurationId", b"1".as_slice()), hash, ("Content-Type", b"application/json")];
        let headers = CallHeaders::read(headers).unwrap();
        harmless_debug(&headers);
        match IncomingCall::decode("POST", path, &headers, body, &keys) {
            Ok(call) => harmless_debug(&call),
            Err(error) => harmless_error(&error),
        }
    };
    for (path, body) in support::gateway::bodies() {
        received(&path, &body);
        for place in 0..body.len() {
            // A quote in the wrong place makes names of values.
            let mut broken = body.clone();
            broken[place] = b'"';
            received(&path, &broken);
            received(&path, &body[..place]);
        }
    }
}
