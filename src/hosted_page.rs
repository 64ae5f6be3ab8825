//! **Another provider's hosted page**: JSON over bearer tokens (feature `hosted-page`). It has nothing to
//! do with Remote Auth or the Gateway but its name, which is why shops mix them up.
//!
//! A shop [logs in](Login), asks for a [page](PageRequest), and sends the shopper's browser to the
//! `redirect_url` of the [answer](Page). Or it asks for a [session](SessionRequest) and shows the page
//! itself, which needs [`InitData`] before it loads.
//!
//! **The redirect to the success URL proves nothing**: anybody can call it. The pages document no way to
//! ask for the result.
//!
//! ```
//! use core::num::NonZeroU64;
//!
//! use cashflows_codec::hosted_page::{Order, Page, PageRequest, TransactionType};
//! use cashflows_codec::value::Currency;
//!
//! let amount = NonZeroU64::new(100).ok_or("nothing")?; // minor units: 1.00
//! let order = Order::new(
//!     "ORDER-123456".parse()?,
//!     "TERM001".parse()?,
//!     Currency::EUR,
//!     amount,
//!     TransactionType::Purchase,
//! );
//! let request = PageRequest::new(
//!     order,
//!     "https://merchant.example.com/success-url".parse()?,
//!     "https://merchant.example.com/cancel-url".parse()?,
//!     "https://merchant.example.com/error-url".parse()?,
//! );
//! assert_eq!(PageRequest::PATH, "/api/hosted-payment-page");
//! assert_eq!(PageRequest::decode(&request.encode())?.into_request(), request);
//!
//! let body = br#"{"redirect_url": "https://api.example.com/hpp/payment/TO6F/GfXY", "session_id": "GfXY"}"#;
//! let page = Page::decode(200, body)?;
//! assert_eq!(page.secret_redirect_url(), "https://api.example.com/hpp/payment/TO6F/GfXY");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The section that the comments cite is section 12 of `docs/protocol/gateway.md`.

mod answer;
mod customer;
mod error;
mod init_data;
mod login;
mod page;
mod read;
mod session;
mod value;

pub use answer::{Page, Session};
pub use customer::Customer;
pub use error::{InvalidRequest, PageError, Refusal, RefusedProperty};
pub use init_data::InitData;
pub use login::{Login, Token};
pub use page::PageRequest;
pub use session::SessionRequest;
pub use value::{
    AccessToken, AccountPassword, ClientKey, Order, Reference, SessionApiKey, SessionId, TerminalId,
    TransactionType, Username,
};

pub use crate::media::json::{
    DecodedRequest, Finding, JsonError, JsonLimits, JsonProblem, JsonShape, KeptMembers, KeptValue,
    MemberPath,
};
