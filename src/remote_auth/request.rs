//! The requests: six operations (section 2 of the protocol page).
//!
//! A mandatory parameter is an argument of the constructor, an optional one a field or a `with_…`. Requests
//! that contradict themselves do not compile. A [`Request`] is any of the six. It is encoded with the
//! profile's [`Credentials`](crate::remote_auth::Credentials).
//!
//! | operation | type | made from |
//! | --- | --- | --- |
//! | sale | [`Sale`] | a [`Card`], [`StoringCard`], [`StoredCard`] or [`WalletCard`] |
//! | verify | [`Verify`] | a [`Card`], [`StoringCard`] or [`WalletCard`], and a currency |
//! | continuous | [`Continuous`] | an earlier transaction of this or another acquirer, perhaps with a network token |
//! | void | [`Void`] | the original transaction, before settlement |
//! | refund | [`Refund`] | the original transaction, after settlement |
//! | credit | [`Credit`] | an original transaction or a card, and the digest secret |

mod body;
mod card;
mod card_details;
mod continuous;
mod credit;
mod decoded;
mod description;
pub(super) mod digest;
mod error;
mod facts;
mod finding;
mod masked;
mod options;
mod payment;
mod recurrence;
pub(super) mod recurring_origin;
mod reference;
mod refusal;
mod retry;
mod reversal;
mod sale;
mod storable;
mod verify;
mod wallet;

pub use crate::value::CardOrToken;
pub use body::Body;
pub use card::{Card, MotoCard, PaymentCard, StoredCard, StoringCard, VerifiableCard};
pub use card_details::{CardDetails, CardSource, NetworkToken};
pub use continuous::{
    Continuous, ContinuousTerms, FirstTransaction, IntoOrigin, NetworkTokenOrigin, Origin, SchemeOrigin,
};
pub use credit::{Credit, CreditTerms, CreditTo};
pub use decoded::{DecodedRequest, UnlistedParameter};
pub use description::{Description, Descriptor, MpgId};
pub use error::RequestError;
pub use finding::{Finding, Place};
pub use masked::MaskedForm;
pub use options::Options;
pub use payment::Payment;
pub use recurrence::{ContinuousExemption, Exemption, Recurrence, SaleExemption};
pub use reference::{CreditReference, MerchantReference};
pub use retry::{RETRY_WINDOW, RetryError, RetryNumber};
pub use reversal::{Refund, Reversal, Void};
pub use sale::{Sale, SaleTerms};
pub use storable::{NotStorable, StorableRequest};
pub use verify::{Verify, VerifyTerms};
pub use wallet::{WalletCard, WalletKind};

use super::ReturnFlags;
use super::parameter::OperationKind;

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
    /// Cancels a transaction before it is settled.
    Void(Void),
    /// Gives money back after settlement.
    Refund(Refund),
    /// Pays out to a card.
    Credit(Credit),
}

macro_rules! operations {
    ($($Operation:ident)+) => {
        $(impl From<$Operation> for Request {
            fn from(request: $Operation) -> Self {
                Self::$Operation(request)
            }
        })+

        impl Request {
            /// The operation.
            #[must_use]
            pub const fn kind(&self) -> OperationKind {
                match self { $(Self::$Operation(_) => OperationKind::$Operation,)+ }
            }

            /// The optional parameters that every operation has.
            #[must_use]
            pub const fn options(&self) -> &Options {
                match self { $(Self::$Operation(request) => &request.options,)+ }
            }

            const fn options_mut(&mut self) -> &mut Options {
                match self { $(Self::$Operation(request) => &mut request.options,)+ }
            }
        }
    };
}

operations! { Sale Verify Continuous Void Refund Credit }

impl Request {
    /// The extras that the response is asked to carry.
    #[must_use]
    pub const fn return_flags(&self) -> ReturnFlags {
        self.options().return_flags
    }
}

word_value! {
    /// The class of a sale or verification (`tran_class`, section 2).
    Class = "class";
    /// `ecom`: on the internet.
    Ecom = "ecom",
    /// `moto`: by mail or telephone.
    Moto = "moto",
}

word_value! {
    /// The class of the original of a void or refund (section 2: "same class as the original").
    OriginalClass = "class";
    /// `ecom`: a sale or verification on the internet.
    Ecom = "ecom",
    /// `moto`: a sale or verification by mail or telephone.
    Moto = "moto",
    /// `cont`: a [`Continuous`] payment.
    Cont = "cont",
    /// `cred`: a [`Credit`].
    Cred = "cred",
}

stored_as_text!(Class, OriginalClass);

impl From<Class> for OriginalClass {
    fn from(class: Class) -> Self {
        match class {
            Class::Ecom => Self::Ecom,
            Class::Moto => Self::Moto,
        }
    }
}
