//! The extras that a request asks for in its response.

use core::fmt;

use crate::remote_auth::parameter::Parameter;

/// The extras that a request asks for (section 2): `return_acq_ref`, `return_token`,
/// `return_scheme_transaction_id`. Without them the extras of the response cannot be told apart, and
/// with them not always, because the acquirer leaves out an extra that it does not have:
///
/// | asked for | the extras can be told apart |
/// | --- | --- |
/// | one of them | always |
/// | ARN, and token or scheme id | always: only an ARN has 23 digits |
/// | token and scheme id | where the form of one of them tells: 16 digits are a token; 15 digits, or three letters and digits, are a scheme id; only a token has other characters than letters and digits |
/// | all three | the ARN always; token and scheme id as above |
///
/// "Always" assumes that each extra has its form. [`Extras::resolve`] has the rule.
///
/// [`Extras::resolve`]: crate::remote_auth::response::Extras::resolve
///
/// ```
/// use cashflows_codec::remote_auth::ReturnFlags;
///
/// const ASKED: ReturnFlags = ReturnFlags::none().with_acquirer_reference().with_token();
/// assert!(ASKED.token && !ASKED.scheme_transaction_id);
/// assert_eq!(ASKED.to_string(), "return_acq_ref, return_token");
/// assert_eq!(ReturnFlags::none().to_string(), "nothing");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReturnFlags {
    /// The acquirer reference number (`return_acq_ref`).
    pub acquirer_reference: bool,
    /// The card token (`return_token`).
    pub token: bool,
    /// The card scheme's transaction id (`return_scheme_transaction_id`).
    pub scheme_transaction_id: bool,
}

impl ReturnFlags {
    /// No extras.
    #[must_use]
    pub const fn none() -> Self {
        Self { acquirer_reference: false, token: false, scheme_transaction_id: false }
    }

    /// Asks for the acquirer reference number too (`return_acq_ref`).
    #[must_use]
    pub const fn with_acquirer_reference(mut self) -> Self {
        self.acquirer_reference = true;
        self
    }

    /// Asks for the card token too (`return_token`).
    #[must_use]
    pub const fn with_token(mut self) -> Self {
        self.token = true;
        self
    }

    /// Asks for the card scheme's transaction id too (`return_scheme_transaction_id`).
    #[must_use]
    pub const fn with_scheme_transaction_id(mut self) -> Self {
        self.scheme_transaction_id = true;
        self
    }

    /// The parameters that ask for extras, in the order of the documented responses.
    fn parameters(self) -> impl Iterator<Item = Parameter> {
        [
            (self.acquirer_reference, Parameter::ReturnAcqRef),
            (self.token, Parameter::ReturnToken),
            (self.scheme_transaction_id, Parameter::ReturnSchemeTransactionId),
        ]
        .into_iter()
        .filter_map(|(asked, parameter)| asked.then_some(parameter))
    }
}

/// The names of the parameters with commas between; of none, a word for it.
impl fmt::Display for ReturnFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::none() {
            return f.write_str("nothing");
        }
        for (index, parameter) in self.parameters().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{parameter}")?;
        }
        Ok(())
    }
}
