//! A payment job, as it is asked for (section 4).

use super::{
    Browser, Card, CardSource, Child, Credit, ExternalThreeDs, FreeText, HostedPage, JobOption, Mcc, Moto,
    Order, OtherParameter, Parent, ParentMeans, RecipientDetails, ReturnUrls, StoredCard, UnlistedJobOption,
    Wallet,
};
use crate::gateway::{Decimal, Locale, Money, PaymentMethod, Timestamp, Url};
use crate::value::Currency;

/// What a job is, and by what it is paid: a row of the table in section 4, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JobKind {
    /// The hosted page asks for the card.
    HostedPage(HostedPage),
    /// A card or token, with 3-D Secure.
    Card(Card),
    /// A card or token, by mail or telephone.
    Moto(Moto),
    /// A card whose holder was authenticated elsewhere.
    ExternalThreeDs(ExternalThreeDs),
    /// A card out of a wallet.
    Wallet(Wallet),
    /// A card that was stored before, without its security code.
    StoredCard(StoredCard),
    /// The first of several payments.
    Parent(Parent),
    /// A later one of several payments.
    Child(Child),
    /// Money that is paid to a card.
    Credit(Credit),
}

impl From<HostedPage> for JobKind {
    fn from(kind: HostedPage) -> Self {
        Self::HostedPage(kind)
    }
}

impl From<Card> for JobKind {
    fn from(kind: Card) -> Self {
        Self::Card(kind)
    }
}

impl From<Moto> for JobKind {
    fn from(kind: Moto) -> Self {
        Self::Moto(kind)
    }
}

impl From<ExternalThreeDs> for JobKind {
    fn from(kind: ExternalThreeDs) -> Self {
        Self::ExternalThreeDs(kind)
    }
}

impl From<Wallet> for JobKind {
    fn from(kind: Wallet) -> Self {
        Self::Wallet(kind)
    }
}

impl From<StoredCard> for JobKind {
    fn from(kind: StoredCard) -> Self {
        Self::StoredCard(kind)
    }
}

impl From<Parent> for JobKind {
    fn from(kind: Parent) -> Self {
        Self::Parent(kind)
    }
}

impl From<Child> for JobKind {
    fn from(kind: Child) -> Self {
        Self::Child(kind)
    }
}

impl From<Credit> for JobKind {
    fn from(kind: Credit) -> Self {
        Self::Credit(kind)
    }
}

impl JobKind {
    /// The kind in lower-case words: `hosted_page`, `card`, `token`, `moto`, `external_3ds`, `wallet`,
    /// `stored_credentials`, `recurring_parent`, `recurring_child` or `credit`.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::HostedPage(_) => "hosted_page",
            Self::Card(Card { source: CardSource::Number(_), .. }) => "card",
            Self::Card(Card { source: CardSource::Token(_), .. }) => "token",
            Self::Moto(_) => "moto",
            Self::ExternalThreeDs(_) => "external_3ds",
            Self::Wallet(_) => "wallet",
            Self::StoredCard(_) => "stored_credentials",
            Self::Parent(_) => "recurring_parent",
            Self::Child(_) => "recurring_child",
            Self::Credit(_) => "credit",
        }
    }

    /// What the vendor's samples of the kind say of payment methods; of a hosted page, what it says.
    fn take_methods(&mut self) -> Vec<PaymentMethod> {
        match self {
            Self::HostedPage(page) | Self::Parent(Parent { means: ParentMeans::HostedPage(page), .. }) => {
                core::mem::take(&mut page.methods)
            }
            Self::ExternalThreeDs(_)
            | Self::Wallet(_)
            | Self::StoredCard(_)
            | Self::Parent(Parent {
                means: ParentMeans::ExternalThreeDs(_) | ParentMeans::Wallet(_) | ParentMeans::StoredCard(_),
                ..
            }) => {
                vec![PaymentMethod::Card]
            }
            Self::Card(_)
            | Self::Moto(_)
            | Self::Parent(Parent { means: ParentMeans::Card(_) | ParentMeans::Moto(_), .. })
            | Self::Credit(_) => vec![PaymentMethod::CreditCard],
            Self::Child(_) => Vec::new(),
        }
    }
}

word_value! {
    /// In which direction the money of a job goes (section 4, `type`).
    JobType = "job type";
    /// `Payment`: to the merchant.
    Payment = "Payment",
    /// `Credit`: from the merchant.
    Credit = "Credit",
}

/// A payment job, as it is asked for (section 4): how much, for what order, and by what it is paid.
///
/// The gateway has no idempotency key, so a job must not be sent twice because its answer was lost:
/// ask first whether its order exists. That is why it has an order, and that a number of its own.
///
/// ```
/// use cashflows_codec::gateway::Money;
/// use cashflows_codec::gateway::request::{Card, HostedPage, Order, PaymentJob, ReturnUrls};
/// use cashflows_codec::value::CardNumber;
///
/// let order = Order::new("cart-1".parse()?);
/// let by_page = PaymentJob::new(Money::gbp(10_00)?, order.clone(), HostedPage::new())
///     .with_return_urls(ReturnUrls::all("https://www.mywebshop.com/paid".parse()?));
/// assert_eq!(by_page.kind().as_str(), "hosted_page");
///
/// let number: CardNumber = "4000000000000002".parse()?;
/// let card = Card::new(number, "0530".parse()?, "123".parse()?, "Jon Snow".parse()?);
/// let by_card = PaymentJob::new(Money::gbp(10_00)?, order, card).with_generated_token();
/// assert_eq!(by_card.kind().as_str(), "card");
/// # Ok::<(), cashflows_codec::InvalidValue>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentJob {
    pub(super) minor_units: u64,
    pub(super) currency: Currency,
    pub(super) kind: JobKind,
    pub(super) order: Option<Order>,
    pub(super) methods: Vec<PaymentMethod>,
    pub(super) locale: Option<Locale>,
    pub(super) time_zone: Option<FreeText>,
    pub(super) display_url: Option<Url>,
    pub(super) expires: Option<Timestamp>,
    pub(super) return_urls: Option<ReturnUrls>,
    pub(super) webhook_url: Option<Url>,
    pub(super) descriptor: Option<FreeText>,
    pub(super) browser: Option<Browser>,
    pub(super) simulated_status: Option<FreeText>,
    pub(super) mcc: Option<Mcc>,
    pub(super) recipient: Option<RecipientDetails>,
    pub(super) options: Vec<JobOption>,
    pub(super) preparation_ids: Vec<FreeText>,
    pub(super) other_parameters: Vec<OtherParameter>,
}

impl PaymentJob {
    /// A job of `money` for an order, of a kind.
    #[must_use]
    pub fn new(money: Money, order: impl Into<Order>, kind: impl Into<JobKind>) -> Self {
        Self::of_amount(money.minor_units(), money.currency(), Some(order.into()), kind.into())
    }

    /// A job that charges nothing: the first of several payments, which verifies the card only.
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
        let methods = kind.take_methods();
        Self {
            minor_units,
            currency,
            kind,
            order,
            methods,
            locale: None,
            time_zone: None,
            display_url: None,
            expires: None,
            return_urls: None,
            webhook_url: None,
            descriptor: None,
            browser: None,
            simulated_status: None,
            mcc: None,
            recipient: None,
            options: Vec::new(),
            preparation_ids: Vec::new(),
            other_parameters: Vec::new(),
        }
    }

    /// How much (`amountToCollect`), with the currency's decimals.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        Decimal::of_minor_units(self.minor_units, self.currency)
    }

    /// In which currency (`currency`).
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// How much in which currency; none if nothing is charged.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        Money::new(self.minor_units, self.currency).ok()
    }

    /// What it is, and by what it is paid.
    #[must_use]
    pub const fn kind(&self) -> &JobKind {
        &self.kind
    }

    /// Takes the kind out, and with it the card: what is left asks for the hosted page.
    #[cfg(feature = "simulator")]
    pub(crate) fn take_kind(&mut self) -> JobKind {
        core::mem::replace(&mut self.kind, HostedPage::new().into())
    }

    /// In which direction the money goes (`type`).
    #[must_use]
    pub const fn job_type(&self) -> JobType {
        match self.kind {
            JobKind::Credit(_) => JobType::Credit,
            _ => JobType::Payment,
        }
    }

    /// What it is for (`order`). What is received may have no order.
    #[must_use]
    pub const fn order(&self) -> Option<&Order> {
        self.order.as_ref()
    }

    /// By what it may be paid (`paymentMethodsToUse`): of a hosted page, what
    /// [`HostedPage::with_payment_method`] said, or anything if that said nothing.
    #[must_use]
    pub fn payment_methods(&self) -> &[PaymentMethod] {
        &self.methods
    }

    /// Sets the language of the pages and messages (`locale`).
    #[must_use]
    pub fn with_locale(mut self, locale: Locale) -> Self {
        self.locale = Some(locale);
        self
    }

    /// The language of the pages and messages, if there is one.
    #[must_use]
    pub const fn locale(&self) -> Option<&Locale> {
        self.locale.as_ref()
    }

    /// Sets the time zone, such as `Europe/London` (`timeZone`).
    #[must_use]
    pub fn with_time_zone(mut self, time_zone: FreeText) -> Self {
        self.time_zone = Some(time_zone);
        self
    }

    /// The time zone, such as `Europe/London`, if there is one.
    #[must_use]
    pub const fn time_zone(&self) -> Option<&FreeText> {
        self.time_zone.as_ref()
    }

    /// Sets a page of the merchant that the portal links to (`displayUrl`).
    #[must_use]
    pub fn with_display_url(mut self, display_url: Url) -> Self {
        self.display_url = Some(display_url);
        self
    }

    /// A page of the merchant that the portal links to, if there is one.
    #[must_use]
    pub const fn display_url(&self) -> Option<&Url> {
        self.display_url.as_ref()
    }

    /// Sets when the job expires, if that is not after six months (`expirationDateTimeUtc`).
    #[must_use]
    pub fn with_expires(mut self, expires: Timestamp) -> Self {
        self.expires = Some(expires);
        self
    }

    /// When the job expires, if that is not after six months, if there is one.
    #[must_use]
    pub const fn expires(&self) -> Option<Timestamp> {
        self.expires
    }

    /// Sets where the shopper is sent afterwards (`ReturnUrlSuccess`, `ReturnUrlFailed`, `ReturnUrlCancelled`).
    #[must_use]
    pub fn with_return_urls(mut self, return_urls: ReturnUrls) -> Self {
        self.return_urls = Some(return_urls).filter(|urls| *urls != ReturnUrls::default());
        self
    }

    /// Where the shopper is sent afterwards, if there is one.
    #[must_use]
    pub const fn return_urls(&self) -> Option<&ReturnUrls> {
        self.return_urls.as_ref()
    }

    /// Sets where changes are notified (`WebhookUrl`).
    #[must_use]
    pub fn with_webhook_url(mut self, webhook_url: Url) -> Self {
        self.webhook_url = Some(webhook_url);
        self
    }

    /// Where changes are notified, if there is one.
    #[must_use]
    pub const fn webhook_url(&self) -> Option<&Url> {
        self.webhook_url.as_ref()
    }

    /// Sets what stands on the statement of the card (`Descriptor`).
    #[must_use]
    pub fn with_descriptor(mut self, descriptor: FreeText) -> Self {
        self.descriptor = Some(descriptor);
        self
    }

    /// What stands on the statement of the card, if there is one.
    #[must_use]
    pub const fn descriptor(&self) -> Option<&FreeText> {
        self.descriptor.as_ref()
    }

    /// Sets what is known of the shopper's browser (`OriginatingIpAddress`, `UserAgent`, `BrowserLanguage` and others of `parameters`).
    #[must_use]
    pub fn with_browser(mut self, browser: Browser) -> Self {
        self.browser = Some(browser).filter(|browser| *browser != Browser::default());
        self
    }

    /// What is known of the shopper's browser, if there is one.
    #[must_use]
    pub const fn browser(&self) -> Option<&Browser> {
        self.browser.as_ref()
    }

    /// Sets the status that an integration environment shall come to (`SimulatedStatus`).
    #[must_use]
    pub fn with_simulated_status(mut self, simulated_status: FreeText) -> Self {
        self.simulated_status = Some(simulated_status);
        self
    }

    /// The status that an integration environment shall come to, if there is one.
    #[must_use]
    pub const fn simulated_status(&self) -> Option<&FreeText> {
        self.simulated_status.as_ref()
    }

    /// Says who receives the funds (`Mcc`, `RecipientDetails`), as financial institutions have to.
    #[must_use]
    pub fn with_recipient(self, mcc: Mcc, recipient: impl Into<RecipientDetails>) -> Self {
        self.with_mcc(mcc).with_recipient_details(recipient)
    }

    /// Sets the merchant's category (`Mcc`).
    #[must_use]
    pub const fn with_mcc(mut self, mcc: Mcc) -> Self {
        self.mcc = Some(mcc);
        self
    }

    /// Sets the person who receives the funds (`RecipientDetails`). The vendor's table has the details
    /// without a category.
    #[must_use]
    pub fn with_recipient_details(mut self, recipient: impl Into<RecipientDetails>) -> Self {
        self.recipient = Some(recipient.into());
        self
    }

    /// The merchant's category, if it is said.
    #[must_use]
    pub const fn mcc(&self) -> Option<Mcc> {
        self.mcc
    }

    /// The person who receives the funds, if one is named.
    #[must_use]
    pub const fn recipient(&self) -> Option<&RecipientDetails> {
        self.recipient.as_ref()
    }

    /// Asks for a token of the card (option `GenerateToken`).
    #[must_use]
    pub fn with_generated_token(self) -> Self {
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

    /// Asks for what nobody listed.
    #[must_use]
    pub fn with_unlisted_option(self, option: UnlistedJobOption) -> Self {
        self.with_option(JobOption::Unlisted(option))
    }

    pub(super) fn with_option(mut self, option: JobOption) -> Self {
        if !self.options.contains(&option) {
            self.options.push(option);
        }
        self
    }

    /// What is asked for besides (`options`), in the order of the wire. Those that follow from the
    /// kind stand first.
    pub fn options(&self) -> impl Iterator<Item = &JobOption> {
        const PARENT: &JobOption = &JobOption::IsRecurringPaymentJobParent;
        const MOTO: &JobOption = &JobOption::IsMoto;
        const STORED: &JobOption = &JobOption::UsingStoredCredentials;
        let of_kind: &[&JobOption] = match &self.kind {
            JobKind::Moto(_) => &[MOTO],
            JobKind::StoredCard(_) => &[STORED],
            JobKind::Parent(Parent { means: ParentMeans::Moto(_), .. }) => &[PARENT, MOTO],
            JobKind::Parent(Parent { means: ParentMeans::StoredCard(_), .. }) => &[PARENT, STORED],
            JobKind::Parent(_) => &[PARENT],
            _ => &[],
        };
        of_kind.iter().copied().chain(&self.options)
    }

    /// Adds the id of something that was prepared (`preparationIds`).
    #[must_use]
    pub fn with_preparation_id(mut self, id: FreeText) -> Self {
        self.preparation_ids.push(id);
        self
    }

    /// The ids of what was prepared.
    #[must_use]
    pub fn preparation_ids(&self) -> &[FreeText] {
        &self.preparation_ids
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
