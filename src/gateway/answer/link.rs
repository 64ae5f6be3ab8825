//! Where an answer points to.

use super::text::UrlText;
use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};

/// The links of an answer (section 5). The list is open.
///
/// They stand beside the answer's data, or, as some integrations find, inside of it.
///
/// **An action link is not a challenge**: a payment that is approved at once has the success return URL
/// there, and a paid job that is retrieved has none. What became of the money is in the statuses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Links {
    /// The job itself, by the API.
    pub data: Option<Link>,
    /// Where the shopper's browser goes next: the payment page, 3-D Secure, or a return URL.
    pub action: Option<Link>,
    /// The documentation of the API.
    pub documentation: Option<Link>,
    /// Links that nobody listed, and those that have no `url`.
    unlisted: KeptMembers,
}

impl Links {
    const LISTED: &[&str] = &["data", "action", "documentation"];

    /// No links.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Links that nobody listed, and those that have no `url`.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }
}

impl ReadJson for Links {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let mut links = Self::new();
        let mut unlisted = Vec::new();
        for (name, value) in value.object()?.members() {
            let link = match &*name {
                "data" => &mut links.data,
                "action" => &mut links.action,
                "documentation" => &mut links.documentation,
                _ => &mut None,
            };
            // An answer does not become unreadable because of a link.
            match value.read() {
                Ok(read) if Self::LISTED.contains(&&*name) => *link = Some(read),
                _ => unlisted.push((name, value)),
            }
        }
        links.unlisted = KeptMembers::found(&unlisted);
        Ok(links)
    }
}

impl WriteJson for Links {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            for (name, link) in
                [("data", &self.data), ("action", &self.action), ("documentation", &self.documentation)]
            {
                if let Some(link) = link {
                    link.write(members.member(name));
                }
            }
            self.unlisted.write_into(members);
        });
    }
}

/// A link of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Link {
    /// Where it points to.
    pub url: UrlText,
    /// The media type of what is there.
    pub media_type: Option<Box<str>>,
    unlisted: KeptMembers,
}

impl Link {
    /// A link to `url`.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self { url: url.into(), media_type: None, unlisted: KeptMembers::new() }
    }

    /// Adds the media type of what is there.
    #[must_use]
    pub fn with_media_type(mut self, media_type: &str) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

impl ReadJson for Link {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let mut link = Self { url: object.required("url")?, media_type: None, unlisted: KeptMembers::new() };
        let mut unlisted = Vec::new();
        for (name, value) in object.members() {
            match &*name {
                "url" => {}
                "type" => link.media_type = value.optional()?,
                _ => unlisted.push((name, value)),
            }
        }
        link.unlisted = KeptMembers::found(&unlisted);
        Ok(link)
    }
}

impl WriteJson for Link {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("url", self.url.as_str());
            members.optional("type", self.media_type.as_ref());
            self.unlisted.write_into(members);
        });
    }
}
