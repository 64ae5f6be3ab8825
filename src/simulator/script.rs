//! What a test makes happen: rules of the caller, each a condition and an effect.

use core::time::Duration;

use super::asked::Asked;
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::Reference;
use crate::value::{Amount, CustomerName};
use crate::value::{Checks, Reason, ResponseCode};

/// Which requests an [`Effect`] is for: those that fit everything that was said.
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
    reference: Option<Reference>,
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
    pub fn reference(mut self, reference: Reference) -> Self {
        self.reference = Some(reference);
        self
    }

    /// Only the request number `call` of those that fit otherwise, counted from 1, retries
    /// included.
    pub const fn on_call(mut self, call: u32) -> Self {
        self.call = Some(call);
        self
    }

    /// Whether a request fits, but for its number.
    fn fits(&self, asked: &Asked<'_>) -> bool {
        self.operation.is_none_or(|operation| operation == asked.kind)
            && self.amount.is_none_or(|amount| asked.amount == Some(amount))
            && self.name.as_ref().is_none_or(|name| asked.name == Some(name))
            && self.reference.as_ref().is_none_or(|reference| asked.reference == Some(reference.as_str()))
    }
}

/// What happens to a request that would otherwise be answered by the gateway's rules.
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
    LoseRequest(Seen),
    /// The request is processed, and its answer is lost: a retry gets the answer.
    LoseAnswer(Seen),
    /// The request takes so long. Until then a retry gets V249, from then on the answer. The ledger
    /// has the transaction at once, with the time at which it is finished.
    Delay(Duration, Seen),
}

word_value! {
    /// What the merchant sees in place of an answer. Each leaves the
    /// [`Outcome`](crate::remote_auth::Outcome) unknown.
    Seen = "what is seen";
    /// `connect_fail`: code `S201`.
    ConnectFailure = "connect_fail",
    /// `timeout`: code `S203`.
    Timeout = "timeout",
    /// `invalid_response`: code `S102`.
    InvalidResponse = "invalid_response",
    /// `response_timeout`: code `S103`.
    ResponseTimeout = "response_timeout",
    /// `html_page`: a proxy's error page.
    HtmlPage = "html_page",
    /// `half_line`: the answer's line, cut short after the transaction id.
    HalfLine = "half_line",
    /// `silence`: no byte at all.
    Silence = "silence",
}

impl Seen {
    /// The code, where a code is seen.
    pub(super) const fn code(self) -> Option<ResponseCode> {
        Some(match self {
            Self::ConnectFailure => ResponseCode::with_digit::<2>(Reason::ConnectionFailure),
            Self::Timeout => ResponseCode::with_digit::<2>(Reason::ResponseTimeout),
            Self::InvalidResponse => ResponseCode::with_digit::<1>(Reason::InvalidResponse),
            Self::ResponseTimeout => ResponseCode::with_digit::<1>(Reason::ResponseTimeout),
            Self::HtmlPage | Self::HalfLine | Self::Silence => return None,
        })
    }
}

/// All rules, and how often each one's condition was met.
#[derive(Clone, Debug, Default)]
pub(super) struct Script(Vec<Line>);

#[derive(Clone, Debug)]
struct Line {
    when: When,
    effect: Effect,
    calls: u32,
}

impl Script {
    pub(super) fn add(&mut self, when: When, effect: Effect) {
        self.0.push(Line { when, effect, calls: 0 });
    }

    /// Counts the request, and says what is to happen to it: the first rule that fits decides.
    pub(super) fn effect(&mut self, asked: &Asked<'_>) -> Option<Effect> {
        let mut effect = None;
        for line in self.0.iter_mut().filter(|line| line.when.fits(asked)) {
            line.calls = line.calls.saturating_add(1);
            if line.when.call.is_none_or(|call| call == line.calls) {
                effect = effect.or(Some(line.effect));
            }
        }
        effect
    }
}
