//! The order of a job, as the gateway gives it back.

use super::text::TimeText;
use crate::gateway::request::Order;
use crate::media::json::{
    Document, Findings, JsonError, JsonLimits, JsonProblem, JsonShape, KeptMembers, KeptValue, record,
    to_body,
};

record! {
    /// The order of a job, as the gateway gives it back (section 5): what the request said, and when the
    /// gateway wrote it down.
    ///
    /// It is kept as it came. Names, addresses and the like are in it, so all of it is masked when printed.
    ///
    /// ```
    /// use cashflows_codec::gateway::response::OrderRecord;
    ///
    /// let order = OrderRecord::from_json(
    ///     r#"{"orderNumber": "Your ref", "billingIdentity": {"emailAddress": "alex@test.com"}}"#,
    /// )?;
    /// assert_eq!(order.number(), Some("Your ref"));
    /// let identity = order.billing_identity().ok_or("no identity")?;
    /// assert_eq!(identity.secret_text("emailAddress"), Some("alex@test.com"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub struct OrderRecord {
        /// The merchant's number of the order.
        number_too "orderNumber" => number: &str,
        /// When the gateway wrote it down.
        "createDateTimeUtc" => created: TimeText,
        /// The reference of the customer: the gateway's own, or the merchant's, so any text.
        number_too "customerReference" => customer_reference: &str,
        /// The merchant's note.
        "note" => note: &str,
        /// The members of the address that is billed.
        "billingAddress" => billing_address: KeptMembers,
        /// The members of the address that is shipped to.
        "shippingAddress" => shipping_address: KeptMembers,
        /// The members that say who is billed: e-mail address, date of birth and the like.
        "billingIdentity" => billing_identity: KeptMembers,
    }
    also "orderLines" => collect_lines
}

impl OrderRecord {
    /// An order of which only the number is known.
    #[must_use]
    pub fn new(number: &str) -> Self {
        Self(KeptMembers::new().with_text("orderNumber", number))
    }

    /// The order that an object is of.
    ///
    /// # Errors
    ///
    /// It is not JSON, not an object, or has a member twice.
    pub fn from_json(json: &str) -> Result<Self, JsonError> {
        KeptMembers::from_json(json).map(Self)
    }

    /// Adds when the gateway wrote it down.
    #[must_use]
    pub fn with_created(self, time: &TimeText) -> Self {
        Self(self.0.with_text("createDateTimeUtc", time.as_str()))
    }

    /// Of the lines only this is said, that they are a list.
    #[expect(clippy::unused_self, reason = "as the macro calls it")]
    fn collect_lines(&self, lines: KeptValue<'_>, findings: &mut Findings) {
        match lines {
            KeptValue::Json(json) if json == "null" || json.starts_with('[') => {}
            _ => findings.malformed("orderLines", JsonProblem::Not(JsonShape::List)),
        }
    }
}

/// As a request has it.
impl From<&Order> for OrderRecord {
    fn from(order: &Order) -> Self {
        let json = to_body(order);
        let document = Document::read(&json, &JsonLimits::default());
        let read = document.and_then(|document| document.root().read());
        debug_assert!(read.is_ok(), "an order is an object");
        read.unwrap_or_default()
    }
}

word_value! {
    /// The answer to the question whether an order exists, which is a status and no body (section 1; what
    /// it means is ours).
    ///
    /// ```
    /// use cashflows_codec::gateway::response::OrderPresence;
    ///
    /// assert_eq!(OrderPresence::from_status(200), OrderPresence::Present);
    /// assert_eq!(OrderPresence::from_status(404), OrderPresence::NotFound);
    /// assert_eq!(OrderPresence::from_status(405), OrderPresence::Unknown);
    /// ```
    OrderPresence = "presence of an order";
    /// `present`: 200 to 299. The order has arrived, and with it its job.
    Present = "present",
    /// `not_found`: 404, which alone proves nothing: it is also said of a configuration that does not
    /// exist, and by gateways that lack this call. Together with an order of the same configuration that
    /// *is* found, it says that this one never arrived.
    NotFound = "not_found",
    /// `unknown`: any other status.
    Unknown = "unknown",
}

stored_as_text!(OrderPresence);

impl OrderPresence {
    /// The presence of an order by the HTTP status of a response.
    #[must_use]
    pub const fn from_status(status: u16) -> Self {
        match status {
            200..=299 => Self::Present,
            404 => Self::NotFound,
            _ => Self::Unknown,
        }
    }
}
