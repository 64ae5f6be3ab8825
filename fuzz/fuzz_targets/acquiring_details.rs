//! Any text as acquiring details: all members are read, and values read are written and read again.
#![no_main]

use cashflows_codec::gateway::KeptValue;
use cashflows_codec::gateway::response::{AcquiringDetails, Attributes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = core::str::from_utf8(data) else { return };
    let decoded = AcquiringDetails::from_json(text);
    let _printed = format!("{decoded:?}");
    match decoded {
        Ok(details) => {
            let _texts = (details.three_ds_version(), details.three_ds_version_reason(), details.eci());
            let _texts = (details.authentication_status(), details.acquirer_status(), details.message());
            let _values = (details.xid(), details.cavv(), details.authorisation_code());
            let _values = (details.issuer_response_code(), details.acquirer_response());
            assert!(details.arn().is_none_or(|arn| text.contains(arn.as_str())) || text.contains('\\'));
            if let Some(number) = details.truncated_card_number() {
                assert!(number.as_str().contains('*'));
            }
            if let Some(checks) = details.checks() {
                assert_eq!(details.members().secret_text("CvvAvsResult"), Some(checks.to_string().as_str()));
            }
            let findings = details.findings();
            for (name, value) in details.members().iter() {
                let is_empty = matches!(value, KeptValue::Text("") | KeptValue::Json("null"));
                assert!(!is_empty || findings.iter().all(|finding| finding.at().as_str() != name));
            }
            if findings.is_empty() {
                let arn = details.members().secret_text("Arn").filter(|text| !text.is_empty());
                assert_eq!(details.arn().map(|arn| arn.as_str().to_owned()).as_deref(), arn);
            }
            let attributes = Attributes::new().with_acquiring_details(&details);
            assert_eq!(
                AcquiringDetails::from_json(core::str::from_utf8(&details.encode()).unwrap()).as_ref(),
                Ok(&details)
            );
            assert_eq!(attributes.acquiring_details(), Some(Ok(details)));
        }
        Err(error) => assert!(error.offset() <= text.len()),
    }
});
