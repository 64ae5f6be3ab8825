//! The headers of a call (section 2).

use thiserror::Error;

use crate::error::{InvalidValue, Rule};
use crate::gateway::call::{Origin, SignedCall};
use crate::gateway::{ConfigurationId, Signature};

word_value! {
    /// A header that a call can have (section 2).
    CallHeader = "header";
    /// `ConfigurationId`
    ConfigurationId = "ConfigurationId",
    /// `Hash`
    Hash = "Hash",
    /// `Content-Type`
    ContentType = "Content-Type",
    /// `RequestOrigin`
    RequestOrigin = "RequestOrigin",
    /// `PaymentDataOrigin`
    PaymentDataOrigin = "PaymentDataOrigin",
}

/// The headers of a call: whose it is, and the signature.
///
/// The configuration says by which keys to [decode](super::IncomingCall::decode) the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallHeaders {
    configuration: ConfigurationId,
    signature: Signature,
    content: Content,
    request_origin: Option<Origin>,
    payment_data_origin: Option<Origin>,
}

/// The content type of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    /// `application/json`
    Json,
    /// Another media type of JSON.
    JsonToo,
    Other,
    NotSaid,
}

impl CallHeaders {
    /// Reads names and values. Names are known in any case, other headers are passed over.
    ///
    /// # Errors
    ///
    /// `ConfigurationId` or `Hash` is missing, or one of the five headers appears twice or is not what
    /// it has to be.
    pub fn read<'h>(headers: impl IntoIterator<Item = (&'h str, &'h [u8])>) -> Result<Self, HeaderError> {
        let mut values: [Option<&[u8]>; CallHeader::ALL.len()] = [None; _];
        for (name, value) in headers {
            let known = CallHeader::ALL.iter().find(|known| known.as_str().eq_ignore_ascii_case(name));
            let Some((header, slot)) =
                known.and_then(|&header| Some((header, values.get_mut(header as usize)?)))
            else {
                continue;
            };
            if slot.replace(value).is_some() {
                return Err(HeaderError::new(header, HeaderProblem::Duplicate));
            }
        }
        let [configuration, hash, content, request_origin, payment_data_origin] = values;
        Ok(Self {
            configuration: required(CallHeader::ConfigurationId, configuration)?,
            signature: required(CallHeader::Hash, hash)?,
            content: content.map_or(Content::NotSaid, Content::of),
            request_origin: origin(CallHeader::RequestOrigin, request_origin)?,
            payment_data_origin: origin(CallHeader::PaymentDataOrigin, payment_data_origin)?,
        })
    }

    /// The configuration of the caller (`ConfigurationId`).
    #[must_use]
    pub const fn configuration(&self) -> &ConfigurationId {
        &self.configuration
    }

    /// The signature (`Hash`).
    #[must_use]
    pub const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The origin of the request (`RequestOrigin`), if it is given.
    #[must_use]
    pub const fn request_origin(&self) -> Option<&Origin> {
        self.request_origin.as_ref()
    }

    /// The place where the payment data was collected (`PaymentDataOrigin`), if it is given.
    #[must_use]
    pub const fn payment_data_origin(&self) -> Option<&Origin> {
        self.payment_data_origin.as_ref()
    }

    /// A body must not be said to be something else than JSON. To be strict, it has to be said to be
    /// `application/json`.
    pub(super) const fn require_json(&self, strict: bool) -> Result<(), HeaderError> {
        let problem = match self.content {
            Content::Json => return Ok(()),
            Content::JsonToo | Content::NotSaid if !strict => return Ok(()),
            Content::JsonToo | Content::Other => HeaderProblem::NotJson,
            Content::NotSaid => HeaderProblem::Missing,
        };
        Err(HeaderError::new(CallHeader::ContentType, problem))
    }
}

impl Content {
    /// Parameters, such as a character set, are passed over: JSON is UTF-8 whatever they say.
    fn of(value: &[u8]) -> Self {
        let media_type = value.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii();
        let media_type = media_type.to_ascii_lowercase();
        match media_type.as_slice() {
            [] => Self::NotSaid,
            name if name == SignedCall::CONTENT_TYPE.as_bytes() => Self::Json,
            b"text/json" => Self::JsonToo,
            name if name.starts_with(b"application/") && name.ends_with(b"+json") => Self::JsonToo,
            _ => Self::Other,
        }
    }
}

fn required<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
    header: CallHeader,
    value: Option<&[u8]>,
) -> Result<T, HeaderError> {
    optional(header, value)?.ok_or(HeaderError::new(header, HeaderProblem::Missing))
}

/// An empty one is absent.
fn origin(header: CallHeader, value: Option<&[u8]>) -> Result<Option<Origin>, HeaderError> {
    optional(header, value.filter(|value| !value.is_empty()))
}

fn optional<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
    header: CallHeader,
    value: Option<&[u8]>,
) -> Result<Option<T>, HeaderError> {
    let invalid = |rule| HeaderError::new(header, HeaderProblem::Value(rule));
    let Some(value) = value else { return Ok(None) };
    let text = core::str::from_utf8(value).map_err(|_| HeaderError::new(header, HeaderProblem::Utf8))?;
    T::try_from(text).map(Some).map_err(|error| invalid(error.rule()))
}

/// A way in which a header is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum HeaderProblem {
    /// It is missing.
    #[error("is missing")]
    Missing,
    /// It appears more than once.
    #[error("appears more than once")]
    Duplicate,
    /// It is not text.
    #[error("is not valid UTF-8")]
    Utf8,
    /// It breaks the rule of its value.
    #[error(transparent)]
    Value(Rule),
    /// The body is said to be something else than JSON.
    #[error("must be application/json")]
    NotJson,
}

/// A header of a call that is missing or wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("header {header} {problem}")]
pub struct HeaderError {
    header: CallHeader,
    problem: HeaderProblem,
}

impl HeaderError {
    const fn new(header: CallHeader, problem: HeaderProblem) -> Self {
        Self { header, problem }
    }

    /// The header.
    #[must_use]
    pub const fn header(&self) -> CallHeader {
        self.header
    }

    /// The way in which it is wrong.
    #[must_use]
    pub const fn problem(&self) -> HeaderProblem {
        self.problem
    }

    /// The status of HTTP to answer: 401 where it is unknown who calls, 415 where it is unknown what
    /// the body is, else 400.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self.header {
            CallHeader::ConfigurationId | CallHeader::Hash => 401,
            CallHeader::ContentType => 415,
            CallHeader::RequestOrigin | CallHeader::PaymentDataOrigin => 400,
        }
    }
}
