//! The builder of requests builds every parameter, word and variant. A parameter that some operation takes and
//! that is not built, written or read is named here.

use std::collections::{BTreeMap, BTreeSet};

use cashflows_codec::remote_auth::request::{
    ContinuousExemption, OriginalClass, Recurrence, SaleExemption, WalletKind,
};
use cashflows_codec::remote_auth::{Credentials, OperationKind, Parameter, Presence, Request};
use cashflows_codec::value::Eci;

use crate::support::requests;
use crate::support::source::Source;

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
    .take(7_000)
}

/// The variants of a request that its parameters do not show, as `Debug` shows them.
const VARIANTS: &[(OperationKind, &[&str])] = &[
    (
        OperationKind::Sale,
        &[
            "card: Card(",
            "card: Storing(",
            "card: Stored(",
            "card: Wallet(",
            "source: Number(",
            "source: Token(",
            "source: NetworkToken(",
            "version: None",
            "version: Some(One(",
            "version: Some(Two(",
        ],
    ),
    (
        OperationKind::Verify,
        &["card: Card(", "card: Storing(", "card: Wallet(", "class: Ecom", "class: Moto"],
    ),
    (
        OperationKind::Continuous,
        &["origin: Original(", "origin: Scheme(", "card: None", "card: Some((Number(", "card: Some((Token("],
    ),
    (OperationKind::Void, &["retry_number: None", "retry_number: Some("]),
    (OperationKind::Refund, &["retry_number: None", "retry_number: Some("]),
    (OperationKind::Credit, &["to: Original(", "to: Card(Number(", "to: Card(Token("]),
];

/// The parameters of a request with their values, as they are written.
fn pairs(request: &Request, credentials: &Credentials) -> BTreeSet<(String, String)> {
    serde_urlencoded::from_bytes(request.encode(credentials).as_bytes()).unwrap()
}

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
        let written = pairs(&request, &credentials);
        let read = Request::decode(request.encode(&credentials).as_bytes()).unwrap().request;
        let lost: Vec<_> = written.difference(&pairs(&read, &credentials)).cloned().collect();
        assert_eq!(lost, [], "{kind} is read without these");
        for (name, value) in written {
            let known = values.entry((kind.as_str(), name)).or_default();
            // Enough for every word that there is.
            if known.len() < 20 {
                known.insert(value);
            }
        }
        let shown = format!("{request:?}");
        let table = VARIANTS.iter().find(|row| row.0 == kind).unwrap();
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
