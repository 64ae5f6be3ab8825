//! The parameter table: every name a payment request may carry, in wire order.
//!
//! One row is one parameter of section 2 of the protocol page: its wire name, whether its value is
//! secret, and which operations take it. Everything that needs a parameter's name asks this table.

use core::fmt;

/// Whether an operation takes a parameter: a cell of the table in section 2 of the protocol page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Mandatory.
    Mandatory,
    /// Optional.
    Optional,
    /// Other parameters of the request decide.
    Conditional,
    /// Must be absent.
    Absent,
}

/// How a parameter's value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrecy {
    /// As it is.
    Open,
    /// Only the first six and the last four digits.
    Number,
    /// Not at all.
    Hidden,
}

/// One of the six operations, as a column of the parameter table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OperationKind {
    /// `sale` with class `ecom` or `moto`.
    Sale,
    /// `verify` with class `ecom` or `moto`.
    Verify,
    /// `sale` with class `cont`.
    Continuous,
    /// `void`.
    Void,
    /// `refund`.
    Refund,
    /// `credit` with class `cred`.
    Credit,
}

impl OperationKind {
    /// The operation's name in lower case: `sale`, `verify`, `continuous`, `void`, `refund`, `credit`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Verify => "verify",
            Self::Continuous => "continuous",
            Self::Void => "void",
            Self::Refund => "refund",
            Self::Credit => "credit",
        }
    }
}

impl fmt::Display for OperationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Defines the names that parameters have on the wire, in wire order, and another name that one of
/// them is read by.
macro_rules! wire_names {
    (
        $(#[$doc:meta])*
        $Name:ident, $alias:literal for $Aliased:ident;
        $($wire:literal $Variant:ident,)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $(#[doc = concat!("`", $wire, "`")] $Variant,)+
        }

        impl $Name {
            /// Every parameter, in the order in which they are written.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $wire,)+ }
            }

            #[doc = concat!(
                "The parameter with this wire name; `", $alias, "`, which one of the vendor's tables says, ",
                "is read as [`", stringify!($Aliased), "`](Self::", stringify!($Aliased), "). Case matters.",
            )]
            #[must_use]
            pub fn from_wire(name: &str) -> Option<Self> {
                match name {
                    $($wire => Some(Self::$Variant),)+
                    $alias => Some(Self::$Aliased),
                    _ => None,
                }
            }
        }

        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

macro_rules! parameters {
    ($($wire:literal $Variant:ident $secrecy:ident
       $sale:ident $verify:ident $cont:ident $void:ident $refund:ident $credit:ident;)+) => {
        wire_names! {
            /// A parameter of a payment request (section 2 of the protocol page).
            ///
            /// ```
            /// use cashflows_codec::remote_auth::Parameter;
            ///
            /// assert_eq!(Parameter::CardExpiry.as_str(), "card_expiry");
            /// assert_eq!(Parameter::from_wire("trans_desc"), Some(Parameter::TranDesc));
            /// ```
            Parameter, "trans_desc" for TranDesc;
            $($wire $Variant,)+
        }

        impl Parameter {
            pub(crate) const fn secrecy(self) -> Secrecy {
                match self { $(Self::$Variant => Secrecy::$secrecy,)+ }
            }

            /// Whether a request of this kind takes the parameter.
            #[must_use]
            pub const fn presence(self, operation: OperationKind) -> Presence {
                use Presence::{Absent as X, Conditional as C, Mandatory as M, Optional as O};
                let [sale, verify, cont, void, refund, credit] = match self {
                    $(Self::$Variant => [
                        $sale, $verify, $cont, $void, $refund, $credit,
                    ],)+
                };
                match operation {
                    OperationKind::Sale => sale,
                    OperationKind::Verify => verify,
                    OperationKind::Continuous => cont,
                    OperationKind::Void => void,
                    OperationKind::Refund => refund,
                    OperationKind::Credit => credit,
                }
            }
        }
    };
}

parameters! {
    // wire name                        variant                       shown   sale verify cont void refund credit
    "auth_id"                           AuthId                        Open    M M M M M M;
    "auth_pass"                         AuthPass                      Hidden  M M M M M M;
    "card_num"                          CardNum                       Number  C C C X X C;
    "card_token"                        CardToken                     Hidden  C C C X X C;
    "card_cvv"                          CardCvv                       Hidden  C M X X X X;
    "card_expiry"                       CardExpiry                    Open    M M C X X X;
    "card_start"                        CardStart                     Open    O O X X X X;
    "card_issue"                        CardIssue                     Open    O O X X X X;
    "cust_name"                         CustName                      Open    O O O X X X;
    "cust_address"                      CustAddress                   Open    O O O X X X;
    "cust_postcode"                     CustPostcode                  Open    O O O X X X;
    "cust_country"                      CustCountry                   Open    O O O X X X;
    "cust_ip"                           CustIp                        Open    O O O X X X;
    "cust_email"                        CustEmail                     Open    O O O X X X;
    "cust_tel"                          CustTel                       Open    O O O X X X;
    "ewallet"                           Ewallet                       Open    O X X X X X;
    "ewallet_type"                      EwalletType                   Open    C X X X X X;
    "tran_ref"                          TranRef                       Open    M M M X X M;
    "tran_desc"                         TranDesc                      Open    O O O X X X;
    "tran_amount"                       TranAmount                    Open    M O M M M M;
    "tran_currency"                     TranCurrency                  Open    M M M M M M;
    "tran_testmode"                     TranTestmode                  Open    M M M M M M;
    "tran_type"                         TranType                      Open    M M M M M M;
    "tran_class"                        TranClass                     Open    M M M M M M;
    "tran_orig_id"                      TranOrigId                    Open    X X C M M C;
    "scheme_transaction_id"             SchemeTransactionId           Open    X X C X X X;
    "tran_recurrence"                   TranRecurrence                Open    O O O X X X;
    "using_stored_credentials"          UsingStoredCredentials        Open    O O X X X X;
    "SCA_exemption_indicator"           ScaExemptionIndicator         Open    O X O X X X;
    "network_token"                     NetworkToken                  Open    O O X X X X;
    "card_tavv"                         CardTavv                      Hidden  C C X X X X;
    "card_payment_account_reference"    CardPaymentAccountReference   Open    O O X X X X;
    "acs_3dsversion"                    Acs3dsversion                 Open    O O O X X X;
    "acs_eci"                           AcsEci                        Open    O O O X X X;
    "acs_cavv"                          AcsCavv                       Hidden  O O O X X X;
    "acs_dstransid"                     AcsDstransid                  Open    C C C X X X;
    "acs_xid"                           AcsXid                        Open    O O O X X X;
    "gateway_id_mc"                     GatewayIdMc                   Open    O O O X X X;
    "primary_recipient_dob"             PrimaryRecipientDob           Open    O O O X X X;
    "primary_recipient_surname"         PrimaryRecipientSurname       Open    O O O X X X;
    "primary_recipient_postcode"        PrimaryRecipientPostcode      Open    O O O X X X;
    "primary_recipient_account_number"  PrimaryRecipientAccountNumber Open    O O O X X X;
    "retry_number"                      RetryNumber                   Open    O O O O O X;
    "descriptor"                        Descriptor                    Open    O O O O O X;
    "return_token"                      ReturnToken                   Open    O O X X X X;
    "return_acq_ref"                    ReturnAcqRef                  Open    O O O X X X;
    "return_scheme_transaction_id"      ReturnSchemeTransactionId     Open    O O O X X X;
    "security_hash"                     SecurityHash                  Open    X X X X X M;
    "submit"                            Submit                        Open    O O O O O O;
}
