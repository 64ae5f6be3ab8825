//! Any submission that can be built, split as needed: its uploads are written and read. The first line is the password,
//! the second the boundary, the third the file name, the others are references.
#![no_main]

use cashflows_codec::remote_auth::Credentials;
use cashflows_codec::remote_auth::batch::{BatchRequest, Submission};
use cashflows_codec::value::OriginalId;
use libfuzzer_sys::fuzz_target;

fn submission(data: &str) -> Option<(Submission, Credentials)> {
    let mut lines = data.split('\n');
    let credentials = Credentials::new("73".parse().ok()?, lines.next()?.parse().ok()?);
    let (boundary, name) = (lines.next()?.parse().ok()?, lines.next()?.parse().ok()?);
    let mut references: Vec<OriginalId> = lines.filter_map(|line| line.parse().ok()).collect();
    // It takes as long as hundreds of others, so only one in 256 is repeated until it takes several uploads. Most
    // changes of an input change the sum of its bytes.
    if data.bytes().fold(0, u8::wrapping_add) == 0 {
        let bytes: usize = references.iter().map(|reference| reference.as_str().len() + "\r\n".len()).sum();
        references = references.repeat(Submission::MAX_BYTES / bytes.max(1) + 1);
    }
    Some((Submission::new(references).with_boundary(boundary).with_file_name(name), credentials))
}

fuzz_target!(|data: &str| {
    let Some((submission, credentials)) = submission(data) else { return };
    let mut references = Vec::new();
    for part in submission.split(&credentials) {
        let body = part.encode(&credentials).expect("it fits");
        assert_eq!(body.content_length(), part.encoded_len(&credentials));
        let decoded = BatchRequest::decode(body.content_type(), body.as_bytes());
        references.extend_from_slice(part.references());
        assert_eq!(decoded, Ok((credentials.clone(), BatchRequest::Submit(part))));
    }
    assert_eq!(references, submission.references());
});
