//! The parameter table: the parameters of a payment request, in wire order.
//!
//! A row is a parameter of section 2 of the protocol page: its wire name, the type of its value, its
//! secrecy, and its presence in each operation. Code that needs the names, or a field for each value,
//! passes the table to a macro of its own.

mod rule;

pub use rule::{ParameterError, ParameterRule};

/// The presence of a parameter in an operation: a cell of the table in section 2 of the protocol page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Mandatory.
    Mandatory,
    /// Optional.
    Optional,
    /// Other parameters of the request decide.
    Conditional,
    /// Not used. Its value is not read, and
    /// [`DecodedRequest::ignored`](crate::remote_auth::request::DecodedRequest::ignored) lists it.
    Ignored,
    /// Must be absent: a security code in a continuous payment (RA-167), since a code must not be stored.
    Absent,
}

word_value! {
    /// One of the six operations, as a column of the parameter table.
    OperationKind = "operation";
    /// `sale` with class `ecom` or `moto`.
    Sale = "sale",
    /// `verify` with class `ecom` or `moto`.
    Verify = "verify",
    /// `sale` with class `cont`.
    Continuous = "continuous",
    /// `void`.
    Void = "void",
    /// `refund`.
    Refund = "refund",
    /// `credit` with class `cred`.
    Credit = "credit",
}

stored_as_text!(OperationKind);

/// Hands the table to `$then!`: rows of
/// `wire name, variant, type of the value, secrecy, sale verify continuous void refund credit;`.
///
/// The compiler names a row whose value the reader (`wire/form`) does not use. An attribute marks the row
/// whose value no request has.
macro_rules! parameter_table {
    ($then:ident) => {
        $then! {
        auth_id                  AuthId                  ProfileId           Open        M M M M M M;
        auth_pass                AuthPass                Password            Hidden      M M M M M M;
        card_num                 CardNum                 CardNumber          Number      C C C I I C;
        card_token               CardToken               CardToken           Hidden      C C C I I C;
        card_cvv                 CardCvv                 Cvv                 Hidden      C C X I I I;
        card_expiry              CardExpiry              Expiry              Open        M M C I I O;
        card_start               CardStart               StartDate           Open        O O I I I I;
        card_issue               CardIssue               IssueNumber         Open        O O I I I I;
        cust_name                CustName                CustomerName        Name        O O O I I O;
        cust_address             CustAddress             Address             Address     O O O I I O;
        cust_postcode            CustPostcode            Postcode            Postcode    O O O I I O;
        cust_country             CustCountry             Country             Open        O O O I I O;
        cust_ip                  CustIp                  IpAddress           IpAddress   O O O I I O;
        cust_email               CustEmail               Email               Email       O O O I I O;
        cust_tel                 CustTel                 Telephone           Telephone   O O O I I O;
        ewallet                  Ewallet                 Flag                Open        O O I I I I;
        ewallet_type             EwalletType             WalletKind          Open        C C I I I I;
        tran_ref                 TranRef                 MerchantReference   Open        M M M O O M;
        tran_desc                TranDesc                Description         Open        O O O I I O;
        tran_amount              TranAmount              Amount              Open        M O M M M M;
        tran_currency            TranCurrency            Currency            Open        M M M M M M;
        tran_testmode            TranTestmode            TestMode            Open        M M M M M M;
        tran_type                TranType                TransactionType     Open        M M M M M M;
        tran_class               TranClass               TransactionClass    Open        M M M M M M;
        tran_orig_id             TranOrigId              OriginalId          Open        I I C M M C;
        scheme_transaction_id    SchemeTransactionId     SchemeTransactionId Open        I I C I I I;
        tran_recurrence          TranRecurrence          Recurrence          Open        O O O I I I;
        using_stored_credentials UsingStoredCredentials  Flag                Open        O O I I I I;
        SCA_exemption_indicator  ScaExemptionIndicator   Exemption           Open        O O O I I I;
        network_token            NetworkToken            Flag                Open        O O O I I I;
        card_tavv                CardTavv                Tavv                Hidden      C C C I I I;
        card_payment_account_reference CardPaymentAccountReference PaymentAccountReference Open O O C I I I;
        acs_3dsversion           Acs3dsversion           ThreeDsVersion      Open        O O O I I I;
        acs_eci                  AcsEci                  Eci                 Open        C C C I I I;
        acs_cavv                 AcsCavv                 Cryptogram          Hidden      C C C I I I;
        acs_dstransid            AcsDstransid            DsTransactionId     Open        C C C I I I;
        acs_xid                  AcsXid                  Xid                 Open        O O O I I I;
        gateway_id_mc            GatewayIdMc             MpgId               Open        O O O O O O;
        primary_recipient_dob    PrimaryRecipientDob     DateOfBirth         DateOfBirth O O O I I O;
        primary_recipient_surname PrimaryRecipientSurname RecipientSurname   Name        O O O I I O;
        primary_recipient_postcode PrimaryRecipientPostcode RecipientPostcode Postcode   O O O I I O;
        primary_recipient_account_number PrimaryRecipientAccountNumber RecipientAccount Account O O O I I O;
        retry_number             RetryNumber             RetryNumber         Open        O O O O O O;
        descriptor               Descriptor              Descriptor          Open        O O O O O O;
        return_token             ReturnToken             Flag                Open        O O O I I I;
        return_acq_ref           ReturnAcqRef            AnyText             Open        O O O O O O;
        return_scheme_transaction_id ReturnSchemeTransactionId Flag          Open        O O O I I I;
        security_hash            SecurityHash            SecurityHash        Open        I I I I I M;
        // The button of a web form. It is read, and no request has it.
        #[expect(dead_code, reason = "no request has it")]
        submit                   Submit                  AnyText             Open        O O O O O O;
        }
    };
}
pub(crate) use parameter_table;

/// Defines a list of parameters with their names, in wire order, and with the other names that the pages
/// have for some of them.
macro_rules! wire_names {
    (
        $(#[$doc:meta])*
        $Name:ident, $($alias:literal for $Aliased:ident),+;
        $($wire:ident $Variant:ident $secrecy:ident,)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $(#[doc = concat!("`", stringify!($wire), "`")] $Variant,)+
        }

        impl $Name {
            /// The parameters, in the order in which they are written.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => stringify!($wire),)+ }
            }

            /// The parameter with this wire name. Case matters. Other names of the vendor's pages are read
            /// as well:
            $(#[doc = concat!(
                "`", $alias, "` as [`", stringify!($Aliased), "`](Self::", stringify!($Aliased), "),"
            )])+
            /// and are written by the name of the list.
            #[must_use]
            pub fn from_wire(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($wire) => Some(Self::$Variant),)+
                    $($alias => Some(Self::$Aliased),)+
                    _ => None,
                }
            }

            /// The secrecy of its value, by which it is masked.
            #[must_use]
            pub const fn secrecy(self) -> $crate::value::Secrecy {
                match self { $(Self::$Variant => $crate::value::Secrecy::$secrecy,)+ }
            }
        }

        impl $crate::media::form::Table for $Name {
            const ALL: &'static [Self] = Self::ALL;

            fn name(self) -> &'static str {
                self.as_str()
            }

            fn lead(self) -> &'static str {
                match self { $(Self::$Variant => concat!("&", stringify!($wire), "="),)+ }
            }

            fn from_name(name: &str) -> Option<Self> {
                Self::from_wire(name)
            }

            fn index(self) -> usize {
                self as usize
            }

            fn is_secret(self) -> bool {
                self.secrecy() != $crate::value::Secrecy::Open
            }
        }

        impl From<$Name> for $crate::media::form::ParameterName<$Name> {
            fn from(parameter: $Name) -> Self {
                Self::Known(parameter)
            }
        }

        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
#[cfg(feature = "batch")]
pub(crate) use wire_names;

macro_rules! parameters {
    ($($(#[$lint:meta])* $wire:ident $Variant:ident $Value:ident $secrecy:ident
       $sale:ident $verify:ident $cont:ident $void:ident $refund:ident $credit:ident;)+) => {
        wire_names! {
            /// A parameter of a payment request (section 2 of the protocol page).
            ///
            /// ```
            /// use cashflows_codec::remote_auth::Parameter;
            ///
            /// assert_eq!(Parameter::CardExpiry.as_str(), "card_expiry");
            /// assert_eq!(Parameter::from_wire("trans_desc"), Some(Parameter::TranDesc));
            /// assert_eq!(Parameter::from_wire("trans_amount"), Some(Parameter::TranAmount));
            /// ```
            Parameter, "trans_desc" for TranDesc, "trans_type" for TranType, "trans_amount" for TranAmount;
            $($wire $Variant $secrecy,)+
        }

        impl Parameter {
            /// The presence of the parameter in an operation.
            #[must_use]
            pub const fn presence(self, operation: OperationKind) -> Presence {
                use Presence::{Absent as X, Conditional as C, Ignored as I, Mandatory as M, Optional as O};
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

            /// Returns true if a name is in the list, in any case of its letters, or is another name of a
            /// listed parameter. A parameter that is added to a request must have a name of its own.
            pub(crate) fn is_taken(name: &str) -> bool {
                // The other names are all in lower case.
                Self::from_wire(&name.to_ascii_lowercase()).is_some()
                    || Self::ALL.iter().any(|parameter| parameter.as_str().eq_ignore_ascii_case(name))
            }
        }
    };
}

parameter_table!(parameters);
