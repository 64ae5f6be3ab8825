//! The words and sentences of errors and warnings, as section 7 has them.

open_list! {
    /// The word of an error (section 7). The list is open.
    ///
    /// The page has a table of 30 errors (GW-291 to GW-320) whose sentences are printed and whose words
    /// are lost. 14 of the words are known from elsewhere. The other 16 rows have names that this crate
    /// gives them, marked "named here": the gateway's own word may differ, so that such an error is
    /// recognised by its [sentence](Self::message).
    ErrorWord = "error word", text;
    /// `CannotRecurOnNonRecurringParent` (named here, GW-291): a child names a job that is no recurring
    /// parent.
    CannotRecurOnNonRecurringParent = "CannotRecurOnNonRecurringParent",
    /// `CaptureAmountExceedsOriginalAuthorisation` (GW-292)
    CaptureAmountExceedsOriginalAuthorisation = "CaptureAmountExceedsOriginalAuthorisation",
    /// `GenericRejectionOfPayment` (named here, GW-293)
    GenericRejectionOfPayment = "GenericRejectionOfPayment",
    /// `GenericRejectionOfRefund` (GW-294)
    GenericRejectionOfRefund = "GenericRejectionOfRefund",
    /// `GenericRejectionOfCredit` (named here, GW-295)
    GenericRejectionOfCredit = "GenericRejectionOfCredit",
    /// `InvalidCaptureStatus` (GW-296)
    InvalidCaptureStatus = "InvalidCaptureStatus",
    /// `InvalidPaymentForRefund` (GW-297)
    InvalidPaymentForRefund = "InvalidPaymentForRefund",
    /// `InvalidPaymentForCredit` (GW-298)
    InvalidPaymentForCredit = "InvalidPaymentForCredit",
    /// `InvalidPaymentStatus` (GW-299)
    InvalidPaymentStatus = "InvalidPaymentStatus",
    /// `InvalidRefundStatus` (GW-300)
    InvalidRefundStatus = "InvalidRefundStatus",
    /// `NonThreeDSecureNotAllowed` (GW-301)
    NonThreeDSecureNotAllowed = "NonThreeDSecureNotAllowed",
    /// `NoPaymentMethodSelected` (named here, GW-302)
    NoPaymentMethodSelected = "NoPaymentMethodSelected",
    /// `OrderReferenceNotUnique` (named here, GW-303): the order number was used before.
    OrderReferenceNotUnique = "OrderReferenceNotUnique",
    /// `PaymentAlreadyFullyRefunded` (GW-304)
    PaymentAlreadyFullyRefunded = "PaymentAlreadyFullyRefunded",
    /// `PaymentJobAlreadyFinal` (named here, GW-305)
    PaymentJobAlreadyFinal = "PaymentJobAlreadyFinal",
    /// `PaymentJobCannotBeCancelled` (named here, GW-306)
    PaymentJobCannotBeCancelled = "PaymentJobCannotBeCancelled",
    /// `CommunicationError` (named here, GW-307): the gateway could not reach the other side. The outcome
    /// of the call is unknown.
    CommunicationError = "CommunicationError",
    /// `PaymentMethodNotAllowed` (named here, GW-308)
    PaymentMethodNotAllowed = "PaymentMethodNotAllowed",
    /// `PaymentMethodRejectedRequest` (named here, GW-309)
    PaymentMethodRejectedRequest = "PaymentMethodRejectedRequest",
    /// `InvalidAmountForPaymentMethod` (named here, GW-310)
    InvalidAmountForPaymentMethod = "InvalidAmountForPaymentMethod",
    /// `InvalidRecipientDetails` (named here, GW-311)
    InvalidRecipientDetails = "InvalidRecipientDetails",
    /// `RefundAmountExceedsOriginalAmount` (GW-312)
    RefundAmountExceedsOriginalAmount = "RefundAmountExceedsOriginalAmount",
    /// `ThreeDSecureFailed` (GW-313)
    ThreeDSecureFailed = "ThreeDSecureFailed",
    /// `ThreeDSecureUnavailable` (GW-314)
    ThreeDSecureUnavailable = "ThreeDSecureUnavailable",
    /// `ThreeDSecureMethodPostCallbackConflict` (GW-315): the same sentence as
    /// [`ThreeDSecureUnavailable`](Self::ThreeDSecureUnavailable).
    ThreeDSecureMethodPostCallbackConflict = "ThreeDSecureMethodPostCallbackConflict",
    /// `InvalidCustomerReference` (GW-316)
    InvalidCustomerReference = "InvalidCustomerReference",
    /// `DirectCardPaymentsNotAllowed` (named here, GW-317)
    DirectCardPaymentsNotAllowed = "DirectCardPaymentsNotAllowed",
    /// `TooManyAttempts` (named here, GW-318)
    TooManyAttempts = "TooManyAttempts",
    /// `ParentFrameDomainsNotAllowed` (named here, GW-319): the account may not name the domains that
    /// show the payment page in a frame.
    ParentFrameDomainsNotAllowed = "ParentFrameDomainsNotAllowed",
    /// `NoPaymentMethodsAvailable` (named here, GW-320)
    NoPaymentMethodsAvailable = "NoPaymentMethodsAvailable",
    /// `RecordNotFound`: seen where the credentials are those of the other environment. It is not in the
    /// page's table, and has no sentence of its own.
    RecordNotFound = "RecordNotFound",
}

impl ErrorWord {
    /// The sentence that the page prints for the error. [`RecordNotFound`](Self::RecordNotFound) and
    /// unlisted words have none.
    ///
    /// ```
    /// use cashflows_codec::gateway::response::ErrorWord;
    ///
    /// let message = ErrorWord::PaymentAlreadyFullyRefunded.message();
    /// assert_eq!(message, Some("Payment has already been fully refunded."));
    /// ```
    #[must_use]
    pub const fn message(&self) -> Option<&'static str> {
        Some(match self {
            Self::CannotRecurOnNonRecurringParent => "Cannot recur on a non recurring parent.",
            Self::CaptureAmountExceedsOriginalAuthorisation => {
                "The total capture amount exceeds original authorised amount."
            }
            Self::GenericRejectionOfPayment => "Payment has been refused.",
            Self::GenericRejectionOfRefund => "Refund has been refused.",
            Self::GenericRejectionOfCredit => "Credit payment has been refused.",
            Self::InvalidCaptureStatus => "Capture has an invalid status.",
            Self::InvalidPaymentForRefund => "Unable to refund this payment.",
            Self::InvalidPaymentForCredit => "Unable to perform credit payment.",
            Self::InvalidPaymentStatus => "Payment has an invalid status.",
            Self::InvalidRefundStatus => "Refund has an invalid status.",
            Self::NonThreeDSecureNotAllowed => "Card payments without 3D Secure are not allowed.",
            Self::NoPaymentMethodSelected => "No payment method selected.",
            Self::OrderReferenceNotUnique => "The supplied order reference is not unique.",
            Self::PaymentAlreadyFullyRefunded => "Payment has already been fully refunded.",
            Self::PaymentJobAlreadyFinal => "Payment job is already final.",
            Self::PaymentJobCannotBeCancelled => "Payment job can not be cancelled.",
            Self::CommunicationError => "Error while communicating.",
            Self::PaymentMethodNotAllowed => "Payment method not allowed.",
            Self::PaymentMethodRejectedRequest => "The payment method rejected the request.",
            Self::InvalidAmountForPaymentMethod => "Invalid amount for payment method.",
            Self::InvalidRecipientDetails => "The validation for recipient detail fields failed.",
            Self::RefundAmountExceedsOriginalAmount => {
                "The total refund amount exceeds original paid amount."
            }
            Self::ThreeDSecureFailed => "3DSecure Authentication Failed - Payment cannot proceed.",
            Self::ThreeDSecureUnavailable | Self::ThreeDSecureMethodPostCallbackConflict => {
                "3DSecure Authentication Unavailable - Payment cannot proceed."
            }
            Self::InvalidCustomerReference => "Invalid customer reference provided.",
            Self::DirectCardPaymentsNotAllowed => "Direct card payments are not allowed.",
            Self::TooManyAttempts => "Too many attempts.",
            Self::ParentFrameDomainsNotAllowed => {
                "It is not allowed to set parent frame domains for embedding the payment page."
            }
            Self::NoPaymentMethodsAvailable => {
                "Unable to create paymentjob without payment methods available."
            }
            Self::RecordNotFound | Self::Unlisted(_) => return None,
        })
    }

    /// Returns true if a call hears this error after an earlier one of its kind has worked: the order exists, the
    /// payment is refunded, captured or cancelled, the job has ended.
    pub(super) const fn may_follow_success(&self) -> bool {
        matches!(
            self,
            Self::OrderReferenceNotUnique
                | Self::PaymentAlreadyFullyRefunded
                | Self::CaptureAmountExceedsOriginalAuthorisation
                | Self::RefundAmountExceedsOriginalAmount
                | Self::InvalidCaptureStatus
                | Self::InvalidPaymentStatus
                | Self::InvalidRefundStatus
                | Self::InvalidPaymentForRefund
                | Self::PaymentJobAlreadyFinal
                | Self::PaymentJobCannotBeCancelled
        )
    }

    /// Every word of the page's table that has this sentence: none, one, or two, since the page prints
    /// one sentence for two words (GW-314, GW-315).
    ///
    /// The case of ASCII letters, blanks around the sentence and the full stop behind it do not matter.
    ///
    /// ```
    /// use cashflows_codec::gateway::response::ErrorWord;
    ///
    /// let words = |sentence| ErrorWord::from_sentence(sentence).cloned().collect::<Vec<_>>();
    /// assert_eq!(words("Too many attempts"), [ErrorWord::TooManyAttempts]);
    /// assert_eq!(
    ///     words("3DSecure Authentication Unavailable - Payment cannot proceed."),
    ///     [ErrorWord::ThreeDSecureUnavailable, ErrorWord::ThreeDSecureMethodPostCallbackConflict],
    /// );
    /// assert_eq!(words("Something else went wrong."), []);
    /// ```
    pub fn from_sentence(sentence: &str) -> impl Iterator<Item = &'static Self> {
        Self::ALL.iter().filter(move |word| word.message().is_some_and(|own| is_same(own, sentence)))
    }
}

open_list! {
    /// The word of a warning (section 7). The list is open.
    WarningWord = "warning word", text;
    /// `UnexpectedPaymentStatus` (GW-321)
    UnexpectedPaymentStatus = "UnexpectedPaymentStatus",
    /// `MaximunNumberOfTokensReached` (GW-322), as the gateway spells it.
    MaximumNumberOfTokensReached = "MaximunNumberOfTokensReached",
    /// `PaymentPageReferenceNotFound` (GW-329). The name is this crate's: the gateway's word is lost.
    PaymentPageReferenceNotFound = "PaymentPageReferenceNotFound",
}

impl WarningWord {
    /// The sentence that the page prints for the warning. An unlisted word has none.
    #[must_use]
    pub const fn message(&self) -> Option<&'static str> {
        match self {
            Self::UnexpectedPaymentStatus => Some("Payment has an unexpected status."),
            Self::MaximumNumberOfTokensReached => {
                Some("The maximum number of stored tokens for a customer has been reached.")
            }
            Self::PaymentPageReferenceNotFound => Some("Supplied payment page reference does not exists."),
            Self::Unlisted(_) => None,
        }
    }

    /// The word of the page's table that has this sentence. Case, blanks around it and the full stop do
    /// not matter, as at [`ErrorWord::from_sentence`]: one page prints it, another leaves it out.
    #[must_use]
    pub fn from_sentence(sentence: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|word| word.message().is_some_and(|own| is_same(own, sentence)))
    }
}

/// Returns true if two sentences differ at most in case, the blanks around them and a full stop.
fn is_same(one: &str, other: &str) -> bool {
    fn bare(sentence: &str) -> &str {
        let sentence = sentence.trim();
        sentence.strip_suffix('.').unwrap_or(sentence)
    }
    bare(one).eq_ignore_ascii_case(bare(other))
}
