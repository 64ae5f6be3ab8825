//! The payment methods that a merchant may offer.

use super::currency::AnyCurrency;
use super::text::{NumberText, UrlText};
use super::token::TokenisedCard;
use crate::gateway::PaymentMethod;
use crate::media::json::message;

message! {
    /// A payment method that the merchant may offer (section 5).
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SupportedPaymentMethod {
        /// The method's name in requests.
        required "paymentMethod" => payment_method: PaymentMethod,
        /// The method's picture.
        "logo" => logo: Option<UrlText>,
        /// The issuers that the shopper may choose from: banks, say.
        "issuerList" => issuers: Vec<Issuer>,
        /// True if a token can stand for it.
        "supportsTokenisation" => supports_tokenisation: Option<bool>,
        /// The stored cards of the customer who was asked about.
        "tokenizedCards" => tokenised_cards: Vec<TokenisedCard>,
        /// The currencies of the method.
        "currencies" => currencies: Vec<AnyCurrency>,
        /// The amount that is added.
        "surchargeAmount" => surcharge_amount: Option<NumberText>,
        /// The same without VAT.
        "surchargeAmountExclVat" => surcharge_amount_excluding_vat: Option<NumberText>,
        /// The VAT on it.
        "surchargeAmountVat" => surcharge_amount_vat: Option<NumberText>,
        /// The percentage of that VAT.
        "surchargeVatPercentage" => surcharge_vat_percentage: Option<NumberText>,
        /// The method's name for people.
        "description" => description: Option<Box<str>>,
    }
}

message! {
    /// An issuer that the shopper may choose to pay through: a bank, say.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct Issuer, fn bare {
        /// The issuer's name in requests.
        number_too "id" => id: Option<Box<str>>,
        /// The issuer's name for people.
        "name" => name: Option<Box<str>>,
    }
}

impl Issuer {
    /// An issuer with this id and name.
    #[must_use]
    pub fn new(id: &str, name: &str) -> Self {
        let mut issuer = Self::bare();
        (issuer.id, issuer.name) = (Some(id.into()), Some(name.into()));
        issuer
    }
}
