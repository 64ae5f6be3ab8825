//! Void and refund: before settlement the one, after it the other.

use super::{Decision, Desk, require};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{OriginalClass, Reversal};
use crate::simulator::ledger::{Entry, Facts, State};
use crate::value::{Checks, Reason};
use crate::value::{Money, OriginalId};

impl<'a> Desk<'a> {
    /// V34: it is no charge or credit, or was refunded already. V41: it is settled. V24: it was for
    /// another amount.
    pub(super) fn void(self, void: &Reversal) -> Result<Decision, Reason> {
        let original = self.reversed(&void.original, void.class, void.money)?;
        let voidable = original.is_charge() || original.facts.kind == OperationKind::Credit;
        let untouched = self.ledger.refunded(&original.id).hundredths() == 0;
        let state = self.standing(original)?;
        require(voidable && untouched, Reason::UnableToVoidTransaction)?;
        require(state != State::Settled, Reason::OriginalTransactionAlreadySettled)?;
        require(void.money == original.money(), Reason::AmountChanged)?;
        Ok(reversal(OperationKind::Void, original, void.money))
    }

    /// V23: it is no charge. V13: nothing is to be refunded. V22: less is left of it. V24: it is not
    /// settled, and the refund is not for all of it: "unable to complete a partial refund on the same
    /// day".
    pub(super) fn refund(self, refund: &Reversal) -> Result<Decision, Reason> {
        let original = self.reversed(&refund.original, refund.class, refund.money)?;
        require(original.is_charge(), Reason::TransactionTypeNotRefundable)?;
        let state = self.standing(original)?;
        let (asked, all) = (refund.money.amount().hundredths(), original.money().amount().hundredths());
        let left = all.saturating_sub(self.ledger.refunded(&original.id).hundredths());
        require(asked > 0, Reason::InvalidAmount)?;
        require(asked <= left, Reason::AmountExceedsOriginal)?;
        require(state == State::Settled || asked == all, Reason::AmountChanged)?;
        Ok(reversal(OperationKind::Refund, original, refund.money))
    }

    /// V38: the original is of another class.
    fn reversed(self, id: &OriginalId, class: OriginalClass, money: Money) -> Result<&'a Entry, Reason> {
        let original = self.authorised(id, money.currency())?;
        require(original.class() == class, Reason::OriginalTransactionTypeMismatch)?;
        Ok(original)
    }

    /// How far it is. V42: it was voided. C02: it expired on hold.
    fn standing(self, original: &Entry) -> Result<State, Reason> {
        match self.ledger.state(&original.id, self.now) {
            Some(State::Voided) => Err(Reason::OriginalTransactionAlreadyCancelled),
            Some(State::Expired) => Err(Reason::TransactionExpired),
            Some(state) => Ok(state),
            None => Err(Reason::OriginalTransactionNotFound),
        }
    }
}

fn reversal(kind: OperationKind, original: &Entry, money: Money) -> Decision {
    let facts = Facts {
        kind,
        class: original.class(),
        reference: None,
        original: Some(original.id),
        money,
        card: original.facts.card.clone(),
        checks: Checks::NONE,
    };
    facts.into()
}
