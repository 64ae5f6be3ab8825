//! Reads the bodies of clients' requests.
//!
//! Every error names a field and its rule. No error repeats the value: it may be a card number.

use std::fmt::Display;
use std::str::FromStr;

use cashflows_codec::remote_auth::attempt::Found;
use cashflows_codec::value::{Amount, CardNumber, Currency, Customer, Cvv, Money};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::error::Error;
use crate::wanted::{CardDetails, Operation, Purchase, Wanted};

/// A text that is wiped on drop.
type Secret = Zeroizing<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PurchaseBody {
    money: MoneyBody,
    card: CardBody,
    #[serde(default)]
    customer: CustomerBody,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyBody {
    amount: String,
    currency: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CardBody {
    number: Secret,
    expiry: Secret,
    cvv: Secret,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CustomerBody {
    name: Option<String>,
    address: Option<String>,
    postcode: Option<String>,
    country: Option<String>,
    email: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RefundBody {
    order: String,
    money: Option<MoneyBody>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChargeMonthBody {
    subscription: String,
    month: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SettleBody {
    found: bool,
    transaction_id: Option<String>,
}

/// Reads a look-up's result: the transaction, or none.
pub(super) fn finding(body: &[u8]) -> Result<Found, Error> {
    let body: SettleBody = json(body)?;
    let mut fields = Fields::default();
    let id = fields.optional("transaction_id", body.transaction_id);
    let finding = match (body.found, id) {
        (true, Some(id)) => Some(Found::Authorised(id)),
        (false, None) => Some(Found::NotAuthorised),
        (true, None) => {
            fields.wrong.push("transaction_id: must be there if it was found".to_owned());
            None
        }
        (false, Some(_)) => {
            fields.wrong.push("transaction_id: must not be there if none was found".to_owned());
            None
        }
    };
    finding.filter(|_| fields.wrong.is_empty()).ok_or(Error::Fields(fields.wrong))
}

/// Reads a request.
pub(super) fn read(operation: Operation, body: &[u8]) -> Result<Wanted, Error> {
    let mut fields = Fields::default();
    let wanted = match operation {
        Operation::Pay => fields.purchase(json(body)?).map(Wanted::Pay),
        Operation::Subscribe => fields.purchase(json(body)?).map(Wanted::Subscribe),
        Operation::ChargeMonth => fields.charge_month(&json(body)?),
        Operation::Refund => fields.refund(&json(body)?),
    };
    match wanted {
        Some(wanted) if fields.wrong.is_empty() => Ok(wanted),
        _ => Err(Error::Fields(fields.wrong)),
    }
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|error| {
        // serde quotes names and values of the sender elsewhere. Here they are our own names.
        let said = error.to_string();
        let missing = said.split(" at line ").next().filter(|said| said.starts_with("missing field"));
        let what = match missing {
            Some(missing) => missing.to_owned(),
            None if error.is_data() => "a field is unknown, doubled, or of another type".to_owned(),
            None => "this is not JSON".to_owned(),
        };
        Error::Json { what, line: error.line(), column: error.column() }
    })
}

/// Checks the fields, and collects all errors.
#[derive(Default)]
struct Fields {
    wrong: Vec<String>,
}

impl Fields {
    fn purchase(&mut self, body: PurchaseBody) -> Option<Purchase> {
        let money = self.money(&body.money);
        let card = self.card(&body.card);
        let customer = self.customer(body.customer);
        Some(Purchase { money: money?, card: card?, customer })
    }

    fn refund(&mut self, body: &RefundBody) -> Option<Wanted> {
        let order = self.value("order", &body.order);
        let money = body.money.as_ref().map(|money| self.money(money));
        Some(Wanted::Refund { order: order?, money: money.flatten() })
    }

    fn charge_month(&mut self, body: &ChargeMonthBody) -> Option<Wanted> {
        let subscription = self.value("subscription", &body.subscription);
        let month = self.value("month", &body.month);
        Some(Wanted::ChargeMonth { subscription: subscription?, month: month? })
    }

    fn money(&mut self, body: &MoneyBody) -> Option<Money> {
        let amount: Option<Amount> = self.value("money.amount", &body.amount);
        let currency: Option<Currency> = self.value("money.currency", &body.currency);
        let (amount, currency) = (amount?, currency?);
        let payable = (1..=i64::MAX as u64).contains(&amount.hundredths());
        payable.then_some(Money::new(amount, currency)).or_else(|| {
            self.wrong.push("money.amount: must be at least 0.01, and no fortune".to_owned());
            None
        })
    }

    fn card(&mut self, body: &CardBody) -> Option<CardDetails> {
        let number: Option<CardNumber> = self.value("card.number", &body.number);
        let expiry = self.value("card.expiry", &body.expiry);
        let cvv: Option<Cvv> = self.value("card.cvv", &body.cvv);
        let number = number?;
        if !number.passes_luhn() {
            self.wrong
                .push("card.number: a digit is wrong (Luhn check): ask the buyer to look again".to_owned());
        }
        Some(CardDetails { number, expiry: expiry?, cvv: cvv? })
    }

    fn customer(&mut self, body: CustomerBody) -> Customer {
        let mut customer = Customer::default();
        if let Some(name) = self.optional("customer.name", body.name) {
            customer = customer.with_name(name);
        }
        if let Some(address) = self.optional("customer.address", body.address) {
            customer = customer.with_address(address);
        }
        if let Some(postcode) = self.optional("customer.postcode", body.postcode) {
            customer = customer.with_postcode(postcode);
        }
        if let Some(country) = self.optional("customer.country", body.country) {
            customer = customer.with_country(country);
        }
        if let Some(email) = self.optional("customer.email", body.email) {
            customer = customer.with_email(email);
        }
        customer
    }

    fn optional<T: FromStr<Err: Display>>(&mut self, field: &str, text: Option<String>) -> Option<T> {
        text.and_then(|text| self.value(field, &text))
    }

    fn value<T: FromStr<Err: Display>>(&mut self, field: &str, text: &str) -> Option<T> {
        text.parse().map_err(|error| self.wrong.push(format!("{field}: {error}"))).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAY: &str = r#"{"money":{"amount":"24.99","currency":"GBP"},
        "card":{"number":"4000000000000002","expiry":"1130","cvv":"123"},
        "customer":{"name":"Luke Skywalker","postcode":"AN1 1AA"}}"#;

    fn error(operation: Operation, body: &str) -> String {
        read(operation, body.as_bytes()).expect_err("it is wrong").to_string()
    }

    #[test]
    fn read_reports_all_wrong_fields_and_repeats_no_value() {
        let body =
            PAY.replace("24.99", "24.9").replace("0002", "0003").replace("1130", "1330").replace("123", "12");
        let said = error(Operation::Pay, &body);
        for field in ["money.amount: ", "card.number: a digit is wrong", "card.expiry: ", "card.cvv: "] {
            assert!(said.contains(field), "{field} in {said}");
        }
        assert!(!said.contains("4000"), "{said}");
    }

    #[test]
    fn read_repeats_no_card_number_in_any_error() {
        let card = "4000000000000002";
        for (from, to) in [
            ("\"4000000000000002\"", "4000000000000002"),
            ("\"cvv\":\"123\"", "\"cvv\":4000000000000002"),
            ("\"cvv\":\"123\"", "\"4000000000000002\":\"123\""),
            ("\"cvv\":\"123\"", "\"cvv\":\"4000000000000002\""),
            ("\"1130\"", "\"4000000000000002\""),
            ("\"24.99\"", "\"4000000000000002\""),
            ("\"GBP\"", "\"4000000000000002\""),
            ("}}", "} 4000000000000002"),
        ] {
            assert!(PAY.contains(from), "{from}");
            let said = error(Operation::Pay, &PAY.replacen(from, to, 1));
            assert!(!said.contains(card), "{said}");
        }
        for (operation, body) in [
            (Operation::Refund, r#"{"order":"4000000000000002"}"#),
            (Operation::ChargeMonth, r#"{"subscription":"4000000000000002","month":"4000000000000002"}"#),
        ] {
            assert!(!error(operation, body).contains(card));
        }
    }

    #[test]
    fn read_names_missing_fields() {
        assert!(error(Operation::Pay, r#"{"money":{"amount":"1.00","currency":"GBP"}}"#).contains("`card`"));
        assert!(error(Operation::Refund, "{}").contains("`order`"));
        assert!(error(Operation::Refund, "").contains("not JSON"));
    }

    #[test]
    fn read_refuses_amounts_of_zero_and_too_large_ones() {
        for amount in ["0.00", "184467440737095516.15"] {
            let said = error(Operation::Pay, &PAY.replace("24.99", amount));
            assert!(said.contains("money.amount: must be at least 0.01"), "{said}");
        }
    }
}
