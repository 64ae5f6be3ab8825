//! The request for a session.

use bytes::Bytes;

use super::customer::{Customer, Names};
use super::error::InvalidRequest;
use super::read;
use super::value::Order;
use crate::media::json::{DecodedRequest, JsonLimits, KeptMembers, Sink, Slot, WriteJson, to_body};
use crate::value::{Country, Url};

/// Asks for a session, for a page that the shop shows itself: a `POST` of JSON to
/// [`SessionRequest::PATH`], with the token of a [login](super::Login) and, in the header `x-api-key`, an
/// [`SessionApiKey`](super::SessionApiKey).
///
/// ```
/// use core::num::NonZeroU64;
///
/// use cashflows_codec::hosted_page::{Order, SessionRequest, TransactionType};
/// use cashflows_codec::value::Currency;
///
/// let amount = NonZeroU64::new(25_600).ok_or("nothing")?;
/// let order =
///     Order::new("date-1".parse()?, "DEV02".parse()?, Currency::EUR, amount, TransactionType::Authorise);
/// let request = SessionRequest::new(
///     order,
///     "https://google.com/success-url".parse()?,
///     "https://google.com/failed-url".parse()?,
/// )
/// .with_metadata("response_code", "APPROVED");
/// assert_eq!(SessionRequest::decode(&request.encode())?.into_request(), request);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRequest {
    order: Order,
    success_url: Url,
    cancel_url: Url,
    customer: Option<Customer>,
    country: Option<Country>,
    metadata: Option<KeptMembers>,
    unlisted: KeptMembers,
}

impl SessionRequest {
    /// The path below the provider's address.
    pub const PATH: &str = "/api/sessions";

    /// A session for an order, and where the shopper goes after it: paid, cancelled.
    #[must_use]
    pub fn new(order: Order, success_url: Url, cancel_url: Url) -> Self {
        Self {
            order,
            success_url,
            cancel_url,
            customer: None,
            country: None,
            metadata: None,
            unlisted: KeptMembers::new(),
        }
    }

    /// Adds who pays.
    #[must_use]
    pub fn with_customer(mut self, customer: Customer) -> Self {
        self.customer = Some(customer);
        self
    }

    /// Adds the country of the sale.
    #[must_use]
    pub fn with_country(mut self, country: Country) -> Self {
        self.country = Some(country);
        self
    }

    /// Adds a text under a name of the shop's own, in the place of the same. It is masked when printed.
    #[must_use]
    pub fn with_metadata(mut self, name: &str, text: &str) -> Self {
        self.metadata = Some(self.metadata.unwrap_or_default().with_text(name, text));
        self
    }

    /// The order that is to be paid.
    #[must_use]
    pub const fn order(&self) -> &Order {
        &self.order
    }

    /// The URL for a shopper who has paid. A visit there proves nothing.
    #[must_use]
    pub const fn success_url(&self) -> &Url {
        &self.success_url
    }

    /// The URL for a shopper who cancels.
    #[must_use]
    pub const fn cancel_url(&self) -> &Url {
        &self.cancel_url
    }

    /// The customer.
    #[must_use]
    pub const fn customer(&self) -> Option<&Customer> {
        self.customer.as_ref()
    }

    /// The country of the sale.
    #[must_use]
    pub const fn country(&self) -> Option<&Country> {
        self.country.as_ref()
    }

    /// Texts under names of the shop's own.
    #[must_use]
    pub const fn metadata(&self) -> Option<&KeptMembers> {
        self.metadata.as_ref()
    }

    /// Members that nobody listed.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }

    /// Writes the body. It is wiped when the last clone of the bytes is dropped.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }

    /// Reads a body, as the provider does. Members that are not listed are kept; those inside of others
    /// are passed over. All of them are reported.
    ///
    /// # Errors
    ///
    /// It is not JSON, or something is wrong with its members, all of which is told at once.
    pub fn decode(body: &[u8]) -> Result<DecodedRequest<Self>, InvalidRequest> {
        Self::decode_with(body, &JsonLimits::default())
    }

    /// Reads a body with limits of your own.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode).
    pub fn decode_with(body: &[u8], limits: &JsonLimits) -> Result<DecodedRequest<Self>, InvalidRequest> {
        read::request(body, limits, |reader| {
            let order = Order::read(reader);
            let (success_url, cancel_url) = (reader.required("success_url"), reader.required("cancel_url"));
            let customer =
                reader.found_object("customer", |customer| Customer::read(customer, &Names::SESSION));
            let country = reader.found_code("country");
            let metadata = reader.texts("metadata");
            Some(Self {
                order: order?,
                success_url: success_url?,
                cancel_url: cancel_url?,
                customer,
                country,
                metadata,
                unlisted: reader.unlisted(),
            })
        })
    }
}

impl WriteJson for SessionRequest {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            self.order.write_into(members);
            members.text("success_url", self.success_url.as_str());
            members.text("cancel_url", self.cancel_url.as_str());
            if let Some(customer) = &self.customer {
                members.member("customer").object(|members| customer.write_into(members, &Names::SESSION));
            }
            members.optional("country", self.country.as_ref());
            if let Some(metadata) = &self.metadata {
                metadata.write(members.member("metadata"));
            }
            self.unlisted.write_into(members);
        });
    }
}
