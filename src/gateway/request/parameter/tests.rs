//! Each row of the table, with each kind of job.

use serde_json::{Value, json};

use super::{Column, Parameter as P, Presence};
use crate::gateway::request::{OtherParameterName, PaymentJob, Tokenisation};
use crate::value::Secrecy;

const COLUMNS: [Column; 9] = [
    Column::HostedPage,
    Column::Card,
    Column::Moto,
    Column::External,
    Column::Wallet,
    Column::Stored,
    Column::Child,
    Column::Credit,
    Column::Tokenisation,
];

/// A value of each parameter, as it is written.
fn sample(parameter: P) -> &'static str {
    match parameter {
        P::CardNumber => "4000000000000002",
        P::Token => "1000000000030419",
        P::CardCvc => "947",
        P::CardExpiryMonth => "05",
        P::CardExpiryYear => "30",
        P::CardHolderName => "Luke Skywalker",
        P::ThreeDSecureVersion => "2.2.0",
        P::ThreeDSecureCavv => "5dc4a6a39b6730a360e42c3b5f+=",
        P::ThreeDSecureEci => "05",
        P::ThreeDSecureDSTransId => "c5b808e7-1de1-4069-a17b-f70d3b3b1645",
        P::ThreeDSecureXid => "MDAwMDAwMDAwMDEyMzQ2Njc4OTA=",
        P::EwalletType => "GooglePay",
        P::ApplePayTransactionIdentifier => "apple-1",
        P::PaymentPageReference => "christmas",
        P::AllowedParentFrameDomains => "shop.example",
        P::Mcc => "6012",
        P::RecipientDetails => {
            r#"{"lastname":"Smith","dateOfBirth":"19800729","postcode":"CB21 5XE","primaryAccountNumber":"111213313"}"#
        }
        P::ReturnUrlSuccess => "https://shop.example/paid",
        P::ReturnUrlFailed => "https://shop.example/failed",
        P::ReturnUrlCancelled => "https://shop.example/cancelled",
        P::WebhookUrl => "https://shop.example/webhook",
        P::Descriptor => "SHOP",
        P::SimulatedStatus => "Paid",
        P::OriginatingIpAddress => "203.0.113.77",
        P::OriginHeader => "https://shop.example",
        P::UserAgent => "Mozilla/5.0",
        P::BrowserLanguage => "en-GB",
        P::BrowserTimeZoneOffset => "-60",
        P::BrowserJavaEnabled => "false",
        P::BrowserJavaScriptEnabled => "true",
        P::BrowserScreenHeight => "1080",
        P::BrowserScreenWidth => "1920",
        P::BrowserScreenColorDepth => "24",
        P::ThreeDSecureChallengeAcceptHeader => "text/html",
        P::ThreeDSecureV2ChallengeWindowSize => "02",
    }
}

/// A job of a column with `parameters`.
fn job(column: Column, parameters: &[P]) -> Value {
    let parameters: serde_json::Map<_, _> = parameters
        .iter()
        .map(|parameter| (parameter.as_str().to_owned(), json!(sample(*parameter))))
        .collect();
    let mut job = json!({ "amountToCollect": "10.00", "currency": "GBP", "parameters": parameters });
    match column {
        Column::Moto => job["options"] = json!(["IsMoto"]),
        Column::Stored => job["options"] = json!(["UsingStoredCredentials"]),
        Column::Child => job["parentPaymentJobReference"] = json!("1"),
        Column::Credit => job["type"] = json!("Credit"),
        Column::Tokenisation => return job["parameters"].take(),
        Column::HostedPage | Column::Card | Column::External | Column::Wallet => {}
    }
    job
}

/// The parameters that make a request of the column, and `parameter`.
fn with(column: Column, parameter: P) -> Vec<P> {
    let card = [P::CardNumber, P::CardExpiryMonth, P::CardExpiryYear, P::CardCvc];
    let is_there = |other: &P| match other.presence(column) {
        Presence::Mandatory => true,
        Presence::Conditional => card.contains(other) && (*other != P::CardNumber || parameter != P::Token),
        _ => *other == parameter,
    };
    P::ALL.iter().copied().filter(|other| *other == parameter || is_there(other)).collect()
}

/// Tells if the parameter makes another kind of a job than that of the column.
fn makes_another(column: Column, parameter: P) -> bool {
    let rest: &[P] = match column {
        Column::HostedPage => &[P::CardNumber, P::Token, P::CardCvc, P::CardExpiryMonth, P::CardExpiryYear],
        Column::Card | Column::External | Column::Stored => &[],
        _ => return false,
    };
    let three_ds = parameter.as_str().starts_with("ThreeDSecure")
        && parameter.presence(Column::External) != Presence::Minor;
    rest.contains(&parameter)
        || parameter == P::EwalletType
        || (three_ds && matches!(column, Column::HostedPage | Column::Card))
}

/// Reads a request: its JSON as it is written again, the places of ignored members, the masked text.
fn read(column: Column, body: &Value) -> Result<(Value, Vec<String>, String), String> {
    let body = body.to_string();
    let (again, ignored, shown) = if column == Column::Tokenisation {
        let read = Tokenisation::decode(body.as_bytes()).map_err(|error| error.to_string())?;
        (read.request().encode(), read.ignored().to_vec(), format!("{:?}", read.request()))
    } else {
        let read = PaymentJob::decode(body.as_bytes()).map_err(|error| error.to_string())?;
        assert_eq!(read.unlisted(), []);
        assert_eq!(read.findings(), []);
        assert_eq!(read.request().kind().as_str(), name(column, read.request()), "{body}");
        (read.request().encode(), read.ignored().to_vec(), format!("{:?}", read.request()))
    };
    let again = serde_json::from_slice(&again).unwrap();
    Ok((again, ignored.iter().map(ToString::to_string).collect(), shown))
}

fn name(column: Column, job: &PaymentJob) -> &'static str {
    match job.kind().as_str() {
        "token" => "token",
        _ => column.as_str(),
    }
}

#[test]
fn each_parameter_round_trips_or_is_reported_for_each_kind() {
    for column in COLUMNS {
        for &parameter in P::ALL {
            if makes_another(column, parameter) {
                continue;
            }
            let place = format!("{parameter:?} of {column:?}");
            let outcome = read(column, &job(column, &with(column, parameter)));
            let is_in = |value: &Value| {
                let parameters = value.get("parameters").unwrap_or(value);
                let written = parameters.as_object().unwrap().iter();
                written
                    .filter(|(name, _)| name.eq_ignore_ascii_case(parameter.as_str()))
                    .any(|(_, value)| value == sample(parameter))
            };
            match (parameter.presence(column), outcome) {
                (Presence::Excluded, Err(error)) => {
                    assert!(error.contains("must be absent from a"), "{place}: {error}");
                }
                (Presence::Ignored, Ok((again, ignored, _))) => {
                    assert!(!is_in(&again), "{place} is ignored and written");
                    let known = ignored.iter().any(|at| at.ends_with(parameter.as_str()));
                    assert!(known, "{place} is neither read nor reported");
                }
                (Presence::Excluded | Presence::Ignored, outcome) => panic!("{place}: {outcome:?}"),
                (_, Ok((again, ignored, shown))) => {
                    assert!(is_in(&again), "{place} is not written: {again}");
                    assert_eq!(ignored, [""; 0], "{place}");
                    let is_open = matches!(parameter.secrecy(), Secrecy::Open);
                    assert!(is_open || !shown.contains(sample(parameter)), "{place} is shown");
                }
                (_, Err(error)) => panic!("{place}: {error}"),
            }
        }
    }
}

#[test]
fn mandatory_parameters_are_errors_where_they_are_absent() {
    for column in COLUMNS {
        for &parameter in P::ALL.iter().filter(|parameter| parameter.presence(column) == Presence::Mandatory)
        {
            // An absent type of wallet makes another kind.
            if parameter == P::EwalletType {
                continue;
            }
            let others: Vec<P> =
                with(column, parameter).into_iter().filter(|other| *other != parameter).collect();
            let error = read(column, &job(column, &others)).unwrap_err();
            let told = [
                format!("{} is mandatory", parameter.as_str()),
                format!("{} is missing", parameter.as_str()),
            ];
            assert!(told.iter().any(|told| error.contains(told)), "{parameter:?} of {column:?}: {error}");
        }
    }
}

#[test]
fn names_are_read_in_any_case_and_belong_to_no_other_parameter() {
    for parameter in P::ALL {
        let name = parameter.as_str();
        assert_eq!(P::in_any_case(&name.to_uppercase()), Some(*parameter));
        assert_eq!(P::in_any_case(&name.to_lowercase()), Some(*parameter));
        assert!(OtherParameterName::try_from(name).is_err(), "{name}");
    }
}
