//! Where a call goes, below the base: path and query.

use core::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    Call, CancelJob, CancelPayment, CapturePayment, CreateJob, FindOrder, ListPaymentMethods, RefundPayment,
    RetrieveJob, RetrievePayment, TokeniseCard,
};
use crate::gateway::Locale;

pub(in crate::gateway) const JOBS: &str = "/api/gateway/payment-jobs";
pub(in crate::gateway) const TOKENISATION: &str = "/api/gateway/card-tokenisation";
pub(in crate::gateway) const METHODS: &str = "/api/gateway/supported-payment-methods";
pub(in crate::gateway) const ORDERS: &str = "/api/gateway/orders";

/// Everything but what RFC 3986 calls unreserved (section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Text as a segment of a path, which nothing in it can bend.
pub(crate) fn segment(text: &str) -> impl core::fmt::Display {
    utf8_percent_encode(text, RESERVED)
}

impl Call {
    pub(super) fn path_and_query(&self) -> String {
        // Long enough for all but an unusual order number.
        let mut path = Path { text: String::with_capacity(128), separator: '?' };
        match self {
            Self::CreateJob(CreateJob { job: _, locale }) => {
                path.write(format_args!("{JOBS}"), locale.as_ref());
            }
            Self::RetrieveJob(RetrieveJob { job, locale }) => {
                path.write(format_args!("{JOBS}/{job}"), locale.as_ref());
            }
            Self::RetrievePayment(RetrievePayment { job, payment, locale }) => {
                path.write(format_args!("{JOBS}/{job}/payments/{payment}"), locale.as_ref());
            }
            Self::CancelPayment(CancelPayment { job, payment, locale }) => {
                path.write(format_args!("{JOBS}/{job}/payments/{payment}/cancel"), locale.as_ref());
            }
            Self::CancelJob(CancelJob { job, locale }) => {
                path.write(format_args!("{JOBS}/{job}/cancel"), locale.as_ref());
            }
            Self::RefundPayment(RefundPayment { job, payment, refund: _, locale }) => {
                path.write(format_args!("{JOBS}/{job}/payments/{payment}/refunds"), locale.as_ref());
            }
            Self::CapturePayment(CapturePayment { job, payment, capture: _, locale }) => {
                path.write(format_args!("{JOBS}/{job}/payments/{payment}/captures"), locale.as_ref());
            }
            Self::TokeniseCard(TokeniseCard { card: _, locale }) => {
                path.write(format_args!("{TOKENISATION}"), locale.as_ref());
            }
            Self::ListPaymentMethods(ListPaymentMethods { amount, currency, all, customer, locale }) => {
                path.write(format_args!("{METHODS}"), None);
                path.query("collectAmount", amount.map(|amount| amount.to_string()));
                path.query("currency", currency.map(|currency| currency.as_str()));
                path.query("all", all.map(|all| if all { "true" } else { "false" }));
                path.query("customerReference", customer.map(|customer| customer.to_string()));
                path.query("locale", locale.as_ref());
            }
            Self::FindOrder(FindOrder { number }) => {
                let number = segment(number.as_str());
                path.write(format_args!("{ORDERS}/{number}"), None);
            }
        }
        path.text
    }
}

struct Path {
    text: String,
    /// What stands before the next pair of the query.
    separator: char,
}

impl Path {
    fn write(&mut self, path: core::fmt::Arguments<'_>, locale: Option<&Locale>) {
        let written = self.text.write_fmt(path);
        debug_assert!(written.is_ok(), "a String takes everything");
        self.query("locale", locale);
    }

    fn query(&mut self, name: &str, value: Option<impl AsRef<str>>) {
        if let Some(value) = value {
            let value = utf8_percent_encode(value.as_ref(), RESERVED);
            let written = write!(self.text, "{}{name}={value}", self.separator);
            debug_assert!(written.is_ok(), "a String takes everything");
            self.separator = '&';
        }
    }
}
