//! The payment methods that a merchant may offer.

use super::currency::AnyCurrency;
use super::text::{NumberText, UrlText};
use super::token::TokenisedCard;
use super::write;
use crate::gateway::PaymentMethod;
use crate::media::json::{JsonError, KeptMembers, ReadJson, Sink, Slot, Value, WriteJson};

/// A payment method that the merchant may offer (section 5).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SupportedPaymentMethod {
    /// Its name in requests.
    pub payment_method: PaymentMethod,
    /// Its picture.
    pub logo: Option<UrlText>,
    /// Whom the shopper may choose to pay through.
    pub issuers: Vec<Issuer>,
    /// Whether a token can stand for it.
    pub supports_tokenisation: Option<bool>,
    /// The cards that are stored for the customer who was asked about.
    pub tokenised_cards: Vec<TokenisedCard>,
    /// The currencies that it takes.
    pub currencies: Vec<AnyCurrency>,
    /// What is added to the amount.
    pub surcharge_amount: Option<NumberText>,
    /// The same without VAT.
    pub surcharge_amount_excluding_vat: Option<NumberText>,
    /// The VAT on it.
    pub surcharge_amount_vat: Option<NumberText>,
    /// The percentage of that.
    pub surcharge_vat_percentage: Option<NumberText>,
    /// Its name for people.
    pub description: Option<Box<str>>,
    unlisted: KeptMembers,
}

impl SupportedPaymentMethod {
    /// A method of which nothing more is known.
    #[must_use]
    pub fn new(payment_method: PaymentMethod) -> Self {
        Self {
            payment_method,
            logo: None,
            issuers: Vec::new(),
            supports_tokenisation: None,
            tokenised_cards: Vec::new(),
            currencies: Vec::new(),
            surcharge_amount: None,
            surcharge_amount_excluding_vat: None,
            surcharge_amount_vat: None,
            surcharge_vat_percentage: None,
            description: None,
            unlisted: KeptMembers::new(),
        }
    }

    /// Members that nobody listed.
    #[must_use]
    pub const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }
}

impl ReadJson for SupportedPaymentMethod {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let mut method = Self::new(object.required("paymentMethod")?);
        let mut unlisted = Vec::new();
        for (name, value) in object.members() {
            match &*name {
                "paymentMethod" => {}
                "logo" => method.logo = value.optional()?,
                "issuerList" => method.issuers = value.optional()?.unwrap_or_default(),
                "supportsTokenisation" => method.supports_tokenisation = value.optional()?,
                "tokenizedCards" => method.tokenised_cards = value.optional()?.unwrap_or_default(),
                "currencies" => method.currencies = value.optional()?.unwrap_or_default(),
                "surchargeAmount" => method.surcharge_amount = value.optional()?,
                "surchargeAmountExclVat" => method.surcharge_amount_excluding_vat = value.optional()?,
                "surchargeAmountVat" => method.surcharge_amount_vat = value.optional()?,
                "surchargeVatPercentage" => method.surcharge_vat_percentage = value.optional()?,
                "description" => method.description = value.optional()?,
                _ => unlisted.push((name, value)),
            }
        }
        method.unlisted = KeptMembers::found(&unlisted);
        Ok(method)
    }
}

impl WriteJson for SupportedPaymentMethod {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("paymentMethod", self.payment_method.as_str());
            members.optional("logo", self.logo.as_ref());
            write::list(members, "issuerList", &self.issuers);
            if let Some(supports) = self.supports_tokenisation {
                members.member("supportsTokenisation").boolean(supports);
            }
            write::list(members, "tokenizedCards", &self.tokenised_cards);
            write::words(members, "currencies", &self.currencies);
            for (name, amount) in [
                ("surchargeAmount", &self.surcharge_amount),
                ("surchargeAmountExclVat", &self.surcharge_amount_excluding_vat),
                ("surchargeAmountVat", &self.surcharge_amount_vat),
                ("surchargeVatPercentage", &self.surcharge_vat_percentage),
            ] {
                members.optional(name, amount.as_ref());
            }
            members.optional("description", self.description.as_ref());
            self.unlisted.write_into(members);
        });
    }
}

/// Whom the shopper may choose to pay through: a bank, say.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Issuer {
    /// The name of it in requests.
    pub id: Box<str>,
    /// Its name for people.
    pub name: Option<Box<str>>,
    unlisted: KeptMembers,
}

impl Issuer {
    /// An issuer with this id and name.
    #[must_use]
    pub fn new(id: &str, name: &str) -> Self {
        Self { id: id.into(), name: Some(name.into()), unlisted: KeptMembers::new() }
    }
}

impl ReadJson for Issuer {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        let object = value.object()?;
        let id = object.require("id")?.text_or_number()?;
        let mut issuer = Self { id: (*id).into(), name: None, unlisted: KeptMembers::new() };
        let mut unlisted = Vec::new();
        for (name, value) in object.members() {
            match &*name {
                "id" => {}
                "name" => issuer.name = value.optional()?,
                _ => unlisted.push((name, value)),
            }
        }
        issuer.unlisted = KeptMembers::found(&unlisted);
        Ok(issuer)
    }
}

impl WriteJson for Issuer {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        slot.object(|members| {
            members.text("id", &self.id);
            members.optional("name", self.name.as_ref());
            self.unlisted.write_into(members);
        });
    }
}
