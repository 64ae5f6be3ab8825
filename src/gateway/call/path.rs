//! Path and query of a call, below the base.

use core::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    Call, CancelJob, CancelPayment, CapturePayment, FindOrder, ListPaymentMethods, RefundPayment,
    RetrieveJob, RetrievePayment,
};
use crate::gateway::CustomerReference;
use crate::value::Currency;

pub(in crate::gateway) const JOBS: &str = "/api/gateway/payment-jobs";
pub(in crate::gateway) const TOKENISATION: &str = "/api/gateway/card-tokenisation";
pub(in crate::gateway) const METHODS: &str = "/api/gateway/supported-payment-methods";
pub(in crate::gateway) const ORDERS: &str = "/api/gateway/orders";

/// Everything but what RFC 3986 calls unreserved (section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Text as a segment of a path or as a part of a query, which nothing in it can bend.
pub(crate) fn segment(text: &str) -> impl core::fmt::Display {
    utf8_percent_encode(text, RESERVED)
}

impl Call {
    pub(super) fn path_and_query(&self) -> String {
        // Long enough for all but an unusual order number.
        let mut path = String::with_capacity(128);
        let mut write = |place: core::fmt::Arguments<'_>| {
            let written = path.write_fmt(place);
            debug_assert!(written.is_ok(), "a String takes everything");
        };
        match self {
            Self::CreateJob(_) => write(format_args!("{JOBS}")),
            Self::RetrieveJob(RetrieveJob { job }) => write(format_args!("{JOBS}/{job}")),
            Self::RetrievePayment(RetrievePayment { job, payment }) => {
                write(format_args!("{JOBS}/{job}/payments/{payment}"));
            }
            Self::CancelPayment(CancelPayment { job, payment }) => {
                write(format_args!("{JOBS}/{job}/payments/{payment}/cancel"));
            }
            Self::CancelJob(CancelJob { job }) => write(format_args!("{JOBS}/{job}/cancel")),
            Self::RefundPayment(RefundPayment { job, payment, refund: _ }) => {
                write(format_args!("{JOBS}/{job}/payments/{payment}/refunds"));
            }
            Self::CapturePayment(CapturePayment { job, payment, capture: _ }) => {
                write(format_args!("{JOBS}/{job}/payments/{payment}/captures"));
            }
            Self::TokeniseCard(_) => write(format_args!("{TOKENISATION}")),
            Self::ListPaymentMethods(ListPaymentMethods { amount, currency, all, customer }) => {
                write(format_args!("{METHODS}"));
                let amount = amount.map(|amount| amount.to_string());
                for (name, value) in [
                    ("collectAmount", amount.as_deref()),
                    ("currency", currency.map(Currency::as_str)),
                    ("all", all.map(|all| if all { "true" } else { "false" })),
                    ("customerReference", customer.as_ref().map(CustomerReference::as_str)),
                ] {
                    if let Some(value) = value {
                        add_to_query(&mut path, name, value);
                    }
                }
            }
            Self::FindOrder(FindOrder { number }) => {
                write(format_args!("{ORDERS}/{}", segment(number.as_str())));
            }
        }
        path
    }
}

/// Adds a pair to the query behind a path.
pub(super) fn add_to_query(path: &mut String, name: &str, value: &str) {
    let separator = if path.contains('?') { '&' } else { '?' };
    let written = write!(path, "{separator}{name}={}", segment(value));
    debug_assert!(written.is_ok(), "a String takes everything");
}
