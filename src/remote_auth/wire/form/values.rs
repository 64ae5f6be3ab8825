//! Texts to values: the type of each parameter checks its text.

use super::Fields;
use crate::error::{InvalidValue, Rule};
use crate::remote_auth::parameter::parameter_table;
use crate::remote_auth::request::{
    Description, Descriptor, Exemption, Finding, MerchantReference, MpgId, Place, Recurrence, RetryNumber,
    WalletKind,
};
use crate::remote_auth::{Parameter, ParameterError, Password, ProfileId, SecurityHash};
use crate::value::text::KeptText;
use crate::value::{
    Address, Amount, CardNumber, CardToken, Country, Cryptogram, Currency, CustomerName, Cvv, DateOfBirth,
    DsTransactionId, Eci, Email, Expiry, IpAddress, IssueNumber, OriginalId, PaymentAccountReference,
    Postcode, RecipientAccount, RecipientPostcode, RecipientSurname, SchemeTransactionId, StartDate, Tavv,
    Telephone, ThreeDsVersion, Xid, rules,
};

macro_rules! values {
    ($($(#[$lint:meta])* $wire:ident $Variant:ident $Value:ident $secrecy:ident $($presence:ident)+;)+) => {
        /// The correct values of a body, by the names of their parameters.
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
            /// Returns true if a text has the form of the parameter's value. It leaves no copy behind.
            pub(crate) fn fits(self, text: &str) -> bool {
                match self { $(Self::$Variant => <$Value>::check(text).is_ok(),)+ }
            }

            /// Returns true if the value may be text of any form.
            pub(crate) const fn is_text(self) -> bool {
                match self { $(Self::$Variant => <$Value as Received>::IS_TEXT,)+ }
            }
        }
    };
}

parameter_table!(values);

/// Checks a text without keeping it. Values that keep text have their own function of this name.
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
    match peek::<T>(fields, parameter)? {
        Ok(value) => {
            findings.extend(value.doubt().map(|rule| Finding::new(Place::Parameter(parameter), rule)));
            Some(value)
        }
        Err(error) if is_without_effect(parameter) => {
            findings.push(Finding::new(Place::Parameter(parameter), error.rule()));
            None
        }
        Err(error) => {
            errors.push(ParameterError::new(parameter, error.rule()));
            None
        }
    }
}

/// The value of a parameter that can be decoded.
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

/// Returns true if a request means the same without the parameter: two of them ask for extras of the
/// response, one tells the account of a token, one is the id of 3-D Secure 1, which is no proof and in
/// no table of the vendor's (RA-065), and one is the button of a form.
pub(super) const fn is_without_effect(parameter: Parameter) -> bool {
    matches!(
        parameter,
        Parameter::ReturnToken
            | Parameter::ReturnSchemeTransactionId
            | Parameter::CardPaymentAccountReference
            | Parameter::AcsXid
            | Parameter::Submit
    )
}

/// A value of a request that another party wrote. Some are read more easily than they are made (section 2).
pub(super) trait Received: Sized {
    /// True for text of any form.
    const IS_TEXT: bool = false;

    fn received(text: &str) -> Result<Self, InvalidValue>;

    /// The rule that a value breaks and is kept all the same.
    fn doubt(&self) -> Option<Rule> {
        None
    }
}

/// Reads values by one of their functions. Of text, another function says what is doubtful.
macro_rules! received {
    ($read:ident: $($Value:ident)+) => {
        $(impl Received for $Value {
            fn received(text: &str) -> Result<Self, InvalidValue> {
                Self::$read(text)
            }
        })+
    };
    (text $read:expr, $doubt:expr => $($Value:ident)+) => {
        $(impl Received for $Value {
            const IS_TEXT: bool = true;

            fn received(text: &str) -> Result<Self, InvalidValue> {
                let read: fn(&str) -> Result<Self, InvalidValue> = $read;
                read(text)
            }

            fn doubt(&self) -> Option<Rule> {
                let doubt: fn(&Self) -> Option<Rule> = $doubt;
                doubt(self)
            }
        })+
    };
}

received! { text |text| Ok(Self::kept(text)), KeptText::doubt => CustomerName Postcode Telephone }
received! { text |text| Ok(Self::received(text)), KeptText::doubt => Address }
received! { text Self::received, |value| rules::doubtful_characters(value.as_str()) => Description Descriptor }
received! { text |text| Self::try_from(text), |value| rules::doubtful_characters(value.as_str()) => MerchantReference }
received! { text |text| Self::try_from(text), |_| None => AnyText }
received! { received: Country Currency Eci Email IpAddress SecurityHash }
received! {
    try_from:
    Amount CardNumber CardToken Cryptogram Cvv DateOfBirth DsTransactionId Expiry Flag IssueNumber MpgId
    OriginalId Password PaymentAccountReference ProfileId RecipientAccount RecipientPostcode RecipientSurname
    RetryNumber SchemeTransactionId StartDate Tavv TestMode ThreeDsVersion TransactionClass
    TransactionType WalletKind Xid
}

/// Reads words in any case.
macro_rules! received_words {
    ($($Words:ident)+) => {$(
        impl Received for $Words {
            fn received(text: &str) -> Result<Self, InvalidValue> {
                let word = Self::ALL.iter().find(|word| word.as_str().eq_ignore_ascii_case(text));
                word.copied().map_or_else(|| Self::try_from(text), Ok)
            }
        }
    )+};
}

received_words! { Exemption Recurrence }

/// A word of a short list that is of the wire only. Case does not matter.
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

/// Any value: of `return_acq_ref`, which asks by its presence, and of `submit`, which has no meaning.
pub(super) struct AnyText;

impl TryFrom<&str> for AnyText {
    type Error = InvalidValue;

    fn try_from(_: &str) -> Result<Self, Self::Error> {
        Ok(Self)
    }
}

/// True if the request calls itself a test.
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
