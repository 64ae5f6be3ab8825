//! Parameters that agree with each other, and parameters that contradict each other.

use cashflows_codec::remote_auth::OperationKind;
use cashflows_codec::remote_auth::OperationKind::{Continuous, Credit, Refund, Sale, Verify, Void};

use super::{AEVV, CAVV, UUID, errors};
use crate::support::bodies::bent;

/// The rows: an operation, changes to its smallest body, and the errors.
#[test]
fn decode_refuses_contradictions() {
    let on_file =
        format!("tran_recurrence=card acs_3dsversion=2.1.0 acs_eci=5 acs_cavv={CAVV} acs_dstransid={UUID}");
    let wallet = format!("-card_cvv ewallet=true ewallet_type=applepay acs_cavv={CAVV}");
    let cases: Vec<(OperationKind, String, &[&str])> = vec![
        // C1: exactly one of number and token.
        (Sale, "card_token=1".into(), &["--- card_token must be absent with card_num"]),
        (Sale, "-card_num".into(), &["V06 card_num is mandatory where card_token is absent"]),
        (Sale, "-card_num card_token=1".into(), &[]),
        // C4: when there is no security code.
        (Sale, "-card_cvv".into(), &["V40 card_cvv is mandatory"]),
        (Sale, "-card_cvv network_token=true card_tavv=0aFF".into(), &[]),
        (Sale, "network_token=true card_tavv=0aFF".into(), &[]),
        (Verify, "-card_token card_num=4000000000000002 network_token=true card_tavv=0aFF".into(), &[]),
        (Sale, "network_token=true".into(), &["--- card_tavv is mandatory with network_token"]),
        (Verify, "-card_token -card_cvv card_num=4000000000000002 network_token=true card_tavv=0aFF".into(), &[]),
        (Verify, "-card_cvv".into(), &["V40 card_cvv is mandatory"]),
        (Sale, "network_token=false".into(), &[]),
        (
            Sale,
            "network_token=true card_tavv=0a -card_num card_token=1".into(),
            &[
                "--- card_token must be absent with network_token",
                "V06 card_num is mandatory with network_token",
            ],
        ),
        // Wallets.
        (Sale, wallet.clone(), &[]),
        (Sale, format!("{wallet} tran_class=moto"), &[]),
        (Sale, format!("{wallet} acs_eci=5"), &[]),
        (Sale, format!("{wallet} card_cvv=123"), &[]),
        (Sale, format!("{wallet} acs_dstransid={UUID}"), &[]),
        (Sale, format!("{wallet} acs_3dsversion=2.2.0 acs_eci=5 acs_dstransid={UUID}"), &[]),
        (Sale, format!("{wallet} acs_3dsversion=2.2.0"), &["V53 acs_dstransid is mandatory with acs_3dsversion"]),
        (
            Sale,
            format!("{wallet} acs_eci=2 acs_dstransid={AEVV}"),
            &["V53 acs_dstransid must have 36 characters with an ECI of one digit"],
        ),
        (Verify, format!("-card_token card_num=4000000000000002 {wallet}"), &[]),
        (
            Sale,
            format!("{wallet} -card_num card_token=1"),
            &["--- card_token must be absent with ewallet", "V06 card_num is mandatory with ewallet"],
        ),
        (
            Sale,
            "-card_cvv ewallet=true".into(),
            &["--- ewallet_type is mandatory with ewallet", "V53 acs_cavv is mandatory with ewallet"],
        ),
        (Sale, "ewallet=false".into(), &[]),
        (
            Sale,
            format!("{wallet} ewallet_type=ApplePay"),
            &["--- ewallet_type must be one of: applepay, googlepay, samsungpay, other"],
        ),
        // C5: version 2 has a directory server transaction id.
        (Sale, "acs_3dsversion=2.1.0".into(), &["V53 acs_dstransid is mandatory with acs_3dsversion"]),
        (Sale, format!("acs_3dsversion=2.1.0 acs_dstransid={UUID}"), &["V53 acs_eci is mandatory with acs_dstransid"]),
        (Sale, format!("acs_3dsversion=2.1.0 acs_dstransid={UUID} acs_eci=7"), &[]),
        (Sale, "acs_3dsversion=2.1.0 acs_eci=7".into(), &["V53 acs_dstransid is mandatory with acs_3dsversion"]),
        (Sale, "acs_3dsversion=1.0.2".into(), &[]),
        // An indicator of authentication needs its proof, and a proof its indicator (RA-044).
        (Sale, "acs_eci=5".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Sale, "acs_eci=1".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Sale, "acs_eci=02".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Verify, "acs_eci=06".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Continuous, "acs_eci=2".into(), &["V53 acs_cavv is mandatory with acs_eci"]),
        (Sale, "acs_eci=7".into(), &[]),
        (Sale, "acs_eci=0".into(), &[]),
        (Sale, "acs_eci=07".into(), &[]),
        (Sale, format!("acs_eci=5 acs_cavv={CAVV}"), &[]),
        (Sale, format!("acs_cavv={CAVV}"), &["V53 acs_eci is mandatory with acs_cavv"]),
        (Sale, format!("acs_dstransid={UUID}"), &["V53 acs_eci is mandatory with acs_dstransid"]),
        (Sale, format!("acs_cavv={CAVV} acs_dstransid={UUID}"), &["V53 acs_eci is mandatory with acs_cavv"]),
        (Sale, "acs_eci=3".into(), &["V53 acs_eci must be one of: 0, 1, 2, 5, 6, 7, 05, 06, 07"]),
        // But for a network token, which comes with a proof of its own.
        (Sale, format!("network_token=true card_tavv=0a acs_cavv={CAVV} acs_dstransid={UUID}"), &[]),
        (Sale, "network_token=true card_tavv=0a acs_eci=5".into(), &[]),
        (
            Sale,
            "network_token=true card_tavv=0a acs_eci=5 acs_3dsversion=2.2.0".into(),
            &["V53 acs_dstransid is mandatory with acs_3dsversion"],
        ),
        // The lengths of American Express go with its indicators alone; those go with all lengths.
        (
            Sale,
            format!("acs_eci=5 acs_cavv={AEVV} acs_dstransid={AEVV}"),
            &[
                "V53 acs_dstransid must have 36 characters with an ECI of one digit",
                "V53 acs_cavv must have 28 characters with an ECI of one digit",
            ],
        ),
        (
            Sale,
            format!("acs_eci=02 acs_cavv={AEVV}"),
            &["V53 acs_cavv must have 28 characters with an ECI of one digit"],
        ),
        (Sale, format!("acs_eci=05 acs_cavv={AEVV} acs_dstransid={AEVV}"), &[]),
        (Sale, format!("acs_eci=05 acs_cavv={CAVV} acs_dstransid={UUID}"), &[]),
        (Continuous, "acs_3dsversion=2.2.0".into(), &["V53 acs_dstransid is mandatory with acs_3dsversion"]),
        (Sale, format!("acs_eci=5 acs_cavv={CAVV}AA"), &["V53 acs_cavv must have 20 or 28 characters"]),
        // Cards on file.
        (Sale, format!("using_stored_credentials=false return_token=true {on_file}"), &[]),
        (Sale, format!("-card_cvv using_stored_credentials=true {on_file}"), &[]),
        (Verify, format!("using_stored_credentials=false return_token=1 tran_class=ecom {on_file}"), &[]),
        (
            Verify,
            "using_stored_credentials=true tran_class=ecom -card_cvv".into(),
            &[
                "--- using_stored_credentials must be one of: false",
                "V40 card_cvv is mandatory",
                "V61 tran_recurrence is mandatory with using_stored_credentials",
                "V53 acs_3dsversion is mandatory with using_stored_credentials",
                "V53 acs_eci is mandatory with using_stored_credentials",
                "V53 acs_cavv is mandatory with using_stored_credentials",
                "V53 acs_dstransid is mandatory with using_stored_credentials",
                "--- return_token is mandatory with using_stored_credentials",
            ],
        ),
        (Sale, format!("using_stored_credentials=true {on_file}"), &[]),
        (
            Sale,
            format!("using_stored_credentials=true {on_file} tran_recurrence=subs"),
            &["V61 tran_recurrence must be one of: card"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=true {on_file} -card_cvv"),
            &["V40 card_cvv is mandatory"],
        ),
        (
            Sale,
            format!("using_stored_credentials=true {on_file} acs_eci=7 -acs_cavv"),
            &["V53 acs_cavv is mandatory with using_stored_credentials"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=true {on_file} tran_class=moto"),
            &["V37 tran_class must be one of: ecom"],
        ),
        (
            Sale,
            "using_stored_credentials=false tran_recurrence=card".into(),
            &[
                "V53 acs_3dsversion is mandatory with using_stored_credentials",
                "V53 acs_eci is mandatory with using_stored_credentials",
                "V53 acs_cavv is mandatory with using_stored_credentials",
                "V53 acs_dstransid is mandatory with using_stored_credentials",
                "--- return_token is mandatory with using_stored_credentials",
            ],
        ),
        // Without the token there would be nothing to use later.
        (
            Sale,
            format!("using_stored_credentials=false {on_file}"),
            &["--- return_token is mandatory with using_stored_credentials"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=0 {on_file}"),
            &["--- return_token must be one of: true"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=true {on_file} -acs_3dsversion"),
            &["V53 acs_3dsversion is mandatory with using_stored_credentials"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=true {on_file} acs_3dsversion=1.0.2"),
            &["V53 acs_3dsversion must be a version of 3-D Secure 2, such as 2.1.0"],
        ),
        (
            Sale,
            format!("using_stored_credentials=false return_token=maybe {on_file}"),
            &["--- return_token must be one of: true"],
        ),
        // C2: the origin of a continuous payment.
        (
            Continuous,
            "-tran_orig_id".into(),
            &["V21 tran_orig_id is mandatory where scheme_transaction_id is absent"],
        ),
        (Continuous, "-tran_orig_id scheme_transaction_id=MCC6830070529".into(), &[]),
        (
            Continuous,
            "-tran_orig_id scheme_transaction_id=A1 card_num=4000000000000002 card_expiry=0130".into(),
            &[],
        ),
        (Continuous, "-tran_orig_id scheme_transaction_id=A1 card_token=1 card_expiry=0130".into(), &[]),
        (
            Continuous,
            "-tran_orig_id scheme_transaction_id=A1 card_token=1".into(),
            &["V02 card_expiry is mandatory with card_token"],
        ),
        (
            Continuous,
            "-tran_orig_id scheme_transaction_id=A1 card_num=4000000000000002 card_token=1 card_expiry=0130".into(),
            &["--- card_token must be absent with card_num"],
        ),
        (Continuous, "card_cvv=123".into(), &["V05 card_cvv must be absent from a continuous request"]),
        (Continuous, "card_token=1".into(), &["--- card_token must be absent with tran_orig_id"]),
        // A network token on the merchant's initiative, with either origin (RA-221).
        (Continuous, "network_token=true card_num=4000000000000002 card_tavv=0a".into(), &[]),
        (
            Continuous,
            "network_token=true card_num=4000000000000002 card_tavv=0a card_expiry=1130 card_payment_account_reference=P".into(),
            &[],
        ),
        (
            Continuous,
            "-tran_orig_id scheme_transaction_id=A1 network_token=1 card_num=4000000000000002 card_tavv=0a return_token=true".into(),
            &[],
        ),
        (
            Continuous,
            "network_token=true card_token=1".into(),
            &[
                "--- card_token must be absent with network_token",
                "V06 card_num is mandatory with network_token",
                "--- card_tavv is mandatory with network_token",
            ],
        ),
        (
            Continuous,
            "-tran_orig_id network_token=true card_num=4000000000000002 card_tavv=0a".into(),
            &["V21 tran_orig_id is mandatory where scheme_transaction_id is absent"],
        ),
        (
            Continuous,
            "network_token=true card_num=4000000000000002 card_tavv=0a card_cvv=123".into(),
            &["V05 card_cvv must be absent from a continuous request"],
        ),
        (
            Continuous,
            "card_num=4000000000000002 card_expiry=0130".into(),
            &[
                "V06 card_num must be absent with tran_orig_id",
                "V02 card_expiry must be absent with tran_orig_id",
            ],
        ),
        (Continuous, "tran_orig_id=99E5D84B40F".into(), &["V16 tran_orig_id names no transaction"]),
        // C3: where a credit goes.
        (Credit, "card_num=4000000000000002".into(), &[]),
        (Credit, "card_token=1 card_expiry=1130 retry_number=0".into(), &[]),
        (Credit, "card_num=4000000000000002 card_token=1".into(), &["--- card_token must be absent with card_num"]),
        (Credit, "card_expiry=1330".into(), &["V02 card_expiry must be MMYY with a month of 01 to 12"]),
        (Credit, "cust_name=A tran_desc=win descriptor=WIN return_acq_ref=1 retry_number=2".into(), &[]),
        (
            Credit,
            "primary_recipient_dob=19700131".into(),
            &[
                "V55 primary_recipient_surname is mandatory with primary_recipient_dob",
                "V55 primary_recipient_postcode is mandatory with primary_recipient_dob",
                "V55 primary_recipient_account_number is mandatory with primary_recipient_dob",
            ],
        ),
        (Credit, "-tran_orig_id card_num=4000000000000002".into(), &[]),
        (Credit, "-tran_orig_id card_token=1".into(), &[]),
        (Credit, "-tran_orig_id".into(), &["V21 tran_orig_id is mandatory where card_num is absent"]),
        (Credit, "tran_ref=a:b".into(), &["V10 tran_ref must not contain a colon"]),
        // Exemptions belong to their operation.
        (Sale, "SCA_exemption_indicator=lowrisk".into(), &[]),
        (
            Sale,
            "SCA_exemption_indicator=Recurring".into(),
            &["--- SCA_exemption_indicator must be one of: lowvalue, lowrisk"],
        ),
        (Continuous, "SCA_exemption_indicator=MerchantInitiated".into(), &[]),
        (
            Continuous,
            "SCA_exemption_indicator=lowvalue".into(),
            &["--- SCA_exemption_indicator must be one of: Recurring, MerchantInitiated"],
        ),
        (Continuous, "SCA_exemption_indicator=recurring".into(), &[]),
        (Verify, "SCA_exemption_indicator=lowvalue".into(), &[]),
        (Verify, "SCA_exemption_indicator=MerchantInitiated tran_recurrence=unsc".into(), &[]),
        (
            Verify,
            "SCA_exemption_indicator=none".into(),
            &["--- SCA_exemption_indicator must be one of: lowvalue, lowrisk, Recurring, MerchantInitiated"],
        ),
        // The recipient of funds: all four fields or none.
        (
            Sale,
            "primary_recipient_dob=19700131 primary_recipient_surname=O-Neil".into(),
            &[
                "V55 primary_recipient_postcode is mandatory with primary_recipient_dob",
                "V55 primary_recipient_account_number is mandatory with primary_recipient_dob",
            ],
        ),
        // Operation and class.
        (Sale, "tran_type=Sale tran_class=MoTo".into(), &[]),
        (Sale, "tran_type=SALE tran_class=eCom".into(), &[]),
        (
            Sale,
            "tran_type=auth".into(),
            &["V18 tran_type must be one of: sale, verify, void, refund, credit"],
        ),
        (Sale, "tran_class=mail".into(), &["V37 tran_class must be one of: ecom, moto, cont, cred"]),
        (Sale, "tran_class=cred".into(), &["V37 tran_class must be one of: ecom, moto, cont"]),
        (Verify, "tran_class=cont".into(), &["V37 tran_class must be one of: ecom, moto"]),
        (Credit, "tran_class=ecom".into(), &["V37 tran_class must be one of: cred"]),
        (Void, "tran_class=cont".into(), &[]),
        (Refund, "tran_class=cred".into(), &[]),
        (Sale, "tran_testmode=1".into(), &[]),
        (Sale, "tran_testmode=2".into(), &["--- tran_testmode must be one of: 0, 1"]),
        (Sale, "trans_desc=x".into(), &[]),
        (Sale, "card_Num=x".into(), &[]),
    ];
    for (operation, changes, expected) in cases {
        assert_eq!(errors(&bent(operation, &changes)), expected, "{operation} {changes}");
    }
}
