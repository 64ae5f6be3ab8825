//! The gateway's references.

use core::fmt;
use core::num::NonZeroU64;

use super::decimal::Decimal;
use crate::error::{InvalidValue, Rule};

/// Defines references, which are types of their own: a payment is not taken for its job.
macro_rules! references {
    ($($(#[$doc:meta])* $Name:ident = $name:literal;)+) => {$(
        $(#[$doc])*
        ///
        /// A positive signed integer of 64 bits (section 3), of 18 digits in every example. On the wire it is
        /// text in the examples and a number in the schema: both are read, exactly, and text is written. It
        /// never passes through a float, which would lose its last digits.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(NonZeroU64);

        impl $Name {
            /// 9223372036854775807
            pub const MAX: u64 = i64::MAX as u64;

            const NAME: &'static str = $name;

            /// The reference with this number.
            ///
            /// # Errors
            ///
            /// The number is 0 or greater than [`MAX`](Self::MAX).
            pub const fn new(number: u64) -> Result<Self, InvalidValue> {
                match NonZeroU64::new(number) {
                    Some(positive) if number <= Self::MAX => Ok(Self(positive)),
                    _ => Err(InvalidValue::new(Self::NAME, Rule::PositiveInteger)),
                }
            }

            /// The reference with this number, or the nearest one that there is.
            #[cfg(feature = "simulator")]
            pub(crate) const fn saturating(number: u64) -> Self {
                let number = if number > Self::MAX { Self::MAX } else { number };
                match NonZeroU64::new(number) {
                    Some(number) => Self(number),
                    None => Self(NonZeroU64::MIN),
                }
            }

            /// The text on the stack.
            pub(crate) fn to_text(self) -> impl core::ops::Deref<Target = str> {
                Decimal::whole(self.get()).to_text()
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> u64 {
                self.0.get()
            }
        }

        impl TryFrom<u64> for $Name {
            type Error = InvalidValue;

            fn try_from(number: u64) -> Result<Self, Self::Error> {
                Self::new(number)
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
                let number = if digits { text.parse().ok() } else { None };
                number.map_or(Err(InvalidValue::new(Self::NAME, Rule::PositiveInteger)), Self::new)
            }
        }

        parsed_value!($Name);

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        stored_as_text!($Name);

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let digits = self.0.to_string();
                write!(f, "{}({})", stringify!($Name), crate::value::MaskedText::reference(&digits))
            }
        }
    )+};
}

references! {
    /// The gateway's reference of a payment job.
    ///
    /// ```
    /// use cashflows_codec::gateway::JobReference;
    ///
    /// let reference: JobReference = "210221017179873304".parse()?;
    /// assert_eq!(reference, JobReference::new(210_221_017_179_873_304)?);
    /// assert_eq!(reference.to_string(), "210221017179873304");
    /// for wrong in ["", "0", "-1", "+1", "01", "1.0", "9223372036854775808"] {
    ///     assert!(wrong.parse::<JobReference>().is_err());
    /// }
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    ///
    /// A payment has a reference of another type:
    ///
    /// ```compile_fail,E0308
    /// use cashflows_codec::gateway::call::RetrieveJob;
    /// use cashflows_codec::gateway::response::Payment;
    ///
    /// fn retrieve(payment: &Payment) -> RetrieveJob {
    ///     RetrieveJob::new(payment.reference)
    /// }
    /// ```
    JobReference = "job reference";
    /// The gateway's reference of a payment of a job.
    PaymentReference = "payment reference";
    /// The gateway's reference of a step, refund, capture, reversal or trace.
    Reference = "reference";
}
