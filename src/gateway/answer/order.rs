//! The order of a job, as the gateway gives it back.

use super::text::TimeText;
use crate::gateway::request::Order;
use crate::media::json::{
    Document, JsonError, JsonLimits, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson, to_body,
};

/// The order of a job, as the gateway gives it back (section 5): what the request said, and when the
/// gateway wrote it down.
///
/// It is kept as it came. Names, addresses and the like are in it, so all of it is masked when printed.
///
/// ```
/// use cashflows_codec::gateway::answer::OrderRecord;
///
/// let order = OrderRecord::from_json(
///     r#"{"orderNumber": "Your ref", "billingIdentity": {"emailAddress": "alex@test.com"}, "orderLines": []}"#,
/// )?;
/// assert_eq!(order.number(), Some("Your ref"));
/// let identity = order.billing_identity().ok_or("no identity")?;
/// assert_eq!(identity.secret_text("emailAddress"), Some("alex@test.com"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderRecord(KeptMembers);

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

    /// All members, as they came.
    #[must_use]
    pub const fn members(&self) -> &KeptMembers {
        &self.0
    }

    /// The merchant's number of the order.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        self.0.secret_text("orderNumber")
    }

    /// When the gateway wrote it down.
    #[must_use]
    pub fn created(&self) -> Option<TimeText> {
        self.0.secret_text("createDateTimeUtc").map(TimeText::from)
    }

    /// The merchant's name for the customer.
    #[must_use]
    pub fn customer_reference(&self) -> Option<&str> {
        self.0.secret_text("customerReference")
    }

    /// The merchant's note.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.0.secret_text("note")
    }

    /// The members of the address that is billed.
    #[must_use]
    pub fn billing_address(&self) -> Option<KeptMembers> {
        self.0.object("billingAddress")
    }

    /// The members of the address that is shipped to.
    #[must_use]
    pub fn shipping_address(&self) -> Option<KeptMembers> {
        self.0.object("shippingAddress")
    }

    /// The members that say who is billed: e-mail address, date of birth and the like.
    #[must_use]
    pub fn billing_identity(&self) -> Option<KeptMembers> {
        self.0.object("billingIdentity")
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

impl ReadJson for OrderRecord {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.read().map(Self)
    }
}

impl WriteJson for OrderRecord {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        self.0.write(slot);
    }
}

word_value! {
    /// The answer to the question whether an order exists, which is a status and no body (section 1; what
    /// it means is ours).
    ///
    /// ```
    /// use cashflows_codec::gateway::answer::OrderPresence;
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
    /// What the HTTP status of the answer says.
    #[must_use]
    pub const fn from_status(status: u16) -> Self {
        match status {
            200..=299 => Self::Present,
            404 => Self::NotFound,
            _ => Self::Unknown,
        }
    }
}
