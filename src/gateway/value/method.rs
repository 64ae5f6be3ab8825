//! Payment methods.

open_list! {
    /// A payment method (section 3). The list is open.
    ///
    /// Requests are read without regard to case (the vendor's samples send `creditcard`) and written
    /// as here. Payments say `Card`; the list of supported methods says `CreditCard` too.
    PaymentMethod = "payment method", text;
    /// `Card`
    Card = "Card",
    /// `CreditCard`
    CreditCard = "CreditCard",
    /// `DebitCard`
    DebitCard = "DebitCard",
    /// `PayPal`
    PayPal = "PayPal",
    /// `Ideal`
    Ideal = "Ideal",
    /// `Bancontact`
    Bancontact = "Bancontact",
    /// `SepaBanktransfer`
    SepaBankTransfer = "SepaBanktransfer",
    /// `KlarnaPayLater`
    KlarnaPayLater = "KlarnaPayLater",
    /// `KlarnaSliceIt`
    KlarnaSliceIt = "KlarnaSliceIt",
    /// `KlarnaPayNow`
    KlarnaPayNow = "KlarnaPayNow",
    /// `AfterPay`
    AfterPay = "AfterPay",
    /// `DirectDebit`
    DirectDebit = "DirectDebit",
}
