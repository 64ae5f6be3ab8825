//! The literal lines.

use cashflows_codec::remote_auth::batch::{BatchRefusal, BatchResponse, Query};
use cashflows_codec::remote_auth::{OperationKind, Outcome, Response};
use cashflows_codec::simulator::{Delivery, Endpoint, Entry, Payload, State};
use cashflows_codec::value::Currency;

use crate::shop::{Shop, credentials, morning};
use crate::support::bodies::smallest;

#[test]
fn each_operation_is_answered_by_a_line() {
    let address = "cust_address=Farm cust_postcode=1";
    for (scenario, line) in [
        ("sale", "A|01S00000001|200|000001|Authorised"),
        (&format!("sale {address}"), "A|01S00000001|222|000001|Authorised"),
        ("verify cust_address=Farm", "A|05P00000001|220|000001|Authorised"),
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

/// Content types and bodies of every kind, at every endpoint: the endpoint decides what an answer is.
#[test]
fn any_body_gets_an_answer_of_its_endpoints_kind() {
    const FORM: &str = "application/x-www-form-urlencoded";
    const PARTS: &str = "multipart/x-vcg-remote-api; boundary=_partBoundary_";
    let query = Query::new("1".parse().unwrap()).encode(&credentials()).into_bytes();
    let huge = vec![b'x'; 3_000_000];
    let bodies: [&[u8]; 7] = [b"", b"auth_id=1", &sale(), &query, b"{\"amount\":1}", b"\xff\0", &huge];
    for content_type in [FORM, PARTS, "application/json", "multipart/form-data", "text/plain", ""] {
        for body in bodies {
            let mut acquirer = Shop::default().acquirer;
            let line = payload(acquirer.handle(morning(), Endpoint::Payment, content_type, body));
            let batch = payload(acquirer.handle(morning(), Endpoint::Batch, content_type, body));
            let reply = BatchResponse::decode(batch.content_type(), batch.body().clone()).unwrap();
            let refusal = match body.len() {
                3_000_000 => BatchRefusal::RequestTooBig,
                _ if content_type == PARTS && body == query => BatchRefusal::ReleaseNotFound,
                _ => BatchRefusal::InvalidRequest,
            };
            assert_eq!(reply, BatchResponse::Refused(refusal), "{content_type}");

            // A batch that is posted to the payment endpoint is answered as a batch (RA-113).
            if content_type == PARTS {
                assert_eq!((line.content_type(), line.body()), (batch.content_type(), batch.body()));
                continue;
            }
            assert_eq!(line.content_type(), "text/plain");
            let response = Response::decode(line.body()).unwrap();
            let taken = content_type == FORM && body == sale();
            assert_eq!(response.outcome() == Outcome::Authorised, taken, "{content_type}");
            assert_eq!(response.outcome() == Outcome::Refused, !taken, "{content_type}");
        }
    }
}

#[test]
fn a_payment_is_sent_as_a_form() {
    for (content_type, line) in [
        ("application/x-www-form-urlencoded", "A|01S00000001|200|000001|Authorised"),
        ("Application/X-WWW-form-urlencoded; charset=UTF-8", "A|01S00000001|200|000001|Authorised"),
        ("application/json", "V|99E00000001|000|V226|Invalid request"),
        ("", "V|99E00000001|000|V226|Invalid request"),
    ] {
        let mut acquirer = Shop::default().acquirer;
        let delivered = payload(acquirer.handle(morning(), Endpoint::Payment, content_type, &sale()));
        assert_eq!(delivered.body(), line, "{content_type}");
        assert_eq!(delivered.into_body(), line);
    }
}

#[test]
fn paths_lead_to_endpoints() {
    for (path, endpoint) in [
        ("/gateway/remote_auth", Some(Endpoint::Payment)),
        ("/gateway/remote_auth/gateway/remote_auth", Some(Endpoint::Payment)),
        ("/admin/remote_batch", Some(Endpoint::Batch)),
        ("/gateway/remote_auth/", None),
        ("/gateway", None),
        ("", None),
    ] {
        assert_eq!(Endpoint::from_path(path), endpoint, "{path}");
    }
}

fn sale() -> Vec<u8> {
    smallest(OperationKind::Sale).encode()
}

fn payload(delivery: Delivery) -> Payload {
    match delivery {
        Delivery::Payload(payload) => payload,
        Delivery::Silence => panic!("silence"),
    }
}

/// There is no clock and no random number: two acquirers that are told the same do the same.
#[test]
fn the_same_requests_have_the_same_effect() {
    let play = || {
        let mut shop = Shop::default();
        let answers: Vec<String> = (0..50)
            .flat_map(|number| {
                [
                    format!("sale tran_ref=cart-{number} return_token=true"),
                    format!("verify tran_ref=check-{number} card_num=4510400400099005 return_token=true"),
                    format!("sale tran_ref=cart-{number} retry_number=1"),
                    "+9s".to_owned(),
                ]
            })
            .map(|step| shop.play(&step))
            .collect();
        (answers, format!("{:?}", shop.acquirer))
    };
    assert_eq!(play(), play());
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
        (
            "sale; sale tran_currency=EUR tran_ref=cart-2; void",
            vec![State::Voided, State::Pending, State::Done],
            0,
        ),
        (
            "sale; credit; void tran_orig_id=01C00000002 tran_class=cred",
            vec![State::Pending, State::Voided, State::Done],
            24_99,
        ),
    ] {
        let mut shop = Shop::default();
        shop.play(scenario);
        let ledger = shop.acquirer.ledger();
        let state = |entry: &Entry| ledger.state(entry.id(), shop.now).unwrap();
        assert_eq!(ledger.entries().iter().map(state).collect::<Vec<_>>(), states, "{scenario}");
        assert_eq!(ledger.balance(Currency::GBP), balance, "{scenario}");
    }
}

#[test]
fn the_ledger_prints_as_a_table_without_secrets() {
    let mut shop = Shop::default();
    shop.play("sale; +1d; refund tran_amount=4.99; sale card_cvv=124 tran_ref=cart-2");
    assert_eq!(
        shop.acquirer.ledger().to_string(),
        "01S00000001 sale       cart-1         24.99 GBP: authorised\n\
         01R00000002 refund     01S00000001     4.99 GBP: authorised\n\
         01S00000003 sale       cart-2         24.99 GBP: declined\n",
    );
    let shown = format!("{:?}", shop.acquirer);
    assert!(shown.contains("400000******0002"));
    for secret in ["4000000000000002", "credit-secret", "Pa55&word"] {
        assert!(!shown.contains(secret), "{secret}");
    }
}
