//! Recurrence, and exemptions from strong customer authentication.

word_value! {
    /// How a transaction recurs (`tran_recurrence`, section 2); overrides the profile's setting.
    Recurrence = "recurrence";
    /// `sing`: a single transaction.
    Single = "sing",
    /// `subs`: one of a subscription.
    Subscription = "subs",
    /// `inst`: one of several instalments.
    Instalment = "inst",
    /// `unsc`: without a fixed frequency or amount.
    Unscheduled = "unsc",
    /// `card`: asked for by the cardholder, with a stored card.
    CardOnFile = "card",
}

word_value! {
    /// An exemption of a sale from strong customer authentication (`SCA_exemption_indicator`,
    /// section 2).
    SaleExemption = "exemption";
    /// `lowvalue`: less than 30 euro or as much in another currency.
    LowValue = "lowvalue",
    /// `lowrisk`: low risk and below the fraud thresholds.
    LowRisk = "lowrisk",
}

word_value! {
    /// An exemption of a continuous payment from strong customer authentication
    /// (`SCA_exemption_indicator`, section 2).
    ContinuousExemption = "exemption";
    /// `Recurring`: goes with the recurrences `subs` and `inst` (RA-178).
    Recurring = "Recurring",
    /// `MerchantInitiated`: goes with the recurrences `sing` and `unsc` (RA-178).
    MerchantInitiated = "MerchantInitiated",
}

word_value! {
    /// An exemption of a verification from strong customer authentication (`SCA_exemption_indicator`;
    /// RA-036, RA-155).
    Exemption = "exemption";
    /// `lowvalue`: less than 30 euro or as much in another currency.
    LowValue = "lowvalue",
    /// `lowrisk`: low risk and below the fraud thresholds.
    LowRisk = "lowrisk",
    /// `Recurring`: one of a subscription or of instalments.
    Recurring = "Recurring",
    /// `MerchantInitiated`: a single or unscheduled payment on the merchant's initiative.
    MerchantInitiated = "MerchantInitiated",
}

impl From<SaleExemption> for Exemption {
    fn from(exemption: SaleExemption) -> Self {
        match exemption {
            SaleExemption::LowValue => Self::LowValue,
            SaleExemption::LowRisk => Self::LowRisk,
        }
    }
}

impl From<ContinuousExemption> for Exemption {
    fn from(exemption: ContinuousExemption) -> Self {
        match exemption {
            ContinuousExemption::Recurring => Self::Recurring,
            ContinuousExemption::MerchantInitiated => Self::MerchantInitiated,
        }
    }
}

stored_as_text!(Recurrence, SaleExemption, ContinuousExemption, Exemption);
