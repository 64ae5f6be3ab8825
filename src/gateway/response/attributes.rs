//! The attributes of payments, refunds, captures and jobs: open lists of names and texts.

use crate::media::json::{Findings, JsonError, KeptValue, Part, record};
use crate::value::{CardToken, TransactionId};

use super::acquiring::AcquiringDetails;

record! {
    /// The attributes of a payment, a refund or a capture (section 5).
    ///
    /// They are kept as they came and in their order; each method reads one of them. What is absent, empty
    /// or of another form reads as none, and is still there in [`members`](Self::members): an answer does
    /// not become unreadable because of it. There are tokens and addresses among them, so all values are
    /// masked when printed and wiped when dropped.
    ///
    /// ```
    /// use cashflows_codec::gateway::response::Attributes;
    ///
    /// let attributes = Attributes::new()
    ///     .with("paymentMethodTransactionId", "01S00DAA658")
    ///     .with("originHeader", "https://www.mywebshop.com");
    /// assert_eq!(attributes.transaction_id().map(|id| id.to_string()).as_deref(), Some("01S00DAA658"));
    /// let printed = "Attributes({paymentMethodTransactionId: ***, originHeader: ***})";
    /// assert_eq!(format!("{attributes:?}"), printed);
    /// ```
    pub struct Attributes {
        /// The URL that the shopper's browser is sent to after a success, with the references appended.
        "returnUrlSuccess" => return_url_success: &str,
        /// The URL that it is sent to after a failure.
        "returnUrlFailed" => return_url_failed: &str,
        /// The URL that it is sent to when the shopper cancels.
        "returnUrlCancelled" => return_url_cancelled: &str,
        /// The acquirer's id of the transaction, as Remote Auth has it.
        "paymentMethodTransactionId" => transaction_id: TransactionId,
        /// The acquirer's id of the transaction that cancelled it.
        "paymentMethodVoidTransactionId" => void_transaction_id: TransactionId,
        /// The token that stands for the card.
        "token" => token: CardToken,
        /// The shopper's IP address, or several with commas between.
        "originatingIpAddress" => originating_ip_address: &str,
        /// The page that the payment came from.
        "originHeader" => origin_header: &str,
        /// The shopper's browser.
        "userAgent" => user_agent: &str,
        /// The text on the shopper's statement.
        "descriptor" => descriptor: &str,
    }
    also "cashFlowsAcquiringDetails" => collect_details
}

const ACQUIRING_DETAILS: &str = "cashFlowsAcquiringDetails";

impl Attributes {
    /// No attributes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the acquiring details, in the place of earlier ones.
    #[must_use]
    pub fn with_acquiring_details(self, details: &AcquiringDetails) -> Self {
        let json = details.encode();
        self.with(ACQUIRING_DETAILS, core::str::from_utf8(&json).unwrap_or_default())
    }

    /// The acquiring details (`cashFlowsAcquiringDetails`): JSON in text, or an object.
    ///
    /// # Errors
    ///
    /// There is something that is not empty and no JSON object. The path and place of the error are those
    /// in that text.
    pub fn acquiring_details(&self) -> Option<Result<AcquiringDetails, JsonError>> {
        details_of(self.0.get(ACQUIRING_DETAILS)?)
    }

    fn collect_details(&self, value: KeptValue<'_>, findings: &mut Findings) {
        match details_of(value) {
            Some(Ok(details)) => findings.member(ACQUIRING_DETAILS, |findings| details.collect(findings)),
            Some(Err(error)) => findings.malformed(ACQUIRING_DETAILS, error.problem()),
            None => {}
        }
    }
}

fn details_of(value: KeptValue<'_>) -> Option<Result<AcquiringDetails, JsonError>> {
    match value {
        KeptValue::Text("") | KeptValue::Json("null") => None,
        KeptValue::Text(json) | KeptValue::Json(json) => Some(AcquiringDetails::from_json(json)),
    }
}

record! {
    /// The attributes of a job (section 5), kept as those of a payment are.
    pub struct JobAttributes {
        /// The URL that the gateway notifies.
        "webhookUrl" => webhook_url: &str,
        /// The domains that may show the payment page in a frame.
        "allowedParentFrameDomains" => allowed_parent_frame_domains: &str,
        /// The merchant's client id at Google Analytics.
        "googleAnalyticsClientId" => google_analytics_client_id: &str,
        /// The layout of the payment page.
        "paymentPageReference" => payment_page_reference: &str,
    }
}

impl JobAttributes {
    /// No attributes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}
