//! A response as an object of its parts, for users who store it (serde).

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Answer, NO_CODE, Response, ResponseField};
use crate::error::{InvalidValue, Rule};
use crate::value::stored::{AnyText, List, Object};
use crate::value::{Checks, Status, TransactionId};

#[derive(Serialize, Deserialize)]
struct StoredResponse<E> {
    status: Status,
    transaction_id: Option<TransactionId>,
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
            code: code.map(AnyText::from),
            message: AnyText::from(self.message()),
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
        let code = stored.code.as_ref().map(AnyText::as_str);
        let answer = Answer::new(stored.status, code)?;
        let id = stored.transaction_id.ok_or(InvalidValue::new(TransactionId::NAME, Rule::Empty))?;
        let message = stored.message.as_str().try_into()?;
        let extras = stored.extras.iter();
        // What was read was within the limit on its line, whichever that was.
        let all = extras.clone().map(|extra| "|".len() + extra.len()).sum();
        Self::new(answer, id, stored.checks, message).with_extras_up_to(extras, all, all)
    }
}
