//! A payment job (section 4).

use super::leaf::words;
use super::{
    Browser, CardWay, Child, FreeText, HostedPage, JobCard, JobCredit, JobMeans, JobOption, Mcc, Order,
    OtherParameter, Parent, RecipientDetails, ReturnUrls,
};
use crate::gateway::{Decimal, Locale, Money, PaymentMethod, Timestamp, Url};
use crate::value::{Currency, Unlisted};

/// The kind of a job: a row of the table in section 4, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobKind {
    /// A single payment.
    Payment(JobMeans),
    /// The first of several payments.
    Parent(Parent),
    /// A later one of several payments.
    Child(Child),
    /// Money that is paid to a card.
    Credit(JobCredit),
}

macro_rules! kinds {
    ($($Kind:ident: $To:ident, |$kind:ident| $made:expr;)+) => {$(
        impl From<$Kind> for $To {
            fn from($kind: $Kind) -> Self {
                $made
            }
        }
    )+};
}

kinds! {
    HostedPage: JobKind, |page| Self::Payment(page.into());
    JobCard: JobKind, |card| Self::Payment(card.into());
    JobMeans: JobKind, |means| Self::Payment(means);
    Parent: JobKind, |parent| Self::Parent(parent);
    Child: JobKind, |child| Self::Child(child);
    JobCredit: JobKind, |credit| Self::Credit(credit);
}

impl JobKind {
    /// The kind in lower-case words: `hosted_page`, `card`, `token`, `moto`, `external_3ds`, `wallet`,
    /// `stored_credentials`, `recurring_parent`, `recurring_child` or `credit`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Payment(JobMeans::HostedPage(_)) => "hosted_page",
            Self::Payment(JobMeans::Card(card)) => card.kind(),
            Self::Parent(_) => "recurring_parent",
            Self::Child(_) => "recurring_child",
            Self::Credit(_) => "credit",
        }
    }

    /// The page that asks for the card, if there is one.
    #[must_use]
    pub const fn page(&self) -> Option<&HostedPage> {
        match self {
            Self::Payment(JobMeans::HostedPage(page))
            | Self::Parent(Parent { means: JobMeans::HostedPage(page), .. }) => Some(page),
            _ => None,
        }
    }

    /// The card that is charged or credited, if the job names one.
    #[must_use]
    pub const fn card(&self) -> Option<&JobCard> {
        match self {
            Self::Payment(JobMeans::Card(card))
            | Self::Parent(Parent { means: JobMeans::Card(card), .. }) => Some(card),
            Self::Credit(JobCredit(card)) => Some(card),
            _ => None,
        }
    }

    /// Takes the payment methods of a hosted page, or returns those of the vendor's samples of the kind.
    fn take_methods(&mut self) -> Vec<PaymentMethod> {
        if let Self::Payment(JobMeans::HostedPage(page))
        | Self::Parent(Parent { means: JobMeans::HostedPage(page), .. }) = self
        {
            return core::mem::take(&mut page.methods);
        }
        match self.card().map(JobCard::way) {
            Some(CardWay::ThreeDs | CardWay::Moto) => vec![PaymentMethod::CreditCard],
            Some(CardWay::External(_) | CardWay::Stored(_) | CardWay::Wallet(_)) => vec![PaymentMethod::Card],
            None => Vec::new(),
        }
    }
}

word_value! {
    /// The direction of the money of a job (section 4, `type`).
    JobType = "job type";
    /// `Payment`: to the merchant.
    Payment = "Payment",
    /// `Credit`: from the merchant.
    Credit = "Credit",
}

words! { JobType }

/// A payment job (section 4): the amount, the order, and how it is paid.
///
/// The gateway has no idempotency key, so a job must not be sent twice because its response was lost:
/// ask first if its order exists. That is why a job has an order, and the order a number of its own.
///
/// ```
/// use cashflows_codec::gateway::Money;
/// use cashflows_codec::gateway::request::{HostedPage, JobCard, Order, PaymentJob, ReturnUrls};
/// use cashflows_codec::value::CardNumber;
///
/// let order = Order::new("cart-1".parse()?);
/// let by_page = PaymentJob::new(Money::gbp(10_00)?, order.clone(), HostedPage::new())
///     .with_return_urls(ReturnUrls::all("https://www.mywebshop.com/paid".parse()?));
/// assert_eq!(by_page.kind().as_str(), "hosted_page");
///
/// let number: CardNumber = "4000000000000002".parse()?;
/// let card = JobCard::new(number, "0530".parse()?, "123".parse()?, "Jon Snow".parse()?);
/// let by_card = PaymentJob::new(Money::gbp(10_00)?, order, card).returning_token();
/// assert_eq!(by_card.kind().as_str(), "card");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PaymentJob {
    pub(super) minor_units: u64,
    pub(super) currency: Currency,
    pub(super) kind: JobKind,
    pub(super) methods: Vec<PaymentMethod>,
    pub(super) options: Vec<JobOption>,
    pub(super) other_parameters: Vec<OtherParameter>,
    /// The order (`order`). A received job may have none.
    pub order: Option<Order>,
    /// The language of pages and messages (`locale`).
    pub locale: Option<Locale>,
    /// The time zone, such as `Europe/London` (`timeZone`).
    pub time_zone: Option<FreeText>,
    /// A page of the merchant that the portal links to (`displayUrl`).
    pub display_url: Option<Url>,
    /// The expiry (`expirationDateTimeUtc`); none is the default of six months.
    pub expires: Option<Timestamp>,
    /// The pages that the shopper is sent to afterwards (`ReturnUrlSuccess` and others).
    pub return_urls: ReturnUrls,
    /// The URL that is notified of changes (`WebhookUrl`).
    pub webhook_url: Option<Url>,
    /// The text on the statement of the card (`Descriptor`).
    pub descriptor: Option<FreeText>,
    /// The shopper's browser (`OriginatingIpAddress`, `UserAgent` and others).
    pub browser: Browser,
    /// The status that an integration environment shall come to (`SimulatedStatus`).
    pub simulated_status: Option<FreeText>,
    /// The merchant's category (`Mcc`).
    pub mcc: Option<Mcc>,
    /// The person who receives the funds (`RecipientDetails`). The vendor's table has the details without a
    /// category.
    pub recipient: Option<RecipientDetails>,
    /// The ids of prepared objects (`preparationIds`).
    pub preparation_ids: Vec<FreeText>,
}

impl PaymentJob {
    /// A job of `money` for an order.
    #[must_use]
    pub fn new(money: Money, order: impl Into<Order>, kind: impl Into<JobKind>) -> Self {
        Self::of_amount(money.minor_units(), money.currency(), Some(order.into()), kind.into())
    }

    /// A job of amount zero: the first of several payments, which only verifies the card.
    #[must_use]
    pub fn verification(currency: Currency, order: impl Into<Order>, parent: Parent) -> Self {
        Self::of_amount(0, currency, Some(order.into()), parent.into())
    }

    pub(super) fn of_amount(
        minor_units: u64,
        currency: Currency,
        order: Option<Order>,
        mut kind: JobKind,
    ) -> Self {
        Self {
            minor_units,
            currency,
            methods: kind.take_methods(),
            kind,
            options: Vec::new(),
            other_parameters: Vec::new(),
            order,
            locale: None,
            time_zone: None,
            display_url: None,
            expires: None,
            return_urls: ReturnUrls::default(),
            webhook_url: None,
            descriptor: None,
            browser: Browser::default(),
            simulated_status: None,
            mcc: None,
            recipient: None,
            preparation_ids: Vec::new(),
        }
    }

    /// The amount (`amountToCollect`), with the currency's decimals.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        Decimal::of_minor_units(self.minor_units, self.currency)
    }

    /// The currency (`currency`).
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The amount with its currency; none for an amount of zero.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        Money::new(self.minor_units, self.currency).ok()
    }

    /// The kind of the job.
    #[must_use]
    pub const fn kind(&self) -> &JobKind {
        &self.kind
    }

    /// Takes the kind out, and with it the card: a job by the hosted page is left.
    #[cfg(feature = "simulator")]
    pub(crate) fn take_kind(&mut self) -> JobKind {
        core::mem::replace(&mut self.kind, HostedPage::new().into())
    }

    /// The direction of the money (`type`).
    #[must_use]
    pub const fn job_type(&self) -> JobType {
        match self.kind {
            JobKind::Credit(_) => JobType::Credit,
            _ => JobType::Payment,
        }
    }

    /// The payment methods (`paymentMethodsToUse`). A hosted page has those of
    /// [`HostedPage::with_payment_method`]; without any, all are offered.
    #[must_use]
    pub fn payment_methods(&self) -> &[PaymentMethod] {
        &self.methods
    }

    /// Sets the language of pages and messages (`locale`).
    #[must_use]
    pub fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = Some(locale);
        self
    }

    /// Sets the expiry (`expirationDateTimeUtc`).
    #[must_use]
    pub fn with_expires(mut self, expires: Timestamp) -> Self {
        self.expires = Some(expires);
        self
    }

    /// Sets the pages that the shopper is sent to afterwards.
    #[must_use]
    pub fn with_return_urls(mut self, return_urls: ReturnUrls) -> Self {
        self.return_urls = return_urls;
        self
    }

    /// Sets the URL that is notified of changes (`WebhookUrl`).
    #[must_use]
    pub fn with_webhook_url(mut self, webhook_url: Url) -> Self {
        self.webhook_url = Some(webhook_url);
        self
    }

    /// Sets the text on the statement of the card (`Descriptor`).
    #[must_use]
    pub fn with_descriptor(mut self, descriptor: FreeText) -> Self {
        self.descriptor = Some(descriptor);
        self
    }

    /// Sets the shopper's browser.
    #[must_use]
    pub fn with_browser(mut self, browser: Browser) -> Self {
        self.browser = browser;
        self
    }

    /// Sets the status that an integration environment shall come to (`SimulatedStatus`).
    #[must_use]
    pub fn with_simulated_status(mut self, simulated_status: FreeText) -> Self {
        self.simulated_status = Some(simulated_status);
        self
    }

    /// Names the person who receives the funds (`Mcc`, `RecipientDetails`), as financial institutions have to.
    #[must_use]
    pub fn with_recipient(mut self, mcc: Mcc, recipient: impl Into<RecipientDetails>) -> Self {
        self.mcc = Some(mcc);
        self.recipient = Some(recipient.into());
        self
    }

    /// Asks for a token of the card (option `GenerateToken`).
    #[doc(alias = "GenerateToken")]
    #[must_use]
    pub fn returning_token(self) -> Self {
        self.with_option(JobOption::GenerateToken)
    }

    /// Asks to keep the card (option `StoreCardDetails`).
    #[must_use]
    pub fn with_stored_card_details(self) -> Self {
        self.with_option(JobOption::StoreCardDetails)
    }

    /// Asks to keep the customer's addresses (option `StoreCustomerInformation`).
    #[must_use]
    pub fn with_stored_customer_information(self) -> Self {
        self.with_option(JobOption::StoreCustomerInformation)
    }

    /// Asks for 3-D Secure without a challenge (option `Frictionless`).
    #[must_use]
    pub fn with_frictionless(self) -> Self {
        self.with_option(JobOption::Frictionless)
    }

    /// Adds an option that the crate does not list.
    #[must_use]
    pub fn with_unlisted_option(self, option: Unlisted<JobOption>) -> Self {
        self.with_option(JobOption::Unlisted(option))
    }

    pub(super) fn with_option(mut self, option: JobOption) -> Self {
        if !self.options.contains(&option) {
            self.options.push(option);
        }
        self
    }

    /// The options (`options`), in the order of the wire. Those that follow from the kind stand first.
    pub fn options(&self) -> impl Iterator<Item = &JobOption> {
        let is_parent = matches!(self.kind, JobKind::Parent(_));
        let of_way = match self.kind.card().map(JobCard::way) {
            Some(CardWay::Moto) => Some(&JobOption::IsMoto),
            Some(CardWay::Stored(_)) => Some(&JobOption::UsingStoredCredentials),
            _ => None,
        };
        is_parent
            .then_some(&JobOption::IsRecurringPaymentJobParent)
            .into_iter()
            .chain(of_way)
            .chain(&self.options)
    }

    /// Adds a parameter that has no type of its own here, in the place of one of the same name.
    #[must_use]
    pub fn with_other_parameter(mut self, parameter: OtherParameter) -> Self {
        parameter.put_into(&mut self.other_parameters);
        self
    }

    /// The parameters that have no type of their own here.
    #[must_use]
    pub fn other_parameters(&self) -> &[OtherParameter] {
        &self.other_parameters
    }
}
