//! The request for a page.

use bytes::Bytes;

use super::customer::{Customer, Names};
use super::error::InvalidRequest;
use super::read::{self, Reader};
use super::value::Order;
use crate::media::json::{DecodedRequest, JsonLimits, KeptMembers, Members, Sink, Slot, WriteJson, to_body};
use crate::value::{FreeText, Url};

/// Asks for a page where a shopper pays: a `POST` of JSON to [`PageRequest::PATH`], with the token of a
/// [login](super::Login).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    order: Order,
    success_url: Url,
    cancel_url: Url,
    error_url: Url,
    customer_id: Option<FreeText>,
    customer: Customer,
    saves_card: Option<bool>,
    unlisted: KeptMembers,
}

const TOKENIZATION: &str = "tokenization";
const SAVE_CARD: &str = "save_card_for_future_payments";

impl PageRequest {
    /// The path below the provider's address.
    pub const PATH: &str = "/api/hosted-payment-page";

    /// A page for an order, and where the shopper goes after it: paid, cancelled, failed.
    #[must_use]
    pub fn new(order: Order, success_url: Url, cancel_url: Url, error_url: Url) -> Self {
        Self {
            order,
            success_url,
            cancel_url,
            error_url,
            customer_id: None,
            customer: Customer::default(),
            saves_card: None,
            unlisted: KeptMembers::new(),
        }
    }

    /// Adds the provider's own name of the customer.
    #[must_use]
    pub fn with_customer_id(mut self, id: FreeText) -> Self {
        self.customer_id = Some(id);
        self
    }

    /// Adds who pays.
    #[must_use]
    pub fn with_customer(mut self, customer: Customer) -> Self {
        self.customer = customer;
        self
    }

    /// Says whether the card is stored for later payments, if terminal and provider can.
    #[must_use]
    pub const fn with_saved_card(mut self, saves: bool) -> Self {
        self.saves_card = Some(saves);
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

    /// The URL for a shopper whose payment fails.
    #[must_use]
    pub const fn error_url(&self) -> &Url {
        &self.error_url
    }

    /// The provider's own name of the customer.
    #[must_use]
    pub const fn customer_id(&self) -> Option<&FreeText> {
        self.customer_id.as_ref()
    }

    /// The customer.
    #[must_use]
    pub const fn customer(&self) -> &Customer {
        &self.customer
    }

    /// The answer to "store the card for later payments", if the request has one.
    #[must_use]
    pub const fn saves_card(&self) -> Option<bool> {
        self.saves_card
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
            let urls =
                (reader.required("success_url"), reader.required("cancel_url"), reader.required("error_url"));
            let customer_id = reader.optional("customer_id");
            let customer = Customer::read(reader, &Names::PAGE);
            let saves_card = reader.object(TOKENIZATION, |tokenization| tokenization.flag(SAVE_CARD));
            let (success_url, cancel_url, error_url) = urls;
            Some(Self {
                order: order?,
                success_url: success_url?,
                cancel_url: cancel_url?,
                error_url: error_url?,
                customer_id,
                customer,
                saves_card: saves_card.flatten(),
                unlisted: reader.unlisted(),
            })
        })
    }
}

impl WriteJson for PageRequest {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            self.order.write_into(members);
            members.text("success_url", self.success_url.as_str());
            members.text("cancel_url", self.cancel_url.as_str());
            members.text("error_url", self.error_url.as_str());
            members.optional("customer_id", self.customer_id.as_ref());
            self.customer.write_into(members, &Names::PAGE);
            if let Some(saves) = self.saves_card {
                members
                    .member(TOKENIZATION)
                    .object(|tokenization| tokenization.member(SAVE_CARD).boolean(saves));
            }
            self.unlisted.write_into(members);
        });
    }
}

impl Order {
    pub(super) fn read(reader: &mut Reader<'_, '_>) -> Option<Self> {
        let (reference, terminal_id) = (reader.required("reference"), reader.required("terminal_id"));
        let (currency, amount) = (reader.required_code("currency"), reader.amount("amount"));
        let transaction_type = reader.required_code("transaction_type");
        let description = reader.found("description");
        Some(Self {
            reference: reference?,
            terminal_id: terminal_id?,
            currency: currency?,
            amount: amount?,
            transaction_type: transaction_type?,
            description,
        })
    }

    pub(super) fn write_into<S: Sink>(&self, members: &mut Members<'_, S>) {
        members.text("reference", self.reference.as_str());
        members.text("terminal_id", self.terminal_id.as_str());
        members.text("currency", self.currency.as_str());
        members.member("amount").verbatim(&self.amount.to_string());
        members.text("transaction_type", self.transaction_type.as_str());
        members.optional("description", self.description.as_ref());
    }
}
