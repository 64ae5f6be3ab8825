//! A card that is charged, and the request of Remote Auth that the gateway makes of it.

use super::job::Job;
use super::payment::{Authenticated, PaymentError};
use crate::gateway::JobReference;
use crate::gateway::request::{
    CardWay, JobCard, JobEci, JobKind, JobMeans, JobOption, JobWalletKind, Parent, RecipientBirth,
    RecurrenceKind, ThreeDsResult,
};
use crate::remote_auth::request::{self as remote, PaymentCard};
use crate::simulator::card::Brand;
use crate::value::{
    CardOrToken, Cavv, Cryptogram, Customer, CustomerName, Cvv, DsTransactionId, Eci, Expiry, FullThreeDs,
    Money, Recipient, ThreeDsVersion, ThreeDsVersion2,
};

/// A card that is charged, as a call says it or a shopper enters it.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    pub(super) source: CardOrToken,
    /// None of a token whose expiry the vault knows.
    pub(super) expiry: Option<Expiry>,
    pub(super) cvv: Option<Cvv>,
    pub(super) holder: Option<CustomerName>,
    pub(super) way: Way,
}

/// A way in which a card is charged.
#[derive(Clone, Debug)]
pub(super) enum Way {
    /// Its holder is asked for 3-D Secure.
    Asked,
    /// Its holder ordered by mail or telephone.
    Moto,
    /// Its holder was authenticated elsewhere.
    External(ThreeDsResult),
    /// The same, and the card was stored before.
    Stored(ThreeDsResult),
    /// It comes out of a wallet.
    Wallet(JobWalletKind, Cryptogram, Option<JobEci>),
}

/// The means by which a job is paid.
pub(super) enum Means {
    /// The shopper is asked for the card.
    Page,
    Card(Charge),
    /// By the card of another job.
    Child(JobReference),
    /// Money is paid to the card.
    Credit(CardOrToken),
}

impl From<JobKind> for Means {
    fn from(kind: JobKind) -> Self {
        match kind {
            JobKind::Payment(means) | JobKind::Parent(Parent { means, .. }) => match means {
                JobMeans::HostedPage(_) => Self::Page,
                JobMeans::Card(card) => Self::Card(card.into()),
            },
            JobKind::Child(child) => Self::Child(child.parent),
            JobKind::Credit(credit) => Self::Credit(credit.card().source().clone()),
        }
    }
}

impl From<JobCard> for Charge {
    fn from(card: JobCard) -> Self {
        let (source, cvv, holder) = (card.source().clone(), card.cvv().cloned(), card.holder().cloned());
        let way = match card.way().clone() {
            CardWay::ThreeDs => Way::Asked,
            CardWay::Moto => Way::Moto,
            CardWay::External(result) => Way::External(result),
            CardWay::Stored(result) => Way::Stored(result),
            CardWay::Wallet(wallet) => Way::Wallet(wallet.kind, wallet.cryptogram, wallet.eci),
        };
        Self { source, expiry: card.expiry(), cvv, holder, way }
    }
}

impl Charge {
    /// The result of 3-D Secure that the card is charged with: the gateway's own, else what the merchant
    /// brought along.
    pub(super) fn three_ds(
        &self,
        brand: Option<Brand>,
        passed: Option<FullThreeDs>,
    ) -> Result<Option<FullThreeDs>, PaymentError> {
        match &self.way {
            Way::External(result) | Way::Stored(result) if passed.is_none() => {
                brought_along(result, brand).map(Some)
            }
            Way::Asked | Way::Moto | Way::External(_) | Way::Stored(_) | Way::Wallet(..) => Ok(passed),
        }
    }

    /// The shown facts of the authentication, if there was one.
    pub(super) fn authenticated(
        &self,
        brand: Option<Brand>,
        result: Option<&FullThreeDs>,
    ) -> Option<Authenticated> {
        if let Way::Wallet(_, _, eci) = &self.way {
            return Some(Authenticated { version: None, indicator: indicator((*eci)?, brand).ok()? });
        }
        let three_ds = result?.three_ds();
        let version = match three_ds.version {
            Some(ThreeDsVersion::Two(version)) => Some(version),
            Some(ThreeDsVersion::One(_)) | None => None,
        };
        Some(Authenticated { version, indicator: three_ds.eci()? })
    }

    /// The request that charges the card with a result of 3-D Secure, or verifies it: where the job is
    /// about nothing, or that is asked for.
    pub(super) fn request(
        &self,
        job: &Job,
        reference: remote::MerchantReference,
        brand: Option<Brand>,
        result: Option<FullThreeDs>,
        verify: bool,
    ) -> Result<remote::Request, PaymentError> {
        let token = job.wants(&JobOption::GenerateToken);
        let card = self.card(job, brand, result)?;
        let Some(money) = money(job)?.filter(|_| !verify) else {
            let verify = self.verify(job, card, reference)?.returning_acquirer_reference();
            let verify = verify.with_customer(self.customer(job));
            return Ok(if token { verify.returning_token() } else { verify }.into());
        };
        let sale = match card {
            PaymentCard::Card(card) if self.is_moto() => remote::Sale::moto(card, money, reference),
            card => remote::Sale::ecom(card, money, reference),
        };
        let sale = sale.with_customer(self.customer(job)).returning_acquirer_reference();
        let sale = if token { sale.returning_token() } else { sale };
        Ok(match recipient(job) {
            Some(recipient) => sale.with_recipient(recipient),
            None => sale,
        }
        .into())
    }

    fn verify(
        &self,
        job: &Job,
        card: PaymentCard,
        reference: remote::MerchantReference,
    ) -> Result<remote::Verify, PaymentError> {
        let currency = job.asked.currency();
        Ok(match card {
            PaymentCard::Card(card) if self.is_moto() => remote::Verify::moto(card, currency, reference),
            PaymentCard::Card(card) => remote::Verify::ecom(card, currency, reference),
            PaymentCard::Storing(card) => remote::Verify::ecom(card, currency, reference),
            PaymentCard::Stored(_) | PaymentCard::Wallet(_) => {
                return Err(PaymentError::Message("A card without a security code cannot be verified."));
            }
        })
    }

    fn card(
        &self,
        job: &Job,
        brand: Option<Brand>,
        authenticated: Option<FullThreeDs>,
    ) -> Result<PaymentCard, PaymentError> {
        let expiry = self.expiry()?;
        let details = match &self.source {
            CardOrToken::Number(number) => remote::CardDetails::new(number.clone(), expiry),
            CardOrToken::Token(token) => remote::CardDetails::new(token.clone(), expiry),
        };
        let unasked = self.code_of_nobody(brand);
        match (&self.way, self.cvv.as_ref().or(unasked.as_ref()), authenticated) {
            (Way::Wallet(kind, cryptogram, eci), ..) => self.wallet(*kind, cryptogram, *eci, brand),
            (Way::Stored(_), _, Some(full)) => {
                Ok(PaymentCard::Stored(remote::StoredCard::new(details, full)))
            }
            (_, Some(cvv), Some(full)) if job.wants(&JobOption::StoreCardDetails) => {
                Ok(PaymentCard::Storing(remote::StoringCard::new(
                    remote::Card::from_details(details, cvv.clone()),
                    full,
                )))
            }
            (_, Some(cvv), authenticated) => {
                let card = remote::Card::from_details(details, cvv.clone());
                let card = match authenticated {
                    Some(full) => card.with_three_ds(full),
                    None => card,
                };
                Ok(PaymentCard::Card(match job.criteria.as_ref().map(|criteria| criteria.kind) {
                    Some(kind) => with_recurrence(card, kind),
                    None => card,
                }))
            }
            (_, None, _) => Err(PaymentError::Message("The security code is missing.")),
        }
    }

    fn wallet(
        &self,
        kind: JobWalletKind,
        cryptogram: &Cryptogram,
        eci: Option<JobEci>,
        brand: Option<Brand>,
    ) -> Result<PaymentCard, PaymentError> {
        let CardOrToken::Number(number) = &self.source else {
            return Err(PaymentError::Message("A wallet gives a card number, not a token."));
        };
        let kind = match kind {
            JobWalletKind::ApplePay => remote::WalletKind::ApplePay,
            JobWalletKind::GooglePay => remote::WalletKind::GooglePay,
            JobWalletKind::SamsungPay => remote::WalletKind::SamsungPay,
            JobWalletKind::Other => remote::WalletKind::Other,
        };
        let card = remote::WalletCard::new(kind, number.clone(), self.expiry()?, cryptogram.clone());
        Ok(PaymentCard::Wallet(match eci {
            Some(eci) => card.with_eci(indicator(eci, brand)?),
            None => card,
        }))
    }

    fn customer(&self, job: &Job) -> Customer {
        let billing = job.asked.order.as_ref().and_then(|order| order.billing_address.as_ref());
        let address = billing.and_then(|billing| billing.line_1.as_ref()?.as_str().try_into().ok());
        let mut customer = Customer::default();
        if let Some(holder) = &self.holder {
            customer = customer.with_name(holder.clone());
        }
        if let Some(address) = address {
            customer = customer.with_address(address);
        }
        if let Some(postcode) = billing.and_then(|billing| billing.postcode.as_ref()) {
            customer = customer.with_postcode(postcode.clone());
        }
        customer
    }

    fn expiry(&self) -> Result<Expiry, PaymentError> {
        self.expiry.ok_or(PaymentError::Message("The expiry of the card is not known."))
    }

    /// Tells a card by mail or telephone whose security code nobody asks for: that of a token.
    pub(super) const fn is_without_code(&self) -> bool {
        self.is_moto() && self.cvv.is_none()
    }

    /// A right code where nobody asks for one, since Remote Auth has no sale by mail or telephone without.
    fn code_of_nobody(&self, brand: Option<Brand>) -> Option<Cvv> {
        let code = brand.map_or("000", Brand::cvv);
        if self.is_without_code() { Cvv::try_from(code).ok() } else { None }
    }

    const fn is_moto(&self) -> bool {
        matches!(self.way, Way::Moto)
    }
}

/// The amount as Remote Auth has it; none where nothing is to be paid.
pub(super) fn money(job: &Job) -> Result<Option<Money>, PaymentError> {
    let money = job.asked.money().map(Money::try_from).transpose();
    money.map_err(|_| PaymentError::Message("The acquirer takes amounts with two decimals only."))
}

/// Whoever receives the funds, if the date of birth can be read.
fn recipient(job: &Job) -> Option<Recipient> {
    let details = job.asked.recipient.as_ref()?;
    let RecipientBirth::Date(birth) = &details.birth else { return None };
    let (surname, postcode) = (details.surname.clone(), details.postcode.clone());
    Some(Recipient::new(birth.clone(), surname, postcode, details.account.clone()))
}

fn with_recurrence(card: remote::Card, kind: RecurrenceKind) -> remote::Card {
    match recurrence(kind) {
        Some(recurrence) => card.with_recurrence(recurrence),
        None => card,
    }
}

/// How payments recur, as Remote Auth says it; what the customer begins, it does not call recurring.
pub(super) const fn recurrence(kind: RecurrenceKind) -> Option<remote::Recurrence> {
    match kind {
        RecurrenceKind::Subscription => Some(remote::Recurrence::Subscription),
        RecurrenceKind::Instalment => Some(remote::Recurrence::Instalment),
        RecurrenceKind::Unscheduled => Some(remote::Recurrence::Unscheduled),
        RecurrenceKind::CustomerInitiated => None,
    }
}

/// A result of 3-D Secure that the merchant brings along.
fn brought_along(result: &ThreeDsResult, brand: Option<Brand>) -> Result<FullThreeDs, PaymentError> {
    let eci = indicator(result.eci, brand)?;
    Ok(FullThreeDs::unchecked(result.version, eci, result.cavv.clone(), result.ds_transaction_id.clone()))
}

/// The gateway's two digits as the indicator of a scheme.
fn indicator(eci: JobEci, brand: Option<Brand>) -> Result<Eci, PaymentError> {
    let amex = brand == Some(Brand::Amex);
    Ok(match eci.as_str() {
        "00" => Eci::MastercardNone,
        "01" => Eci::MastercardAttempted,
        "02" => Eci::MastercardFull,
        "05" if amex => Eci::AmexFull,
        "06" if amex => Eci::AmexAttempted,
        "07" if amex => Eci::AmexNone,
        "05" => Eci::VisaFull,
        "06" => Eci::VisaAttempted,
        "07" => Eci::VisaNone,
        _ => return Err(PaymentError::Message("No card scheme has this electronic commerce indicator.")),
    })
}

/// What the gateway's own 3-D Secure comes to when the cardholder passes it: full authentication of
/// the card's scheme. Of a card that is none of the test cards, Visa's.
pub(super) fn passed(brand: Option<Brand>) -> Option<FullThreeDs> {
    let eci = match brand {
        Some(Brand::Mastercard) => Eci::MastercardFull,
        Some(Brand::Amex) => Eci::AmexFull,
        Some(Brand::Visa) | None => Eci::VisaFull,
    };
    let version = ThreeDsVersion2::try_from("2.2.0").ok()?;
    let cavv = Cavv::try_from("AAABCAAhIXdRcEdRVyEhAAAAAAA=").ok()?;
    let id = DsTransactionId::try_from("c5b808e7-1de1-4069-a17b-f70d3b3b1645").ok()?;
    Some(FullThreeDs::unchecked(version, eci, cavv, id))
}
