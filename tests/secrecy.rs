//! Nothing that can be printed shows a secret or what is personal: `Debug` and `Display` of everything,
//! errors with their sources, masked bodies. Run in the dev and the release profile.

#[macro_use]
mod support;

use core::error::Error;
use core::fmt::{Debug, Display};

use cashflows_codec::gateway::ApiKey;
use cashflows_codec::hosted_page::{AccessToken, AccountPassword, SessionApiKey, SessionId};
use cashflows_codec::remote_auth::ReturnFlags;
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::remote_auth::request::RequestError;
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
        ($Value:ident, $good:expr, $bad:expr, $shown:expr) => {{
            let masked = format!("{}({})", stringify!($Value), $shown);
            assert_eq!(format!("{:?}", value::<$Value>($good)), masked);
            assert_eq!(value::<$Value>($good).as_str(), $good);
            shown!($Value, $good, $bad)
        }};
    }
    let registry = "the registry of the tests";
    assert_eq!(secret_values!(shown).to_vec(), values_in("src", &["secret", "masked"]), "{registry}");
    assert_eq!(personal_values!(shown).to_vec(), values_in("src", &["personal"]), "{registry}");
    harmless_display(&value::<CardNumber>(NUMBER));
    harmless_debug(&credentials());
    harmless_debug(&customer());
    harmless_debug(&recipient());
}

/// The names of the values that the sources define to be of a kind: `masked Cvv = …`, `personal Email
/// as Email = …`.
fn values_in(folder: &str, kinds: &[&str]) -> Vec<String> {
    let name = |line: &str| match line.split_whitespace().collect::<Vec<_>>()[..] {
        [kind, name, "=" | "as", ..] if kinds.contains(&kind) && !name.starts_with('$') => {
            Some(name.to_owned())
        }
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

/// Whoever adds a parameter says here how it may be shown.
const SHOWN: [(Secrecy, &str); 11] = [
    (
        Secrecy::Open,
        "auth_id card_expiry card_start card_issue cust_country ewallet ewallet_type tran_ref tran_desc tran_amount \
        tran_currency tran_testmode tran_type tran_class tran_orig_id scheme_transaction_id tran_recurrence \
        using_stored_credentials SCA_exemption_indicator network_token card_payment_account_reference acs_3dsversion \
        acs_eci acs_dstransid acs_xid gateway_id_mc retry_number descriptor return_token return_acq_ref \
        return_scheme_transaction_id security_hash submit",
    ),
    (Secrecy::Number, "card_num"),
    (Secrecy::Hidden, "auth_pass card_token card_cvv card_tavv acs_cavv"),
    (Secrecy::Name, "cust_name primary_recipient_surname"),
    (Secrecy::Address, "cust_address"),
    (Secrecy::Postcode, "cust_postcode primary_recipient_postcode"),
    (Secrecy::Email, "cust_email"),
    (Secrecy::Telephone, "cust_tel"),
    (Secrecy::IpAddress, "cust_ip"),
    (Secrecy::DateOfBirth, "primary_recipient_dob"),
    (Secrecy::Account, "primary_recipient_account_number"),
];

fn secrecy_in(table: &[(Secrecy, &str)], name: &str) -> Option<Secrecy> {
    table.iter().find(|(_, names)| names.split_whitespace().any(|listed| listed == name)).map(|row| row.0)
}

#[test]
fn every_parameter_is_shown_or_masked_on_purpose() {
    const TEXT: &str = "3141592653589";
    for parameter in Parameter::ALL {
        let name = parameter.as_str();
        assert_eq!(Some(parameter.secrecy()), secrecy_in(&SHOWN, name), "{name}");
        let (masked, personal) = match parameter.secrecy() {
            Secrecy::Open => (TEXT, TEXT),
            Secrecy::Number => ("314159***3589", "314159***3589"),
            Secrecy::Telephone => ("***89", TEXT),
            Secrecy::Account => ("***3589", TEXT),
            secrecy if secrecy.is_personal() => ("***", TEXT),
            _ => ("***", "***"),
        };
        let body = format!("{parameter}={TEXT}");
        let form = MaskedForm::new(body.as_bytes());
        assert_eq!(form.to_string(), format!("{parameter}={masked}"));
        assert_eq!(form.with_personal_data().to_string(), format!("{parameter}={personal}"));
        assert_eq!(format!("{:?}", form.with_personal_data()), format!("MaskedForm({parameter}={masked})"));
    }
}

#[cfg(feature = "batch")]
#[test]
fn every_batch_parameter_is_shown_or_masked_on_purpose() {
    use cashflows_codec::remote_auth::batch::BatchParameter;
    let shown = [
        (
            Secrecy::Open,
            "profile_id result batch_id batch_status item_count item_succ item_fail attached_type batch_op",
        ),
        (Secrecy::Hidden, "profile_pass"),
    ];
    for parameter in BatchParameter::ALL {
        assert_eq!(Some(parameter.secrecy()), secrecy_in(&shown, parameter.as_str()), "{parameter}");
    }
}

/// A parameter and the type of its value are masked alike.
#[test]
fn a_value_is_masked_as_its_parameter_is() {
    let form = |name: &str, text: &str| serde_urlencoded::to_string([(name, text)]).unwrap();
    macro_rules! alike {
        ($($Value:ident $text:ident $parameter:literal;)+) => {$(
            let masked = MaskedForm::new(form($parameter, $text).as_bytes()).to_string();
            let shown = masked.strip_prefix(concat!($parameter, "=")).unwrap();
            let debug = format!("{:?}", value::<$Value>($text));
            assert_eq!(debug, format!("{}({shown})", stringify!($Value)));
        )+};
    }
    alike! {
        CardNumber NUMBER "card_num";
        CardToken TOKEN "card_token";
        Cvv CVV "card_cvv";
        Password PASSWORD "auth_pass";
        Cavv CAVV "acs_cavv";
        Tavv TAVV "card_tavv";
        CustomerName NAME "cust_name";
        Address ADDRESS "cust_address";
        Postcode POSTCODE "cust_postcode";
        IpAddress IP "cust_ip";
        Email EMAIL "cust_email";
        Telephone TELEPHONE "cust_tel";
        DateOfBirth DATE_OF_BIRTH "primary_recipient_dob";
        RecipientSurname SURNAME "primary_recipient_surname";
        RecipientPostcode RECIPIENT_POSTCODE "primary_recipient_postcode";
        RecipientAccount ACCOUNT "primary_recipient_account_number";
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
    // The test has something in every parameter that is masked.
    for parameter in Parameter::ALL.iter().filter(|parameter| parameter.secrecy() != Secrecy::Open) {
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
        format!("{}=x&{}", NUMBER.replacen("9918", "99-18", 1), NUMBER.replacen("7364", "7.36.4", 1)),
        format!(
            "cust_name={NAME}%0A&cust_address={ADDRESS}%0D&cust_postcode={POSTCODE}%00&cust_ip={IP}.&cust_email=mailbox%2Bshop\
             &cust_tel={TELEPHONE}%0A&primary_recipient_dob={DATE_OF_BIRTH}1&primary_recipient_surname={SURNAME}1\
             &primary_recipient_postcode={RECIPIENT_POSTCODE}-&primary_recipient_account_number={ACCOUNT}_"
        ),
        format!(
            "cust_name={NAME}%zz&cust_name={NAME}&cust_email={EMAIL}&cust_email={EMAIL}&cust_tel{TELEPHONE}"
        ),
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
    harmless_error(&response.clone().with_extras([format!("{TOKEN}|")]).unwrap_err());
    for unreadable in
        [format!("A|{TOKEN}|232"), NUMBER.to_owned(), format!("A|01S1|{CVV}|x|{NUMBER}\nA|{TOKEN}")]
    {
        harmless_error(&Response::decode(unreadable.as_bytes()).unwrap_err());
    }
    let malformed = Response::decode(&format!("A|{TOKEN}|{CVV}0|{TOKEN}{TOKEN}{TOKEN}|no||{TOKEN}")).unwrap();
    harmless_debug(&malformed);
    for finding in malformed.findings() {
        harmless(&format!("{finding} {finding:?}"));
    }
}

/// A log line cannot be forged by a value, and a card number in the wrong place is masked.
#[test]
fn a_masked_form_is_one_harmless_line() {
    for (body, shown) in [
        ("tran_desc=a%0Ab%1B[31m", r"tran_desc=a\nb\u{1b}[31m"),
        ("tran_desc=a%E2%80%A8b%E2%80%AEc", r"tran_desc=a\u{2028}b\u{202e}c"),
        ("tran_desc=4929918273645547", "tran_desc=492991****6455**"),
        ("tran_desc=my+4000000000000002!", "tran_desc=my 400000******0002!"),
        ("tran_desc=my+4000+0000+0000+0002!", "tran_desc=my 4000 00** **** 0002!"),
        ("tran_desc=4000-0000-0000-0002+0", "tran_desc=4000-00**-****-0002 *"),
        ("tran_ref=4000000000000002+3", "tran_ref=400000******0002 *"),
        ("tran_ref=40000000000000021130", "tran_ref=400000******0002****"),
        ("tran_ref=1+4000000000000002", "tran_ref=* 400000******0002"),
        ("descriptor=4000.0000.0000.0002", "descriptor=4000.00**.****.0002"),
        (
            "descriptor=4000%C2%A00000%E2%80%AF0000%E2%80%870002",
            "descriptor=4000\u{a0}00**\u{202f}****\u{2007}0002",
        ),
        ("auth_id=%EF%BC%94000000000000002", "auth_id=****************"),
        ("tran_ref=12345678901234", "tran_ref=12345678901234"),
        ("cust_name=4000+0000+0000+0002", "cust_name=*** *** *** ***"),
        ("cust_email=4000000000000002@4000000000000002.com", "cust_email=***@400000******0002.com"),
        ("cust_postcode=4000+0000+0000+0002", "cust_postcode=4000 ***"),
        ("card%5Fcvv=7391", "card_cvv=***"),
        ("card_num=12345", "card_num=***"),
        ("<html>", ""),
        ("<html>=x", "…=***"),
        ("cust_nameZephyrine=x", "cust_name…=***"),
        ("auth_pass", ""),
        ("", ""),
    ] {
        let form = MaskedForm::new(body.as_bytes());
        assert_eq!(form.to_string(), shown, "{body}");
        assert_eq!(format!("{form:?}"), format!("MaskedForm({shown})"), "{body}");
        let parameters = form.parameters().map(|(name, _)| name.to_string()).collect::<Vec<_>>();
        let names = shown.split('&').filter_map(|pair| pair.split_once('=')).map(|(name, _)| name);
        assert_eq!(parameters, names.collect::<Vec<_>>());
    }
}

/// Who asks for personal data is shown it, and not one secret more.
#[test]
fn personal_data_is_shown_to_who_asks_for_it() {
    for request in requests() {
        let body = request.encode(&credentials());
        let form = MaskedForm::new(body.as_bytes());
        let sent: Vec<(String, String)> = serde_urlencoded::from_bytes(body.as_bytes()).unwrap();
        let masked: Vec<_> = form.parameters().collect();
        let shown: Vec<_> = form.with_personal_data().parameters().collect();
        for (((name, sent), (_, masked)), (_, shown)) in sent.into_iter().zip(masked).zip(shown) {
            match Parameter::from_wire(&name).unwrap().secrecy() {
                Secrecy::Open => assert!(masked == sent && shown == sent, "{name}"),
                personal if personal.is_personal() => assert!(masked != sent && shown == sent, "{name}"),
                _ => assert!(masked != sent && shown == masked, "{name}"),
            }
        }
    }
    for (body, shown) in [
        ("cust_name=Luke+4000000000000002&card_cvv=123", "cust_name=Luke 400000******0002&card_cvv=***"),
        ("cust_address=4000+0000%0A0000+0002", r"cust_address=4000 00**\n**** 0002"),
        ("cust_tel=40000000000000021130", "cust_tel=400000******0002****"),
    ] {
        assert_eq!(MaskedForm::new(body.as_bytes()).with_personal_data().to_string(), shown, "{body}");
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
            let secrecy = Parameter::from_wire(&name).unwrap().secrecy();
            if secrecy == Secrecy::Hidden {
                let masked = format!("{name}=***");
                prop_assert!(shown[2].contains(&masked));
            }
            // Shorter ones may stand in something else.
            if secrecy != Secrecy::Open && secret.len() > 11 && !secret.trim().is_empty() {
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
        for place in (0..body.len()).step_by(7) {
            // A quote in the wrong place makes names of values.
            let mut broken = body.clone();
            broken[place] = b'"';
            received(&path, &broken);
            received(&path, &body[..place]);
        }
    }
}
