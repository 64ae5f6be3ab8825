//! Any bytes as every message of the other provider's page: values read are written and read again, and no value breaks
//! out of a script.
#![no_main]

use cashflows_codec::hosted_page::{
    DecodedRequest, InitData, Login, Page, PageError, PageRequest, Session, SessionRequest, Token,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(decoded) = PageRequest::decode(data) {
        let _printed = format!("{decoded:?}");
        let request = decoded.into_request();
        assert_eq!(PageRequest::decode(&request.encode()).map(DecodedRequest::into_request), Ok(request));
    }
    if let Ok(decoded) = SessionRequest::decode(data) {
        let _printed = format!("{decoded:?}");
        let request = decoded.into_request();
        assert_eq!(SessionRequest::decode(&request.encode()).map(DecodedRequest::into_request), Ok(request));
    }
    if let Ok(login) = Login::decode(data) {
        let login = login.into_request();
        assert_eq!(Login::decode(&login.encode()).map(DecodedRequest::into_request), Ok(login));
    }
    for status in [200, 400] {
        if let Err(PageError::Refused { status, refusal }) = Page::decode(status, data) {
            let _printed = format!("{refusal:?} {refusal} {:?}", refusal.findings());
            assert_eq!(Page::decode(status, &refusal.encode()), Err(PageError::Refused { status, refusal }));
        }
        if let Ok(page) = Page::decode(status, data) {
            let url = page.secret_redirect_url().to_ascii_lowercase();
            assert!(url.starts_with("http://") || url.starts_with("https://"));
            assert_eq!(Page::decode(status, &page.encode()), Ok(page));
        }
        if let Ok(session) = Session::decode(status, data) {
            assert_eq!(Session::decode(status, &session.encode()), Ok(session));
        }
        if let Ok(token) = Token::decode(status, data) {
            assert_eq!(Token::decode(status, &token.encode()), Ok(token));
        }
    }
    let Ok(text) = core::str::from_utf8(data) else { return };
    if let Ok(init_data) = InitData::from_json(text) {
        let json = init_data.to_script_json();
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        assert_eq!(InitData::from_json(&json), Ok(init_data));
    }
});
