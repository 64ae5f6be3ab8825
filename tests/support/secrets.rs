//! Secrets and personal data that occur nowhere else in the tests, so that finding a piece of one means a leak, and
//! requests that together carry each of them in all possible places.
#![expect(clippy::panic, reason = "clippy takes only what has the attribute for a test")]

use core::hint::black_box;

use cashflows_codec::remote_auth::{request::*, *};
use cashflows_codec::value::*;

pub const NUMBER: &str = "4929918273645542";
pub const TOKEN: &str = "t0k3n-0f-a-c4rd";
pub const CVV: &str = "7391";
pub const PASSWORD: &str = "pa55+w%rd&h0rse=é";
pub const CAVV: &str = "c4vvAAhIXdRcEdRVyEhAAAAAAAA=";
pub const CRYPTOGRAM: &str = "crypt0gr4mIXdRcEdRVyEhAAAAAA=";
pub const TAVV: &str = "7a55ba5eba11c0de";
pub const API_KEY: &str = "k3y-0f-the-g4teway";
pub const DIGEST_SECRET: &str = "sh4red-bef0rehand";

pub const NAME: &str = "Zephyrine Quillfeather";
pub const ADDRESS: &str = "17 Larkspur Mews\nOddington";
pub const POSTCODE: &str = "OX29 7QW";
pub const IP: &str = "203.0.113.77";
pub const EMAIL: &str = "mailbox+shop@example.org";
pub const TELEPHONE: &str = "+44 1632 960417";
pub const DATE_OF_BIRTH: &str = "19631107";
pub const SURNAME: &str = "Thistlewood";
pub const RECIPIENT_POSTCODE: &str = "GL54 8ZK";
pub const ACCOUNT: &str = "GB33BUKB20201555";

/// Pieces that give a secret away, plain or encoded, whole or half written. Of values with a visible part, pieces that
/// no mask shows.
pub const PIECES: &[&str] = &[
    "4929918",
    "918273645",
    "3645542",
    "%38%32%37%33",
    "t0k3n-0f",
    "a-c4rd",
    CVV,
    "pa55",
    "w%rd",
    "w%25rd",
    "h0rse",
    "c4vv",
    "crypt0gr4m",
    "7a55ba5e",
    "ba11c0de",
    "sh4red",
    "bef0rehand",
    "k3y-0f",
    "g4teway",
    "ephyrine",
    "uillfeather",
    "Larkspur",
    "%4C%61%72%6B",
    "Oddington",
    "7QW",
    "113.77",
    "ailbox",
    "+shop",
    "%2Bshop",
    "1632",
    "96041",
    "19631107",
    "histlewood",
    "8ZK",
    "GB33",
    "UKB2020",
];

/// The registry of secret values: a table with each type, a text that it accepts and one that it refuses. A test
/// compares it with the sources.
macro_rules! secret_values {
    ($case:ident) => {
        [
            $case!(AccessToken, TOKEN, format!("{TOKEN} ")),
            $case!(AccountPassword, PASSWORD, format!("{PASSWORD}\n")),
            $case!(ApiKey, API_KEY, format!("{API_KEY} ")),
            $case!(CardNumber, NUMBER, format!("{NUMBER} ")),
            $case!(CardToken, TOKEN, format!("{TOKEN}|")),
            $case!(Cavv, CAVV, format!("{CAVV}=")),
            $case!(Cryptogram, CRYPTOGRAM, format!("{CRYPTOGRAM}|")),
            $case!(Cvv, CVV, format!("{CVV}1")),
            $case!(DigestSecret, DIGEST_SECRET, DIGEST_SECRET.repeat(30)),
            $case!(Password, PASSWORD, PASSWORD.repeat(20)),
            $case!(SessionApiKey, API_KEY, format!("{API_KEY} ")),
            $case!(SessionId, TOKEN, format!("{TOKEN} ")),
            $case!(Tavv, TAVV, format!("{TAVV}x")),
        ]
    };
}

/// The registry of personal values: the same, with the visible part of each.
macro_rules! personal_values {
    ($case:ident) => {
        [
            $case!(Address, ADDRESS, format!("{ADDRESS}\r"), "***"),
            $case!(CustomerName, NAME, format!("{NAME}\n"), "Z*** Q***"),
            $case!(DateOfBirth, DATE_OF_BIRTH, format!("{DATE_OF_BIRTH}0"), "***"),
            $case!(Email, EMAIL, format!("{EMAIL} "), "m***@example.org"),
            $case!(IpAddress, IP, format!("{IP}."), "203.0.*.*"),
            $case!(Postcode, POSTCODE, format!("{POSTCODE}\t"), "OX29 ***"),
            $case!(PrivateText, ADDRESS, format!("{ADDRESS}\r"), "***"),
            $case!(RecipientAccount, ACCOUNT, format!("{ACCOUNT}_"), "***1555"),
            $case!(RecipientPostcode, RECIPIENT_POSTCODE, format!("{RECIPIENT_POSTCODE}-"), "GL54 ***"),
            $case!(RecipientSurname, SURNAME, format!("{SURNAME}7"), "T***"),
            $case!(Telephone, TELEPHONE, format!("{TELEPHONE}\n"), "***17"),
        ]
    };
}

/// Makes a value from a text that the compiler does not know: it would build a short secret in registers and keep those
/// on the stack.
pub fn value<T: for<'t> TryFrom<&'t str>>(text: &str) -> T {
    T::try_from(black_box(text)).unwrap_or_else(|_| panic!("not a value"))
}

pub fn credentials() -> Credentials {
    Credentials::new(value("1234567"), value(PASSWORD))
}

pub fn customer() -> Customer {
    Customer::default()
        .with_name(value(NAME))
        .with_address(value(ADDRESS))
        .with_postcode(value(POSTCODE))
        .with_country(value("GB"))
        .with_ip(value(IP))
        .with_email(value(EMAIL))
        .with_telephone(value(TELEPHONE))
}

pub fn recipient() -> Recipient {
    Recipient::new(value(DATE_OF_BIRTH), value(SURNAME), value(RECIPIENT_POSTCODE), value(ACCOUNT))
}

/// Requests that together carry all secrets and personal data in all possible places.
pub fn requests() -> Vec<Request> {
    let number = || value::<CardNumber>(NUMBER);
    let token = || value::<CardToken>(TOKEN);
    let expiry = || value::<Expiry>("1130");
    let reference = || value::<MerchantReference>("cart");
    let three_ds = || {
        FullThreeDs::new(
            value("2.1.0"),
            Eci::VisaFull,
            value(CAVV),
            value("c5b808e7-1de1-4069-a17b-f70d3b3b1645"),
        )
        .unwrap()
    };
    let network_token = || NetworkToken::new(number(), value(TAVV));
    let card = || Card::new(number(), expiry(), value(CVV)).with_three_ds(three_ds());
    let wallet = WalletCard::new(WalletKind::ApplePay, number(), expiry(), value(CRYPTOGRAM));
    let mut wallet_with_cvv = wallet.clone();
    wallet_with_cvv.cvv = Some(value(CVV));
    let money = Money::eur(1);
    let scheme = || SchemeOrigin::new(value("MCC6830070529"));
    let secret = value::<DigestSecret>(DIGEST_SECRET);
    vec![
        Sale::ecom(card(), money, reference()).with_customer(customer()).with_recipient(recipient()).into(),
        Sale::ecom(Card::token(token(), expiry(), value(CVV)), money, reference()).into(),
        Sale::moto(Card::network_token(network_token(), expiry()).with_cvv(value(CVV)), money, reference())
            .into(),
        Sale::ecom(StoringCard::new(card(), three_ds()), money, reference()).into(),
        Sale::ecom(StoredCard::new(CardDetails::new(token(), expiry()), three_ds()), money, reference())
            .into(),
        Sale::ecom(wallet, money, reference()).into(),
        Verify::ecom(wallet_with_cvv, Currency::EUR, reference()).into(),
        Sale::ecom(Card::network_token(network_token(), expiry()), money, reference()).into(),
        Verify::ecom(card(), Currency::EUR, reference())
            .with_customer(customer())
            .with_recipient(recipient())
            .into(),
        Continuous::new(scheme().with_card(number(), expiry()), money, reference())
            .with_three_ds(three_ds())
            .with_customer(customer())
            .with_recipient(recipient())
            .into(),
        Continuous::new(scheme().with_card(token(), expiry()), money, reference()).into(),
        Continuous::new(NetworkTokenOrigin::new(scheme().id, network_token()), money, reference()).into(),
        Credit::new(number(), money, value("win"), &secret)
            .with_customer(customer())
            .with_recipient(recipient())
            .into(),
        Credit::new(token(), money, value("win"), &secret).into(),
    ]
}
