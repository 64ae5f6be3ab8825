//! The credit digest against another implementation.

use cashflows_codec::remote_auth::DigestMismatch;
use cashflows_codec::remote_auth::DigestSecret;
use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::request::{Credit, CreditTo};
use cashflows_codec::value::{CardNumber, Money, OriginalId};

struct Known {
    credit: Credit,
    secret: DigestSecret,
    digest: &'static str,
}

/// The rows of the table as credits that this crate signed.
fn known() -> Vec<Known> {
    let row = |line: &'static str| {
        let [amount, currency, original, reference, secret, digest] =
            line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("{line}")
        };
        let secret: DigestSecret = secret.parse().unwrap();
        let money = Money::new(amount.parse().unwrap(), currency.parse().unwrap());
        let to = match original {
            "-" => CreditTo::from("4000000000000002".parse::<CardNumber>().unwrap()),
            original => CreditTo::from(original.parse::<OriginalId>().unwrap()),
        };
        let credit = Credit::new(to, money, reference.parse().unwrap(), &secret);
        Known { credit, secret, digest }
    };
    include_str!("../../data/credit-digests.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(row)
        .collect()
}

#[test]
fn digest_matches_reference() {
    let known = known();
    assert_eq!(known.len(), 5);
    for Known { credit, digest, .. } in known {
        assert_eq!(credit.terms().security_hash.as_str(), digest, "{credit:?}");
    }
}

#[test]
fn verify_accepts_received_credits() {
    let credentials =
        cashflows_codec::remote_auth::Credentials::new("1".parse().unwrap(), "p".parse().unwrap());
    for Known { credit, secret, .. } in known() {
        let body = Request::from(credit).encode(&credentials);
        let Request::Credit(received) = Request::decode(body.as_bytes()).unwrap().request else {
            panic!("a credit")
        };
        assert_eq!(received.verify(&secret), Ok(()));
        assert_eq!(received.verify(&"another secret".parse().unwrap()), Err(DigestMismatch));
    }
}

#[test]
fn verify_refuses_changed_credits() {
    let credentials =
        cashflows_codec::remote_auth::Credentials::new("1".parse().unwrap(), "p".parse().unwrap());
    let secret: DigestSecret = "secret".parse().unwrap();
    let original: OriginalId = "01S0001234".parse().unwrap();
    let credit = Credit::new(original, Money::gbp(9_99), "win-1".parse().unwrap(), &secret);
    let body = String::from_utf8(Request::from(credit).encode(&credentials).into_bytes().to_vec()).unwrap();
    for (signed, changed) in [
        ("tran_amount=9.99", "tran_amount=99.99"),
        ("tran_currency=GBP", "tran_currency=EUR"),
        ("tran_orig_id=01S0001234", "tran_orig_id=01S0001235"),
        ("tran_orig_id=01S0001234", "card_token=1"),
        ("tran_ref=win-1", "tran_ref=win-2"),
        ("security_hash=", "security_hash=0"),
    ] {
        let changed = body.replacen(signed, changed, 1);
        assert_ne!(changed, body);
        let verified = Request::decode(changed.as_bytes()).map(|decoded| match decoded.request {
            Request::Credit(credit) => credit.verify(&secret),
            _ => panic!("a credit"),
        });
        assert!(!matches!(verified, Ok(Ok(()))), "{changed}");
    }
}
