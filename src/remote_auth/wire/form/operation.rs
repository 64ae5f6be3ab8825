//! Values to operation: the parameters of each, and whether they agree with each other.

use super::decode::Reader;
use super::values::{Flag, TransactionClass, TransactionType};
use crate::error::Rule;
use crate::media::form::Added;
use crate::remote_auth::ReturnFlags;
use crate::remote_auth::parameter::{OperationKind, Parameter, ParameterRule};
use crate::remote_auth::request::{
    Class, Continuous, ContinuousTerms, Credit, CreditReference, CreditTerms, CreditTo, FirstTransaction,
    MerchantReference, NetworkTokenOrigin, Options, Origin, OriginalClass, Payment, Request, Reversal, Sale,
    SaleTerms, SchemeOrigin, Verify, VerifyTerms,
};
use crate::value::{CardOrToken, Expiry, Money, Recipient};

impl Reader<'_> {
    /// The operation that type and class name.
    pub(super) fn request(&mut self) -> Option<Request> {
        use {TransactionClass as C, TransactionType as T};
        let kind = self.mandatory(self.values.tran_type, Parameter::TranType);
        let class = self.mandatory(self.values.tran_class, Parameter::TranClass);
        match (kind?, class?) {
            (T::Sale, C::Ecom) => self.sale(Class::Ecom).map(Request::Sale),
            (T::Sale, C::Moto) => self.sale(Class::Moto).map(Request::Sale),
            (T::Sale, C::Cont) => self.continuous().map(Request::Continuous),
            (T::Sale, C::Cred) => self.wrong_class(&["ecom", "moto", "cont"]),
            (T::Verify, C::Ecom) => self.verify(Class::Ecom).map(Request::Verify),
            (T::Verify, C::Moto) => self.verify(Class::Moto).map(Request::Verify),
            (T::Verify, C::Cont | C::Cred) => self.wrong_class(&["ecom", "moto"]),
            (T::Void, class) => self.reversal(class.into()).map(Request::Void),
            (T::Refund, class) => self.reversal(class.into()).map(Request::Refund),
            (T::Credit, C::Cred) => self.credit().map(Request::Credit),
            (T::Credit, C::Ecom | C::Moto | C::Cont) => self.wrong_class(&["cred"]),
        }
    }

    fn wrong_class(&mut self, right: &'static [&'static str]) -> Option<Request> {
        self.error(Parameter::TranClass, Rule::OneOf(right));
        None
    }

    fn sale(&mut self, class: Class) -> Option<Sale> {
        let card = self.sale_card(class);
        let money = self.money();
        let exemption = self.exemption(&["lowvalue", "lowrisk"]);
        let reference = self.reference();
        let terms = card.zip(money).map(|(card, money)| SaleTerms { card, class, money, exemption });
        self.payment(terms, reference)
    }

    fn verify(&mut self, class: Class) -> Option<Verify> {
        let card = self.verify_card(class);
        let amount = self.values.tran_amount;
        let currency = self.mandatory(self.values.tran_currency, Parameter::TranCurrency);
        let reference = self.reference();
        let exemption = self.values.SCA_exemption_indicator;
        let terms = card.zip(currency);
        let terms = terms.map(|(card, currency)| VerifyTerms { card, class, amount, currency, exemption });
        self.payment(terms, reference)
    }

    /// The exemption, which has to be one of those that the operation has.
    fn exemption<T: TryFrom<&'static str>>(&mut self, right: &'static [&'static str]) -> Option<T> {
        let exemption = self.values.SCA_exemption_indicator?;
        let exemption = T::try_from(exemption.as_str()).ok();
        if exemption.is_none() {
            self.error(Parameter::ScaExemptionIndicator, Rule::OneOf(right));
        }
        exemption
    }

    fn continuous(&mut self) -> Option<Continuous> {
        self.forbid(&[Parameter::CardCvv], ParameterRule::NotIn(OperationKind::Continuous));
        let origin = self.origin();
        let money = self.money();
        let exemption = self.exemption(&["Recurring", "MerchantInitiated"]);
        let three_ds = self.three_ds();
        let recurrence = self.values.tran_recurrence;
        let reference = self.reference();
        let terms = origin.zip(money);
        let terms =
            terms.map(|(origin, money)| ContinuousTerms { origin, money, recurrence, exemption, three_ds });
        self.payment(terms, reference)
    }

    /// The initial transaction (note C2): ours, or by the scheme's id with an optional card; and, with
    /// either, a network token.
    fn origin(&mut self) -> Option<Origin> {
        if self.is_network_token() {
            let first = self.first_transaction();
            return Some(Origin::NetworkToken(NetworkTokenOrigin {
                token: self.network_token()?,
                first: first?,
                expiry: self.values.card_expiry,
                account_reference: self.values.card_payment_account_reference.take(),
            }));
        }
        if self.supplied(Parameter::TranOrigId) {
            let excluded = [Parameter::CardNum, Parameter::CardToken, Parameter::CardExpiry];
            self.forbid(&excluded, ParameterRule::NotWith(Parameter::TranOrigId));
        }
        match self.first_transaction() {
            Some(FirstTransaction::Original(original)) => Some(Origin::Original(original)),
            Some(FirstTransaction::Scheme(id)) => {
                let card = self.origin_card();
                Some(Origin::Scheme(SchemeOrigin { id, card }))
            }
            None => {
                if !self.supplied(Parameter::TranOrigId) {
                    // For its errors.
                    self.origin_card();
                }
                None
            }
        }
    }

    /// One of the two ids. Where both are there, the scheme's is not used.
    fn first_transaction(&mut self) -> Option<FirstTransaction> {
        if self.supplied(Parameter::TranOrigId) {
            return self.values.tran_orig_id.map(FirstTransaction::Original);
        }
        let missing = ParameterRule::MissingWithout(Parameter::SchemeTransactionId);
        if !self.supplied(Parameter::SchemeTransactionId) {
            self.error(Parameter::TranOrigId, missing);
        }
        self.values.scheme_transaction_id.map(FirstTransaction::Scheme)
    }

    fn origin_card(&mut self) -> Option<(CardOrToken, Expiry)> {
        let card = if self.supplied(Parameter::CardNum) || self.supplied(Parameter::CardToken) {
            self.card_or_token()
        } else {
            return None;
        };
        let missing = ParameterRule::MissingWith(match card {
            Some(CardOrToken::Token(_)) => Parameter::CardToken,
            _ => Parameter::CardNum,
        });
        let expiry = self.required(self.values.card_expiry, Parameter::CardExpiry, missing);
        Some((card?, expiry?))
    }

    fn reversal<const IS_REFUND: bool>(&mut self, class: OriginalClass) -> Option<Reversal<IS_REFUND>> {
        let original = self.mandatory(self.values.tran_orig_id, Parameter::TranOrigId);
        let money = self.money();
        let (reference, options) = (self.values.tran_ref.take(), self.options());
        Some(Reversal { original: original?, class, money: money?, reference, options })
    }

    fn credit(&mut self) -> Option<Credit> {
        let to = self.credit_to();
        let money = self.money();
        let reference = self.credit_reference();
        let security_hash = self.mandatory(self.values.security_hash, Parameter::SecurityHash);
        let expiry = self.values.card_expiry;
        let terms = to.zip(money).zip(security_hash);
        let terms =
            terms.map(|((to, money), security_hash)| CreditTerms { to, expiry, money, security_hash });
        self.payment(terms, reference)
    }

    /// An original transaction, one of card number and token, or both (note C3).
    fn credit_to(&mut self) -> Option<CreditTo> {
        let names_card = self.supplied(Parameter::CardNum) || self.supplied(Parameter::CardToken);
        if !self.supplied(Parameter::TranOrigId) {
            if !names_card {
                self.error(Parameter::TranOrigId, ParameterRule::MissingWithout(Parameter::CardNum));
                return None;
            }
            return self.card_or_token().map(CreditTo::Card);
        }
        if !names_card {
            return self.values.tran_orig_id.map(CreditTo::Original);
        }
        let card = self.card_or_token();
        Some(CreditTo::CardOfOriginal { card: card?, original: self.values.tran_orig_id? })
    }

    fn credit_reference(&mut self) -> Option<CreditReference> {
        let reference = self.values.tran_ref.take();
        let reference = self.mandatory(reference, Parameter::TranRef)?;
        match CreditReference::try_from(reference.as_str()) {
            Ok(reference) => Some(reference),
            Err(error) => {
                self.error(Parameter::TranRef, error.rule());
                None
            }
        }
    }

    fn money(&mut self) -> Option<Money> {
        let amount = self.mandatory(self.values.tran_amount, Parameter::TranAmount);
        let currency = self.mandatory(self.values.tran_currency, Parameter::TranCurrency);
        Some(Money::new(amount?, currency?))
    }

    fn reference(&mut self) -> Option<MerchantReference> {
        let reference = self.values.tran_ref.take();
        self.mandatory(reference, Parameter::TranRef)
    }

    /// A payment with its terms and reference, and all else that it may have.
    fn payment<Terms, Ref>(
        &mut self,
        terms: Option<Terms>,
        reference: Option<Ref>,
    ) -> Option<Payment<Terms, Ref>> {
        let recipient = self.recipient();
        let (customer, description) = (self.values.customer(), self.values.tran_desc.take());
        let options = self.options();
        Some(Payment { terms: terms?, reference: reference?, customer, description, recipient, options })
    }

    fn options(&mut self) -> Options {
        let return_flags = self.return_flags();
        let values = &mut self.values;
        Options {
            mpg_id: values.gateway_id_mc,
            descriptor: values.descriptor.take(),
            retry_number: values.retry_number,
            return_flags,
            added: Added::default(),
        }
    }

    /// All four fields, or none.
    fn recipient(&mut self) -> Option<Recipient> {
        let fields = [
            Parameter::PrimaryRecipientDob,
            Parameter::PrimaryRecipientSurname,
            Parameter::PrimaryRecipientPostcode,
            Parameter::PrimaryRecipientAccountNumber,
        ];
        let &first = fields.iter().find(|&&field| self.supplied(field))?;
        for field in fields {
            self.require(field, ParameterRule::MissingWith(first));
        }
        let values = &mut self.values;
        Some(Recipient {
            date_of_birth: values.primary_recipient_dob.take()?,
            surname: values.primary_recipient_surname.take()?,
            postcode: values.primary_recipient_postcode.take()?,
            account: values.primary_recipient_account_number.take()?,
        })
    }

    fn return_flags(&self) -> ReturnFlags {
        let values = &self.values;
        ReturnFlags {
            acquirer_reference: values.return_acq_ref.is_some(),
            token: values.return_token == Some(Flag(true)),
            scheme_transaction_id: values.return_scheme_transaction_id == Some(Flag(true)),
        }
    }
}

impl From<TransactionClass> for OriginalClass {
    fn from(class: TransactionClass) -> Self {
        match class {
            TransactionClass::Ecom => Self::Ecom,
            TransactionClass::Moto => Self::Moto,
            TransactionClass::Cont => Self::Cont,
            TransactionClass::Cred => Self::Cred,
        }
    }
}
