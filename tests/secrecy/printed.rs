//! Printed values show no secret or personal data: `Debug` and `Display` of all types, errors with their
//! sources, masked bodies. Run in the dev and the release profile.

use core::error::Error;
use core::fmt::{Debug, Display};

use crate::support::secrets::*;
use cashflows_codec::gateway::ApiKey;
use cashflows_codec::hosted_page::{AccessToken, AccountPassword, SessionApiKey, SessionId};
use cashflows_codec::remote_auth::ReturnFlags;
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::remote_auth::request::RequestError;
use cashflows_codec::remote_auth::*;
use cashflows_codec::remote_auth::{Parameter, Request, Response};
use cashflows_codec::value::*;
use proptest::prelude::*;

/// Fails if `shown` contains a secret, plain or encoded.
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
fn debug_and_errors_of_values_show_no_secret() {
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

/// The names of the values of a kind in the sources: `masked Cvv = …`, `personal Email as Email = …`.
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

/// The secrecy of each parameter. A new parameter is added here.
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

/// The open and personal parameters that accept thirteen digits.
const TAKES_DIGITS: &str = "auth_id cust_name cust_address cust_postcode cust_tel tran_ref tran_desc tran_orig_id \
    scheme_transaction_id card_payment_account_reference primary_recipient_postcode \
    primary_recipient_account_number descriptor return_acq_ref submit";

fn secrecy_in(table: &[(Secrecy, &str)], name: &str) -> Option<Secrecy> {
    table.iter().find(|(_, names)| names.split_whitespace().any(|listed| listed == name)).map(|row| row.0)
}

#[test]
fn masked_form_masks_each_parameter_by_its_secrecy() {
    const TEXT: &str = "3141592653589";
    for parameter in Parameter::ALL {
        let name = parameter.as_str();
        assert_eq!(Some(parameter.secrecy()), secrecy_in(&SHOWN, name), "{name}");
        let fits = TAKES_DIGITS.split_whitespace().any(|taker| taker == name);
        let (masked, personal) = match parameter.secrecy() {
            secrecy if secrecy != Secrecy::Hidden && secrecy != Secrecy::Number && !fits => ("***", "***"),
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
fn batch_parameters_have_their_secrecy() {
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
fn value_is_masked_like_its_parameter() {
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
fn requests_and_bodies_show_no_secret() {
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
    // The requests have a value in every masked parameter.
    for parameter in Parameter::ALL.iter().filter(|parameter| parameter.secrecy() != Secrecy::Open) {
        assert!(seen.contains(&format!("{parameter}=")), "{parameter}");
    }
}

/// Bodies with every secret malformed, or in the place of another value.
#[test]
fn errors_show_no_refused_value() {
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
            harmless_display(&error.parameter);
        }
    }
    // In the place of a word, only a card number can be recognised.
    let misplaced = format!(
        "tran_type={TOKEN}&tran_class={CVV}&tran_recurrence={PASSWORD}&acs_eci={CVV}&ewallet={TOKEN}"
    );
    harmless_error(&Request::decode(misplaced.as_bytes()).unwrap_err());
}

fn value_error<T: TryFrom<String>>(text: &str) -> T::Error {
    T::try_from(text.to_owned()).err().unwrap()
}

#[test]
fn responses_show_no_token() {
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

/// A value cannot forge a log line, and a card number in the wrong place is masked.
#[test]
fn masked_form_is_one_harmless_line() {
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
        ("auth_id=%EF%BC%94000000000000002", "auth_id=***"),
        ("tran_ref=%EF%BC%94000000000000002", "tran_ref=****************"),
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

/// The open value of each parameter with a form, and the same with more text after it.
#[test]
fn masked_form_shows_open_values_with_the_form_of_their_parameter() {
    for (parameter, right) in [
        (Parameter::AuthId, "1234567"),
        (Parameter::CardExpiry, "1130"),
        (Parameter::CardStart, "0119"),
        (Parameter::CardIssue, "02"),
        (Parameter::CustCountry, "GB"),
        (Parameter::Ewallet, "true"),
        (Parameter::EwalletType, "applepay"),
        (Parameter::TranAmount, "12.34"),
        (Parameter::TranCurrency, "GBP"),
        (Parameter::TranTestmode, "0"),
        (Parameter::TranType, "sale"),
        (Parameter::TranClass, "ecom"),
        (Parameter::TranOrigId, "01S00001724"),
        (Parameter::SchemeTransactionId, "483297487231504"),
        (Parameter::TranRecurrence, "subs"),
        (Parameter::UsingStoredCredentials, "true"),
        (Parameter::ScaExemptionIndicator, "lowvalue"),
        (Parameter::NetworkToken, "true"),
        (Parameter::Acs3dsversion, "2.2.0"),
        (Parameter::AcsEci, "05"),
        (Parameter::AcsDstransid, "01a22e0d-1328-7029-8123-45876b723d67"),
        (Parameter::AcsXid, "MDAwMDAwMDAwMDAwMDAwMDAwMDE="),
        (Parameter::GatewayIdMc, "12345678901"),
        (Parameter::RetryNumber, "1"),
        (Parameter::ReturnToken, "true"),
        (Parameter::ReturnSchemeTransactionId, "true"),
        (Parameter::SecurityHash, "6cafd8dd9d4ba2b6ed0b7c5a4a6a2b1e08a0dcbbf1e2b7d6b9c2b0c4c3a4a5f6"),
    ] {
        let masked = |value: &str| {
            let body = serde_urlencoded::to_string([(parameter.as_str(), value)]).unwrap();
            MaskedForm::new(body.as_bytes()).to_string()
        };
        assert_eq!(masked(right), format!("{parameter}={right}"));
        for behind in [";card_cvv=739", " card_cvv=739", "\n739", "|739", ",x", "&739", "\u{a0}739"] {
            assert_eq!(masked(&format!("{right}{behind}")), format!("{parameter}=***"), "{right}{behind}");
        }
    }
}

/// Text after the name of a secret or personal parameter is masked, after any separator.
#[test]
fn masked_form_with_wrong_separator_shows_no_secret() {
    for (body, shown, personal) in [
        (
            "auth_id=1234567;auth_pass=hunter2hunter;card_num=4510400400099005;card_cvv=739;cust_name=Luke+Skywalker",
            "auth_id=***",
            "auth_id=***",
        ),
        ("tran_ref=17;card_cvv=739", "tran_ref=17;card_cvv=***", "tran_ref=17;card_cvv=***"),
        ("tran_desc=Tea%26CARD_CVV%3D739", "tran_desc=Tea&CARD_CVV=***", "tran_desc=Tea&CARD_CVV=***"),
        (
            "descriptor=Tea\ncard_token:739",
            r"descriptor=Tea\ncard_token=***",
            r"descriptor=Tea\ncard_token=***",
        ),
        ("tran_ref=17%2card_cvv=739", "tran_ref=***", "tran_ref=***"),
        ("tran_ref=17&amp;card_cvv=739", "tran_ref=17&amp…=***", "tran_ref=17&amp…=***"),
        (
            "submit=x{\"profile_pass\":\"hunter2\"}",
            "submit=x{\"profile_pass=***",
            "submit=x{\"profile_pass=***",
        ),
        ("cust_name=Luke+card_cvv=739", "cust_name=***", "cust_name=Luke card_cvv=***"),
        ("cust_tel=02079460958;card_cvv=739", "cust_tel=***", "cust_tel=02079460958;card_cvv=***"),
        (
            "primary_recipient_account_number=12345678;card_cvv=7391",
            "primary_recipient_account_number=***",
            "primary_recipient_account_number=***",
        ),
        ("cust_email=luke@example.com;auth_pass=hunter@739.com", "cust_email=***", "cust_email=***"),
    ] {
        let form = MaskedForm::new(body.as_bytes());
        assert_eq!(form.to_string(), shown, "{body}");
        assert_eq!(form.with_personal_data().to_string(), personal, "{body}");
    }
}

/// One in ten long numbers passes the Luhn check by chance. In a reference, only a number in the form of a
/// card number is masked.
#[test]
fn masked_form_shows_references_but_no_card_number_in_their_place() {
    for (reference, shown) in [
        ("01a22e0d-1328-7020-8123-45876b723d67", "01a22e0d-1328-7020-8123-45876b723d67"),
        ("100000000000000024", "100000000000000024"),
        ("190924100045236672", "190924100045236672"),
        ("2026-11-30/000123", "2026-11-30/000123"),
        ("4000000000000002", "400000******0002"),
        ("4000-0000-0000-0002", "4000-00**-****-0002"),
        ("cart 4000000000000002/3", "cart 400000******0002/*"),
        ("45104004000990051130739", "451040******9**********"),
    ] {
        let body = format!("tran_ref={reference}");
        assert_eq!(MaskedForm::new(body.as_bytes()).to_string(), format!("tran_ref={shown}"));
    }
}

/// A name is the same with its letters written as escapes.
#[test]
fn masked_form_decodes_names() {
    for (body, shown) in [
        ("%63ard_num=4000000000000002", "card_num=400000******0002"),
        ("card%5Fnum=4000000000000002", "card_num=400000******0002"),
        ("%63%61%72%64%5f%63%76%76=739", "card_cvv=***"),
        ("%41uth_pass=hunter2", "…=***"),
        ("auth%70ass=hunter2", "auth…=***"),
        ("%2563ard_cvv=739", "…=***"),
        ("+card_cvv=739", "…=***"),
        ("card_cvv%00=739", "card_cvv…=***"),
        ("tran_desc=Tea;%63ard_cvv=739", "tran_desc=Tea;card_cvv=***"),
        ("tran_desc=Tea;card%5Fcvv%3D739", "tran_desc=Tea;card_cvv=***"),
        ("tran_desc=Tea;%63%61rd_num%3D4000000000000002", "tran_desc=Tea;card_num=***"),
        ("tran_desc=Tea;%2563ard_cvv%253D739", "tran_desc=***"),
        ("tran_desc=Tea;card%25255Fcvv=739", "tran_desc=***"),
        ("tran_desc=Tea;card%2525252525255Fcvv=739", "tran_desc=***"),
        (r#"tran_ref={"\u0063ard_cvv":"739"}"#, "tran_ref=***"),
        ("tran_desc=%7B%22%5Cu0063ard_%5Cu0063vv%22:739%7D", "tran_desc=***"),
        ("tran_desc=100%25+wool+%5C+cotton", r"tran_desc=100% wool \ cotton"),
        ("tran_desc=20%2525+off", "tran_desc=20%25 off"),
    ] {
        assert_eq!(MaskedForm::new(body.as_bytes()).to_string(), shown, "{body}");
    }
}

/// Open values, whoever wrote them, may have a card number in the place of a reference.
#[test]
fn debug_of_open_values_shows_no_card_number() {
    use cashflows_codec::gateway::request::RefundNumber;
    use cashflows_codec::gateway::response::{NumberText, TimeText};
    use cashflows_codec::gateway::{CustomerReference, JobReference, OrderNumber};
    use cashflows_codec::hosted_page::Reference;
    use cashflows_codec::remote_auth::request::{CreditReference, Description, MerchantReference};

    const MASKED: &str = "492991******5542";
    let number = NUMBER;
    for shown in [
        format!("{:?}", value::<MerchantReference>(number)),
        format!("{:?}", value::<CreditReference>(number)),
        format!("{:?}", value::<Description>(&format!("paid with {number}"))),
        format!("{:?}", value::<FreeText>(&format!("paid with {number}"))),
        format!("{:?}", value::<OrderNumber>(number)),
        format!("{:?}", value::<CustomerReference>(number)),
        format!("{:?}", value::<RefundNumber>(number)),
        format!("{:?}", value::<JobReference>(number)),
        format!("{:?}", value::<Reference>(number)),
        format!("{:?}", value::<ProfileId>(number)),
        format!("{:?}", value::<PaymentAccountReference>(number)),
        format!("{:?}", TimeText::from(number)),
        format!("{:?}", NumberText::from(number)),
    ] {
        assert!(shown.contains(MASKED) && !shown.contains(number), "{shown}");
    }
    for reference in ["01a22e0d-1328-7029-8123-45876b723d67", "INV-2026-11-30/000123", "190924100045236672"] {
        let shown = format!("{:?}", value::<MerchantReference>(reference));
        assert_eq!(shown, format!("MerchantReference({reference:?})"));
    }
}

#[test]
fn with_personal_data_shows_it_and_no_secret() {
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

/// Parameters with values that share no digits with the secrets.
const PAIRS: [(&str, &str); 22] = [
    ("auth_id", "1200021"),
    ("auth_pass", "hunter8649"),
    ("card_num", "4929918273645542"),
    ("card_token", "t0k3n-0f"),
    ("card_cvv", "7391"),
    ("card_expiry", "1130"),
    ("cust_name", "Luke Skywalker"),
    ("cust_address", "1 Farm Lane\nAnchorhead"),
    ("cust_postcode", "CB22 5LD"),
    ("cust_country", "GB"),
    ("cust_email", "luke@example.com"),
    ("cust_tel", "+44 20 2000 0000"),
    ("tran_ref", "cart-17"),
    ("tran_desc", "Tea and biscuits"),
    ("tran_amount", "12.00"),
    ("tran_currency", "GBP"),
    ("tran_type", "sale"),
    ("tran_class", "ecom"),
    ("card_tavv", "7avv7avv"),
    ("acs_cavv", "c4vvAAhIXdRcEdRVyEhAAAAAAAA="),
    ("descriptor", "Tea"),
    ("primary_recipient_account_number", "GB12002"),
];

fn separator() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "&",
            ";",
            " ",
            "\n",
            "\r\n",
            ",",
            "\t",
            "|",
            "%26",
            "&amp;",
            "%0A",
            "%2526",
            "+",
            "",
            "=",
            "&&",
            "&=",
            "%",
            "%2",
            "%7",
            "_",
            "x",
            "/",
            "?",
            "#",
            "', '",
            "\", \"",
            "%C3",
            "\u{a0}",
            "&tran_ref=",
            "&x",
        ])
        .prop_map(str::to_owned),
        "[^0-9]{0,3}",
    ]
}

proptest! {
    /// Searches for long secrets. A security code is too short for that, so its mask is searched for.
    #[test]
    fn masked_form_of_any_request_shows_no_secret(
        request in crate::support::any::request(),
        credentials in crate::support::any::credentials(),
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
            // Shorter ones may occur in other values.
            if secrecy != Secrecy::Open && secret.len() > 11 && !secret.trim().is_empty() {
                prop_assert!(shown.iter().all(|shown| !shown.contains(&secret)), "{}", name);
            }
        }
    }

    /// Parameters in any order, with any separators.
    #[test]
    fn masked_form_with_any_separator_shows_no_secret(
        pairs in Just(Vec::from(PAIRS)).prop_shuffle(),
        count in 2..=PAIRS.len(),
        separators in prop::collection::vec(separator(), PAIRS.len()),
        one: bool,
        encode: bool,
    ) {
        let mut body = String::new();
        for (index, (name, value)) in pairs.iter().take(count).enumerate() {
            if index > 0 {
                body += &separators[if one { 0 } else { index }];
            }
            let pair = serde_urlencoded::to_string([(name, value)]).unwrap();
            body += &if encode { pair } else { format!("{name}={value}") };
        }
        let masked = MaskedForm::new(body.as_bytes());
        for form in [masked, masked.with_personal_data()] {
            let parameters: String = form.parameters().map(|(name, shown)| format!("{name}={shown} ")).collect();
            for shown in [form.to_string(), parameters] {
                for secret in ["7391", "unter8", "8649", "t0k3n", "c4vv", "7avv", "918273"] {
                    prop_assert!(!shown.contains(secret), "{} in {}: {}", secret, body, shown);
                }
            }
        }
    }

    #[test]
    fn masked_form_takes_any_bytes(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let shown = MaskedForm::new(&body).to_string();
        prop_assert!(!shown.chars().any(char::is_control));
    }
}

#[test]
fn gateway_calls_show_no_secret() {
    use cashflows_codec::gateway::Signature;
    use cashflows_codec::gateway::incoming::{CallHeaders, IncomingCall};

    for call in crate::support::gateway::calls() {
        harmless_debug(&call);
        let signed = call.sign(&crate::support::gateway::credentials());
        harmless_debug(&signed);
        assert!(!format!("{signed:?}").contains(signed.signature().secret_str()));
    }
    harmless_debug(&crate::support::gateway::credentials());
    let keys = crate::support::gateway::keys();
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
    for (path, body) in crate::support::gateway::bodies() {
        received(&path, &body);
        for place in (0..body.len()).step_by(7) {
            // A quote in the wrong place turns values into names.
            let mut broken = body.clone();
            broken[place] = b'"';
            received(&path, &broken);
            received(&path, &body[..place]);
        }
    }
}
