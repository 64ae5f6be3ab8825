//! Responses and their parts as JSON and the like, for users who store them (serde).
//! What is stored as what is in the table of the crate's page.
//!
//! Reading checks every rule again. No error quotes what was read: where serde and its formats
//! would, which is where the type is not the expected one, the visitors here answer instead.

use core::fmt;
use core::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, Expected, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::{InvalidValue, Rule};
use crate::remote_auth::outcome::{NextStep, Outcome};
use crate::remote_auth::request::{Recurrence, Reference, RetryNumber};
use crate::remote_auth::response::{Answer, Extras, Message, NO_CODE, Response, ResponseField};
use crate::secret::Secret;
use crate::value::{AddressCheck, Checks, CvvCheck, Reason, ResponseCode, Status};
use crate::value::{
    Amount, Arn, AuthorisationCode, Country, Currency, Money, OriginalId, SchemeTransactionId, TransactionId,
};

/// Refuses values of the wrong type without the quotation that serde's own methods make.
macro_rules! refuse {
    ($($visit:ident($Type:ty))+) => {
        $(fn $visit<E: Error>(self, _value: $Type) -> Result<Self::Value, E> {
            Err(E::custom(format_args!("must be {}", &self as &dyn Expected)))
        })+
    };
}

/// Refuses everything that is a single value but not text.
macro_rules! refuse_numbers {
    () => {
        refuse! {
            visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_i128(i128) visit_u128(u128)
            visit_f64(f64) visit_bytes(&[u8])
        }
    };
}

/// Reads text.
pub(in crate::remote_auth) struct Text<T>(pub(in crate::remote_auth) fn(&str) -> Result<T, InvalidValue>);

impl<T> Text<T> {
    pub(in crate::remote_auth) fn read<'de, D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<T, D::Error> {
        // Formats that describe themselves say what is there only if they are asked for anything.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(self)
        } else {
            deserializer.deserialize_str(self)
        }
    }
}

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }

    refuse_numbers!();
}

/// Reads an object.
pub(in crate::remote_auth) struct Object<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Object<T> {
    pub(in crate::remote_auth) fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Self(PhantomData))
        } else {
            T::deserialize(deserializer)
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }

    refuse_numbers!();
    refuse!(visit_str(&str));
}

/// Text that is checked together with other parts; wiped, since it may be a card token.
pub(in crate::remote_auth) struct AnyText(Secret);

impl AnyText {
    pub(in crate::remote_auth) fn as_str(&self) -> &str {
        self.0.expose()
    }
}

impl Serialize for AnyText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

impl<'de> Deserialize<'de> for AnyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text(|text| Ok(Self(text.into()))).read(deserializer)
    }
}

impl Serialize for Extras<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// Reads a list of texts.
#[derive(Default)]
struct List(Vec<AnyText>);

impl<'de> Deserialize<'de> for List {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Self::default())
        } else {
            deserializer.deserialize_seq(Self::default())
        }
    }
}

impl<'de> Visitor<'de> for List {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self, A::Error> {
        while let Some(text) = list.next_element()? {
            self.0.push(text);
        }
        Ok(self)
    }

    refuse_numbers!();
    refuse!(visit_str(&str));
}

/// Types whose `Display` and `TryFrom<&str>` are their stored form.
macro_rules! stored_as_text {
    ($($Type:ty)+) => {$(
        impl Serialize for $Type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $Type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Text(|text| Self::try_from(text)).read(deserializer)
            }
        }
    )+};
}

stored_as_text! {
    Amount Arn AuthorisationCode Country Currency Message NextStep OriginalId Outcome Reason Recurrence
    Reference ResponseCode SchemeTransactionId Status TransactionId
}

/// Checks, stored as their word, or, where they have none, as their digit.
macro_rules! stored_as_word {
    ($($Check:ident $name:literal,)+) => {$(
        impl Serialize for $Check {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::Unlisted(_) => serializer.collect_str(self),
                    listed => serializer.serialize_str(listed.as_str()),
                }
            }
        }

        impl<'de> Deserialize<'de> for $Check {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Text(|text| match (Self::from_word(text), Self::try_from(text)) {
                    (Some(check), _) | (None, Ok(check @ Self::Unlisted(_))) => Ok(check),
                    _ => Err(InvalidValue::new($name, Rule::Check)),
                })
                .read(deserializer)
            }
        }
    )+};
}

stored_as_word! {
    CvvCheck "CVV check",
    AddressCheck "address check",
}

impl Serialize for RetryNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.get())
    }
}

impl<'de> Deserialize<'de> for RetryNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let refused = |_| D::Error::custom("retry_number must be a number of 0 to 255");
        u8::deserialize(deserializer).map(Self::new).map_err(refused)
    }
}

/// Types that are stored as an object of their parts, by the one struct that derives the form.
macro_rules! stored_as_object {
    ($($Type:ty as $Stored:ty;)+) => {$(
        impl Serialize for $Type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$Stored>::from(self).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $Type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Object::<$Stored>::read(deserializer)?.try_into().map_err(D::Error::custom)
            }
        }
    )+};
}

stored_as_object! {
    Checks as StoredChecks;
    Money as StoredMoney;
}

#[derive(Serialize, Deserialize)]
struct StoredChecks {
    cvv: CvvCheck,
    address: AddressCheck,
    postcode: AddressCheck,
}

impl From<&Checks> for StoredChecks {
    fn from(checks: &Checks) -> Self {
        Self { cvv: checks.cvv(), address: checks.address(), postcode: checks.postcode() }
    }
}

impl From<StoredChecks> for Checks {
    fn from(stored: StoredChecks) -> Self {
        Self::new(stored.cvv, stored.address, stored.postcode)
    }
}

#[derive(Serialize, Deserialize)]
struct StoredMoney {
    amount: Amount,
    currency: Currency,
}

impl From<&Money> for StoredMoney {
    fn from(money: &Money) -> Self {
        Self { amount: money.amount(), currency: money.currency() }
    }
}

impl From<StoredMoney> for Money {
    fn from(stored: StoredMoney) -> Self {
        Self::new(stored.amount, stored.currency)
    }
}

#[derive(Serialize, Deserialize)]
struct StoredResponse<E> {
    status: Status,
    transaction_id: TransactionId,
    checks: Checks,
    code: Option<AnyText>,
    message: AnyText,
    extras: E,
}

impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let code = Some(self.view().field(ResponseField::Code)).filter(|&code| code != NO_CODE);
        let stored = StoredResponse {
            status: self.status(),
            transaction_id: self.transaction_id(),
            checks: self.checks(),
            code: code.map(|code| AnyText(code.into())),
            message: AnyText(self.message().into()),
            extras: self.extras(),
        };
        stored.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Response {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Object::<StoredResponse<List>>::read(deserializer)?.try_into().map_err(D::Error::custom)
    }
}

impl TryFrom<StoredResponse<List>> for Response {
    type Error = InvalidValue;

    fn try_from(stored: StoredResponse<List>) -> Result<Self, Self::Error> {
        let code = stored.code.as_ref().map(|AnyText(code)| code.expose());
        let answer = Answer::new(stored.status, code)?;
        let message = stored.message.0.expose().try_into()?;
        let List(extras) = &stored.extras;
        let extras = extras.iter().map(|AnyText(extra)| extra.expose());
        // What was read was within the limit on its line, whichever that was.
        let all = extras.clone().map(|extra| "|".len() + extra.len()).sum();
        Self::new(answer, stored.transaction_id, stored.checks, message).with_extras_up_to(extras, all, all)
    }
}
