//! Any bytes as a response of the gateway. A response that is read is written and read again. Money is taken only if
//! serde_json finds a paid payment.
#![no_main]

use cashflows_codec::gateway::call::{
    CallType, CancelJob, CapturePayment, CreateJob, ListPaymentMethods, RefundPayment, RetrieveJob,
    RetrievePayment, TokeniseCard,
};
use cashflows_codec::gateway::{
    CallOutcome, Expected, JobMeaning, JsonProblem, Known, Money, OrderNumber, Settlement,
};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    for status in [201, 400] {
        read::<CreateJob>(status, data);
        read::<CancelJob>(status, data);
        read::<RetrievePayment>(status, data);
        read::<RefundPayment>(status, data);
        read::<CapturePayment>(status, data);
        read::<TokeniseCard>(status, data);
        read::<ListPaymentMethods>(status, data);
    }
    if let Ok(answer) = RetrieveJob::decode(200, data) {
        let money = answer.data().money(&Known::new());
        assert!(money.meaning() != JobMeaning::Taken || says_paid(data));
        assert_eq!(money.meaning() == JobMeaning::Unknown, money.doubt().is_some());
        if let Ok(amount) = Money::gbp(10_00)
            && let Ok(order) = OrderNumber::try_from("cart-1")
            && answer.data().settles(&Expected::new(amount, order)) == Settlement::Full
        {
            assert_eq!(money.meaning(), JobMeaning::Taken);
            assert!(money.taken().is_none_or(|taken| taken >= amount.to_decimal()));
        }
        for payment in &answer.data().payments {
            let _details = payment.attributes.acquiring_details();
            let _values = (payment.attributes.token(), payment.attributes.transaction_id());
        }
    }
});

fn read<C: CallType>(status: u16, body: &[u8])
where
    C::Data: PartialEq + core::fmt::Debug,
{
    let decoded = C::decode(status, body);
    let _printed = format!("{decoded:?}");
    match decoded {
        Ok(answer) => {
            let _printed = format!("{:?} {:?}", answer.findings(), answer.unlisted_paths());
            let written = answer.encode().into_bytes();
            let again = C::decode(status, &written).unwrap();
            // Names are written in the case of the pages.
            if !answer.findings().iter().any(|finding| finding.problem() == JsonProblem::OtherCase) {
                assert_eq!(again.findings(), answer.findings());
            }
            assert_eq!(again.encode().into_bytes(), written);
            assert_eq!(again, answer);
        }
        Err(error) => {
            let _printed = error.to_string();
            assert_ne!(error.outcome(), CallOutcome::Done);
            if error.outcome() == CallOutcome::NotDone {
                assert!(matches!(error.status(), 400 | 401 | 403 | 404));
            }
        }
    }
}

/// Looks for the word without the crate. Names are read in any case of ASCII letters.
fn says_paid(body: &[u8]) -> bool {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return false };
    let job = member(&body, "data");
    match member(job, "payments").as_array() {
        Some(payments) if !payments.is_empty() => {
            payments.iter().any(|payment| member(payment, "status") == "Paid")
        }
        _ => member(job, "paymentStatus") == "Paid",
    }
}

/// The member with a name in any case, null for none. A body with a name in two cases is not read.
fn member<'v>(of: &'v Value, name: &str) -> &'v Value {
    let found =
        of.as_object().and_then(|members| members.iter().find(|(its, _)| its.eq_ignore_ascii_case(name)));
    found.map_or(&Value::Null, |(_, value)| value)
}
