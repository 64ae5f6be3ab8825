//! What is set on a request is told by it, and by the request that is read from its body.

use cashflows_codec::remote_auth::request::{
    Card, CardDetails, CardOrToken, Continuous, ContinuousExemption, Credit, CreditTo, Exemption,
    FirstTransaction, NetworkToken, NetworkTokenCard, NetworkTokenOrigin, Origin, Recurrence, RetryNumber,
    Sale, SaleCard, SaleExemption, SchemeOrigin, Verify, WalletCard, WalletKind,
};
use cashflows_codec::remote_auth::{Credentials, OperationKind, Request};
use cashflows_codec::value::{
    Amount, Authentication, CardNumber, CardToken, Currency, Customer, Eci, Expiry, Money,
    SchemeTransactionId, ThreeDs,
};

/// The request as it is read from its body, which is the request that was written.
fn read_back<T: Clone + Into<Request>>(request: &T) -> Request {
    let credentials = Credentials::new("1234567".parse().unwrap(), "Pa55&word".parse().unwrap());
    let written: Request = request.clone().into();
    let body = written.encode(&credentials);
    let read = Request::decode(body.as_bytes()).unwrap().request().clone();
    assert_eq!(read, written);
    read
}

fn expiry() -> Expiry {
    "1130".parse().unwrap()
}

fn number() -> CardNumber {
    "4000000000000002".parse().unwrap()
}

fn token() -> CardToken {
    "1000000000030419".parse().unwrap()
}

#[test]
fn a_sale() {
    let details = CardDetails::new(number(), expiry())
        .with_start("0120".parse().unwrap())
        .with_issue("07".parse().unwrap())
        .with_account_reference("V0010013818047824578912345678".parse().unwrap());
    let card = Card::from_details(details.clone(), "123".parse().unwrap())
        .with_three_ds(
            ThreeDs::v1("5".parse().unwrap(), "AAABCAAhIXdRcEdRVyEhAAAAAAA=".parse().unwrap()).unwrap(),
        )
        .with_recurrence(Recurrence::Subscription);
    let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse().unwrap())
        .with_exemption(SaleExemption::LowRisk)
        .with_customer(Customer::default().with_name("Luke Skywalker".parse().unwrap()))
        .with_description("A landspeeder".parse().unwrap())
        .with_mpg_id("00000012345".parse().unwrap())
        .with_descriptor("Tatooine".parse().unwrap())
        .with_retry_number(RetryNumber::new(2));

    let Request::Sale(read) = read_back(&sale) else { panic!("a sale") };
    assert_eq!(read.exemption(), Some(SaleExemption::LowRisk));
    assert_eq!(read.customer().name().map(|name| name.as_str()), Some("Luke Skywalker"));
    assert_eq!(read.description().map(|description| description.as_str()), Some("A landspeeder"));
    assert_eq!(read.mpg_id().map(|id| id.as_str()), Some("00000012345"));
    assert_eq!(read.descriptor().map(|descriptor| descriptor.as_str()), Some("Tatooine"));
    assert_eq!(read.retry_number(), Some(RetryNumber::new(2)));
    assert_eq!((read.money(), read.reference().as_str()), (Money::gbp(24_99), "cart-1"));

    let SaleCard::Card(read) = read.card() else { panic!("a card") };
    assert_eq!((read.details(), read.details().expiry()), (&details, expiry()));
    assert_eq!(read.details().start().map(|start| start.to_string()).as_deref(), Some("0120"));
    assert_eq!(read.details().issue().map(|issue| issue.as_str()), Some("07"));
    let reference = read.details().account_reference().map(|reference| reference.as_str());
    assert_eq!(reference, Some("V0010013818047824578912345678"));
    assert_eq!(read.three_ds().and_then(ThreeDs::eci).map(|eci| eci.as_str()), Some("5"));
    assert_eq!(read.recurrence(), Some(Recurrence::Subscription));
}

#[test]
fn a_wallet_and_a_network_token() {
    let wallet = WalletCard::new(WalletKind::ApplePay, number(), expiry(), "AAAB".parse().unwrap())
        .with_eci("7".parse().unwrap());
    assert_eq!(wallet.kind(), WalletKind::ApplePay);
    assert_eq!(wallet.cryptogram().secret_str(), "AAAB");
    assert_eq!(wallet.eci().map(|eci| eci.as_str()), Some("7"));
    read_back(&Sale::moto(wallet, Money::gbp(1_00), "cart-1".parse().unwrap()));

    let token = NetworkToken::new(number(), "00ff".parse().unwrap());
    assert_eq!((token.number(), token.tavv().secret_str()), (&number(), "00ff"));
    let card = NetworkTokenCard::new(token, expiry()).with_recurrence(Recurrence::Unscheduled);
    assert_eq!(card.recurrence(), Some(Recurrence::Unscheduled));
    read_back(&Sale::moto(card, Money::gbp(1_00), "cart-1".parse().unwrap()));
}

#[test]
fn a_verification() {
    let card = Card::token(token(), expiry(), "123".parse().unwrap());
    let verify = Verify::moto(card, Currency::EUR, "cart-1".parse().unwrap());
    assert_eq!(verify.amount(), None);
    let verify = verify.with_amount(Amount::from_hundredths(1_00));
    let Request::Verify(read) = read_back(&verify) else { panic!("a verification") };
    assert_eq!((read.amount(), read.currency()), (Some(Amount::from_hundredths(1_00)), Currency::EUR));
}

#[test]
fn a_continuous_payment() {
    let origin = SchemeOrigin::new("MCC0000000001".parse().unwrap());
    assert_eq!(origin.card(), None);
    let origin = origin.with_card(token(), expiry());
    let payment = Continuous::new(origin, Money::gbp(9_99), "month-2".parse().unwrap())
        .with_exemption(ContinuousExemption::Recurring)
        .with_recurrence(Recurrence::Instalment);
    let Request::Continuous(read) = read_back(&payment) else { panic!("a continuous payment") };
    assert_eq!(read.exemption(), Some(ContinuousExemption::Recurring));
    assert_eq!(read.recurrence(), Some(Recurrence::Instalment));
    let Origin::Scheme(origin) = read.origin() else { panic!("an origin at another acquirer") };
    assert_eq!(origin.id().as_str(), "MCC0000000001");
    assert_eq!(origin.card(), Some(&(CardOrToken::Token(token()), expiry())));
}

#[test]
fn an_operation_has_a_name() {
    let names = ["sale", "verify", "continuous", "void", "refund", "credit"];
    let kinds = {
        use OperationKind::*;
        [Sale, Verify, Continuous, Void, Refund, Credit]
    };
    assert_eq!(kinds.map(OperationKind::as_str), names);
    assert_eq!(kinds.map(|kind| kind.to_string()), names);
}

#[test]
fn a_wallet_with_a_result_of_three_ds_2() {
    let wallet = || WalletCard::new(WalletKind::GooglePay, number(), expiry(), "AAAB".parse().unwrap());
    let (version, id) = ("2.2.0".parse().unwrap(), "c5b808e7-1de1-4069-a17b-f70d3b3b1645");
    let card = wallet().with_three_ds2(version, Eci::VisaFull, id.parse().unwrap()).unwrap();
    let card = card.with_cvv("123".parse().unwrap());
    assert_eq!((card.three_ds_version(), card.eci()), (Some("2.2.0"), Some(Eci::VisaFull)));
    assert_eq!(card.ds_transaction_id().map(|id| id.as_str()), Some(id));
    assert_eq!(card.cvv().map(|cvv| cvv.secret_str()), Some("123"));
    assert_eq!(card.authentication(), Some(Authentication::Full));
    let verify = Verify::ecom(card.clone(), Currency::EUR, "v-1".parse().unwrap())
        .with_exemption(SaleExemption::LowRisk);
    let Request::Verify(read) = read_back(&verify) else { panic!("a verification") };
    assert_eq!(read.exemption(), Some(Exemption::LowRisk));

    // The indicator alone takes the place of the result.
    let card = card.with_eci(Eci::AmexNone);
    assert_eq!((card.three_ds_version(), card.ds_transaction_id()), (None, None));
    assert_eq!(wallet().authentication(), None);
    let error = wallet().with_three_ds2(version, Eci::AmexFull, id.parse().unwrap()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "directory server transaction id must have 20 characters with an ECI of two digits"
    );
}

#[test]
fn a_network_token_on_the_merchants_initiative() {
    let token = NetworkToken::new(number(), "00ff".parse().unwrap());
    let first: SchemeTransactionId = "MCC0000000001".parse().unwrap();
    let origin = NetworkTokenOrigin::new(first, token.clone())
        .with_expiry(expiry())
        .with_account_reference("V0010013818047824578912345678".parse().unwrap());
    let payment = Continuous::new(origin, Money::gbp(9_99), "month-2".parse().unwrap()).returning_token();
    let Request::Continuous(read) = read_back(&payment) else { panic!("a continuous payment") };
    assert!(read.return_flags().token());
    assert_eq!(Request::from(read.clone()).original(), None);
    let Origin::NetworkToken(origin) = read.origin() else { panic!("a network token") };
    assert_eq!((origin.first(), origin.token()), (&FirstTransaction::Scheme(first), &token));
    assert_eq!(origin.expiry(), Some(expiry()));
    let reference = origin.account_reference().map(|reference| reference.as_str());
    assert_eq!(reference, Some("V0010013818047824578912345678"));
}

#[test]
fn a_credit_with_all_that_it_can_say() {
    let secret = "shared:beforehand".parse().unwrap();
    let to = CreditTo::CardOfOriginal { card: token().into(), original: "01S0135F71A".parse().unwrap() };
    let credit = Credit::new(to.clone(), Money::gbp(9_99), "win-1".parse().unwrap(), &secret)
        .with_expiry(expiry())
        .with_customer(Customer::default().with_name("Luke Skywalker".parse().unwrap()))
        .with_description("A prize".parse().unwrap())
        .with_descriptor("PRIZE".parse().unwrap())
        .returning_acquirer_reference();
    let Request::Credit(read) = read_back(&credit) else { panic!("a credit") };
    assert_eq!((read.to(), read.expiry(), read.money()), (&to, Some(expiry()), Money::gbp(9_99)));
    assert_eq!(read.to().original().map(ToString::to_string).as_deref(), Some("01S0135F71A"));
    assert_eq!(read.to().card(), Some(&CardOrToken::Token(token())));
    assert_eq!(read.reference().as_str(), "win-1");
    assert_eq!(read.customer().name().map(|name| name.as_str()), Some("Luke Skywalker"));
    assert!(read.return_flags().acquirer_reference());
    assert_eq!(read.verify(&secret), Ok(()));
    // The digest covers the original.
    let alone = Credit::new(token(), Money::gbp(9_99), "win-1".parse().unwrap(), &secret);
    assert_ne!(read.security_hash(), alone.security_hash());
}
