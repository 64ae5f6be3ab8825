//! Values to what is paid with: the conditional parameters of notes C1, C4 and C5, and section 5.

use super::decode::Reader;
use super::values::Flag;
use crate::error::Rule;
use crate::remote_auth::parameter::Parameter;
use crate::remote_auth::request::Recurrence;
use crate::remote_auth::request::{
    Card, CardOrToken, CardSource, Class, NetworkToken, NetworkTokenCard, Plastic, SaleMeans, StoredCard,
    StoringCard, VerifyMeans, WalletCard,
};
use crate::value::{Cavv, Cvv, FullThreeDs, ThreeDs, ThreeDsVersion};

impl Reader {
    pub(super) fn sale_means(&mut self, class: Class) -> Option<SaleMeans> {
        if self.values.ewallet == Some(Flag(true)) {
            return self.wallet().map(SaleMeans::Wallet);
        }
        self.forbid(&[Parameter::EwalletType], Rule::NotWithout(Parameter::Ewallet));
        match self.values.using_stored_credentials {
            Some(Flag(true)) => self.stored(class).map(SaleMeans::Stored),
            Some(Flag(false)) => self.storing(class).map(SaleMeans::Storing),
            None if self.is_network_token() && !self.supplied(Parameter::CardCvv) => {
                self.network_token_card().map(SaleMeans::NetworkToken)
            }
            None => self.card().map(SaleMeans::Card),
        }
    }

    pub(super) fn verify_means(&mut self, class: Class) -> Option<VerifyMeans> {
        match self.values.using_stored_credentials {
            Some(Flag(true)) => {
                self.error(Parameter::UsingStoredCredentials, Rule::OneOf(&["false"]));
                None
            }
            Some(Flag(false)) => self.storing(class).map(VerifyMeans::Storing),
            None => self.card().map(VerifyMeans::Card),
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
        self.forbid(&excluded, Rule::NotWith(Parameter::Ewallet));
        let missing = Rule::MissingWith(Parameter::Ewallet);
        let (number, cryptogram) = (self.values.card_num.take(), self.values.acs_cavv.take());
        let kind = self.required(self.values.ewallet_type, Parameter::EwalletType, missing);
        let number = self.required(number, Parameter::CardNum, missing);
        let cryptogram = self.required(cryptogram, Parameter::AcsCavv, missing);
        let plastic = self.plastic(number.map(CardSource::Number));
        let (eci, recurrence) = (self.values.acs_eci, self.values.tran_recurrence);
        Some(WalletCard { plastic: plastic?, kind: kind?, cryptogram: cryptogram?, eci, recurrence })
    }

    fn card(&mut self) -> Option<Card> {
        let source = self.source();
        let plastic = self.plastic(source);
        let cvv = self.cvv();
        let three_ds = self.three_ds();
        let recurrence = self.values.tran_recurrence;
        Some(Card { plastic: plastic?, cvv: cvv?, three_ds, recurrence })
    }

    fn network_token_card(&mut self) -> Option<NetworkTokenCard> {
        let source = self.source();
        let plastic = self.plastic(source);
        let three_ds = self.three_ds();
        let recurrence = self.values.tran_recurrence;
        Some(NetworkTokenCard { plastic: plastic?, three_ds, recurrence })
    }

    fn storing(&mut self, class: Class) -> Option<StoringCard> {
        let source = self.source();
        let plastic = self.plastic(source);
        let cvv = self.cvv();
        let three_ds = self.card_on_file(class);
        Some(StoringCard { plastic: plastic?, cvv: cvv?, three_ds: three_ds? })
    }

    fn stored(&mut self, class: Class) -> Option<StoredCard> {
        self.forbid(&[Parameter::CardCvv], Rule::NotWith(Parameter::UsingStoredCredentials));
        let source = self.source();
        let plastic = self.plastic(source);
        let three_ds = self.card_on_file(class);
        Some(StoredCard { plastic: plastic?, three_ds: three_ds? })
    }

    /// What a card on file needs: class, recurrence and a complete result of 3-D Secure.
    fn card_on_file(&mut self, class: Class) -> Option<FullThreeDs> {
        let missing = Rule::MissingWith(Parameter::UsingStoredCredentials);
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
        match FullThreeDs::complete(three_ds) {
            Ok(full) => Some(full),
            Err(Parameter::Acs3dsversion) if self.supplied(Parameter::Acs3dsversion) => {
                self.error(Parameter::Acs3dsversion, Rule::ThreeDsVersion2);
                None
            }
            // What is missing was reported.
            Err(_) => None,
        }
    }

    fn plastic(&mut self, source: Option<CardSource>) -> Option<Plastic> {
        let expiry = self.required(self.values.card_expiry, Parameter::CardExpiry, Rule::Missing);
        Some(Plastic {
            source: source?,
            expiry: expiry?,
            start: self.values.card_start,
            issue: self.values.card_issue.take(),
            account_reference: self.values.card_payment_account_reference.take(),
        })
    }

    fn cvv(&mut self) -> Option<Cvv> {
        let cvv = self.values.card_cvv.take();
        self.required(cvv, Parameter::CardCvv, Rule::Missing)
    }

    fn is_network_token(&self) -> bool {
        self.values.network_token == Some(Flag(true))
    }

    /// A network token, or exactly one of number and token (note C1).
    fn source(&mut self) -> Option<CardSource> {
        if !self.is_network_token() {
            self.forbid(&[Parameter::CardTavv], Rule::NotWithout(Parameter::NetworkToken));
            return self.card_or_token().map(CardSource::from);
        }
        self.forbid(&[Parameter::CardToken], Rule::NotWith(Parameter::NetworkToken));
        let missing = Rule::MissingWith(Parameter::NetworkToken);
        let (number, tavv) = (self.values.card_num.take(), self.values.card_tavv.take());
        let number = self.required(number, Parameter::CardNum, missing);
        let tavv = self.required(tavv, Parameter::CardTavv, missing);
        Some(CardSource::NetworkToken(NetworkToken::new(number?, tavv?)))
    }

    /// Exactly one of number and token (note C1).
    pub(super) fn card_or_token(&mut self) -> Option<CardOrToken> {
        if self.supplied(Parameter::CardNum) {
            self.forbid(&[Parameter::CardToken], Rule::NotWith(Parameter::CardNum));
            return self.values.card_num.take().map(CardOrToken::Number);
        }
        let token = self.values.card_token.take();
        if !self.supplied(Parameter::CardToken) {
            self.error(Parameter::CardNum, Rule::MissingWithout(Parameter::CardToken));
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
            self.require(Parameter::AcsDstransid, Rule::MissingWith(Parameter::Acs3dsversion));
        }
        let three_ds = ThreeDs { version, ds_transaction_id, eci, cavv, xid };
        Some(three_ds).filter(|three_ds| !three_ds.is_empty())
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
