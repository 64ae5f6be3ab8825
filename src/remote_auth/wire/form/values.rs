//! Texts to values: the format column of the protocol's table, each text checked by its type.

use super::scan::Scan;
use crate::error::{InvalidValue, Rule};
use crate::remote_auth::parameter::Parameter;
use crate::remote_auth::request::ParameterError;
use crate::remote_auth::request::{
    ContinuousExemption, Description, Descriptor, MpgId, Recurrence, Reference, RetryNumber, SaleExemption,
    WalletKind,
};
use crate::remote_auth::{Password, ProfileId, SecurityHash};
use crate::value::{
    Address, Amount, CardNumber, CardToken, Country, Cryptogram, Currency, CustomerName, Cvv, DateOfBirth,
    DsTransactionId, Eci, Email, Expiry, IpAddress, IssueNumber, OriginalId, PaymentAccountReference,
    Postcode, RecipientAccount, RecipientPostcode, RecipientSurname, SchemeTransactionId, StartDate, Tavv,
    Telephone, ThreeDsVersion, Xid,
};

macro_rules! values {
    ($($field:ident: $Value:ident = $Parameter:ident,)+) => {
        /// Every value that was supplied and is right.
        pub(super) struct Values {
            $(pub(super) $field: Option<$Value>,)+
        }

        impl Values {
            /// Checks every text of the body, in wire order.
            pub(super) fn of(scan: &Scan<'_>, errors: &mut Vec<ParameterError>) -> Self {
                Self { $($field: value(scan, Parameter::$Parameter, errors),)+ }
            }
        }
    };
}

fn value<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
    scan: &Scan<'_>,
    parameter: Parameter,
    errors: &mut Vec<ParameterError>,
) -> Option<T> {
    let decoded;
    let text = match scan.plain(parameter) {
        Some(plain) => plain,
        None => {
            decoded = scan.decoded(parameter)?;
            decoded.as_str()
        }
    };
    match T::try_from(text) {
        Ok(value) => Some(value),
        Err(error) => {
            errors.push(ParameterError::new(parameter, error.rule()));
            None
        }
    }
}

values! {
    auth_id: ProfileId = AuthId,
    auth_pass: Password = AuthPass,
    card_num: CardNumber = CardNum,
    card_token: CardToken = CardToken,
    card_cvv: Cvv = CardCvv,
    card_expiry: Expiry = CardExpiry,
    card_start: StartDate = CardStart,
    card_issue: IssueNumber = CardIssue,
    cust_name: CustomerName = CustName,
    cust_address: Address = CustAddress,
    cust_postcode: Postcode = CustPostcode,
    cust_country: Country = CustCountry,
    cust_ip: IpAddress = CustIp,
    cust_email: Email = CustEmail,
    cust_tel: Telephone = CustTel,
    ewallet: Flag = Ewallet,
    ewallet_type: WalletKind = EwalletType,
    tran_ref: Reference = TranRef,
    tran_desc: Description = TranDesc,
    tran_amount: Amount = TranAmount,
    tran_currency: Currency = TranCurrency,
    tran_testmode: TestMode = TranTestmode,
    tran_type: TransactionType = TranType,
    tran_class: TransactionClass = TranClass,
    tran_orig_id: OriginalId = TranOrigId,
    scheme_transaction_id: SchemeTransactionId = SchemeTransactionId,
    tran_recurrence: Recurrence = TranRecurrence,
    using_stored_credentials: Flag = UsingStoredCredentials,
    sca_exemption_indicator: Exemption = ScaExemptionIndicator,
    network_token: Flag = NetworkToken,
    card_tavv: Tavv = CardTavv,
    card_payment_account_reference: PaymentAccountReference = CardPaymentAccountReference,
    acs_3dsversion: ThreeDsVersion = Acs3dsversion,
    acs_eci: Eci = AcsEci,
    acs_cavv: Cryptogram = AcsCavv,
    acs_dstransid: DsTransactionId = AcsDstransid,
    acs_xid: Xid = AcsXid,
    gateway_id_mc: MpgId = GatewayIdMc,
    primary_recipient_dob: DateOfBirth = PrimaryRecipientDob,
    primary_recipient_surname: RecipientSurname = PrimaryRecipientSurname,
    primary_recipient_postcode: RecipientPostcode = PrimaryRecipientPostcode,
    primary_recipient_account_number: RecipientAccount = PrimaryRecipientAccountNumber,
    retry_number: RetryNumber = RetryNumber,
    descriptor: Descriptor = Descriptor,
    return_token: Flag = ReturnToken,
    return_acq_ref: Asked = ReturnAcqRef,
    return_scheme_transaction_id: Flag = ReturnSchemeTransactionId,
    security_hash: SecurityHash = SecurityHash,
}

/// Defines words that have a meaning on the wire only.
macro_rules! wire_words {
    ($Name:ident by $parameter:ident, $fold:expr; $($wire:literal => $value:expr,)+) => {
        impl TryFrom<&str> for $Name {
            type Error = InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                let fold: fn(&str, &str) -> bool = $fold;
                $(if fold(text, $wire) {
                    return Ok($value);
                })+
                Err(InvalidValue::new(Parameter::$parameter.as_str(), Rule::OneOf(&[$($wire),+])))
            }
        }
    };
}

/// `true` or `false`, or, since the parameters disagree on how to say it, `1` or `0`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Flag(pub(super) bool);

wire_words! {
    Flag by Ewallet, str::eq;
    "true" => Self(true),
    "false" => Self(false),
    "1" => Self(true),
    "0" => Self(false),
}

/// Asked for by any value at all.
pub(super) struct Asked;

impl TryFrom<&str> for Asked {
    type Error = InvalidValue;

    fn try_from(_: &str) -> Result<Self, Self::Error> {
        Ok(Self)
    }
}

/// Whether the request is a test by its own account.
pub(super) struct TestMode(pub(super) bool);

wire_words! {
    TestMode by TranTestmode, str::eq;
    "0" => Self(false),
    "1" => Self(true),
}

/// `tran_type`; case does not matter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TransactionType {
    Sale,
    Verify,
    Void,
    Refund,
    Credit,
}

wire_words! {
    TransactionType by TranType, str::eq_ignore_ascii_case;
    "sale" => Self::Sale,
    "verify" => Self::Verify,
    "void" => Self::Void,
    "refund" => Self::Refund,
    "credit" => Self::Credit,
}

/// `tran_class`; case does not matter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TransactionClass {
    Ecom,
    Moto,
    Cont,
    Cred,
}

wire_words! {
    TransactionClass by TranClass, str::eq_ignore_ascii_case;
    "ecom" => Self::Ecom,
    "moto" => Self::Moto,
    "cont" => Self::Cont,
    "cred" => Self::Cred,
}

/// `SCA_exemption_indicator`: of a sale, or of a continuous payment.
#[derive(Clone, Copy)]
pub(super) enum Exemption {
    Sale(SaleExemption),
    Continuous(ContinuousExemption),
}

wire_words! {
    Exemption by ScaExemptionIndicator, str::eq;
    "lowvalue" => Self::Sale(SaleExemption::LowValue),
    "lowrisk" => Self::Sale(SaleExemption::LowRisk),
    "Recurring" => Self::Continuous(ContinuousExemption::Recurring),
    "MerchantInitiated" => Self::Continuous(ContinuousExemption::MerchantInitiated),
}
