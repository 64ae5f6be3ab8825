//! What a job means for the money, from its amounts, payments, captures, refunds and reversals.

use cashflows_codec::gateway::call::*;
use cashflows_codec::gateway::response::Job;
use cashflows_codec::gateway::{Doubt, JobMeaning, Known};
use serde_json::{Value, json};

/// Reads a job. Payments that have the reference of an earlier one get another, and so do their refunds and captures.
pub fn job(data: &Value) -> Job {
    let mut data = data.clone();
    for list in ["refunds", "captures", "payments"] {
        let mut seen = Vec::new();
        let payments = data["payments"].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default();
        let entries: Vec<&mut Value> = match list {
            "payments" => payments.iter_mut().collect(),
            list => payments.iter_mut().filter_map(|of| of[list].as_array_mut()).flatten().collect(),
        };
        for entry in entries {
            if seen.contains(&entry["reference"]) {
                entry["reference"] = json!((1_000 + seen.len()).to_string());
            }
            seen.push(entry["reference"].clone());
        }
    }
    as_it_is(&data)
}

/// Reads a job with the references that it has.
fn as_it_is(data: &Value) -> Job {
    let body = json!({ "data": data }).to_string();
    RetrieveJob::decode(200, body.as_bytes()).unwrap().into_data()
}

/// A job of 10.00 GBP with these members besides, `null` for none.
fn of_ten(others: Value) -> Value {
    let mut data = json!({
        "reference": "1", "type": "Payment", "currency": "GBP", "amountToCollect": "10.00",
        "paymentStatus": "Pending", "payments": [],
    });
    let (Some(data_members), Value::Object(others)) = (data.as_object_mut(), others) else {
        panic!("objects")
    };
    data_members.extend(others);
    data
}

/// A job of 10.00 GBP with these payments.
fn paid_by(payments: Value) -> Value {
    of_ten(json!({ "paymentStatus": "Paid", "payments": payments }))
}

/// A payment that paid, with these members besides.
fn paid(amount: &str, others: Value) -> Value {
    let mut payment =
        json!({ "reference": "2", "status": "Paid", "amountToCollect": amount, "paidAmount": amount });
    let (Some(members), Value::Object(others)) = (payment.as_object_mut(), others) else { panic!("objects") };
    members.extend(others);
    payment
}

fn refund(status: &str, amount: &str) -> Value {
    json!({ "reference": "3", "status": status, "amountToRefund": amount })
}

fn capture(status: &str, amount: &str) -> Value {
    json!({ "reference": "4", "status": status, "amountToCapture": amount })
}

/// Meaning, doubt, what was taken and what was given back.
type Said = (JobMeaning, Option<Doubt>, Option<&'static str>, Option<&'static str>);

#[track_caller]
fn check(data: &Value, said: Said) {
    check_job(&job(data), data, said);
}

#[track_caller]
fn check_job(job: &Job, data: &Value, (meaning, doubt, taken, given_back): Said) {
    let money = job.money(&Known::new());
    let text = |amount: Option<cashflows_codec::gateway::Decimal>| amount.map(|amount| amount.to_string());
    assert_eq!((money.meaning(), money.doubt()), (meaning, doubt), "{data}");
    assert_eq!(
        (text(money.taken()).as_deref(), text(money.given_back()).as_deref()),
        (taken, given_back),
        "{data}"
    );
    assert_eq!((job.meaning(), money.to_collect()), (meaning, job.amount_to_collect));
}

const ZERO: Option<&str> = Some("0.00");

const fn said(meaning: JobMeaning, taken: &'static str, given_back: &'static str) -> Said {
    (meaning, None, Some(taken), Some(given_back))
}

const fn doubted(doubt: Doubt, taken: Option<&'static str>, given_back: Option<&'static str>) -> Said {
    (JobMeaning::Unknown, Some(doubt), taken, given_back)
}

#[test]
fn money_is_taken_if_what_was_paid_covers_what_was_asked() {
    use JobMeaning::{GivenBack, PartlyTaken, Taken};
    for (payments, expected) in [
        (json!([paid("10.00", json!({}))]), said(Taken, "10.00", "0.00")),
        (json!([paid("10", json!({}))]), said(Taken, "10.00", "0.00")),
        (json!([paid("10.000", json!({}))]), said(Taken, "10.000", "0.000")),
        (json!([paid("9.99", json!({}))]), said(PartlyTaken, "9.99", "0.00")),
        (json!([paid("1.00", json!({}))]), said(PartlyTaken, "1.00", "0.00")),
        // Two payments: a split one, a shopper who was charged twice, and one that failed.
        (json!([paid("4.00", json!({})), paid("6.00", json!({}))]), said(Taken, "10.00", "0.00")),
        (json!([paid("4.00", json!({})), paid("5.99", json!({}))]), said(PartlyTaken, "9.99", "0.00")),
        (json!([paid("10.00", json!({})), paid("10.00", json!({}))]), said(Taken, "20.00", "0.00")),
        (
            json!([{"reference": "2", "status": "Failed", "amountToCollect": "10.00"}, paid("10.00", json!({}))]),
            said(Taken, "10.00", "0.00"),
        ),
        // A cancelled payment keeps its paid amount.
        (
            json!([paid("10.00", json!({"status": "Cancelled"})), paid("10.00", json!({}))]),
            said(Taken, "10.00", "0.00"),
        ),
        (
            json!([paid("10.00", json!({"status": "Cancelled"})), paid("1.00", json!({}))]),
            said(PartlyTaken, "1.00", "0.00"),
        ),
        // The paid amount includes a surcharge.
        (
            json!([paid("10.20", json!({"amountToCollect": "10.00", "surchargeAmount": "0.20"}))]),
            said(Taken, "10.00", "0.00"),
        ),
        (
            json!([paid("10.20", json!({"amountToCollect": "9.90", "surchargeAmount": "0.30"}))]),
            said(PartlyTaken, "9.90", "0.00"),
        ),
        // The smallest of those that are there.
        (json!([{"reference": "2", "status": "Paid", "paidAmount": "10.00"}]), said(Taken, "10.00", "0.00")),
        (
            json!([{"reference": "2", "status": "Paid", "amountToCollect": "10.00"}]),
            said(Taken, "10.00", "0.00"),
        ),
        (json!([paid("1.00", json!({"amountToCollect": "10.00"}))]), said(PartlyTaken, "1.00", "0.00")),
        (json!([{"reference": "2", "status": "Paid"}]), doubted(Doubt::AmountMissing, None, ZERO)),
        (
            json!([{"reference": "2", "status": "Paid"}, paid("10.00", json!({}))]),
            doubted(Doubt::AmountMissing, None, ZERO),
        ),
        (json!([paid("0.00", json!({}))]), doubted(Doubt::Contradiction, ZERO, ZERO)),
        // Captures in part.
        (
            json!([paid("10.00", json!({"captures": [capture("Completed", "10.00")]}))]),
            said(Taken, "10.00", "0.00"),
        ),
        (
            json!([paid(
                "10.00",
                json!({"captures": [capture("Completed", "4.00"), capture("Completed", "6.00")]})
            )]),
            said(Taken, "10.00", "0.00"),
        ),
        (
            json!([paid("10.00", json!({"captures": [capture("Completed", "4.00")]}))]),
            said(PartlyTaken, "4.00", "0.00"),
        ),
        (
            json!([paid(
                "10.00",
                json!({"captures": [capture("Completed", "4.00"), capture("Failed", "6.00")]})
            )]),
            said(PartlyTaken, "4.00", "0.00"),
        ),
        (
            json!([paid(
                "10.00",
                json!({"captures": [capture("Completed", "4.00"), capture("Pending", "6.00")]})
            )]),
            said(PartlyTaken, "4.00", "0.00"),
        ),
        (
            json!([paid("10.00", json!({"captures": [capture("Pending", "10.00")]}))]),
            said(JobMeaning::Open, "0.00", "0.00"),
        ),
        (
            json!([paid("10.00", json!({"captures": [{"reference": "4", "status": "Completed"}]}))]),
            doubted(Doubt::AmountMissing, None, ZERO),
        ),
        // Refunds.
        (
            json!([paid("10.00", json!({"refunds": [refund("Completed", "10.00")]}))]),
            said(GivenBack, "10.00", "10.00"),
        ),
        (
            json!([paid("10.00", json!({"refunds": [refund("Completed", "4.00")]}))]),
            said(PartlyTaken, "10.00", "4.00"),
        ),
        (
            json!([paid(
                "10.00",
                json!({"refunds": [refund("Completed", "4.00"), refund("Completed", "6.00")]})
            )]),
            said(GivenBack, "10.00", "10.00"),
        ),
        (
            json!([paid("10.00", json!({"refunds": [refund("Failed", "10.00")]}))]),
            said(Taken, "10.00", "0.00"),
        ),
        (
            json!([paid("10.00", json!({"refunds": [refund("Pending", "10.00")]}))]),
            doubted(Doubt::RefundOpen, Some("10.00"), ZERO),
        ),
        (
            json!([paid("10.00", json!({"refunds": [refund("Pending", "0.01")]}))]),
            doubted(Doubt::RefundOpen, Some("10.00"), ZERO),
        ),
        // It is taken whatever becomes of the refund.
        (
            json!([
                paid("10.00", json!({})),
                paid("10.00", json!({"refunds": [refund("Pending", "10.00")]}))
            ]),
            said(Taken, "20.00", "0.00"),
        ),
        (
            json!([
                paid("10.00", json!({})),
                paid("10.00", json!({"refunds": [refund("Completed", "10.00")]}))
            ]),
            said(Taken, "20.00", "10.00"),
        ),
        // It is taken in part whatever becomes of the refund.
        (
            json!([paid(
                "10.00",
                json!({"refunds": [refund("Completed", "4.00"), refund("Pending", "1.00")]})
            )]),
            said(PartlyTaken, "10.00", "4.00"),
        ),
        (
            json!([paid(
                "10.00",
                json!({"refunds": [refund("Completed", "4.00"), refund("Pending", "6.00")]})
            )]),
            doubted(Doubt::RefundOpen, Some("10.00"), Some("4.00")),
        ),
        // All went back, whatever becomes of another one.
        (
            json!([paid(
                "10.00",
                json!({"refunds": [refund("Completed", "10.00"), refund("Pending", "1.00")]})
            )]),
            said(GivenBack, "10.00", "10.00"),
        ),
        (
            json!([paid("10.00", json!({"refunds": [{"reference": "3", "status": "Completed"}]}))]),
            doubted(Doubt::AmountMissing, Some("10.00"), None),
        ),
        // With the surcharge, of which only 10.00 counts as taken.
        (
            json!([paid(
                "10.20",
                json!({"amountToCollect": "10.00", "refunds": [refund("Completed", "10.20")]})
            )]),
            said(GivenBack, "10.00", "10.20"),
        ),
        // Another payment is under way.
        (
            json!([paid("10.00", json!({})), {"reference": "5", "status": "Pending", "amountToCollect": "10.00"}]),
            said(Taken, "10.00", "0.00"),
        ),
        // A refund of what took nothing.
        (
            json!([paid("10.00", json!({"status": "Cancelled", "refunds": [refund("Completed", "10.00")]}))]),
            doubted(Doubt::Contradiction, None, ZERO),
        ),
        (
            json!([
                paid("10.00", json!({"status": "Cancelled", "refunds": [refund("Completed", "10.00")]})),
                paid("10.00", json!({})),
            ]),
            doubted(Doubt::RefundOpen, Some("10.00"), ZERO),
        ),
        // The largest amounts that there are.
        (
            json!([paid("18446744073709551615", json!({})), paid("18446744073709551615", json!({}))]),
            (Taken, None, None, ZERO),
        ),
        (
            json!([paid(
                "18.446744073709551615",
                json!({"refunds": [refund("Completed", "18446744073709551615")]})
            )]),
            said(GivenBack, "18.446744073709551615", "18446744073709551615"),
        ),
    ] {
        check(&paid_by(payments), expected);
    }
}

#[test]
fn what_is_paid_in_part_says_pending_too() {
    let data = json!({
        "reference": "1", "type": "Payment", "currency": "GBP", "amountToCollect": "100.00",
        "amountCollected": "1.00", "paidAmount": "1.00", "paymentStatus": "Pending",
        "payments": [{"reference": "2", "status": "Paid", "amountToCollect": "1.00", "paidAmount": "1.00"}],
    });
    check(&data, said(JobMeaning::PartlyTaken, "1.00", "0.00"));
    assert_eq!(job(&data).money(&Known::new()).paid_payments(), 1);
    let twice = job(&paid_by(json!([paid("10.00", json!({})), paid("10.00", json!({}))])));
    assert_eq!(twice.money(&Known::new()).paid_payments(), 2);
}

/// Converted amounts, and what the job says was collected or paid.
#[test]
fn other_amounts_are_not_counted() {
    let others = json!({"amountCollected": "0.00", "paidAmount": "0.00"});
    let mut data = of_ten(others);
    data["payments"] =
        json!([paid("10.00", json!({"convertedTotalAmount": "1.00", "convertedCurrency": "USD"}))]);
    check(&data, said(JobMeaning::Taken, "10.00", "0.00"));
    let data = of_ten(json!({"amountCollected": "10.00", "paidAmount": "10.00", "paymentStatus": "Failed"}));
    check(&data, said(JobMeaning::Open, "0.00", "0.00"));
    let data = json!({"reference": "1", "paymentStatus": "Paid", "paidAmount": "1,0", "amountCollected": "",
        "payments": [{"reference": "2", "status": "Paid"}]});
    check(&data, (JobMeaning::Taken, None, None, Some("0")));
}

#[test]
fn a_job_that_does_not_say_what_it_asks_for_is_not_taken() {
    let without = |payments: Value| json!({"reference": "1", "paymentStatus": "Paid", "payments": payments});
    for (payments, expected) in [
        (json!([paid("12.00", json!({}))]), doubted(Doubt::AmountMissing, Some("12.00"), ZERO)),
        (
            json!([paid("12.00", json!({"refunds": [refund("Completed", "12.00")]}))]),
            said(JobMeaning::GivenBack, "12.00", "12.00"),
        ),
        (
            json!([paid("12.00", json!({"refunds": [refund("Pending", "12.00")]}))]),
            doubted(Doubt::AmountMissing, Some("12.00"), ZERO),
        ),
        (
            json!([{"reference": "2", "status": "Paid", "refunds": [refund("Failed", "1.00")]}]),
            doubted(Doubt::AmountMissing, None, ZERO),
        ),
        (
            json!([{"reference": "2", "status": "Reserved", "amountToCollect": "1.00"}]),
            doubted(Doubt::AmountMissing, None, ZERO),
        ),
    ] {
        check(&without(payments), expected);
    }
}

#[test]
fn money_is_reserved_if_it_covers_what_was_asked_with_what_was_taken() {
    use JobMeaning::{Open, PartlyTaken, Reserved, Taken};
    let reserved = |amount: &str, others: Value| {
        paid(amount, {
            let mut others = others;
            others["status"] = json!("Reserved");
            others["paidAmount"] = Value::Null;
            others
        })
    };
    let finally =
        json!({"reference": "4", "status": "Completed", "amountToCapture": "4.00", "isFinalCapture": true});
    for (payments, expected) in [
        (json!([reserved("10.00", json!({}))]), said(Reserved, "0.00", "0.00")),
        (json!([reserved("9.99", json!({}))]), said(Open, "0.00", "0.00")),
        (json!([reserved("4.00", json!({})), reserved("6.00", json!({}))]), said(Reserved, "0.00", "0.00")),
        (json!([paid("4.00", json!({})), reserved("6.00", json!({}))]), said(Reserved, "4.00", "0.00")),
        (json!([paid("4.00", json!({})), reserved("5.00", json!({}))]), said(PartlyTaken, "4.00", "0.00")),
        (json!([paid("10.00", json!({})), reserved("10.00", json!({}))]), said(Taken, "10.00", "0.00")),
        (
            json!([
                paid("4.00", json!({"refunds": [refund("Completed", "1.00")]})),
                reserved("6.00", json!({}))
            ]),
            said(PartlyTaken, "4.00", "1.00"),
        ),
        (
            json!([
                paid("4.00", json!({"refunds": [refund("Pending", "1.00")]})),
                reserved("6.00", json!({}))
            ]),
            doubted(Doubt::RefundOpen, Some("4.00"), ZERO),
        ),
        // Captured in part, and the rest is reserved, or not any more.
        (
            json!([reserved("10.00", json!({"captures": [capture("Completed", "4.00")]}))]),
            said(Reserved, "4.00", "0.00"),
        ),
        (
            json!([reserved("10.00", json!({"captures": [capture("Pending", "4.00")]}))]),
            said(Reserved, "0.00", "0.00"),
        ),
        (
            json!([reserved("10.00", json!({"captures": [capture("Failed", "4.00")]}))]),
            said(Reserved, "0.00", "0.00"),
        ),
        (json!([reserved("10.00", json!({"captures": [finally]}))]), said(PartlyTaken, "4.00", "0.00")),
        (
            json!([reserved("10.00", json!({"captures": [{"reference": "4", "status": "Completed"}]}))]),
            doubted(Doubt::AmountMissing, None, ZERO),
        ),
        (
            json!([{"reference": "2", "status": "Reserved", "amountToCollect": "10.00", "paidAmount": "0.00"}]),
            said(Reserved, "0.00", "0.00"),
        ),
        (
            json!([{"reference": "2", "status": "Reserved", "amountToCollect": "10.00", "paidAmount": "5.00"}]),
            said(Open, "0.00", "0.00"),
        ),
        (json!([{"reference": "2", "status": "Reserved"}]), doubted(Doubt::AmountMissing, ZERO, ZERO)),
        // No more is captured than was reserved.
        (
            json!([reserved("5.00", json!({"captures": [capture("Completed", "10.00")]}))]),
            said(PartlyTaken, "5.00", "0.00"),
        ),
        // A reservation that was reversed is none.
        (json!([reserved("10.00", json!({"reversalStatus": "FullyReversed"}))]), said(Open, "0.00", "0.00")),
        (
            json!([reserved(
                "20.00",
                json!({"reversalStatus": "FullyReversed", "captures": [capture("Completed", "10.00")]})
            )]),
            said(JobMeaning::GivenBack, "10.00", "10.00"),
        ),
    ] {
        let data = of_ten(json!({"payments": payments}));
        check(&data, expected);
    }
}

#[test]
fn a_zero_amount_is_a_verification() {
    use JobMeaning::{GivenBack, Open, Verified};
    let zero = |status: &str, payments: Value| {
        of_ten(json!({"amountToCollect": "0.00", "paymentStatus": status, "payments": payments}))
    };
    for (data, expected) in [
        (zero("Paid", json!([paid("0.00", json!({}))])), said(Verified, "0.00", "0.00")),
        (zero("Paid", json!([{"reference": "2", "status": "Paid"}])), (Verified, None, None, ZERO)),
        (zero("Paid", json!([])), (Verified, None, None, ZERO)),
        (zero("Verified", json!([{"reference": "2", "status": "Verified"}])), said(Verified, "0.00", "0.00")),
        (zero("Verified", json!([])), said(Verified, "0.00", "0.00")),
        (
            of_ten(json!({"payments": [{"reference": "2", "status": "Verified"}]})),
            said(Verified, "0.00", "0.00"),
        ),
        (zero("Pending", json!([{"reference": "2", "status": "Pending"}])), said(Open, "0.00", "0.00")),
        (zero("Paid", json!([paid("5.00", json!({}))])), doubted(Doubt::Contradiction, Some("5.00"), ZERO)),
        (
            zero("Paid", json!([paid("5.00", json!({"refunds": [refund("Completed", "5.00")]}))])),
            said(GivenBack, "5.00", "5.00"),
        ),
        (
            zero("Paid", json!([paid("0.00", json!({"status": "Failed"}))])),
            doubted(Doubt::Contradiction, None, ZERO),
        ),
    ] {
        check(&data, expected);
    }
}

#[test]
fn a_reversal_is_money_that_went_back() {
    use JobMeaning::{GivenBack, PartlyTaken, Taken};
    let reversal = |reference: &str, amount: &str| {
        json!({"reference": reference, "reversedAmount": amount, "currency": "GBP", "paymentReference": "2",
            "description": "Chargeback"})
    };
    let of_job = |others: Value, payment: Value| {
        let mut data = paid_by(json!([paid("10.00", payment)]));
        data.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
        data
    };
    for (others, payment, expected) in [
        (json!({"reversals": [reversal("5", "10.00")]}), json!({}), said(GivenBack, "10.00", "10.00")),
        (json!({"reversals": [reversal("5", "4.00")]}), json!({}), said(PartlyTaken, "10.00", "4.00")),
        (json!({"reversals": [reversal("5", "0.00")]}), json!({}), said(Taken, "10.00", "0.00")),
        (json!({"reversals": []}), json!({}), said(Taken, "10.00", "0.00")),
        (json!({}), json!({"reversals": [reversal("5", "10.00")]}), said(GivenBack, "10.00", "10.00")),
        (
            json!({}),
            json!({"reversals": [reversal("5", "4.00"), reversal("6", "6.00")]}),
            said(GivenBack, "10.00", "10.00"),
        ),
        // Job and payment list the same one.
        (
            json!({"reversals": [reversal("5", "4.00")]}),
            json!({"reversals": [reversal("5", "4.00")]}),
            said(PartlyTaken, "10.00", "4.00"),
        ),
        (
            json!({"reversals": [{"reversedAmount": "5.00"}]}),
            json!({"reversals": [{"reversedAmount": "5.00"}]}),
            doubted(Doubt::RefundOpen, Some("10.00"), Some("5.00")),
        ),
        (
            json!({"reversals": [reversal("5", "4.00")]}),
            json!({"refunds": [refund("Completed", "6.00")]}),
            said(GivenBack, "10.00", "10.00"),
        ),
        // A status alone.
        (json!({"reversalStatus": "FullyReversed"}), json!({}), said(GivenBack, "10.00", "10.00")),
        (
            json!({"reversalStatus": "FullyReversed", "reversals": [reversal("5", "10.00")]}),
            json!({}),
            said(GivenBack, "10.00", "10.00"),
        ),
        (json!({}), json!({"reversalStatus": "FullyReversed"}), said(GivenBack, "10.00", "10.00")),
        (
            json!({"reversals": [reversal("5", "10.00")]}),
            json!({"reversalStatus": "FullyReversed", "reversals": [reversal("5", "10.00")]}),
            said(GivenBack, "10.00", "10.00"),
        ),
        (
            json!({"reversalStatus": "PartiallyReversed"}),
            json!({}),
            doubted(Doubt::ReversalUnknown, Some("10.00"), None),
        ),
        (
            json!({}),
            json!({"reversalStatus": "PartiallyReversed"}),
            doubted(Doubt::ReversalUnknown, Some("10.00"), None),
        ),
        (
            json!({"reversalStatus": "PartiallyReversed", "reversals": [reversal("5", "4.00")]}),
            json!({"reversalStatus": "PartiallyReversed"}),
            said(PartlyTaken, "10.00", "4.00"),
        ),
        (
            json!({"reversalStatus": "None"}),
            json!({"reversalStatus": "NotReversed"}),
            said(Taken, "10.00", "0.00"),
        ),
        (json!({"reversalStatus": null, "reversals": null}), json!({}), said(Taken, "10.00", "0.00")),
        (
            json!({"reversalStatus": "Disputed"}),
            json!({}),
            doubted(Doubt::ReversalUnknown, Some("10.00"), None),
        ),
        (
            json!({}),
            json!({"reversalStatus": "Disputed"}),
            doubted(Doubt::ReversalUnknown, Some("10.00"), None),
        ),
        // No amount, another currency, another payment.
        (
            json!({"reversals": [{"reference": "5"}]}),
            json!({}),
            doubted(Doubt::AmountMissing, Some("10.00"), None),
        ),
        (
            json!({"reversals": [{"reference": "5", "reversedAmount": "10.00", "currency": "EUR"}]}),
            json!({}),
            doubted(Doubt::OtherCurrency, None, None),
        ),
        (
            json!({"reversals": [{"reference": "5", "reversedAmount": "10.00", "currency": "gbp"}]}),
            json!({}),
            said(GivenBack, "10.00", "10.00"),
        ),
        (
            json!({"reversals": [{"reference": "5", "reversedAmount": "10.00", "paymentReference": "77"}]}),
            json!({}),
            doubted(Doubt::RefundOpen, Some("10.00"), ZERO),
        ),
    ] {
        check(&of_job(others, payment), expected);
    }
    let data = json!({
        "reference": "1", "paymentStatus": "Paid", "reversalStatus": "FullyReversed",
        "payments": [{"reference": "2", "status": "Paid", "paidAmount": "12.00"}],
        "reversals": [{"reference": "5", "reversedAmount": "12.00", "currency": "GBP", "paymentReference": "2",
            "description": "Chargeback"}],
    });
    check(&data, said(GivenBack, "12.00", "12.00"));
    // One payment of two is reversed: the other covers what was asked.
    let data = paid_by(json!([
        paid("10.00", json!({"reversalStatus": "FullyReversed"})),
        paid("10.00", json!({"reference": "7"})),
    ]));
    check(&data, said(Taken, "20.00", "10.00"));
    let nothing = of_ten(
        json!({"reversalStatus": "FullyReversed", "payments": [{"reference": "2", "status": "Failed"}]}),
    );
    check(&nothing, doubted(Doubt::Contradiction, ZERO, ZERO));
}

#[test]
fn a_credit_pays_out() {
    use JobMeaning::{NotTaken, Open, PaidOut};
    let credit = |status: &str, payments: Value| {
        of_ten(json!({"type": "Credit", "paymentStatus": status, "payments": payments}))
    };
    let of = |status: &str| json!([{"reference": "2", "status": status, "amountToCollect": "10.00"}]);
    for (data, expected) in [
        // A credit takes nothing: its amounts are none of money that was taken.
        (credit("Paid", json!([paid("10.00", json!({}))])), (PaidOut, None, None, None)),
        (credit("Paid", of("Paid")), (PaidOut, None, None, None)),
        (credit("Paid", json!([])), (PaidOut, None, None, None)),
        (json!({"reference": "1", "type": "Credit", "paymentStatus": "Paid"}), (PaidOut, None, None, None)),
        (credit("Pending", of("Pending")), (Open, None, None, None)),
        (credit("Pending", of("Reserved")), (Open, None, None, None)),
        (credit("Failed", of("Failed")), (NotTaken, None, None, None)),
        (credit("Failed", json!([])), (Open, None, None, None)),
        (credit("Pending", of("Failed")), (Open, None, None, None)),
        (credit("Paid", of("Failed")), doubted(Doubt::Contradiction, None, None)),
        (
            credit("Paid", json!([paid("10.00", json!({"refunds": [refund("Completed", "10.00")]}))])),
            doubted(Doubt::Contradiction, None, None),
        ),
    ] {
        check(&data, expected);
    }
}

#[test]
fn what_is_unlisted_makes_the_money_unknown() {
    use Doubt::{UnlistedStatus, UnlistedType};
    let payment = |others: Value| paid_by(json!([paid("10.00", others)]));
    for (data, doubt) in [
        (of_ten(json!({"type": "Gift"})), UnlistedType),
        (of_ten(json!({"type": "payment"})), UnlistedType),
        (of_ten(json!({"type": ""})), UnlistedType),
        (of_ten(json!({"type": "Gift", "payments": [paid("10.00", json!({}))]})), UnlistedType),
        (of_ten(json!({"paymentStatus": "Settled", "payments": [paid("10.00", json!({}))]})), UnlistedStatus),
        (payment(json!({"status": "paid"})), UnlistedStatus),
        (paid_by(json!([paid("10.00", json!({})), {"reference": "3", "status": "Odd"}])), UnlistedStatus),
        (payment(json!({"refunds": [refund("Rejected", "1.00")]})), UnlistedStatus),
        (payment(json!({"captures": [capture("completed", "10.00")]})), UnlistedStatus),
        (payment(json!({"status": "Cancelled", "refunds": [refund("Rejected", "1.00")]})), UnlistedStatus),
    ] {
        let money = job(&data).money(&Known::new());
        assert_eq!((money.meaning(), money.doubt()), (JobMeaning::Unknown, Some(doubt)), "{data}");
        assert!(!doubt.sentence().is_empty());
    }
}

/// No page has a currency there: one that differs is no money of the job's currency all the same.
#[test]
fn another_currency_anywhere_makes_the_money_unknown() {
    let with = |mut part: Value, (name, currency): (&str, &str)| {
        part[name] = json!(currency);
        part
    };
    for (named, doubt) in [
        (("currency", "JPY"), Some(Doubt::OtherCurrency)),
        (("Currency", "JPY"), Some(Doubt::OtherCurrency)),
        (("currency", "gbp"), None),
        (("CURRENCY", "GBP"), None),
    ] {
        for payment in [
            with(paid("10.00", json!({})), named),
            paid("10.00", json!({"refunds": [with(refund("Failed", "1.00"), named)]})),
            paid("10.00", json!({"captures": [with(capture("Completed", "10.00"), named)]})),
        ] {
            let data = paid_by(json!([payment]));
            assert_eq!(job(&data).money(&Known::new()).doubt(), doubt, "{data}");
        }
    }
}

/// What is counted is never read as absent because it is malformed.
#[test]
fn what_is_malformed_makes_the_money_unknown_and_stays_readable() {
    let malformed =
        [json!(""), json!("1,000.00"), json!("1E+1"), json!("-1.00"), json!("ten"), json!([]), json!(true)];
    let payment = |others: Value| paid_by(json!([paid("10.00", others)]));
    for value in &malformed {
        for data in [
            of_ten(json!({"amountToCollect": value, "payments": [paid("10.00", json!({}))]})),
            payment(json!({"paidAmount": value})),
            payment(json!({"amountToCollect": value})),
            payment(json!({"refunds": [{"reference": "3", "status": "Failed", "amountToRefund": value}]})),
            payment(json!({"refunds": [{"reference": "3", "status": "Completed", "amountToRefund": value}]})),
            payment(
                json!({"captures": [{"reference": "4", "status": "Completed", "amountToCapture": value}]}),
            ),
            payment(json!({"reversals": [{"reference": "5", "reversedAmount": value}]})),
            of_ten(json!({"payments": [paid("10.00", json!({}))], "reversals": [{"reversedAmount": value}]})),
        ] {
            let mut data = data;
            data["order"] = json!({"orderNumber": "cart-1"});
            let job = job(&data);
            let money = job.money(&Known::new());
            assert_eq!(
                (money.meaning(), money.doubt()),
                (JobMeaning::Unknown, Some(Doubt::Malformed)),
                "{data}"
            );
            assert_eq!((job.reference.get(), job.order.unwrap().number()), (1, Some("cart-1")));
        }
    }
    for (member, value) in [
        ("type", json!(5)),
        ("type", json!([])),
        ("currency", json!(826)),
        ("currency", json!({})),
        ("reversalStatus", json!(1)),
    ] {
        let mut data = paid_by(json!([paid("10.00", json!({}))]));
        data[member] = value;
        assert_eq!(job(&data).money(&Known::new()).doubt(), Some(Doubt::Malformed), "{data}");
    }
    // What is not counted may be anything.
    for (member, value) in [
        ("paidAmount", json!("")),
        ("amountCollected", json!("x")),
        ("flags", json!([])),
        ("traceReference", json!("0")),
        ("configurationId", json!([])),
        ("expirationDateTimeUtc", json!(0)),
        ("locale", json!(5)),
    ] {
        let mut data = paid_by(json!([paid("10.00", json!({}))]));
        data[member] = value;
        assert_eq!(job(&data).meaning(), JobMeaning::Taken, "{data}");
    }
}

#[test]
fn a_job_is_over_where_no_more_payments_can_come() {
    use std::time::{Duration, SystemTime};

    use JobMeaning::{NotTaken, Open};
    let failed = |status: &str, others: Value| {
        let mut data = of_ten(json!({"paymentStatus": status}));
        data["payments"] = json!([{"reference": "2", "status": status, "amountToCollect": "10.00"}]);
        data.as_object_mut().unwrap().extend(others.as_object().unwrap().clone());
        data
    };
    let at = |second: u64| Known::new().at(SystemTime::UNIX_EPOCH + Duration::from_secs(second));
    let expires = json!({"expirationDateTimeUtc": "2021-08-18T11:04:38Z"});
    let over = Known::new().with_job_cancelled();
    let of_captured = |status: &str, of: &str| {
        let mut data = failed(status, json!({}));
        data["payments"][0]["captures"] = json!([capture(of, "10.00")]);
        data
    };
    for (data, known, expected) in [
        (failed("Declined", json!({"flags": {"moto": true, "direct": true}})), Known::new(), NotTaken),
        (failed("Declined", json!({"parentPaymentJobReference": "7"})), Known::new(), NotTaken),
        (failed("Cancelled", json!({"flags": {"moto": true}})), Known::new(), NotTaken),
        (failed("Pending", json!({"flags": {"moto": true}})), Known::new(), Open),
        // A direct job has a page too, and a retrieved answer may lack the link to it.
        (failed("Declined", json!({"flags": {"direct": true}})), Known::new(), Open),
        (failed("Cancelled", json!({})), Known::new(), Open),
        (failed("Expired", json!({})), Known::new(), Open),
        (failed("Declined", json!({"flags": {"moto": false}})), Known::new(), Open),
        (failed("Declined", json!({"flags": {"moto": "true"}})), Known::new(), Open),
        (failed("Declined", json!({"flags": []})), Known::new(), Open),
        (failed("Declined", json!({"parentPaymentJobReference": ""})), Known::new(), Open),
        (failed("Declined", json!({"flags": {"moto": true}, "payments": []})), Known::new(), Open),
        (failed("Declined", json!({"parentPaymentJobReference": "7", "payments": null})), Known::new(), Open),
        (failed("Failed", expires.clone()), at(1_629_284_677), Open),
        (failed("Failed", expires.clone()), at(1_629_284_678), NotTaken),
        (failed("Pending", expires.clone()), at(2_000_000_000), Open),
        (failed("Failed", json!({"expirationDateTimeUtc": "soon"})), at(2_000_000_000), Open),
        (failed("Failed", json!({})), Known::new().with_job_cancelled(), NotTaken),
        // Something may have been captured of it, but for one that was cancelled after that.
        (of_captured("Failed", "Completed"), over, JobMeaning::Unknown),
        (of_captured("Verified", "Completed"), over, JobMeaning::Unknown),
        (of_captured("Cancelled", "Completed"), over, NotTaken),
        (of_captured("Expired", "Failed"), over, NotTaken),
        (of_captured("Expired", "Pending"), over, Open),
        (of_captured("Cancelled", "Pending"), over, Open),
        (
            failed("Paid", json!({"flags": {"moto": true}})),
            Known::new().with_job_cancelled(),
            JobMeaning::Taken,
        ),
    ] {
        assert_eq!(job(&data).meaning_with(&known), expected, "{data}");
    }
}

#[test]
fn an_entry_that_is_listed_twice_is_counted_once() {
    use JobMeaning::{GivenBack, PartlyTaken, Reserved};
    let half = || paid("5.00", json!({}));
    let back =
        || paid("10.00", json!({"refunds": [refund("Completed", "5.00"), refund("Completed", "5.00")]}));
    let reserved = |captures: Value| {
        of_ten(json!({"payments": [
            {"reference": "2", "status": "Reserved", "amountToCollect": "10.00", "captures": captures}]}))
    };
    let completed = || capture("Completed", "5.00");
    let other = json!({"reference": "5", "status": "Completed", "amountToCapture": "5.00"});
    for (data, expected) in [
        (paid_by(json!([half(), half()])), said(PartlyTaken, "5.00", "0.00")),
        (paid_by(json!([back(), back()])), said(PartlyTaken, "10.00", "5.00")),
        (reserved(json!([completed(), completed()])), said(Reserved, "5.00", "0.00")),
        (reserved(json!([completed(), other])), said(Reserved, "10.00", "0.00")),
        (
            paid_by(json!([paid(
                "10.00",
                json!({"refunds": [refund("Completed", "10.00"), refund("Completed", "10.00")]})
            )])),
            said(GivenBack, "10.00", "10.00"),
        ),
    ] {
        check_job(&as_it_is(&data), &data, expected);
    }
}

#[test]
fn entries_of_one_reference_that_differ_make_the_money_unknown() {
    let refunded = |refunds: Value| paid("10.00", json!({ "refunds": refunds }));
    let of = |reference: &str, refunds: Value| {
        let mut payment = refunded(refunds);
        payment["reference"] = json!(reference);
        payment
    };
    for payments in [
        json!([paid("10.00", json!({})), paid("1.00", json!({}))]),
        json!([paid("10.00", json!({})), paid("10.00", json!({"status": "Failed"}))]),
        json!([paid("10.00", json!({})), paid("10.00", json!({"paidAmount": "9.99"}))]),
        json!([refunded(json!([])), refunded(json!([refund("Completed", "10.00")]))]),
        json!([refunded(json!([refund("Failed", "10.00"), refund("Completed", "10.00")]))]),
        json!([refunded(json!([refund("Completed", "1.00"), refund("Completed", "2.00")]))]),
        // One refund of two payments.
        json!([of("7", json!([refund("Completed", "5.00")])), of("8", json!([refund("Completed", "5.00")]))]),
        json!([paid(
            "10.00",
            json!({"captures": [capture("Completed", "10.00"), capture("Failed", "10.00")]})
        )]),
    ] {
        let data = paid_by(payments);
        check_job(&as_it_is(&data), &data, doubted(Doubt::Contradiction, None, None));
    }
}

#[test]
fn a_payment_that_failed_and_has_a_paid_amount_is_a_contradiction() {
    let job_of = |status: &str, paid_amount: &str| {
        of_ten(
            json!({"paymentStatus": status, "payments": [paid("10.00", json!({"status": status, "paidAmount": paid_amount}))]}),
        )
    };
    for status in ["Failed", "Declined", "Rejected", "Blocked"] {
        for known in [Known::new(), Known::new().with_job_cancelled()] {
            let meaning = |paid_amount| job(&job_of(status, paid_amount)).meaning_with(&known);
            assert_eq!(meaning("10.00"), JobMeaning::Unknown, "{status}");
            assert_eq!(meaning("0.01"), JobMeaning::Unknown, "{status}");
            assert_ne!(meaning("0.00"), JobMeaning::Unknown, "{status}");
        }
    }
    let cancelled = Known::new().with_job_cancelled();
    for status in ["Cancelled", "Expired"] {
        assert_eq!(job(&job_of(status, "10.00")).meaning_with(&cancelled), JobMeaning::NotTaken, "{status}");
    }
}

#[test]
fn an_empty_date_of_expiry_is_none() {
    use std::time::{Duration, SystemTime};

    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let expiring = |date: &str| of_ten(json!({"paymentStatus": "Failed", "expirationDateTimeUtc": date}));
    for (date, meaning) in [
        ("0001-01-01T00:00:00", JobMeaning::Open),
        ("0001-01-01T00:00:00Z", JobMeaning::Open),
        ("1970-01-01T00:00:00Z", JobMeaning::Open),
        ("", JobMeaning::Open),
        ("2027-01-15T08:00:00Z", JobMeaning::NotTaken),
        ("2027-01-15T08:00:01Z", JobMeaning::Open),
    ] {
        assert_eq!(job(&expiring(date)).meaning_at(now), meaning, "{date}");
    }
}
