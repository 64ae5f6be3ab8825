//! Any bytes as a response: one read without findings is written back byte for byte, one with findings is read the same
//! again, and a view agrees.
#![no_main]

use cashflows_codec::remote_auth::response::View;
use cashflows_codec::remote_auth::{NextStep, OperationKind, Outcome, Response, ReturnFlags, SentAs};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let decoded = Response::decode(data);
    let outcome = Outcome::of(&decoded);
    let view = View::decode(data);
    assert_eq!(view.map(View::to_owned), decoded);
    for sending in [SentAs::FIRST, SentAs::retry(OperationKind::Sale), SentAs::retry(OperationKind::Void)] {
        assert_eq!(Outcome::of_response_to(sending, &view), Outcome::of_response_to(sending, &decoded));
        assert_eq!(NextStep::of_response_to(sending, &view), NextStep::of_response_to(sending, &decoded));
    }
    let begins =
        |letter: u8| data.iter().find(|byte| !b" \t\r\n\xef\xbb\xbf".contains(byte)) == Some(&letter);
    assert!(outcome != Outcome::Authorised || begins(b'A'));
    let _shown = format!("{decoded:?} {:?}", decoded.as_ref().map_err(ToString::to_string));
    match decoded {
        Ok(response) => {
            let line = response.encode();
            let findings = response.findings();
            if findings.is_empty() {
                assert!(data.starts_with(&line));
                assert!(data[line.len()..].iter().all(|byte| b"\r\n".contains(byte)));
            }
            // U+FFFD takes three bytes, so a line may grow beyond the limits on a message and on a line.
            if line.len() <= data.len() || line.len() <= 3_072 {
                let again = Response::decode(&line).expect("it was written");
                assert_eq!(again.outcome(), outcome);
                assert!(again.findings().len() <= findings.len());
                assert_eq!(again, response);
            }
            let view = view.expect("as the response");
            assert_eq!((view.findings(), view.transaction_id()), (findings, response.transaction_id()));
            assert_eq!((view.decision(), &*view.message()), (response.decision(), response.message()));
            assert!(view.extras().iter().eq(response.extras().iter()));
            let _origin = response.recurring_origin();
            let asked = ReturnFlags::none().with_acquirer_reference().with_token();
            let _resolved = response.extras().resolve(asked);
        }
        Err(error) => assert!(error.offset <= data.len()),
    }
});
