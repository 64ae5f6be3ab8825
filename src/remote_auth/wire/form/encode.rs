//! Request to form.

use super::Form;
use crate::media::form::Text;
use crate::remote_auth::request::{
    Body, Card, CardDetails, CardOrToken, CardSource, Continuous, ContinuousTerms, Credit, CreditTo,
    Descriptor, NetworkToken, NetworkTokenCard, Origin, Payment, Recurrence, Request, RetryNumber, Reversal,
    Sale, SaleCard, SaleTerms, SchemeOrigin, StoredCard, StoringCard, Verify, VerifyCard, VerifyTerms,
    WalletCard,
};
use crate::remote_auth::{Credentials, Parameter as P, ReturnFlags};
use crate::value::{Customer, FullThreeDs, Money, Recipient, ThreeDs};

impl Request {
    /// The request as a form body, in the order of the protocol's table (section 2), with
    /// `tran_testmode=0`.
    ///
    /// It cannot fail: every value was checked when it was made, and what contradicts itself cannot
    /// be built. The body is written into one buffer, which is wiped when the last clone of its
    /// bytes is dropped.
    #[must_use]
    pub fn encode(&self, credentials: &Credentials) -> Body {
        match self {
            Self::Sale(sale) => sale.encode(credentials),
            Self::Verify(verify) => verify.encode(credentials),
            Self::Continuous(continuous) => continuous.encode(credentials),
            Self::Void(reversal) => body(credentials, |form| form.reversal("void", reversal)),
            Self::Refund(reversal) => body(credentials, |form| form.reversal("refund", reversal)),
            Self::Credit(credit) => credit.encode(credentials),
        }
    }
}

impl Sale {
    /// The sale as a form body: what [`Request::encode`] gives.
    #[must_use]
    pub fn encode(&self, credentials: &Credentials) -> Body {
        body(credentials, |form| form.sale(self))
    }
}

impl Verify {
    /// The verification as a form body: what [`Request::encode`] gives.
    #[must_use]
    pub fn encode(&self, credentials: &Credentials) -> Body {
        body(credentials, |form| form.verify(self))
    }
}

impl Continuous {
    /// The payment as a form body: what [`Request::encode`] gives.
    #[must_use]
    pub fn encode(&self, credentials: &Credentials) -> Body {
        body(credentials, |form| form.continuous(self))
    }
}

impl Credit {
    /// The credit as a form body: what [`Request::encode`] gives.
    #[must_use]
    pub fn encode(&self, credentials: &Credentials) -> Body {
        body(credentials, |form| form.credit(self))
    }
}

/// A form with credentials and what else is filled in.
#[inline]
fn body<'a>(credentials: &'a Credentials, fill: impl FnOnce(&mut Form<'a>)) -> Body {
    let mut form = Form::new();
    form.credentials(credentials);
    fill(&mut form);
    Body::new(form.to_body())
}

// Every struct is taken apart by name, so that a new field cannot be forgotten here.
impl<'a> Form<'a> {
    fn credentials(&mut self, credentials: &'a Credentials) {
        self.set(P::AuthId, credentials.profile().as_str());
        self.set(P::AuthPass, credentials.password().secret_str());
        self.set(P::TranTestmode, "0");
    }

    fn operation(&mut self, kind: &'static str, class: &'static str) {
        self.set(P::TranType, kind);
        self.set(P::TranClass, class);
    }

    fn money(&mut self, money: Money) {
        self.set(P::TranAmount, Text::short(money.amount().to_text()));
        self.set(P::TranCurrency, money.currency().as_str());
    }

    fn sale(&mut self, sale: &'a Payment<SaleTerms>) {
        let SaleTerms { card, class, money, exemption } = &sale.terms;
        self.operation("sale", class.as_str());
        self.money(*money);
        self.set_some(P::ScaExemptionIndicator, exemption.map(|exemption| exemption.as_str()));
        self.payment(sale);
        match card {
            SaleCard::Card(card) => self.card(card),
            SaleCard::Storing(card) => self.storing(card),
            SaleCard::Stored(card) => self.stored(card),
            SaleCard::Wallet(card) => self.wallet(card),
            SaleCard::NetworkToken(NetworkTokenCard { details, three_ds, recurrence }) => {
                self.details(details);
                self.three_ds(three_ds.as_ref());
                self.recurrence(*recurrence);
            }
        }
    }

    fn verify(&mut self, verify: &'a Payment<VerifyTerms>) {
        let VerifyTerms { card, class, amount, currency } = &verify.terms;
        self.operation("verify", class.as_str());
        self.set_some(P::TranAmount, amount.map(|amount| Text::short(amount.to_text())));
        self.set(P::TranCurrency, currency.as_str());
        self.payment(verify);
        match card {
            VerifyCard::Card(card) => self.card(card),
            VerifyCard::Storing(card) => self.storing(card),
        }
    }

    fn continuous(&mut self, continuous: &'a Payment<ContinuousTerms>) {
        let ContinuousTerms { origin, money, recurrence, exemption, three_ds } = &continuous.terms;
        self.operation("sale", "cont");
        self.money(*money);
        self.recurrence(*recurrence);
        self.set_some(P::ScaExemptionIndicator, exemption.map(|exemption| exemption.as_str()));
        self.three_ds(three_ds.as_ref());
        self.payment(continuous);
        match origin {
            Origin::Original(original) => self.set(P::TranOrigId, original.as_str()),
            Origin::Scheme(SchemeOrigin { id, card }) => {
                self.set(P::SchemeTransactionId, id.as_str());
                if let Some((card, expiry)) = card {
                    self.card_or_token(card);
                    self.set(P::CardExpiry, Text::short(expiry.to_text()));
                }
            }
        }
    }

    fn reversal(&mut self, kind: &'static str, reversal: &'a Reversal) {
        let Reversal { original, class, money, reference, mpg_id, return_flags, retry_number, descriptor } =
            reversal;
        self.operation(kind, class.as_str());
        self.set_some(P::TranRef, reference.as_ref().map(|reference| reference.as_str()));
        self.set_some(P::GatewayIdMc, mpg_id.as_ref().map(|id| id.as_str()));
        self.return_flags(*return_flags);
        self.set(P::TranOrigId, original.as_str());
        self.money(*money);
        self.attempt(*retry_number, descriptor.as_ref());
    }

    fn credit(&mut self, credit: &'a Credit) {
        let Credit { to, money, reference, security_hash, retry_number } = credit;
        self.operation("credit", "cred");
        self.money(*money);
        self.set(P::TranRef, reference.as_str());
        self.set(P::SecurityHash, security_hash.as_str());
        self.set_some(P::RetryNumber, retry_number.map(Text::written));
        match to {
            CreditTo::Original(original) => self.set(P::TranOrigId, original.as_str()),
            CreditTo::Card(card) => self.card_or_token(card),
        }
    }

    /// What a payment has beside its terms.
    fn payment<Terms>(&mut self, payment: &'a Payment<Terms>) {
        let Payment {
            terms: _,
            reference,
            customer,
            description,
            mpg_id,
            recipient,
            return_flags,
            retry_number,
            descriptor,
        } = payment;
        self.set(P::TranRef, reference.as_str());
        self.customer(customer);
        self.set_some(P::TranDesc, description.as_ref().map(AsRef::as_ref));
        self.set_some(P::GatewayIdMc, mpg_id.as_ref().map(AsRef::as_ref));
        if let Some(recipient) = recipient {
            self.recipient(recipient);
        }
        self.return_flags(*return_flags);
        self.attempt(*retry_number, descriptor.as_ref());
    }

    fn customer(&mut self, customer: &'a Customer) {
        let Customer { name, address, postcode, country, ip, email, telephone } = customer;
        self.set_some(P::CustName, name.as_ref().map(|name| name.as_str()));
        self.set_some(P::CustAddress, address.as_ref().map(|address| address.as_str()));
        self.set_some(P::CustPostcode, postcode.as_ref().map(|postcode| postcode.as_str()));
        self.set_some(P::CustCountry, country.as_ref().map(|country| country.as_str()));
        self.set_some(P::CustIp, ip.as_ref().map(|ip| ip.as_str()));
        self.set_some(P::CustEmail, email.as_ref().map(|email| email.as_str()));
        self.set_some(P::CustTel, telephone.as_ref().map(|telephone| telephone.as_str()));
    }

    fn recipient(&mut self, recipient: &'a Recipient) {
        self.set(P::PrimaryRecipientDob, recipient.date_of_birth().as_str());
        self.set(P::PrimaryRecipientSurname, recipient.surname().as_str());
        self.set(P::PrimaryRecipientPostcode, recipient.postcode().as_str());
        self.set(P::PrimaryRecipientAccountNumber, recipient.account().as_str());
    }

    fn return_flags(&mut self, flags: ReturnFlags) {
        self.set_some(P::ReturnToken, flags.token().then_some("true"));
        self.set_some(P::ReturnAcqRef, flags.acquirer_reference().then_some("1"));
        self.set_some(P::ReturnSchemeTransactionId, flags.scheme_transaction_id().then_some("1"));
    }

    fn attempt(&mut self, retry_number: Option<RetryNumber>, descriptor: Option<&'a Descriptor>) {
        self.set_some(P::RetryNumber, retry_number.map(Text::written));
        self.set_some(P::Descriptor, descriptor.map(|descriptor| descriptor.as_str()));
    }

    fn card(&mut self, card: &'a Card) {
        let Card { details, cvv, three_ds, recurrence } = card;
        self.details(details);
        self.set(P::CardCvv, cvv.secret_str());
        self.three_ds(three_ds.as_ref());
        self.recurrence(*recurrence);
    }

    fn storing(&mut self, card: &'a StoringCard) {
        let StoringCard { details, cvv, three_ds } = card;
        self.details(details);
        self.set(P::CardCvv, cvv.secret_str());
        self.card_on_file("false", three_ds);
    }

    fn stored(&mut self, card: &'a StoredCard) {
        let StoredCard { details, three_ds } = card;
        self.details(details);
        self.card_on_file("true", three_ds);
    }

    fn card_on_file(&mut self, using_stored_credentials: &'static str, three_ds: &'a FullThreeDs) {
        self.set(P::UsingStoredCredentials, using_stored_credentials);
        self.three_ds(Some(three_ds.three_ds()));
        self.recurrence(Some(Recurrence::CardOnFile));
    }

    fn wallet(&mut self, card: &'a WalletCard) {
        let WalletCard { details, kind, cryptogram, eci, recurrence } = card;
        self.details(details);
        self.set(P::Ewallet, "true");
        self.set(P::EwalletType, kind.as_str());
        self.set(P::AcsCavv, cryptogram.secret_str());
        self.set_some(P::AcsEci, eci.map(|eci| eci.as_str()));
        self.recurrence(*recurrence);
    }

    fn details(&mut self, details: &'a CardDetails) {
        let CardDetails { source, expiry, start, issue, account_reference } = details;
        match source {
            CardSource::Number(number) => self.set(P::CardNum, number.secret_str()),
            CardSource::Token(token) => self.set(P::CardToken, token.secret_str()),
            CardSource::NetworkToken(token) => self.network_token(token),
        }
        self.set(P::CardExpiry, Text::short(expiry.to_text()));
        self.set_some(P::CardStart, start.map(|start| Text::short(start.to_text())));
        self.set_some(P::CardIssue, issue.as_ref().map(|issue| issue.as_str()));
        let reference = account_reference.as_ref().map(|reference| reference.as_str());
        self.set_some(P::CardPaymentAccountReference, reference);
    }

    fn network_token(&mut self, token: &'a NetworkToken) {
        self.set(P::NetworkToken, "true");
        self.set(P::CardNum, token.number().secret_str());
        self.set(P::CardTavv, token.tavv().secret_str());
    }

    fn card_or_token(&mut self, card: &'a CardOrToken) {
        match card {
            CardOrToken::Number(number) => self.set(P::CardNum, number.secret_str()),
            CardOrToken::Token(token) => self.set(P::CardToken, token.secret_str()),
        }
    }

    fn recurrence(&mut self, recurrence: Option<Recurrence>) {
        self.set_some(P::TranRecurrence, recurrence.map(|recurrence| recurrence.as_str()));
    }

    fn three_ds(&mut self, three_ds: Option<&'a ThreeDs>) {
        let Some(three_ds) = three_ds else { return };
        self.set_some(P::Acs3dsversion, three_ds.version());
        self.set_some(P::AcsEci, three_ds.eci().map(|eci| eci.as_str()));
        self.set_some(P::AcsCavv, three_ds.cavv().map(|cavv| cavv.secret_str()));
        self.set_some(P::AcsDstransid, three_ds.ds_transaction_id().map(|id| id.as_str()));
        self.set_some(P::AcsXid, three_ds.xid().map(|xid| xid.as_str()));
    }
}
