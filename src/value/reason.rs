//! The 86 documented reasons of a response code. This table is the one place that knows them.
#![allow(clippy::zero_prefixed_literal, reason = "the table shows numbers as the wire does")]

use core::fmt;

use super::family::digit;
use super::{Family, OpenList, Unlisted};
use crate::error::{InvalidValue, Rule};

macro_rules! reasons {
    ($($letter:literal $Family:ident { $($number:literal $Variant:ident $text:literal,)+ })+) => {
        /// The reason that a response code gives: its letter and last two digits (API overview,
        /// response code table; `V49` from the retry handling of the Remote Auth guide).
        ///
        /// ```
        /// use cashflows_codec::value::{Family, Reason};
        ///
        /// let reason = Reason::InvalidExpiryDate;
        /// assert_eq!(reason.to_string(), "V02");
        /// assert_eq!((reason.as_str(), reason.text()), ("V02", Some("Invalid expiry date")));
        ///
        /// let unlisted = Reason::new(Family::Declined, 99)?;
        /// assert_eq!((unlisted.to_string().as_str(), unlisted.text()), ("D99", None));
        /// assert_eq!(unlisted.as_str(), "unlisted");
        /// # Ok::<(), cashflows_codec::InvalidValue>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            $($(
                #[doc = concat!("`", $letter, stringify!($number), "`: ", $text)]
                $Variant,
            )+)+
            /// A letter and number that the table does not list.
            Unlisted(Unlisted<Reason>),
        }

        impl Reason {
            /// Every listed reason.
            pub const ALL: &'static [Self] = &[$($(Self::$Variant),+),+];

            const fn from_parts(family: Family, number: u8) -> Self {
                match (family, number) {
                    $($((Family::$Family, $number) => Self::$Variant,)+)+
                    _ => Self::Unlisted(Unlisted(LetterAndNumber(family, number))),
                }
            }

            const fn parts(self) -> (Family, u8) {
                match self {
                    $($(Self::$Variant => (Family::$Family, $number),)+)+
                    Self::Unlisted(Unlisted(LetterAndNumber(family, number))) => (family, number),
                }
            }

            /// The documented text; `None` for an unlisted reason.
            #[must_use]
            pub const fn text(self) -> Option<&'static str> {
                match self {
                    $($(Self::$Variant => Some($text),)+)+
                    Self::Unlisted(_) => None,
                }
            }

            /// The letter and the two digits, `V02`, of a listed reason; `unlisted` of any other. For
            /// the labels of metrics, of which there may not be more and more.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($(Self::$Variant => concat!($letter, stringify!($number)),)+)+
                    Self::Unlisted(_) => "unlisted",
                }
            }

            /// A code with each internal digit, of a listed reason.
            pub(super) const fn codes(self) -> Option<&'static [&'static str; 10]> {
                match self {
                    $($(Self::$Variant => Some(&[
                        concat!($letter, '0', stringify!($number)),
                        concat!($letter, '1', stringify!($number)),
                        concat!($letter, '2', stringify!($number)),
                        concat!($letter, '3', stringify!($number)),
                        concat!($letter, '4', stringify!($number)),
                        concat!($letter, '5', stringify!($number)),
                        concat!($letter, '6', stringify!($number)),
                        concat!($letter, '7', stringify!($number)),
                        concat!($letter, '8', stringify!($number)),
                        concat!($letter, '9', stringify!($number)),
                    ]),)+)+
                    Self::Unlisted(_) => None,
                }
            }
        }

        // The letters that the table shows are those of its families.
        $(const _: () = assert!(Family::$Family.letter() == $letter);)+
    };
}

reasons! {
    'D' Declined {
        01 NonSpecificDecline "Non-specific decline",
        02 InsufficientFunds "Declined due to funds (insufficient/limit exceeded)",
        03 RetainCard "Retain card response",
        05 Blacklisted "On our blacklist",
        07 LiveTestMismatch "Live/test mismatch",
        08 RefundInsufficientMerchantFunds "Refund: Insufficient merchant funds in account",
        10 AuthorisationAttemptLimitReached "Card authorisation attempt limit reached",
        11 MonthlyDeclineRateLimitReached "Monthly Scheme Decline Rate limit reached",
        40 ContinuousAuthorityCancelledForTransaction "Continuous Authority cancelled for the transaction",
        41 ContinuousAuthoritiesCancelledForMerchant "Continuous Authorities cancelled for the merchant",
        43 ContinuousAuthoritiesCancelledForCard "Continuous Authorities cancelled for the card",
        49 AuthenticationRequired "Additional customer authentication required",
        90 PreAuthorisationFraudBlock "Pre-Authorisation anti-fraud block",
        91 PostAuthorisationFraudBlock "Post-Authorisation anti-fraud block",
    }
    'R' Referral {
        01 NotAuthorised "Not Authorised",
    }
    'E' Blocked {
        01 TransactionError "Transaction error",
    }
    'C' Cancelled {
        01 TransactionCancelled "Transaction cancelled",
        02 TransactionExpired "Transaction expired",
    }
    'S' SystemError {
        00 InvalidTransactionRequest "Invalid transaction Request",
        01 ConnectionFailure "Connection failure",
        02 InvalidResponse "Invalid response",
        03 ResponseTimeout "Response timeout",
        04 ServerError04 "Server error",
        05 ServerError05 "Server error",
        06 NoResponseFromIssuer "No response from issuer",
        07 ServiceNotAvailable "Service not available",
        99 UnknownError "Unknown Error",
    }
    'V' ValidationError {
        01 InvalidMerchantDetails "Invalid merchant details",
        02 InvalidExpiryDate "Invalid expiry date",
        03 InvalidStartDate "Invalid start date",
        04 InvalidIssueNumber "Invalid issue number",
        05 InvalidCvv "Invalid CVV",
        06 InvalidCardNumber "Invalid card number",
        07 CardholderNameNotSet "Card holder name not set",
        08 InsufficientAddressDetails "Insufficient address details",
        09 InvalidCountryCode "Invalid country code",
        10 InvalidCartId "Invalid cart ID",
        11 InvalidEmailAddress "Invalid email address",
        12 InvalidPhoneNumber "Invalid phone number",
        13 InvalidAmount "Invalid amount",
        14 InvalidCurrencyCode "Invalid currency code",
        15 InvalidCustomerIp "Invalid customer IP",
        16 OriginalTransactionNotFound "Original trans not found",
        17 InvalidMerchantIp "Invalid merchant IP",
        18 UnknownTransactionType "Unknown transaction type",
        19 CardNumberChanged "Card number changed",
        20 CurrencyChanged "Currency changed",
        21 OriginalTransactionReferenceRequired "Original trans ref required",
        22 AmountExceedsOriginal "Amount exceeds original",
        23 TransactionTypeNotRefundable "Can not refund this type of transaction",
        24 AmountChanged "Amount changed",
        25 UserAccountDetailsRequired "User account details required",
        26 InvalidRequest "Invalid request",
        27 OriginalTransactionNotPreAuthorised "Original trans not pre-auth",
        28 TransactionModeChanged "Transaction mode changed",
        29 CardCurrencyCombinationNotSupported "Card/Currency combination not supported",
        30 UnknownCardType "Unknown card type",
        31 IssueNumberRequired "Issue number required",
        32 IssueNumberNotRequired "Issue number not required",
        33 DuplicateTransaction "Duplicate transaction",
        34 UnableToVoidTransaction "Unable to void transaction",
        35 OriginalTransactionNotAuthorised "Original trans was not authorised",
        36 InvalidPin "Invalid PIN",
        37 UnknownTransactionClass "Unknown transaction class",
        38 OriginalTransactionTypeMismatch "Original transaction type does not match",
        39 CardExpired "Card expired",
        40 CvvRequired "CVV Required",
        41 OriginalTransactionAlreadySettled "Original transaction already settled",
        42 OriginalTransactionAlreadyCancelled "Original transaction already cancelled",
        43 TransactionTypeNotSupportedByCard "This card does not support the required transaction type",
        44 TransactionDetailsMismatch "Transaction details do not match original",
        48 InvalidUserDetails "User Details not valid",
        49 DuplicateTransactionStillProcessing "Duplicate transaction still processing",
        52 ThreeDsNotEnabled "3DS Not Enabled",
        53 InvalidThreeDsData "3DS Data Invalid",
        54 ConcurrentAuthorisations "Concurrent Authorisations",
        55 InvalidFundsRecipientDate "Invalid Funds Recipient Date (MCC 6012, 6051 or 7299 merchants)",
        56 TerminalMismatch "Terminal mismatch",
        57 TransactionNotAllowedOnCard "Transaction not allowed on this card",
        58 OriginalTransactionRequiresThreeDs "Original transaction requires 3DS attempt/auth",
        59 EcomRequiresThreeDs "ECOM transactions require 3DS attempt/auth",
        60 AmexVerifyNotSupported "Verify for Amex card not supported",
        61 InvalidRecurrenceFlagUsage "Recurrence Flag usage invalid",
        62 InitialArnMissing "Initial Sale/Verify ARN missing for subsequent sale",
        63 InitialTransactionNotApproved "Initial Sale/Verify for subsequent sale not approved",
        64 InitialTransactionCardExpired "Initial transaction on card expired",
    }
}

/// A letter and number that the table does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LetterAndNumber(Family, u8);

impl fmt::Display for LetterAndNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:02}", self.0, self.1)
    }
}

impl OpenList for Reason {
    type Kept = LetterAndNumber;

    fn unlisted(text: &str) -> Result<Unlisted<Self>, InvalidValue> {
        match Self::try_from(text)? {
            Self::Unlisted(unlisted) => Ok(unlisted),
            _ => Err(InvalidValue::new("reason", Rule::Listed)),
        }
    }
}

impl Reason {
    /// The reason that a letter and a number of 0 to 99 name.
    ///
    /// # Errors
    ///
    /// The number is greater than 99.
    pub const fn new(family: Family, number: u8) -> Result<Self, InvalidValue> {
        if number > 99 { Err(REFUSED) } else { Ok(Self::from_parts(family, number)) }
    }

    /// The letter.
    #[must_use]
    pub const fn family(self) -> Family {
        self.parts().0
    }

    /// The number, 0 to 99.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.parts().1
    }

    pub(super) fn from_wire(letter: u8, tens: u8, ones: u8) -> Option<Self> {
        let family = char::from(letter).try_into().ok()?;
        Some(Self::from_parts(family, 10 * digit(tens)? + digit(ones)?))
    }
}

const REFUSED: InvalidValue = InvalidValue::new("reason", Rule::Reason);

impl TryFrom<&str> for Reason {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let &[letter, tens, ones] = text.as_bytes() else { return Err(REFUSED) };
        Self::from_wire(letter, tens, ones).ok_or(REFUSED)
    }
}

parsed_value!(Reason);

/// The letter and the two digits: `V02`.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:02}", self.family(), self.number())
    }
}

stored_as_text!(Reason);
