//! The literal lines.

use cashflows_codec::remote_auth::Response;
use cashflows_codec::simulator::{Handled, State};
use cashflows_codec::value::Currency;

use crate::shop::{Shop, morning};

#[test]
fn lines() {
    let address = "cust_address=Farm cust_postcode=1";
    for (scenario, line) in [
        ("sale", "A|01S00000001|200|000001|Authorised"),
        (&format!("sale {address}"), "A|01S00000001|222|000001|Authorised"),
        ("verify cust_address=Farm", "A|01P00000001|220|000001|Authorised"),
        ("sale; cont", "A|01S00000002|000|000002|Authorised"),
        ("sale; void", "A|01V00000002|000|-|Authorised"),
        ("sale; refund", "A|01R00000002|000|-|Authorised"),
        ("sale; credit", "A|01C00000002|000|000002|Authorised"),
        ("sale card_cvv=124", "D|01S00000001|400|D101|Not Authorised"),
        ("void", "V|99E00000001|000|V216|Original trans not found"),
        ("sale -card_cvv; void", "V|99E00000002|000|V216|Original trans not found"),
        ("sale cust_name=Darth+Vader", "S|99E00000001|000|S107|Service not available"),
    ] {
        assert_eq!(Shop::default().play(scenario), line, "{scenario}");
    }
}

#[test]
fn extras_come_if_they_are_asked_for() {
    const ARN: &str = "|74698690000000000000001";
    const TOKEN: &str = "|1000000000000001";
    for (asked, extras) in [
        ("return_acq_ref=1", ARN.to_owned()),
        ("return_token=true", TOKEN.to_owned()),
        ("return_token=false", String::new()),
        ("return_acq_ref=1 return_token=true", format!("{ARN}{TOKEN}")),
        ("return_scheme_transaction_id=1", "|300000000000001".to_owned()),
        ("return_scheme_transaction_id=1 card_num=5400300400099007", "|MCC0000000001".to_owned()),
        (
            "return_acq_ref=1 return_token=true return_scheme_transaction_id=1",
            format!("{ARN}{TOKEN}|300000000000001"),
        ),
    ] {
        let line = Shop::default().play(&format!("sale {asked}"));
        assert_eq!(line, format!("A|01S00000001|200|000001|Authorised{extras}"), "{asked}");
        assert!(Response::decode(line.as_bytes()).is_ok());
    }
    let refused = Shop::default().play("sale card_cvv=124 return_acq_ref=1 return_token=true");
    assert_eq!(refused, format!("D|01S00000001|400|D101|Not Authorised{ARN}"));
}

#[test]
fn a_card_has_one_token() {
    let mut shop = Shop::default();
    let mut token = |changes: &str| {
        let line = shop.play(&format!("sale return_token=true {changes}"));
        line.rsplit('|').next().unwrap().to_owned()
    };
    let first = token("tran_ref=a");
    assert_eq!(token("tran_ref=b"), first);
    assert_eq!(first, "1000000000000001");
    assert_eq!(token("tran_ref=c card_num=4510400400099005"), "1000000000000002");
    assert_eq!(token(&format!("tran_ref=d -card_num card_token={first}")), first);
}

#[test]
fn other_content_types_are_refused() {
    for content_type in ["application/json", "", "text/plain"] {
        let mut shop = Shop::default();
        let Handled::Reply(reply) = shop.gateway.handle(morning(), content_type, b"auth_id=1") else {
            panic!("silence")
        };
        assert_eq!(reply.body(), "V|99E00000001|000|V226|Invalid request");
        assert_eq!(reply.content_type(), "text/plain");
        assert_eq!(reply.into_body(), "V|99E00000001|000|V226|Invalid request");
    }
    let mut shop = Shop::default();
    let body = crate::support::bodies::smallest(cashflows_codec::remote_auth::OperationKind::Sale).encode();
    let charset = "Application/X-WWW-form-urlencoded; charset=UTF-8";
    assert!(shop.gateway.handle(morning(), charset, &body).body().starts_with(b"A|"));
}

#[test]
fn the_ledger_tells_how_far_everything_is() {
    for (scenario, states, balance) in [
        ("sale", vec![State::Pending], 24_99),
        ("sale; +1d", vec![State::Settled], 24_99),
        ("sale; void", vec![State::Voided, State::Done], 0),
        ("sale; refund", vec![State::Pending, State::Pending], 0),
        ("sale; +1d; refund tran_amount=4.99; +1d", vec![State::Settled; 2], 20_00),
        ("sale; cont; credit", vec![State::Pending; 3], 24_99),
        ("verify", vec![State::Done], 0),
        ("sale card_cvv=124", vec![State::Refused], 0),
        ("sale tran_currency=EUR", vec![State::Pending], 0),
    ] {
        let mut shop = Shop::default();
        shop.play(scenario);
        let ledger = shop.gateway.ledger();
        let state = |entry: &cashflows_codec::simulator::Entry| ledger.state(entry.id(), shop.now).unwrap();
        assert_eq!(ledger.entries().iter().map(state).collect::<Vec<_>>(), states, "{scenario}");
        assert_eq!(ledger.balance(Currency::GBP), balance, "{scenario}");
    }
}

/// Nothing secret is printed.
#[test]
fn the_ledger_prints_as_a_table() {
    let mut shop = Shop::default();
    shop.play("sale; +1d; refund tran_amount=4.99; sale card_cvv=124 tran_ref=cart-2");
    assert_eq!(
        shop.gateway.ledger().to_string(),
        "01S00000001 sale       cart-1         24.99 GBP: authorised\n\
         01R00000002 refund     01S00000001     4.99 GBP: authorised\n\
         01S00000003 sale       cart-2         24.99 GBP: declined\n",
    );
    let shown = format!("{:?}", shop.gateway);
    assert!(shown.contains("400000******0002"));
    for secret in ["4000000000000002", "credit-secret", "Pa55&word"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}
