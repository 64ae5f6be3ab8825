//! Requests read from JSON, strictly, with everything that is wrong with them at once (section 4).

mod job;
mod kind;
mod order;
mod parameters;

use super::fault::{Faults, InvalidRequest, MemberError, MemberProblem};
use super::parameter::Parameter as P;
use super::{Capture, OtherParameter, PaymentJob, RecipientBirth, RecipientDetails, Refund, Tokenisation};
use crate::error::{InvalidValue, Rule};
use crate::media::json::{Document, JsonError, JsonLimits, MemberPath, Object, Value};
use parameters::Parameters;

impl PaymentJob {
    /// Reads a job from JSON, with the default [limits](JsonLimits). Whether anybody signed it is not
    /// asked here: [`IncomingCall`](crate::gateway::incoming::IncomingCall) does.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<Self, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a job from JSON, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<Self, InvalidRequest> {
        read(body, limits, job::read)
    }
}

impl Refund {
    /// Reads a refund from JSON, with the default [limits](JsonLimits). Whether anybody signed it is not
    /// asked here: [`IncomingCall`](crate::gateway::incoming::IncomingCall) does.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<Self, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a refund from JSON, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<Self, InvalidRequest> {
        read(body, limits, refund)
    }
}

impl Capture {
    /// Reads a capture from JSON, with the default [limits](JsonLimits). Whether anybody signed it is not
    /// asked here: [`IncomingCall`](crate::gateway::incoming::IncomingCall) does.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<Self, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a capture from JSON, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<Self, InvalidRequest> {
        read(body, limits, capture)
    }
}

impl Tokenisation {
    /// Reads a card to be stored from JSON, with the default [limits](JsonLimits). Whether anybody signed it is not
    /// asked here: [`IncomingCall`](crate::gateway::incoming::IncomingCall) does.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<Self, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a card to be stored from JSON, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<Self, InvalidRequest> {
        read(body, limits, tokenisation)
    }
}

/// Reads a body whose outermost value is an object.
fn read<T>(
    body: &[u8],
    limits: &JsonLimits,
    read: impl FnOnce(Object<'_>, &mut Faults) -> Option<T>,
) -> Result<T, InvalidRequest> {
    let document = Document::read_with_duplicates(body, limits)?;
    let mut faults = Faults::from(document.duplicates());
    let object = faults.take(document.root().object());
    let read = object.and_then(|object| read(object, &mut faults));
    faults.result(read)
}

/// Reading members of an object, and keeping what is wrong.
struct Reader<'d, 'f> {
    object: Object<'d>,
    faults: &'f mut Faults,
}

impl<'d, 'f> Reader<'d, 'f> {
    /// For an object that has no other members than these.
    fn new(object: Object<'d>, names: &[&str], faults: &'f mut Faults) -> Self {
        for (name, value) in object.members() {
            if !names.contains(&&*name) {
                faults.at(value, MemberProblem::Unlisted);
            }
        }
        Self { object, faults }
    }

    /// A member that may be there, as `read` reads it.
    fn with<T>(&mut self, name: &str, read: impl FnOnce(Value<'d>) -> Result<T, JsonError>) -> Option<T> {
        let value = self.object.get(name)?;
        self.faults.take(read(value))
    }

    /// A member that has to be there, as `read` reads it.
    fn require_with<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Value<'d>) -> Result<T, JsonError>,
    ) -> Option<T> {
        let value = self.faults.take(self.object.require(name))?;
        self.faults.take(read(value))
    }

    /// Text with a form that is checked.
    fn text<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(&mut self, name: &str) -> Option<T> {
        self.with(name, Value::parse)
    }

    /// The same, which has to be there.
    fn require_text<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(&mut self, name: &str) -> Option<T> {
        self.require_with(name, Value::parse)
    }

    /// The same, as text or as a number.
    fn number<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(&mut self, name: &str) -> Option<T> {
        self.with(name, Value::parse_number)
    }

    /// A member that is an object, as `read` reads it.
    fn object<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Object<'d>, &mut Faults) -> Option<T>,
    ) -> Option<T> {
        let object = self.with(name, Value::object)?;
        read(object, self.faults)
    }

    /// The elements of a list, as `read` reads each.
    fn list<T>(&mut self, name: &str, read: impl Fn(Value<'d>, &mut Faults) -> Option<T>) -> Vec<T> {
        let Some(elements) = self.with(name, Value::list) else { return Vec::new() };
        elements.filter_map(|element| read(element, self.faults)).collect()
    }
}

/// A number of days, lines or instalments.
struct Count(u32);

impl TryFrom<&str> for Count {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, InvalidValue> {
        let number = crate::value::rules::digits(text, 1, 10).ok().and_then(|()| text.parse().ok());
        number.map(Self).ok_or(InvalidValue::new("number", Rule::AtMost { max: u32::MAX as usize }))
    }
}

fn refund(object: Object<'_>, faults: &mut Faults) -> Option<Refund> {
    let mut reader = Reader::new(object, &["amountToRefund", "refundNumber", "parameters"], faults);
    let amount = reader.require_with("amountToRefund", Value::parse_number);
    let number = reader.text("refundNumber");
    let other_parameters = reader.object("parameters", |parameters, faults| {
        Some(parameters.members().filter_map(|(name, value)| other_parameter(&name, value, faults)).collect())
    });
    let zero = amount.is_some_and(|amount: crate::gateway::Decimal| amount.digits() == 0);
    if let Some(value) = object.get("amountToRefund").filter(|_| zero) {
        reader.faults.at(value, Rule::Zero);
    }
    Some(Refund { amount: amount?, number, other_parameters: other_parameters.unwrap_or_default() })
}

/// A parameter that has no type of its own.
fn other_parameter(name: &str, value: Value<'_>, faults: &mut Faults) -> Option<OtherParameter> {
    let text = faults.take(value.text());
    match name.try_into() {
        Ok(name) => Some(OtherParameter { name, value: text?.into_secret() }),
        Err(error) => {
            let error: InvalidValue = error;
            faults.at(value, error.rule());
            None
        }
    }
}

fn capture(object: Object<'_>, faults: &mut Faults) -> Option<Capture> {
    let mut reader = Reader::new(object, &["amountToCapture", "isFinalCapture"], faults);
    let amount = reader.number("amountToCapture");
    let is_final = reader.with("isFinalCapture", Value::boolean_or_text);
    let zero = amount.is_some_and(|amount: crate::gateway::Decimal| amount.digits() == 0);
    if let Some(value) = object.get("amountToCapture").filter(|_| zero) {
        reader.faults.at(value, Rule::Zero);
    }
    Some(Capture { amount, is_final })
}

/// The members of a card to be stored are named as the parameters of a job are, in any case.
fn tokenisation(object: Object<'_>, faults: &mut Faults) -> Option<Tokenisation> {
    let mut card = Parameters::read(object, faults);
    let number = card.require(P::CardNumber, faults);
    let holder = card.parse(P::CardHolderName, faults);
    let expiry = card.require_expiry(faults);
    let cvc = card.require(P::CardCvc, faults);
    card.refuse_rest(faults);
    for other in card.into_others() {
        faults.inside(object, other.name().as_str(), MemberProblem::Unlisted);
    }
    Some(Tokenisation { number: number?, expiry: expiry?, cvc: cvc?, holder })
}

/// JSON inside a string; what is wrong in it is told with the path of both.
fn recipient_details(text: &str, path: &MemberPath, faults: &mut Faults) -> Option<RecipientDetails> {
    let inner = read(text.as_bytes(), &JsonLimits::default(), |object, faults| {
        let names = ["lastname", "dateOfBirth", "postcode", "primaryAccountNumber"];
        let mut reader = Reader::new(object, &names, faults);
        let surname = reader.require_text("lastname");
        let birth = reader.require_text("dateOfBirth").map(RecipientBirth::received);
        let postcode = reader.require_text("postcode");
        let account = reader.require_text("primaryAccountNumber");
        Some(RecipientDetails { surname: surname?, birth: birth?, postcode: postcode?, account: account? })
    });
    inner
        .map_err(|errors| {
            for error in errors.members() {
                faults.push(MemberError::new(path.followed_by(error.member()), error.problem()));
            }
        })
        .ok()
}
