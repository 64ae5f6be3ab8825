//! Requests as JSON, with the members in the order of section 4.
//!
//! Every struct is taken apart by name, so that a new field cannot be forgotten here.

use super::leaf::split;
use super::object::{Leaf, Member};
use super::parameter::WrittenParameters;
use super::{
    Browser, CaptureRequest, CardWay, Child, JobKind, OtherParameter, Parent, PaymentJob, RecurrenceCriteria,
    RefundRequest, ReturnUrls, Tokenisation,
};
use crate::media::json::{Members, Sink, Slot, WriteJson};
use crate::value::CardOrToken;

impl WriteJson for PaymentJob {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self {
            minor_units: _,
            currency,
            kind,
            methods,
            options: _,
            other_parameters,
            order,
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
            preparation_ids,
        } = self;
        let page = kind.page();
        let card = kind.card();
        let expiry = card.and_then(|card| card.expiry).map(split);
        let number = card.and_then(|card| match &card.source {
            CardOrToken::Number(number) => Some(number),
            CardOrToken::Token(_) => None,
        });
        let token = card.and_then(|card| match &card.source {
            CardOrToken::Token(token) => Some(token),
            CardOrToken::Number(_) => None,
        });
        let (wallet, result) = match card.map(|card| &card.way) {
            Some(CardWay::Wallet(wallet)) => (Some(wallet), None),
            Some(CardWay::External(result) | CardWay::Stored(result)) => (None, Some(result)),
            Some(CardWay::ThreeDs | CardWay::Moto) | None => (None, None),
        };
        let cavv = result.map(|result| result.cavv.secret_str());
        let Browser {
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
        } = browser;
        let ReturnUrls { success, failed, cancelled } = return_urls;
        let parameters = WrittenParameters {
            card_number: number,
            token,
            cvv: card.and_then(|card| card.cvv.as_ref()),
            expiry_month: expiry.as_ref().map(|(month, _)| month),
            expiry_year: expiry.as_ref().map(|(_, year)| year),
            holder: card.and_then(|card| card.holder.as_ref()),
            three_ds_version: result
                .map(|result| &result.version)
                .or(wallet.and_then(|wallet| wallet.version.as_ref())),
            three_ds_cavv: cavv.or(wallet.map(|wallet| wallet.cryptogram.secret_str())),
            three_ds_eci: result.map(|result| &result.eci).or(wallet.and_then(|wallet| wallet.eci.as_ref())),
            ds_transaction_id: result
                .map(|result| &result.ds_transaction_id)
                .or(wallet.and_then(|wallet| wallet.ds_transaction_id.as_ref())),
            xid: result
                .and_then(|result| result.xid.as_ref())
                .or(wallet.and_then(|wallet| wallet.xid.as_ref())),
            wallet: wallet.map(|wallet| &wallet.kind),
            apple_pay_transaction_id: wallet.and_then(|wallet| wallet.transaction_id.as_ref()),
            page_reference: page.and_then(|page| page.page_reference.as_ref()),
            parent_frame_domains: page.and_then(|page| page.parent_frame_domains.as_ref()),
            mcc: mcc.as_ref(),
            recipient: recipient.as_ref(),
            return_url_success: success.as_ref(),
            return_url_failed: failed.as_ref(),
            return_url_cancelled: cancelled.as_ref(),
            webhook_url: webhook_url.as_ref(),
            descriptor: descriptor.as_ref(),
            simulated_status: simulated_status.as_ref(),
            ip_address: ip_address.as_ref(),
            origin: origin.as_ref(),
            user_agent: user_agent.as_ref(),
            browser_language: language.as_ref(),
            browser_time_zone_offset: time_zone_offset.as_ref(),
            java_enabled: java_enabled.as_ref(),
            javascript_enabled: javascript_enabled.as_ref(),
            screen_height: screen_height.as_ref(),
            screen_width: screen_width.as_ref(),
            color_depth: color_depth.as_ref(),
            accept_header: accept_header.as_ref(),
            challenge_window_size: challenge_window_size.as_ref(),
        };
        let (parent, criteria) = match kind {
            JobKind::Parent(Parent { means: _, criteria }) => (None, Some(criteria)),
            JobKind::Child(Child { parent, criteria }) => (Some(parent), criteria.as_ref()),
            JobKind::Payment(_) | JobKind::Credit(_) => (None, None),
        };
        // The vendor's samples have the type with a card of the shopper's, and not without one.
        let says_type = matches!(card.map(|card| &card.way), Some(CardWay::ThreeDs | CardWay::Moto));
        slot.object(|job| {
            Leaf::write(&self.amount(), job, "amountToCollect");
            job.text("currency", currency.as_str());
            job.optional("type", says_type.then_some(self.job_type().as_str()));
            Member::write(locale, job, ["locale"]);
            Member::write(time_zone, job, ["timeZone"]);
            Member::write(order, job, ["order"]);
            if let Some(parent) = parent {
                job.member("parentPaymentJobReference").plain_text(&parent.to_text());
            }
            job.texts("paymentMethodsToUse", methods);
            if !parameters.is_empty() || !other_parameters.is_empty() {
                job.member("parameters").object(|members| {
                    parameters.write(members);
                    others(members, other_parameters);
                });
            }
            if self.options().next().is_some() {
                job.member("options").array(|items| {
                    self.options().for_each(|option| items.item().text(option.as_str()));
                });
            }
            job.texts("preparationIds", preparation_ids);
            Member::write(display_url, job, ["displayUrl"]);
            Member::write(expires, job, ["expirationDateTimeUtc"]);
            if let Some(criteria) = criteria {
                criteria.write(job.member("recurrenceCriteria"));
            }
        });
    }
}

fn others<S: Sink>(parameters: &mut Members<'_, S>, others: &[OtherParameter]) {
    for OtherParameter { name, value } in others {
        parameters.other_member(name.as_str()).text(value.expose());
    }
}

impl WriteJson for RecurrenceCriteria {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { kind, expiry, frequency, instalments } = self;
        slot.object(|criteria| {
            Leaf::write(kind, criteria, "recurrenceType");
            Member::write(expiry, criteria, ["recurringExpiry"]);
            Member::write(frequency, criteria, ["recurringFrequency"]);
            Member::write(instalments, criteria, ["Instalments"]);
        });
    }
}

impl WriteJson for RefundRequest {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { amount, number, other_parameters } = self;
        slot.object(|refund| {
            Member::write(amount, refund, ["amountToRefund"]);
            Member::write(number, refund, ["refundNumber"]);
            if !other_parameters.is_empty() {
                refund.member("parameters").object(|parameters| others(parameters, other_parameters));
            }
        });
    }
}

impl WriteJson for CaptureRequest {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { amount, is_final } = self;
        slot.object(|capture| {
            Member::write(amount, capture, ["amountToCapture"]);
            if let Some(is_final) = is_final {
                capture.member("isFinalCapture").boolean(*is_final);
            }
        });
    }
}

impl WriteJson for Tokenisation {
    fn write<S: Sink>(&self, slot: Slot<'_, S>) {
        let Self { number, expiry, cvv, holder } = self;
        let (month, year) = split(*expiry);
        slot.object(|card| {
            Leaf::write(number, card, "cardNumber");
            Member::write(holder, card, ["CardHolderName"]);
            Leaf::write(&year, card, "cardExpiryYear");
            Leaf::write(&month, card, "cardExpiryMonth");
            Leaf::write(cvv, card, "cardCvc");
        });
    }
}
