//! Flags of jobs and payments.

use crate::media::json::{
    Findings, JsonError, JsonProblem, JsonShape, KeptMembers, KeptValue, Part, ReadJson, Sink, Slot, Value,
    WriteJson, always_there,
};

open_list! {
    /// A flag of a job or payment (section 3). The list is open.
    Flag = "flag", text;
    /// `moto`: by mail or telephone.
    Moto = "moto",
    /// `direct`: made by the API, not on the payment page.
    Direct = "direct",
    /// `recurringParent`: later jobs may name it as their parent.
    RecurringParent = "recurringParent",
    /// `generateToken`: a token was asked for.
    GenerateToken = "generateToken",
    /// `storeCardDetails`
    StoreCardDetails = "storeCardDetails",
    /// `createdOnMapi`: on stored jobs only.
    CreatedOnMapi = "createdOnMapi",
    /// `applePay`
    ApplePay = "applePay",
    /// `forcedMoto`
    ForcedMoto = "forcedMoto",
    /// `frictionless`: 3-D Secure without a challenge.
    Frictionless = "frictionless",
    /// `paymentAbandonmentEmailSent`
    PaymentAbandonmentEmailSent = "paymentAbandonmentEmailSent",
    /// `paidByPaymentAbandonmentEmail`
    PaidByPaymentAbandonmentEmail = "paidByPaymentAbandonmentEmail",
}

/// The flags of a job or payment: an object of booleans, open (section 3).
///
/// ```
/// use cashflows_codec::gateway::response::{Flag, Flags};
///
/// let flags = Flags::new().with(Flag::Moto, true).with("heldBack".into(), false);
/// assert!(flags.has(&Flag::Moto));
/// assert_eq!(flags.get(&Flag::Direct), None);
/// assert_eq!(flags.get(&"heldBack".into()), Some(false));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags(KeptMembers);

impl Flags {
    /// No flags.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns true if the flag is there, and true.
    #[must_use]
    pub fn has(&self, flag: &Flag) -> bool {
        self.get(flag) == Some(true)
    }

    /// The flag, if it is there, and a boolean.
    #[must_use]
    pub fn get(&self, flag: &Flag) -> Option<bool> {
        match self.0.get(flag.as_str())? {
            KeptValue::Json("true") => Some(true),
            KeptValue::Json("false") => Some(false),
            KeptValue::Json(_) | KeptValue::Text(_) => None,
        }
    }

    /// Adds a flag, in the place of the same.
    #[must_use]
    pub fn with(self, flag: Flag, set: bool) -> Self {
        Self(self.0.with(flag.as_str(), KeptValue::Json(if set { "true" } else { "false" })))
    }

    /// The members as they came.
    #[must_use]
    pub const fn members(&self) -> &KeptMembers {
        &self.0
    }
}

impl Flags {
    /// Returns true if there are no flags.
    const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

always_there! { [] Flags }

impl Part for Flags {
    fn collect(&self, findings: &mut Findings) {
        for (name, value) in self.0.iter() {
            match (Flag::from(name), value) {
                (Flag::Unlisted(_), _) => findings.unlisted(name),
                (_, KeptValue::Json("true" | "false" | "null")) => {}
                _ => findings.malformed(name, JsonProblem::Not(JsonShape::Boolean)),
            }
        }
    }
}

impl ReadJson for Flags {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.read().map(Self)
    }
}

impl WriteJson for Flags {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        self.0.write(slot);
    }
}
