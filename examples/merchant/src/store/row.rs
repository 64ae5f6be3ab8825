//! Conversion of an order to a row, and back.

use std::str::FromStr;
use std::time::{Duration, SystemTime};

use cashflows_codec::remote_auth::Response;
use cashflows_codec::remote_auth::attempt::{self, Attempt};
use cashflows_codec::value::{Amount, Currency, Money, TransactionId};
use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;
use crate::wanted::{Key, Month, Operation, OrderId};

/// State of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The outcome is not known yet.
    Open,
    /// The acquirer authorised it.
    Authorised,
    /// The acquirer refused it: no money moves.
    Refused,
    /// It never reached the acquirer: no money moves.
    NotSent,
    /// The outcome stays unknown: a person has to look it up at the acquirer.
    Reconcile,
}

impl State {
    const ALL: [Self; 5] = [Self::Open, Self::Authorised, Self::Refused, Self::NotSent, Self::Reconcile];

    /// The state of the order of an attempt.
    #[must_use]
    pub const fn of(attempt: &Attempt) -> Self {
        use cashflows_codec::remote_auth::attempt::Conclusion;
        match (attempt.state(), attempt.conclusion()) {
            (attempt::AttemptState::Cancelled, _) => Self::NotSent,
            (attempt::AttemptState::GivenUp, _) => Self::Reconcile,
            (_, Some(Conclusion::Authorised)) => Self::Authorised,
            (_, Some(Conclusion::NotAuthorised)) => Self::Refused,
            (_, None) => Self::Open,
        }
    }

    /// Its word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Authorised => "authorised",
            Self::Refused => "refused",
            Self::NotSent => "not_sent",
            Self::Reconcile => "reconcile",
        }
    }

    /// Tells whether money has moved, or may still move.
    #[must_use]
    pub const fn may_have_moved_money(self) -> bool {
        !matches!(self, Self::Refused | Self::NotSent)
    }
}

/// An order to be written.
#[derive(Clone, Debug)]
pub struct NewOrder {
    pub id: OrderId,
    pub key: Key,
    pub fingerprint: String,
    pub operation: Operation,
    pub money: Money,
    /// Masked.
    pub card: Option<String>,
    /// The refunded order, or the subscription.
    pub parent: Option<OrderId>,
    pub month: Option<Month>,
    pub attempt: Attempt,
}

/// A step of an attempt to be written.
#[derive(Clone, Debug)]
pub struct Attempted {
    pub attempt: Attempt,
    /// The response, if a readable one came.
    pub reply: Option<Response>,
    /// The event, for people.
    pub step: String,
}

/// A stored order.
#[derive(Clone, Debug)]
pub struct Order {
    pub id: OrderId,
    pub key: Key,
    pub fingerprint: String,
    pub operation: Operation,
    pub money: Money,
    /// Masked.
    pub card: Option<String>,
    /// The refunded order, or the subscription.
    pub parent: Option<OrderId>,
    pub month: Option<Month>,
    pub state: State,
    pub attempt: Attempt,
    pub transaction_id: Option<TransactionId>,
    pub reply: Option<Response>,
    pub made: SystemTime,
    pub changed: SystemTime,
}

impl Order {
    pub(super) fn read(row: &Row<'_>) -> Result<Self, StoreError> {
        let columns = Columns { row, order: row.get("id")? };
        let currency: Currency = columns.text("currency")?;
        let state: String = row.get("state")?;
        let operation: String = row.get("operation")?;
        Ok(Self {
            id: columns.text("id")?,
            key: columns.text("key")?,
            fingerprint: row.get("fingerprint")?,
            operation: Operation::from_word(&operation).ok_or_else(|| columns.damaged("operation"))?,
            money: Money::new(columns.amount()?, currency),
            card: row.get("card")?,
            parent: columns.optional_text("parent")?,
            month: columns.optional_text("month")?,
            state: State::ALL
                .into_iter()
                .find(|known| known.as_str() == state)
                .ok_or_else(|| columns.damaged("state"))?,
            attempt: columns.json("attempt")?.ok_or_else(|| columns.damaged("attempt"))?,
            transaction_id: columns.optional_text("transaction_id")?,
            reply: columns.json("reply")?,
            made: time(row.get("made")?),
            changed: time(row.get("changed")?),
        })
    }
}

/// The columns of an order's row.
pub(crate) struct Columns<'a> {
    pub(crate) row: &'a Row<'a>,
    pub(crate) order: String,
}

impl Columns<'_> {
    pub(crate) fn damaged(&self, column: &'static str) -> StoreError {
        StoreError::Damaged { order: self.order.clone(), column }
    }

    pub(crate) fn optional_text<T: FromStr>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.row.get(column)?;
        text.map(|text| text.parse().map_err(|_| self.damaged(column))).transpose()
    }

    pub(crate) fn text<T: FromStr>(&self, column: &'static str) -> Result<T, StoreError> {
        self.optional_text(column)?.ok_or_else(|| self.damaged(column))
    }

    /// The amount, in hundredths of the currency's unit.
    pub(crate) fn amount(&self) -> Result<Amount, StoreError> {
        let amount: i64 = self.row.get("amount")?;
        let hundredths = u64::try_from(amount).map_err(|_| self.damaged("amount"))?;
        Ok(Amount::from_hundredths(hundredths))
    }

    /// A reference of the gateway.
    pub(crate) fn reference<T: TryFrom<u64>>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        let number: Option<i64> = self.row.get(column)?;
        let reference =
            number.map(|number| u64::try_from(number).ok().and_then(|number| T::try_from(number).ok()));
        reference.map(|reference| reference.ok_or_else(|| self.damaged(column))).transpose()
    }

    fn json<T: DeserializeOwned>(&self, column: &'static str) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.row.get(column)?;
        text.map(|text| serde_json::from_str(&text).map_err(|_| self.damaged(column))).transpose()
    }
}

/// The stored text of a value. Every type stored here has one.
pub(crate) fn json(value: &impl Serialize) -> Option<String> {
    serde_json::to_string(value).ok()
}

/// SQLite's integers have a sign. An amount beyond them breaks the schema's rule, and is not stored.
pub(crate) fn integer(number: u64) -> Option<i64> {
    i64::try_from(number).ok()
}

pub(crate) fn millis(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

pub(crate) fn time(millis: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(millis).unwrap_or_default())
}
