//! Which wallet a card is in.

word_value! {
    /// Which wallet (`ewallet_type`, section 2); case matters.
    WalletKind = "wallet";
    /// `applepay`
    ApplePay = "applepay",
    /// `googlepay`
    GooglePay = "googlepay",
    /// `samsungpay`
    SamsungPay = "samsungpay",
    /// `other`
    Other = "other",
}
