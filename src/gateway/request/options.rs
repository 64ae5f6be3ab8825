//! Options of a job.

open_list! {
    /// An option of a payment job (section 3). The list is open.
    ///
    /// Three follow from the kind of the job and cannot be set: `IsRecurringPaymentJobParent`, `IsMoto`
    /// and `UsingStoredCredentials`. The others are asked for by methods of
    /// [`PaymentJob`](super::PaymentJob).
    JobOption = "option", text;
    /// `IsRecurringPaymentJobParent`: the first of several payments.
    IsRecurringPaymentJobParent = "IsRecurringPaymentJobParent",
    /// `IsMoto`: by mail or telephone.
    IsMoto = "IsMoto",
    /// `StoreCustomerInformation`: the gateway keeps the customer's addresses.
    StoreCustomerInformation = "StoreCustomerInformation",
    /// `StoreCardDetails`: the gateway keeps the card.
    StoreCardDetails = "StoreCardDetails",
    /// `GenerateToken`: the response has a token for the card.
    GenerateToken = "GenerateToken",
    /// `Frictionless`: 3-D Secure without a challenge is wished for.
    Frictionless = "Frictionless",
    /// `UsingStoredCredentials`: a card that was stored before.
    UsingStoredCredentials = "UsingStoredCredentials",
}

impl JobOption {
    /// Tells if the option follows from the kind of a job.
    pub(super) const fn follows_from_kind(&self) -> bool {
        matches!(self, Self::IsRecurringPaymentJobParent | Self::IsMoto | Self::UsingStoredCredentials)
    }
}
