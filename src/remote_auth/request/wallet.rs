//! Which wallet a card is in.

use crate::remote_auth::Parameter;

word_value! {
    /// Which wallet (`ewallet_type`, section 2); case matters.
    WalletKind = Parameter::EwalletType.as_str();
    /// `applepay`
    ApplePay = "applepay",
    /// `googlepay`
    GooglePay = "googlepay",
    /// `samsungpay`
    SamsungPay = "samsungpay",
    /// `other`
    Other = "other",
}
