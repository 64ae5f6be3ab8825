//! The login that gives a token.

use bytes::Bytes;

use super::error::{self, InvalidRequest, PageError};
use super::read;
use super::value::{AccessToken, AccountPassword, Username};
use crate::media::json::{
    DecodedRequest, Finding, JsonLimits, KeptMembers, Rest, Sink, Slot, WriteJson, to_body,
};

/// Asks for a token, by name and password: a `POST` of JSON to [`Login::PATH`].
///
/// ```
/// use cashflows_codec::hosted_page::{Login, Token};
///
/// let login = Login::new("shop".parse()?, "pa55word".parse()?);
/// assert_eq!(login.encode(), r#"{"username":"shop","password":"pa55word"}"#);
/// assert!(!format!("{login:?}").contains("pa55word"));
///
/// let token = Token::decode(200, br#"{"access_token": "eyJhbGciOi", "expires_in": 300}"#)?;
/// assert_eq!(token.access_token().secret_str(), "eyJhbGciOi");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    username: Username,
    password: AccountPassword,
}

impl Login {
    /// The path below the provider's address.
    pub const PATH: &str = "/api/oauth2/login/token";

    /// By name and password.
    #[must_use]
    pub const fn new(username: Username, password: AccountPassword) -> Self {
        Self { username, password }
    }

    /// The name of the account.
    #[must_use]
    pub const fn username(&self) -> &Username {
        &self.username
    }

    /// Its password.
    #[must_use]
    pub const fn password(&self) -> &AccountPassword {
        &self.password
    }

    /// Writes the body. It is wiped when the last clone of the bytes is dropped.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }

    /// Reads a body, as the provider does. Members that are not listed are passed over, and reported.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<DecodedRequest<Self>, InvalidRequest> {
        read::request(body, &JsonLimits::default(), |reader| {
            let (username, password) = (reader.required("username"), reader.required("password"));
            Some(Self::new(username?, password?))
        })
    }
}

impl WriteJson for Login {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("username", self.username.as_str());
            members.text("password", self.password.secret_str());
        });
    }
}

/// The answer to a login: a token, and whatever else the provider says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    access_token: AccessToken,
    rest: Rest,
}

impl Token {
    /// An answer of the provider.
    #[must_use]
    pub fn new(access_token: AccessToken) -> Self {
        Self { access_token, rest: Rest::default() }
    }

    /// Reads status and body of the answer.
    ///
    /// # Errors
    ///
    /// The status is not one of success, or the body has no token.
    pub fn decode(status: u16, body: &[u8]) -> Result<Self, PageError> {
        error::answer(status, body, &JsonLimits::default(), |value| {
            let object = value.object()?;
            let access_token = object.require("access_token")?.parse()?;
            Ok(Self { access_token, rest: error::rest(object, &["access_token"])? })
        })
    }

    /// The token.
    #[must_use]
    pub const fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// The members that the crate does not list, as they came: how long the token is good, perhaps.
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

impl WriteJson for Token {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("access_token", self.access_token.secret_str());
            error::write_rest(members, &self.rest);
        });
    }
}

impl AccessToken {
    /// The token of an `Authorization` header: what follows `Bearer`, in any case, and a space.
    #[must_use]
    pub fn from_authorization(header: &str) -> Option<Self> {
        let (scheme, token) = header.split_once(' ')?;
        scheme.eq_ignore_ascii_case("Bearer").then(|| token.trim_start_matches(' ').try_into().ok())?
    }
}
