//! What the acquirer behind the gateway said of a payment: the same facts as in a Remote Auth reply.

use bytes::Bytes;

use crate::media::json::{Document, JsonError, JsonLimits, KeptMembers, to_body};
use crate::value::{Arn, AuthorisationCode, Cavv, Checks, ResponseCode, Status, TruncatedCardNumber, Xid};

/// The acquiring details of a payment or refund (`cashFlowsAcquiringDetails`, section 5): an object of
/// texts, which is carried as JSON inside a string.
///
/// Its members are kept as they came and in their order; each method reads one of them as the type that
/// Remote Auth has for it. What is absent, empty or of another form reads as none, and is still there
/// in [`members`](Self::members). A cryptogram is among them, so all of it is masked when printed and
/// wiped when dropped.
///
/// **None of it says whether money was taken**: that is the payment's status.
///
/// ```
/// use cashflows_codec::gateway::answer::{AcquirerResponse, AcquiringDetails};
/// use cashflows_codec::value::{CvvCheck, Status};
///
/// let details = AcquiringDetails::from_json(
///     r#"{"AuthCode":"AUTHOK","Arn":"74501871049010015672137","Message":"Authorised","Status":"Successful",
///     "IssuerResponseCode":"00","CvvAvsResult":"200","AcquirerResponseCode":"A"}"#,
/// )?;
/// assert_eq!(details.arn().map(|arn| arn.to_string()).as_deref(), Some("74501871049010015672137"));
/// assert_eq!(details.checks().map(|checks| checks.cvv()), Some(CvvCheck::FullMatch));
/// assert_eq!(details.acquirer_response(), Some(AcquirerResponse::Status(Status::Authorised)));
/// assert_eq!(details.three_ds_version(), None);
/// # Ok::<(), cashflows_codec::gateway::JsonError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcquiringDetails(KeptMembers);

/// What the acquirer answered: Remote Auth's status, where it approved, or a response code, where it
/// did not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AcquirerResponse {
    /// One letter, `A`.
    Status(Status),
    /// A letter and three digits, such as `D102`.
    Code(ResponseCode),
}

impl AcquiringDetails {
    /// No details.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the JSON that is in the string, with the default [limits](JsonLimits).
    ///
    /// # Errors
    ///
    /// It is not JSON, not an object, or has a member twice.
    pub fn from_json(json: &str) -> Result<Self, JsonError> {
        let document = Document::read(json.as_bytes(), &JsonLimits::default())?;
        document.root().read().map(Self)
    }

    /// Adds a member by its name on the wire, such as `AuthCode`, in the place of the same.
    ///
    /// ```
    /// use cashflows_codec::gateway::answer::AcquiringDetails;
    ///
    /// let details = AcquiringDetails::new().with("AuthCode", "031971").with("CvvAvsResult", "232");
    /// assert_eq!(details.encode(), r#"{"AuthCode":"031971","CvvAvsResult":"232"}"#);
    /// ```
    #[must_use]
    pub fn with(self, name: &str, text: &str) -> Self {
        Self(self.0.with_text(name, text))
    }

    /// All members, as they came.
    #[must_use]
    pub const fn members(&self) -> &KeptMembers {
        &self.0
    }

    /// Writes the JSON that goes into the string. It is wiped when the last clone of the bytes is dropped.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(&self.0))
    }

    /// A member's text, if there is something in it.
    fn text(&self, name: &str) -> Option<&str> {
        self.0.secret_text(name).filter(|text| !text.is_empty())
    }

    fn value<'t, T: TryFrom<&'t str>>(&'t self, name: &str) -> Option<T> {
        self.text(name).and_then(|text| text.try_into().ok())
    }

    /// The version of 3-D Secure (`ThreeDSecureVersion`).
    #[must_use]
    pub fn three_ds_version(&self) -> Option<&str> {
        self.text("ThreeDSecureVersion")
    }

    /// Why it is that version (`ThreeDSecureVersionReason`).
    #[must_use]
    pub fn three_ds_version_reason(&self) -> Option<&str> {
        self.text("ThreeDSecureVersionReason")
    }

    /// The letter of 3-D Secure that says how far the cardholder was authenticated
    /// (`AuthenticationStatus`), such as `Y`.
    #[must_use]
    pub fn authentication_status(&self) -> Option<&str> {
        self.text("AuthenticationStatus")
    }

    /// The transaction id of 3-D Secure 1 (`Xid`).
    #[must_use]
    pub fn xid(&self) -> Option<Xid> {
        self.value("Xid")
    }

    /// The cardholder authentication verification value (`Cavv`).
    #[must_use]
    pub fn cavv(&self) -> Option<Cavv> {
        self.value("Cavv")
    }

    /// The electronic commerce indicator (`Eci`), two digits for every scheme: `05`.
    #[must_use]
    pub fn eci(&self) -> Option<&str> {
        self.text("Eci")
    }

    /// The authorisation code (`AuthCode`).
    #[must_use]
    pub fn authorisation_code(&self) -> Option<AuthorisationCode> {
        self.value("AuthCode")
    }

    /// The acquirer reference number (`Arn`).
    #[must_use]
    pub fn arn(&self) -> Option<Arn> {
        self.value("Arn")
    }

    /// The acquirer's message (`Message`): free text, no key to anything.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.text("Message")
    }

    /// The acquirer's word for it (`Status`), such as `Successful`. It is no payment status.
    #[must_use]
    pub fn acquirer_status(&self) -> Option<&str> {
        self.text("Status")
    }

    /// The issuer's response code (`IssuerResponseCode`), such as `00`.
    #[must_use]
    pub fn issuer_response_code(&self) -> Option<&str> {
        self.text("IssuerResponseCode")
    }

    /// What the issuer found about CVV, address and postcode (`CvvAvsResult`).
    #[must_use]
    pub fn checks(&self) -> Option<Checks> {
        self.value("CvvAvsResult")
    }

    /// What the acquirer answered (`AcquirerResponseCode`), if it is of either form.
    #[must_use]
    pub fn acquirer_response(&self) -> Option<AcquirerResponse> {
        let status = || self.value("AcquirerResponseCode").map(AcquirerResponse::Status);
        self.value("AcquirerResponseCode").map(AcquirerResponse::Code).or_else(status)
    }

    /// The ends of the card number (`TruncatedCardNumber`).
    #[must_use]
    pub fn truncated_card_number(&self) -> Option<TruncatedCardNumber> {
        self.value("TruncatedCardNumber")
    }
}
