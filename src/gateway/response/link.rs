//! Links of responses.

use super::text::UrlText;
use crate::media::json::{always_there, message};

message! {
    /// The links of an answer (section 5). The list is open.
    ///
    /// They stand beside the answer's data, or, as some integrations find, inside of it.
    ///
    /// **An action link is not a challenge**: a payment that is approved at once has the success return URL
    /// there, and a paid job that is retrieved has none. The statuses say what became of the money.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Links {
        /// The job itself, by the API.
        "data" => data: Option<Link>,
        /// The next page for the shopper's browser: the payment page, 3-D Secure, or a return URL.
        "action" => action: Option<Link>,
        /// The documentation of the API.
        "documentation" => documentation: Option<Link>,
    }
}

impl Links {
    /// Returns true if there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

always_there! { [] Links }

message! {
    /// A link of an answer.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Link, fn to {
        /// The URL, as the gateway wrote it.
        required "url" => url: UrlText,
        /// The media type of what is there.
        "type" => media_type: Option<Box<str>>,
    }
}

impl Link {
    /// A link to `url`.
    #[must_use]
    pub fn new(url: &str) -> Self {
        Self::to(url.into())
    }

    /// Adds the media type of what is there.
    #[must_use]
    pub fn with_media_type(mut self, media_type: &str) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}
