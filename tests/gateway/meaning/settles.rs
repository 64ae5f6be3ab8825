//! Asked against answered.

use cashflows_codec::gateway::{Expected, Money, Settlement};
use serde_json::{Value, json};

use super::money::job;

fn expected() -> Expected {
    Expected::new(Money::gbp(10_00).unwrap(), "cart-1".parse().unwrap())
}

/// A job of 10.00 GBP for the order that is expected, paid by these payments.
fn paid_by(payments: Value) -> Value {
    json!({
        "reference": "1", "currency": "GBP", "amountToCollect": "10.00", "paymentStatus": "Paid",
        "order": {"orderNumber": "cart-1"}, "payments": payments,
    })
}

fn with(mut data: Value, member: &str, value: Value) -> Value {
    data[member] = value;
    data
}

#[test]
fn a_job_settles_what_is_expected_or_does_not() {
    use Settlement::*;
    let payment = |status: &str, amount: &str| json!({"reference": "2", "status": status, "paidAmount": amount, "amountToCollect": amount});
    let refunded = |status: &str, amount: &str| {
        with(
            payment("Paid", "10.00"),
            "refunds",
            json!([{"reference": "3", "status": status, "amountToRefund": amount}]),
        )
    };
    let ten = || paid_by(json!([payment("Paid", "10.00")]));
    for (data, settlement) in [
        (ten(), Full),
        (paid_by(json!([payment("Paid", "10")])), Full),
        (paid_by(json!([payment("Paid", "4.00"), payment("Paid", "6.00")])), Full),
        (
            paid_by(json!([
                with(payment("Failed", "10.00"), "paidAmount", Value::Null),
                payment("Paid", "10.00")
            ])),
            Full,
        ),
        (paid_by(json!([with(payment("Paid", "10.20"), "amountToCollect", json!("10.00"))])), Full),
        (paid_by(json!([refunded("Failed", "10.00")])), Full),
        (paid_by(json!([payment("Paid", "10.00"), refunded("Completed", "10.00")])), Full),
        (paid_by(json!([payment("Paid", "10.00"), refunded("Pending", "10.00")])), Full),
        (paid_by(json!([payment("Reserved", "10.00")])), NotSettled),
        (
            with(paid_by(json!([payment("Reserved", "10.00")])), "paymentStatus", json!("Pending")),
            FullReserved,
        ),
        (
            with(
                paid_by(json!([payment("Paid", "4.00"), payment("Reserved", "6.00")])),
                "paymentStatus",
                json!("Pending"),
            ),
            FullReserved,
        ),
        // What was reserved and reversed, or captured and never reserved, is not there.
        (
            with(
                paid_by(json!([with(
                    payment("Reserved", "10.00"),
                    "reversalStatus",
                    json!("FullyReversed")
                )])),
                "paymentStatus",
                json!("Reserved"),
            ),
            NotSettled,
        ),
        (
            with(
                paid_by(json!([with(
                    payment("Reserved", "5.00"),
                    "captures",
                    json!([{"reference": "4", "status": "Completed", "amountToCapture": "10.00"}])
                )])),
                "paymentStatus",
                json!("Reserved"),
            ),
            Short,
        ),
        (paid_by(json!([payment("Paid", "9.99")])), Short),
        (paid_by(json!([refunded("Completed", "0.01")])), Short),
        (paid_by(json!([payment("Paid", "10.00"), payment("Paid", "10.00")])), Over),
        (paid_by(json!([refunded("Completed", "10.00")])), NotSettled),
        (paid_by(json!([refunded("Pending", "10.00")])), NotSettled),
        (paid_by(json!([payment("Pending", "10.00")])), NotSettled),
        (paid_by(json!([payment("Verified", "10.00")])), NotSettled),
        (paid_by(json!([payment("paid", "10.00")])), NotSettled),
        (with(ten(), "type", json!("Credit")), NotSettled),
        (with(ten(), "type", json!("Gift")), NotSettled),
        // The job asks for another amount than is expected.
        (with(ten(), "amountToCollect", json!("5.00")), Full),
        (with(paid_by(json!([payment("Paid", "5.00")])), "amountToCollect", json!("5.00")), Short),
        (with(paid_by(json!([payment("Paid", "20.00")])), "amountToCollect", json!("20.00")), Over),
        (with(ten(), "amountToCollect", json!("20.00")), Short),
        (with(ten(), "amountToCollect", Value::Null), NotSettled),
        (with(ten(), "amountToCollect", json!("")), NotSettled),
        // Statuses alone.
        (paid_by(json!([])), NotSettled),
        (
            with(paid_by(json!([{"reference": "2", "status": "Paid"}])), "amountToCollect", Value::Null),
            NotSettled,
        ),
        // Another order, another currency, or none.
        (with(ten(), "order", json!({"orderNumber": "cart-2"})), OtherOrder),
        (with(ten(), "order", json!({"orderNumber": "CART-1"})), OtherOrder),
        (with(ten(), "order", json!({})), NotSettled),
        (with(ten(), "order", Value::Null), NotSettled),
        (with(ten(), "order", json!("cart-1")), NotSettled),
        (with(ten(), "currency", json!("EUR")), OtherCurrency),
        (with(ten(), "currency", json!("£")), OtherCurrency),
        (with(ten(), "currency", json!("gbp")), Full),
        (with(ten(), "currency", json!("")), NotSettled),
        (with(ten(), "currency", Value::Null), NotSettled),
        (with(ten(), "currency", json!(826)), NotSettled),
        (with(with(ten(), "currency", Value::Null), "order", json!({"orderNumber": "cart-2"})), OtherOrder),
    ] {
        let settled = job(&data).settles(&expected());
        assert_eq!(settled, settlement, "{data}");
    }
}

/// Yen have no decimals on one side, and some on the other.
#[test]
fn amounts_are_compared_as_numbers() {
    let yen = Expected::new(Money::new(10, "JPY".parse().unwrap()).unwrap(), "cart-1".parse().unwrap());
    let data = paid_by(json!([{"reference": "2", "status": "Paid", "paidAmount": "10.000"}]));
    let data = with(with(data, "currency", json!("JPY")), "amountToCollect", json!("10.0"));
    assert_eq!(job(&data).settles(&yen), Settlement::Full);
    assert_eq!((yen.amount().minor_units(), yen.order_number().as_str()), (10, "cart-1"));
}
