//! Texts to values: the format column of the protocol's table, each text checked by its type.

use super::Fields;
use crate::error::{InvalidValue, Rule};
use crate::remote_auth::parameter::parameter_table;
use crate::remote_auth::request::{
    ContinuousExemption, Description, Descriptor, MpgId, Recurrence, Reference, RetryNumber, SaleExemption,
    WalletKind,
};
use crate::remote_auth::{Parameter, ParameterError, Password, ProfileId, SecurityHash};
use crate::value::{
    Address, Amount, CardNumber, CardToken, Country, Cryptogram, Currency, CustomerName, Cvv, DateOfBirth,
    DsTransactionId, Eci, Email, Expiry, IpAddress, IssueNumber, OriginalId, PaymentAccountReference,
    Postcode, RecipientAccount, RecipientPostcode, RecipientSurname, SchemeTransactionId, StartDate, Tavv,
    Telephone, ThreeDsVersion, Xid,
};

macro_rules! values {
    ($($wire:ident $Variant:ident $Value:ident $secrecy:ident $($presence:ident)+;)+) => {
        /// Every value that was supplied and is right, by the name of its parameter.
        #[expect(non_snake_case, dead_code, reason = "one name on the wire has capitals, and `submit` says nothing")]
        pub(super) struct Values {
            $(pub(super) $wire: Option<$Value>,)+
        }

        impl Values {
            /// Checks every text of the body, in wire order.
            pub(super) fn of(fields: &Fields<'_>, errors: &mut Vec<ParameterError>) -> Self {
                Self { $($wire: value(fields, Parameter::$Variant, errors),)+ }
            }
        }

        impl Parameter {
            /// Whether a text has the form of the parameter's value. No copy of it is left behind.
            pub(crate) fn fits(self, text: &str) -> bool {
                match self { $(Self::$Variant => <$Value>::check(text).is_ok(),)+ }
            }
        }
    };
}

parameter_table!(values);

/// The check of a value that keeps no text. Those that do have one of their own, of the same name.
trait Check: for<'t> TryFrom<&'t str> {
    fn check(text: &str) -> Result<(), ()> {
        Self::try_from(text).map(drop).map_err(drop)
    }
}

impl<T: for<'t> TryFrom<&'t str>> Check for T {}

fn value<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
    fields: &Fields<'_>,
    parameter: Parameter,
    errors: &mut Vec<ParameterError>,
) -> Option<T> {
    let decoded;
    let text = match fields.plain(parameter) {
        Some(plain) => plain,
        None => {
            decoded = fields.decoded(parameter)?;
            decoded.as_str()
        }
    };
    match T::try_from(text) {
        Ok(value) => Some(value),
        Err(error) => {
            errors.push(ParameterError::new(parameter, error.rule()));
            None
        }
    }
}

/// A word of a short list that has a meaning on the wire only; case does not matter.
fn word<T: Copy>(name: &'static str, text: &str, words: &[(&str, T)], rule: Rule) -> Result<T, InvalidValue> {
    let found = words.iter().find(|(word, _)| word.eq_ignore_ascii_case(text));
    found.map(|&(_, value)| value).ok_or(InvalidValue::new(name, rule))
}

/// `true` or `false`, or, as samples have it, `1`, `0` or `True` (section 9).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Flag(pub(super) bool);

impl TryFrom<&str> for Flag {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let words = [("true", Self(true)), ("false", Self(false)), ("1", Self(true)), ("0", Self(false))];
        word("flag", text, &words, Rule::OneOf(&["true", "false", "1", "0"]))
    }
}

/// Any value at all: of `return_acq_ref`, which asks by being there, and of `submit`, which says nothing.
pub(super) struct AnyText;

impl TryFrom<&str> for AnyText {
    type Error = InvalidValue;

    fn try_from(_: &str) -> Result<Self, Self::Error> {
        Ok(Self)
    }
}

/// A descriptor as the vendor's samples have it: longer than one that is made may be (section 9).
pub(super) struct ReceivedDescriptor(pub(super) Descriptor);

impl TryFrom<&str> for ReceivedDescriptor {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        Descriptor::received(text).map(Self)
    }
}

/// Whether the request is a test by its own account.
#[derive(Clone, Copy)]
pub(super) struct TestMode(pub(super) bool);

impl TryFrom<&str> for TestMode {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        word("test mode", text, &[("0", Self(false)), ("1", Self(true))], Rule::OneOf(&["0", "1"]))
    }
}

/// `tran_type`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TransactionType {
    Sale,
    Verify,
    Void,
    Refund,
    Credit,
}

impl TryFrom<&str> for TransactionType {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let words = [
            ("sale", Self::Sale),
            ("verify", Self::Verify),
            ("void", Self::Void),
            ("refund", Self::Refund),
            ("credit", Self::Credit),
        ];
        let rule = Rule::OneOf(&["sale", "verify", "void", "refund", "credit"]);
        word("transaction type", text, &words, rule)
    }
}

/// `tran_class`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TransactionClass {
    Ecom,
    Moto,
    Cont,
    Cred,
}

impl TryFrom<&str> for TransactionClass {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        let words = [("ecom", Self::Ecom), ("moto", Self::Moto), ("cont", Self::Cont), ("cred", Self::Cred)];
        word("class", text, &words, Rule::OneOf(&["ecom", "moto", "cont", "cred"]))
    }
}

/// `SCA_exemption_indicator`: of a sale, or of a continuous payment. Case matters.
#[derive(Clone, Copy)]
pub(super) enum Exemption {
    Sale(SaleExemption),
    Continuous(ContinuousExemption),
}

impl TryFrom<&str> for Exemption {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        const WORDS: Rule = Rule::OneOf(&["lowvalue", "lowrisk", "Recurring", "MerchantInitiated"]);
        SaleExemption::try_from(text)
            .map(Self::Sale)
            .or_else(|_| ContinuousExemption::try_from(text).map(Self::Continuous))
            .map_err(|error| InvalidValue::new(error.name(), WORDS))
    }
}
