//! Answers: a page, a session.

use bytes::Bytes;

use super::error::{self, PageError};
use super::value::SessionId;
use crate::error::Rule;
use crate::media::json::{Finding, JsonLimits, KeptMembers, Rest, Sink, Slot, WriteJson, to_body};
use crate::secret::{MASK, Secret};
use crate::value::is_absolute_url;

/// The answer to a [page request](super::PageRequest): where to send the shopper's browser.
///
/// Whoever has the URL can see the page, so it is masked and wiped.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    redirect_url: Secret,
    session_id: SessionId,
    rest: Rest,
}

impl Page {
    /// An answer of the provider.
    #[must_use]
    pub fn new(redirect_url: &str, session_id: SessionId) -> Self {
        Self { redirect_url: redirect_url.into(), session_id, rest: Rest::default() }
    }

    /// Reads status and body of the answer.
    ///
    /// # Errors
    ///
    /// The status is not one of success, the body has errors, no absolute http or https URL to send the
    /// shopper to, or no session id.
    pub fn decode(status: u16, body: &[u8]) -> Result<Self, PageError> {
        error::answer(status, body, &JsonLimits::default(), |value| {
            let object = value.object()?;
            let (url, session_id) = (object.require("redirect_url")?, object.require("session_id")?);
            let redirect_url = url.text()?;
            // A browser is sent there: a script is no page.
            if !is_absolute_url(&redirect_url) {
                return Err(url.error(Rule::Url));
            }
            Ok(Self {
                redirect_url: redirect_url.into_secret(),
                session_id: error::session_id(session_id)?,
                rest: error::rest(object, &["redirect_url", "session_id"])?,
            })
        })
    }

    /// The URL to send the shopper's browser to.
    #[must_use]
    pub fn secret_redirect_url(&self) -> &str {
        self.redirect_url.expose()
    }

    /// The session that the page is for.
    #[must_use]
    pub const fn session_id(&self) -> &SessionId {
        &self.session_id
    }

    /// The members that the crate does not list, as they came.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        self.rest.unlisted()
    }

    /// The malformed members, which decide nothing.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.rest.findings()
    }

    /// Writes the body of the answer.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }
}

impl WriteJson for Page {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("redirect_url", self.redirect_url.expose());
            members.text("session_id", self.session_id.secret_str());
            error::write_rest(members, &self.rest);
        });
    }
}

impl core::fmt::Debug for Page {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Page")
            .field("redirect_url", &format_args!("{MASK}"))
            .field("session_id", &self.session_id)
            .field("unlisted", &self.rest)
            .finish()
    }
}

/// The answer to a [session request](super::SessionRequest). The pages only call it a session id, so it
/// is read as text, and as an object that has a `session_id`.
///
/// ```
/// use cashflows_codec::hosted_page::Session;
///
/// let text = Session::decode(200, br#""GfXYVKxPXGksQhBJuyAZ""#)?;
/// let object = Session::decode(201, br#"{"session_id": "GfXYVKxPXGksQhBJuyAZ"}"#)?;
/// assert_eq!(text.id(), object.id());
/// # Ok::<(), cashflows_codec::hosted_page::PageError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    id: SessionId,
    is_object: bool,
    rest: Rest,
}

impl Session {
    /// An answer of the provider: text.
    #[must_use]
    pub fn new(id: SessionId) -> Self {
        Self { id, is_object: false, rest: Rest::default() }
    }

    /// An answer of the provider: an object.
    #[must_use]
    pub fn object(id: SessionId) -> Self {
        Self { is_object: true, ..Self::new(id) }
    }

    /// Reads status and body of the answer.
    ///
    /// # Errors
    ///
    /// The status is not one of success, or the body is neither text nor an object with a session id.
    pub fn decode(status: u16, body: &[u8]) -> Result<Self, PageError> {
        error::answer(status, body, &JsonLimits::default(), |value| {
            if !value.is_object() {
                let rest = value.text().err().map(|error| Rest::noted(&error)).unwrap_or_default();
                return Ok(Self { rest, ..Self::new(error::session_id(value)?) });
            }
            let object = value.object()?;
            let id = error::session_id(object.require("session_id")?)?;
            Ok(Self { is_object: true, rest: error::rest(object, &["session_id"])?, ..Self::new(id) })
        })
    }

    /// The id of the session.
    #[must_use]
    pub const fn id(&self) -> &SessionId {
        &self.id
    }

    /// The members that the crate does not list, as they came, if it is an object.
    #[must_use]
    pub fn unlisted(&self) -> Option<&KeptMembers> {
        self.is_object.then(|| self.rest.unlisted())
    }

    /// The malformed members, which decide nothing.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        self.rest.findings()
    }

    /// Writes the body of the answer.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }
}

impl WriteJson for Session {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        if !self.is_object {
            return slot.text(self.id.secret_str());
        }
        slot.object(|members| {
            members.text("session_id", self.id.secret_str());
            error::write_rest(members, &self.rest);
        });
    }
}
