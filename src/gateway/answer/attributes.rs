//! The attributes of payments, refunds, captures and jobs: open lists of names and texts.

use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};
use crate::value::{CardToken, TransactionId};

use super::acquiring::AcquiringDetails;

/// The attributes of a payment, a refund or a capture (section 5).
///
/// They are kept as they came and in their order; each method reads one of them. What is absent, empty
/// or of another form reads as none, and is still there in [`members`](Self::members): an answer does
/// not become unreadable because of it. There are tokens and addresses among them, so all values are
/// masked when printed and wiped when dropped.
///
/// ```
/// use cashflows_codec::gateway::answer::Attributes;
///
/// let attributes = Attributes::new()
///     .with("paymentMethodTransactionId", "01S00DAA658")
///     .with("originHeader", "https://www.mywebshop.com");
/// assert_eq!(attributes.transaction_id().map(|id| id.to_string()).as_deref(), Some("01S00DAA658"));
/// assert_eq!(format!("{attributes:?}"), "Attributes({paymentMethodTransactionId: ***, originHeader: ***})");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(KeptMembers);

const ACQUIRING_DETAILS: &str = "cashFlowsAcquiringDetails";

impl Attributes {
    /// No attributes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an attribute by its name on the wire, in the place of the same.
    #[must_use]
    pub fn with(self, name: &str, text: &str) -> Self {
        Self(self.0.with_text(name, text))
    }

    /// Adds the acquiring details, in the place of earlier ones.
    #[must_use]
    pub fn with_acquiring_details(self, details: &AcquiringDetails) -> Self {
        let json = details.encode();
        self.with(ACQUIRING_DETAILS, core::str::from_utf8(&json).unwrap_or_default())
    }

    /// All attributes, as they came.
    #[must_use]
    pub const fn members(&self) -> &KeptMembers {
        &self.0
    }

    /// An attribute's text, if there is something in it.
    fn text(&self, name: &str) -> Option<&str> {
        self.0.secret_text(name).filter(|text| !text.is_empty())
    }

    /// Where the shopper's browser is sent after a success, with the references appended
    /// (`returnUrlSuccess`).
    #[must_use]
    pub fn return_url_success(&self) -> Option<&str> {
        self.text("returnUrlSuccess")
    }

    /// Where it is sent after a failure (`returnUrlFailed`).
    #[must_use]
    pub fn return_url_failed(&self) -> Option<&str> {
        self.text("returnUrlFailed")
    }

    /// Where it is sent when the shopper cancels (`returnUrlCancelled`).
    #[must_use]
    pub fn return_url_cancelled(&self) -> Option<&str> {
        self.text("returnUrlCancelled")
    }

    /// The acquirer's id of the transaction (`paymentMethodTransactionId`), as Remote Auth has it.
    #[must_use]
    pub fn transaction_id(&self) -> Option<TransactionId> {
        self.text("paymentMethodTransactionId")?.try_into().ok()
    }

    /// The acquirer's id of the transaction that cancelled it (`paymentMethodVoidTransactionId`).
    #[must_use]
    pub fn void_transaction_id(&self) -> Option<TransactionId> {
        self.text("paymentMethodVoidTransactionId")?.try_into().ok()
    }

    /// The token that stands for the card (`token`).
    #[must_use]
    pub fn token(&self) -> Option<CardToken> {
        self.text("token")?.try_into().ok()
    }

    /// The shopper's IP address, or several with commas between (`originatingIpAddress`).
    #[must_use]
    pub fn originating_ip_address(&self) -> Option<&str> {
        self.text("originatingIpAddress")
    }

    /// The page that the payment came from (`originHeader`).
    #[must_use]
    pub fn origin_header(&self) -> Option<&str> {
        self.text("originHeader")
    }

    /// The shopper's browser (`userAgent`).
    #[must_use]
    pub fn user_agent(&self) -> Option<&str> {
        self.text("userAgent")
    }

    /// What stands on the shopper's statement (`descriptor`).
    #[must_use]
    pub fn descriptor(&self) -> Option<&str> {
        self.text("descriptor")
    }

    /// What the acquirer said (`cashFlowsAcquiringDetails`), if there is something that says so, and
    /// whether it can be read.
    ///
    /// # Errors
    ///
    /// What is in the text is not a JSON object. The path and place of the error are those in that
    /// text.
    pub fn acquiring_details(&self) -> Option<Result<AcquiringDetails, JsonError>> {
        self.text(ACQUIRING_DETAILS).map(AcquiringDetails::from_json)
    }
}

impl ReadJson for Attributes {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.read().map(Self)
    }
}

impl WriteJson for Attributes {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        self.0.write(slot);
    }
}

/// The attributes of a job (section 5), kept as those of a payment are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobAttributes(KeptMembers);

impl JobAttributes {
    /// No attributes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an attribute by its name on the wire, in the place of the same.
    #[must_use]
    pub fn with(self, name: &str, text: &str) -> Self {
        Self(self.0.with_text(name, text))
    }

    /// All attributes, as they came.
    #[must_use]
    pub const fn members(&self) -> &KeptMembers {
        &self.0
    }

    /// Where the gateway notifies the merchant (`webhookUrl`).
    #[must_use]
    pub fn webhook_url(&self) -> Option<&str> {
        self.0.secret_text("webhookUrl")
    }

    /// The domains that may show the payment page in a frame (`allowedParentFrameDomains`).
    #[must_use]
    pub fn allowed_parent_frame_domains(&self) -> Option<&str> {
        self.0.secret_text("allowedParentFrameDomains")
    }

    /// The layout of the payment page (`paymentPageReference`).
    #[must_use]
    pub fn payment_page_reference(&self) -> Option<&str> {
        self.0.secret_text("paymentPageReference")
    }
}

impl ReadJson for JobAttributes {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.read().map(Self)
    }
}

impl WriteJson for JobAttributes {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        self.0.write(slot);
    }
}
