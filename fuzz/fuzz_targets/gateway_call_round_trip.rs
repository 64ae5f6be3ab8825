//! Any call of the gateway that can be built: it is sent and received.
#![no_main]

use cashflows_codec::gateway::call::SignedCall;
use cashflows_codec::gateway::incoming::{CallHeaders, IncomingCall};
use cashflows_codec::gateway::{ApiKey, Credentials, Operation};
use cashflows_codec_fuzz::gateway_calls::{self, Choices};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let key: ApiKey = "key".parse().expect("a key");
    let credentials = Credentials::new("1".parse().expect("an id"), key.clone());
    let mut choices = Choices(data);
    let call = gateway_calls::call(&mut choices);
    let locale = gateway_calls::locale(&mut choices);
    let sent = call.sign(&credentials);
    let sent = locale.iter().fold(sent, SignedCall::with_locale);
    let headers: Vec<_> = sent.secret_headers().map(|(name, value)| (name, value.as_bytes())).collect();
    let headers = CallHeaders::read(headers).expect("headers");
    let (method, path) = (sent.method().as_str(), sent.path_and_query());
    let received = IncomingCall::decode(method, path, &headers, sent.body(), &[key]);
    let takes_one = call.operation() != Operation::FindOrder;
    let wrong = |call: &IncomingCall| !call.ignored().is_empty() || !call.findings().is_empty();
    assert!(!received.as_ref().is_ok_and(wrong));
    assert_eq!(received.as_ref().map(IncomingCall::locale), Ok(locale.as_ref().filter(|_| takes_one)));
    assert_eq!(received.map(IncomingCall::into_call), Ok(call));
});
