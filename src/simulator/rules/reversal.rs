//! Void and refund: before settlement the one, after it the other.

use super::{Rules, Ruling, require, whole_units};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{OriginalClass, Refund, Void};
use crate::simulator::entry::{Details, Entry, State};
use crate::value::{Checks, Reason};
use crate::value::{Money, OriginalId};

impl<'a> Rules<'a> {
    /// V34: it is no charge or credit, or was refunded already. V41: it is settled, or a part of it was
    /// captured, and the rest still can be. V24: it was for another amount.
    pub(super) fn void(self, void: &Void) -> Result<Ruling, Reason> {
        let original = self.reversed(&void.original, void.class, void.money)?;
        let voidable = original.is_charge() || original.operation() == OperationKind::Credit;
        let untouched = original.refunded().hundredths() == 0;
        let state = self.reversible_state(original)?;
        require(voidable && untouched, Reason::UnableToVoidTransaction)?;
        let taken = state == State::Settled || original.is_captured_in_part();
        require(!taken, Reason::OriginalTransactionAlreadySettled)?;
        require(void.money == original.money(), Reason::AmountChanged)?;
        Ok(reversal(OperationKind::Void, original, void.money))
    }

    /// V23: it is no charge. V13: nothing is to be refunded, or less than the
    /// currency's smallest unit. V22: less is left of it. V24: it is not
    /// settled, and the refund is not for all that it takes, or that is not known yet: "unable to complete a
    /// partial refund on the same day".
    pub(super) fn refund(self, refund: &Refund) -> Result<Ruling, Reason> {
        let original = self.reversed(&refund.original, refund.class, refund.money)?;
        require(original.is_charge(), Reason::TransactionTypeNotRefundable)?;
        let state = self.reversible_state(original)?;
        let (wanted, all) = (refund.money.amount().hundredths(), original.charged().hundredths());
        let left = all.saturating_sub(original.refunded().hundredths());
        require(wanted > 0, Reason::InvalidAmount)?;
        whole_units(refund.money)?;
        require(wanted <= left, Reason::AmountExceedsOriginal)?;
        let whole = wanted == all && !original.is_captured_in_part();
        require(state == State::Settled || whole, Reason::AmountChanged)?;
        Ok(reversal(OperationKind::Refund, original, refund.money))
    }

    /// V38: the original is of another class.
    fn reversed(self, id: &OriginalId, class: OriginalClass, money: Money) -> Result<&'a Entry, Reason> {
        let original = self.authorised(id, money.currency())?;
        require(original.class() == class, Reason::OriginalTransactionTypeMismatch)?;
        Ok(original)
    }

    /// How far it is. V42: it was voided. C02: it expired on hold.
    fn reversible_state(self, original: &Entry) -> Result<State, Reason> {
        match original.state(self.now) {
            State::Voided => Err(Reason::OriginalTransactionAlreadyCancelled),
            State::Expired => Err(Reason::TransactionExpired),
            state => Ok(state),
        }
    }
}

fn reversal(kind: OperationKind, original: &Entry, money: Money) -> Ruling {
    let details = Details {
        kind,
        class: original.class(),
        original: Some(*original.id()),
        money,
        card: original.card_record().cloned(),
        checks: Checks::NONE,
    };
    details.into()
}
