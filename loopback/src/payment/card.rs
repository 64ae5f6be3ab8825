//! The card as a shopper enters it, and what is wrong with it.

use std::time::SystemTime;

use cashflows_codec::simulator::gateway::EnteredCard;
use cashflows_codec::value::{CardNumber, CustomerName, Cvv, Expiry};
use zeroize::Zeroizing;

use crate::form::Form;
use crate::html::rfc3339;

/// How many years a card is good for (section 8 of the protocol page of Remote Auth).
const LONGEST: u16 = 10;

/// The fields of the form: what stays in them, and what is wrong with each. Number and security code never
/// stay.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) name: String,
    pub(super) expiry: String,
    pub(super) number_error: Option<&'static str>,
    pub(super) expiry_error: Option<&'static str>,
    pub(super) cvc_error: Option<&'static str>,
    pub(super) name_error: Option<&'static str>,
}

impl Fields {
    pub(super) const fn are_right(&self) -> bool {
        self.number_error.is_none()
            && self.expiry_error.is_none()
            && self.cvc_error.is_none()
            && self.name_error.is_none()
    }

    /// What is wrong, with the ids of the fields, in their order.
    pub(super) fn errors(&self) -> Vec<(&'static str, &'static str)> {
        [
            ("number", self.number_error),
            ("expiry", self.expiry_error),
            ("cvc", self.cvc_error),
            ("name", self.name_error),
        ]
        .into_iter()
        .filter_map(|(id, error)| Some((id, error?)))
        .collect()
    }
}

/// Reads the card, and how it is shown in the log; or what is wrong with all of its fields.
pub(super) fn read(form: &Form, now: SystemTime) -> Result<(EnteredCard, String), Fields> {
    let field = |name| form.get(name).unwrap_or_default().trim();
    let number = number(field("number"));
    let expiry = expiry(field("expiry"), now);
    let cvc = cvc(field("cvc"));
    let name = name(field("name"));
    match (number, expiry, cvc, name) {
        (Ok(number), Ok(expiry), Ok(cvc), Ok(name)) => {
            let shown = format!("card {number}");
            Ok((EnteredCard::new(number, expiry, cvc, name), shown))
        }
        (number, expiry, cvc, name) => Err(Fields {
            name: kept(field("name"), 255),
            expiry: kept(field("expiry"), 10),
            number_error: number.err(),
            expiry_error: expiry.err(),
            cvc_error: cvc.err(),
            name_error: name.err(),
        }),
    }
}

/// What may stay in a field that is no card number: nothing, if there are so many digits in it that it
/// may be one.
fn kept(text: &str, longest: usize) -> String {
    let digits = text.chars().filter(|character| character.is_numeric()).count();
    if digits > 8 { String::new() } else { text.chars().take(longest).collect() }
}

fn number(text: &str) -> Result<CardNumber, &'static str> {
    let mut digits = Zeroizing::new(String::with_capacity(text.len()));
    digits.extend(text.chars().filter(|character| !character.is_whitespace() && *character != '-'));
    if digits.is_empty() {
        return Err("Enter the card number.");
    }
    let number: CardNumber = digits.parse().map_err(|_| "A card number has 12 to 19 digits.")?;
    if number.passes_luhn() { Ok(number) } else { Err("This is no card number: look at its digits again.") }
}

fn expiry(text: &str, now: SystemTime) -> Result<Expiry, &'static str> {
    const FORM: &str = "Enter month and year, as 11/30.";
    if text.is_empty() {
        return Err("Enter the expiry date.");
    }
    let (month, year) = month_and_year(text).ok_or(FORM)?;
    let expiry: Expiry = format!("{month:02}{:02}", year % 100).parse().map_err(|_| FORM)?;
    let (this_year, this_month) = this_month(now);
    if expiry.is_past(this_year, this_month) {
        return Err("This card has expired.");
    }
    if year > this_year + LONGEST {
        return Err("Look at the year again: no card is good for so long.");
    }
    Ok(expiry)
}

/// `1130`, `11/30`, `11 / 2030`, `1-30`: month and year, of four digits.
fn month_and_year(text: &str) -> Option<(u16, u16)> {
    let parts: Vec<&str> =
        text.split(|character: char| !character.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let separators = text.chars().all(|character| character.is_ascii_digit() || " /.-".contains(character));
    let (month, year) = match *parts.as_slice() {
        [both] if matches!(both.len(), 4 | 6) => both.split_at_checked(2)?,
        [month, year] if month.len() <= 2 => (month, year),
        _ => return None,
    };
    let century = match year.len() {
        2 => 2_000,
        4 => 0,
        _ => return None,
    };
    let (month, year) = (month.parse().ok()?, century + year.parse::<u16>().ok()?);
    (separators && (1..=12).contains(&month) && (2_000..2_100).contains(&year)).then_some((month, year))
}

/// Year and month of a time, in UTC.
fn this_month(now: SystemTime) -> (u16, u8) {
    let text = rfc3339(now);
    let mut parts = text.split('-');
    let year = parts.next().and_then(|year| year.parse().ok());
    let month = parts.next().and_then(|month| month.parse().ok());
    (year.unwrap_or_default(), month.unwrap_or_default())
}

fn cvc(text: &str) -> Result<Cvv, &'static str> {
    if text.is_empty() {
        return Err("Enter the security code.");
    }
    text.parse().map_err(|_| "The security code has 3 digits, or 4 on an American Express card.")
}

fn name(text: &str) -> Result<CustomerName, &'static str> {
    if text.is_empty() {
        return Err("Enter the name that is on the card.");
    }
    text.parse().map_err(|_| "A name has at most 255 characters, and no line ends.")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// 2026-11-26.
    const NOW: Duration = Duration::from_secs(1_795_651_200);

    #[test]
    fn expiry_dates_are_read_as_people_write_them() {
        let now = SystemTime::UNIX_EPOCH + NOW;
        for good in ["1130", "11/30", "11 / 30", "11/2030", "112030", "11-30", "11.30"] {
            assert_eq!(expiry(good, now).unwrap().to_string(), "1130", "{good}");
        }
        assert_eq!(expiry("1/27", now).unwrap().to_string(), "0127");
        assert!(expiry("11/26", now).is_ok() && expiry("11/36", now).is_ok());
        for (bad, said) in [
            ("", "Enter the expiry date."),
            ("13/30", "as 11/30"),
            ("0/30", "as 11/30"),
            ("11", "as 11/30"),
            ("11/3", "as 11/30"),
            ("11/30/1", "as 11/30"),
            ("nov 30", "as 11/30"),
            ("11x30", "as 11/30"),
            ("10/26", "expired"),
            ("1/20", "expired"),
            ("11/37", "year"),
            ("11/2099", "year"),
        ] {
            assert!(expiry(bad, now).unwrap_err().contains(said), "{bad}");
        }
    }

    #[test]
    fn numbers_are_read_as_they_are_printed() {
        for good in
            ["4000000000000002", "4000 0000 0000 0002", "4000-0000-0000-0002", "4000\u{a0}0000 00000002"]
        {
            assert!(number(good).is_ok(), "{good}");
        }
        for bad in ["", "4000", "4000000000000003", "4000 0000 0000 000x"] {
            assert!(number(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_card_number_in_the_wrong_field_does_not_stay_there() {
        assert_eq!(kept("4000 0000 0000 0002", 255), "");
        assert_eq!(kept("Luke Skywalker", 255), "Luke Skywalker");
        assert_eq!(kept("11 / 2030", 10), "11 / 2030");
    }
}
