//! Values to the card of a sale or verification: the conditional parameters of notes C1, C4 and C5, and
//! section 5.

use super::decode::Reader;
use super::values::Flag;
use crate::error::Rule;
use crate::remote_auth::parameter::{Parameter, ParameterRule};
use crate::remote_auth::request::{
    Card, CardDetails, CardSource, Class, NetworkToken, PaymentCard, Recurrence, StoredCard, StoringCard,
    WalletCard,
};
use crate::value::{
    Authentication, CardOrToken, Cavv, Cvv, DsTransactionId, FullThreeDs, ThreeDs, ThreeDsVersion,
    wrong_length,
};

impl Reader<'_> {
    pub(super) fn sale_card(&mut self, class: Class) -> Option<PaymentCard> {
        if self.values.ewallet == Some(Flag(true)) {
            return self.wallet().map(PaymentCard::Wallet);
        }
        if self.values.using_stored_credentials == Some(Flag(true)) {
            return self.stored(class).map(PaymentCard::Stored);
        }
        self.new_card(class)
    }

    pub(super) fn verify_card(&mut self, class: Class) -> Option<PaymentCard> {
        if self.values.ewallet == Some(Flag(true)) {
            return self.wallet().map(PaymentCard::Wallet);
        }
        if self.values.using_stored_credentials == Some(Flag(true)) {
            self.error(Parameter::UsingStoredCredentials, Rule::OneOf(&["false"]));
            // The rest is read all the same, for its errors.
            return self.storing(class).map(PaymentCard::Storing);
        }
        self.new_card(class)
    }

    /// A card that the cardholder gives.
    fn new_card(&mut self, class: Class) -> Option<PaymentCard> {
        if self.is_to_be_stored() {
            self.storing(class).map(PaymentCard::Storing)
        } else {
            self.card().map(PaymentCard::Card)
        }
    }

    /// Returns true if the payment is the first with a card on file: if it has both
    /// `using_stored_credentials=false` and `tran_recurrence=card` (RA-206, RA-208).
    fn is_to_be_stored(&self) -> bool {
        self.values.using_stored_credentials == Some(Flag(false))
            && self.values.tran_recurrence == Some(Recurrence::CardOnFile)
    }

    fn wallet(&mut self) -> Option<WalletCard> {
        self.forbid(&[Parameter::CardToken], ParameterRule::NotWith(Parameter::Ewallet));
        let missing = ParameterRule::MissingWith(Parameter::Ewallet);
        let (number, cryptogram) = (self.values.card_num.take(), self.values.acs_cavv.take());
        let kind = self.required(self.values.ewallet_type, Parameter::EwalletType, missing);
        let number = self.required(number, Parameter::CardNum, missing);
        let cryptogram = self.required(cryptogram, Parameter::AcsCavv, missing);
        let details = self.details(number);
        let (version, ds_transaction_id) = self.version_and_id();
        Some(WalletCard {
            details: details?,
            kind: kind?,
            cryptogram: cryptogram?,
            eci: self.values.acs_eci,
            cvv: self.values.card_cvv.take(),
            version,
            ds_transaction_id,
            recurrence: self.values.tran_recurrence,
        })
    }

    fn card(&mut self) -> Option<Card> {
        let source = self.source();
        let details = self.details(source);
        let cvv = self.values.card_cvv.take();
        if !self.is_network_token() {
            self.require(Parameter::CardCvv, ParameterRule::Missing);
        }
        let three_ds = self.three_ds();
        Some(Card { details: details?, cvv, three_ds, recurrence: self.values.tran_recurrence })
    }

    fn storing(&mut self, class: Class) -> Option<StoringCard> {
        let source = self.source();
        let details = self.details(source);
        let cvv = self.values.card_cvv.take();
        if !self.is_network_token() {
            self.require(Parameter::CardCvv, ParameterRule::Missing);
        }
        let three_ds = self.card_on_file(class);
        self.asks_for_token();
        on_file(details, cvv, three_ds).map(StoringCard)
    }

    fn stored(&mut self, class: Class) -> Option<StoredCard> {
        let source = self.source();
        let details = self.details(source);
        let three_ds = self.card_on_file(class);
        on_file(details, self.values.card_cvv.take(), three_ds).map(StoredCard)
    }

    /// Requires that the token is asked for, which later payments need (section 5).
    fn asks_for_token(&mut self) {
        self.require(Parameter::ReturnToken, ParameterRule::MissingWith(Parameter::UsingStoredCredentials));
        if self.supplied(Parameter::ReturnToken) && self.values.return_token != Some(Flag(true)) {
            self.error(Parameter::ReturnToken, Rule::OneOf(&["true"]));
        }
    }

    /// Requires class, recurrence and a complete result of 3-D Secure, as a card on file needs them.
    fn card_on_file(&mut self, class: Class) -> Option<FullThreeDs> {
        let missing = ParameterRule::MissingWith(Parameter::UsingStoredCredentials);
        if class != Class::Ecom {
            self.error(Parameter::TranClass, Rule::OneOf(&["ecom"]));
        }
        self.require(Parameter::TranRecurrence, missing);
        if self.values.tran_recurrence.is_some_and(|recurrence| recurrence != Recurrence::CardOnFile) {
            self.error(Parameter::TranRecurrence, Rule::OneOf(&["card"]));
        }
        for parameter in
            [Parameter::Acs3dsversion, Parameter::AcsEci, Parameter::AcsCavv, Parameter::AcsDstransid]
        {
            self.require(parameter, missing);
        }
        let three_ds = self.three_ds()?;
        let first = matches!(three_ds.version, Some(ThreeDsVersion::One(_)));
        if first {
            self.error(Parameter::Acs3dsversion, Rule::ThreeDsVersion2);
        }
        // What is missing was reported.
        FullThreeDs::complete(three_ds)
    }

    fn details<Source>(&mut self, source: Option<Source>) -> Option<CardDetails<Source>> {
        let expiry = self.required(self.values.card_expiry, Parameter::CardExpiry, ParameterRule::Missing);
        Some(CardDetails {
            source: source?,
            expiry: expiry?,
            start: self.values.card_start,
            issue: self.values.card_issue.take(),
            account_reference: self.values.card_payment_account_reference.take(),
        })
    }

    pub(super) fn is_network_token(&self) -> bool {
        self.values.network_token == Some(Flag(true))
    }

    /// A network token, or exactly one of number and token (note C1).
    fn source(&mut self) -> Option<CardSource> {
        if self.is_network_token() {
            self.network_token().map(CardSource::NetworkToken)
        } else {
            self.card_or_token().map(CardSource::from)
        }
    }

    pub(super) fn network_token(&mut self) -> Option<NetworkToken> {
        self.forbid(&[Parameter::CardToken], ParameterRule::NotWith(Parameter::NetworkToken));
        let missing = ParameterRule::MissingWith(Parameter::NetworkToken);
        let (number, tavv) = (self.values.card_num.take(), self.values.card_tavv.take());
        let number = self.required(number, Parameter::CardNum, missing);
        let tavv = self.required(tavv, Parameter::CardTavv, missing);
        Some(NetworkToken::new(number?, tavv?))
    }

    /// Exactly one of number and token (note C1).
    pub(super) fn card_or_token(&mut self) -> Option<CardOrToken> {
        if self.supplied(Parameter::CardNum) {
            self.forbid(&[Parameter::CardToken], ParameterRule::NotWith(Parameter::CardNum));
            return self.values.card_num.take().map(CardOrToken::Number);
        }
        let token = self.values.card_token.take();
        if !self.supplied(Parameter::CardToken) {
            self.error(Parameter::CardNum, ParameterRule::MissingWithout(Parameter::CardToken));
        }
        token.map(CardOrToken::Token)
    }

    /// The result of 3-D Secure, if any of it is there: complete (note C5), or V53.
    pub(super) fn three_ds(&mut self) -> Option<ThreeDs> {
        let cavv = self.cavv();
        let (version, ds_transaction_id) = self.version_and_id();
        let (eci, xid) = (self.values.acs_eci, self.values.acs_xid.take());
        // A network token comes with a proof of its own, which is no authentication of the cardholder.
        let is_token = self.is_network_token();
        if eci.is_some_and(|eci| eci.meaning() != Authentication::None) && !is_token {
            self.require(Parameter::AcsCavv, ParameterRule::MissingWith(Parameter::AcsEci));
        }
        if !is_token {
            for proof in [Parameter::AcsCavv, Parameter::AcsDstransid] {
                if self.supplied(proof) {
                    self.require(Parameter::AcsEci, ParameterRule::MissingWith(proof));
                }
            }
        }
        if let Some(rule) = cavv.as_ref().and_then(|cavv| wrong_length(eci, cavv.secret_str(), 28)) {
            self.error(Parameter::AcsCavv, rule);
        }
        ThreeDs { version, ds_transaction_id, eci, cavv, xid }.unless_empty()
    }

    /// The version of 3-D Secure, and the transaction id that goes with version 2.
    fn version_and_id(&mut self) -> (Option<ThreeDsVersion>, Option<DsTransactionId>) {
        let (version, id) = (self.values.acs_3dsversion, self.values.acs_dstransid.take());
        if matches!(version, Some(ThreeDsVersion::Two(_))) {
            self.require(Parameter::AcsDstransid, ParameterRule::MissingWith(Parameter::Acs3dsversion));
        }
        let eci = self.values.acs_eci;
        if let Some(rule) = id.as_ref().and_then(|id| wrong_length(eci, id.as_str(), 36)) {
            self.error(Parameter::AcsDstransid, rule);
        }
        (version, id)
    }

    fn cavv(&mut self) -> Option<Cavv> {
        let cryptogram = self.values.acs_cavv.take()?;
        match Cavv::try_from(cryptogram.secret_str()) {
            Ok(cavv) => Some(cavv),
            Err(error) => {
                self.error(Parameter::AcsCavv, error.rule());
                None
            }
        }
    }
}

/// A card on file with what was read of it.
fn on_file(details: Option<CardDetails>, cvv: Option<Cvv>, three_ds: Option<FullThreeDs>) -> Option<Card> {
    let (three_ds, recurrence) = (Some(three_ds?.into()), Some(Recurrence::CardOnFile));
    Some(Card { details: details?, cvv, three_ds, recurrence })
}
