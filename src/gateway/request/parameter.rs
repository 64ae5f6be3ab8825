//! The parameters of a job: one table (section 4).
//!
//! A row is the name on the wire, the field, the type of the value, how the value may be shown, and how each
//! kind of job takes it. From the rows come the list of names, how parameters are read, and how they are
//! written: [`ReadParameters`] and [`WrittenParameters`] have a field for each row, and whoever makes or takes
//! apart one of them has to name them all.

mod given;

pub(super) use given::Parameters;

use super::leaf::{ExpiryMonth, ExpiryYear};
use super::object::{Leaf, Weight};
use super::{Faults, FreeText, JobEci, JobWalletKind, Mcc, MemberProblem, PrivateText, RecipientDetails};
use crate::gateway::Url;
use crate::media::json::{Members, Sink, Value};
use crate::value::{
    CardNumber, CardToken, Cryptogram, CustomerName, Cvv, DsTransactionId, ThreeDsVersion2, Xid,
};

/// A kind of request with parameters, as a column of the table. The first of several payments is of the column
/// of the means by which it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    HostedPage,
    Card,
    Moto,
    External,
    Wallet,
    Stored,
    Child,
    Credit,
    /// The card of a tokenisation has the names of parameters as well.
    Tokenisation,
}

impl Column {
    /// Returns the name in errors.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::HostedPage => "hosted_page",
            Self::Card => "card",
            Self::Moto => "moto",
            Self::External => "external_3ds",
            Self::Wallet => "wallet",
            Self::Stored => "stored_credentials",
            Self::Child => "recurring_child",
            Self::Credit => "credit",
            Self::Tokenisation => "tokenisation",
        }
    }
}

/// How a kind of request takes a parameter: a cell of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    /// It is mandatory.
    Mandatory,
    /// It is optional; malformed it is an error.
    Optional,
    /// It is optional; malformed it is a finding.
    Minor,
    /// Other parameters decide if it is mandatory.
    Conditional,
    /// It is not used: it is reported, and not checked.
    Ignored,
    /// It must be absent, since it contradicts the kind (GW-197, GW-201).
    Excluded,
}

/// A value of a parameter.
pub(super) trait ParameterValue: Sized {
    /// The value to be written.
    type Written<'a>: Copy
    where
        Self: 'a;

    /// Reads the value of a parameter.
    fn read(
        parameters: &Parameters<'_>,
        parameter: Parameter,
        value: Value<'_>,
        weight: Weight,
        faults: &mut Faults,
    ) -> Option<Self>;

    /// Writes the parameter.
    fn write<S: Sink>(written: Self::Written<'_>, parameters: &mut Members<'_, S>, name: &'static str);
}

impl<T: Leaf> ParameterValue for T {
    type Written<'a>
        = &'a T
    where
        T: 'a;

    fn read(
        parameters: &Parameters<'_>,
        parameter: Parameter,
        value: Value<'_>,
        weight: Weight,
        faults: &mut Faults,
    ) -> Option<Self> {
        let read = T::parse_noting(faults, value, |faults, doubt| {
            parameters.malformed(parameter, Weight::Minor, &doubt, faults);
        });
        read.map_err(|error| parameters.malformed(parameter, weight, &error, faults)).ok()
    }

    #[inline]
    fn write<S: Sink>(written: &T, parameters: &mut Members<'_, S>, name: &'static str) {
        Leaf::write(written, parameters, name);
    }
}

/// The value of 3-D Secure, which has one name for a cardholder authentication verification value and for the
/// cryptogram of a wallet. The latter has the wider form.
pub(super) struct CavvOrCryptogram(pub(super) Cryptogram);

impl ParameterValue for CavvOrCryptogram {
    type Written<'a> = &'a str;

    fn read(
        parameters: &Parameters<'_>,
        parameter: Parameter,
        value: Value<'_>,
        weight: Weight,
        faults: &mut Faults,
    ) -> Option<Self> {
        Cryptogram::read(parameters, parameter, value, weight, faults).map(Self)
    }

    fn write<S: Sink>(written: &str, parameters: &mut Members<'_, S>, name: &'static str) {
        parameters.text(name, written);
    }
}

macro_rules! parameters {
    ($($Name:ident $field:ident $Type:ident $secrecy:ident
       $page:ident $card:ident $moto:ident $external:ident $wallet:ident $stored:ident $child:ident $credit:ident
       $tokenisation:ident;)+) => {
        /// A parameter of a job that has a type of its own here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(in crate::gateway) enum Parameter {
            $($Name,)+
        }

        impl Parameter {
            /// Every parameter, in the order in which they are written.
            pub(in crate::gateway) const ALL: &'static [Self] = &[$(Self::$Name),+];

            /// The name on the wire.
            pub(in crate::gateway) const fn as_str(self) -> &'static str {
                match self { $(Self::$Name => stringify!($Name),)+ }
            }

            /// Returns the cell of a kind of request.
            pub(super) const fn presence(self, column: Column) -> Presence {
                use Presence::{
                    Conditional as C, Excluded as X, Ignored as I, Mandatory as M, Minor as F, Optional as O,
                };
                let [page, card, moto, external, wallet, stored, child, credit, tokenisation] = match self {
                    $(Self::$Name => [
                        $page, $card, $moto, $external, $wallet, $stored, $child, $credit, $tokenisation,
                    ],)+
                };
                match column {
                    Column::HostedPage => page,
                    Column::Card => card,
                    Column::Moto => moto,
                    Column::External => external,
                    Column::Wallet => wallet,
                    Column::Stored => stored,
                    Column::Child => child,
                    Column::Credit => credit,
                    Column::Tokenisation => tokenisation,
                }
            }

            /// How the value may be shown.
            #[cfg(test)]
            pub(super) const fn secrecy(self) -> crate::value::Secrecy {
                match self { $(Self::$Name => crate::value::Secrecy::$secrecy,)+ }
            }
        }

        /// The parameters of a request, read.
        pub(super) struct ReadParameters {
            $(pub(super) $field: Option<$Type>,)+
        }

        impl ReadParameters {
            /// Reads each parameter as its cell says, and reports those that are not used.
            pub(super) fn read(parameters: &Parameters<'_>, column: Column, faults: &mut Faults) -> Self {
                Self { $($field: parameters.read_one(Parameter::$Name, column, faults),)+ }
            }
        }

        /// The parameters of a job, to be written.
        pub(super) struct WrittenParameters<'a> {
            $(pub(super) $field: Option<<$Type as ParameterValue>::Written<'a>>,)+
        }

        impl WrittenParameters<'_> {
            /// Tells if there are none.
            pub(super) const fn is_empty(&self) -> bool {
                true $(&& self.$field.is_none())+
            }

            /// Writes those that are there.
            pub(super) fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
                $(if let Some(value) = self.$field {
                    <$Type as ParameterValue>::write(value, parameters, stringify!($Name));
                })+
            }
        }
    };
}

// M mandatory, O optional, F optional and a finding if malformed, C conditional, I ignored, X excluded; for
// a hosted page, card, MOTO, external 3-D Secure, wallet, stored card, child, credit and tokenisation.
parameters! {
    CardNumber                        card_number                CardNumber        Number     I C C C M C X C M;
    Token                             token                      CardToken         Hidden     I C C C X C X C I;
    CardCvc                           cvv                        Cvv               Hidden     I M C M I I I O M;
    CardExpiryMonth                   expiry_month               ExpiryMonth       Open       I C C C M C I C M;
    CardExpiryYear                    expiry_year                ExpiryYear        Open       I C C C M C I C M;
    CardHolderName                    holder                     CustomerName      Name       I O O O O O I O O;
    ThreeDSecureVersion               three_ds_version           ThreeDsVersion2   Open       I I I M O M I I I;
    ThreeDSecureCavv                  three_ds_cavv              CavvOrCryptogram  Hidden     I I I M M M I I I;
    ThreeDSecureEci                   three_ds_eci               JobEci            Open       I I I M O M I I I;
    ThreeDSecureDSTransId             ds_transaction_id          DsTransactionId   Open       I I I M O M I I I;
    ThreeDSecureXid                   xid                        Xid               Open       I I I F F F I I I;
    EwalletType                       wallet                     JobWalletKind     Open       I I I I M I I I I;
    ApplePayTransactionIdentifier     apple_pay_transaction_id   FreeText          Open       I I I I O I I I I;
    PaymentPageReference              page_reference             FreeText          Open       O I I I I I I I I;
    AllowedParentFrameDomains         parent_frame_domains       FreeText          Open       O I I I I I I I I;
    Mcc                               mcc                        Mcc               Open       O O O O O O O O I;
    RecipientDetails                  recipient                  RecipientDetails  Hidden     O O O O O O O O I;
    ReturnUrlSuccess                  return_url_success         Url               Open       O O O O O O O O I;
    ReturnUrlFailed                   return_url_failed          Url               Open       O O O O O O O O I;
    ReturnUrlCancelled                return_url_cancelled       Url               Open       O O O O O O O O I;
    WebhookUrl                        webhook_url                Url               Open       O O O O O O O O I;
    Descriptor                        descriptor                 FreeText          Open       F F F F F F F F I;
    SimulatedStatus                   simulated_status           FreeText          Open       O O O O O O O O I;
    OriginatingIpAddress              ip_address                 PrivateText       IpAddress  F F F F F F F F I;
    OriginHeader                      origin                     FreeText          Open       F F F F F F F F I;
    UserAgent                         user_agent                 PrivateText       Address    F F F F F F F F I;
    BrowserLanguage                   browser_language           FreeText          Open       F F F F F F F F I;
    BrowserTimeZoneOffset             browser_time_zone_offset   FreeText          Open       F F F F F F F F I;
    BrowserJavaEnabled                java_enabled               bool              Open       F F F F F F F F I;
    BrowserJavaScriptEnabled          javascript_enabled         bool              Open       F F F F F F F F I;
    BrowserScreenHeight               screen_height              FreeText          Open       F F F F F F F F I;
    BrowserScreenWidth                screen_width               FreeText          Open       F F F F F F F F I;
    BrowserScreenColorDepth           color_depth                FreeText          Open       F F F F F F F F I;
    ThreeDSecureChallengeAcceptHeader accept_header              FreeText          Open       F F F F F F F F I;
    ThreeDSecureV2ChallengeWindowSize challenge_window_size      FreeText          Open       F F F F F F F F I;
}

impl Parameter {
    /// The parameter of this name, without regard to the case of ASCII letters.
    pub(in crate::gateway) fn in_any_case(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|parameter| parameter.as_str().eq_ignore_ascii_case(name))
    }
}

impl Parameters<'_> {
    fn read_one<T: ParameterValue>(
        &self,
        parameter: Parameter,
        column: Column,
        faults: &mut Faults,
    ) -> Option<T> {
        let presence = parameter.presence(column);
        let Some(value) = self.get(parameter) else {
            if presence == Presence::Mandatory {
                self.missing(parameter, faults);
            }
            return None;
        };
        let weight = match presence {
            Presence::Mandatory | Presence::Optional | Presence::Conditional => Weight::Decides,
            Presence::Minor => Weight::Minor,
            Presence::Ignored => {
                self.ignore(parameter, faults);
                return None;
            }
            Presence::Excluded => {
                self.fault(parameter, MemberProblem::NotFor(column.as_str()), faults);
                return None;
            }
        };
        T::read(self, parameter, value, weight, faults)
    }
}

#[cfg(test)]
mod tests;
