//! Builds every request that the library can build from the bytes of a [`Source`], for property tests and fuzzing.

use cashflows_codec::InvalidValue;
use cashflows_codec::remote_auth::{request::*, *};
use cashflows_codec::value::*;

use super::source::{Max, Source, some, value};

pub fn request(source: &mut Source<'_>) -> Request {
    let request: Request = match source.choice(6) {
        0 => sale(source).into(),
        1 => verify(source).into(),
        2 => continuous(source).into(),
        3 => reversal::<false>(source).into(),
        4 => reversal::<true>(source).into(),
        // A number is for acquirers that key credits by their reference.
        _ => credit(source).into(),
    };
    match source.maybe(|source| RetryNumber::new(source.byte())) {
        Some(number) => request.with_retry_number(number),
        None => request,
    }
}

pub fn credentials(source: &mut Source<'_>) -> Credentials {
    let profile = digits(source, 1, 20);
    Credentials::new(profile, value(some(source.written(Max::Characters(256), |_| true))))
}

/// Sets the values that are there.
macro_rules! with {
    ($value:expr; $($with:ident($option:expr)),+ $(,)?) => {{
        let mut value = $value;
        $(if let Some(option) = $option {
            value = value.$with(option);
        })+
        value
    }};
}

/// Sets the chosen return flags.
macro_rules! returning {
    ($source:ident, $value:expr; $($returning:ident),+) => {{
        let mut value = $value;
        $(if $source.yes() {
            value = value.$returning();
        })+
        value
    }};
}

/// Adds the parameters of every operation.
macro_rules! options {
    ($source:ident, $operation:expr) => {
        with!(
            returning!($source, $operation; returning_acquirer_reference);
            with_descriptor($source.maybe(|source| text(source, 12))),
            with_mpg_id($source.maybe(|source| digits(source, 11, 11))),
        )
    };
}

/// Adds the parameters of every payment.
macro_rules! payment {
    ($source:ident, $operation:expr) => {{
        let mut payment = options!($source, $operation);
        payment.customer = $source.maybe(customer).unwrap_or_default();
        payment.description = $source.maybe(|source| text(source, 99));
        payment.recipient = $source.maybe(recipient);
        payment
    }};
}

/// Adds the parameters of sale, verification and continuous payment.
macro_rules! purchase {
    ($source:ident, $operation:expr) => {
        payment!(
            $source, returning!($source, $operation; returning_token, returning_scheme_transaction_id)
        )
    };
}

fn sale(source: &mut Source<'_>) -> Sale {
    let sale = match source.choice(4) {
        0 | 1 => Sale::ecom(ecom_card(source), money(source), text(source, 255)),
        2 => Sale::moto(card(source), money(source), text(source, 255)),
        _ => Sale::moto(wallet_card(source), money(source), text(source, 255)),
    };
    let sale = with!(sale; with_exemption(source.maybe(|source| source.one_of(SaleExemption::ALL))));
    purchase!(source, sale)
}

fn verify(source: &mut Source<'_>) -> Verify {
    let verify = match source.choice(5) {
        0 => Verify::ecom(card(source), currency(source), text(source, 255)),
        1 => Verify::ecom(storing_card(source), currency(source), text(source, 255)),
        2 => Verify::ecom(wallet_card(source), currency(source), text(source, 255)),
        3 => Verify::moto(card(source), currency(source), text(source, 255)),
        _ => Verify::moto(wallet_card(source), currency(source), text(source, 255)),
    };
    let verify = with!(
        verify;
        with_amount(source.maybe(amount)),
        with_exemption(source.maybe(|source| source.one_of(Exemption::ALL))),
    );
    purchase!(source, verify)
}

fn continuous(source: &mut Source<'_>) -> Continuous {
    let continuous = match source.choice(3) {
        0 => Continuous::new(recurring_origin(source), money(source), text(source, 255)),
        1 => Continuous::new(scheme_origin(source), money(source), text(source, 255)),
        _ => Continuous::new(network_token_origin(source), money(source), text(source, 255)),
    };
    let continuous = with!(
        continuous;
        with_exemption(source.maybe(|source| source.one_of(ContinuousExemption::ALL))),
        with_three_ds(source.maybe(three_ds)),
        with_recurrence(source.maybe(recurrence)),
    );
    purchase!(source, continuous)
}

fn reversal<const IS_REFUND: bool>(source: &mut Source<'_>) -> Reversal<IS_REFUND> {
    let reversal = Reversal::new(original(source), source.one_of(OriginalClass::ALL), money(source));
    with!(options!(source, reversal); with_reference(source.maybe(|source| text(source, 255))))
}

fn credit(source: &mut Source<'_>) -> Credit {
    let to = match source.choice(4) {
        0 => CreditTo::from(original(source)),
        1 => CreditTo::from(number(source)),
        2 => CreditTo::from(token(source)),
        _ => CreditTo::CardOfOriginal { card: number(source).into(), original: original(source) },
    };
    let unseparated = |it: char| it != ':' && !it.is_control();
    let reference = some(source.written(Max::Characters(255), unseparated));
    let secret: DigestSecret = value(some(source.written(Max::Characters(256), |_| true)));
    let credit = Credit::new(to, money(source), value(reference), &secret);
    payment!(source, with!(credit; with_expiry(source.maybe(month_year))))
}

fn ecom_card(source: &mut Source<'_>) -> PaymentCard {
    match source.choice(4) {
        0 => card(source).into(),
        1 => storing_card(source).into(),
        2 => StoredCard::new(details(source), full_three_ds(source)).into(),
        _ => wallet_card(source).into(),
    }
}

fn details(source: &mut Source<'_>) -> CardDetails {
    let details = CardDetails::new(card_source(source), month_year(source));
    with_old_and_par(source, details)
}

/// Adds start date, issue number and account reference.
fn with_old_and_par<T>(source: &mut Source<'_>, details: CardDetails<T>) -> CardDetails<T> {
    CardDetails {
        start: source.maybe(month_year),
        issue: source.maybe(|source| digits(source, 1, 2)),
        account_reference: source.maybe(|source| text(source, 64)),
        ..details
    }
}

/// A card with a security code, or a network token without one.
fn cvv_or_token(source: &mut Source<'_>) -> Card {
    if source.yes() {
        let card = Card::network_token(network_token(source), month_year(source));
        return with!(card; with_account_reference(source.maybe(|source| text(source, 64))));
    }
    Card::from_details(details(source), digits(source, 3, 4))
}

fn card(source: &mut Source<'_>) -> Card {
    let card = cvv_or_token(source);
    with!(card; with_three_ds(source.maybe(three_ds)), with_recurrence(source.maybe(recurrence)))
}

fn storing_card(source: &mut Source<'_>) -> StoringCard {
    StoringCard::new(cvv_or_token(source), full_three_ds(source))
}

fn wallet_card(source: &mut Source<'_>) -> WalletCard {
    let kind = source.one_of(WalletKind::ALL);
    let card = WalletCard::new(kind, number(source), month_year(source), visible(source, 1, 128));
    let mut card = match source.choice(3) {
        0 => card,
        1 => card.with_eci(source.one_of(Eci::ALL)),
        _ => {
            let (eci, _, id) = proven(source);
            card.with_three_ds2(second_version(source), eci, id).expect("lengths that go with the indicator")
        }
    };
    card.cvv = source.maybe(|source| digits(source, 3, 4));
    card.recurrence = source.maybe(recurrence);
    card.details = with_old_and_par(source, card.details);
    card
}

fn card_source(source: &mut Source<'_>) -> CardSource {
    match source.choice(3) {
        0 => number(source).into(),
        1 => token(source).into(),
        _ => network_token(source).into(),
    }
}

fn number(source: &mut Source<'_>) -> CardNumber {
    digits(source, 12, 19)
}

fn token(source: &mut Source<'_>) -> CardToken {
    visible(source, 1, 50)
}

fn network_token(source: &mut Source<'_>) -> NetworkToken {
    let number = number(source);
    let mut tavv = source.spelled(Source::HEXADECIMAL, 2..=128);
    tavv.truncate(tavv.len() / 2 * 2);
    NetworkToken::new(number, value(tavv))
}

/// An expiry or a start.
fn month_year<T: TryFrom<String, Error = InvalidValue>>(source: &mut Source<'_>) -> T {
    value(format!("{:02}{:02}", 1 + source.choice(12), source.choice(100)))
}

fn recurrence(source: &mut Source<'_>) -> Recurrence {
    source.one_of(Recurrence::ALL)
}

/// A result of any kind.
fn three_ds(source: &mut Source<'_>) -> ThreeDs {
    let (eci, cavv, id) = proven(source);
    let none = source.one_of(&[Eci::VisaNone, Eci::MastercardNone, Eci::AmexNone]);
    let made = match source.choice(4) {
        0 => return full_three_ds(source).into(),
        1 => ThreeDs::v1(eci, cavv)
            .map(|first| with!(first; with_version1(source.maybe(|source| version(source, "1"))))),
        2 => ThreeDs::not_authenticated(none),
        _ if eci.meaning() == Authentication::None => {
            ThreeDs::v2_not_authenticated(second_version(source), eci, id)
        }
        _ => ThreeDs::v2(second_version(source), eci, cavv, id),
    };
    let made = made.expect("lengths that go with the indicator");
    with!(made; with_xid(source.maybe(|source| visible(source, 28, 28))))
}

fn full_three_ds(source: &mut Source<'_>) -> FullThreeDs {
    let (eci, cavv, id) = proven(source);
    FullThreeDs::new(second_version(source), eci, cavv, id).expect("lengths that go with the indicator")
}

/// An indicator, with a verification value and an id of matching lengths.
fn proven(source: &mut Source<'_>) -> (Eci, Cavv, DsTransactionId) {
    let eci = source.one_of(Eci::ALL);
    if eci.as_str().len() == 2 {
        return (eci, visible(source, 20, 20), visible(source, 20, 20));
    }
    (eci, visible(source, 28, 28), uuid(source))
}

fn second_version(source: &mut Source<'_>) -> ThreeDsVersion2 {
    let major = 2 + source.choice(98);
    version(source, &major.to_string())
}

/// With a leading zero, or without.
fn version<T: TryFrom<String, Error = InvalidValue>>(source: &mut Source<'_>, major: &str) -> T {
    let padding = if major.len() == 1 && source.yes() { "0" } else { "" };
    let (minor, patch) = (source.choice(100), source.spelled(Source::DIGITS, 1..=2));
    value(format!("{padding}{major}.{minor}.{patch}"))
}

/// With hexadecimal digits of either case.
fn uuid(source: &mut Source<'_>) -> DsTransactionId {
    let mut id = source.spelled(Source::HEXADECIMAL, 32..=32);
    for hyphen in [8, 13, 18, 23] {
        id.insert(hyphen, '-');
    }
    value(id)
}

fn customer(source: &mut Source<'_>) -> Customer {
    with!(
        Customer::default();
        with_name(source.maybe(|source| text(source, 255))),
        with_address(source.maybe(address)),
        with_postcode(source.maybe(|source| text(source, 32))),
        with_country(source.maybe(country)),
        with_ip(source.maybe(|source| [(); 4].map(|()| source.byte()).into())),
        with_email(source.maybe(email)),
        with_telephone(source.maybe(|source| text(source, 64))),
    )
}

fn address(source: &mut Source<'_>) -> Address {
    value(some(source.written(Max::Characters(1_024), |it| it == '\n' || !it.is_control())))
}

fn country(source: &mut Source<'_>) -> Country {
    let letters = source.spelled(Source::CAPITALS, 2..=2);
    letters.parse().unwrap_or_else(|_| "GB".parse().expect("a country"))
}

/// The last `@` is the one in the middle.
fn email(source: &mut Source<'_>) -> Email {
    let plain = |it: char| !it.is_control() && !it.is_whitespace();
    let user = some(source.written(Max::Characters(64), plain));
    let host = some(source.written(Max::Characters(189), |it| plain(it) && it != '@'));
    value(format!("{user}@{host}"))
}

fn recipient(source: &mut Source<'_>) -> Recipient {
    let date = source.spelled(Source::DIGITS, 8..=8);
    let date = date.parse().unwrap_or_else(|_| "19770525".parse().expect("a date"));
    let letters = source.written(Max::Characters(64), |it| it == '-' || it.is_alphabetic());
    let surname = if letters.chars().count() < 2 { "Li".to_owned() } else { letters };
    let postcode = source.spelled(&[Source::ALPHANUMERIC, b" "].concat(), 2..=16);
    let account = source.spelled(&[Source::ALPHANUMERIC, b"/-"].concat(), 1..=32);
    // A text in the form of a card number is refused.
    let account = account.parse().unwrap_or_else(|_| "x".parse().expect("an account"));
    Recipient::new(date, value(surname), value(postcode), account)
}

fn money(source: &mut Source<'_>) -> Money {
    Money::new(amount(source), currency(source))
}

fn amount(source: &mut Source<'_>) -> Amount {
    let hundredths = source.spelled(Source::DIGITS, 1..=20);
    hundredths.parse().map_or(Amount::MAX, Amount::from_hundredths)
}

fn currency(source: &mut Source<'_>) -> Currency {
    source.spelled(Source::CAPITALS, 3..=3).parse().unwrap_or(Currency::GBP)
}

/// Any id of a transaction.
fn original(source: &mut Source<'_>) -> OriginalId {
    let id = source.spelled(Source::ALPHANUMERIC, 1..=32);
    id.parse().unwrap_or_else(|_| "01S0135F74D".parse().expect("an id"))
}

/// A stored verification whose CVV check was a full match.
fn recurring_origin(source: &mut Source<'_>) -> RecurringOrigin {
    let checks = "200".parse().expect("checks");
    RecurringOrigin::from_stored(original(source).transaction_id(), checks).expect("a full match")
}

/// A valid id of a transaction in a scheme.
fn scheme_id(source: &mut Source<'_>) -> SchemeTransactionId {
    let id = source.spelled(Source::ALPHANUMERIC, 1..=32);
    id.parse().unwrap_or_else(|_| "MCC6830070529".parse().expect("an id"))
}

fn scheme_origin(source: &mut Source<'_>) -> SchemeOrigin {
    let origin = SchemeOrigin::new(scheme_id(source));
    match source.choice(3) {
        0 => origin,
        1 => origin.with_card(CardOrToken::from(number(source)), month_year(source)),
        _ => origin.with_card(CardOrToken::from(token(source)), month_year(source)),
    }
}

fn network_token_origin(source: &mut Source<'_>) -> NetworkTokenOrigin {
    let first = if source.yes() {
        FirstTransaction::from(recurring_origin(source))
    } else {
        FirstTransaction::Scheme(scheme_id(source))
    };
    NetworkTokenOrigin {
        expiry: source.maybe(month_year),
        account_reference: source.maybe(|source| text(source, 64)),
        ..NetworkTokenOrigin::new(first, network_token(source))
    }
}

fn digits<T>(source: &mut Source<'_>, min: usize, max: usize) -> T
where
    T: TryFrom<String, Error = InvalidValue>,
{
    value(source.spelled(Source::DIGITS, min..=max))
}

fn visible<T>(source: &mut Source<'_>, min: usize, max: usize) -> T
where
    T: TryFrom<String, Error = InvalidValue>,
{
    value(source.spelled(Source::VISIBLE, min..=max))
}

/// Characters of any kind, but for control characters.
fn text<T>(source: &mut Source<'_>, max: usize) -> T
where
    T: TryFrom<String, Error = InvalidValue>,
{
    value(some(source.written(Max::Characters(max), |it| !it.is_control())))
}
