//! What one field carries: a type for each value, checked once, when it is made.
//!
//! All text values are made the same way, by `TryFrom<&str>`, `TryFrom<String>` or `FromStr`, and
//! give their text back by `as_str`, or, where it is a secret, by `secret_str`. What a type refuses
//! is an [`InvalidValue`](crate::InvalidValue) that names the wire parameter and the rule.
//!
//! | about | values |
//! | --- | --- |
//! | the account | [`ProfileId`], [`Password`], [`Credentials`] |
//! | the card | [`CardNumber`], [`CardToken`], [`Cvv`], [`Expiry`], [`StartDate`], [`IssueNumber`], [`PaymentAccountReference`] |
//! | wallets and network tokens | [`WalletKind`], [`Cryptogram`], [`Tavv`] |
//! | money | [`Amount`], [`Currency`], [`Money`] |
//! | the customer | [`Customer`]: [`CustomerName`], [`Address`], [`Postcode`], [`Country`], [`Email`], [`Telephone`] |
//! | references and ids | [`Reference`], [`CreditReference`], [`TransactionId`], [`OriginalId`], [`Arn`], [`SchemeTransactionId`], [`AuthorisationCode`], [`MpgId`] |
//! | words | [`Description`], [`Descriptor`], [`Message`] |
//! | 3-D Secure | [`ThreeDs`], [`FullThreeDs`]: [`ThreeDsVersion1`], [`ThreeDsVersion2`], [`Eci`], [`Cavv`], [`DsTransactionId`], [`Xid`] |
//! | how often, and why | [`Recurrence`], [`SaleExemption`], [`ContinuousExemption`], [`RetryNumber`] |
//! | who receives the funds | [`Recipient`]: [`DateOfBirth`], [`RecipientSurname`], [`RecipientPostcode`], [`RecipientAccount`] |
//! | the credit digest | [`DigestSecret`], [`SecurityHash`] |

#[macro_use]
mod grammar;

mod field;
pub(crate) mod rules;

mod account;
#[cfg(feature = "batch")]
pub(crate) mod batch;
mod card;
mod customer;
mod descriptive;
mod digest;
mod identifier;
mod message;
mod money;
mod recipient;
mod recurrence;
pub(crate) mod return_flags;
mod three_ds;
mod wallet;

pub use account::{Credentials, Password, ProfileId};
pub use card::{CardNumber, CardToken, Cvv, Expiry, IssueNumber, PaymentAccountReference, StartDate};
pub use customer::{Address, Country, Customer, CustomerName, Email, Postcode, Telephone};
pub use descriptive::{Description, Descriptor};
pub use digest::{DigestSecret, SecurityHash};
pub use identifier::{
    Arn, AuthorisationCode, CreditReference, MpgId, OriginalId, Reference, SchemeTransactionId,
    TransactionId, TransactionKind, UnlistedKind,
};
pub use message::Message;
pub use money::{Amount, Currency, Money};
pub use recipient::{DateOfBirth, Recipient, RecipientAccount, RecipientPostcode, RecipientSurname};
pub use recurrence::{ContinuousExemption, Recurrence, RetryNumber, SaleExemption};
pub use three_ds::{
    Authentication, Cavv, DsTransactionId, Eci, FullThreeDs, ThreeDs, ThreeDsVersion1, ThreeDsVersion2, Xid,
};
pub use wallet::{Cryptogram, Tavv, WalletKind};

pub(crate) use customer::IpAddress;
pub(crate) use field::{Field, Rest, Separators};
pub(crate) use grammar::SpillingText;
pub(crate) use three_ds::ThreeDsVersion;
