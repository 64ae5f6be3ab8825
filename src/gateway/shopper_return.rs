//! The shopper's way back from the gateway's pages (section 8).

use serde::Serialize;
use thiserror::Error;

use super::{JobReference, PaymentReference};
use crate::error::{InvalidValue, Rule};
use crate::media::form::{self, Malformed};

/// A shopper's browser that comes back from the gateway's pages, to a return URL with the references of
/// job and payment appended to its query.
///
/// **It proves nothing**: the shopper, or anybody, can call the success URL without having paid. It says
/// which job to retrieve. Match the references with your own first.
///
/// ```
/// use cashflows_codec::gateway::ShopperReturn;
///
/// let returned = ShopperReturn::decode(
///     "https://www.mywebshop.com/?paymentjobref=210221017179873304&paymentref=210221117314091036&ordernumber=Your+ref",
/// )?;
/// assert_eq!(returned.job(), "210221017179873304".parse()?);
/// assert_eq!(returned.order_number(), Some("Your ref"));
/// assert!(!returned.says_cancelled());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopperReturn {
    job: JobReference,
    payment: PaymentReference,
    order_number: Option<Box<str>>,
    cancelled: bool,
}

/// An error in the URL of a shopper who comes back. It names a parameter, and holds no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[non_exhaustive]
pub enum ShopperReturnError {
    /// A mandatory parameter is absent.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// In the value of a parameter a `%` is not followed by two hexadecimal digits.
    #[error("{0} has an invalid percent escape")]
    PercentEscape(&'static str),
    /// The value of a parameter, after percent-decoding, is not UTF-8.
    #[error("{0} is not valid UTF-8")]
    Utf8(&'static str),
    /// The value of a parameter breaks a rule.
    #[error("{0} {1}")]
    Invalid(&'static str, Rule),
}

const JOB: &str = "paymentjobref";
const PAYMENT: &str = "paymentref";
const ORDER: &str = "ordernumber";
const STATUS: &str = "status";
const CANCELLED: &str = "cancelled";

/// The parameters as they are appended.
#[derive(Serialize)]
struct Appended<'a> {
    paymentjobref: &'a str,
    paymentref: &'a str,
    ordernumber: Option<&'a str>,
    status: Option<&'a str>,
}

impl ShopperReturn {
    /// A shopper who comes back from a payment of a job.
    #[must_use]
    pub const fn new(job: JobReference, payment: PaymentReference) -> Self {
        Self { job, payment, order_number: None, cancelled: false }
    }

    /// Adds the number of the order. An empty one is none.
    #[must_use]
    pub fn with_order_number(mut self, number: &str) -> Self {
        self.order_number = (!number.is_empty()).then(|| number.into());
        self
    }

    /// Says that the shopper cancelled: for the third of the return URLs.
    #[must_use]
    pub const fn with_cancelled(mut self) -> Self {
        self.cancelled = true;
        self
    }

    /// The job.
    #[must_use]
    pub const fn job(&self) -> JobReference {
        self.job
    }

    /// The payment.
    #[must_use]
    pub const fn payment(&self) -> PaymentReference {
        self.payment
    }

    /// The number of the order, if there is one.
    #[must_use]
    pub fn order_number(&self) -> Option<&str> {
        self.order_number.as_deref()
    }

    /// Returns true if the last `status` in the query is `cancelled`, as the gateway appends it: a hint of what
    /// page to show, and no more. The merchant's own URL may say so too.
    #[must_use]
    pub const fn says_cancelled(&self) -> bool {
        self.cancelled
    }

    /// Reads a URL, or the path and query of one, or a query that begins with `?`. Parameters may stand
    /// in any order, among others, with names in any case. Of several with one name the last counts: the
    /// gateway appends its own to what the merchant's URL has. A part behind `#` is not looked at.
    ///
    /// An empty order number is none.
    ///
    /// # Errors
    ///
    /// A reference is missing or none, or a reference or the order number cannot be decoded.
    pub fn decode(url: &str) -> Result<Self, ShopperReturnError> {
        let url = url.split_once('#').map_or(url, |(before, _)| before);
        let query = url.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let (job, payment) = (reference(query, JOB)?, reference(query, PAYMENT)?);
        let order_number = last(query, ORDER)?.filter(|number| !number.is_empty());
        let order_number = order_number.map(String::into_boxed_str);
        // It is the merchant's own where the gateway appends none, and decides nothing.
        let cancelled = last(query, STATUS).is_ok_and(|status| status.as_deref() == Some(CANCELLED));
        Ok(Self { job, payment, order_number, cancelled })
    }

    /// Appends the parameters to the query of a return URL, as the gateway does.
    ///
    /// ```
    /// use cashflows_codec::gateway::ShopperReturn;
    ///
    /// let returned = ShopperReturn::new("210221017179873304".parse()?, "210221117314091036".parse()?)
    ///     .with_order_number("Your ref")
    ///     .with_cancelled();
    /// assert_eq!(
    ///     returned.append_to("https://www.mywebshop.com?lang=en#basket"),
    ///     "https://www.mywebshop.com?lang=en&paymentjobref=210221017179873304\
    ///         &paymentref=210221117314091036&ordernumber=Your+ref&status=cancelled#basket",
    /// );
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    #[must_use]
    pub fn append_to(&self, url: &str) -> String {
        let (job, payment) = (self.job.to_string(), self.payment.to_string());
        let appended = serde_urlencoded::to_string(Appended {
            paymentjobref: &job,
            paymentref: &payment,
            ordernumber: self.order_number(),
            status: self.cancelled.then_some(CANCELLED),
        });
        debug_assert!(appended.is_ok(), "texts are a form");
        let appended = appended.unwrap_or_default();
        let (url, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
        let separator = match url.split_once('?') {
            None => "?",
            Some((_, "")) => "",
            Some((_, query)) if query.ends_with('&') => "",
            Some(_) => "&",
        };
        format!("{url}{separator}{appended}{fragment}")
    }
}

/// Reads a reference, which is mandatory.
fn reference<T: TryFrom<String, Error = InvalidValue>>(
    query: &str,
    parameter: &'static str,
) -> Result<T, ShopperReturnError> {
    let text = last(query, parameter)?.ok_or(ShopperReturnError::Missing(parameter))?;
    T::try_from(text).map_err(|invalid| ShopperReturnError::Invalid(parameter, invalid.rule()))
}

/// The decoded value of the last parameter with a name, in any case.
fn last(query: &str, parameter: &'static str) -> Result<Option<String>, ShopperReturnError> {
    let named = |&(name, _): &(&str, &str)| name.eq_ignore_ascii_case(parameter);
    let last = form::pairs(query).filter(named).last().map(|(_, value)| form::decode_secret(value));
    let decoded = last.transpose().map_err(|malformed| match malformed {
        Malformed::Utf8 => ShopperReturnError::Utf8(parameter),
        _ => ShopperReturnError::PercentEscape(parameter),
    })?;
    Ok(decoded.map(|text| text.expose().to_owned()))
}
