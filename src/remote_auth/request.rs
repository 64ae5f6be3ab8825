//! The six operations that a merchant asks for (section 2 of the protocol page).
//!
//! What is mandatory is an argument of the constructor, what is optional a `with_…`, and what
//! contradicts itself cannot be said. A [`Request`] is any of the six; it is encoded with the
//! profile's [`Credentials`](crate::remote_auth::Credentials).
//!
//! | operation | type | made from |
//! | --- | --- | --- |
//! | sale | [`Sale`] | a [`Card`], [`StoringCard`], [`StoredCard`], [`WalletCard`] or [`NetworkTokenCard`] |
//! | verify | [`Verify`] | a [`Card`], [`StoringCard`], [`WalletCard`] or [`NetworkTokenCard`] |
//! | continuous | [`Continuous`] | an earlier transaction, ours or another acquirer's, perhaps with a network token |
//! | void, refund | [`Reversal`] | the original transaction, before or after settlement |
//! | credit | [`Credit`] | an original transaction or a card, and the digest secret |

mod added;
mod body;
mod card;
mod card_on_file;
mod continuous;
mod credit;
mod decoded;
mod description;
mod error;
mod facts;
mod finding;
mod hint;
mod masked;
mod network_token;
mod payment;
mod recurrence;
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
pub use card::{Card, CardDetails, CardSource};
pub use card_on_file::{StoredCard, StoringCard};
pub use continuous::{
    Continuous, ContinuousTerms, FirstTransaction, NetworkTokenOrigin, Origin, SchemeOrigin,
};
pub use credit::{Credit, CreditTerms, CreditTo};
pub use decoded::{DecodedRequest, UnlistedParameter};
pub use description::{Description, Descriptor, MpgId};
pub use error::RequestError;
pub use finding::{Finding, Place};
pub use masked::MaskedForm;
pub use network_token::{NetworkToken, NetworkTokenCard};
pub use payment::Payment;
pub use recurrence::{ContinuousExemption, Exemption, Recurrence, SaleExemption};
pub use reference::{CreditReference, Reference};
pub use retry::{RETRY_WINDOW, RetryError, RetryNumber};
pub use reversal::Reversal;
pub use sale::{MotoCard, Sale, SaleCard, SaleTerms};
pub use storable::{NotStorable, StorableRequest};
pub use verify::{Verify, VerifyCard, VerifyTerms};
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
    /// Takes a transaction back before it is settled.
    Void(Reversal),
    /// Gives money back after settlement.
    Refund(Reversal),
    /// Pays out.
    Credit(Credit),
}

impl From<Sale> for Request {
    fn from(sale: Sale) -> Self {
        Self::Sale(sale)
    }
}

impl From<Verify> for Request {
    fn from(verify: Verify) -> Self {
        Self::Verify(verify)
    }
}

impl From<Continuous> for Request {
    fn from(continuous: Continuous) -> Self {
        Self::Continuous(continuous)
    }
}

impl From<Credit> for Request {
    fn from(credit: Credit) -> Self {
        Self::Credit(credit)
    }
}

impl Request {
    /// Which operation it is.
    #[must_use]
    pub const fn kind(&self) -> OperationKind {
        match self {
            Self::Sale(_) => OperationKind::Sale,
            Self::Verify(_) => OperationKind::Verify,
            Self::Continuous(_) => OperationKind::Continuous,
            Self::Void(_) => OperationKind::Void,
            Self::Refund(_) => OperationKind::Refund,
            Self::Credit(_) => OperationKind::Credit,
        }
    }

    /// Which extras the response is asked to carry.
    #[must_use]
    pub const fn return_flags(&self) -> ReturnFlags {
        match self {
            Self::Sale(sale) => sale.return_flags,
            Self::Verify(verify) => verify.return_flags,
            Self::Continuous(continuous) => continuous.return_flags,
            Self::Void(reversal) | Self::Refund(reversal) => reversal.return_flags,
            Self::Credit(credit) => credit.return_flags,
        }
    }
}

word_value! {
    /// Where the cardholder is: `tran_class` of a sale or verification (section 2).
    Class = "class";
    /// `ecom`: on the internet.
    Ecom = "ecom",
    /// `moto`: at the telephone, or in a letter.
    Moto = "moto",
}

word_value! {
    /// The class of the transaction that a void or refund is about (section 2: "same class as the
    /// original").
    OriginalClass = "class";
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
