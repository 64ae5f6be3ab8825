//! The parameters of each operation, by the parameter table.

use cashflows_codec::remote_auth::OperationKind::{Continuous, Credit, Refund, Sale, Verify, Void};
use cashflows_codec::remote_auth::{OperationKind, Parameter, Presence, Request};

use super::{CAVV, OPERATIONS, errors};
use crate::support::bodies::{bent, smallest};

#[test]
fn decode_reads_smallest_bodies() {
    for operation in OPERATIONS {
        let decoded = Request::decode(&smallest(operation).encode()).unwrap();
        assert_eq!(decoded.request.kind(), operation);
    }
}

#[test]
fn decode_refuses_missing_mandatory_parameters() {
    for operation in OPERATIONS {
        for &parameter in Parameter::ALL {
            if parameter.presence(operation) != Presence::Mandatory {
                continue;
            }
            let name = parameter.as_str();
            for body in [smallest(operation).without(name), smallest(operation).with(name, "")] {
                let errors = errors(&body.encode());
                let [error] = &errors[..] else { panic!("{operation} without {name}: {errors:?}") };
                assert!(error.ends_with(&format!(" {name} is mandatory")), "{operation}: {error}");
            }
        }
    }
}

#[test]
fn decode_refuses_forbidden_parameters() {
    for operation in OPERATIONS {
        for &parameter in Parameter::ALL {
            if parameter.presence(operation) != Presence::Absent {
                continue;
            }
            let name = parameter.as_str();
            let found = errors(&smallest(operation).with(name, "1").encode());
            let expected = format!(" {name} must be absent from a {operation} request");
            assert_eq!(found.iter().filter(|error| error.ends_with(&expected)).count(), 1, "{found:?}");
            let empty = smallest(operation).with(name, "").encode();
            assert_eq!(errors(&empty), [""; 0], "an empty {name} is absent");
        }
    }
}

/// A parameter that the operation does not use may have any value.
#[test]
fn decode_ignores_unused_parameters() {
    for operation in OPERATIONS {
        let unbent = Request::decode(&smallest(operation).encode()).unwrap();
        for &parameter in Parameter::ALL {
            if parameter.presence(operation) != Presence::Ignored {
                continue;
            }
            let name = parameter.as_str();
            for value in ["1", "\u{1}", "true"] {
                let body = smallest(operation).with(name, value).encode();
                let decoded =
                    Request::decode(&body).unwrap_or_else(|error| panic!("{operation} {name}: {error}"));
                assert_eq!(decoded.ignored, [parameter], "{operation} {name}");
                assert_eq!(decoded.request, unbent.request, "{operation} {name}");
            }
            let empty = Request::decode(&smallest(operation).with(name, "").encode()).unwrap();
            assert_eq!(empty.ignored, [], "an empty {name} is absent");
            let mut twice = smallest(operation).with(name, "1").encode();
            twice.extend_from_slice(format!("&{name}=1").as_bytes());
            let decoded = Request::decode(&twice).unwrap();
            assert_eq!(decoded.request, unbent.request, "{operation} {name}");
            let found: Vec<String> = decoded.findings.iter().map(ToString::to_string).collect();
            assert_eq!(found, [format!("{name} appears more than once")], "{operation}");
            // It is still part of the form.
            let [error] = &errors(&[&twice, &b"&%"[..]].concat())[..] else { panic!("{operation} {name}") };
            assert!(error.ends_with("has an invalid percent escape"), "{error}");
        }
    }
}

/// Each operation takes the parameters that it uses, and ignores the others.
#[test]
fn decode_takes_one_set_of_parameters_with_every_operation() {
    let common = "cust_name=Ben cust_ip=192.0.2.1 cust_country=GB tran_desc=goods descriptor=SHOP return_acq_ref=1 \
                  tran_ref=own-1 return_token=true gateway_id_mc=12345678901 SCA_exemption_indicator= foo=1";
    for operation in OPERATIONS {
        let decoded = Request::decode(&bent(operation, common)).unwrap();
        assert_eq!(decoded.request.reference(), Some("own-1"), "{operation}");
        assert!(decoded.request.return_flags().acquirer_reference, "{operation}");
        assert_eq!(decoded.unlisted.len(), 1, "{operation}");
        let ignored: &[Parameter] = match operation {
            Sale | Verify | Continuous => &[],
            Credit => &[Parameter::ReturnToken],
            Void | Refund => &[
                Parameter::CustName,
                Parameter::CustCountry,
                Parameter::CustIp,
                Parameter::TranDesc,
                Parameter::ReturnToken,
            ],
        };
        assert_eq!(decoded.ignored, ignored, "{operation}");
    }
}

/// The rows: an operation, changes to its smallest body, and the ignored parameters.
#[test]
fn decode_ignores_parameters_without_meaning_beside_others() {
    use Parameter as P;
    let wallet = format!("-card_cvv ewallet=true ewallet_type=applepay acs_cavv={CAVV}");
    let token = "network_token=true card_tavv=0aff card_num=4000000000000002";
    let cases: [(OperationKind, String, &[Parameter]); 16] = [
        (Sale, "ewallet=false ewallet_type=ApplePay".into(), &[P::EwalletType]),
        (Sale, "ewallet_type=other".into(), &[P::EwalletType]),
        (Sale, "network_token=false card_tavv=xyz".into(), &[P::CardTavv]),
        (Sale, "card_tavv=0a".into(), &[P::CardTavv]),
        (
            Sale,
            format!("{wallet} network_token=true card_tavv=0a acs_xid=1"),
            &[P::NetworkToken, P::CardTavv, P::AcsXid],
        ),
        (Sale, format!("{wallet} using_stored_credentials=maybe"), &[P::UsingStoredCredentials]),
        (
            Sale,
            "tran_orig_id=99E5D84B40F scheme_transaction_id=A1".into(),
            &[P::TranOrigId, P::SchemeTransactionId],
        ),
        (Continuous, "scheme_transaction_id=MCC6830070529".into(), &[P::SchemeTransactionId]),
        (Continuous, "scheme_transaction_id=%".into(), &[P::SchemeTransactionId]),
        (Continuous, "-tran_orig_id scheme_transaction_id=A1 card_expiry=9999".into(), &[P::CardExpiry]),
        (Continuous, "using_stored_credentials=true".into(), &[P::UsingStoredCredentials]),
        (
            Continuous,
            "network_token=false card_tavv=0a card_payment_account_reference=P".into(),
            &[P::CardTavv, P::CardPaymentAccountReference],
        ),
        (Continuous, token.into(), &[]),
        (Continuous, format!("{token} scheme_transaction_id=A1"), &[P::SchemeTransactionId]),
        (Continuous, format!("{token} -tran_orig_id scheme_transaction_id=A1 card_expiry=1130"), &[]),
        (Void, "card_num=x auth_id=1".into(), &[P::CardNum]),
    ];
    for (operation, changes, ignored) in cases {
        let decoded = Request::decode(&bent(operation, &changes));
        let decoded = decoded.unwrap_or_else(|error| panic!("{operation} {changes}: {error}"));
        assert_eq!(decoded.ignored, ignored, "{operation} {changes}");
    }
}

#[test]
fn optional_parameters_round_trip() {
    let values = |operation: OperationKind| {
        [
            ("card_start", "0120"),
            ("card_issue", "01"),
            ("cust_name", "Ben"),
            ("cust_address", "A\nB"),
            ("cust_postcode", "CB22 5LD"),
            ("cust_country", "GB"),
            ("cust_ip", "192.0.2.1"),
            ("cust_email", "a@b"),
            ("cust_tel", "1"),
            ("tran_desc", "d"),
            ("tran_ref", "r-1"),
            ("tran_amount", "0.00"),
            ("tran_recurrence", "subs"),
            ("card_payment_account_reference", "P"),
            ("acs_3dsversion", "1.0.2"),
            ("acs_xid", "AgABBAACAAYABwAGAgQCAQgry0E="),
            ("card_expiry", "1130"),
            ("SCA_exemption_indicator", if operation == Sale { "lowrisk" } else { "Recurring" }),
            ("gateway_id_mc", "12345678901"),
            ("retry_number", "1"),
            ("descriptor", "x"),
            ("return_token", "true"),
            ("return_acq_ref", "yes"),
            ("return_scheme_transaction_id", "1"),
            ("submit", "submit"),
        ]
    };
    for operation in OPERATIONS {
        for (name, value) in values(operation) {
            let parameter = Parameter::from_wire(name).unwrap();
            if parameter.presence(operation) != Presence::Optional {
                continue;
            }
            let decoded = Request::decode(&smallest(operation).with(name, value).encode()).unwrap();
            let body = decoded.request.encode(&decoded.credentials);
            let again = Request::decode(body.as_bytes()).unwrap();
            assert_eq!(again, decoded, "{operation} with {name}");
            let written = String::from_utf8(body.into_bytes().to_vec()).unwrap();
            assert_eq!(written.contains(&format!("{name}=")), parameter != Parameter::Submit, "{written}");
        }
    }
}
