//! Values to request: which operation it is, and whether the parameters agree with each other.

use super::Fields;
use super::unused::{operation, unused};
use super::values::{Flag, Received, TestMode, TransactionClass, TransactionType, Values};
use crate::error::{LimitExceeded, LimitKind, Rule};
use crate::media::form::{self, Added};
use crate::remote_auth::parameter::{OperationKind, Parameter, ParameterRule};
use crate::remote_auth::request::{
    CardOrToken, Class, Continuous, ContinuousTerms, Credit, CreditReference, CreditTerms, CreditTo,
    DecodedRequest, Descriptor, Finding, FirstTransaction, NetworkTokenOrigin, Origin, OriginalClass,
    Payment, Place, Request, RequestError, Reversal, Sale, SaleTerms, SchemeOrigin, UnlistedParameter,
    Verify, VerifyTerms,
};
use crate::remote_auth::{Credentials, HeaderCredentials, Limits, ParameterError, ReturnFlags};
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
    /// a contradiction between parameters and what the vendor forbids are errors: section 2 lists
    /// them. A parameter that the table does not know is [kept](DecodedRequest::unlisted), one that
    /// the operation does not use is [ignored](DecodedRequest::ignored), and what is wrong and decides
    /// nothing is a [finding](DecodedRequest::findings). What is read more easily than it is written
    /// stands in section 2, too.
    pub fn decode(body: &[u8]) -> Result<DecodedRequest, RequestError> {
        Self::decode_with(body, &Limits::default())
    }

    /// Reads a form body, with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &Limits) -> Result<DecodedRequest, RequestError> {
        Self::decode_with_headers(body, limits, HeaderCredentials::default())
    }

    /// Reads a form body with the credentials that came beside it in headers (RA-233). What the body
    /// has not is taken from them. Where both have it and differ, the body's counts, and the header is a
    /// [finding](DecodedRequest::findings).
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with_headers(
        body: &[u8],
        limits: &Limits,
        headers: HeaderCredentials<'_>,
    ) -> Result<DecodedRequest, RequestError> {
        if body.len() > limits.request_bytes {
            return Err(LimitExceeded::new(LimitKind::Bytes, limits.request_bytes).into());
        }
        let body = form::readable(form::without_line_end(form::without_mark(body)));
        let mut fields = Fields::of(body.as_str(), limits.request_parameters)?;
        let malformed = core::mem::take(&mut fields.errors).into_iter();
        let mut errors = malformed.map(|(name, malformed)| ParameterError::new(name, malformed)).collect();
        let ignored = operation(&fields).map(|kind| fields.set_aside(unused(kind, &fields)));
        let mut findings = Vec::new();
        let values = Values::of(&fields, &mut errors, &mut findings);
        let unlisted = core::mem::take(&mut fields.unlisted);
        let mut reader = Reader { values, fields, errors, findings };

        let credentials = reader.credentials(headers);
        let test_mode = reader.test_mode();
        let request = reader.request();
        let Reader { errors, findings, .. } = reader;
        match (credentials, test_mode, request) {
            (Some(credentials), Some(test_mode), Some(request)) if errors.is_empty() => {
                let unlisted = unlisted.into_iter().map(UnlistedParameter).collect();
                let ignored = ignored.unwrap_or_default();
                Ok(DecodedRequest { credentials, request, test_mode, unlisted, ignored, findings })
            }
            _ => Err(RequestError::Parameters(errors)),
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
    findings: Vec<Finding>,
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

    /// The credentials: of the body, or, where it has none, of the headers.
    fn credentials(&mut self, headers: HeaderCredentials<'_>) -> Option<Credentials> {
        let (profile, password) = (self.values.auth_id.take(), self.values.auth_pass.take());
        let profile = self.or_header(profile, Parameter::AuthId, headers.profile);
        let password = self.or_header(password, Parameter::AuthPass, headers.password);
        Some(Credentials::new(profile?, password?))
    }

    /// A value of the body, or that of a header. Where both are there and differ, the body's counts.
    fn or_header<T: Received + PartialEq>(
        &mut self,
        value: Option<T>,
        parameter: Parameter,
        header: Option<&str>,
    ) -> Option<T> {
        let Some(header) = header else { return self.mandatory(value, parameter) };
        let header = T::received(header);
        if self.supplied(parameter) {
            if value.is_some() && header.ok() != value {
                self.findings.push(Finding::new(Place::Header(parameter), ParameterRule::DiffersFromBody));
            }
            return value;
        }
        header.map_err(|error| self.error(parameter, error.rule())).ok()
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
        let payment = self.payment();
        let terms = card.zip(money).map(|(card, money)| SaleTerms { card, class, money, exemption });
        Some(payment?.of(terms?))
    }

    fn verify(&mut self, class: Class) -> Option<Verify> {
        let card = self.verify_card(class);
        let amount = self.values.tran_amount;
        let currency = self.mandatory(self.values.tran_currency, Parameter::TranCurrency);
        let payment = self.payment();
        let exemption = self.values.SCA_exemption_indicator;
        Some(payment?.of(VerifyTerms { card: card?, class, amount, currency: currency?, exemption }))
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
        let payment = self.payment();
        let (origin, money) = (origin?, money?);
        Some(payment?.of(ContinuousTerms { origin, money, recurrence, exemption, three_ds }))
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

    fn reversal(&mut self, class: OriginalClass) -> Option<Reversal> {
        let original = self.mandatory(self.values.tran_orig_id, Parameter::TranOrigId);
        let money = self.money();
        Some(Reversal {
            original: original?,
            class,
            money: money?,
            reference: self.values.tran_ref.take(),
            mpg_id: self.values.gateway_id_mc,
            return_flags: self.return_flags(),
            retry_number: self.values.retry_number,
            descriptor: self.descriptor(),
            added: Added::default(),
        })
    }

    fn credit(&mut self) -> Option<Credit> {
        let to = self.credit_to();
        let money = self.money();
        let reference = self.credit_reference();
        let security_hash = self.mandatory(self.values.security_hash, Parameter::SecurityHash);
        let payment = self.payment_of(reference);
        let (expiry, money) = (self.values.card_expiry, money?);
        Some(payment?.of(CreditTerms { to: to?, expiry, money, security_hash: security_hash? }))
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

    /// What a payment has beside its terms.
    fn payment(&mut self) -> Option<Payment<()>> {
        let reference = self.values.tran_ref.take();
        let reference = self.mandatory(reference, Parameter::TranRef);
        self.payment_of(reference)
    }

    /// The same, with the reference that was read.
    fn payment_of<Ref>(&mut self, reference: Option<Ref>) -> Option<Payment<(), Ref>> {
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
            added: Added::default(),
        })
    }

    fn descriptor(&mut self) -> Option<Descriptor> {
        self.values.descriptor.take()
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
