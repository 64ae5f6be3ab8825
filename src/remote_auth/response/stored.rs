//! A response as an object of its parts, for users who store it (serde).

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Decision, Flaws, Message, NO_CODE, Outline, Problem, Response, ResponseField, listed, text};
use crate::error::InvalidValue;
use crate::value::stored::{AnyText, List, Object};
use crate::value::{Checks, Status, TransactionId, rules};

/// The parts of a response. A malformed id or code is stored as null, malformed checks as not checked.
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
        let code = self.decision().code_text().into_owned();
        let stored = StoredResponse {
            status: self.letter(),
            transaction_id: self.transaction_id(),
            checks: self.checks(),
            code: (code != NO_CODE).then(|| AnyText::from(code.as_str())),
            message: AnyText::from(self.message()),
            extras: self.extras(),
        };
        stored.serialize(serializer)
    }
}

impl Response {
    /// The status by its letter alone, which a code of family `E` makes another.
    fn letter(&self) -> Status {
        let letter = text::trimmed(&self.view().field(ResponseField::Status)).try_into();
        letter.unwrap_or(self.status())
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
        let StoredResponse { status, transaction_id, checks, code, message, extras } = stored;
        let decision = code.as_ref().map(|code| Decision::new(status, Some(code.as_str()))).transpose()?;
        let (code, message) = (code.as_ref().map_or(NO_CODE, AnyText::as_str), message.as_str());
        // What was read was within the limit on its line, whichever that was.
        rules::field(message, usize::MAX).map_err(|rule| InvalidValue::new(Message::NAME, rule))?;
        let id = transaction_id.as_ref().map_or("", TransactionId::as_str);
        let mut flaws = Flaws::of_id(id);
        if message.len() > Message::MAX_BYTES {
            flaws.note(ResponseField::Message, Problem::TooLong);
        }
        let line = format!("{status}|{id}|{checks}|{code}|{message}");
        let response_code = decision.and_then(|decision| decision.response_code());
        let status = listed(status, response_code);
        let outline = Outline::of_line(line.as_bytes(), (status, checks, response_code), flaws);
        let response = Self { line: line.as_str().into(), outline };
        let all = extras.iter().map(|extra| "|".len() + extra.len()).sum();
        response.with_extras_up_to(extras.iter(), all, all)
    }
}
