//! The acquirer as a pure function, to test against (feature `simulator`).
//!
//! An [`Acquirer`] takes the time and the bytes of a request and gives the bytes of the answer. It
//! has no clock and no socket, draws no random number, and does the same for the same requests,
//! always. What went on can be read in its [`Ledger`]; what is to go wrong is written in its script.
//!
//! It has several front doors, and one ledger behind them: what is done at one is seen at the others.
//!
//! | front door | by |
//! | --- | --- |
//! | Remote Auth, payments and batch release | [`Acquirer::handle`], here |
//! | the Gateway: calls, payment pages, notifications | [`Acquirer::call`] and others, in [`gateway`] |
//!
//! The other provider's hosted page has nothing to do with them: it is in [`hosted_page`].
//!
//! # A timeout, then a retry
//!
//! Was the card charged, and how often?
//!
//! ```
//! # use std::time::{Duration, SystemTime};
//! # use cashflows_codec::remote_auth::request::{Card, Request, Sale};
//! # use cashflows_codec::simulator::{Acquirer, Effect, Profile, Symptom, When};
//! # use cashflows_codec::remote_auth::Credentials;
//! # use cashflows_codec::value::{CardNumber, Money};
//! # use cashflows_codec::remote_auth::Outcome;
//! # let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
//! # let number: CardNumber = "4000000000000002".parse()?;
//! # let card = Card::new(number, "1130".parse()?, "123".parse()?);
//! # let sale = Request::from(Sale::ecom(card, Money::gbp(24_99), "cart-1".parse()?));
//! # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
//! let mut acquirer = Acquirer::new(Profile::new(credentials));
//! acquirer.script(When::any().on_call(1), Effect::LoseAnswer(Symptom::Silence));
//!
//! let first = acquirer.send(now, &sale);
//! assert_eq!(Outcome::of(&first), Outcome::Unknown);
//!
//! let later = now + Duration::from_secs(30);
//! let second = acquirer.send(later, &sale.retry(now, later)?);
//! assert_eq!(Outcome::of(&second), Outcome::Authorised);
//! assert_eq!(acquirer.ledger().charges("cart-1").count(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it does
//!
//! Where the pages say what the acquirer does, so does this one; `rules/` in the source has a file
//! for each operation, and every rule there names its code. Where they are silent, this is ours:
//!
//! | about | what we chose |
//! | --- | --- |
//! | which endpoint | the caller says, by the [`Endpoint`]: any body gets an answer of its endpoint's kind. At the payment endpoint, what is not sent as a form is V226 |
//! | internal digit | 2 for what the acquirer finds, as in `V226`; 1 for what the issuer decides, as in `D102` |
//! | several errors | the first one that [`Request::decode`](crate::remote_auth::Request::decode) reports decides; V226 where it has no code of its own |
//! | `tran_testmode=1` | D207, live/test mismatch |
//! | ids | `01`, for verifications `05`, then the documented letter (a credit has `C`), and a number that counts up; `99E` and a number for what makes no transaction: V and S codes, and D207 |
//! | order of rules | profile, card, recurrence, 3-D Secure, stored card, issuer |
//! | amount of 0.00 | V213 for everything but a verification |
//! | fractions of a currency that has none | V213: 10.50 JPY; that a third decimal is cut off cannot be seen |
//! | card numbers | any that passes the Luhn check; brand and CVV are known of the test cards only |
//! | card tokens | those that this acquirer gave out; others are V206 |
//! | expiry | V239 when over, V202 when more than ten years away |
//! | wrong CVV | D101 with check digit 4; address and postcode match if they are sent |
//! | cardholder names | section 8: challenges are D149, unless the request has full 3-D Secure; failures D101; technical ones S107. Blank is a name of spaces: an absent name is none |
//! | 3-D Secure | asked of sales on the internet if the profile [insists](Profile::requiring_three_ds) (V259) and no exemption is claimed; always, for cards on file; an indicator of another scheme is V253 |
//! | recurrence | V261 for `card` without a card on file, and for exemptions that do not fit |
//! | stored cards | V262 if the card was never stored here, V263 if that was refused, V264 if it expired |
//! | continuous | the origin's CVV check not a full match: V227; it was voided: D140; a scheme id without a card: V221 |
//! | the end of the day | midnight UTC of the caller's time settles everything that is not on hold |
//! | void | of charges and credits, for their amount (V224), before settlement (V241), not after a refund (V234) |
//! | refund | of charges; before settlement of the whole amount only (V224), after it up to what is left (V222) |
//! | holds | are voided and refunded like what is not settled, and a refund ends them; of which a part was captured, neither (V241, V224); after seven days `C202`. What was refunded is not put on hold |
//! | credits | a wrong digest is V226; without a secret, or for another category, V201 |
//! | retries | a retry number above 0 within five minutes of the first attempt; it must say the same amount and currency (V224, V220) and name the same card, by its number or its token (V219) |
//! | repeated references | within five minutes, without a retry number, after an authorisation: V233; after a refusal it is processed |
//! | late retries | after five minutes nothing is remembered: a repeated reference **charges again**, which is why [`Request::retry`](crate::remote_auth::Request::retry) refuses to make one |
//! | voids and refunds | have no reference: operation, original and amount tell a retry, so that of two equal refunds within five minutes a retry gets the later one's answer |
//! | batches | pending for one minute, processing for four; each row is decided at the upload |
//! | extras | ARN, token, scheme id, in this order, whatever was asked |
//!
//! # What it costs
//!
//! No request looks at all transactions, cards or retries: an id is the place of its transaction,
//! references and cards are found in an index, sums are kept, and old requests are forgotten two at a
//! time. What is due some time stands in an agenda in its order. A request takes the same number of
//! instructions among any number of transactions, and a call among any number of jobs; the time
//! grows by what the processor's cache no longer holds (`cargo bench --bench simulator` prints the
//! curve). A list or table that is full is doubled, for which one request in as many pays.
//!
//! A transaction takes 0.7 KB where the lists are full, and up to 1.3 KB where they were just
//! doubled: the entry and its reference, the request while it can be retried, and a card for every
//! second one. A job of the gateway that was paid takes 3.5 KB, and up to 4.7 KB: what was asked for, its
//! payment, that payment's transaction, and a notification.
//!
//! # What it does not do
//!
//! It does not do fraud checks, limits of attempts, start dates and issue numbers, MPG ids, or more
//! than one profile.

mod agenda;
mod card;
mod date;
mod delivery;
mod entry;
mod facts;
pub mod gateway;
pub mod hosted_page;
#[cfg(feature = "http")]
mod http;
mod index;
mod ledger;
mod numbers;
mod profile;
mod remote_auth;
mod retries;
mod rules;
mod script;
mod seal;
mod subject;
mod transaction;
mod vault;

pub use delivery::{Delivery, Payload};
pub use entry::{Entry, State};
pub use ledger::Ledger;
pub use profile::Profile;
pub use remote_auth::{BatchEffect, BatchSymptom, BatchWhen, Endpoint};
pub use script::{Effect, Symptom, When};

use thiserror::Error;

use agenda::Agenda;
use gateway::Gateway;
use numbers::Counters;
use remote_auth::Batch;
use retries::Retries;
use script::Script;
use vault::Vault;

/// The acquirer, with one merchant's profile.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use cashflows_codec::remote_auth::Credentials;
/// use cashflows_codec::simulator::{Acquirer, Delivery, Endpoint, Profile};
///
/// let credentials = Credentials::new("1234567".parse()?, "secret".parse()?);
/// let mut acquirer = Acquirer::new(Profile::new(credentials));
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
/// let body = b"auth_id=1234567&auth_pass=secret&card_num=4000000000000002&card_cvv=123&card_expiry=1130\
///     &tran_ref=cart-1&tran_amount=24.99&tran_currency=GBP&tran_testmode=0&tran_type=sale&tran_class=ecom";
/// let form = "application/x-www-form-urlencoded";
/// let delivery = acquirer.handle(now, Endpoint::Payment, form, body);
/// let Delivery::Payload(payload) = delivery else { panic!("silence is only where the script says so") };
/// assert_eq!(payload.body(), "A|01S00000001|200|000001|Authorised");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug)]
pub struct Acquirer {
    profile: Profile,
    script: Script<When, Effect>,
    ledger: Ledger,
    retries: Retries,
    vault: Vault,
    counters: Counters,
    batches: Vec<Batch>,
    batch_script: Script<BatchWhen, BatchEffect>,
    gateway: Gateway,
    agenda: Agenda,
}

/// A transaction cannot be put on hold: there is none with this id, or none that waits to be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no transaction of this id waits to be settled")]
pub struct NotHeld;

impl Acquirer {
    /// An acquirer that has not seen anything yet.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self {
            profile,
            script: Script::default(),
            ledger: Ledger::default(),
            retries: Retries::default(),
            vault: Vault::default(),
            counters: Counters::default(),
            batches: Vec::new(),
            batch_script: Script::default(),
            gateway: Gateway::default(),
            agenda: Agenda::default(),
        }
    }

    /// Adds a rule to the script: what happens to payment requests that fit. The first rule that
    /// fits decides; a request that cannot be read or has wrong credentials fits none.
    pub fn script(&mut self, when: When, effect: Effect) {
        self.script.add(when, effect);
    }

    /// Everything that the acquirer has done.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }
}
