//! Values that a request derives from others, or that take the place of others.

use cashflows_codec::remote_auth::OperationKind::{self, Continuous, Refund, Sale, Verify, Void};
use cashflows_codec::remote_auth::request::{Credit, PaymentCard, WalletCard, WalletKind};
use cashflows_codec::value::{Authentication, CardToken, Eci, Money};

#[test]
fn operation_kind_displays_its_word() {
    let kinds = [Sale, Verify, Continuous, Void, Refund, OperationKind::Credit];
    let words = ["sale", "verify", "continuous", "void", "refund", "credit"];
    assert_eq!(kinds.map(OperationKind::as_str), words);
    assert_eq!(kinds.map(|kind| kind.to_string()), words);
}

fn wallet() -> WalletCard {
    let (number, expiry) = ("4000000000000002".parse().unwrap(), "1130".parse().unwrap());
    WalletCard::new(WalletKind::GooglePay, number, expiry, "AAAB".parse().unwrap())
}

fn authentication(card: WalletCard) -> Option<Authentication> {
    PaymentCard::from(card).authentication()
}

#[test]
fn wallet_with_eci_drops_result_of_three_ds2() {
    let (version, id) = ("2.2.0".parse().unwrap(), "c5b808e7-1de1-4069-a17b-f70d3b3b1645");
    assert_eq!(authentication(wallet()), None);
    let card = wallet().with_three_ds2(version, Eci::VisaFull, id.parse().unwrap()).unwrap();
    assert_eq!(authentication(card.clone()), Some(Authentication::Full));
    let card = card.with_eci(Eci::AmexNone);
    assert_eq!((card.three_ds_version(), card.ds_transaction_id()), (None, None));
}

#[test]
fn wallet_with_three_ds2_refuses_id_of_other_scheme() {
    let (version, id) = ("2.2.0".parse().unwrap(), "c5b808e7-1de1-4069-a17b-f70d3b3b1645");
    let error = wallet().with_three_ds2(version, Eci::AmexFull, id.parse().unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "directory server transaction id must have 20 characters with an ECI of two digits"
    );
}

#[test]
fn credit_digest_covers_original() {
    use cashflows_codec::remote_auth::request::CreditTo;

    let token = || "1000000000030419".parse::<CardToken>().unwrap();
    let secret = "shared:beforehand".parse().unwrap();
    let credit = |to: CreditTo| Credit::new(to, Money::gbp(9_99), "win-1".parse().unwrap(), &secret);
    let original = "01S0135F71A".parse().unwrap();
    let of_original = credit(CreditTo::CardOfOriginal { card: token().into(), original });
    assert_eq!(of_original.verify(&secret), Ok(()));
    assert_ne!(of_original.terms().security_hash, credit(token().into()).terms().security_hash);
}
