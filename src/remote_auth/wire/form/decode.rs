//! Values to request: which operation it is, and whether the parameters agree with each other.

use super::Fields;
use super::values::{Exemption, Flag, TestMode, TransactionClass, TransactionType, Values};
use crate::error::{LimitExceeded, LimitKind, Rule};
use crate::media::form;
use crate::remote_auth::outcome::RecurringOrigin;
use crate::remote_auth::parameter::{OperationKind, Parameter, ParameterRule, Presence};
use crate::remote_auth::request::{
    CardOrToken, Class, Continuous, ContinuousTerms, Credit, CreditReference, CreditTo, DecodedRequest,
    Descriptor, Origin, OriginalClass, Payment, Request, RequestError, Reversal, Sale, SaleTerms,
    SchemeOrigin, UnknownParameter, Verify, VerifyTerms,
};
use crate::remote_auth::{Credentials, Limits, ParameterError, ReturnFlags};
use crate::value::{Customer, Expiry, Money, Recipient};

impl Request {
    /// Reads a form body, with the default [`Limits`].
    ///
    /// ```
    /// use cashflows_codec::remote_auth::Request;
    /// use cashflows_codec::remote_auth::request::RequestError;
    ///
    /// let body = b"auth_id=1234&auth_pass=x&tran_type=sale&tran_class=ecom&card_num=4000000000000002\
    ///     &card_cvv=12&card_expiry=1321&tran_ref=a&tran_amount=9.9&tran_currency=GBP&tran_testmode=0";
    /// let Err(RequestError::Parameters(errors)) = Request::decode(body) else { panic!() };
    /// let errors: Vec<String> = errors.iter().map(|error| error.to_string()).collect();
    /// assert_eq!(errors, [
    ///     "card_cvv must be 3 to 4 digits",
    ///     "card_expiry must be MMYY with a month of 01 to 12",
    ///     "tran_amount must be digits with exactly two decimals and nothing else, such as 24.99",
    /// ]);
    /// ```
    ///
    /// # Errors
    ///
    /// [`RequestError`]: a limit, or **all** that is wrong with the parameters. An empty value
    /// counts as absent; a parameter that stands twice, an invalid percent escape, invalid UTF-8,
    /// a parameter that the operation does not take and a contradiction between parameters are
    /// errors; a parameter that the table does not know is not. `tran_type` and `tran_class` are
    /// read without regard to case, `trans_desc` as `tran_desc` (sections 2 and 9).
    pub fn decode(body: &[u8]) -> Result<DecodedRequest, RequestError> {
        Self::decode_with(body, &Limits::default())
    }

    /// Reads a form body, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &Limits) -> Result<DecodedRequest, RequestError> {
        if body.len() > limits.request_bytes() {
            return Err(LimitExceeded::new(LimitKind::Bytes, limits.request_bytes()).into());
        }
        let body = form::readable(form::without_line_end(body));
        let mut fields = Fields::of(body.as_str(), limits.request_parameters())?;
        let malformed = core::mem::take(&mut fields.errors).into_iter();
        let mut errors = malformed.map(|(name, malformed)| ParameterError::new(name, malformed)).collect();
        let values = Values::of(&fields, &mut errors);
        let unlisted = core::mem::take(&mut fields.unlisted);
        let mut reader = Reader { values, fields, errors };

        let credentials = reader.credentials();
        let test_mode = reader.test_mode();
        let request = reader.request();
        match (credentials, test_mode, request, reader.errors) {
            (Some(credentials), Some(test_mode), Some(request), errors) if errors.is_empty() => {
                let unknown = unlisted.into_iter().map(UnknownParameter).collect();
                Ok(DecodedRequest { credentials, request, test_mode, unknown })
            }
            (.., errors) => Err(RequestError::Parameters(errors)),
        }
    }
}

/// Takes the values and makes an operation of them.
///
/// Every method goes on after an error, so that one reading finds them all; a `None` always comes
/// with an error.
pub(super) struct Reader<'b> {
    pub(super) values: Values,
    fields: Fields<'b>,
    errors: Vec<ParameterError>,
}

impl Reader<'_> {
    pub(super) fn error(&mut self, parameter: Parameter, rule: impl Into<ParameterRule>) {
        self.errors.push(ParameterError::new(parameter, rule));
    }

    pub(super) fn supplied(&self, parameter: Parameter) -> bool {
        self.fields.supplies(parameter)
    }

    /// The value, which has to be there; a wrong one was reported when it was checked.
    pub(super) fn required<T>(
        &mut self,
        value: Option<T>,
        parameter: Parameter,
        missing: ParameterRule,
    ) -> Option<T> {
        self.require(parameter, missing);
        value
    }

    /// Reports a parameter that is not there, unless it was reported.
    pub(super) fn require(&mut self, parameter: Parameter, missing: ParameterRule) {
        let reported = |error: &ParameterError| *error.parameter() == parameter.into();
        if !self.supplied(parameter) && !self.errors.iter().any(reported) {
            self.error(parameter, missing);
        }
    }

    fn mandatory<T>(&mut self, value: Option<T>, parameter: Parameter) -> Option<T> {
        self.required(value, parameter, ParameterRule::Missing)
    }

    /// Reports each of the parameters that is there all the same.
    pub(super) fn forbid(&mut self, parameters: &[Parameter], rule: ParameterRule) {
        for &parameter in parameters {
            if self.supplied(parameter) {
                self.error(parameter, rule);
            }
        }
    }

    fn credentials(&mut self) -> Option<Credentials> {
        let (profile, password) = (self.values.auth_id.take(), self.values.auth_pass.take());
        let profile = self.mandatory(profile, Parameter::AuthId);
        let password = self.mandatory(password, Parameter::AuthPass);
        Some(Credentials::new(profile?, password?))
    }

    fn test_mode(&mut self) -> Option<bool> {
        let value = self.values.tran_testmode.take();
        self.mandatory(value, Parameter::TranTestmode).map(|TestMode(test)| test)
    }

    fn request(&mut self) -> Option<Request> {
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
            (T::Void, class) => self.reversal(OperationKind::Void, class.into()).map(Request::Void),
            (T::Refund, class) => self.reversal(OperationKind::Refund, class.into()).map(Request::Refund),
            (T::Credit, C::Cred) => self.credit().map(Request::Credit),
            (T::Credit, C::Ecom | C::Moto | C::Cont) => self.wrong_class(&["cred"]),
        }
    }

    fn wrong_class(&mut self, right: &'static [&'static str]) -> Option<Request> {
        self.error(Parameter::TranClass, Rule::OneOf(right));
        None
    }

    /// Reports what the operation does not take at all.
    fn begin(&mut self, operation: OperationKind) {
        for &parameter in Parameter::ALL {
            if parameter.presence(operation) == Presence::Absent {
                self.forbid(&[parameter], ParameterRule::NotIn(operation));
            }
        }
    }

    fn sale(&mut self, class: Class) -> Option<Sale> {
        self.begin(OperationKind::Sale);
        let card = self.sale_card(class);
        let money = self.money();
        let exemption = match self.values.SCA_exemption_indicator {
            Some(Exemption::Continuous(_)) => {
                self.error(Parameter::ScaExemptionIndicator, Rule::OneOf(&["lowvalue", "lowrisk"]));
                None
            }
            Some(Exemption::Sale(exemption)) => Some(exemption),
            None => None,
        };
        let payment = self.payment();
        let terms = card.zip(money).map(|(card, money)| SaleTerms { card, class, money, exemption });
        Some(payment?.of(terms?))
    }

    fn verify(&mut self, class: Class) -> Option<Verify> {
        self.begin(OperationKind::Verify);
        let card = self.verify_card(class);
        let amount = self.values.tran_amount;
        let currency = self.mandatory(self.values.tran_currency, Parameter::TranCurrency);
        let payment = self.payment();
        Some(payment?.of(VerifyTerms { card: card?, class, amount, currency: currency? }))
    }

    fn continuous(&mut self) -> Option<Continuous> {
        self.begin(OperationKind::Continuous);
        let origin = self.origin();
        let money = self.money();
        let exemption = match self.values.SCA_exemption_indicator {
            Some(Exemption::Sale(_)) => {
                let right = Rule::OneOf(&["Recurring", "MerchantInitiated"]);
                self.error(Parameter::ScaExemptionIndicator, right);
                None
            }
            Some(Exemption::Continuous(exemption)) => Some(exemption),
            None => None,
        };
        let three_ds = self.three_ds();
        let recurrence = self.values.tran_recurrence;
        let payment = self.payment();
        let (origin, money) = (origin?, money?);
        Some(payment?.of(ContinuousTerms { origin, money, recurrence, exemption, three_ds }))
    }

    /// The initial transaction: ours, or by the scheme's id with an optional card (note C2).
    fn origin(&mut self) -> Option<Origin> {
        if self.supplied(Parameter::TranOrigId) {
            let excluded = [
                Parameter::CardNum,
                Parameter::CardToken,
                Parameter::CardExpiry,
                Parameter::SchemeTransactionId,
            ];
            self.forbid(&excluded, ParameterRule::NotWith(Parameter::TranOrigId));
            let original = self.values.tran_orig_id?;
            return Some(Origin::from(RecurringOrigin::unchecked(original)));
        }
        if !self.supplied(Parameter::SchemeTransactionId) {
            let missing = ParameterRule::MissingWithout(Parameter::SchemeTransactionId);
            self.error(Parameter::TranOrigId, missing);
        }
        let card = self.origin_card();
        Some(Origin::Scheme(match card {
            Some((card, expiry)) => {
                SchemeOrigin::new(self.values.scheme_transaction_id?).with_card(card, expiry)
            }
            None => SchemeOrigin::new(self.values.scheme_transaction_id?),
        }))
    }

    fn origin_card(&mut self) -> Option<(CardOrToken, Expiry)> {
        let card = if self.supplied(Parameter::CardNum) || self.supplied(Parameter::CardToken) {
            self.card_or_token()
        } else {
            self.forbid(&[Parameter::CardExpiry], ParameterRule::NotWithout(Parameter::CardNum));
            return None;
        };
        let missing = ParameterRule::MissingWith(match card {
            Some(CardOrToken::Token(_)) => Parameter::CardToken,
            _ => Parameter::CardNum,
        });
        let expiry = self.required(self.values.card_expiry, Parameter::CardExpiry, missing);
        Some((card?, expiry?))
    }

    fn reversal(&mut self, kind: OperationKind, class: OriginalClass) -> Option<Reversal> {
        self.begin(kind);
        let original = self.mandatory(self.values.tran_orig_id, Parameter::TranOrigId);
        let money = self.money();
        let mut return_flags = ReturnFlags::none();
        if self.values.return_acq_ref.is_some() {
            return_flags = return_flags.with_acquirer_reference();
        }
        Some(Reversal {
            original: original?,
            class,
            money: money?,
            reference: self.values.tran_ref.take(),
            mpg_id: self.values.gateway_id_mc,
            return_flags,
            retry_number: self.values.retry_number,
            descriptor: self.descriptor(),
        })
    }

    fn credit(&mut self) -> Option<Credit> {
        self.begin(OperationKind::Credit);
        let to = self.credit_to();
        let money = self.money();
        let reference = self.credit_reference();
        let security_hash = self.mandatory(self.values.security_hash, Parameter::SecurityHash);
        Some(Credit {
            to: to?,
            money: money?,
            reference: reference?,
            security_hash: security_hash?,
            retry_number: self.values.retry_number,
        })
    }

    /// Exactly one of original transaction, card number and token (note C3).
    fn credit_to(&mut self) -> Option<CreditTo> {
        if self.supplied(Parameter::TranOrigId) {
            self.forbid(
                &[Parameter::CardNum, Parameter::CardToken],
                ParameterRule::NotWith(Parameter::TranOrigId),
            );
            return self.values.tran_orig_id.map(CreditTo::Original);
        }
        if !self.supplied(Parameter::CardNum) && !self.supplied(Parameter::CardToken) {
            self.error(Parameter::TranOrigId, ParameterRule::MissingWithout(Parameter::CardNum));
            return None;
        }
        self.card_or_token().map(CreditTo::Card)
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

    /// What a payment has beside its terms.
    fn payment(&mut self) -> Option<Payment<()>> {
        let reference = self.values.tran_ref.take();
        let reference = self.mandatory(reference, Parameter::TranRef);
        let recipient = self.recipient();
        Some(Payment {
            terms: (),
            reference: reference?,
            customer: self.customer(),
            description: self.values.tran_desc.take(),
            mpg_id: self.values.gateway_id_mc,
            recipient,
            return_flags: self.return_flags(),
            retry_number: self.values.retry_number,
            descriptor: self.descriptor(),
        })
    }

    fn descriptor(&mut self) -> Option<Descriptor> {
        self.values.descriptor.take().map(|received| received.0)
    }

    fn customer(&mut self) -> Customer {
        let values = &mut self.values;
        Customer {
            name: values.cust_name.take(),
            address: values.cust_address.take(),
            postcode: values.cust_postcode.take(),
            country: values.cust_country.take(),
            ip: values.cust_ip.take(),
            email: values.cust_email.take(),
            telephone: values.cust_tel.take(),
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
        Some(Recipient::new(
            values.primary_recipient_dob.take()?,
            values.primary_recipient_surname.take()?,
            values.primary_recipient_postcode.take()?,
            values.primary_recipient_account_number.take()?,
        ))
    }

    fn return_flags(&self) -> ReturnFlags {
        let values = &self.values;
        let mut flags = ReturnFlags::none();
        if values.return_acq_ref.is_some() {
            flags = flags.with_acquirer_reference();
        }
        if values.return_token == Some(Flag(true)) {
            flags = flags.with_token();
        }
        if values.return_scheme_transaction_id == Some(Flag(true)) {
            flags = flags.with_scheme_transaction_id();
        }
        flags
    }
}

impl From<TransactionClass> for OriginalClass {
    fn from(class: TransactionClass) -> Self {
        match class {
            TransactionClass::Ecom => Self::Ecom,
            TransactionClass::Moto => Self::Moto,
            TransactionClass::Cont => Self::Continuous,
            TransactionClass::Cred => Self::Credit,
        }
    }
}
