//! Data that the page needs before it loads.

use super::error::InvalidRequest;
use super::read;
use super::value::{ClientKey, SessionId};
use crate::media::json::{DecodedRequest, JsonLimits, Sink, Slot, WriteJson, to_body};

/// Data that the page needs before it loads: `window.InitData = {client_key, session_id}`.
///
/// ```
/// use cashflows_codec::hosted_page::InitData;
///
/// let data = InitData::new("client_key".parse()?, "session_id".parse()?);
/// let html = format!("<script>window.InitData = {};</script>", data.to_script_json());
/// assert_eq!(
///     html,
///     r#"<script>window.InitData = {"client_key":"client_key","session_id":"session_id"};</script>"#,
/// );
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitData {
    client_key: ClientKey,
    session_id: SessionId,
}

impl InitData {
    /// The shop's key, and a session.
    #[must_use]
    pub const fn new(client_key: ClientKey, session_id: SessionId) -> Self {
        Self { client_key, session_id }
    }

    /// The name of the shop at the provider.
    #[must_use]
    pub const fn client_key(&self) -> &ClientKey {
        &self.client_key
    }

    /// The session that the page is for.
    #[must_use]
    pub const fn session_id(&self) -> &SessionId {
        &self.session_id
    }

    /// The object as JSON that may stand in a `<script>` element as it is: whatever is in a value, it
    /// neither ends the element nor the string. So `<`, `>`, `&` and what JavaScript once took for line
    /// ends, U+2028 and U+2029, are written as `\u003c` and so on.
    ///
    /// It is meant for the shopper's browser, and holds the session id.
    #[must_use]
    pub fn to_script_json(&self) -> String {
        let json = to_body(self);
        escaped_for_script(core::str::from_utf8(&json).unwrap_or_default())
    }

    /// Reads the object, from JSON.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn from_json(json: &str) -> Result<Self, InvalidRequest> {
        read::request(json.as_bytes(), &JsonLimits::default(), |reader| {
            let (client_key, session_id) = (reader.required("client_key"), reader.required("session_id"));
            Some(Self::new(client_key?, session_id?))
        })
        .map(DecodedRequest::into_request)
    }
}

impl WriteJson for InitData {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("client_key", self.client_key.as_str());
            members.text("session_id", self.session_id.secret_str());
        });
    }
}

/// JSON as it may stand in a script: outside of strings none of these characters occurs.
fn escaped_for_script(json: &str) -> String {
    let mut escaped = String::with_capacity(6 * json.len());
    for character in json.chars() {
        match character {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_script() {
        let json = "{\"a\":\"</script><!-- &amp; \u{2028}\u{2029} é\"}";
        let escaped = escaped_for_script(json);
        assert!(!escaped.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(value(&escaped), value(json));
    }
}
