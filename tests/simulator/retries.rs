//! The same reference replays the finished answer within five minutes, V249 while one is in
//! progress, and is processed when it is unknown (section 6).

use std::time::Duration;

use cashflows_codec::simulator::{Effect, Symptom, When};

use crate::shop::{Shop, code};

/// The last answer, and how many charges there are with `cart-1`.
fn answer_and_charges(shop: &mut Shop, scenario: &str) -> (String, usize) {
    let answer = code(&shop.play(scenario));
    (answer, shop.acquirer.ledger().charges("cart-1").count())
}

#[test]
fn a_reference_is_charged_once_within_five_minutes() {
    for (scenario, answer, charges) in [
        ("sale retry_number=1", "A", 1),
        ("sale; sale retry_number=1", "A", 1),
        ("sale retry_number=0; +300s; sale retry_number=1; sale retry_number=2", "A", 1),
        ("sale; sale tran_ref=cart-2; sale retry_number=1", "A", 1),
        ("sale; +300s; sale tran_ref=cart-2; sale retry_number=1", "A", 1),
        ("sale; sale", "V233", 1),
        ("sale; sale retry_number=0", "V233", 1),
        ("sale; sale retry_number=1 tran_amount=1.00", "V224", 1),
        ("sale; sale retry_number=1 tran_currency=EUR", "V220", 1),
        ("sale; sale retry_number=1 card_num=4510400400099005", "V219", 1),
        ("sale; sale retry_number=1 card_num=4510400400099005 tran_amount=1.00", "V224", 1),
        ("sale card_cvv=124; sale retry_number=1 card_num=4510400400099005", "V219", 0),
        ("sale; sale retry_number=1 -card_num card_token=unknown", "V219", 1),
        // The same card by its token is the same card; a wrong CVV or expiry is no other card.
        ("sale return_token=true; sale retry_number=1 -card_num card_token=1000000000000001", "A", 1),
        ("sale; sale retry_number=1 card_cvv=999 card_expiry=1230", "A", 1),
        // A refused cart can be paid with another card.
        ("sale card_cvv=124; sale", "A", 1),
        ("sale card_cvv=124; sale retry_number=1", "D101", 0),
        ("sale -card_cvv; sale retry_number=1", "A", 1),
        ("verify; sale; sale retry_number=1", "A", 1),
        // What the codec's own retry protects from:
        ("sale; +301s; sale retry_number=1", "A", 2),
        ("sale; +301s; sale", "A", 2),
    ] {
        assert_eq!(
            answer_and_charges(&mut Shop::default(), scenario),
            (answer.to_owned(), charges),
            "{scenario}"
        );
    }
}

#[test]
fn a_replayed_answer_is_the_same_to_the_last_byte() {
    for scenario in ["sale return_acq_ref=1 return_token=true", "sale card_cvv=124", "verify", "cont"] {
        let mut shop = Shop::default();
        let first = shop.play(scenario);
        assert_eq!(shop.play(&format!("{scenario} retry_number=1")), first, "{scenario}");
    }
}

#[test]
fn voids_and_refunds_are_known_by_what_they_reverse() {
    for (scenario, answer, refunded) in [
        ("sale; void; void retry_number=1", "A", 0),
        ("sale; +1d; refund tran_amount=10.00; refund tran_amount=10.00 retry_number=1", "A", 10_00),
        ("sale; +1d; refund tran_amount=10.00; refund tran_amount=10.00", "A", 20_00),
        ("sale; +1d; refund tran_amount=10.00; refund tran_amount=11.00 retry_number=1", "A", 21_00),
    ] {
        let mut shop = Shop::default();
        assert_eq!(code(&shop.play(scenario)), answer, "{scenario}");
        let sale = shop.acquirer.ledger().entries()[0].id();
        assert_eq!(shop.acquirer.ledger().refunded(sale).hundredths(), refunded, "{scenario}");
    }
}

/// With a reference of its own a reversal is known by that, whatever it is of and for how much.
#[test]
fn voids_and_refunds_with_a_reference_are_known_by_it() {
    for (scenario, answer, refunded) in [
        ("sale; void tran_ref=v-1; void tran_ref=v-1 retry_number=1", "A", 0),
        ("sale; void tran_ref=v-1; void tran_ref=v-1", "V233", 0),
        ("sale; void tran_ref=v-1; void tran_ref=v-2 retry_number=1", "V242", 0),
        // Two equal refunds, and a retry of the first: it gets the answer of the first.
        (
            "sale; +1d; refund tran_amount=5.00 tran_ref=r-1; refund tran_amount=5.00 tran_ref=r-2; \
             refund tran_amount=5.00 tran_ref=r-1 retry_number=1",
            "A",
            10_00,
        ),
        (
            "sale; +1d; refund tran_amount=5.00 tran_ref=r-1; refund tran_amount=5.00 tran_ref=r-1",
            "V233",
            5_00,
        ),
        (
            "sale; +1d; refund tran_amount=5.00 tran_ref=r-1; refund tran_amount=6.00 tran_ref=r-1 retry_number=1",
            "V224",
            5_00,
        ),
        // The reference of the original is that of the original, not of a reversal that there was.
        ("sale; +1d; refund tran_amount=5.00 tran_ref=cart-1 retry_number=1", "A", 5_00),
        // An equal one without a reference is another one.
        (
            "sale; +1d; refund tran_amount=5.00 tran_ref=r-1; refund tran_amount=5.00 retry_number=1",
            "A",
            10_00,
        ),
    ] {
        let mut shop = Shop::default();
        assert_eq!(code(&shop.play(scenario)), answer, "{scenario}");
        let ledger = shop.acquirer.ledger();
        assert_eq!(ledger.refunded(ledger.entries()[0].id()).hundredths(), refunded, "{scenario}");
    }
}

#[test]
fn the_retry_of_a_refund_gets_the_answer_of_its_own_reference() {
    let mut shop = Shop::default();
    shop.play("sale; +1d");
    let first = shop.play("refund tran_amount=5.00 tran_ref=r-1");
    assert_ne!(shop.play("refund tran_amount=5.00 tran_ref=r-2"), first);
    assert_eq!(shop.play("refund tran_amount=5.00 tran_ref=r-1 retry_number=1"), first);
    assert_eq!(shop.acquirer.ledger().with_reference("r-1").count(), 1);
}

#[test]
fn a_retry_that_takes_back_another_transaction_is_refused() {
    let mut shop = Shop::default();
    let scenario = "sale; sale tran_ref=cart-2; void tran_orig_id=01S00000001 tran_ref=v-1; \
                    void tran_orig_id=01S00000002 tran_ref=v-1 retry_number=1";
    assert_eq!(code(&shop.play(scenario)), "V226");
}

/// The acquirer forgets slowly, some requests at a time: what is not forgotten yet is too old all the
/// same, and a later request with the reference does not go with the earlier one.
#[test]
fn what_is_older_than_five_minutes_is_no_earlier_attempt() {
    let mut shop = Shop::default();
    for number in 0..20 {
        shop.play(&format!("sale tran_ref=cart-{number}"));
    }
    for number in (0..20).rev() {
        let step = format!("+301s; sale tran_ref=cart-{number}; sale tran_ref=cart-{number} retry_number=1");
        assert_eq!(code(&shop.play(&step)), "A", "{number}");
        assert_eq!(shop.acquirer.ledger().charges(&format!("cart-{number}")).count(), 2, "{number}");
    }
}

/// Voids and refunds have no reference: what they reverse is what tells them apart.
#[test]
fn a_reversal_of_another_transaction_is_no_retry() {
    let two_sales = "sale; sale tran_ref=cart-2";
    for (reversal, wait) in [("void", ""), ("refund tran_amount=10.00", "; +1d")] {
        let mut shop = Shop::default();
        shop.play(&format!("{two_sales}{wait}"));
        for (original, made) in [("01S00000001", 3), ("01S00000002", 4)] {
            let step = format!("{reversal} tran_orig_id={original} retry_number=1");
            assert_eq!(code(&shop.play(&step)), "A", "{step}");
            let entries = shop.acquirer.ledger().entries();
            assert_eq!(entries.len(), made, "{step}");
            assert_eq!(entries[made - 1].original().map(|id| id.as_str()), Some(original));
        }
    }
}

#[test]
fn a_retry_waits_for_a_transaction_in_progress() {
    let mut shop = Shop::default();
    shop.acquirer.script(When::any().on_call(1), Effect::Delay(Duration::from_secs(60), Symptom::Timeout));
    for (step, answer) in [
        ("sale", "S203"),
        ("+59s; sale retry_number=1", "V249"),
        ("sale", "V249"),
        ("+1s; sale retry_number=2", "A"),
    ] {
        assert_eq!(answer_and_charges(&mut shop, step), (answer.to_owned(), 1), "{step}");
    }
}
