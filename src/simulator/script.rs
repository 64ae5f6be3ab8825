//! Scripts of a test: rules of the caller, each a condition and an effect.

use core::time::Duration;

use super::facts::RequestFacts;
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::MerchantReference;
use crate::value::{Amount, CustomerName};
use crate::value::{Checks, Reason, ResponseCode};

/// The requests that an [`Effect`] is for: those that meet all its conditions.
///
/// ```
/// use cashflows_codec::remote_auth::OperationKind;
/// use cashflows_codec::simulator::When;
/// use cashflows_codec::value::Amount;
///
/// let second_large_sale =
///     When::any().operation(OperationKind::Sale).amount(Amount::from_hundredths(1_000_00)).on_call(2);
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct When {
    operation: Option<OperationKind>,
    amount: Option<Amount>,
    name: Option<CustomerName>,
    reference: Option<MerchantReference>,
    call: Option<u32>,
}

impl When {
    /// Every request.
    pub fn any() -> Self {
        Self::default()
    }

    /// Requests of this kind.
    pub const fn operation(mut self, operation: OperationKind) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Requests for this amount (`tran_amount`), in any currency.
    pub const fn amount(mut self, amount: Amount) -> Self {
        self.amount = Some(amount);
        self
    }

    /// Requests of a cardholder of this name (`cust_name`).
    pub fn name(mut self, name: CustomerName) -> Self {
        self.name = Some(name);
        self
    }

    /// Requests with this reference (`tran_ref`). Voids and refunds have none.
    pub fn reference(mut self, reference: MerchantReference) -> Self {
        self.reference = Some(reference);
        self
    }

    /// Only the request number `call` of those that fit otherwise, counted from 1, retries
    /// included.
    pub const fn on_call(mut self, call: u32) -> Self {
        self.call = Some(call);
        self
    }
}

/// An effect on a request, in place of the acquirer's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// The transaction is refused with this code, and nothing is charged. The status follows from
    /// the code's family; the two fraud blocks, D90 and D91, have status `B`, as documented. A retry
    /// gets the same answer if it was final; else, as after `S203`, it is processed.
    Refuse(ResponseCode),
    /// The issuer finds these checks.
    Check(Checks),
    /// The transaction is put on hold as soon as it is authorised, as merchants do in the
    /// administration system (section 7).
    Hold,
    /// The request is lost: nothing is processed.
    LoseRequest(Symptom),
    /// The request is processed, and its answer is lost: a retry gets the answer.
    LoseAnswer(Symptom),
    /// The request takes so long. Until then a retry gets V249, from then on the answer. The ledger
    /// has the transaction at once, with the time at which it is finished.
    Delay(Duration, Symptom),
}

word_value! {
    /// The view of a fault at the merchant, in place of a response. Each leaves the
    /// [`Outcome`](crate::remote_auth::Outcome) unknown.
    Symptom = "symptom";
    /// `connect_fail`: code `S201`.
    ConnectFailure = "connect_fail",
    /// `timeout`: code `S203`.
    Timeout = "timeout",
    /// `invalid_response`: code `S102`.
    InvalidResponse = "invalid_response",
    /// `response_timeout`: code `S103`.
    ResponseTimeout = "response_timeout",
    /// `internal_error`: status 500, and no line.
    InternalError = "internal_error",
    /// `html_page`: status 502, and a proxy's error page.
    HtmlPage = "html_page",
    /// `half_line`: the answer's line, cut short after the transaction id.
    HalfLine = "half_line",
    /// `silence`: no byte at all.
    Silence = "silence",
}

impl Symptom {
    /// The code, where a code is seen.
    pub(super) const fn code(self) -> Option<ResponseCode> {
        Some(match self {
            Self::ConnectFailure => ResponseCode::with_digit::<2>(Reason::ConnectionFailure),
            Self::Timeout => ResponseCode::with_digit::<2>(Reason::ResponseTimeout),
            Self::InvalidResponse => ResponseCode::with_digit::<1>(Reason::InvalidResponse),
            Self::ResponseTimeout => ResponseCode::with_digit::<1>(Reason::ResponseTimeout),
            Self::InternalError | Self::HtmlPage | Self::HalfLine | Self::Silence => return None,
        })
    }
}

/// The condition of a rule.
pub(super) trait Condition {
    /// The subject of the condition.
    type Of<'a>: Copy;

    /// Returns true if something fits, but for its number.
    fn fits(&self, it: Self::Of<'_>) -> bool;

    /// The number of the only one that is meant, among those that fit, if one is.
    fn call(&self) -> Option<u32>;
}

impl Condition for When {
    type Of<'a> = &'a RequestFacts<'a>;

    fn fits(&self, request: &RequestFacts<'_>) -> bool {
        self.operation.is_none_or(|operation| operation == request.kind)
            && self.amount.is_none_or(|amount| request.amount == Some(amount))
            && self.name.as_ref().is_none_or(|name| request.name == Some(name))
            && self.reference.as_ref().is_none_or(|reference| request.reference == Some(reference.as_str()))
    }

    fn call(&self) -> Option<u32> {
        self.call
    }
}

/// The rules that can still apply, and how often each one's condition was met.
#[derive(Clone, Debug)]
pub(super) struct Script<When, Effect>(Vec<ScriptRule<When, Effect>>);

#[derive(Clone, Debug)]
struct ScriptRule<When, Effect> {
    when: When,
    effect: Effect,
    calls: u32,
}

impl<When: Condition, Effect: Clone> ScriptRule<When, Effect> {
    /// Counts what fits, and says whether it is the one that is meant.
    fn applies(&mut self, it: When::Of<'_>) -> bool {
        if !self.when.fits(it) {
            return false;
        }
        self.calls = self.calls.saturating_add(1);
        self.when.call().is_none_or(|call| call == self.calls)
    }

    /// Returns true if the only call that it was for is over.
    fn is_spent(&self) -> bool {
        self.when.call().is_some_and(|call| call <= self.calls)
    }
}

impl<When, Effect> Default for Script<When, Effect> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<When: Condition, Effect: Clone> Script<When, Effect> {
    pub(super) fn add(&mut self, when: When, effect: Effect) {
        self.0.push(ScriptRule { when, effect, calls: 0 });
    }

    /// Counts the request, and says what is to happen to it: the first rule that fits decides. Rules
    /// that can never apply again are forgotten, so that one rule for each request costs no more
    /// from request to request.
    pub(super) fn effect(&mut self, it: When::Of<'_>) -> Option<Effect> {
        let mut effect = None;
        self.0.retain_mut(|rule| {
            if rule.applies(it) && effect.is_none() {
                effect = Some(rule.effect.clone());
            }
            !rule.is_spent()
        });
        effect
    }
}
