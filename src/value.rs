//! Values of messages, of whatever protocol: a type for each value, checked once, when it is
//! made.
//!
//! All text values are made the same way, by `TryFrom<&str>`, `TryFrom<String>` or `FromStr`, and
//! give their text back by `as_str`, or, where it is a secret, by `secret_str`. What a type refuses
//! is an [`InvalidValue`](crate::InvalidValue) that names the value and the rule. Secrets and what is
//! personal are wiped when they are dropped and masked when they are printed: [`Secrecy`] has the rules.
//!
//! | about | values |
//! | --- | --- |
//! | the card | [`CardNumber`], [`TruncatedCardNumber`], [`CardToken`], [`CardOrToken`], [`Cvv`], [`Expiry`], [`StartDate`], [`IssueNumber`], [`PaymentAccountReference`] |
//! | wallets and network tokens | [`Cryptogram`], [`Tavv`] |
//! | money | [`Amount`], [`Currency`], [`Money`] |
//! | the customer | [`Customer`]: [`CustomerName`], [`Address`], [`Postcode`], [`Country`], [`IpAddress`], [`Email`], [`Telephone`] |
//! | who receives the funds | [`Recipient`]: [`DateOfBirth`], [`RecipientSurname`], [`RecipientPostcode`], [`RecipientAccount`] |
//! | 3-D Secure | [`ThreeDs`], [`FullThreeDs`]: [`ThreeDsVersion1`], [`ThreeDsVersion2`], [`Eci`], [`Cavv`], [`DsTransactionId`], [`Xid`] |
//! | a transaction | [`TransactionId`], [`OriginalId`], [`Arn`], [`SchemeTransactionId`], [`AuthorisationCode`] |
//! | what became of it | [`Status`], [`ResponseCode`]: [`Family`], [`Reason`]; [`Checks`]: [`CvvCheck`], [`AddressCheck`] |

#[macro_use]
pub(crate) mod stored;
#[macro_use]
pub(crate) mod text;
#[macro_use]
pub(crate) mod open;

#[cfg(any(feature = "gateway", feature = "hosted-page"))]
mod free_text;
pub(crate) mod rules;

pub(crate) mod calendar;
mod card;
mod checks;
mod code;
mod currency;
mod customer;
mod family;
mod masked_text;
mod money;
mod reason;
mod recipient;
mod secrecy;
mod status;
mod three_ds;
mod transaction;
mod truncated;
#[cfg(any(feature = "gateway", feature = "hosted-page"))]
mod url;

pub use card::{
    CardNumber, CardOrToken, CardToken, Cryptogram, Cvv, Expiry, IssueNumber, PaymentAccountReference,
    StartDate, Tavv,
};
pub use checks::{AddressCheck, Checks, CvvCheck};
pub use code::ResponseCode;
pub use currency::Currency;
pub use customer::{Address, Country, Customer, CustomerName, Email, IpAddress, Postcode, Telephone};
pub use family::Family;
#[cfg(any(feature = "gateway", feature = "hosted-page"))]
pub use free_text::{FreeText, PrivateText};
pub use masked_text::MaskedText;
pub(crate) use masked_text::printable;
pub use money::{Amount, Money, MoneyError};
pub use open::{OpenList, Unlisted};
pub use reason::Reason;
pub use recipient::{DateOfBirth, Recipient, RecipientAccount, RecipientPostcode, RecipientSurname};
pub use secrecy::Secrecy;
pub use status::Status;
pub use three_ds::{
    Authentication, Cavv, DsTransactionId, Eci, FullThreeDs, ThreeDs, ThreeDsVersion1, ThreeDsVersion2, Xid,
};
pub use transaction::{
    Arn, AuthorisationCode, OriginalId, SchemeTransactionId, TransactionId, TransactionKind,
};
pub use truncated::TruncatedCardNumber;
#[cfg(feature = "hosted-page")]
pub(crate) use url::is_absolute as is_absolute_url;
#[cfg(any(feature = "gateway", feature = "hosted-page"))]
pub use url::{MaskedUrl, Url};

pub(crate) use secrecy::Masked;
pub(crate) use text::SpillingText;
pub(crate) use three_ds::{ThreeDsVersion, id_goes_with, wrong_length};
