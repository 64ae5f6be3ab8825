//! A request as it goes over the wire, and how it may be shown.

use core::fmt::{self, Write as _};

use bytes::Bytes;

use crate::media::form;
use crate::remote_auth::environment::Environment;
use crate::remote_auth::parameter::{Parameter, Secrecy};
use crate::remote_auth::{ParameterName, UnlistedName};
use crate::secret::{MASK, MaskedNumber, Wiped};
use crate::value::CardNumber;

/// An encoded request: what to POST, as what, and where.
///
/// Its memory is wiped when the last clone of the bytes is dropped, and `Debug` masks every secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Body(Bytes);

impl Body {
    /// The media type of every payment request (section 1).
    pub const CONTENT_TYPE: &'static str = "application/x-www-form-urlencoded";

    /// Whether a content type, its parameters aside, is that of a payment request.
    #[cfg(any(feature = "http", feature = "simulator"))]
    pub(crate) fn is_content_type(content_type: &str) -> bool {
        let essence = content_type.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case(Self::CONTENT_TYPE)
    }

    pub(crate) fn new(form: Wiped<Vec<u8>>) -> Self {
        Self(Bytes::from_owner(form))
    }

    /// The form. It holds card data: pass it to a transport, and to nothing else.
    #[must_use]
    pub const fn as_bytes(&self) -> &Bytes {
        &self.0
    }

    /// The form, to be given to a transport; shares the memory, which is wiped with the last clone.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    /// The `Content-Type`: [`Body::CONTENT_TYPE`].
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        Self::CONTENT_TYPE
    }

    /// The URL to POST it to.
    #[must_use]
    pub const fn endpoint(&self, environment: Environment) -> &'static str {
        environment.payment_url()
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({})", MaskedForm::new(&self.0))
    }
}

/// A raw form body, readable or not, fit for a log: secrets are masked.
///
/// Card numbers show their first six and last four digits; passwords, security codes, tokens and
/// cryptograms show nothing, nor does the value of any parameter that the table does not know.
/// Values that should be harmless are searched for card numbers all the same, and what cannot be
/// decoded is not shown.
///
/// ```
/// use cashflows_codec::remote_auth::request::MaskedForm;
///
/// let body = b"auth_pass=hunter2&card_num=4000000000000002&pan=4000000000000002&cust_name=Luke+S&cust_tel=%zz";
/// assert_eq!(
///     MaskedForm::new(body).to_string(),
///     "auth_pass=***&card_num=400000******0002&pan=***&cust_name=Luke S&cust_tel=***",
/// );
/// ```
#[derive(Clone, Copy)]
pub struct MaskedForm<'a>(&'a [u8]);

impl<'a> MaskedForm<'a> {
    /// Shows `body`.
    #[must_use]
    pub const fn new(body: &'a [u8]) -> Self {
        Self(body)
    }

    /// Every parameter that has a value, with the value masked where it has to be.
    pub fn parameters(&self) -> impl Iterator<Item = (ParameterName<Parameter>, String)> + use<'a> {
        let body = form::readable(self.0);
        let with_value = form::pairs(body.as_str()).filter(|(_, value)| !value.is_empty());
        let shown = with_value.map(|(name, value)| {
            let name = parameter_name(name);
            let value = masked(&name, value);
            (name, value)
        });
        shown.collect::<Vec<_>>().into_iter()
    }
}

fn parameter_name(encoded: &str) -> ParameterName<Parameter> {
    let known = form::decode_secret(encoded).ok().and_then(|name| Parameter::from_wire(name.expose()));
    let unlisted = || ParameterName::Unlisted(UnlistedName::new::<Parameter>(encoded.as_bytes()));
    known.map_or_else(unlisted, ParameterName::Known)
}

fn masked(name: &ParameterName<Parameter>, encoded: &str) -> String {
    let (ParameterName::Known(parameter), Ok(value)) = (name, form::decode_secret(encoded)) else {
        return MASK.to_owned();
    };
    match parameter.secrecy() {
        Secrecy::Open => without_card_numbers(value.expose()),
        Secrecy::Number => MaskedNumber(value.expose()).to_string(),
        Secrecy::Hidden => MASK.to_owned(),
    }
}

/// The text with every card number in it masked, be its digits in groups or not.
fn without_card_numbers(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        shown.push_str(before);
        if let Some((number, after)) = card_number(digits) {
            shown.push_str(&number.to_string());
            rest = after;
        } else {
            let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
            let (run, after) = digits.split_at(end);
            shown.push_str(run);
            rest = after;
        }
    }
    shown.push_str(rest);
    shown
}

/// The longest card number that a text begins with, and what follows it. Spaces and hyphens may
/// stand between the digits, one at a time, as people write them.
fn card_number(text: &str) -> Option<(CardNumber, &str)> {
    let mut digits = Wiped::new(String::with_capacity(CardNumber::MAX_DIGITS));
    let mut longest = None;
    let mut rest = text;
    while let Some((digit, after)) =
        rest.split_at_checked(1).filter(|_| digits.len() < CardNumber::MAX_DIGITS)
    {
        digits.push_str(digit);
        let next = after.strip_prefix([' ', '-']).unwrap_or(after);
        if !after.starts_with(|character: char| character.is_ascii_digit()) {
            let number = CardNumber::try_from(digits.as_str()).ok().filter(CardNumber::passes_luhn);
            longest = number.map(|number| (number, after)).or(longest);
        }
        if !next.starts_with(|character: char| character.is_ascii_digit()) {
            break;
        }
        rest = next;
    }
    longest
}

impl fmt::Display for MaskedForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.parameters().enumerate() {
            let separator = if index == 0 { "" } else { "&" };
            write!(f, "{separator}{name}=")?;
            for character in value.chars() {
                // A value must not be able to begin a line of the log.
                if character.is_control() {
                    write!(f, "{}", character.escape_default())?;
                } else {
                    f.write_char(character)?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Debug for MaskedForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaskedForm({self})")
    }
}
