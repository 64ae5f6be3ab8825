//! The other provider: token, session, page, and what a shopper does there.

use core::num::NonZeroU64;
use std::time::Duration;

use cashflows_codec::hosted_page::*;
use cashflows_codec::simulator::gateway::EnteredCard;
use cashflows_codec::simulator::hosted_page::{Account, Next, PaymentState, Provider};
use cashflows_codec::value::Currency;

use crate::shop::morning;

fn provider() -> Provider {
    let account = Account::new(
        "shop".parse().unwrap(),
        "pa55word".parse().unwrap(),
        "session-key".parse().unwrap(),
        "client-key".parse().unwrap(),
    );
    Provider::new(account, "https://provider.test/".parse().unwrap())
}

fn order() -> Order {
    let (reference, terminal) = ("ORDER-1".parse().unwrap(), "TERM 1/2".replace(' ', "-").parse().unwrap());
    let amount = NonZeroU64::new(12_34).unwrap();
    Order::new(reference, terminal, Currency::EUR, amount, TransactionType::Purchase)
}

fn url(path: &str) -> cashflows_codec::gateway::Url {
    format!("https://shop.test/{path}").parse().unwrap()
}

fn page_request() -> PageRequest {
    PageRequest::new(order(), url("paid"), url("cancelled"), url("failed"))
}

fn post(provider: &mut Provider, path: &str, headers: &[(&str, &str)], body: &[u8]) -> (u16, Vec<u8>) {
    let headers = headers.iter().map(|(name, value)| (*name, value.as_bytes()));
    let cashflows_codec::simulator::Delivery::Payload(payload) =
        provider.handle(morning(), path, headers, body)
    else {
        panic!("silence")
    };
    assert_eq!(payload.content_type(), "application/json");
    (payload.status(), payload.body().to_vec())
}

fn bearer(provider: &mut Provider) -> String {
    let login = Login::new("shop".parse().unwrap(), "pa55word".parse().unwrap());
    let (status, body) = post(provider, Login::PATH, &[], &login.encode());
    format!("Bearer {}", Token::decode(status, &body).unwrap().access_token().secret_str())
}

fn page(provider: &mut Provider) -> Page {
    let bearer = bearer(provider);
    let headers = [("Authorization", bearer.as_str())];
    let (status, body) = post(provider, PageRequest::PATH, &headers, &page_request().encode());
    Page::decode(status, &body).unwrap()
}

fn card(number: &str, cvv: &str) -> EnteredCard {
    let holder = "Jon Snow".parse().unwrap();
    EnteredCard::new(number.parse().unwrap(), "1130".parse().unwrap(), cvv.parse().unwrap(), holder)
}

#[test]
fn a_page_is_paid_once() {
    let mut provider = provider();
    let page = page(&mut provider);
    let session = page.session_id().secret_str();
    assert_eq!(page.secret_redirect_url(), format!("https://provider.test/hpp/payment/TERM-1%2F2/{session}"));
    let shown = provider.page(session).unwrap();
    assert_eq!((shown.reference(), shown.amount().get(), shown.currency()), ("ORDER-1", 1234, Currency::EUR));
    assert_eq!((shown.state(), shown.return_url(), shown.card()), (PaymentState::Open, None, None));

    let paid = Next::Return("https://shop.test/paid".into());
    let good = card("4000000000000002", "123");
    assert_eq!(
        provider.pay(morning(), session, &card("4000000000000002", "321")),
        Next::Return("https://shop.test/failed".into())
    );
    assert_eq!(
        provider.pay(morning(), session, &card("4000000000000003", "123")),
        Next::Return("https://shop.test/failed".into())
    );
    let years = Duration::from_secs(10 * 365 * 24 * 60 * 60);
    assert_eq!(
        provider.pay(morning() + years, session, &good),
        Next::Return("https://shop.test/failed".into())
    );
    assert_eq!(provider.payments()[0].state(), PaymentState::Open);
    assert_eq!(provider.pay(morning(), session, &good), paid);
    assert_eq!(provider.payments()[0].card(), Some("400000******0002"));
    // Once more, and cancelled afterwards: nothing changes.
    assert_eq!(provider.pay(morning(), session, &card("5400300400099007", "123")), paid);
    assert_eq!(provider.cancel(session), paid);
    assert_eq!(provider.payments().len(), 1);
    assert_eq!(provider.payments()[0].card(), Some("400000******0002"));
    assert_eq!(provider.payments()[0].made(), morning());
}

#[test]
fn a_shopper_cancels() {
    let mut provider = provider();
    let page = page(&mut provider);
    let session = page.session_id().secret_str();
    let cancelled = Next::Return("https://shop.test/cancelled".into());
    assert_eq!(provider.cancel(session), cancelled);
    assert_eq!(provider.pay(morning(), session, &card("4000000000000002", "123")), cancelled);
    assert_eq!(provider.payments()[0].state(), PaymentState::Cancelled);
}

/// A session has no error URL: the page asks again.
#[test]
fn a_session_is_paid_on_the_shops_own_page() {
    let mut provider = provider();
    let bearer = bearer(&mut provider);
    let headers = [("authorization", bearer.as_str()), ("X-Api-Key", "session-key")];
    let request = SessionRequest::new(order(), url("paid"), url("cancelled"));
    let (status, body) = post(&mut provider, SessionRequest::PATH, &headers, &request.encode());
    let session = Session::decode(status, &body).unwrap();
    let id = session.id().secret_str();
    let data = InitData::new(provider.client_key().clone(), session.id().clone());
    assert!(data.to_script_json().contains("client-key"));
    assert_eq!(provider.pay(morning(), id, &card("4000000000000002", "321")), Next::Page);
    assert_eq!(
        provider.pay(morning(), id, &card("4000000000000002", "123")),
        Next::Return("https://shop.test/paid".into())
    );
}

#[test]
fn nobody_else_gets_in() {
    let mut provider = provider();
    let page = page(&mut provider);
    let right = bearer(&mut provider);
    let (session, key) = (SessionRequest::PATH, ("x-api-key", "session-key"));
    let body = SessionRequest::new(order(), url("paid"), url("cancelled")).encode();
    let wrong_login = Login::new("shop".parse().unwrap(), "other".parse().unwrap()).encode();
    for (path, headers, body, status, property) in [
        (Login::PATH, vec![], &wrong_login[..], 401, "password"),
        (Login::PATH, vec![], b"{}", 400, "username"),
        (PageRequest::PATH, vec![], b"{}", 401, "authorization"),
        (PageRequest::PATH, vec![("authorization", "Bearer x")], b"{}", 401, "authorization"),
        (PageRequest::PATH, vec![("authorization", &*right)], b"{}", 400, "reference"),
        (session, vec![("authorization", &*right)], &body, 401, "x-api-key"),
        (session, vec![("authorization", &*right), ("x-api-key", "x")], &body, 401, "x-api-key"),
        (session, vec![key], &body, 401, "authorization"),
        ("/api/else", vec![], b"{}", 404, "path"),
    ] {
        let (answered, body) = post(&mut provider, path, &headers, body);
        assert_eq!(answered, status, "{path}");
        let Err(PageError::Refused { refusal, .. }) = Page::decode(answered, &body) else { panic!("{path}") };
        assert_eq!(&*refusal.errors[0].property, property, "{path}");
    }
    assert_eq!(provider.payments().len(), 1);

    let id = page.session_id().secret_str();
    let other = format!("{}{}", &id[..id.len() - 1], if id.ends_with('0') { '1' } else { '0' });
    for unknown in ["", "00000000", "0000000", "é", "00000001", &other, &id[..8], &id.to_uppercase()[..]] {
        if unknown == id {
            continue;
        }
        assert!(provider.page(unknown).is_none(), "{unknown}");
        assert_eq!(provider.pay(morning(), unknown, &card("4000000000000002", "123")), Next::Unknown);
        assert_eq!(provider.cancel(unknown), Next::Unknown);
    }
}

#[test]
fn nothing_secret_is_printed() {
    let mut provider = provider();
    let page = page(&mut provider);
    let card = card("4000000000000002", "123");
    provider.pay(morning(), page.session_id().secret_str(), &card);
    let printed = format!("{provider:?} {card:?} {:?}", provider.payments());
    for secret in ["pa55word", "session-key", "4000000000000002", "\"123\"", page.session_id().secret_str()] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
    assert!(printed.contains("400000******0002"));
}
