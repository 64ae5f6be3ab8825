//! Requests read from JSON, as the gateway reads them, with everything that is wrong with them at once
//! (section 4).
//!
//! What decides about money, card, order or the way of the shopper has to be well formed. What decides
//! nothing is passed over where it is malformed: notes, addresses, identities, the optional members of order
//! lines, browser facts, preparation ids, time zone, language and the link to the shop.

mod job;
mod kind;
mod order;
mod parameters;
mod reader;

use super::fault::{Faults, InvalidRequest, MemberError, MemberProblem, place_of};
use super::parameter::Parameter as P;
use super::{
    Capture, DecodedRequest, OtherParameter, OtherParameterName, PaymentJob, RecipientBirth,
    RecipientDetails, Refund, Tokenisation,
};
use crate::error::{InvalidValue, Rule};
use crate::gateway::Decimal;
use crate::media::json::{Document, JsonLimits, JsonProblem, MemberPath, Object, Value};
use parameters::Parameters;
use reader::{Others, Reader};

impl PaymentJob {
    /// Reads a job from JSON, with the default [limits](JsonLimits). Its signature is not looked at:
    /// [`IncomingCall`](crate::gateway::incoming::IncomingCall) verifies that.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a job from JSON, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_as(body, limits, false)
    }

    /// Reads a job, strictly or not.
    pub(in crate::gateway) fn decode_as(
        body: &[u8],
        limits: &JsonLimits,
        strict: bool,
    ) -> Result<DecodedRequest<Self>, InvalidRequest> {
        read(body, limits, strict, job::read)
    }
}

impl Refund {
    /// Reads a refund from JSON, with the default [limits](JsonLimits). Its signature is not looked at:
    /// [`IncomingCall`](crate::gateway::incoming::IncomingCall) verifies that.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a refund from JSON, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_as(body, limits, false)
    }

    /// Reads a refund, strictly or not.
    pub(in crate::gateway) fn decode_as(
        body: &[u8],
        limits: &JsonLimits,
        strict: bool,
    ) -> Result<DecodedRequest<Self>, InvalidRequest> {
        read(body, limits, strict, refund)
    }
}

impl Capture {
    /// Reads a capture from JSON, with the default [limits](JsonLimits). Its signature is not looked at:
    /// [`IncomingCall`](crate::gateway::incoming::IncomingCall) verifies that.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a capture from JSON, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_as(body, limits, false)
    }

    /// Reads a capture, strictly or not.
    pub(in crate::gateway) fn decode_as(
        body: &[u8],
        limits: &JsonLimits,
        strict: bool,
    ) -> Result<DecodedRequest<Self>, InvalidRequest> {
        read(body, limits, strict, capture)
    }
}

impl Tokenisation {
    /// Reads a card to be stored from JSON, with the default [limits](JsonLimits). Its signature is not looked at:
    /// [`IncomingCall`](crate::gateway::incoming::IncomingCall) verifies that.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a card to be stored from JSON, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_as(body, limits, false)
    }

    /// Reads a card to be stored, strictly or not.
    pub(in crate::gateway) fn decode_as(
        body: &[u8],
        limits: &JsonLimits,
        strict: bool,
    ) -> Result<DecodedRequest<Self>, InvalidRequest> {
        read(body, limits, strict, tokenisation)
    }
}

/// Reads a body whose outermost value is an object.
fn read<T>(
    body: &[u8],
    limits: &JsonLimits,
    strict: bool,
    read: impl FnOnce(Object<'_>, &mut Faults) -> Option<T>,
) -> Result<DecodedRequest<T>, InvalidRequest> {
    let document = Document::read_with_duplicates(body, limits)?;
    let mut faults = Faults::strict(strict);
    faults.extend(document.duplicates());
    let object = faults.take(document.root().object());
    let read = object.and_then(|object| read(object, &mut faults));
    faults.result(read).map(|(request, passed)| DecodedRequest::new(request, passed))
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
    let amount = amount(&mut reader, "amountToRefund");
    let number = reader.text("refundNumber");
    let other_parameters = reader.object("parameters", |parameters, faults| {
        let mut names = Others::default();
        let mut read = Vec::new();
        for (name, value) in parameters.members().filter(|(_, value)| !value.is_null()) {
            if names.add(&name, value, faults) {
                read.extend(other_parameter(&name, value, faults));
            }
        }
        Some(read)
    });
    let amount = all_or_part(&mut reader, "amountToRefund", amount)?;
    if amount.is_none() && faults.is_strict() {
        faults.inside(object, "amountToRefund", JsonProblem::Missing);
    }
    Some(Refund { amount, number, other_parameters: other_parameters.unwrap_or_default() })
}

/// An amount that may be absent: inside, what could be read of it.
fn amount(reader: &mut Reader<'_, '_>, name: &str) -> Option<Option<Decimal>> {
    let value = reader.get(name)?;
    let read: Option<Decimal> = reader.faults.take(value.parse_number());
    if read.is_some_and(|amount| amount.digits() == 0) {
        reader.faults.at(value, Rule::Zero);
    }
    Some(read)
}

/// The amount, or all that is left: where there is none, and nothing in the body was passed over that
/// may be meant as one.
fn all_or_part(
    reader: &mut Reader<'_, '_>,
    name: &str,
    amount: Option<Option<Decimal>>,
) -> Option<Option<Decimal>> {
    if let Some(amount) = amount {
        return amount.map(Some);
    }
    if !reader.faults.passed.is_nothing() || reader.is_empty_text(name) {
        reader.faults.inside(reader.object, name, JsonProblem::Missing);
        return None;
    }
    Some(None)
}

/// A parameter that has no type of its own.
fn other_parameter(name: &str, value: Value<'_>, faults: &mut Faults) -> Option<OtherParameter> {
    if faults.is_strict() {
        let text = faults.take(value.text());
        return match name.try_into() {
            Ok(name) => Some(OtherParameter { name, value: text?.into_secret() }),
            Err(error) => {
                let error: InvalidValue = error;
                faults.at(value, error.rule());
                None
            }
        };
    }
    if P::in_any_case(name).is_some() {
        faults.ignored(place_of(value), Rule::Listed);
        return None;
    }
    let name = OtherParameterName::try_from(name).ok();
    let text = value.scalar_text();
    let text = if name.as_ref().is_some_and(OtherParameterName::is_listed) {
        faults.find(text)
    } else {
        faults.unlisted(place_of(value));
        text.ok()
    }?;
    Some(OtherParameter { name: name?, value: text.into_secret() })
}

fn capture(object: Object<'_>, faults: &mut Faults) -> Option<Capture> {
    let mut reader = Reader::new(object, &["amountToCapture", "isFinalCapture"], faults);
    let amount = amount(&mut reader, "amountToCapture");
    let is_final = reader.with("isFinalCapture", Faults::boolean);
    let amount = all_or_part(&mut reader, "amountToCapture", amount)?;
    Some(Capture { amount, is_final })
}

/// The members of a card to be stored are named as the parameters of a job are, in any case.
fn tokenisation(object: Object<'_>, faults: &mut Faults) -> Option<Tokenisation> {
    let mut card = Parameters::read(object, faults);
    let number = card.require(P::CardNumber, faults);
    let holder = card.parse(P::CardHolderName, faults);
    let expiry = card.require_expiry(faults);
    let cvc = card.require(P::CardCvc, faults);
    card.ignore_rest(faults);
    if faults.is_strict() {
        for other in card.into_others() {
            faults.inside(object, other.name().as_str(), MemberProblem::Unlisted);
        }
    }
    Some(Tokenisation { number: number?, expiry: expiry?, cvc: cvc?, holder })
}

/// An object, or, as the pages have it, JSON inside a string; what is wrong in that is told with the path
/// of both.
fn recipient_details(value: Value<'_>, path: &MemberPath, faults: &mut Faults) -> Option<RecipientDetails> {
    if value.is_empty_list() {
        faults.find(value.object())?;
    }
    if value.is_object() && !faults.is_strict() {
        return value.object().ok().and_then(|object| details(object, faults));
    }
    let text = match value.text() {
        Ok(text) => text,
        Err(error) => {
            faults.push(MemberError::new(path.clone(), error.problem().into()));
            return None;
        }
    };
    match read(text.as_bytes(), &JsonLimits::default(), faults.is_strict(), details) {
        Ok(inner) => {
            let (details, passed) = inner.into_parts();
            let unlisted = passed.unlisted.iter().map(|place| path.followed_by(place));
            faults.passed.unlisted.extend(unlisted);
            Some(details)
        }
        Err(errors) => {
            for error in errors.members() {
                faults.push(MemberError::new(path.followed_by(error.member()), error.problem()));
            }
            None
        }
    }
}

fn details(object: Object<'_>, faults: &mut Faults) -> Option<RecipientDetails> {
    let names = &["lastname", "dateOfBirth", "postcode", "primaryAccountNumber"];
    let mut reader = Reader::new(object, names, faults);
    let surname = reader.require_text("lastname");
    let birth = reader.require_text("dateOfBirth").map(RecipientBirth::received);
    let postcode = reader.require_text("postcode");
    let account = reader.require_text("primaryAccountNumber");
    Some(RecipientDetails { surname: surname?, birth: birth?, postcode: postcode?, account: account? })
}
