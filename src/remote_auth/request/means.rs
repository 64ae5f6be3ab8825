//! What a cardholder pays with: five ways, each with exactly the parameters that it takes
//! (section 2, notes C1 and C4; section 5).
//!
//! | type | CVV | when |
//! | --- | --- | --- |
//! | [`Card`] | always | the cardholder gives a card, a token or a network token |
//! | [`StoringCard`] | always | the same, and the card is kept for later (card on file, first) |
//! | [`StoredCard`] | never | the cardholder pays with the card that was kept (card on file, subsequent) |
//! | [`WalletCard`] | never | Apple Pay, Google Pay, Samsung Pay and others |
//! | [`NetworkTokenCard`] | never | a network token, on the merchant's initiative |

use crate::remote_auth::request::{Recurrence, WalletKind};
use crate::value::{
    CardNumber, CardToken, Cryptogram, Cvv, Eci, Expiry, FullThreeDs, IssueNumber, PaymentAccountReference,
    StartDate, Tavv, ThreeDs,
};

/// Makes a choice of means from each of them.
macro_rules! means_from {
    ($Means:ident: $($Variant:ident($Card:ty)),+) => {
        $(impl From<$Card> for $Means {
            fn from(card: $Card) -> Self {
                Self::$Variant(card)
            }
        })+
    };
}

/// A card's number or the token that stands for it: exactly one of the two (C1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardOrToken {
    /// The card number (`card_num`).
    Number(CardNumber),
    /// The card token (`card_token`).
    Token(CardToken),
}

means_from! { CardOrToken: Number(CardNumber), Token(CardToken) }

/// The virtual number that a card scheme gives in a card's place, and the value that proves the
/// right to use it (`network_token=true`, `card_num`, `card_tavv`; section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkToken {
    number: CardNumber,
    tavv: Tavv,
}

impl NetworkToken {
    /// The virtual number and its verification value.
    #[must_use]
    pub const fn new(number: CardNumber, tavv: Tavv) -> Self {
        Self { number, tavv }
    }

    /// The virtual number (`card_num`).
    #[must_use]
    pub const fn number(&self) -> &CardNumber {
        &self.number
    }

    /// The token authentication verification value (`card_tavv`).
    #[must_use]
    pub const fn tavv(&self) -> &Tavv {
        &self.tavv
    }
}

/// What stands for the card: its number, a token, or a network token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardSource {
    /// The card number (`card_num`).
    Number(CardNumber),
    /// The gateway's token (`card_token`).
    Token(CardToken),
    /// The scheme's token (`network_token=true`).
    NetworkToken(NetworkToken),
}

means_from! { CardSource: Number(CardNumber), Token(CardToken), NetworkToken(NetworkToken) }

impl From<CardOrToken> for CardSource {
    fn from(card: CardOrToken) -> Self {
        match card {
            CardOrToken::Number(number) => Self::Number(number),
            CardOrToken::Token(token) => Self::Token(token),
        }
    }
}

/// What is embossed on a card of any kind, so to speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plastic {
    pub(crate) source: CardSource,
    pub(crate) expiry: Expiry,
    pub(crate) start: Option<StartDate>,
    pub(crate) issue: Option<IssueNumber>,
    pub(crate) account_reference: Option<PaymentAccountReference>,
}

impl Plastic {
    pub(crate) const fn new(source: CardSource, expiry: Expiry) -> Self {
        Self { source, expiry, start: None, issue: None, account_reference: None }
    }
}

/// The methods that all five ways share.
macro_rules! plastic_methods {
    ($Card:ident) => {
        impl $Card {
            /// What stands for the card.
            #[must_use]
            pub const fn source(&self) -> &CardSource {
                &self.plastic.source
            }

            /// The last valid month (`card_expiry`).
            #[must_use]
            pub const fn expiry(&self) -> Expiry {
                self.plastic.expiry
            }

            /// Sets the first valid month (`card_start`; legacy).
            #[must_use]
            pub const fn with_start(mut self, start: StartDate) -> Self {
                self.plastic.start = Some(start);
                self
            }

            /// The first valid month (`card_start`).
            #[must_use]
            pub const fn start(&self) -> Option<StartDate> {
                self.plastic.start
            }

            /// Sets the issue number (`card_issue`; legacy).
            #[must_use]
            pub fn with_issue(mut self, issue: IssueNumber) -> Self {
                self.plastic.issue = Some(issue);
                self
            }

            /// The issue number (`card_issue`).
            #[must_use]
            pub const fn issue(&self) -> Option<&IssueNumber> {
                self.plastic.issue.as_ref()
            }

            /// Sets the payment account reference (`card_payment_account_reference`).
            #[must_use]
            pub fn with_account_reference(mut self, reference: PaymentAccountReference) -> Self {
                self.plastic.account_reference = Some(reference);
                self
            }

            /// The payment account reference (`card_payment_account_reference`).
            #[must_use]
            pub const fn account_reference(&self) -> Option<&PaymentAccountReference> {
                self.plastic.account_reference.as_ref()
            }
        }
    };
    ($Card:ident with cvv) => {
        plastic_methods!($Card);

        impl $Card {
            /// The card security code (`card_cvv`).
            #[must_use]
            pub const fn cvv(&self) -> &Cvv {
                &self.cvv
            }
        }
    };
}

/// The methods of whatever may have been authenticated by 3-D Secure.
macro_rules! three_ds_methods {
    ($Type:ident) => {
        impl $Type {
            /// Adds the result of 3-D Secure (`acs_…`); an empty one adds nothing.
            #[must_use]
            pub fn with_three_ds(mut self, three_ds: ThreeDs) -> Self {
                self.three_ds = Some(three_ds).filter(|three_ds| !three_ds.is_empty());
                self
            }

            /// The result of 3-D Secure (`acs_…`).
            #[must_use]
            pub const fn three_ds(&self) -> Option<&ThreeDs> {
                self.three_ds.as_ref()
            }
        }
    };
}

/// The methods of whatever may be charged in a rhythm.
macro_rules! recurrence_methods {
    ($Type:ident) => {
        impl $Type {
            /// Says how the payments recur (`tran_recurrence`); overrides the profile's setting.
            #[must_use]
            pub const fn with_recurrence(mut self, recurrence: Recurrence) -> Self {
                self.recurrence = Some(recurrence);
                self
            }

            /// How the payments recur (`tran_recurrence`).
            #[must_use]
            pub const fn recurrence(&self) -> Option<Recurrence> {
                self.recurrence
            }
        }
    };
}

/// A card that its holder gives, with its security code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub(crate) plastic: Plastic,
    pub(crate) cvv: Cvv,
    pub(crate) three_ds: Option<ThreeDs>,
    pub(crate) recurrence: Option<Recurrence>,
}

plastic_methods!(Card with cvv);
three_ds_methods!(Card);
recurrence_methods!(Card);

impl Card {
    /// A card number, token or network token, its last valid month and its security code.
    #[must_use]
    pub fn new(source: impl Into<CardSource>, expiry: Expiry, cvv: Cvv) -> Self {
        Self { plastic: Plastic::new(source.into(), expiry), cvv, three_ds: None, recurrence: None }
    }
}

/// A card that its holder gives and lets the merchant keep: card on file, first (section 5).
///
/// It is sent with `using_stored_credentials=false`, `tran_recurrence=card`, `return_token=true`
/// and class `ecom`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoringCard {
    pub(crate) plastic: Plastic,
    pub(crate) cvv: Cvv,
    pub(crate) three_ds: FullThreeDs,
}

plastic_methods!(StoringCard with cvv);

impl StoringCard {
    /// A card, its last valid month, its security code and a complete result of 3-D Secure.
    #[must_use]
    pub fn new(source: impl Into<CardSource>, expiry: Expiry, cvv: Cvv, three_ds: FullThreeDs) -> Self {
        Self { plastic: Plastic::new(source.into(), expiry), cvv, three_ds }
    }

    /// The result of 3-D Secure (`acs_…`).
    #[must_use]
    pub const fn three_ds(&self) -> &FullThreeDs {
        &self.three_ds
    }
}

/// A card that the merchant kept, with which its holder pays again: card on file, subsequent
/// (section 5).
///
/// It is sent with `using_stored_credentials=true`, `tran_recurrence=card` and class `ecom`, and
/// without a security code: nobody may keep one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCard {
    pub(crate) plastic: Plastic,
    pub(crate) three_ds: FullThreeDs,
}

plastic_methods!(StoredCard);

impl StoredCard {
    /// A kept card, its last valid month and a complete result of 3-D Secure.
    #[must_use]
    pub fn new(source: impl Into<CardSource>, expiry: Expiry, three_ds: FullThreeDs) -> Self {
        Self { plastic: Plastic::new(source.into(), expiry), three_ds }
    }

    /// The result of 3-D Secure (`acs_…`).
    #[must_use]
    pub const fn three_ds(&self) -> &FullThreeDs {
        &self.three_ds
    }
}

/// A card in a wallet, known by the wallet's number for it (section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletCard {
    pub(crate) plastic: Plastic,
    pub(crate) kind: WalletKind,
    pub(crate) cryptogram: Cryptogram,
    pub(crate) eci: Option<Eci>,
    pub(crate) recurrence: Option<Recurrence>,
}

plastic_methods!(WalletCard);
recurrence_methods!(WalletCard);

impl WalletCard {
    /// The wallet, the number that it gives for the card (DPAN, `card_num`), that number's last
    /// valid month, and the cryptogram of this payment (`acs_cavv`).
    #[must_use]
    pub const fn new(kind: WalletKind, number: CardNumber, expiry: Expiry, cryptogram: Cryptogram) -> Self {
        let plastic = Plastic::new(CardSource::Number(number), expiry);
        Self { plastic, kind, cryptogram, eci: None, recurrence: None }
    }

    /// Sets the indicator that the wallet gives (`acs_eci`).
    #[must_use]
    pub const fn with_eci(mut self, eci: Eci) -> Self {
        self.eci = Some(eci);
        self
    }

    /// The wallet (`ewallet_type`).
    #[must_use]
    pub const fn kind(&self) -> WalletKind {
        self.kind
    }

    /// The cryptogram (`acs_cavv`).
    #[must_use]
    pub const fn cryptogram(&self) -> &Cryptogram {
        &self.cryptogram
    }

    /// The indicator that the wallet gives (`acs_eci`).
    #[must_use]
    pub const fn eci(&self) -> Option<Eci> {
        self.eci
    }
}

/// A network token that is charged on the merchant's initiative, so without a security code
/// (section 5). On the cardholder's initiative it is the source of a [`Card`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkTokenCard {
    pub(crate) plastic: Plastic,
    pub(crate) three_ds: Option<ThreeDs>,
    pub(crate) recurrence: Option<Recurrence>,
}

plastic_methods!(NetworkTokenCard);
three_ds_methods!(NetworkTokenCard);
recurrence_methods!(NetworkTokenCard);

impl NetworkTokenCard {
    /// A network token and its last valid month.
    #[must_use]
    pub const fn new(token: NetworkToken, expiry: Expiry) -> Self {
        let plastic = Plastic::new(CardSource::NetworkToken(token), expiry);
        Self { plastic, three_ds: None, recurrence: None }
    }
}
