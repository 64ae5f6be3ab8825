//! The V codes of the acquirer for broken parameters (`response-codes.csv`).

use crate::remote_auth::parameter::{Parameter, ParameterRule};
use crate::remote_auth::{ParameterError, ParameterName};
use crate::value::Reason;

impl ParameterError {
    /// The acquirer's own reason for this error: `card_expiry` is V02, a missing `card_cvv` V40.
    ///
    /// `None` if the acquirer lists no reason for the parameter. Its general one is
    /// [`Reason::InvalidRequest`], V26.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        let ParameterName::Known(parameter) = self.parameter else { return None };
        match (parameter, self.rule) {
            (Parameter::CardCvv, ParameterRule::Missing) => Some(Reason::CvvRequired),
            (Parameter::TranOrigId, rule) if is_missing(rule) => {
                Some(Reason::OriginalTransactionReferenceRequired)
            }
            (parameter, _) => invalid(parameter),
        }
    }
}

const fn is_missing(rule: ParameterRule) -> bool {
    matches!(rule, ParameterRule::Missing | ParameterRule::MissingWith(_) | ParameterRule::MissingWithout(_))
}

const fn invalid(parameter: Parameter) -> Option<Reason> {
    Some(match parameter {
        Parameter::AuthId | Parameter::AuthPass => Reason::InvalidMerchantDetails,
        Parameter::CardExpiry => Reason::InvalidExpiryDate,
        Parameter::CardStart => Reason::InvalidStartDate,
        Parameter::CardIssue => Reason::InvalidIssueNumber,
        Parameter::CardCvv => Reason::InvalidCvv,
        Parameter::CardNum => Reason::InvalidCardNumber,
        Parameter::CustName => Reason::CardholderNameNotSet,
        Parameter::CustAddress | Parameter::CustPostcode => Reason::InsufficientAddressDetails,
        Parameter::CustCountry => Reason::InvalidCountryCode,
        Parameter::TranRef => Reason::InvalidCartId,
        Parameter::CustEmail => Reason::InvalidEmailAddress,
        Parameter::CustTel => Reason::InvalidPhoneNumber,
        Parameter::TranAmount => Reason::InvalidAmount,
        Parameter::TranCurrency => Reason::InvalidCurrencyCode,
        Parameter::CustIp => Reason::InvalidCustomerIp,
        Parameter::TranOrigId => Reason::OriginalTransactionNotFound,
        Parameter::TranType => Reason::UnknownTransactionType,
        Parameter::TranClass => Reason::UnknownTransactionClass,
        Parameter::Acs3dsversion
        | Parameter::AcsEci
        | Parameter::AcsCavv
        | Parameter::AcsDstransid
        | Parameter::AcsXid => Reason::InvalidThreeDsData,
        Parameter::PrimaryRecipientDob
        | Parameter::PrimaryRecipientSurname
        | Parameter::PrimaryRecipientPostcode
        | Parameter::PrimaryRecipientAccountNumber => Reason::InvalidFundsRecipientDate,
        Parameter::TranRecurrence => Reason::InvalidRecurrenceFlagUsage,
        _ => return None,
    })
}
