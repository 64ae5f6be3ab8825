//! Requests read from JSON, as the gateway reads them, with everything that is wrong with them at once
//! (section 4).
//!
//! A member that decides about money, card, order or the way of the shopper has to be well formed. Others are
//! passed over where they are malformed: notes, addresses, identities, the optional members of order
//! lines, browser facts, preparation ids, time zone, language and the link to the shop.

mod criteria;
mod job;
mod kind;

use bytes::Bytes;

use super::fault::{Faults, InvalidRequest, MemberProblem};
use super::object::{Member, Others, Reader, Weight, decode};
use super::parameter::{Column, Parameter as P, Parameters, ReadParameters};
use super::{
    CaptureRequest, DecodedRequest, OtherParameter, PaymentJob, RefundNumber, RefundRequest, Tokenisation,
};
use crate::error::Rule;
use crate::gateway::Decimal;
use crate::media::json::{JsonLimits, JsonProblem, Object, to_body};

/// A request that is the body of a call.
pub(in crate::gateway) trait Body: Sized {
    /// Reads the members of the body.
    fn read(object: Object<'_>, faults: &mut Faults) -> Option<Self>;
}

/// Makes bodies of requests, which are read by the functions.
macro_rules! bodies {
    ($($Request:ident, $what:literal: $read:path;)+) => {$(
        impl Body for $Request {
            fn read(object: Object<'_>, faults: &mut Faults) -> Option<Self> {
                $read(object, faults)
            }
        }

        impl $Request {
            #[doc = concat!("Reads ", $what, " from JSON, with the default [limits](JsonLimits). The signature")]
            /// of the call is verified by [`IncomingCall`](crate::gateway::incoming::IncomingCall) alone.
            ///
            /// # Errors
            ///
            /// It is not JSON, or members are wrong: all of them are reported at once.
            pub fn decode(body: &[u8]) -> Result<DecodedRequest<Self>, InvalidRequest> {
                Self::decode_with(body, &JsonLimits::default())
            }

            #[doc = concat!("Reads ", $what, " from JSON, with limits of your own.")]
            ///
            /// # Errors
            ///
            /// As [`decode`](Self::decode).
            pub fn decode_with(
                body: &[u8],
                limits: &JsonLimits,
            ) -> Result<DecodedRequest<Self>, InvalidRequest> {
                decode(body, limits, false, Self::read)
            }

            #[doc = concat!("Writes ", $what, " as JSON: the body that a [call](crate::gateway::call) of it is")]
            /// signed over and sent with.
            ///
            /// It is written into one buffer, which is wiped when the last clone of its bytes is dropped.
            #[must_use]
            pub fn encode(&self) -> Bytes {
                Bytes::from_owner(to_body(self))
            }
        }
    )+};
}

bodies! {
    PaymentJob, "a job": job::read;
    RefundRequest, "a refund": refund;
    CaptureRequest, "a capture": capture;
    Tokenisation, "a card": tokenisation;
}

fn refund(object: Object<'_>, faults: &mut Faults) -> Option<RefundRequest> {
    let mut reader = Reader::new(object, &["amountToRefund", "refundNumber", "parameters"], faults);
    let amount = amount(&mut reader, "amountToRefund");
    let number: Option<RefundNumber> = Member::read(&mut reader, ["refundNumber"], Weight::Decides)?;
    let other_parameters = reader.object("parameters", |parameters, faults| {
        faults.reads(parameters);
        let mut names = Others::default();
        let mut read = Vec::new();
        for (name, value) in parameters.members().filter(|(_, value)| !value.is_null()) {
            if names.add(&name, value, faults) {
                read.extend(OtherParameter::read(&name, value, faults));
            }
        }
        Some(read)
    });
    let amount = all_or_part(&mut reader, "amountToRefund", amount)?;
    if amount.is_none() && faults.is_strict() {
        faults.inside(object, "amountToRefund", JsonProblem::Missing);
    }
    Some(RefundRequest { amount, number, other_parameters: other_parameters.unwrap_or_default() })
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

/// Returns the amount. An absent amount stands for all that is left, unless a member of the body was passed
/// over that may be meant as one.
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

fn capture(object: Object<'_>, faults: &mut Faults) -> Option<CaptureRequest> {
    let mut reader = Reader::new(object, &["amountToCapture", "isFinalCapture"], faults);
    let amount = amount(&mut reader, "amountToCapture");
    let is_final = reader.with("isFinalCapture", Faults::boolean);
    let amount = all_or_part(&mut reader, "amountToCapture", amount)?;
    Some(CaptureRequest { amount, is_final })
}

/// The members of a card to be stored are named as the parameters of a job are, in any case.
fn tokenisation(object: Object<'_>, faults: &mut Faults) -> Option<Tokenisation> {
    let card = Parameters::of(object, faults);
    let given = ReadParameters::read(&card, Column::Tokenisation, faults);
    let expiry = kind::Conditional { parameters: &card, column: Column::Tokenisation, faults }
        .expiry(given.expiry_month, given.expiry_year);
    if faults.is_strict() {
        for other in card.into_others() {
            faults.inside(object, other.name().as_str(), MemberProblem::Unlisted);
        }
    }
    Some(Tokenisation {
        number: given.card_number?,
        expiry: expiry.flatten()?,
        cvv: given.cvv?,
        holder: given.holder,
    })
}
