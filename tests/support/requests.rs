//! Strategies for every request that can be built.

use cashflows_codec::InvalidValue;
use cashflows_codec::remote_auth::{request::*, *};
use cashflows_codec::value::*;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

/// Values of a text type, from a regular expression that it accepts.
fn text<T>(pattern: &'static str) -> impl Strategy<Value = T>
where
    T: TryFrom<String, Error = InvalidValue> + core::fmt::Debug,
{
    proptest::string::string_regex(pattern).unwrap().prop_filter_map("refused", |text| T::try_from(text).ok())
}

fn word<T: Copy + core::fmt::Debug + 'static>(words: &'static [T]) -> BoxedStrategy<T> {
    select(words).boxed()
}

pub fn credentials() -> BoxedStrategy<Credentials> {
    (text("[0-9]{1,20}"), text("(?s).{1,40}"))
        .prop_map(|(profile, password)| Credentials::new(profile, password))
        .boxed()
}

fn money() -> BoxedStrategy<Money> {
    (any::<u64>(), select(vec!["GBP", "EUR", "JPY", "ZMW"]))
        .prop_map(|(hundredths, currency)| {
            Money::new(Amount::from_hundredths(hundredths), currency.parse().unwrap())
        })
        .boxed()
}

fn number() -> BoxedStrategy<CardNumber> {
    text("[0-9]{12,19}").boxed()
}

fn token() -> BoxedStrategy<CardToken> {
    text("[!-{}~]{1,50}").boxed()
}

fn expiry() -> BoxedStrategy<Expiry> {
    text("(0[1-9]|1[0-2])[0-9]{2}").boxed()
}

fn cvv() -> BoxedStrategy<Cvv> {
    text("[0-9]{3,4}").boxed()
}

fn original() -> BoxedStrategy<OriginalId> {
    text("[0-8][0-9][SVRPX][0-9A-F]{8}").boxed()
}

fn reference() -> BoxedStrategy<Reference> {
    text("[^\\x00-\\x1f\\x7f-\\x9f]{1,60}").boxed()
}

fn card_or_token() -> BoxedStrategy<CardOrToken> {
    prop_oneof![number().prop_map(CardOrToken::from), token().prop_map(CardOrToken::from)].boxed()
}

fn network_token() -> BoxedStrategy<NetworkToken> {
    (number(), text("([0-9a-fA-F]{2}){1,40}"))
        .prop_map(|(number, tavv)| NetworkToken::new(number, tavv))
        .boxed()
}

fn source() -> BoxedStrategy<CardSource> {
    prop_oneof![card_or_token().prop_map(CardSource::from), network_token().prop_map(CardSource::from),]
        .boxed()
}

fn cavv() -> BoxedStrategy<Cavv> {
    prop_oneof![text("[A-Za-z0-9+/]{27}="), text("[A-Za-z0-9+/]{20}")].boxed()
}

fn ds_transaction_id() -> BoxedStrategy<DsTransactionId> {
    prop_oneof![
        text("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
        text("[!-{}~]{20}"),
    ]
    .boxed()
}

fn full_three_ds() -> BoxedStrategy<FullThreeDs> {
    (text("[2-9]\\.[0-9]\\.[0-9]"), word(Eci::ALL), cavv(), ds_transaction_id())
        .prop_map(|(version, eci, cavv, id)| FullThreeDs::new(version, eci, cavv, id))
        .boxed()
}

/// Sets what is there.
macro_rules! with {
    ($value:expr; $($with:ident($option:expr)),+ $(,)?) => {{
        let mut value = $value;
        $(if let Some(option) = $option {
            value = value.$with(option);
        })+
        value
    }};
}

fn three_ds() -> BoxedStrategy<ThreeDs> {
    let begun = prop_oneof![
        Just(ThreeDs::v1_unnamed()),
        text("1\\.[0-9]\\.[0-9]").prop_map(ThreeDs::v1),
        (text("2\\.[0-9]\\.[0-9]"), ds_transaction_id()).prop_map(|(version, id)| ThreeDs::v2(version, id)),
    ];
    (begun, of(word(Eci::ALL)), of(cavv()), of(ds_transaction_id()), of(text("[A-Za-z0-9+/]{27}="))).prop_map(
        |(begun, eci, cavv, id, xid)| {
            with!(begun; with_eci(eci), with_cavv(cavv), with_ds_transaction_id(id), with_xid(xid))
        },
    ).boxed()
}

/// Start date, issue number and account reference, for anything that has them.
macro_rules! legacy_and_par {
    ($card:expr) => {
        (
            $card,
            of(text("(0[1-9]|1[0-2])[0-9]{2}")),
            of(text("[0-9]{1,2}")),
            of(text("[A-Z0-9]{29}")),
        )
            .prop_map(|(card, start, issue, account_reference)| {
                with!(card; with_start(start), with_issue(issue), with_account_reference(account_reference))
            })
    };
}

fn details() -> BoxedStrategy<CardDetails> {
    legacy_and_par!((source(), expiry()).prop_map(|(source, expiry)| CardDetails::new(source, expiry)))
        .boxed()
}

fn card() -> BoxedStrategy<Card> {
    (details(), cvv(), of(three_ds()), of(word(Recurrence::ALL)))
        .prop_map(|(details, cvv, three_ds, recurrence)| {
            let card = Card::from_details(details, cvv);
            with!(card; with_three_ds(three_ds), with_recurrence(recurrence))
        })
        .boxed()
}

fn storing() -> BoxedStrategy<StoringCard> {
    (details(), cvv(), full_three_ds())
        .prop_map(|(details, cvv, three_ds)| StoringCard::from_details(details, cvv, three_ds))
        .boxed()
}

fn stored() -> BoxedStrategy<StoredCard> {
    (details(), full_three_ds())
        .prop_map(|(details, three_ds)| StoredCard::from_details(details, three_ds))
        .boxed()
}

fn wallet() -> BoxedStrategy<WalletCard> {
    let made = (word(WalletKind::ALL), number(), expiry(), text("[A-Za-z0-9+/]{1,60}="))
        .prop_map(|(kind, number, expiry, cryptogram)| WalletCard::new(kind, number, expiry, cryptogram));
    legacy_and_par!(
        (made, of(word(Eci::ALL)), of(word(Recurrence::ALL)))
            .prop_map(|(made, eci, recurrence)| { with!(made; with_eci(eci), with_recurrence(recurrence)) })
    )
    .boxed()
}

fn network_token_card() -> BoxedStrategy<NetworkTokenCard> {
    legacy_and_par!((network_token(), expiry(), of(three_ds()), of(word(Recurrence::ALL))).prop_map(
        |(token, expiry, three_ds, recurrence)| {
            with!(NetworkTokenCard::new(token, expiry); with_three_ds(three_ds), with_recurrence(recurrence))
        }
    ))
    .boxed()
}

fn customer() -> BoxedStrategy<Customer> {
    (
        of(text("[^\\x00-\\x1f\\x7f-\\x9f]{1,40}")),
        of(text("[^\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]{1,60}")),
        of(text("[A-Z0-9 ]{1,8}")),
        of(select(vec!["GB", "FR", "SS"]).prop_map(|country| country.parse().unwrap())),
        of(any::<[u8; 4]>().prop_map(IpAddress::from)),
        of(text("[a-z+.é]{1,10}@[a-z]{1,10}\\.com")),
        of(text("\\+?[0-9 ()]{1,20}")),
    )
        .prop_map(|(name, address, postcode, country, ip, email, telephone)| {
            with!(
                Customer::default();
                with_name(name), with_address(address), with_postcode(postcode), with_country(country),
                with_ip(ip), with_email(email), with_telephone(telephone),
            )
        })
        .boxed()
}

fn recipient() -> BoxedStrategy<Recipient> {
    (
        text("19[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])"),
        text("[A-Za-zé-]{2,20}"),
        text("[A-Z0-9 ]{2,16}"),
        text("[A-Z0-9/-]{1,11}"),
    )
        .prop_map(|(dob, surname, postcode, account)| Recipient::new(dob, surname, postcode, account))
        .boxed()
}

fn attempt() -> BoxedStrategy<(Option<RetryNumber>, Option<Descriptor>)> {
    (of(any::<u8>().prop_map(RetryNumber::new)), of(text("[^\\x00-\\x1f\\x7f-\\x9f]{1,12}"))).boxed()
}

/// Adds what sale, verification and continuous payment share.
macro_rules! purchase {
    ($operation:expr) => {
        (
            $operation,
            customer(),
            of(text("[^\\x00-\\x1f\\x7f-\\x9f]{1,99}")),
            of(text("[0-9]{11}")),
            of(recipient()),
            any::<[bool; 2]>(),
            attempt(),
        )
            .prop_map(|(operation, customer, description, mpg, recipient, [arn, scheme], (retry, descriptor))| {
                let mut operation = with!(
                    operation.with_customer(customer);
                    with_description(description), with_mpg_id(mpg), with_recipient(recipient),
                    with_retry_number(retry), with_descriptor(descriptor),
                );
                if arn {
                    operation = operation.returning_acquirer_reference();
                }
                if scheme {
                    operation = operation.returning_scheme_transaction_id();
                }
                operation
            })
    };
}

fn ecom_card() -> BoxedStrategy<SaleCard> {
    prop_oneof![
        card().prop_map(SaleCard::from),
        storing().prop_map(SaleCard::from),
        stored().prop_map(SaleCard::from),
        wallet().prop_map(SaleCard::from),
        network_token_card().prop_map(SaleCard::from),
    ]
    .boxed()
}

fn moto_card() -> BoxedStrategy<MotoCard> {
    prop_oneof![
        card().prop_map(MotoCard::from),
        wallet().prop_map(MotoCard::from),
        network_token_card().prop_map(MotoCard::from),
    ]
    .boxed()
}

pub fn sale() -> BoxedStrategy<Sale> {
    let made = prop_oneof![
        (ecom_card(), money(), reference())
            .prop_map(|(card, money, reference)| Sale::ecom(card, money, reference)),
        (moto_card(), money(), reference())
            .prop_map(|(card, money, reference)| Sale::moto(card, money, reference)),
    ];
    purchase!((made, of(word(SaleExemption::ALL)), any::<bool>()).prop_map(|(sale, exemption, token)| {
        let sale = with!(sale; with_exemption(exemption));
        if token { sale.returning_token() } else { sale }
    }))
    .boxed()
}

pub fn verify() -> BoxedStrategy<Verify> {
    let verified = prop_oneof![card().prop_map(VerifyCard::from), storing().prop_map(VerifyCard::from)];
    let made = prop_oneof![
        (verified, reference()).prop_map(|(card, reference)| Verify::ecom(card, Currency::GBP, reference)),
        (card(), reference()).prop_map(|(card, reference)| Verify::moto(card, Currency::USD, reference)),
    ];
    purchase!((made, of(any::<u64>().prop_map(Amount::from_hundredths)), any::<bool>()).prop_map(
        |(verify, amount, token)| {
            let verify = with!(verify; with_amount(amount));
            if token { verify.returning_token() } else { verify }
        }
    ))
    .boxed()
}

/// A stored verification whose CVV check was a full match.
fn recurring_origin() -> BoxedStrategy<RecurringOrigin> {
    original()
        .prop_map(|original| {
            let checks: Checks = "200".parse().unwrap();
            assert_eq!(checks.cvv(), CvvCheck::FullMatch);
            RecurringOrigin::from_stored(original.transaction_id(), checks).unwrap()
        })
        .boxed()
}

pub fn continuous() -> BoxedStrategy<Continuous> {
    let scheme = (text("[A-Z0-9]{1,15}"), of((card_or_token(), expiry()))).prop_map(|(id, card)| {
        let origin = SchemeOrigin::new(id);
        match card {
            Some((card, expiry)) => origin.with_card(card, expiry),
            None => origin,
        }
    });
    let made = prop_oneof![
        (recurring_origin(), money(), reference())
            .prop_map(|(origin, money, reference)| Continuous::new(origin, money, reference)),
        (scheme, money(), reference())
            .prop_map(|(origin, money, reference)| Continuous::new(origin, money, reference)),
    ];
    purchase!((made, of(word(ContinuousExemption::ALL)), of(three_ds()), of(word(Recurrence::ALL))).prop_map(
        |(made, exemption, three_ds, recurrence)| {
            with!(made; with_exemption(exemption), with_three_ds(three_ds), with_recurrence(recurrence))
        }
    ))
    .boxed()
}

pub fn reversal() -> BoxedStrategy<Reversal> {
    (original(), word(OriginalClass::ALL), money(), attempt(), of(reference()), of(text("[0-9]{11}")), any::<bool>())
        .prop_map(|(original, class, money, (retry, descriptor), reference, mpg, arn)| {
            let reversal = with!(
                Reversal::new(original, class, money);
                with_retry_number(retry), with_descriptor(descriptor), with_reference(reference), with_mpg_id(mpg),
            );
            if arn { reversal.returning_acquirer_reference() } else { reversal }
        })
        .boxed()
}

pub fn credit() -> BoxedStrategy<Credit> {
    let to = prop_oneof![
        original().prop_map(CreditTo::from),
        number().prop_map(CreditTo::from),
        token().prop_map(CreditTo::from),
    ];
    (to, money(), text("[^:\\x00-\\x1f\\x7f-\\x9f]{1,40}"), text("[^:]{1,40}"))
        .prop_map(|(to, money, reference, secret): (_, _, _, DigestSecret)| {
            Credit::new(to, money, reference, &secret)
        })
        .boxed()
}

/// Any request.
pub fn request() -> BoxedStrategy<Request> {
    prop_oneof![
        sale().prop_map(Request::from),
        verify().prop_map(Request::from),
        continuous().prop_map(Request::from),
        reversal().prop_map(Request::Void),
        reversal().prop_map(Request::Refund),
        credit().prop_map(Request::from),
    ]
    .boxed()
}

/// Any bytes that look more or less like a form.
pub fn formlike() -> BoxedStrategy<Vec<u8>> {
    let names: Vec<&'static str> =
        cashflows_codec::remote_auth::Parameter::ALL.iter().map(|parameter| parameter.as_str()).collect();
    let value = prop_oneof![
        Just("sale".to_owned()),
        Just("ecom".to_owned()),
        Just("true".to_owned()),
        Just("1".to_owned()),
        "[0-9]{0,19}",
        "[ -~]{0,20}",
        "%[0-9a-f]{2}",
    ];
    vec((select(names), value), 0..20)
        .prop_map(|pairs| {
            let pairs: Vec<String> =
                pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
            pairs.join("&").into_bytes()
        })
        .boxed()
}
