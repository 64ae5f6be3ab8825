//! The other provider, with its hosted page: another gateway altogether, with a list of its own.
//!
//! ```
//! # use core::num::NonZeroU64;
//! # use std::time::{Duration, SystemTime};
//! use cashflows_codec::hosted_page::{Login, Order, Page, PageRequest, Token, TransactionType};
//! use cashflows_codec::simulator::gateway::EnteredCard;
//! use cashflows_codec::simulator::hosted_page::{Account, Next, PaymentState, Provider};
//! # use cashflows_codec::value::Currency;
//! # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
//! # let order = Order::new("ORDER-1".parse()?, "TERM001".parse()?, Currency::EUR,
//! #     NonZeroU64::new(100).ok_or("nothing")?, TransactionType::Purchase);
//! # let url = |path| format!("https://shop.test/{path}").parse();
//! # let request = PageRequest::new(order, url("paid")?, url("cancelled")?, url("failed")?);
//! let account = Account::new("shop".parse()?, "pa55word".parse()?, "api-key".parse()?, "client-key".parse()?);
//! let mut provider = Provider::new(account, "https://provider.test".parse()?);
//!
//! let login = Login::new("shop".parse()?, "pa55word".parse()?);
//! let token = Token::decode(200, &provider.handle(now, Login::PATH, [], &login.encode()).body())?;
//! let bearer = format!("Bearer {}", token.access_token().secret_str());
//! let headers = [("authorization", bearer.as_bytes())];
//! let page = Page::decode(200, &provider.handle(now, PageRequest::PATH, headers, &request.encode()).body())?;
//!
//! let session = page.session_id().secret_str();
//! let card = EnteredCard::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?, "Jon Snow".parse()?);
//! assert_eq!(provider.pay(now, session, &card), Next::Return("https://shop.test/paid".into()));
//! assert_eq!(provider.payments()[0].state(), PaymentState::Paid);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Requests are read easily, as those of the gateway are: what is not known, or malformed without deciding
//! anything, is passed over (section 12).
//!
//! The page documents neither what a card comes to nor how to ask for it. Here (ours) every card is taken that passes the
//! Luhn check and has not expired, with its security code if it is one of the documented test cards of Remote
//! Auth. A card that is not taken leads to the error URL; of a session, which has none, to the page again.

use core::num::NonZeroU64;
use std::time::SystemTime;

use bytes::Bytes;
use subtle::ConstantTimeEq;

use super::card::{Brand, is_its_code, may_exist};
use super::date::is_over;
use super::gateway::EnteredCard;
use super::seal::{opened, sealed};
use super::{Delivery, Payload};
use crate::gateway::Url;
use crate::gateway::call::path::segment;
use crate::hosted_page::{
    AccessToken, AccountPassword, ClientKey, InvalidRequest, Login, Order, Page, PageRequest, Refusal,
    RefusedProperty, Session, SessionApiKey, SessionId, SessionRequest, Token, Username,
};
use crate::value::Currency;

/// The kinds of seals, of sessions and of tokens.
const SESSION: &str = "session";
const TOKEN: &str = "token";

/// The body of an answer, or that of a refusal with its status.
type Answered = Result<Bytes, Refused>;
type Refused = (u16, Bytes);

/// A merchant's account with the provider.
#[derive(Clone, Debug)]
pub struct Account {
    username: Username,
    password: AccountPassword,
    api_key: SessionApiKey,
    client_key: ClientKey,
}

impl Account {
    /// An account: name and password give the token, the API key opens sessions, the client key is for
    /// the shop's own page.
    #[must_use]
    pub const fn new(
        username: Username,
        password: AccountPassword,
        api_key: SessionApiKey,
        client_key: ClientKey,
    ) -> Self {
        Self { username, password, api_key, client_key }
    }
}

/// The provider, with one merchant's account.
#[derive(Clone, Debug)]
pub struct Provider {
    account: Account,
    base: Url,
    payments: Vec<PaymentEntry>,
}

word_value! {
    /// How far a payment is.
    PaymentState = "state of a payment";
    /// `open`: the page asks for the card.
    Open = "open",
    /// `paid`
    Paid = "paid",
    /// `cancelled`: by the shopper.
    Cancelled = "cancelled",
}

/// A payment, and what became of it.
#[derive(Clone, Debug)]
pub struct PaymentEntry {
    made: SystemTime,
    order: Order,
    success_url: Url,
    cancel_url: Url,
    error_url: Option<Url>,
    state: PaymentState,
    card: Option<Box<str>>,
}

impl PaymentEntry {
    /// A payment that is open. Where a session has no error URL, the page asks again.
    fn new(made: SystemTime, order: &Order, (success, cancel, error): (&Url, &Url, Option<&Url>)) -> Self {
        Self {
            made,
            order: order.clone(),
            success_url: success.clone(),
            cancel_url: cancel.clone(),
            error_url: error.cloned(),
            state: PaymentState::Open,
            card: None,
        }
    }

    /// When the page was asked for.
    #[must_use]
    pub const fn made(&self) -> SystemTime {
        self.made
    }

    /// The merchant's reference of it.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.order.reference().as_str()
    }

    /// How much, in the currency's minor units.
    #[must_use]
    pub const fn amount(&self) -> NonZeroU64 {
        self.order.amount()
    }

    /// The currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.order.currency()
    }

    /// The description of the order, if there is one.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.order.description().map(|description| description.as_str())
    }

    /// How far it is.
    #[must_use]
    pub const fn state(&self) -> PaymentState {
        self.state
    }

    /// The number of the card that paid, masked.
    #[must_use]
    pub fn card(&self) -> Option<&str> {
        self.card.as_deref()
    }

    /// The URL for the shopper when the payment has ended.
    #[must_use]
    pub fn return_url(&self) -> Option<&str> {
        match self.state {
            PaymentState::Open => None,
            PaymentState::Paid => Some(self.success_url.as_str()),
            PaymentState::Cancelled => Some(self.cancel_url.as_str()),
        }
    }

    /// Wherever the shopper may end up: for a content security policy, say.
    pub fn return_urls(&self) -> impl Iterator<Item = &str> {
        [Some(&self.success_url), Some(&self.cancel_url), self.error_url.as_ref()]
            .into_iter()
            .flatten()
            .map(|url| url.as_str())
    }

    fn next(&self) -> Next {
        self.return_url().map_or(Next::Page, |url| Next::Return(url.into()))
    }
}

/// The next page of the shopper's browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// To the page again: the card was not taken.
    Page,
    /// To this URL of the merchant's.
    Return(Box<str>),
    /// Nowhere: there is no such page.
    Unknown,
}

impl Provider {
    /// The provider's account of a merchant. Its pages are at `/hpp/payment/{terminal}/{session}` below
    /// `base`.
    #[must_use]
    pub const fn new(account: Account, base: Url) -> Self {
        Self { account, base, payments: Vec::new() }
    }

    /// The key that the shop's own page needs.
    #[must_use]
    pub const fn client_key(&self) -> &ClientKey {
        &self.account.client_key
    }

    /// All payments, the oldest first.
    #[must_use]
    pub fn payments(&self) -> &[PaymentEntry] {
        &self.payments
    }

    /// Answers a `POST` to one of the three paths.
    pub fn handle<'h>(
        &mut self,
        now: SystemTime,
        path: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h [u8])>,
        body: &[u8],
    ) -> Delivery {
        let headers = Headers::read(headers);
        let answer = match path {
            Login::PATH => self.log_in(body),
            SessionRequest::PATH => self.open_session(now, &headers, body),
            PageRequest::PATH => self.open_page(now, &headers, body),
            _ => Err(refused(404, "path", "is not known")),
        };
        let (status, body) = match answer {
            Ok(body) => (200, body),
            Err(refused) => refused,
        };
        Delivery::Payload(Payload::with_status(status, "application/json", body))
    }

    fn log_in(&self, body: &[u8]) -> Answered {
        let login = Login::decode(body).map_err(|errors| invalid(&errors))?.into_request();
        let named = *login.username() == self.account.username;
        if !named || *login.password() != self.account.password {
            return Err(refused(401, "password", "does not fit the name"));
        }
        let token = self.token().ok_or_else(|| refused(500, "token", "cannot be made"))?;
        Ok(Token::new(token).encode())
    }

    fn open_session(&mut self, now: SystemTime, headers: &Headers<'_>, body: &[u8]) -> Answered {
        self.admit(headers)?;
        let right = |key: &[u8]| bool::from(key.ct_eq(self.account.api_key.secret_str().as_bytes()));
        if !headers.api_key.is_some_and(right) {
            return Err(refused(401, "x-api-key", "is missing or wrong"));
        }
        let asked = SessionRequest::decode(body).map_err(|errors| invalid(&errors))?.into_request();
        let urls = (asked.success_url(), asked.cancel_url(), None);
        let id = self.keep(PaymentEntry::new(now, asked.order(), urls))?;
        Ok(Session::object(id).encode())
    }

    fn open_page(&mut self, now: SystemTime, headers: &Headers<'_>, body: &[u8]) -> Answered {
        self.admit(headers)?;
        let asked = PageRequest::decode(body).map_err(|errors| invalid(&errors))?.into_request();
        let urls = (asked.success_url(), asked.cancel_url(), Some(asked.error_url()));
        let id = self.keep(PaymentEntry::new(now, asked.order(), urls))?;
        let base = self.base.as_str().trim_end_matches('/');
        let terminal = segment(asked.order().terminal_id().as_str());
        let url = format!("{base}/hpp/payment/{terminal}/{}", id.secret_str());
        Ok(Page::new(&url, id).encode())
    }

    fn admit(&self, headers: &Headers<'_>) -> Result<(), Refused> {
        let right = headers.token.is_some() && headers.token == self.token();
        if right { Ok(()) } else { Err(refused(401, "authorization", "is missing or wrong")) }
    }

    fn keep(&mut self, payment: PaymentEntry) -> Result<SessionId, Refused> {
        let name = sealed(self.secret(), SESSION, self.payments.len());
        let id = SessionId::try_from(name.as_str());
        let id = id.map_err(|_| refused(500, "session", "cannot be made"))?;
        self.payments.push(payment);
        Ok(id)
    }

    /// The payment on the page of a session, if there is one.
    #[must_use]
    pub fn page(&self, session: &str) -> Option<&PaymentEntry> {
        self.payments.get(self.place(session)?)
    }

    /// The shopper enters a card, and pays. What has been paid is not paid twice.
    pub fn pay(&mut self, now: SystemTime, session: &str, card: &EnteredCard) -> Next {
        let place = self.place(session);
        let Some(payment) = place.and_then(|place| self.payments.get_mut(place)) else {
            return Next::Unknown;
        };
        if payment.state != PaymentState::Open {
            return payment.next();
        }
        let number = card.number();
        let good = is_its_code(card.cvv(), Brand::of(number)) && may_exist(number);
        if good && !is_over(card.expiry(), now) {
            payment.state = PaymentState::Paid;
            payment.card = Some(number.to_string().into());
            return payment.next();
        }
        payment.error_url.as_ref().map_or(Next::Page, |url| Next::Return(url.as_str().into()))
    }

    /// The shopper cancels.
    pub fn cancel(&mut self, session: &str) -> Next {
        let place = self.place(session);
        let Some(payment) = place.and_then(|place| self.payments.get_mut(place)) else {
            return Next::Unknown;
        };
        if payment.state == PaymentState::Open {
            payment.state = PaymentState::Cancelled;
        }
        payment.next()
    }

    fn place(&self, session: &str) -> Option<usize> {
        opened(self.secret(), SESSION, session)
    }

    fn token(&self) -> Option<AccessToken> {
        AccessToken::try_from(sealed(self.secret(), TOKEN, 0).as_str()).ok()
    }

    fn secret(&self) -> &str {
        self.account.password.secret_str()
    }
}

/// The headers that count.
struct Headers<'h> {
    token: Option<AccessToken>,
    api_key: Option<&'h [u8]>,
}

impl<'h> Headers<'h> {
    fn read(headers: impl IntoIterator<Item = (&'h str, &'h [u8])>) -> Self {
        let mut read = Self { token: None, api_key: None };
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("authorization") {
                let text = core::str::from_utf8(value).ok();
                read.token = text.and_then(AccessToken::from_authorization);
            } else if name.eq_ignore_ascii_case("x-api-key") {
                read.api_key = Some(value);
            }
        }
        read
    }
}

fn refused(status: u16, property: &str, message: &str) -> Refused {
    (status, Refusal::new(vec![RefusedProperty::new(property, message)]).encode())
}

fn invalid(errors: &InvalidRequest) -> Refused {
    let errors = errors.errors().iter();
    let properties = errors
        .map(|error| RefusedProperty::new(error.member().as_str(), &error.problem().to_string()))
        .collect();
    (400, Refusal::new(properties).encode())
}
