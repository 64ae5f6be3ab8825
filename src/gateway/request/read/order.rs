//! The order of a job.
//!
//! Its number and its customer decide something. The rest is passed over where it is malformed, but for
//! what a line has to have.

use super::{Count, Faults, Reader};
use crate::gateway::request::fault::place_of;
use crate::gateway::request::{Address, Identity, MemberProblem, Order, OrderLine, TelephoneKind, UnitPrice};
use crate::gateway::{OrderNumber, SignedDecimal};
use crate::media::json::{JsonProblem, Object, Value};
use crate::value::Telephone;

pub(super) fn read(object: Object<'_>, faults: &mut Faults) -> Option<Order> {
    let names = &[
        "orderNumber",
        "note",
        "customerReference",
        "billingAddress",
        "shippingAddress",
        "billingIdentity",
        "orderLines",
    ];
    let mut reader = Reader::new(object, names, faults);
    Some(Order {
        number: reader.with("orderNumber", |faults, value| {
            OrderNumber::of_any_form(&faults.text(value)?).map_err(|invalid| value.error(invalid.rule()))
        }),
        note: reader.find_text("note"),
        customer: reader.text("customerReference"),
        billing_address: reader.find_object("billingAddress", address),
        shipping_address: reader.find_object("shippingAddress", address),
        billing_identity: reader.find_object("billingIdentity", identity),
        lines: reader.find_list("orderLines", line),
    })
}

fn address(object: Object<'_>, faults: &mut Faults) -> Option<Address> {
    let names = &[
        "title",
        "firstName",
        "middleName",
        "lastName",
        "countryIso3166Alpha2",
        "addressLine1",
        "addressLine2",
        "zipCode",
        "city",
        "stateProvince",
        "phoneNumber1",
        "phoneNumber1Type",
        "phoneNumber2",
        "phoneNumber2Type",
        "organisation",
        "department",
    ];
    let mut reader = Reader::new(object, names, faults);
    Some(Address {
        title: reader.find_text("title"),
        first_name: reader.find_text("firstName"),
        middle_name: reader.find_text("middleName"),
        last_name: reader.find_text("lastName"),
        country: reader.find("countryIso3166Alpha2", Faults::code),
        line_1: reader.find_text("addressLine1"),
        line_2: reader.find_text("addressLine2"),
        postcode: reader.find_text("zipCode"),
        city: reader.find_text("city"),
        state: reader.find_text("stateProvince"),
        organisation: reader.find_text("organisation"),
        department: reader.find_text("department"),
        telephones: [
            telephone(&mut reader, "phoneNumber1", "phoneNumber1Type"),
            telephone(&mut reader, "phoneNumber2", "phoneNumber2Type"),
        ],
    })
}

/// A number, and what it is of, which says nothing without a number.
fn telephone(
    reader: &mut Reader<'_, '_>,
    number: &'static str,
    kind: &'static str,
) -> Option<(Telephone, Option<TelephoneKind>)> {
    let kind_given = reader.get(kind);
    if let Some(given) = kind_given.filter(|_| !reader.has(number)) {
        reader.faults.ignored(place_of(given), MemberProblem::NotWithout(number));
        return None;
    }
    let of = reader.find_word(kind);
    Some((reader.find_text(number)?, of))
}

fn identity(object: Object<'_>, faults: &mut Faults) -> Option<Identity> {
    let names = &[
        "debtorId",
        "emailAddress",
        "gender",
        "dateOfBirth",
        "socialSecurityNumber",
        "chamberOfCommerceNumber",
        "vatNumber",
    ];
    let mut reader = Reader::new(object, names, faults);
    Some(Identity {
        debtor_id: reader.find_text("debtorId"),
        email: reader.find_text("emailAddress"),
        gender: reader.find_word("gender"),
        date_of_birth: reader.find_text("dateOfBirth"),
        social_security_number: reader.find_text("socialSecurityNumber"),
        chamber_of_commerce_number: reader.find_text("chamberOfCommerceNumber"),
        vat_number: reader.find_text("vatNumber"),
    })
}

fn line(value: Value<'_>, faults: &mut Faults) -> Option<OrderLine> {
    let names = &[
        "lineNumber",
        "type",
        "skuCode",
        "name",
        "description",
        "quantity",
        "unitPriceExclVat",
        "unitPriceInclVat",
        "vatPercentage",
        "vatPercentageLabel",
        "discountPercentageLabel",
        "totalLineAmount",
        "url",
    ];
    let object = faults.take(value.object())?;
    let mut reader = Reader::new(object, names, faults);
    let (name, unit_price) = (reader.require_text("name"), unit_price(&mut reader));
    let number = reader.find_number("lineNumber").map(|Count(number)| number);
    let kind = reader.find_word("type");
    let (sku_code, description) = (reader.find_text("skuCode"), reader.find_text("description"));
    let (quantity, vat_percentage, total) = (
        reader.find_number("quantity"),
        reader.find_number("vatPercentage"),
        reader.find_number("totalLineAmount"),
    );
    let vat_percentage_label = reader.find_text("vatPercentageLabel");
    let discount_percentage_label = reader.find_text("discountPercentageLabel");
    let url = reader.find_text("url");
    Some(OrderLine {
        name: name?,
        unit_price: unit_price?,
        number,
        kind,
        sku_code,
        description,
        quantity,
        vat_percentage,
        vat_percentage_label,
        discount_percentage_label,
        total,
        url,
    })
}

/// The prices of a line, of which one at least has to be there.
fn unit_price(reader: &mut Reader<'_, '_>) -> Option<UnitPrice> {
    let (without, with) = ("unitPriceExclVat", "unitPriceInclVat");
    if !reader.has(without) && !reader.has(with) {
        reader.faults.inside(reader.object, with, JsonProblem::Missing);
    }
    let prices = [without, with].map(|name| reader.get(name).map(Value::parse_number::<SignedDecimal>));
    let one_is_good = prices.iter().flatten().any(Result::is_ok);
    let [without, with] = prices.map(|price| match price? {
        Ok(price) => Some(price),
        Err(error) if one_is_good => {
            reader.faults.finding(error);
            None
        }
        Err(error) => reader.faults.take(Err(error)),
    });
    match (without, with) {
        (Some(without_vat), Some(with_vat)) => Some(UnitPrice::Both { without_vat, with_vat }),
        (Some(price), None) => Some(UnitPrice::WithoutVat(price)),
        (None, Some(price)) => Some(UnitPrice::WithVat(price)),
        (None, None) => None,
    }
}
