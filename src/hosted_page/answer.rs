//! Answers: a page, a session.

use bytes::Bytes;

use super::error::{self, PageError};
use super::value::SessionId;
use crate::media::json::{JsonLimits, KeptMembers, Sink, Slot, WriteJson, to_body};
use crate::secret::{MASK, Secret};

/// The answer to a [page request](super::PageRequest): where to send the shopper's browser.
///
/// Whoever has the URL can see the page, so it is masked and wiped.
#[derive(Clone, PartialEq, Eq)]
pub struct Page {
    redirect_url: Secret,
    session_id: SessionId,
    unlisted: KeptMembers,
}

impl Page {
    /// An answer of the provider.
    #[must_use]
    pub fn new(redirect_url: &str, session_id: SessionId) -> Self {
        Self { redirect_url: redirect_url.into(), session_id, unlisted: KeptMembers::new() }
    }

    /// Reads status and body of the answer.
    ///
    /// # Errors
    ///
    /// The status is not one of success, or the body has no URL.
    pub fn decode(status: u16, body: &[u8]) -> Result<Self, PageError> {
        error::answer(status, body, &JsonLimits::default(), |value| {
            let object = value.object()?;
            Ok(Self {
                redirect_url: object.require("redirect_url")?.text()?.into_secret(),
                session_id: object.require("session_id")?.parse()?,
                unlisted: KeptMembers::others(object, |name| ["redirect_url", "session_id"].contains(&name)),
            })
        })
    }

    /// Where to send the shopper's browser.
    #[must_use]
    pub fn secret_redirect_url(&self) -> &str {
        self.redirect_url.expose()
    }

    /// The session that the page is for.
    #[must_use]
    pub const fn session_id(&self) -> &SessionId {
        &self.session_id
    }

    /// Members that nobody listed.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
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
            self.unlisted.write_into(members);
        });
    }
}

impl core::fmt::Debug for Page {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Page")
            .field("redirect_url", &format_args!("{MASK}"))
            .field("session_id", &self.session_id)
            .field("unlisted", &self.unlisted)
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
    /// What else there is, if it is an object.
    others: Option<KeptMembers>,
}

impl Session {
    /// An answer of the provider: text.
    #[must_use]
    pub const fn new(id: SessionId) -> Self {
        Self { id, others: None }
    }

    /// An answer of the provider: an object.
    #[must_use]
    pub fn object(id: SessionId) -> Self {
        Self { id, others: Some(KeptMembers::new()) }
    }

    /// Reads status and body of the answer.
    ///
    /// # Errors
    ///
    /// The status is not one of success, or the body is neither text nor an object with a session id.
    pub fn decode(status: u16, body: &[u8]) -> Result<Self, PageError> {
        error::answer(status, body, &JsonLimits::default(), |value| {
            if !value.is_object() {
                return value.parse().map(Self::new);
            }
            let object = value.object()?;
            let id = object.require("session_id")?.parse()?;
            Ok(Self { id, others: Some(KeptMembers::others(object, |name| name == "session_id")) })
        })
    }

    /// What names the session.
    #[must_use]
    pub const fn id(&self) -> &SessionId {
        &self.id
    }

    /// Members that nobody listed, if it is an object.
    #[must_use]
    pub const fn unlisted(&self) -> Option<&KeptMembers> {
        self.others.as_ref()
    }

    /// Writes the body of the answer.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }
}

impl WriteJson for Session {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        match &self.others {
            None => slot.text(self.id.secret_str()),
            Some(others) => slot.object(|members| {
                members.text("session_id", self.id.secret_str());
                others.write_into(members);
            }),
        }
    }
}
