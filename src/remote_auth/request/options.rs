//! The optional parameters of every operation, with the methods that set them.

use super::{Descriptor, MpgId, RetryNumber};
use crate::error::{InvalidValue, Rule};
use crate::media::form::Added;
use crate::remote_auth::{Parameter, ReturnFlags};
use crate::value::rules;

/// The optional parameters of every operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The id of the merchant payment gateway (`gateway_id_mc`).
    pub mpg_id: Option<MpgId>,
    /// The addition to the company's name on the cardholder's statement (`descriptor`).
    pub descriptor: Option<Descriptor>,
    /// The number of the attempt (`retry_number`).
    pub retry_number: Option<RetryNumber>,
    /// The extras that the response is asked to carry. Where the response is read,
    /// [`Extras::resolve`](crate::remote_auth::response::Extras::resolve) takes them.
    pub return_flags: ReturnFlags,
    /// The parameters of [`with_parameter`](super::Payment::with_parameter).
    pub(crate) added: Added,
}

impl Options {
    /// Adds a parameter to those that were added before.
    pub(super) fn add(&mut self, name: &str, value: &str) -> Result<(), InvalidValue> {
        let refused = |rule| InvalidValue::new("parameter name", rule);
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.[]".contains(&byte);
        let is_name = (1..=64).contains(&name.len()) && name.bytes().all(allowed);
        rules::require(is_name, Rule::ParameterName).map_err(refused)?;
        rules::require(!Parameter::is_taken(name), Rule::Listed).map_err(refused)?;
        let repeated = self.added.iter().any(|(before, _)| before == name);
        rules::require(!repeated, Rule::Repeated).map_err(refused)?;
        rules::length(value, 1_024).map_err(|rule| InvalidValue::new("parameter value", rule))?;
        self.added.push(name, value);
        Ok(())
    }
}

/// Gives a request type with a field `options` the methods that set them.
macro_rules! with_options {
    ([$($generics:tt)+] $Type:ty) => {
        impl<$($generics)+> $Type {
            /// Names the merchant payment gateway to Mastercard (`gateway_id_mc`). It is mandatory on
            /// Mastercard transactions of such gateways (RA-038).
            #[must_use]
            pub const fn with_mpg_id(mut self, mpg_id: $crate::remote_auth::request::MpgId) -> Self {
                self.options.mpg_id = Some(mpg_id);
                self
            }

            /// Adds to the company's name on the cardholder's statement (`descriptor`).
            #[must_use]
            pub fn with_descriptor(mut self, descriptor: $crate::remote_auth::request::Descriptor) -> Self {
                self.options.descriptor = Some(descriptor);
                self
            }

            /// Asks for the acquirer reference number in the response (`return_acq_ref`). It can be told from
            /// whatever else is asked for: see [`ReturnFlags`](crate::remote_auth::ReturnFlags).
            #[must_use]
            #[doc(alias = "arn")]
            pub const fn returning_acquirer_reference(mut self) -> Self {
                self.options.return_flags.acquirer_reference = true;
                self
            }

            /// Adds a parameter that this crate does not know, behind all others: for what the vendor's pages
            /// do not list. The name has 1 to 64 letters, digits, `_`, `-`, `.`, `[` and `]`, the value 1 to
            /// 1,024 characters of any kind. The value counts as a secret: it is masked, wiped and not
            /// stored. After a restart an attempt at such a request needs it from the caller again, as it
            /// needs a card.
            ///
            /// ```
            /// use cashflows_codec::remote_auth::request::{Card, Sale};
            /// use cashflows_codec::value::Money;
            ///
            /// let card = Card::new("4000000000000002".parse()?, "1130".parse()?, "123".parse()?);
            /// let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?).with_parameter("shop_id", "17")?;
            /// // A parameter that the crate knows has its own method.
            /// assert!(sale.with_parameter("CARD_NUM", "4000000000000002").is_err());
            /// # Ok::<(), cashflows_codec::InvalidValue>(())
            /// ```
            ///
            /// # Errors
            ///
            /// The name is known, in any case of its letters, or was added before, or has another form; or
            /// the value is empty or too long.
            pub fn with_parameter(
                mut self,
                name: &str,
                value: &str,
            ) -> Result<Self, $crate::error::InvalidValue> {
                self.options.add(name, value)?;
                Ok(self)
            }

            /// The optional parameters that every operation has.
            #[must_use]
            pub const fn options(&self) -> &$crate::remote_auth::request::Options {
                &self.options
            }
        }
    };
}
pub(super) use with_options;
