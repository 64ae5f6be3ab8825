//! Requests as JSON, with the members in the order of section 4.
//!
//! Every struct is taken apart by name, so that a new field cannot be forgotten here.

use arrayvec::ArrayString;
use bytes::Bytes;

use super::parameter::Parameter as P;
use super::{
    Address, Browser, Capture, Card, CardSource, Child, Credit, ExternalThreeDs, FreeText, HostedPage,
    Identity, JobKind, Mcc, Moto, Order, OrderLine, OtherParameter, Parent, ParentMeans, PaymentJob,
    PrivateText, RecipientDetails, RecurrenceCriteria, Refund, ReturnUrls, StoredCard, ThreeDsResult,
    Tokenisation, Wallet,
};
use crate::gateway::{Decimal, SignedDecimal, Url};
use crate::media::json::{Members, Sink, Slot, WriteJson, to_body};
use crate::value::{CustomerName, Cvv, Email, Expiry, Postcode};

impl PaymentJob {
    /// The job as JSON: what a [call](crate::gateway::call) of it is signed over and sent with.
    ///
    /// It is written into one buffer, which is wiped when the last clone of its bytes is dropped.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }
}

impl Refund {
    /// The refund as JSON: what a [call](crate::gateway::call) of it is signed over and sent with.
    ///
    /// It is written into one buffer, which is wiped when the last clone of its bytes is dropped.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }
}

impl Capture {
    /// The capture as JSON: what a [call](crate::gateway::call) of it is signed over and sent with.
    ///
    /// It is written into one buffer, which is wiped when the last clone of its bytes is dropped.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }
}

impl Tokenisation {
    /// The card as JSON: what a [call](crate::gateway::call) of it is signed over and sent with.
    ///
    /// It is written into one buffer, which is wiped when the last clone of its bytes is dropped.
    #[must_use]
    pub fn encode(&self) -> Bytes {
        Bytes::from_owner(to_body(self))
    }
}

impl WriteJson for PaymentJob {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self {
            minor_units: _,
            currency,
            kind,
            order,
            methods,
            locale,
            time_zone,
            display_url,
            expires,
            return_urls,
            webhook_url,
            descriptor,
            browser,
            simulated_status,
            mcc,
            recipient,
            options: _,
            preparation_ids,
            other_parameters,
        } = self;
        let common = CommonParameters {
            mcc: mcc.as_ref(),
            recipient: recipient.as_ref(),
            return_urls: return_urls.as_ref(),
            webhook_url: webhook_url.as_ref(),
            descriptor: descriptor.as_ref(),
            simulated_status: simulated_status.as_ref(),
            browser: browser.as_ref(),
            others: other_parameters,
        };
        slot.object(|job| {
            decimal(job, "amountToCollect", self.amount());
            job.text("currency", currency.as_str());
            job.optional("type", kind.says_type().then_some(self.job_type().as_str()));
            job.optional("locale", locale.as_ref());
            job.optional("timeZone", time_zone.as_ref());
            if let Some(order) = order {
                order.write(job.member("order"));
            }
            if let JobKind::Child(Child { parent, .. }) = kind {
                number(job, "parentPaymentJobReference", parent.get());
            }
            job.texts("paymentMethodsToUse", methods);
            if kind.has_parameters() || !common.is_empty() {
                job.member("parameters").object(|parameters| {
                    kind.write_parameters(parameters);
                    common.write(parameters);
                });
            }
            self.write_options(job);
            job.texts("preparationIds", preparation_ids);
            job.optional("displayUrl", display_url.as_ref());
            job.optional("expirationDateTimeUtc", expires.as_ref());
            if let Some(criteria) = kind.criteria() {
                criteria.write(job.member("recurrenceCriteria"));
            }
        });
    }
}

impl JobKind {
    /// Whether the type is written. The vendor's samples have it with a card of the shopper's, and not
    /// without one.
    const fn says_type(&self) -> bool {
        match self {
            Self::Card(_) | Self::Moto(_) | Self::Credit(_) => true,
            Self::Parent(Parent { means, .. }) => {
                matches!(means, ParentMeans::Card(_) | ParentMeans::Moto(_))
            }
            _ => false,
        }
    }

    const fn criteria(&self) -> Option<&RecurrenceCriteria> {
        match self {
            Self::Parent(Parent { criteria, .. }) | Self::Child(Child { criteria: Some(criteria), .. }) => {
                Some(criteria)
            }
            _ => None,
        }
    }

    /// Whether there is at least one parameter of the kind's.
    const fn has_parameters(&self) -> bool {
        match self {
            Self::HostedPage(page) | Self::Parent(Parent { means: ParentMeans::HostedPage(page), .. }) => {
                let HostedPage { methods: _, page_reference, parent_frame_domains } = page;
                page_reference.is_some() || parent_frame_domains.is_some()
            }
            Self::Child(_) => false,
            _ => true,
        }
    }

    fn write_parameters<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        match self {
            Self::HostedPage(page) => page.write(parameters),
            Self::Card(card) => card.write(parameters),
            Self::Moto(card) => card.write(parameters),
            Self::ExternalThreeDs(card) => card.write(parameters),
            Self::Wallet(card) => card.write(parameters),
            Self::StoredCard(card) => card.write(parameters),
            Self::Parent(Parent { means, .. }) => match means {
                ParentMeans::HostedPage(page) => page.write(parameters),
                ParentMeans::Card(card) => card.write(parameters),
                ParentMeans::Moto(card) => card.write(parameters),
                ParentMeans::ExternalThreeDs(card) => card.write(parameters),
                ParentMeans::Wallet(card) => card.write(parameters),
                ParentMeans::StoredCard(card) => card.write(parameters),
            },
            Self::Child(Child { .. }) => {}
            Self::Credit(Credit { source, expiry, cvc, holder }) => {
                card(parameters, source, *expiry, cvc.as_ref(), holder.as_ref());
            }
        }
    }
}

/// The parameters that a job of any kind may have.
struct CommonParameters<'a> {
    mcc: Option<&'a Mcc>,
    recipient: Option<&'a RecipientDetails>,
    return_urls: Option<&'a ReturnUrls>,
    webhook_url: Option<&'a Url>,
    descriptor: Option<&'a FreeText>,
    simulated_status: Option<&'a FreeText>,
    browser: Option<&'a Browser>,
    others: &'a [OtherParameter],
}

impl CommonParameters<'_> {
    const fn is_empty(&self) -> bool {
        let Self { mcc, recipient, return_urls, webhook_url, descriptor, simulated_status, browser, others } =
            self;
        mcc.is_none()
            && recipient.is_none()
            && return_urls.is_none()
            && webhook_url.is_none()
            && descriptor.is_none()
            && simulated_status.is_none()
            && browser.is_none()
            && others.is_empty()
    }

    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        optional(parameters, P::Mcc, self.mcc);
        if let Some(details) = self.recipient {
            parameters.member(P::RecipientDetails.as_str()).quoted(details);
        }
        if let Some(ReturnUrls { success, failed, cancelled }) = self.return_urls {
            optional(parameters, P::ReturnUrlSuccess, success.as_ref());
            optional(parameters, P::ReturnUrlFailed, failed.as_ref());
            optional(parameters, P::ReturnUrlCancelled, cancelled.as_ref());
        }
        optional(parameters, P::WebhookUrl, self.webhook_url);
        optional(parameters, P::Descriptor, self.descriptor);
        optional(parameters, P::SimulatedStatus, self.simulated_status);
        if let Some(browser) = self.browser {
            browser.write(parameters);
        }
        others(parameters, self.others);
    }
}

impl PaymentJob {
    fn write_options<S: Sink>(&self, job: &mut Members<'_, S>) {
        if self.options().next().is_some() {
            job.member("options").array(|items| {
                for option in self.options() {
                    items.item().text(option.as_str());
                }
            });
        }
    }
}

fn parameter<S: Sink>(parameters: &mut Members<'_, S>, name: P, text: &str) {
    parameters.text(name.as_str(), text);
}

fn optional<S: Sink>(parameters: &mut Members<'_, S>, name: P, text: Option<&(impl AsRef<str> + ?Sized)>) {
    parameters.optional(name.as_str(), text);
}

fn others<S: Sink>(parameters: &mut Members<'_, S>, others: &[OtherParameter]) {
    for OtherParameter { name, value } in others {
        parameters.other_member(name.as_str()).text(value.expose());
    }
}

/// Amounts and other decimal numbers are text.
fn decimal<S: Sink>(members: &mut Members<'_, S>, name: &'static str, decimal: Decimal) {
    members.member(name).plain_text(&decimal.to_text());
}

/// The same, with a sign where there is one.
fn signed<S: Sink>(members: &mut Members<'_, S>, name: &'static str, number: Option<SignedDecimal>) {
    match number {
        Some(number) if number.is_negative() => members.text(name, &number.to_string()),
        Some(number) => decimal(members, name, number.magnitude()),
        None => {}
    }
}

/// Numbers are text too.
fn number<S: Sink>(members: &mut Members<'_, S>, name: &'static str, number: u64) {
    members.member(name).plain_text(&Decimal::whole(number).to_text());
}

/// Month and year of an expiry, two digits each.
fn two_digits(number: u16) -> ArrayString<2> {
    let digit = |number: u16| b'0' + (number % 10) as u8;
    ArrayString::from_byte_string(&[digit(number / 10), digit(number)]).unwrap_or_default()
}

fn card<S: Sink>(
    parameters: &mut Members<'_, S>,
    source: &CardSource,
    expiry: Option<Expiry>,
    cvc: Option<&Cvv>,
    holder: Option<&CustomerName>,
) {
    match source {
        CardSource::Number(number) => parameter(parameters, P::CardNumber, number.secret_str()),
        CardSource::Token(token) => parameter(parameters, P::Token, token.secret_str()),
    }
    optional(parameters, P::CardCvc, cvc.map(Cvv::secret_str));
    if let Some(expiry) = expiry {
        parameter(parameters, P::CardExpiryMonth, &two_digits(expiry.month().into()));
        parameter(parameters, P::CardExpiryYear, &two_digits(expiry.year()));
    }
    optional(parameters, P::CardHolderName, holder.map(CustomerName::as_str));
}

impl HostedPage {
    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        let Self { methods: _, page_reference, parent_frame_domains } = self;
        optional(parameters, P::PaymentPageReference, page_reference.as_ref());
        optional(parameters, P::AllowedParentFrameDomains, parent_frame_domains.as_ref());
    }
}

impl Card {
    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        let Self { source, expiry, cvc, holder } = self;
        card(parameters, source, *expiry, Some(cvc), holder.as_ref());
    }
}

impl Moto {
    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        let Self { source, expiry, cvc, holder } = self;
        card(parameters, source, *expiry, cvc.as_ref(), holder.as_ref());
    }
}

impl ExternalThreeDs {
    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        let Self { card, result } = self;
        card.write(parameters);
        result.write(parameters);
    }
}

impl StoredCard {
    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        let Self { source, expiry, holder, result } = self;
        card(parameters, source, *expiry, None, holder.as_ref());
        result.write(parameters);
    }
}

impl Wallet {
    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        let Self {
            kind,
            number,
            expiry,
            holder,
            cryptogram,
            eci,
            version,
            ds_transaction_id,
            xid,
            transaction_id,
        } = self;
        parameter(parameters, P::CardNumber, number.secret_str());
        parameter(parameters, P::CardExpiryMonth, &two_digits(expiry.month().into()));
        parameter(parameters, P::CardExpiryYear, &two_digits(expiry.year()));
        optional(parameters, P::CardHolderName, holder.as_ref().map(CustomerName::as_str));
        optional(parameters, P::ThreeDsVersion, version.as_ref());
        parameter(parameters, P::ThreeDsCavv, cryptogram.secret_str());
        optional(parameters, P::ThreeDsEci, eci.as_ref());
        optional(parameters, P::ThreeDsDsTransactionId, ds_transaction_id.as_ref());
        optional(parameters, P::ThreeDsXid, xid.as_ref());
        parameter(parameters, P::EwalletType, kind.as_str());
        optional(parameters, P::ApplePayTransactionIdentifier, transaction_id.as_ref());
    }
}

impl ThreeDsResult {
    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        let Self { version, cavv, eci, ds_transaction_id, xid } = self;
        parameter(parameters, P::ThreeDsVersion, version.as_str());
        parameter(parameters, P::ThreeDsCavv, cavv.secret_str());
        parameter(parameters, P::ThreeDsEci, eci.as_str());
        parameter(parameters, P::ThreeDsDsTransactionId, ds_transaction_id.as_str());
        optional(parameters, P::ThreeDsXid, xid.as_ref());
    }
}

impl Browser {
    fn write<S: Sink>(&self, parameters: &mut Members<'_, S>) {
        let Self {
            ip_address,
            origin,
            user_agent,
            language,
            time_zone_offset,
            java_enabled,
            javascript_enabled,
            screen_height,
            screen_width,
            color_depth,
            accept_header,
            challenge_window_size,
        } = self;
        optional(parameters, P::OriginatingIpAddress, ip_address.as_ref().map(PrivateText::as_str));
        optional(parameters, P::OriginHeader, origin.as_ref());
        optional(parameters, P::UserAgent, user_agent.as_ref().map(PrivateText::as_str));
        optional(parameters, P::BrowserLanguage, language.as_ref());
        optional(parameters, P::BrowserTimeZoneOffset, time_zone_offset.as_ref());
        optional(parameters, P::BrowserJavaEnabled, java_enabled.map(truth));
        optional(parameters, P::BrowserJavaScriptEnabled, javascript_enabled.map(truth));
        optional(parameters, P::BrowserScreenHeight, screen_height.as_ref());
        optional(parameters, P::BrowserScreenWidth, screen_width.as_ref());
        optional(parameters, P::BrowserScreenColorDepth, color_depth.as_ref());
        optional(parameters, P::ChallengeAcceptHeader, accept_header.as_ref());
        optional(parameters, P::ChallengeWindowSize, challenge_window_size.as_ref());
    }
}

const fn truth(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}

impl WriteJson for RecipientDetails {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { surname, birth, postcode, account } = self;
        slot.object(|details| {
            details.text("lastname", surname.as_str());
            details.text("dateOfBirth", birth.as_str());
            details.text("postcode", postcode.as_str());
            details.text("primaryAccountNumber", account.as_str());
        });
    }
}

impl WriteJson for RecurrenceCriteria {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { kind, expiry, frequency, instalments } = self;
        slot.object(|criteria| {
            criteria.text("recurrenceType", kind.as_str());
            criteria.optional("recurringExpiry", expiry.as_ref());
            if let Some(days) = frequency {
                number(criteria, "recurringFrequency", (*days).into());
            }
            if let Some(count) = instalments {
                number(criteria, "Instalments", (*count).into());
            }
        });
    }
}

impl WriteJson for Order {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self {
            number: order_number,
            note,
            customer,
            billing_address,
            shipping_address,
            billing_identity,
            lines,
        } = self;
        slot.object(|order| {
            order.optional("orderNumber", order_number.as_ref());
            order.optional("note", note.as_ref());
            order.optional("customerReference", customer.as_ref());
            if let Some(address) = billing_address {
                address.write(order.member("billingAddress"));
            }
            if let Some(address) = shipping_address {
                address.write(order.member("shippingAddress"));
            }
            if let Some(identity) = billing_identity {
                identity.write(order.member("billingIdentity"));
            }
            if !lines.is_empty() {
                order.member("orderLines").array(|items| {
                    lines.iter().for_each(|line| line.write(items.item()));
                });
            }
        });
    }
}

impl WriteJson for Address {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self {
            title,
            first_name,
            middle_name,
            last_name,
            country,
            line_1,
            line_2,
            postcode,
            city,
            state,
            organisation,
            department,
            telephones,
        } = self;
        slot.object(|address| {
            address.optional("title", title.as_ref().map(PrivateText::as_str));
            address.optional("firstName", first_name.as_ref().map(PrivateText::as_str));
            address.optional("middleName", middle_name.as_ref().map(PrivateText::as_str));
            address.optional("lastName", last_name.as_ref().map(PrivateText::as_str));
            address.optional("countryIso3166Alpha2", country.as_ref());
            address.optional("addressLine1", line_1.as_ref().map(PrivateText::as_str));
            address.optional("addressLine2", line_2.as_ref().map(PrivateText::as_str));
            address.optional("zipCode", postcode.as_ref().map(Postcode::as_str));
            address.optional("city", city.as_ref().map(PrivateText::as_str));
            address.optional("stateProvince", state.as_ref().map(PrivateText::as_str));
            let names = [("phoneNumber1", "phoneNumber1Type"), ("phoneNumber2", "phoneNumber2Type")];
            for ((number_name, kind_name), telephone) in names.into_iter().zip(telephones) {
                if let Some((number, kind)) = telephone {
                    address.text(number_name, number.as_str());
                    address.optional(kind_name, kind.map(|kind| kind.as_str()));
                }
            }
            address.optional("organisation", organisation.as_ref().map(PrivateText::as_str));
            address.optional("department", department.as_ref().map(PrivateText::as_str));
        });
    }
}

impl WriteJson for Identity {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self {
            debtor_id,
            email,
            gender,
            date_of_birth,
            social_security_number,
            chamber_of_commerce_number,
            vat_number,
        } = self;
        slot.object(|identity| {
            identity.optional("debtorId", debtor_id.as_ref().map(PrivateText::as_str));
            identity.optional("emailAddress", email.as_ref().map(Email::as_str));
            identity.optional("gender", gender.map(|gender| gender.as_str()));
            identity.optional("dateOfBirth", date_of_birth.as_ref().map(PrivateText::as_str));
            identity
                .optional("socialSecurityNumber", social_security_number.as_ref().map(PrivateText::as_str));
            identity.optional(
                "chamberOfCommerceNumber",
                chamber_of_commerce_number.as_ref().map(PrivateText::as_str),
            );
            identity.optional("vatNumber", vat_number.as_ref().map(PrivateText::as_str));
        });
    }
}

impl WriteJson for OrderLine {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self {
            name,
            unit_price,
            number: place,
            kind,
            sku_code,
            description,
            quantity,
            vat_percentage,
            vat_percentage_label,
            discount_percentage_label,
            total,
            url,
        } = self;
        slot.object(|line| {
            if let Some(place) = place {
                number(line, "lineNumber", (*place).into());
            }
            line.optional("type", kind.map(|kind| kind.as_str()));
            line.optional("skuCode", sku_code.as_ref());
            line.text("name", name.as_str());
            line.optional("description", description.as_ref());
            signed(line, "quantity", *quantity);
            signed(line, "unitPriceExclVat", unit_price.without_vat());
            signed(line, "unitPriceInclVat", unit_price.with_vat());
            if let Some(percentage) = vat_percentage {
                decimal(line, "vatPercentage", *percentage);
            }
            line.optional("vatPercentageLabel", vat_percentage_label.as_ref());
            line.optional("discountPercentageLabel", discount_percentage_label.as_ref());
            signed(line, "totalLineAmount", *total);
            line.optional("url", url.as_ref());
        });
    }
}

impl WriteJson for Refund {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { amount, number, other_parameters } = self;
        slot.object(|refund| {
            if let Some(amount) = amount {
                decimal(refund, "amountToRefund", *amount);
            }
            refund.optional("refundNumber", number.as_ref());
            if !other_parameters.is_empty() {
                refund.member("parameters").object(|parameters| others(parameters, other_parameters));
            }
        });
    }
}

impl WriteJson for Capture {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { amount, is_final } = self;
        slot.object(|capture| {
            if let Some(amount) = amount {
                decimal(capture, "amountToCapture", *amount);
            }
            if let Some(is_final) = is_final {
                capture.member("isFinalCapture").boolean(*is_final);
            }
        });
    }
}

impl WriteJson for Tokenisation {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { number, expiry, cvc, holder } = self;
        slot.object(|card| {
            card.text("cardNumber", number.secret_str());
            card.optional("CardHolderName", holder.as_ref().map(CustomerName::as_str));
            card.text("cardExpiryYear", &two_digits(expiry.year()));
            card.text("cardExpiryMonth", &two_digits(expiry.month().into()));
            card.text("cardCvc", cvc.secret_str());
        });
    }
}
