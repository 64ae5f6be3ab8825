//! The six operations that a merchant asks for (section 2 of the protocol page).
//!
//! What is mandatory is an argument of the constructor, what is optional a `with_…`, and what
//! contradicts itself cannot be said. A [`Request`] is any of the six; it is encoded with the
//! profile's [`Credentials`](crate::remote_auth::Credentials).
//!
//! | operation | type | made from |
//! | --- | --- | --- |
//! | sale | [`Sale`] | a [`Card`], [`StoringCard`], [`StoredCard`], [`WalletCard`] or [`NetworkTokenCard`] |
//! | verify | [`Verify`] | a [`Card`] or [`StoringCard`] |
//! | continuous | [`Continuous`] | an earlier transaction, ours or another acquirer's |
//! | void | [`Void`] | the original transaction, before settlement |
//! | refund | [`Refund`] | the original transaction, after settlement |
//! | credit | [`Credit`] | an original transaction or a card, and the digest secret |

#[macro_use]
mod purchase;
#[macro_use]
mod means;

mod body;
mod continuous;
mod credit;
mod decoded;
mod description;
mod error;
mod recurrence;
mod reference;
mod refund;
mod refusal;
mod retry;
mod sale;
mod verify;
mod void;
mod wallet;

pub use body::{Body, MaskedForm};
pub use continuous::{Continuous, Origin, SchemeOrigin};
pub use credit::{Credit, CreditTo};
pub use decoded::{DecodedRequest, UnknownParameter};
pub use description::{Description, Descriptor, MpgId};
pub use error::{ParameterError, ParameterName, RequestError, UnlistedName};
pub use means::{
    Card, CardOrToken, CardSource, NetworkToken, NetworkTokenCard, StoredCard, StoringCard, WalletCard,
};
pub use recurrence::{ContinuousExemption, Recurrence, SaleExemption};
pub use reference::{CreditReference, Reference};
pub use refund::Refund;
pub use retry::{RETRY_WINDOW, RetryError, RetryNumber};
pub use sale::{MotoMeans, Sale, SaleMeans};
pub use verify::{Verify, VerifyMeans};
pub use void::Void;
pub use wallet::WalletKind;

pub(crate) use means::Plastic;
pub(crate) use purchase::{Attempt, Purchase};

use super::ReturnFlags;
use super::parameter::{OperationKind, Parameter};

/// Any of the six operations.
///
/// ```
/// use cashflows_codec::remote_auth::request::{Card, Request, Sale};
/// use cashflows_codec::remote_auth::Credentials;
/// use cashflows_codec::value::{CardNumber, Money};
///
/// let number: CardNumber = "4000000000000002".parse()?;
/// let card = Card::new(number, "0130".parse()?, "123".parse()?);
/// let sale = Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?);
///
/// let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
/// let body = Request::from(sale).encode(&credentials);
/// assert_eq!(
///     format!("{body:?}"),
///     "Body(auth_id=1234567&auth_pass=***&card_num=400000******0002&card_cvv=***&card_expiry=0130\
///      &tran_ref=cart-1&tran_amount=24.99&tran_currency=GBP&tran_testmode=0&tran_type=sale&tran_class=ecom)",
/// );
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Charges a card.
    Sale(Sale),
    /// Checks a card without charging it.
    Verify(Verify),
    /// Charges again, by the authority of an earlier transaction.
    Continuous(Continuous),
    /// Takes a transaction back before it is settled.
    Void(Void),
    /// Gives money back after settlement.
    Refund(Refund),
    /// Pays out.
    Credit(Credit),
}

macro_rules! operations {
    ($($Operation:ident($request:ident: $flags:expr),)+) => {
        $(impl From<$Operation> for Request {
            fn from(request: $Operation) -> Self {
                Self::$Operation(request)
            }
        })+

        impl Request {
            /// Which operation it is.
            #[must_use]
            pub const fn kind(&self) -> OperationKind {
                match self { $(Self::$Operation(_) => OperationKind::$Operation,)+ }
            }

            /// Which extras the response is asked to carry.
            #[must_use]
            pub fn return_flags(&self) -> ReturnFlags {
                match self { $(Self::$Operation($request) => $flags,)+ }
            }
        }
    };
}

operations! {
    Sale(sale: sale.return_flags()),
    Verify(verify: verify.return_flags()),
    Continuous(continuous: continuous.return_flags()),
    Void(_void: ReturnFlags::none()),
    Refund(_refund: ReturnFlags::none()),
    Credit(_credit: ReturnFlags::none()),
}

word_value! {
    /// Where the cardholder is: `tran_class` of a sale or verification (section 2).
    Class = Parameter::TranClass.as_str();
    /// `ecom`: on the internet.
    Ecom = "ecom",
    /// `moto`: at the telephone, or in a letter.
    Moto = "moto",
}

word_value! {
    /// The class of the transaction that a void or refund is about (section 2: "same class as the
    /// original").
    OriginalClass = Parameter::TranClass.as_str();
    /// `ecom`: a sale or verification on the internet.
    Ecom = "ecom",
    /// `moto`: a sale or verification by mail or telephone.
    Moto = "moto",
    /// `cont`: a continuous payment.
    Continuous = "cont",
    /// `cred`: a credit.
    Credit = "cred",
}

impl From<Class> for OriginalClass {
    fn from(class: Class) -> Self {
        match class {
            Class::Ecom => Self::Ecom,
            Class::Moto => Self::Moto,
        }
    }
}
