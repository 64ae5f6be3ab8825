//! One row for each rule: what is done, and the code that comes back.

use cashflows_codec::simulator::Profile;
use cashflows_codec::value::Currency;

use crate::shop::{Shop, code, credentials, profile};

const THREE_DS: &str = "acs_3dsversion=2.2.0 acs_eci=5 acs_cavv=AAABCAAhIXdRcEdRVyEhAAAAAAA= \
    acs_dstransid=c5b808e7-1de1-4069-a17b-f70d3b3b1645";
const FIRST: &str = "using_stored_credentials=false tran_recurrence=card return_token=true";
const AGAIN: &str = "using_stored_credentials=true tran_recurrence=card -card_cvv tran_ref=cart-2";

#[track_caller]
fn all_answer(profile: &Profile, rows: &[(&str, &str)]) {
    for (scenario, answer) in rows {
        let scenario = scenario.replace("3DS", THREE_DS).replace("FIRST", FIRST).replace("AGAIN", AGAIN);
        assert_eq!(code(&Shop::of(profile.clone()).play(&scenario)), *answer, "{scenario}");
    }
}

#[test]
fn requests_that_do_not_validate() {
    all_answer(
        &profile(),
        &[
            ("sale auth_pass=wrong", "V201"),
            ("sale auth_id=7654321", "V201"),
            ("sale -auth_pass", "V201"),
            ("sale card_expiry=1330", "V202"),
            ("sale card_cvv=12", "V205"),
            ("sale -card_cvv", "V240"),
            ("sale card_num=12", "V206"),
            ("sale cust_country=XX", "V209"),
            ("sale -tran_ref", "V210"),
            ("sale tran_amount=24.9", "V213"),
            ("sale tran_currency=XXL", "V214"),
            ("sale tran_type=gift", "V218"),
            ("sale tran_class=shop", "V237"),
            ("void -tran_orig_id", "V221"),
            ("sale descriptor=one-that-has-more-than-32-letters", "V226"),
            ("sale tran_testmode=1", "D207"),
        ],
    );
}

#[test]
fn sales_and_verifications() {
    all_answer(
        &profile(),
        &[
            ("sale", "A"),
            ("sale tran_class=moto", "A"),
            ("sale tran_amount=0.00", "V213"),
            ("sale card_num=4000000000000003", "V206"),
            ("sale card_num=4111111111111111 card_cvv=999", "A"),
            ("sale card_num=5400200400099009", "A"),
            ("sale card_num=340000000000009 card_cvv=1234", "A"),
            ("sale card_num=340000000000009", "D101"),
            ("sale -card_num card_token=1000000000000001", "V206"),
            ("sale return_token=true; sale -card_num card_token=1000000000000001 tran_ref=cart-2", "A"),
            ("sale card_cvv=124", "D101"),
            ("sale card_expiry=0127", "A"),
            ("sale card_expiry=1226", "V239"),
            ("sale card_expiry=0137", "A"),
            ("sale card_expiry=0237", "V202"),
            ("sale acs_eci=2 acs_cavv=AAABCAAhIXdRcEdRVyEhAAAAAAA=", "V253"),
            ("sale card_num=5400200400099009 acs_eci=05 acs_cavv=AAABCAAhIXdRcEdRVyEhAAAAAAA=", "V253"),
            ("sale acs_eci=0", "V253"),
            ("sale acs_eci=7", "A"),
            ("sale using_stored_credentials=false", "A"),
            ("verify SCA_exemption_indicator=Recurring tran_recurrence=subs", "A"),
            ("verify SCA_exemption_indicator=MerchantInitiated", "A"),
            ("verify SCA_exemption_indicator=Recurring tran_recurrence=unsc", "V261"),
            ("verify SCA_exemption_indicator=lowrisk tran_recurrence=card", "V261"),
            ("sale tran_recurrence=subs", "A"),
            ("sale tran_recurrence=card", "V261"),
            ("verify", "A"),
            ("verify card_num=340000000000009 card_cvv=1234", "V260"),
            ("verify card_cvv=124", "D101"),
        ],
    );
}

#[test]
fn wallets_and_network_tokens() {
    let wallet = "-card_cvv ewallet=true ewallet_type=applepay acs_cavv=AAAB";
    let token = "network_token=true card_tavv=00ff";
    all_answer(
        &profile().requiring_three_ds(),
        &[
            (&format!("sale {wallet}"), "V259"),
            (&format!("sale {wallet} acs_eci=5"), "A"),
            (&format!("sale {wallet} acs_eci=7"), "V259"),
            (&format!("sale {wallet} 3DS card_cvv=123"), "A"),
            (&format!("sale {wallet} 3DS card_cvv=124"), "D101"),
            (&format!("verify {wallet}"), "A"),
            // A network token is the cardholder's, with and without a security code.
            (&format!("sale {token}"), "V259"),
            (&format!("sale {token} -card_cvv"), "V259"),
            (&format!("sale {token} -card_cvv acs_eci=5"), "V259"),
            (&format!("sale {token} -card_cvv tran_class=moto"), "A"),
            (&format!("sale {token} -card_cvv 3DS"), "A"),
            (&format!("sale {token} 3DS"), "A"),
            (&format!("verify {token} -card_cvv"), "A"),
            (&format!("sale {wallet} acs_eci=2"), "V253"),
            (&format!("sale {token} 3DS acs_eci=2"), "V253"),
            (&format!("sale {token} -card_cvv 3DS acs_eci=2"), "V253"),
            (&format!("sale {wallet} tran_recurrence=card"), "V261"),
            (&format!("sale {token} -card_cvv tran_recurrence=card"), "V261"),
        ],
    );
}

/// Merchants charge a network token by a continuous payment, with either origin (RA-221).
#[test]
fn network_tokens_on_the_merchants_initiative() {
    let token = "network_token=true card_num=4111111111111111 card_tavv=0BE1C7";
    let elsewhere = "-tran_orig_id scheme_transaction_id=MCC6830070529";
    let claim = "tran_recurrence=unsc SCA_exemption_indicator=MerchantInitiated";
    all_answer(
        &profile().requiring_three_ds(),
        &[
            (&format!("cont {token} {elsewhere} {claim}"), "A"),
            (
                &format!(
                    "cont {token} {elsewhere} {claim} card_expiry=1130 card_payment_account_reference=P"
                ),
                "A",
            ),
            (&format!("cont {token} {elsewhere} {claim} card_expiry=1226"), "V239"),
            (&format!("cont {token} {elsewhere} card_num=4111111111111112"), "V206"),
            (&format!("cont {token} {elsewhere} card_cvv=123"), "V205"),
            (
                &format!(
                    "cont {token} {elsewhere} tran_recurrence=subs SCA_exemption_indicator=MerchantInitiated"
                ),
                "V261",
            ),
            (&format!("sale 3DS; cont {token} {claim}"), "A"),
            (&format!("sale 3DS; cont {token} {claim} scheme_transaction_id=MCC1"), "A"),
            (&format!("sale 3DS card_cvv=124; cont {token} {claim}"), "V227"),
            (&format!("sale tran_class=moto; cont {token}; cont {token} retry_number=1"), "A"),
            (
                &format!(
                    "sale tran_class=moto; cont {token}; cont {token} retry_number=1 card_num=4000000000000002"
                ),
                "V219",
            ),
            (&format!("cont {token}"), "V216"),
        ],
    );
}

#[test]
fn cardholder_names() {
    all_answer(
        &profile(),
        &[
            ("sale cust_name=Luke+Skywalker", "A"),
            ("sale cust_name=Han+Solo", "D149"),
            ("sale cust_name=Han+Solo 3DS", "A"),
            ("sale cust_name=Leia+Skywalker", "D149"),
            ("sale cust_name=Lando+Calrissian", "D101"),
            ("sale cust_name=Darth+Maul", "D101"),
            ("sale cust_name=Darth+Vader", "S107"),
            ("sale cust_name=Ben+Kenobi", "D101"),
            ("sale cust_name=+", "D101"),
            ("sale cust_name=", "A"),
            ("verify cust_name=Ben+Kenobi", "D101"),
        ],
    );
    all_answer(
        &profile().requiring_name(),
        &[
            ("sale", "V207"),
            ("sale cust_name=", "V207"),
            ("sale cust_name=Luke+Skywalker", "A"),
            ("verify", "V207"),
            ("sale cust_name=A; cont", "A"),
        ],
    );
}

#[test]
fn three_ds_where_the_profile_insists() {
    all_answer(
        &profile().requiring_three_ds(),
        &[
            ("sale", "V259"),
            ("sale acs_eci=7", "V259"),
            ("sale acs_eci=6", "V253"),
            ("sale acs_eci=6 acs_cavv=AAABCAAhIXdRcEdRVyEhAAAAAAA=", "A"),
            ("sale 3DS", "A"),
            ("sale 3DS -acs_cavv", "V253"),
            ("sale 3DS -acs_eci", "V253"),
            ("sale 3DS -acs_dstransid", "V253"),
            ("sale 3DS acs_eci=05", "A"),
            ("sale SCA_exemption_indicator=lowvalue tran_currency=EUR tran_amount=29.99", "A"),
            ("sale SCA_exemption_indicator=lowvalue tran_currency=EUR tran_amount=30.00", "V259"),
            ("sale SCA_exemption_indicator=lowrisk tran_currency=EUR tran_amount=30.00", "A"),
            ("sale SCA_exemption_indicator=lowvalue tran_amount=30.00", "A"),
            ("sale tran_class=moto", "A"),
            ("sale SCA_exemption_indicator=lowvalue", "A"),
            ("sale 3DS; cont", "A"),
            ("sale tran_class=moto; cont", "A"),
            ("sale SCA_exemption_indicator=lowvalue; cont", "V258"),
        ],
    );
}

#[test]
fn cards_on_file() {
    all_answer(
        &profile(),
        &[
            ("sale FIRST 3DS", "A"),
            ("sale FIRST 3DS card_cvv=124", "D101"),
            ("sale FIRST 3DS acs_eci=7", "V259"),
            ("sale FIRST 3DS; sale AGAIN 3DS", "A"),
            ("verify FIRST 3DS tran_class=ecom; sale AGAIN 3DS", "A"),
            ("sale FIRST 3DS; sale AGAIN 3DS -card_num card_token=1000000000000001", "A"),
            ("sale FIRST 3DS; sale AGAIN 3DS acs_eci=7", "V259"),
            ("sale; sale AGAIN 3DS", "V262"),
            ("sale FIRST 3DS cust_name=Ben+Kenobi; sale AGAIN 3DS", "V263"),
            ("sale FIRST 3DS card_expiry=0127; +20d; sale AGAIN 3DS", "V264"),
        ],
    );
}

#[test]
fn continuous_payments() {
    all_answer(
        &profile(),
        &[
            ("sale; cont", "A"),
            ("verify; cont tran_orig_id=05P00000001", "A"),
            ("sale; cont tran_amount=1000.00", "A"),
            ("cont", "V216"),
            ("sale; cont tran_currency=EUR", "V220"),
            ("sale card_cvv=124; cont", "V227"),
            // "Irrespective of the authorisation status":
            ("sale cust_name=Ben+Kenobi; cont", "A"),
            ("sale; cont; cont tran_orig_id=01S00000002 tran_ref=month-3", "V238"),
            ("sale card_expiry=0127; +20d; cont", "V264"),
            ("sale; void; cont", "D140"),
            ("sale; cont tran_amount=0.00", "V213"),
            ("sale; cont tran_recurrence=card", "V261"),
            ("sale; cont tran_recurrence=subs SCA_exemption_indicator=Recurring", "A"),
            ("sale; cont tran_recurrence=unsc SCA_exemption_indicator=MerchantInitiated", "A"),
            ("sale; cont tran_recurrence=subs SCA_exemption_indicator=MerchantInitiated", "V261"),
            ("sale; cont tran_recurrence=sing SCA_exemption_indicator=Recurring", "V261"),
            ("sale; cont SCA_exemption_indicator=Recurring", "A"),
            ("sale; cont scheme_transaction_id=MCC1", "A"),
            ("sale; cont return_token=true", "A"),
            ("cont -tran_orig_id scheme_transaction_id=MCC1", "V221"),
            ("cont -tran_orig_id scheme_transaction_id=MCC1 card_num=4111111111111111 card_expiry=1130", "A"),
        ],
    );
}

#[test]
fn voids() {
    all_answer(
        &profile(),
        &[
            ("sale; void", "A"),
            ("sale; cont; void tran_orig_id=01S00000002 tran_class=cont", "A"),
            ("sale; credit; void tran_orig_id=01C00000002 tran_class=cred", "A"),
            ("void", "V216"),
            ("sale cust_name=Ben+Kenobi; void", "V235"),
            ("sale; void tran_class=moto", "V238"),
            ("sale; void tran_currency=EUR", "V220"),
            ("sale; void tran_amount=24.98", "V224"),
            ("sale; void; void", "V242"),
            ("sale; +1d; void", "V241"),
            ("sale; refund; void", "V234"),
            ("verify tran_class=ecom; void tran_orig_id=05P00000001 tran_amount=0.00", "V234"),
            ("sale; void; void tran_orig_id=01V00000002", "V234"),
        ],
    );
}

#[test]
fn refunds() {
    all_answer(
        &profile(),
        &[
            ("sale; refund", "A"),
            ("sale; refund tran_amount=10.00", "V224"),
            ("sale; +1d; refund", "A"),
            ("sale; +1d; refund tran_amount=10.00", "A"),
            ("sale; +1d; refund tran_amount=10.00; refund tran_amount=10.00", "A"),
            ("sale; +1d; refund tran_amount=10.00; refund tran_amount=15.00", "V222"),
            ("sale; refund tran_amount=25.00", "V222"),
            ("sale; refund; refund", "V222"),
            ("sale; +1d; refund tran_amount=0.00", "V213"),
            ("sale; +1d; refund tran_currency=EUR", "V220"),
            ("sale; +1d; refund tran_class=moto", "V238"),
            ("sale; void; refund", "V242"),
            ("refund", "V216"),
            ("sale cust_name=Ben+Kenobi; refund", "V235"),
            ("verify tran_class=ecom; refund tran_orig_id=05P00000001", "V223"),
            ("sale; refund; refund tran_orig_id=01R00000002", "V223"),
            ("sale; credit; +1d; refund tran_orig_id=01C00000002 tran_class=cred", "V223"),
        ],
    );
}

#[test]
fn credits() {
    let card =
        |number: &str, digest: &str| format!("credit -tran_orig_id card_num={number} security_hash={digest}");
    // sha256 of "credit:24.99:GBP:win-1:credit-secret"
    let unnamed = "21870caeec288476fe4f46497b1d96a298c6efe180778d620bf6569689ce2b04";
    all_answer(
        &profile(),
        &[
            ("sale; credit", "A"),
            ("credit", "V216"),
            ("sale; credit tran_ref=win-2", "V226"),
            ("sale cust_name=Ben+Kenobi; credit", "V235"),
            ("verify; credit", "V216"),
            (&card("4000000000000002", unnamed), "A"),
            (&card("5400300400099007", unnamed), "V221"),
            ("sale; credit; credit", "V233"),
            // A retry by reference and number: nothing is paid twice.
            ("sale; credit; credit retry_number=1", "A"),
            ("sale; credit card_num=4000000000000002", "A"),
            ("sale; credit card_num=4510400400099005", "V219"),
            ("sale; credit card_num=4000000000000003", "V206"),
            ("sale card_num=5400300400099007; credit card_num=5400300400099007", "A"),
            ("sale; credit card_expiry=1130 cust_name=Luke+Skywalker tran_desc=win descriptor=WIN", "A"),
            ("sale; credit card_expiry=1226", "V239"),
        ],
    );
    all_answer(&Profile::new(credentials()), &[("sale; credit", "V201")]);
    all_answer(&profile().with_category(5411), &[("sale; credit", "V201")]);
    all_answer(&profile().with_category(7995), &[("sale; credit", "A")]);
}

/// The samples of the vendor send 15 characters (section 9).
#[test]
fn a_descriptor_that_is_too_long_is_taken() {
    all_answer(
        &profile(),
        &[
            ("sale descriptor=Descriptor12345", "A"),
            ("verify descriptor=Descriptor12345", "A"),
            ("sale; cont descriptor=Descriptor12345", "A"),
            ("sale; void descriptor=Descriptor12345", "A"),
            ("sale; +1d; refund descriptor=Descriptor12345", "A"),
        ],
    );
}

#[test]
fn fractions_of_a_yen_are_no_amount() {
    let yen = "sale tran_currency=JPY tran_amount=500.00";
    all_answer(
        &profile(),
        &[
            (yen, "A"),
            ("sale tran_currency=JPY tran_amount=500.50", "V213"),
            ("sale tran_currency=JPY tran_amount=0.01", "V213"),
            ("verify tran_currency=JPY tran_amount=0.50", "V213"),
            ("verify tran_currency=JPY", "A"),
            ("sale tran_currency=KWD tran_amount=1.23", "A"),
            ("sale tran_currency=XAU tran_amount=1.23", "A"),
            (&format!("{yen}; cont tran_currency=JPY tran_amount=10.50"), "V213"),
            (&format!("{yen}; +1d; refund tran_currency=JPY tran_amount=10.50"), "V213"),
            (&format!("{yen}; +1d; refund tran_currency=JPY tran_amount=10.00"), "A"),
        ],
    );
}

#[test]
fn what_the_profile_does_not_allow() {
    let recipient = "primary_recipient_dob=19770525 primary_recipient_surname=Skywalker \
        primary_recipient_postcode=CB225LD primary_recipient_account_number=12345678";
    all_answer(
        &profile().with_category(6012),
        &[
            ("sale", "V255"),
            ("verify", "V255"),
            (&format!("sale {recipient}"), "A"),
            (&format!("sale {recipient}; credit"), "V255"),
            (&format!("sale {recipient}; credit {recipient}"), "A"),
        ],
    );
    all_answer(
        &profile().with_currencies([Currency::GBP]),
        &[("sale", "A"), ("sale tran_currency=EUR", "V214"), ("verify tran_currency=USD", "V214")],
    );
}
