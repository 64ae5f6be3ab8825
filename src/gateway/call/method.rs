//! The methods of HTTP that calls are made by.

use core::fmt;

use crate::gateway::Operation;

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `POST`
    Post,
}

impl Method {
    /// The word of HTTP.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Post => "POST",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Operation {
    /// The method of HTTP (section 1).
    #[must_use]
    pub const fn method(self) -> Method {
        match self {
            Self::CreateJob | Self::RefundPayment | Self::CapturePayment | Self::TokeniseCard => Method::Post,
            Self::CancelPayment | Self::CancelJob => Method::Patch,
            Self::RetrieveJob | Self::RetrievePayment | Self::ListPaymentMethods => Method::Get,
            Self::FindOrder => Method::Head,
        }
    }

    /// Returns true if the call has a body: those that are posted.
    #[must_use]
    pub const fn has_body(self) -> bool {
        matches!(self.method(), Method::Post)
    }
}
