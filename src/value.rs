//! What one field carries: a type for each value, checked once, when it is made.
//!
//! All text values are made the same way, by `TryFrom<&str>`, `TryFrom<String>` or `FromStr`, and
//! give their text back by `as_str`, or, where it is a secret, by `secret_str`. What a type refuses
//! is an [`InvalidValue`](crate::InvalidValue) that names the wire parameter and the rule.
//!
//! | module | values |
//! | --- | --- |
//! | [`account`] | [`ProfileId`], [`Password`], [`Credentials`] |
//! | [`card`] | [`CardNumber`], [`CardToken`], [`Cvv`], [`Expiry`], [`StartDate`], [`IssueNumber`], [`PaymentAccountReference`] |
//! | [`money`] | [`Amount`], [`Currency`], [`Money`] |
//! | [`customer`] | [`Customer`] and its fields, [`Country`] |
//! | [`identifier`] | [`Reference`], [`CreditReference`], [`TransactionId`], [`OriginalId`], [`Arn`], [`SchemeTransactionId`], [`AuthorisationCode`], [`MpgId`] |
//! | [`descriptive`] | [`Description`], [`Descriptor`] |
//! | [`three_ds`] | [`ThreeDs`], [`FullThreeDs`], [`ThreeDsVersion1`], [`ThreeDsVersion2`], [`Eci`], [`Cavv`], [`DsTransactionId`], [`Xid`] |
//! | [`wallet`] | [`WalletKind`], [`Cryptogram`], [`Tavv`] |
//! | [`recurrence`] | [`Recurrence`], [`SaleExemption`], [`ContinuousExemption`], [`RetryNumber`] |
//! | [`recipient`] | [`Recipient`] and its fields |
//! | [`message`] | [`Message`] |
//! | [`digest`] | [`DigestSecret`], [`SecurityHash`] |

#[macro_use]
mod grammar;
pub(crate) mod rules;

pub mod account;
pub mod card;
pub mod customer;
pub mod descriptive;
pub mod digest;
pub mod identifier;
pub mod message;
pub mod money;
pub mod recipient;
pub mod recurrence;
pub mod three_ds;
pub mod wallet;

pub use account::{Credentials, Password, ProfileId};
pub use card::{CardNumber, CardToken, Cvv, Expiry, IssueNumber, PaymentAccountReference, StartDate};
pub use customer::{Address, Country, Customer, CustomerName, Email, Postcode, Telephone};
pub use descriptive::{Description, Descriptor};
pub use digest::{DigestSecret, SecurityHash};
pub use identifier::{
    Arn, AuthorisationCode, CreditReference, MpgId, OriginalId, Reference, SchemeTransactionId,
    TransactionId, TransactionKind,
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
pub(crate) use grammar::SpillingText;
pub(crate) use three_ds::ThreeDsVersion;
