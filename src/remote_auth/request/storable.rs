//! Requests that hold no secret, and so may be stored.

use core::fmt;

use serde::de::{Error, Expected, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::facts::FRAME;
use super::{Request, RequestError};
use crate::remote_auth::parameter::Parameter;
use crate::secret::Wiped;
use crate::value::stored::AnyText;

/// A request without a secret, which may be stored (`serde`) and sent after a restart: every void and
/// refund, a credit to the card of an original transaction, and a continuous payment that names no card and
/// has no 3-D Secure cryptogram. None may have a parameter that was added by
/// [`with_parameter`](super::Payment::with_parameter).
///
/// It is stored as the parameters of section 2, without credentials and test mode. Reading it checks every
/// rule again. It may hold personal data of the customer.
///
/// ```
/// use cashflows_codec::remote_auth::Request;
/// use cashflows_codec::remote_auth::request::{OriginalClass, StorableRequest, Void};
/// use cashflows_codec::value::Money;
///
/// let void = Request::from(Void::new("01S0135F74D".parse()?, OriginalClass::Ecom, Money::gbp(20_15)));
/// let json = serde_json::to_string(&StorableRequest::try_from(void.clone())?)?;
/// assert_eq!(
///     json,
///     r#"{"tran_amount":"20.15","tran_currency":"GBP","tran_type":"void","tran_class":"ecom","tran_orig_id":"01S0135F74D"}"#,
/// );
/// assert_eq!(serde_json::from_str::<StorableRequest>(&json)?.into_request(), void);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorableRequest(Request);

/// A request holds a secret, and must not be stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("{} is not to be stored", .0.map_or("a parameter that was added", Parameter::as_str))]
pub struct NotStorable(Option<Parameter>);

impl NotStorable {
    /// The parameter that is secret. None where it is one that was added by
    /// [`with_parameter`](super::Payment::with_parameter), since its value may be a secret.
    #[must_use]
    pub const fn parameter(self) -> Option<Parameter> {
        self.0
    }
}

impl StorableRequest {
    /// The request.
    #[must_use]
    pub const fn request(&self) -> &Request {
        &self.0
    }

    /// The request.
    #[must_use]
    pub fn into_request(self) -> Request {
        self.0
    }
}

impl From<StorableRequest> for Request {
    fn from(storable: StorableRequest) -> Self {
        storable.0
    }
}

impl TryFrom<Request> for StorableRequest {
    type Error = NotStorable;

    fn try_from(request: Request) -> Result<Self, NotStorable> {
        if !request.options().added.is_empty() {
            return Err(NotStorable(None));
        }
        let parameters = request.parameters();
        let secret = parameters.iter().find(|(parameter, _)| parameter.secrecy().is_secret());
        match secret {
            Some((parameter, _)) => Err(NotStorable(Some(*parameter))),
            None => Ok(Self(request)),
        }
    }
}

impl Serialize for StorableRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parameters = self.0.parameters();
        let mut map = serializer.serialize_map(Some(parameters.len()))?;
        for (parameter, value) in &parameters {
            map.serialize_entry(parameter.as_str(), value.expose())?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for StorableRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Parameters)
        } else {
            deserializer.deserialize_map(Parameters)
        }
    }
}

/// Reads an object of parameters as a request body.
struct Parameters;

impl<'de> Visitor<'de> for Parameters {
    type Value = StorableRequest;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of parameters")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<StorableRequest, A::Error> {
        let mut body = Wiped::new(String::from("auth_id=0&auth_pass=-&tran_testmode=0"));
        // One more than there are names is a repeated one, which is an error.
        let mut left = Parameter::ALL.len() + 1;
        while left > 0
            && let Some((name, value)) = map.next_entry::<AnyText, AnyText>()?
        {
            left -= 1;
            let parameter =
                Parameter::from_wire(name.as_str()).filter(|parameter| !FRAME.contains(parameter));
            let parameter = parameter
                .ok_or_else(|| A::Error::custom("a name that is no parameter of a stored request"))?;
            make_room(&mut body, "&=".len() + parameter.as_str().len() + "%FF".len() * value.as_str().len());
            body.push('&');
            body.push_str(parameter.as_str());
            body.push('=');
            value.as_str().bytes().for_each(|byte| escape(byte, &mut body));
        }
        let decoded =
            Request::decode(body.as_bytes()).map_err(|error: RequestError| A::Error::custom(error))?;
        // A stored request is sent later, so that no part of it may get lost.
        if let Some(unused) = decoded.ignored.first() {
            return Err(A::Error::custom(format_args!("{unused} is not used by this request")));
        }
        if let Some(finding) = decoded.findings.iter().find(|finding| !finding.is_kept()) {
            return Err(A::Error::custom(finding));
        }
        StorableRequest::try_from(decoded.request).map_err(A::Error::custom)
    }

    refuse_numbers!();
    refuse!(visit_str(&str));
}

/// Makes room for `more` bytes, without leaving personal data behind where the body was.
fn make_room(body: &mut Wiped<String>, more: usize) {
    if body.capacity() - body.len() < more {
        let mut larger = Wiped::new(String::with_capacity(2 * (body.len() + more)));
        larger.push_str(body);
        *body = larger;
    }
}

/// Escapes a byte. A stored request is short and seldom read, so that every byte is escaped.
fn escape(byte: u8, body: &mut String) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    body.push('%');
    body.extend([byte >> 4, byte & 0xF].iter().filter_map(|digit| DIGITS.get(usize::from(*digit))));
}
