//! Values of one piece, each with the way in which it is read and written.

use super::fault::Faults;
use super::object::Leaf;
use super::{
    FreeText, Gender, JobEci, JobWalletKind, LineKind, Mcc, PrivateText, RecipientBirth, RecurrenceKind,
    RecurringExpiry, TelephoneKind,
};
use crate::error::{InvalidValue, Rule};
use crate::gateway::{CustomerReference, Decimal, Locale, OrderNumber, SignedDecimal, Timestamp, Url};
use crate::media::json::{JsonError, Members, Sink, Value};
use crate::value::text::KeptText;
use crate::value::{
    CardNumber, CardToken, Country, Cryptogram, CustomerName, Cvv, DsTransactionId, Email, Expiry, Postcode,
    RecipientAccount, RecipientPostcode, RecipientSurname, Telephone, ThreeDsVersion2, Xid, rules,
};

/// Makes values of text [`Leaf`]s: the function that reads them, the method that gives their text, and what is doubtful.
macro_rules! leaves {
    ($($($Type:ty)+: $read:expr, $text:ident, $doubt:expr;)+) => {$($(
        impl $crate::gateway::request::object::Leaf for $Type {
            #[inline]
            fn parse(
                faults: &$crate::gateway::request::Faults,
                value: $crate::media::json::Value<'_>,
            ) -> Result<Self, $crate::media::json::JsonError> {
                $read(faults, value)
            }

            #[inline]
            fn doubt(&self) -> Option<$crate::error::Rule> {
                let doubt: fn(&Self) -> Option<$crate::error::Rule> = $doubt;
                doubt(self)
            }

            #[inline]
            fn write<S: $crate::media::json::Sink>(
                &self,
                members: &mut $crate::media::json::Members<'_, S>,
                name: &'static str,
            ) {
                members.text(name, self.$text());
            }
        }
    )+)+};
}
pub(super) use leaves;

leaves! {
    FreeText PrivateText CustomerName Postcode Telephone: kept, as_str, KeptText::doubt;
    Url: url, as_str, no_doubt;
    Timestamp: timestamp, as_str, no_doubt;
    Mcc RecurringExpiry Email DsTransactionId ThreeDsVersion2 Xid
    RecipientSurname RecipientPostcode RecipientAccount: Faults::parse, as_str, no_doubt;
    CustomerReference: Faults::parse, as_str, |text| rules::doubtful_characters(text.as_str());
    CardNumber CardToken Cvv Cryptogram: Faults::parse, secret_str, no_doubt;
    Gender JobWalletKind LineKind RecurrenceKind TelephoneKind: Faults::word, as_str, no_doubt;
    Country: Faults::code, as_str, no_doubt;
    Locale: locale, as_str, no_doubt;
    OrderNumber: order_number, as_str, |text| rules::doubtful_characters(text.as_str());
    JobEci: indicator, as_str, no_doubt;
    RecipientBirth: recipient_birth, as_str, no_doubt;
}

pub(super) const fn no_doubt<T>(_: &T) -> Option<Rule> {
    None
}

/// Keeps text that decides nothing, whatever its length and characters.
fn kept<T: KeptText>(faults: &Faults, value: Value<'_>) -> Result<T, JsonError> {
    let text = faults.text(value)?;
    if text.is_empty() { Err(value.error(Rule::Empty)) } else { Ok(T::kept(&text)) }
}

/// Makes closed lists [`Word`]s.
macro_rules! words {
    ($($Word:ty)+) => {$(
        impl $crate::gateway::request::object::Word for $Word {
            const ALL: &'static [Self] = <$Word>::ALL;

            fn wire(self) -> &'static str {
                self.as_str()
            }
        }
    )+};
}
pub(super) use words;

words! {
    Gender LineKind RecurrenceKind TelephoneKind JobWalletKind
}

fn url(faults: &Faults, value: Value<'_>) -> Result<Url, JsonError> {
    received(faults, value, Url::received)
}

fn timestamp(faults: &Faults, value: Value<'_>) -> Result<Timestamp, JsonError> {
    received(faults, value, Timestamp::received)
}

/// Reads text more easily than it is written, unless the reader is strict.
fn received<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
    faults: &Faults,
    value: Value<'_>,
    read: fn(&str) -> Result<T, InvalidValue>,
) -> Result<T, JsonError> {
    let text = faults.text(value)?;
    let read = if faults.is_strict() { T::try_from(&text) } else { read(&text) };
    read.map_err(|invalid| value.error(invalid.rule()))
}

fn locale(faults: &Faults, value: Value<'_>) -> Result<Locale, JsonError> {
    Ok(Locale::with_either_separator(&faults.text(value)?))
}

/// Reads an order number of any form.
fn order_number(faults: &Faults, value: Value<'_>) -> Result<OrderNumber, JsonError> {
    OrderNumber::of_any_form(&faults.text(value)?).map_err(|invalid| value.error(invalid.rule()))
}

/// Reads an electronic commerce indicator. Its leading zero may be missing.
fn indicator(faults: &Faults, value: Value<'_>) -> Result<JobEci, JsonError> {
    let text = faults.text(value)?;
    let digit = Some(&*text).filter(|text| text.len() == 1 && !faults.is_strict());
    let padded = digit.map(|digit| format!("0{digit}"));
    let text = padded.as_deref().unwrap_or(&text);
    JobEci::try_from(text).map_err(|invalid| value.error(invalid.rule()))
}

fn recipient_birth(faults: &Faults, value: Value<'_>) -> Result<RecipientBirth, JsonError> {
    faults.parse(value).map(RecipientBirth::received)
}

/// A number is read from text or a number, and written as text.
macro_rules! numbers {
    ($($Type:ty: $Read:ty, |$number:ident| $decimal:expr;)+) => {$(
        impl Leaf for $Type {
            fn parse(_: &Faults, value: Value<'_>) -> Result<Self, JsonError> {
                value.parse_number::<$Read>().map(Into::into)
            }

            fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str) {
                let $number = *self;
                members.member(name).plain_text(&$decimal.to_text());
            }
        }
    )+};
}

numbers! {
    Decimal: Decimal, |number| number;
    u32: Count, |number| Decimal::whole(number.into());
}

impl Leaf for SignedDecimal {
    fn parse(_: &Faults, value: Value<'_>) -> Result<Self, JsonError> {
        value.parse_number()
    }

    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str) {
        if self.is_negative() {
            members.text(name, &self.to_string());
        } else {
            self.magnitude().write(members, name);
        }
    }
}

/// A number of days, lines or instalments.
struct Count(u32);

impl TryFrom<&str> for Count {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, InvalidValue> {
        let number = rules::digits(text, 1, 10).ok().and_then(|()| text.parse().ok());
        number.map(Self).ok_or(InvalidValue::new("number", Rule::AtMost { max: u32::MAX as usize }))
    }
}

impl From<Count> for u32 {
    fn from(Count(number): Count) -> Self {
        number
    }
}

/// A flag is written as text.
impl Leaf for bool {
    fn parse(faults: &Faults, value: Value<'_>) -> Result<Self, JsonError> {
        faults.boolean(value)
    }

    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str) {
        members.text(name, if *self { "true" } else { "false" });
    }
}

/// The month or the year of an expiry: two digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits([u8; 2]);

impl Digits {
    const fn of(number: u16) -> Self {
        Self([b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8])
    }

    /// Returns the two digits.
    pub(super) fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// The month of an expiry (`CardExpiryMonth`).
#[derive(Clone, Copy, Debug)]
pub(super) struct ExpiryMonth(Digits);

/// The year of an expiry (`CardExpiryYear`).
#[derive(Clone, Copy, Debug)]
pub(super) struct ExpiryYear(Digits);

/// Splits an expiry into the two members that it has on the wire.
pub(super) fn split(expiry: Expiry) -> (ExpiryMonth, ExpiryYear) {
    (ExpiryMonth(Digits::of(expiry.month().into())), ExpiryYear(Digits::of(expiry.year())))
}

/// Joins the two members to an expiry.
pub(super) fn join(ExpiryMonth(month): ExpiryMonth, ExpiryYear(year): ExpiryYear) -> Option<Expiry> {
    format!("{}{}", month.as_str(), year.as_str()).as_str().try_into().ok()
}

/// Two digits of 01 to 12.
impl Leaf for ExpiryMonth {
    fn parse(faults: &Faults, value: Value<'_>) -> Result<Self, JsonError> {
        let text = faults.text(value)?;
        match *text.as_bytes() {
            [tens @ b'0', ones @ b'1'..=b'9'] | [tens @ b'1', ones @ b'0'..=b'2'] => {
                Ok(Self(Digits([tens, ones])))
            }
            _ => Err(value.error(Rule::Month)),
        }
    }

    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str) {
        members.text(name, self.0.as_str());
    }
}

/// Two digits, or four of this century, of which the last two are kept.
impl Leaf for ExpiryYear {
    fn parse(faults: &Faults, value: Value<'_>) -> Result<Self, JsonError> {
        let text = faults.text(value)?;
        match *text.as_bytes() {
            [tens, ones] | [b'2', b'0', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
                Ok(Self(Digits([tens, ones])))
            }
            _ => Err(value.error(Rule::Year)),
        }
    }

    fn write<S: Sink>(&self, members: &mut Members<'_, S>, name: &'static str) {
        members.text(name, self.0.as_str());
    }
}
