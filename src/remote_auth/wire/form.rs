//! The form body of a payment request: one flat struct that is the parameter table.
//!
//! A request becomes a [`Form`] of borrowed text and is written out (`encode`). A body goes the
//! other way in three steps, each of which reports everything that it finds: pairs become texts by
//! parameter (`scan`), each text becomes a checked value (`values`), and the values become one of
//! the six operations (`decode`, with `means` for what is paid with).

mod decode;
mod encode;
mod means;
mod scan;
mod text;
mod values;

use serde::Serialize;
use text::Text;

/// The parameters of section 2, in wire order.
///
/// The serializer writes the fields as they stand here, so this order is the order on the wire.
#[derive(Default, Serialize)]
struct Form<'a> {
    auth_id: Option<Text<'a>>,
    auth_pass: Option<Text<'a>>,
    card_num: Option<Text<'a>>,
    card_token: Option<Text<'a>>,
    card_cvv: Option<Text<'a>>,
    card_expiry: Option<Text<'a>>,
    card_start: Option<Text<'a>>,
    card_issue: Option<Text<'a>>,
    cust_name: Option<Text<'a>>,
    cust_address: Option<Text<'a>>,
    cust_postcode: Option<Text<'a>>,
    cust_country: Option<Text<'a>>,
    cust_ip: Option<Text<'a>>,
    cust_email: Option<Text<'a>>,
    cust_tel: Option<Text<'a>>,
    ewallet: Option<Text<'a>>,
    ewallet_type: Option<Text<'a>>,
    tran_ref: Option<Text<'a>>,
    tran_desc: Option<Text<'a>>,
    tran_amount: Option<Text<'a>>,
    tran_currency: Option<Text<'a>>,
    tran_testmode: Option<Text<'a>>,
    tran_type: Option<Text<'a>>,
    tran_class: Option<Text<'a>>,
    tran_orig_id: Option<Text<'a>>,
    scheme_transaction_id: Option<Text<'a>>,
    tran_recurrence: Option<Text<'a>>,
    using_stored_credentials: Option<Text<'a>>,
    #[serde(rename = "SCA_exemption_indicator")]
    sca_exemption_indicator: Option<Text<'a>>,
    network_token: Option<Text<'a>>,
    card_tavv: Option<Text<'a>>,
    card_payment_account_reference: Option<Text<'a>>,
    acs_3dsversion: Option<Text<'a>>,
    acs_eci: Option<Text<'a>>,
    acs_cavv: Option<Text<'a>>,
    acs_dstransid: Option<Text<'a>>,
    acs_xid: Option<Text<'a>>,
    gateway_id_mc: Option<Text<'a>>,
    primary_recipient_dob: Option<Text<'a>>,
    primary_recipient_surname: Option<Text<'a>>,
    primary_recipient_postcode: Option<Text<'a>>,
    primary_recipient_account_number: Option<Text<'a>>,
    retry_number: Option<Text<'a>>,
    descriptor: Option<Text<'a>>,
    return_token: Option<Text<'a>>,
    return_acq_ref: Option<Text<'a>>,
    return_scheme_transaction_id: Option<Text<'a>>,
    security_hash: Option<Text<'a>>,
}

#[cfg(test)]
mod tests {
    use super::Form;
    use crate::remote_auth::parameter::Parameter;

    fn table() -> impl Iterator<Item = Parameter> {
        Parameter::ALL.iter().copied().filter(|&parameter| parameter != Parameter::Submit)
    }

    #[test]
    fn the_form_is_the_parameter_table() {
        let names: Vec<String> = table().map(|parameter| format!("\"{parameter}\":null")).collect();
        let form = serde_json::to_string(&Form::default()).unwrap();
        assert_eq!(form, format!("{{{}}}", names.join(",")));
    }
}
