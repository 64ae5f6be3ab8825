//! Every value that can be built is built from some input.

use std::collections::{BTreeMap, BTreeSet};

use cashflows_codec::remote_auth::request::OriginalClass;
use cashflows_codec::remote_auth::request::{ContinuousExemption, Recurrence, SaleExemption, WalletKind};
use cashflows_codec::remote_auth::response::Decision;
use cashflows_codec::remote_auth::{OperationKind, Parameter, Presence};
use cashflows_codec::value::Eci;
use cashflows_codec::value::Status;

use crate::{Source, requests, responses};

/// Inputs of up to 600 bytes, the same ones always (xorshift64*).
fn inputs() -> impl Iterator<Item = Vec<u8>> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = move || {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes()
    };
    core::iter::repeat_with(move || {
        let words = 2 + usize::from(next()[7]) % 74;
        (0..words).flat_map(|_| next()).collect()
    })
    .take(20_000)
}

/// The variants of a request that its parameters do not tell, as `Debug` shows them.
const VARIANTS: &[(OperationKind, &[&str])] = &[
    (
        OperationKind::Sale,
        &[
            "card: Card(",
            "card: Storing(",
            "card: Stored(",
            "card: Wallet(",
            "card: NetworkToken(",
            "source: Number(",
            "source: Token(",
            "source: NetworkToken(",
            "version: None",
            "version: Some(One(",
            "version: Some(Two(",
        ],
    ),
    (OperationKind::Verify, &["card: Card(", "card: Storing(", "class: Ecom", "class: Moto"]),
    (
        OperationKind::Continuous,
        &["origin: Original(", "origin: Scheme(", "card: None", "card: Some((Number(", "card: Some((Token("],
    ),
    (OperationKind::Void, &["retry_number: None", "retry_number: Some("]),
    (OperationKind::Refund, &["retry_number: None", "retry_number: Some("]),
    (OperationKind::Credit, &["to: Original(", "to: Card(Number(", "to: Card(Token("]),
];

fn words<T: ToString>(all: &[T]) -> BTreeSet<String> {
    all.iter().map(ToString::to_string).collect()
}

#[test]
fn requests_have_every_parameter_word_and_variant() {
    let mut values = BTreeMap::<(&str, String), BTreeSet<String>>::new();
    let mut variants = BTreeSet::new();
    for input in inputs() {
        let source = &mut Source::new(&input);
        let (request, credentials) = (requests::request(source), requests::credentials(source));
        let kind = request.kind();
        for (name, value) in form_urlencoded::parse(request.encode(&credentials).as_bytes()) {
            let known = values.entry((kind.as_str(), name.into_owned())).or_default();
            // Enough for every word that there is.
            if known.len() < 20 {
                known.insert(value.into_owned());
            }
        }
        let shown = format!("{request:?}");
        let table = VARIANTS.iter().find(|row| row.0 == kind).expect("a row");
        variants.extend(
            table.1.iter().filter(|variant| shown.contains(**variant)).map(|it| (kind.as_str(), *it)),
        );
    }

    for &(kind, wanted) in VARIANTS {
        for variant in wanted {
            assert!(variants.contains(&(kind.as_str(), variant)), "{kind} with {variant}");
        }
        for parameter in Parameter::ALL {
            // The button of a form, which is read and never written.
            let is_used = !matches!(parameter.presence(kind), Presence::Absent | Presence::Ignored);
            let wanted = is_used && *parameter != Parameter::Submit;
            let seen = values.contains_key(&(kind.as_str(), parameter.to_string()));
            assert_eq!(seen, wanted, "{kind} with {parameter}");
        }
    }
    for (kind, parameter, wanted) in [
        ("sale", Parameter::TranClass, BTreeSet::from(["ecom", "moto"].map(str::to_owned))),
        ("sale", Parameter::AcsEci, words(Eci::ALL)),
        ("sale", Parameter::TranRecurrence, words(Recurrence::ALL)),
        ("continuous", Parameter::TranRecurrence, words(Recurrence::ALL)),
        ("sale", Parameter::ScaExemptionIndicator, words(SaleExemption::ALL)),
        ("continuous", Parameter::ScaExemptionIndicator, words(ContinuousExemption::ALL)),
        ("sale", Parameter::EwalletType, words(WalletKind::ALL)),
        ("void", Parameter::TranClass, words(OriginalClass::ALL)),
        ("refund", Parameter::TranClass, words(OriginalClass::ALL)),
    ] {
        assert_eq!(values[&(kind, parameter.to_string())], wanted, "{kind} with {parameter}");
    }
}

#[test]
fn responses_have_every_status_code_and_count_of_extras() {
    let mut seen = BTreeSet::new();
    for input in inputs() {
        let response = responses::response(&mut Source::new(&input));
        let coded = match response.decision() {
            Decision::Authorised(code) | Decision::Unlisted(_, code) => code.is_some(),
            _ => true,
        };
        let letter = match response.status() {
            Status::Unlisted(_) => '?',
            listed => listed.letter(),
        };
        // Those that stand for none are written too.
        let extras = response.encode().iter().filter(|&&byte| byte == b'|').count() - 4;
        seen.insert((letter, coded, extras, response.message().is_empty()));
    }
    for letter in Status::ALL.iter().map(|status| status.letter()).chain(['?']) {
        for coded in [true, false] {
            for count in 0..=6 {
                let can_be = coded || matches!(letter, 'A' | '?');
                let built = seen.iter().any(|&(a, b, c, _)| (a, b, c) == (letter, coded, count));
                assert_eq!(built, can_be, "{letter}, code: {coded}, extras: {count}");
            }
        }
    }
    assert!(seen.iter().any(|response| response.3), "no message");
}
