//! The message of a response.

use crate::value::{SpillingText, rules};

text_value! {
    /// The message of a response (section 3): 0 to 3,072 bytes of text without `|` and control
    /// characters (the length is ours). Its wording and casing vary, so it is not a key to anything.
    ///
    /// ```
    /// use cashflows_codec::remote_auth::response::Message;
    ///
    /// let message: Message = "Not Authorised".parse()?;
    /// assert_eq!(message.as_str(), "Not Authorised");
    /// assert!(Message::try_from("").is_ok());
    /// assert!(Message::try_from("two|fields").is_err());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    foreign Message(SpillingText<28>) = "message", |text| rules::field(text, Message::MAX_BYTES);
}

impl Message {
    /// The most bytes of a message. A line that has the longest of every field is still within the
    /// default limit of 4 KiB.
    pub(crate) const MAX_BYTES: usize = 3 * 1_024;

    /// One of this crate's own texts.
    pub(crate) fn fixed(text: &'static str) -> Self {
        debug_assert!(Self::check(text).is_ok(), "{text}");
        Self(text.into())
    }
}

stored_as_text!(Message);
