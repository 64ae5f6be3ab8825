//! Continuous payments: may this transaction give the authority for another?

use super::{Rules, Ruling, exemption_fits, require};
use crate::remote_auth::parameter::OperationKind;
use crate::remote_auth::request::{
    Continuous, Exemption, FirstTransaction, NetworkTokenOrigin, Origin, OriginalClass, Recurrence,
    SchemeOrigin,
};
use crate::simulator::card::CardRecord;
use crate::simulator::entry::{Details, Entry, State};
use crate::value::{Checks, CvvCheck, Reason, ResponseCode};
use crate::value::{Currency, Expiry, OriginalId};

impl<'a> Rules<'a> {
    /// V61: the recurrence `card` is the cardholder's to say (RA-212), or it contradicts the exemption.
    pub(super) fn continuous(self, continuous: &Continuous) -> Result<Ruling, Reason> {
        let terms = continuous.terms();
        self.money(terms.money)?;
        self.recipient(continuous)?;
        let by_cardholder = terms.recurrence == Some(Recurrence::CardOnFile);
        require(!by_cardholder, Reason::InvalidRecurrenceFlagUsage)?;
        exemption_fits(terms.recurrence, terms.exemption.map(Exemption::from))?;
        let (card, original, refusal) = match &terms.origin {
            Origin::Original(id) => {
                let origin = self.origin(id, terms.money.currency())?;
                (origin.card_record().cloned(), Some(*origin.id()), self.cancelled(origin))
            }
            Origin::Scheme(origin) => (Some(self.elsewhere(origin)?), None, None),
            Origin::NetworkToken(token) => match &token.first {
                FirstTransaction::Original(id) => {
                    let origin = self.origin(id, terms.money.currency())?;
                    let known = origin.card_record().map(|card| card.expiry);
                    (self.token(token, known)?, Some(*origin.id()), self.cancelled(origin))
                }
                FirstTransaction::Scheme(_) => (self.token(token, None)?, None, None),
            },
        };
        let details = Details {
            kind: OperationKind::Continuous,
            class: OriginalClass::Cont,
            original,
            money: terms.money,
            card,
            checks: Checks::NONE,
        };
        Ok(Ruling { details, refusal })
    }

    /// V38: the origin is neither sale nor verification. V27: its CVV check was not a full match;
    /// whether it was authorised does not matter (section 3). V64: its card has expired. V58: the
    /// profile insists on 3-D Secure, and it had none.
    fn origin(self, id: &OriginalId, currency: Currency) -> Result<&'a Entry, Reason> {
        let origin = self.original(id, currency)?;
        let initial = matches!(origin.operation(), OperationKind::Sale | OperationKind::Verify);
        require(initial, Reason::OriginalTransactionTypeMismatch)?;
        let matched = origin.checks().cvv() == CvvCheck::FullMatch;
        require(matched, Reason::OriginalTransactionNotPreAuthorised)?;
        let card = origin.card_record();
        let expired = card.is_some_and(|card| self.is_over(card.expiry));
        require(!expired, Reason::InitialTransactionCardExpired)?;
        let needed = self.profile.requires_three_ds && origin.class() == OriginalClass::Ecom;
        let authenticated = card.is_some_and(CardRecord::is_authenticated);
        require(authenticated || !needed, Reason::OriginalTransactionRequiresThreeDs)?;
        Ok(origin)
    }

    /// D40: a transaction that was voided gives no authority.
    fn cancelled(self, origin: &Entry) -> Option<ResponseCode> {
        const CANCELLED: ResponseCode =
            ResponseCode::with_digit::<1>(Reason::ContinuousAuthorityCancelledForTransaction);
        let voided = origin.state(self.now) == State::Voided;
        voided.then_some(CANCELLED)
    }

    /// The network token that is charged, if it is said until when it is valid.
    fn token(self, origin: &NetworkTokenOrigin, known: Option<Expiry>) -> Result<Option<CardRecord>, Reason> {
        let card = self.card()?.clone();
        if let Some(expiry) = origin.expiry {
            self.expiry(expiry)?;
        }
        let expiry = origin.expiry.or(known);
        Ok(expiry.map(|expiry| CardRecord { card, expiry, authentication: None, stored: false }))
    }

    /// The card of a transaction that another acquirer took. V21: the request does not say which
    /// card it was, and nobody here knows.
    fn elsewhere(self, origin: &SchemeOrigin) -> Result<CardRecord, Reason> {
        let (_, expiry) = origin.card.as_ref().ok_or(Reason::OriginalTransactionReferenceRequired)?;
        let card = self.card()?.clone();
        self.expiry(*expiry)?;
        Ok(CardRecord { card, expiry: *expiry, authentication: None, stored: false })
    }
}
