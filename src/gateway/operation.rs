//! The operations of the gateway.

word_value! {
    /// An operation of the gateway (section 1): one for each row of its table.
    Operation = "operation";
    /// `create_job`: creates a payment job.
    CreateJob = "create_job",
    /// `retrieve_job`: retrieves a payment job.
    RetrieveJob = "retrieve_job",
    /// `retrieve_payment`: retrieves a payment.
    RetrievePayment = "retrieve_payment",
    /// `cancel_payment`: cancels a payment.
    CancelPayment = "cancel_payment",
    /// `cancel_job`: cancels a payment job.
    CancelJob = "cancel_job",
    /// `refund`: refunds a payment.
    RefundPayment = "refund",
    /// `capture`: captures a reserved payment.
    CapturePayment = "capture",
    /// `tokenise`: stores a card and gives a token for it.
    TokeniseCard = "tokenise",
    /// `payment_methods`: lists the supported payment methods.
    ListPaymentMethods = "payment_methods",
    /// `order_exists`: asks whether an order exists.
    FindOrder = "order_exists",
}

stored_as_text!(Operation);

impl Operation {
    /// Returns true if the operation can change what becomes of money. The others only ask, or, in the case of a
    /// token, store.
    #[must_use]
    pub const fn moves_money(self) -> bool {
        match self {
            Self::CreateJob
            | Self::CancelPayment
            | Self::CancelJob
            | Self::RefundPayment
            | Self::CapturePayment => true,
            Self::RetrieveJob
            | Self::RetrievePayment
            | Self::TokeniseCard
            | Self::ListPaymentMethods
            | Self::FindOrder => false,
        }
    }
}
