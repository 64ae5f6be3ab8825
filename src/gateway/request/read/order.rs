//! The order of a job.

use super::{Count, Faults, Reader};
use crate::gateway::OrderNumber;
use crate::gateway::request::{Address, Identity, MemberProblem, Order, OrderLine, TelephoneKind, UnitPrice};
use crate::media::json::{JsonProblem, Object, Value};
use crate::value::Telephone;

pub(super) fn read(object: Object<'_>, faults: &mut Faults) -> Option<Order> {
    let names = [
        "orderNumber",
        "note",
        "customerReference",
        "billingAddress",
        "shippingAddress",
        "billingIdentity",
        "orderLines",
    ];
    let mut reader = Reader::new(object, &names, faults);
    Some(Order {
        number: reader.with("orderNumber", |value| {
            OrderNumber::of_any_form(&value.text()?).map_err(|invalid| value.error(invalid.rule()))
        }),
        note: reader.text("note"),
        customer: reader.number("customerReference"),
        billing_address: reader.object("billingAddress", address),
        shipping_address: reader.object("shippingAddress", address),
        billing_identity: reader.object("billingIdentity", identity),
        lines: reader.list("orderLines", line),
    })
}

fn address(object: Object<'_>, faults: &mut Faults) -> Option<Address> {
    let names = [
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
    let mut reader = Reader::new(object, &names, faults);
    Some(Address {
        title: reader.text("title"),
        first_name: reader.text("firstName"),
        middle_name: reader.text("middleName"),
        last_name: reader.text("lastName"),
        country: reader.text("countryIso3166Alpha2"),
        line_1: reader.text("addressLine1"),
        line_2: reader.text("addressLine2"),
        postcode: reader.text("zipCode"),
        city: reader.text("city"),
        state: reader.text("stateProvince"),
        organisation: reader.text("organisation"),
        department: reader.text("department"),
        telephones: [
            telephone(&mut reader, "phoneNumber1", "phoneNumber1Type"),
            telephone(&mut reader, "phoneNumber2", "phoneNumber2Type"),
        ],
    })
}

fn telephone(
    reader: &mut Reader<'_, '_>,
    number: &'static str,
    kind: &'static str,
) -> Option<(Telephone, Option<TelephoneKind>)> {
    let of = reader.text(kind);
    if reader.object.get(number).is_none() && reader.object.get(kind).is_some() {
        reader.faults.inside(reader.object, number, MemberProblem::MissingWith(kind));
    }
    Some((reader.text(number)?, of))
}

fn identity(object: Object<'_>, faults: &mut Faults) -> Option<Identity> {
    let names = [
        "debtorId",
        "emailAddress",
        "gender",
        "dateOfBirth",
        "socialSecurityNumber",
        "chamberOfCommerceNumber",
        "vatNumber",
    ];
    let mut reader = Reader::new(object, &names, faults);
    Some(Identity {
        debtor_id: reader.text("debtorId"),
        email: reader.text("emailAddress"),
        gender: reader.text("gender"),
        date_of_birth: reader.text("dateOfBirth"),
        social_security_number: reader.text("socialSecurityNumber"),
        chamber_of_commerce_number: reader.text("chamberOfCommerceNumber"),
        vat_number: reader.text("vatNumber"),
    })
}

fn line(value: Value<'_>, faults: &mut Faults) -> Option<OrderLine> {
    let names = [
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
    let mut reader = Reader::new(object, &names, faults);
    let (name, unit_price) = (reader.require_text("name"), unit_price(&mut reader));
    let number = reader.number("lineNumber").map(|Count(number)| number);
    let (kind, sku_code, description) =
        (reader.text("type"), reader.text("skuCode"), reader.text("description"));
    let (quantity, vat_percentage, total) =
        (reader.number("quantity"), reader.number("vatPercentage"), reader.number("totalLineAmount"));
    let vat_percentage_label = reader.text("vatPercentageLabel");
    let discount_percentage_label = reader.text("discountPercentageLabel");
    let url = reader.text("url");
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

/// One price at least has to be there.
fn unit_price(reader: &mut Reader<'_, '_>) -> Option<UnitPrice> {
    let (without, with) = ("unitPriceExclVat", "unitPriceInclVat");
    if reader.object.get(without).or(reader.object.get(with)).is_none() {
        reader.faults.inside(reader.object, with, JsonProblem::Missing);
    }
    match (reader.number(without), reader.number(with)) {
        (Some(without_vat), Some(with_vat)) => Some(UnitPrice::Both { without_vat, with_vat }),
        (Some(price), None) => Some(UnitPrice::WithoutVat(price)),
        (None, Some(price)) => Some(UnitPrice::WithVat(price)),
        (None, None) => None,
    }
}
