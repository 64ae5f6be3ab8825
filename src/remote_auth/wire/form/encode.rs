//! Request to form.

use super::Form;
use super::text::Text;
use crate::media::form::to_body;
use crate::remote_auth::Credentials;
use crate::remote_auth::ReturnFlags;
use crate::remote_auth::request::Recurrence;
use crate::remote_auth::request::{
    Attempt, Body, Card, CardOrToken, CardSource, Continuous, Credit, CreditTo, NetworkToken,
    NetworkTokenCard, Origin, Plastic, Purchase, Refund, Request, Sale, SaleMeans, SchemeOrigin, StoredCard,
    StoringCard, Verify, VerifyMeans, Void, WalletCard,
};
use crate::value::{Customer, Cvv, FullThreeDs, Money, OriginalId, Recipient, ThreeDs};

impl Request {
    /// The request as a form body, in the order of the protocol's table (section 2), with
    /// `tran_testmode=0`.
    ///
    /// It cannot fail: every value was checked when it was made, and what contradicts itself cannot
    /// be built. The body is written into one buffer, which is wiped when the last clone of its
    /// bytes is dropped.
    #[must_use]
    pub fn encode(&self, credentials: &Credentials) -> Body {
        let mut form = Form::default();
        form.credentials(credentials);
        match self {
            Self::Sale(sale) => form.sale(sale),
            Self::Verify(verify) => form.verify(verify),
            Self::Continuous(continuous) => form.continuous(continuous),
            Self::Void(Void { original, class, money, attempt }) => {
                form.operation("void", class.as_str());
                form.reversal(original, *money, attempt);
            }
            Self::Refund(Refund { original, class, money, attempt }) => {
                form.operation("refund", class.as_str());
                form.reversal(original, *money, attempt);
            }
            Self::Credit(credit) => form.credit(credit),
        }
        Body::new(to_body(&form))
    }
}

/// Text of a value that knows its text.
fn text<'a>(value: &'a (impl AsRef<str> + ?Sized)) -> Option<Text<'a>> {
    Some(Text::from(value.as_ref()))
}

/// Text of an optional value that knows its text.
fn optional<T: AsRef<str>>(value: &Option<T>) -> Option<Text<'_>> {
    value.as_ref().and_then(text)
}

/// Text of an optional word of a list.
fn word<'a>(word: Option<&'static str>) -> Option<Text<'a>> {
    word.map(Text::from)
}

const TRUE: Option<Text<'_>> = Some(Text::Borrowed("true"));
const FALSE: Option<Text<'_>> = Some(Text::Borrowed("false"));
const ONE: Option<Text<'_>> = Some(Text::Borrowed("1"));

// Every struct is taken apart by name, so that a new field cannot be forgotten here.
impl<'a> Form<'a> {
    fn credentials(&mut self, credentials: &'a Credentials) {
        self.auth_id = text(credentials.profile());
        self.auth_pass = text(credentials.password().secret_str());
        self.tran_testmode = text("0");
    }

    fn operation(&mut self, kind: &'static str, class: &'static str) {
        self.tran_type = text(kind);
        self.tran_class = text(class);
    }

    fn money(&mut self, money: Money) {
        self.tran_amount = Some(Text::short(money.amount().to_text()));
        self.tran_currency = text(money.currency().as_str());
    }

    fn sale(&mut self, sale: &'a Sale) {
        let Sale { means, class, money, exemption, purchase } = sale;
        self.operation("sale", class.as_str());
        self.money(*money);
        self.sca_exemption_indicator = word(exemption.map(|exemption| exemption.as_str()));
        self.purchase(purchase);
        match means {
            SaleMeans::Card(card) => self.card(card),
            SaleMeans::Storing(card) => self.storing(card),
            SaleMeans::Stored(card) => self.stored(card),
            SaleMeans::Wallet(card) => self.wallet(card),
            SaleMeans::NetworkToken(card) => {
                let NetworkTokenCard { plastic, three_ds, recurrence } = card;
                self.plastic(plastic);
                self.three_ds(three_ds.as_ref());
                self.recurrence(*recurrence);
            }
        }
    }

    fn verify(&mut self, verify: &'a Verify) {
        let Verify { means, class, amount, currency, purchase } = verify;
        self.operation("verify", class.as_str());
        self.tran_amount = amount.map(|amount| Text::short(amount.to_text()));
        self.tran_currency = text(currency.as_str());
        self.purchase(purchase);
        match means {
            VerifyMeans::Card(card) => self.card(card),
            VerifyMeans::Storing(card) => self.storing(card),
        }
    }

    fn continuous(&mut self, continuous: &'a Continuous) {
        let Continuous { origin, money, recurrence, exemption, three_ds, purchase } = continuous;
        self.operation("sale", "cont");
        self.money(*money);
        self.recurrence(*recurrence);
        self.sca_exemption_indicator = word(exemption.map(|exemption| exemption.as_str()));
        self.three_ds(three_ds.as_ref());
        self.purchase(purchase);
        match origin {
            Origin::Original(original) => self.tran_orig_id = text(original),
            Origin::Scheme(SchemeOrigin { id, card }) => {
                self.scheme_transaction_id = text(id);
                if let Some((card, expiry)) = card {
                    self.card_or_token(card);
                    self.card_expiry = Some(Text::short(expiry.to_text()));
                }
            }
        }
    }

    fn reversal(&mut self, original: &'a OriginalId, money: Money, attempt: &'a Attempt) {
        self.tran_orig_id = text(original);
        self.money(money);
        self.attempt(attempt);
    }

    fn credit(&mut self, credit: &'a Credit) {
        let Credit { to, money, reference, security_hash } = credit;
        self.operation("credit", "cred");
        self.money(*money);
        self.tran_ref = text(reference);
        self.security_hash = text(security_hash);
        match to {
            CreditTo::Original(original) => self.tran_orig_id = text(original),
            CreditTo::Card(card) => self.card_or_token(card),
        }
    }

    fn purchase(&mut self, purchase: &'a Purchase) {
        let Purchase { reference, customer, description, mpg_id, recipient, return_flags, attempt } =
            purchase;
        self.tran_ref = text(reference);
        self.customer(customer);
        self.tran_desc = optional(description);
        self.gateway_id_mc = optional(mpg_id);
        if let Some(recipient) = recipient {
            self.recipient(recipient);
        }
        self.return_flags(*return_flags);
        self.attempt(attempt);
    }

    fn customer(&mut self, customer: &'a Customer) {
        self.cust_name = customer.name().and_then(text);
        self.cust_address = customer.address().and_then(text);
        self.cust_postcode = customer.postcode().and_then(text);
        self.cust_country = customer.country().and_then(text);
        self.cust_ip = customer.ip().map(|ip| Text::dotted(ip.octets()));
        self.cust_email = customer.email().and_then(text);
        self.cust_tel = customer.telephone().and_then(text);
    }

    fn recipient(&mut self, recipient: &'a Recipient) {
        self.primary_recipient_dob = text(recipient.date_of_birth());
        self.primary_recipient_surname = text(recipient.surname());
        self.primary_recipient_postcode = text(recipient.postcode());
        self.primary_recipient_account_number = text(recipient.account());
    }

    fn return_flags(&mut self, flags: ReturnFlags) {
        self.return_token = TRUE.filter(|_| flags.token());
        self.return_acq_ref = ONE.filter(|_| flags.acquirer_reference());
        self.return_scheme_transaction_id = ONE.filter(|_| flags.scheme_transaction_id());
    }

    fn attempt(&mut self, attempt: &'a Attempt) {
        let Attempt { retry_number, descriptor } = attempt;
        self.retry_number = retry_number.map(Text::written);
        self.descriptor = optional(descriptor);
    }

    fn card(&mut self, card: &'a Card) {
        let Card { plastic, cvv, three_ds, recurrence } = card;
        self.plastic(plastic);
        self.cvv(cvv);
        self.three_ds(three_ds.as_ref());
        self.recurrence(*recurrence);
    }

    fn storing(&mut self, card: &'a StoringCard) {
        let StoringCard { plastic, cvv, three_ds } = card;
        self.plastic(plastic);
        self.cvv(cvv);
        self.card_on_file(three_ds);
        self.using_stored_credentials = FALSE;
    }

    fn stored(&mut self, card: &'a StoredCard) {
        let StoredCard { plastic, three_ds } = card;
        self.plastic(plastic);
        self.card_on_file(three_ds);
        self.using_stored_credentials = TRUE;
    }

    fn card_on_file(&mut self, three_ds: &'a FullThreeDs) {
        self.three_ds(Some(three_ds.three_ds()));
        self.recurrence(Some(Recurrence::CardOnFile));
    }

    fn wallet(&mut self, card: &'a WalletCard) {
        let WalletCard { plastic, kind, cryptogram, eci, recurrence } = card;
        self.plastic(plastic);
        self.ewallet = TRUE;
        self.ewallet_type = text(kind.as_str());
        self.acs_cavv = text(cryptogram.secret_str());
        self.acs_eci = word(eci.map(|eci| eci.as_str()));
        self.recurrence(*recurrence);
    }

    fn plastic(&mut self, plastic: &'a Plastic) {
        let Plastic { source, expiry, start, issue, account_reference } = plastic;
        match source {
            CardSource::Number(number) => self.card_num = text(number.secret_str()),
            CardSource::Token(token) => self.card_token = text(token.secret_str()),
            CardSource::NetworkToken(token) => self.network_token(token),
        }
        self.card_expiry = Some(Text::short(expiry.to_text()));
        self.card_start = start.map(|start| Text::short(start.to_text()));
        self.card_issue = optional(issue);
        self.card_payment_account_reference = optional(account_reference);
    }

    fn network_token(&mut self, token: &'a NetworkToken) {
        self.network_token = TRUE;
        self.card_num = text(token.number().secret_str());
        self.card_tavv = text(token.tavv().secret_str());
    }

    fn card_or_token(&mut self, card: &'a CardOrToken) {
        match card {
            CardOrToken::Number(number) => self.card_num = text(number.secret_str()),
            CardOrToken::Token(token) => self.card_token = text(token.secret_str()),
        }
    }

    fn cvv(&mut self, cvv: &'a Cvv) {
        self.card_cvv = text(cvv.secret_str());
    }

    fn recurrence(&mut self, recurrence: Option<Recurrence>) {
        self.tran_recurrence = word(recurrence.map(|recurrence| recurrence.as_str()));
    }

    fn three_ds(&mut self, three_ds: Option<&'a ThreeDs>) {
        let Some(three_ds) = three_ds else { return };
        self.acs_3dsversion = three_ds.version().map(Text::from);
        self.acs_eci = word(three_ds.eci().map(|eci| eci.as_str()));
        self.acs_cavv = three_ds.cavv().map(|cavv| Text::from(cavv.secret_str()));
        self.acs_dstransid = three_ds.ds_transaction_id().and_then(text);
        self.acs_xid = three_ds.xid().and_then(text);
    }
}
