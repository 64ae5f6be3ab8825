//! The request of a client.

use std::fmt;
use std::str::FromStr;

use cashflows_codec::value::{
    Address, CardNumber, Customer, CustomerName, Cvv, Email, Expiry, Money, Postcode,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use thiserror::Error;
use uuid::Uuid;

/// The name of an order: its id here, and its reference (`tran_ref`) at the acquirer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrderId(Uuid);

impl OrderId {
    /// A new id. Later ones sort behind earlier ones.
    #[must_use]
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl Default for OrderId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for OrderId {
    type Err = NotAnOrder;

    fn from_str(text: &str) -> Result<Self, NotAnOrder> {
        Uuid::try_parse(text).map(Self).map_err(|_| NotAnOrder)
    }
}

/// The text is no order's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be the id of an order, as in a response")]
pub struct NotAnOrder;

/// The client's own name for an order. Two requests with one name are one order.
///
/// 1 to 64 of `A`–`Z`, `a`–`z`, `0`–`9`, `-`, `_`, `.` and `:`, and no card number: keys are logged.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Key {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        if !(1..=64).contains(&text.len()) || !text.bytes().all(allowed) {
            return Err(InvalidKey::Form);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let letters = text.bytes().any(|byte| byte.is_ascii_alphabetic());
        if !letters && digits.parse::<CardNumber>().is_ok_and(|number| number.passes_luhn()) {
            return Err(InvalidKey::CardNumber);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The reason why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidKey {
    #[error("the Idempotency-Key must be 1 to 64 of A-Z, a-z, 0-9, '-', '_', '.' and ':'")]
    Form,
    #[error("the Idempotency-Key is a card number: keys are stored and logged, choose another")]
    CardNumber,
}

/// A month of a subscription: `2026-11`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(NotAMonth);
        }
        let (year, month) = (year.parse().map_err(|_| NotAMonth)?, month.parse().map_err(|_| NotAMonth)?);
        if (1..=12).contains(&month) { Ok(Self { year, month }) } else { Err(NotAMonth) }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Month({self})")
    }
}

/// The text is no month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be a month such as 2026-11")]
pub struct NotAMonth;

/// A client's request, card included. Its `Debug` masks the card.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// A payment.
    Pay(Purchase),
    /// The right to charge a card every month. The card is verified, but not charged yet.
    Subscribe(Purchase),
    /// One month of a subscription.
    ChargeMonth { subscription: OrderId, month: Month },
    /// A refund of an order: all that is left, unless an amount is given.
    Refund { order: OrderId, money: Option<Money> },
}

/// An amount, and a card.
#[derive(Clone, Debug)]
pub struct Purchase {
    pub money: Money,
    pub card: CardDetails,
    pub customer: Customer,
}

/// A cardholder's card. It is passed on to the acquirer and never stored.
#[derive(Clone, Debug)]
pub struct CardDetails {
    pub number: CardNumber,
    pub expiry: Expiry,
    pub cvv: Cvv,
}

impl Wanted {
    /// Its operation.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        match self {
            Self::Pay(_) => Operation::Pay,
            Self::Subscribe(_) => Operation::Subscribe,
            Self::ChargeMonth { .. } => Operation::ChargeMonth,
            Self::Refund { .. } => Operation::Refund,
        }
    }

    /// The purchase, if it is one: only purchases need a card.
    #[must_use]
    pub const fn purchase(&self) -> Option<&Purchase> {
        match self {
            Self::Pay(purchase) | Self::Subscribe(purchase) => Some(purchase),
            Self::ChargeMonth { .. } | Self::Refund { .. } => None,
        }
    }

    /// Compares two requests with one key.
    ///
    /// Of the card, it has the parts that PCI DSS allows to be stored: the first six digits, the last four, and the
    /// expiry. The whole number must not go into it, since a hash of 16 digits can be found by trial; nor may the
    /// security code, in any form.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let told_apart_by = match self {
            Self::Pay(purchase) | Self::Subscribe(purchase) => purchase.without_secrets(),
            Self::ChargeMonth { subscription, month } => json!([subscription, month.to_string()]),
            Self::Refund { order, money } => json!([order, money]),
        };
        hex::encode(Sha256::digest(json!([self.operation(), told_apart_by]).to_string()))
    }
}

impl Purchase {
    fn without_secrets(&self) -> Value {
        let customer = &self.customer;
        json!([
            self.money,
            self.card.number.to_string(),
            self.card.expiry.to_string(),
            customer.name.as_ref().map(CustomerName::as_str),
            customer.address.as_ref().map(Address::as_str),
            customer.postcode.as_ref().map(Postcode::as_str),
            customer.country,
            customer.email.as_ref().map(Email::as_str),
        ])
    }
}

/// The four operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    Pay,
    Subscribe,
    ChargeMonth,
    Refund,
}

impl Operation {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Pay, Self::Subscribe, Self::ChargeMonth, Self::Refund];

    /// Its word, in the database and in responses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Subscribe => "subscribe",
            Self::ChargeMonth => "charge_month",
            Self::Refund => "refund",
        }
    }

    /// The operation of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.as_str() == word)
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parse_refuses_keys_that_are_long_special_or_card_numbers() {
        for key in ["cart-1", "a", "2026-11-26:7_x.y", "0198c0de", &"k".repeat(64)] {
            assert_eq!(key.parse::<Key>().map(|key| key.to_string()), Ok(key.to_owned()));
        }
        for key in ["", "cart 1", "cart\n1", "é", &"k".repeat(65)] {
            assert_eq!(key.parse::<Key>(), Err(InvalidKey::Form), "{key}");
        }
        for key in ["4000000000000002", "4000-0000-0000-0002"] {
            assert_eq!(key.parse::<Key>(), Err(InvalidKey::CardNumber), "{key}");
        }
    }

    #[test]
    fn debug_of_a_request_masks_the_card() {
        let card = CardDetails {
            number: "4510400400099005".parse().unwrap(),
            expiry: "1130".parse().unwrap(),
            cvv: "987".parse().unwrap(),
        };
        let purchase = Purchase { money: Money::gbp(24_99), card, customer: Customer::default() };
        let printed = format!("{:?}", Wanted::Pay(purchase));
        assert!(printed.contains("451040******9005"), "{printed}");
        assert!(!printed.contains("4510400400099005") && !printed.contains("987"), "{printed}");
    }

    #[test]
    fn parse_takes_months_of_four_digits_and_two() {
        assert_eq!("2026-11".parse::<Month>().map(|month| month.to_string()), Ok("2026-11".to_owned()));
        for text in ["2026-13", "2026-00", "2026-1", "26-11", "2026/11", "+202-11", "2026-11-01", ""] {
            assert_eq!(text.parse::<Month>(), Err(NotAMonth), "{text}");
        }
    }
}
