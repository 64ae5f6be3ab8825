//! Continuous payments: may this transaction give the authority for another?

use super::{Decision, Desk, require};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{Continuous, Origin, OriginalClass, SchemeOrigin};
use crate::remote_auth::request::{ContinuousExemption, Recurrence};
use crate::simulator::card::KnownCard;
use crate::simulator::ledger::{Entry, Facts, State};
use crate::value::{Checks, CvvCheck, Reason, ResponseCode};
use crate::value::{Currency, OriginalId};

impl<'a> Desk<'a> {
    pub(super) fn continuous(self, continuous: &Continuous) -> Result<Decision, Reason> {
        self.money(continuous.money())?;
        self.recipient(continuous)?;
        recurrence(continuous.recurrence(), continuous.exemption())?;
        let (card, original, refusal) = match continuous.origin() {
            Origin::Original(id) => {
                let origin = self.origin(id, continuous.money().currency())?;
                (origin.facts.card.clone(), Some(origin.id), self.cancelled(origin))
            }
            Origin::Scheme(origin) => (Some(self.elsewhere(origin)?), None, None),
        };
        let facts = Facts {
            kind: OperationKind::Continuous,
            class: OriginalClass::Continuous,
            reference: Some(continuous.reference().as_str().into()),
            original,
            money: continuous.money(),
            card,
            checks: Checks::NONE,
        };
        Ok(Decision { facts, refusal })
    }

    /// V38: the origin is neither sale nor verification. V27: its CVV check was not a full match;
    /// whether it was authorised does not matter (section 3). V64: its card has expired. V58: the
    /// profile insists on 3-D Secure, and it had none.
    fn origin(self, id: &OriginalId, currency: Currency) -> Result<&'a Entry, Reason> {
        let origin = self.original(id, currency)?;
        let initial = matches!(origin.facts.kind, OperationKind::Sale | OperationKind::Verify);
        require(initial, Reason::OriginalTransactionTypeMismatch)?;
        let matched = origin.facts.checks.cvv() == CvvCheck::FullMatch;
        require(matched, Reason::OriginalTransactionNotPreAuthorised)?;
        let card = origin.facts.card.as_ref();
        let expired = card.is_some_and(|card| self.is_over(card.expiry));
        require(!expired, Reason::InitialTransactionCardExpired)?;
        let needed = self.profile.requires_three_ds && origin.facts.class == OriginalClass::Ecom;
        let authenticated = card.is_some_and(KnownCard::is_authenticated);
        require(authenticated || !needed, Reason::OriginalTransactionRequiresThreeDs)?;
        Ok(origin)
    }

    /// D40: a transaction that was voided gives no authority.
    fn cancelled(self, origin: &Entry) -> Option<ResponseCode> {
        const CANCELLED: ResponseCode =
            ResponseCode::with_digit::<1>(Reason::ContinuousAuthorityCancelledForTransaction);
        let voided = self.ledger.state(&origin.id, self.now) == Some(State::Voided);
        voided.then_some(CANCELLED)
    }

    /// The card of a transaction that another acquirer took. V21: the request does not say which
    /// card it was, and nobody here knows.
    fn elsewhere(self, origin: &SchemeOrigin) -> Result<KnownCard, Reason> {
        let (card, expiry) = origin.card.as_ref().ok_or(Reason::OriginalTransactionReferenceRequired)?;
        let number = self.vault.number(card)?;
        self.expiry(*expiry)?;
        Ok(KnownCard { number, expiry: *expiry, authentication: None, stored: false })
    }
}

/// V61: `card` is the cardholder's to say; `Recurring` goes with `subs` and `inst`,
/// `MerchantInitiated` with `sing` and `unsc`.
fn recurrence(recurrence: Option<Recurrence>, exemption: Option<ContinuousExemption>) -> Result<(), Reason> {
    use ContinuousExemption as E;
    use Recurrence as R;
    let contradicts = matches!(
        (recurrence, exemption),
        (Some(R::CardOnFile), _)
            | (Some(R::Subscription | R::Instalment), Some(E::MerchantInitiated))
            | (Some(R::Single | R::Unscheduled), Some(E::Recurring))
    );
    require(!contradicts, Reason::InvalidRecurrenceFlagUsage)
}
