//! Texts to values: the format column of the protocol's table, each text checked by its type.

use super::Fields;
use crate::error::{InvalidValue, Rule};
use crate::remote_auth::parameter::parameter_table;
use crate::remote_auth::request::{
    Description, Descriptor, Exemption, Finding, MerchantReference, MpgId, Place, Recurrence, RetryNumber,
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
    ($($(#[$lint:meta])* $wire:ident $Variant:ident $Value:ident $secrecy:ident $($presence:ident)+;)+) => {
        /// Every value that was supplied and is right, by the name of its parameter.
        #[expect(non_snake_case, reason = "one name on the wire has capitals")]
        pub(super) struct Values {
            $($(#[$lint])* pub(super) $wire: Option<$Value>,)+
        }

        impl Values {
            /// Checks every text of the body, in wire order.
            pub(super) fn of(
                fields: &Fields<'_>,
                errors: &mut Vec<ParameterError>,
                findings: &mut Vec<Finding>,
            ) -> Self {
                Self { $($wire: value(fields, Parameter::$Variant, errors, findings),)+ }
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

fn value<T: Received>(
    fields: &Fields<'_>,
    parameter: Parameter,
    errors: &mut Vec<ParameterError>,
    findings: &mut Vec<Finding>,
) -> Option<T> {
    match peek(fields, parameter)? {
        Ok(value) => Some(value),
        Err(error) if decides_nothing(parameter) => {
            findings.push(Finding::new(Place::Parameter(parameter), error.rule()));
            None
        }
        Err(error) => {
            errors.push(ParameterError::new(parameter, error.rule()));
            None
        }
    }
}

/// The value of a parameter, where it has one that can be decoded.
pub(super) fn peek<T: Received>(
    fields: &Fields<'_>,
    parameter: Parameter,
) -> Option<Result<T, InvalidValue>> {
    let decoded;
    let text = match fields.plain(parameter) {
        Some(plain) => plain,
        None => {
            decoded = fields.decoded(parameter)?;
            decoded.as_str()
        }
    };
    Some(T::received(text))
}

/// Whether a request means the same without the parameter: two of them ask for something in the answer,
/// one tells which account a token belongs to, and one is the id of 3-D Secure 1, which proves nothing and
/// is in no table of the vendor's (RA-065).
const fn decides_nothing(parameter: Parameter) -> bool {
    matches!(
        parameter,
        Parameter::ReturnToken
            | Parameter::ReturnSchemeTransactionId
            | Parameter::CardPaymentAccountReference
            | Parameter::AcsXid
    )
}

/// A value of somebody else's request. Some are read more easily than they are made (section 2).
pub(super) trait Received: Sized {
    fn received(text: &str) -> Result<Self, InvalidValue>;
}

/// Values that are read as they are made.
macro_rules! as_made {
    ($($Value:ident)+) => {
        $(impl Received for $Value {
            fn received(text: &str) -> Result<Self, InvalidValue> {
                Self::try_from(text)
            }
        })+
    };
}

as_made! {
    Amount AnyText CardNumber CardToken Cryptogram CustomerName Cvv DateOfBirth Description DsTransactionId
    Email Expiry Flag IssueNumber MpgId OriginalId Password PaymentAccountReference Postcode ProfileId
    MerchantReference RecipientAccount RecipientPostcode RecipientSurname Recurrence RetryNumber SchemeTransactionId
    StartDate Tavv Telephone TestMode ThreeDsVersion TransactionClass TransactionType WalletKind Xid
}

/// Values that have a reader of their own.
macro_rules! by_its_own_reader {
    ($($Value:ident)+) => {
        $(impl Received for $Value {
            fn received(text: &str) -> Result<Self, InvalidValue> {
                Self::received(text)
            }
        })+
    };
}

by_its_own_reader! { Address Country Currency Descriptor Eci IpAddress SecurityHash }

/// In any case.
impl Received for Exemption {
    fn received(text: &str) -> Result<Self, InvalidValue> {
        let word = Self::ALL.iter().find(|exemption| exemption.as_str().eq_ignore_ascii_case(text));
        word.copied().map_or_else(|| Self::try_from(text), Ok)
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
