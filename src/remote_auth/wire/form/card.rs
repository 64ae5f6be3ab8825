//! Values to what is paid with: the conditional parameters of notes C1, C4 and C5, and section 5.

use super::decode::Reader;
use super::values::Flag;
use crate::error::Rule;
use crate::remote_auth::parameter::{Parameter, ParameterRule};
use crate::remote_auth::request::{
    Card, CardDetails, CardOrToken, CardSource, Class, NetworkToken, NetworkTokenCard, Recurrence, SaleCard,
    StoredCard, StoringCard, VerifyCard, WalletCard,
};
use crate::value::{Cavv, Cvv, FullThreeDs, ThreeDs, ThreeDsVersion};

impl Reader<'_> {
    pub(super) fn sale_card(&mut self, class: Class) -> Option<SaleCard> {
        if self.values.ewallet == Some(Flag(true)) {
            return self.wallet().map(SaleCard::Wallet);
        }
        self.forbid(&[Parameter::EwalletType], ParameterRule::NotWithout(Parameter::Ewallet));
        match self.values.using_stored_credentials {
            Some(Flag(true)) => self.stored(class).map(SaleCard::Stored),
            Some(Flag(false)) => self.storing(class).map(SaleCard::Storing),
            None if self.is_network_token() && !self.supplied(Parameter::CardCvv) => {
                self.network_token_card().map(SaleCard::NetworkToken)
            }
            None => self.card().map(SaleCard::Card),
        }
    }

    pub(super) fn verify_card(&mut self, class: Class) -> Option<VerifyCard> {
        match self.values.using_stored_credentials {
            Some(Flag(true)) => {
                self.error(Parameter::UsingStoredCredentials, Rule::OneOf(&["false"]));
                // The rest is read all the same, for its errors.
                self.storing(class).map(VerifyCard::Storing)
            }
            Some(Flag(false)) => self.storing(class).map(VerifyCard::Storing),
            None => self.card().map(VerifyCard::Card),
        }
    }

    fn wallet(&mut self) -> Option<WalletCard> {
        let excluded = [
            Parameter::CardToken,
            Parameter::CardCvv,
            Parameter::UsingStoredCredentials,
            Parameter::NetworkToken,
            Parameter::CardTavv,
            Parameter::Acs3dsversion,
            Parameter::AcsDstransid,
            Parameter::AcsXid,
        ];
        self.forbid(&excluded, ParameterRule::NotWith(Parameter::Ewallet));
        let missing = ParameterRule::MissingWith(Parameter::Ewallet);
        let (number, cryptogram) = (self.values.card_num.take(), self.values.acs_cavv.take());
        let kind = self.required(self.values.ewallet_type, Parameter::EwalletType, missing);
        let number = self.required(number, Parameter::CardNum, missing);
        let cryptogram = self.required(cryptogram, Parameter::AcsCavv, missing);
        let details = self.details(number.map(CardSource::Number));
        let (eci, recurrence) = (self.values.acs_eci, self.values.tran_recurrence);
        Some(WalletCard { details: details?, kind: kind?, cryptogram: cryptogram?, eci, recurrence })
    }

    fn card(&mut self) -> Option<Card> {
        let source = self.source();
        let details = self.details(source);
        let cvv = self.cvv();
        let three_ds = self.three_ds();
        let recurrence = self.values.tran_recurrence;
        Some(Card { details: details?, cvv: cvv?, three_ds, recurrence })
    }

    fn network_token_card(&mut self) -> Option<NetworkTokenCard> {
        let source = self.source();
        let details = self.details(source);
        let three_ds = self.three_ds();
        let recurrence = self.values.tran_recurrence;
        Some(NetworkTokenCard { details: details?, three_ds, recurrence })
    }

    fn storing(&mut self, class: Class) -> Option<StoringCard> {
        let source = self.source();
        let details = self.details(source);
        let cvv = self.cvv();
        let three_ds = self.card_on_file(class);
        self.asks_for_token();
        Some(StoringCard { details: details?, cvv: cvv?, three_ds: three_ds? })
    }

    fn stored(&mut self, class: Class) -> Option<StoredCard> {
        self.forbid(&[Parameter::CardCvv], ParameterRule::NotWith(Parameter::UsingStoredCredentials));
        let source = self.source();
        let details = self.details(source);
        let three_ds = self.card_on_file(class);
        Some(StoredCard { details: details?, three_ds: three_ds? })
    }

    /// Without the token that comes with the answer there is nothing to use later (section 5).
    fn asks_for_token(&mut self) {
        self.require(Parameter::ReturnToken, ParameterRule::MissingWith(Parameter::UsingStoredCredentials));
        if self.values.return_token == Some(Flag(false)) {
            self.error(Parameter::ReturnToken, Rule::OneOf(&["true"]));
        }
    }

    /// What a card on file needs: class, recurrence and a complete result of 3-D Secure.
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

    fn details(&mut self, source: Option<CardSource>) -> Option<CardDetails> {
        let expiry = self.required(self.values.card_expiry, Parameter::CardExpiry, ParameterRule::Missing);
        Some(CardDetails {
            source: source?,
            expiry: expiry?,
            start: self.values.card_start,
            issue: self.values.card_issue.take(),
            account_reference: self.values.card_payment_account_reference.take(),
        })
    }

    fn cvv(&mut self) -> Option<Cvv> {
        let cvv = self.values.card_cvv.take();
        self.required(cvv, Parameter::CardCvv, ParameterRule::Missing)
    }

    fn is_network_token(&self) -> bool {
        self.values.network_token == Some(Flag(true))
    }

    /// A network token, or exactly one of number and token (note C1).
    fn source(&mut self) -> Option<CardSource> {
        if !self.is_network_token() {
            self.forbid(&[Parameter::CardTavv], ParameterRule::NotWithout(Parameter::NetworkToken));
            return self.card_or_token().map(CardSource::from);
        }
        self.forbid(&[Parameter::CardToken], ParameterRule::NotWith(Parameter::NetworkToken));
        let missing = ParameterRule::MissingWith(Parameter::NetworkToken);
        let (number, tavv) = (self.values.card_num.take(), self.values.card_tavv.take());
        let number = self.required(number, Parameter::CardNum, missing);
        let tavv = self.required(tavv, Parameter::CardTavv, missing);
        Some(CardSource::NetworkToken(NetworkToken::new(number?, tavv?)))
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

    /// The result of 3-D Secure, if any of it is there (note C5).
    pub(super) fn three_ds(&mut self) -> Option<ThreeDs> {
        let cavv = self.cavv();
        let values = &mut self.values;
        let (version, ds_transaction_id) = (values.acs_3dsversion, values.acs_dstransid.take());
        let (eci, xid) = (values.acs_eci, values.acs_xid.take());
        if matches!(version, Some(ThreeDsVersion::Two(_))) {
            self.require(Parameter::AcsDstransid, ParameterRule::MissingWith(Parameter::Acs3dsversion));
        }
        ThreeDs { version, ds_transaction_id, eci, cavv, xid }.unless_empty()
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
