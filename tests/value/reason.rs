//! The table of response codes against the vendor's own.
#![expect(clippy::unwrap_used, reason = "clippy takes only what has the attribute for a test")]

use std::collections::BTreeMap;

use cashflows_codec::remote_auth::{Outcome, Response};
use cashflows_codec::value::{Family, Reason, ResponseCode};

/// The rows of the csv: short code (`D02`) to text and status.
fn documented() -> BTreeMap<String, (String, String)> {
    let rows = include_str!("../data/response-codes.csv").lines().skip(1);
    rows.map(|row| {
        let (family, rest) = row.split_once(',').unwrap();
        let (number, rest) = rest.split_once(',').unwrap();
        let (rest, _source) = rest.rsplit_once(',').unwrap();
        let (text, status) = rest.rsplit_once(',').unwrap();
        (format!("{family}{number}"), (text.trim_matches('"').to_owned(), status.to_owned()))
    })
    .collect()
}

#[test]
fn reasons_are_the_documented_codes() {
    let named: BTreeMap<_, _> = Reason::ALL
        .iter()
        .map(|reason| {
            let status = reason.family().as_str().replace('_', " ");
            (reason.to_string(), (reason.text().unwrap().to_owned(), status))
        })
        .collect();
    let documented: BTreeMap<_, _> = documented()
        .into_iter()
        .map(|(code, (text, status))| (code, (text, status.to_lowercase())))
        .collect();
    assert_eq!(named, documented);
    assert_eq!(Reason::ALL.len(), 86);
}

#[test]
fn response_code_round_trips_every_letter_and_number() {
    let listed = documented();
    for letter in (b'A'..=b'Z').chain(b'a'..=b'z').map(char::from) {
        let family = Family::try_from(letter).unwrap();
        for number in 0..=99 {
            let short = format!("{letter}{number:02}");
            let reason: Reason = short.parse().unwrap();
            // The letter is read in any case, and written in upper case.
            let short = short.to_ascii_uppercase();
            assert_eq!(reason.to_string(), short);
            assert_eq!(Reason::new(family, number), Ok(reason));
            assert_eq!((reason.family(), reason.number()), (family, number));
            assert_eq!(reason.text(), listed.get(&short).map(|(text, _)| text.as_str()));
            assert_eq!(Reason::ALL.contains(&reason), listed.contains_key(&short));
            assert_eq!(matches!(reason, Reason::Unlisted(_)), !listed.contains_key(&short));

            for digit in 0..=9 {
                let text = format!("{letter}{digit}{number:02}");
                let code: ResponseCode = text.parse().unwrap();
                assert_eq!(code.to_string(), text.to_ascii_uppercase());
                assert_eq!(ResponseCode::new(reason, digit), Ok(code));
                assert_eq!((code.family(), code.internal_digit(), code.number()), (family, digit, number));
                assert_eq!(code.reason(), reason);
                assert_eq!(
                    code.requires_authentication(),
                    ["D49", "V58", "V59"].contains(&&*short),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn response_code_refuses_other_text() {
    for text in ["", "D", "D10", "D1022", "1102", "D1O2", "D-02", "D+02", " D102", "D1é", "é102"] {
        let error = text.parse::<ResponseCode>().unwrap_err();
        assert_eq!(error.to_string(), "response code must be a letter and three digits, such as D102");
    }
    for text in ["", "D", "D1", "D102", "102", "D1O", "Dé"] {
        let error = text.parse::<Reason>().unwrap_err();
        assert_eq!(error.to_string(), "reason must be a letter and two digits, such as D02");
    }
    assert!(Reason::new(Family::Declined, 100).is_err());
    assert!(ResponseCode::new(Reason::InsufficientFunds, 10).is_err());
}

#[test]
fn as_str_is_the_listed_code_or_unlisted() {
    for &reason in Reason::ALL {
        assert_eq!(reason.as_str(), reason.to_string());
        for digit in 0..=9 {
            let code = ResponseCode::new(reason, digit).unwrap();
            assert_eq!(code.as_str(), code.to_string());
        }
    }
    for text in ["D199", "X001", "x102"] {
        let code: ResponseCode = text.parse().unwrap();
        assert_eq!((code.as_str(), code.reason().as_str()), ("unlisted", "unlisted"));
    }
}

#[test]
fn refusal_of_every_reason_is_read_as_it_was_made() {
    for reason in Reason::ALL {
        let response = Response::refusal(*reason, "99E5D84B40F".parse().unwrap());
        assert_eq!(Response::decode(&response.encode()).as_ref(), Ok(&response), "{reason}");
        assert_eq!((response.reason(), Some(response.message())), (Some(*reason), reason.text()));
        assert!(response.findings().is_empty(), "{reason}");
        assert!(matches!(response.outcome(), Outcome::Refused | Outcome::Unknown), "{reason}");
    }
}
