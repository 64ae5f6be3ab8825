//! The acquirer's response behind a payment of the gateway: the same facts as in a response of Remote Auth.

use bytes::Bytes;

use crate::error::InvalidValue;
use crate::media::json::{JsonError, KeptMembers, record, to_body};
use crate::value::{Arn, AuthorisationCode, Cavv, Checks, ResponseCode, Status, TruncatedCardNumber, Xid};

record! {
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
    /// use cashflows_codec::gateway::response::{AcquirerResponse, AcquiringDetails};
    /// use cashflows_codec::value::{CvvCheck, Status};
    ///
    /// let details = AcquiringDetails::from_json(
    ///     r#"{"AuthCode":"AUTHOK","Arn":"74501871049010015672137","Message":"Authorised",
    ///     "Status":"Successful","IssuerResponseCode":"00","CvvAvsResult":"200",
    ///     "AcquirerResponseCode":"A"}"#,
    /// )?;
    /// assert_eq!(details.arn().map(|arn| arn.to_string()).as_deref(), Some("74501871049010015672137"));
    /// assert_eq!(details.checks().map(|checks| checks.cvv()), Some(CvvCheck::FullMatch));
    /// assert_eq!(details.acquirer_response(), Some(AcquirerResponse::Status(Status::Authorised)));
    /// assert_eq!(details.three_ds_version(), None);
    /// # Ok::<(), cashflows_codec::gateway::JsonError>(())
    /// ```
    pub struct AcquiringDetails {
        /// The version of 3-D Secure.
        "ThreeDSecureVersion" => three_ds_version: &str,
        /// Why it is that version.
        "ThreeDSecureVersionReason" => three_ds_version_reason: &str,
        /// The letter of 3-D Secure that says how far the cardholder was authenticated, such as `Y`.
        "AuthenticationStatus" => authentication_status: &str,
        /// The transaction id of 3-D Secure 1.
        "Xid" => xid: Xid,
        /// The cardholder authentication verification value.
        "Cavv" => cavv: Cavv,
        /// The electronic commerce indicator, two digits for every scheme: `05`.
        "Eci" => eci: &str,
        /// The authorisation code.
        "AuthCode" => authorisation_code: AuthorisationCode,
        /// The acquirer reference number.
        "Arn" => arn: Arn,
        /// The acquirer's message: free text, no key to anything.
        "Message" => message: &str,
        /// The acquirer's word for it, such as `Successful`. It is no payment status.
        "Status" => acquirer_status: &str,
        /// The issuer's response code, such as `00`.
        "IssuerResponseCode" => issuer_response_code: &str,
        /// The issuer's checks of CVV, address and postcode.
        "CvvAvsResult" => checks: Checks,
        /// The acquirer's response, if it is of either form.
        "AcquirerResponseCode" => acquirer_response: AcquirerResponse,
        /// The ends of the card number.
        "TruncatedCardNumber" => truncated_card_number: TruncatedCardNumber,
    }
}

/// The acquirer's response: Remote Auth's status, where it approved, or a response code, where it
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

    /// Reads the JSON that is in the string, with the default [limits](crate::gateway::JsonLimits).
    ///
    /// # Errors
    ///
    /// It is not JSON, not an object, or has a member twice.
    pub fn from_json(json: &str) -> Result<Self, JsonError> {
        KeptMembers::from_json(json).map(Self)
    }

    /// Writes the JSON that goes into the string. It is wiped when the last clone of the bytes is dropped.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(&self.0))
    }
}

impl TryFrom<&str> for AcquirerResponse {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        ResponseCode::try_from(text).map(Self::Code).or_else(|_| Status::try_from(text).map(Self::Status))
    }
}
