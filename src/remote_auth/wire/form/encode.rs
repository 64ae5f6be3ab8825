//! Request to form.

use super::Form;
use crate::media::form::Text;
use crate::remote_auth::request::{
    Body, Card, CardDetails, CardSource, Continuous, ContinuousTerms, Credit, CreditTerms, CreditTo,
    FirstTransaction, NetworkToken, NetworkTokenOrigin, Options, Origin, Payment, PaymentCard, Recurrence,
    Request, Reversal, Sale, SaleTerms, SchemeOrigin, StoredCard, StoringCard, Verify, VerifyTerms,
    WalletCard,
};
use crate::remote_auth::{Credentials, Parameter as P, ReturnFlags};
use crate::value::{
    CardOrToken, Cvv, Expiry, Money, PaymentAccountReference, Recipient, ThreeDs, ThreeDsVersion,
};

impl Request {
    /// The request as a form body, in the order of the protocol's table (section 2), with
    /// `tran_testmode=0`.
    ///
    /// It cannot fail: every value was checked when it was made, and requests that contradict themselves
    /// cannot be built. The body is written into one buffer, which is wiped when the last clone of its
    /// bytes is dropped.
    #[must_use]
    pub fn encode(&self, credentials: &Credentials) -> Body {
        let mut form = Form::new();
        form.credentials(credentials);
        match self {
            Self::Sale(sale) => form.sale(sale),
            Self::Verify(verify) => form.verify(verify),
            Self::Continuous(continuous) => form.continuous(continuous),
            Self::Void(void) => form.reversal(void),
            Self::Refund(refund) => form.reversal(refund),
            Self::Credit(credit) => form.credit(credit),
        }
        Body::new(form.to_body())
    }
}

// Every struct is taken apart by name, so that a new field cannot be forgotten here.
impl<'a> Form<'a> {
    fn credentials(&mut self, credentials: &'a Credentials) {
        self.set(P::AuthId, credentials.profile.as_str());
        self.set(P::AuthPass, credentials.password.secret_str());
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

    fn sale(&mut self, sale: &'a Sale) {
        let SaleTerms { card, class, money, exemption } = &sale.terms;
        self.operation("sale", class.as_str());
        self.money(*money);
        self.set_some(P::ScaExemptionIndicator, exemption.map(|exemption| exemption.as_str()));
        self.payment(sale);
        self.payment_card(card);
    }

    fn verify(&mut self, verify: &'a Verify) {
        let VerifyTerms { card, class, amount, currency, exemption } = &verify.terms;
        self.operation("verify", class.as_str());
        self.set_some(P::TranAmount, amount.map(|amount| Text::short(amount.to_text())));
        self.set(P::TranCurrency, currency.as_str());
        self.set_some(P::ScaExemptionIndicator, exemption.map(|exemption| exemption.as_str()));
        self.payment(verify);
        self.payment_card(card);
    }

    fn continuous(&mut self, continuous: &'a Continuous) {
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
                    self.expiry(Some(*expiry));
                }
            }
            Origin::NetworkToken(NetworkTokenOrigin { first, token, expiry, account_reference }) => {
                match first {
                    FirstTransaction::Original(original) => self.set(P::TranOrigId, original.as_str()),
                    FirstTransaction::Scheme(id) => self.set(P::SchemeTransactionId, id.as_str()),
                }
                self.network_token(token);
                self.expiry(*expiry);
                self.account_reference(account_reference.as_ref());
            }
        }
    }

    fn reversal<const IS_REFUND: bool>(&mut self, reversal: &'a Reversal<IS_REFUND>) {
        let Reversal { original, class, money, reference, options } = reversal;
        self.operation(if IS_REFUND { "refund" } else { "void" }, class.as_str());
        self.set_some(P::TranRef, reference.as_ref().map(AsRef::as_ref));
        self.set(P::TranOrigId, original.as_str());
        self.money(*money);
        self.options(options);
    }

    fn credit(&mut self, credit: &'a Credit) {
        let CreditTerms { to, expiry, money, security_hash } = &credit.terms;
        self.operation("credit", "cred");
        self.money(*money);
        self.set(P::SecurityHash, security_hash.as_str());
        self.expiry(*expiry);
        self.payment(credit);
        match to {
            CreditTo::Original(original) => self.set(P::TranOrigId, original.as_str()),
            CreditTo::Card(card) => self.card_or_token(card),
            CreditTo::CardOfOriginal { card, original } => {
                self.set(P::TranOrigId, original.as_str());
                self.card_or_token(card);
            }
        }
    }

    /// The part of a payment that is not its terms.
    fn payment<Terms, Ref: AsRef<str>>(&mut self, payment: &'a Payment<Terms, Ref>) {
        let Payment { terms: _, reference, customer, description, recipient, options } = payment;
        self.set(P::TranRef, reference.as_ref());
        self.customer(customer);
        self.set_some(P::TranDesc, description.as_ref().map(AsRef::as_ref));
        if let Some(recipient) = recipient {
            self.recipient(recipient);
        }
        self.options(options);
    }

    fn options(&mut self, options: &'a Options) {
        let Options { mpg_id, descriptor, retry_number, return_flags, added } = options;
        self.set_some(P::GatewayIdMc, mpg_id.as_ref().map(AsRef::as_ref));
        self.set_some(P::Descriptor, descriptor.as_ref().map(AsRef::as_ref));
        self.set_some(P::RetryNumber, retry_number.map(Text::written));
        self.return_flags(*return_flags);
        self.add(added);
    }

    fn recipient(&mut self, recipient: &'a Recipient) {
        let Recipient { date_of_birth, surname, postcode, account } = recipient;
        self.set(P::PrimaryRecipientDob, date_of_birth.as_str());
        self.set(P::PrimaryRecipientSurname, surname.as_str());
        self.set(P::PrimaryRecipientPostcode, postcode.as_str());
        self.set(P::PrimaryRecipientAccountNumber, account.as_str());
    }

    fn return_flags(&mut self, flags: ReturnFlags) {
        self.set_some(P::ReturnToken, flags.token.then_some("true"));
        self.set_some(P::ReturnAcqRef, flags.acquirer_reference.then_some("1"));
        self.set_some(P::ReturnSchemeTransactionId, flags.scheme_transaction_id.then_some("1"));
    }

    fn payment_card(&mut self, card: &'a PaymentCard) {
        match card {
            PaymentCard::Card(card) => self.card(card),
            PaymentCard::Storing(StoringCard(card)) => {
                self.set(P::UsingStoredCredentials, "false");
                self.card(card);
            }
            PaymentCard::Stored(StoredCard(card)) => {
                self.set(P::UsingStoredCredentials, "true");
                self.card(card);
            }
            PaymentCard::Wallet(card) => self.wallet(card),
        }
    }

    fn card(&mut self, card: &'a Card) {
        let Card { details, cvv, three_ds, recurrence } = card;
        match &details.source {
            CardSource::Number(number) => self.set(P::CardNum, number.secret_str()),
            CardSource::Token(token) => self.set(P::CardToken, token.secret_str()),
            CardSource::NetworkToken(token) => self.network_token(token),
        }
        self.details(details);
        self.cvv(cvv.as_ref());
        self.three_ds(three_ds.as_ref());
        self.recurrence(*recurrence);
    }

    fn wallet(&mut self, card: &'a WalletCard) {
        let WalletCard { details, kind, cryptogram, eci, cvv, version, ds_transaction_id, recurrence } = card;
        self.set(P::CardNum, details.source.secret_str());
        self.details(details);
        self.set(P::Ewallet, "true");
        self.set(P::EwalletType, kind.as_str());
        self.set(P::AcsCavv, cryptogram.secret_str());
        self.set_some(P::AcsEci, eci.map(|eci| eci.as_str()));
        self.cvv(cvv.as_ref());
        self.set_some(P::Acs3dsversion, version.as_ref().map(ThreeDsVersion::as_str));
        self.set_some(P::AcsDstransid, ds_transaction_id.as_ref().map(AsRef::as_ref));
        self.recurrence(*recurrence);
    }

    fn cvv(&mut self, cvv: Option<&'a Cvv>) {
        self.set_some(P::CardCvv, cvv.map(Cvv::secret_str));
    }

    fn expiry(&mut self, expiry: Option<Expiry>) {
        self.set_some(P::CardExpiry, expiry.map(|expiry| Text::short(expiry.to_text())));
    }

    fn account_reference(&mut self, reference: Option<&'a PaymentAccountReference>) {
        self.set_some(P::CardPaymentAccountReference, reference.map(AsRef::as_ref));
    }

    /// The details but for the source.
    fn details<Source>(&mut self, details: &'a CardDetails<Source>) {
        let CardDetails { source: _, expiry, start, issue, account_reference } = details;
        self.expiry(Some(*expiry));
        self.set_some(P::CardStart, start.map(|start| Text::short(start.to_text())));
        self.set_some(P::CardIssue, issue.as_ref().map(AsRef::as_ref));
        self.account_reference(account_reference.as_ref());
    }

    fn network_token(&mut self, token: &'a NetworkToken) {
        let NetworkToken { number, tavv } = token;
        self.set(P::NetworkToken, "true");
        self.set(P::CardNum, number.secret_str());
        self.set(P::CardTavv, tavv.secret_str());
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
        let ThreeDs { version, ds_transaction_id, eci, cavv, xid } = three_ds;
        self.set_some(P::Acs3dsversion, version.as_ref().map(ThreeDsVersion::as_str));
        self.set_some(P::AcsEci, eci.map(|eci| eci.as_str()));
        self.set_some(P::AcsCavv, cavv.as_ref().map(|cavv| cavv.secret_str()));
        self.set_some(P::AcsDstransid, ds_transaction_id.as_ref().map(AsRef::as_ref));
        self.set_some(P::AcsXid, xid.as_ref().map(AsRef::as_ref));
    }
}
