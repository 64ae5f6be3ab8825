//! The intent of a request: its fields that are no secrets.

use arrayvec::ArrayString;

use super::step::Difference;
use crate::remote_auth::request::{MerchantReference, OriginalClass, Request, StorableRequest};
use crate::remote_auth::{OperationKind, Parameter};
use crate::secret::Secret;
use crate::value::{Amount, Currency, OriginalId, rules};

text_value! {
    /// The last four digits of a card number: so much may be stored and shown (PCI DSS 3.4.1, 3.5.1).
    #[derive(Copy)]
    open LastFour(ArrayString<4>) = "last four digits", |text| rules::digits(text, 4, 4);
}

/// The fields of a request that are no secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Intent {
    pub(super) operation: OperationKind,
    pub(super) class: Option<OriginalClass>,
    pub(super) reference: Option<MerchantReference>,
    pub(super) original: Option<OriginalId>,
    pub(super) amount: Option<Amount>,
    pub(super) currency: Currency,
    pub(super) last_four: Option<LastFour>,
    /// The request itself, without a retry number, where there is no secret in it.
    pub(super) request: Option<StorableRequest>,
}

impl Intent {
    pub(super) fn of(request: &Request) -> Self {
        let parameters = request.parameters();
        let value = |wanted| {
            let mut all = parameters.iter();
            all.find(|(parameter, _)| *parameter == wanted).map(|(_, value)| Secret::expose(value))
        };
        Self {
            operation: request.kind(),
            class: value(Parameter::TranClass).and_then(|class| class.try_into().ok()),
            reference: request.reference().and_then(|reference| reference.try_into().ok()),
            original: request.original(),
            amount: request.money().map(|money| money.amount()),
            currency: request.currency(),
            last_four: value(Parameter::CardNum).and_then(last_four),
            request: StorableRequest::try_from(request.clone().without_retry_number()).ok(),
        }
    }

    /// Returns true if a request that is not stored can have this intent. Such a request has a card.
    pub(super) fn can_be_without_request(&self) -> bool {
        let Self { operation, class, reference, original, amount, .. } = self;
        let is_of = |classes: &[OriginalClass]| class.is_some_and(|class| classes.contains(&class));
        let is_purchase = is_of(&[OriginalClass::Ecom, OriginalClass::Moto]) && original.is_none();
        let fits = match operation {
            OperationKind::Sale => is_purchase && amount.is_some(),
            OperationKind::Verify => is_purchase,
            OperationKind::Continuous => is_of(&[OriginalClass::Cont]) && amount.is_some(),
            OperationKind::Credit => is_of(&[OriginalClass::Cred]) && amount.is_some(),
            // Only what was added to them is secret. They need not have a reference.
            OperationKind::Void | OperationKind::Refund => {
                return class.is_some() && amount.is_some() && original.is_some();
            }
        };
        fits && reference.is_some()
    }

    /// The first thing in which another request is not this one.
    pub(super) fn difference(&self, other: &Self) -> Option<Difference> {
        let Self { operation, class, reference, original, amount, currency, last_four, request } = self;
        let differences = [
            (*operation != other.operation, Difference::Operation),
            (*class != other.class, Difference::Class),
            (*reference != other.reference, Difference::Reference),
            (*original != other.original, Difference::Original),
            (*amount != other.amount, Difference::Amount),
            (*currency != other.currency, Difference::Currency),
            (*last_four != other.last_four, Difference::Card),
            (*request != other.request, Difference::Details),
        ];
        differences.into_iter().find_map(|(differs, difference)| differs.then_some(difference))
    }
}

fn last_four(number: &str) -> Option<LastFour> {
    number.get(number.len().checked_sub(4)?..)?.try_into().ok()
}
