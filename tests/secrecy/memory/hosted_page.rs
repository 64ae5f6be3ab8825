//! The other provider's page: requests and responses, whole and broken.

use core::hint::black_box;

use cashflows_codec::hosted_page::{
    AccessToken, InitData, Login, Page, PageRequest, Session, SessionApiKey, SessionRequest, Token,
};

use super::NOTHING;
use super::watch::left_behind;
use crate::support::secrets::{API_KEY, PASSWORD, TOKEN, value};

/// All actions of both sides with a body.
fn everything(body: &str) {
    let bytes = body.as_bytes();
    if let Ok(decoded) = Login::decode(bytes) {
        black_box(format!("{decoded:?}"));
        let login = decoded.into_request();
        black_box((format!("{login:?}"), login.clone(), login.encode().len()));
    }
    for status in [200, 400] {
        let token = Token::decode(status, bytes);
        black_box((format!("{token:?}"), token.map(|token| token.encode().len()).ok()));
        let page = Page::decode(status, bytes);
        black_box((format!("{page:?}"), page.map(|page| page.encode().len()).ok()));
        let session = Session::decode(status, bytes);
        black_box((format!("{session:?}"), session.map(|session| session.encode().len()).ok()));
    }
    black_box((format!("{:?}", PageRequest::decode(bytes)), format!("{:?}", SessionRequest::decode(bytes))));
    black_box(format!("{:?}", InitData::from_json(body)));
}

#[test]
fn messages_leave_no_secret() {
    for body in [
        format!(r#"{{"username":"shop","password":"{PASSWORD}"}}"#),
        format!(r#"{{"username":"shop","password":"\u0070{}","odd":"{PASSWORD}"}}"#, &PASSWORD[1..]),
        format!(r#"{{"access_token":"{TOKEN}","odd":["{TOKEN}"]}}"#),
        format!(r#"{{"redirect_url":"https://a.example/{TOKEN}","session_id":"{TOKEN}","odd":"{TOKEN}"}}"#),
        format!(r#"{{"session_id":"{TOKEN}","client_key":"shop"}}"#),
        format!(r#"{{"redirect_url":"javascript:{TOKEN}","session_id":"{TOKEN}"}}"#),
        format!(
            r#"{{"redirect_url":"https://a.example/{TOKEN}","session_id":"{TOKEN}","errors":"\u0041{TOKEN}"}}"#
        ),
        format!(r#""{TOKEN}""#),
    ] {
        assert_eq!(left_behind(|| everything(&body)), NOTHING, "{body}");
        for end in (0..body.len()).filter(|&end| body.is_char_boundary(end)) {
            assert_eq!(left_behind(|| everything(&body[..end])), NOTHING, "{end} of {body}");
        }
        for changed in
            [body.replace("username", "password"), body.replace(":\"", ":[\""), body.replace("\":", "\" ")]
        {
            assert_eq!(left_behind(|| everything(&changed)), NOTHING, "{changed}");
        }
    }
}

#[test]
fn headers_leave_no_secret() {
    let header = format!("Bearer {TOKEN}");
    let left = left_behind(|| {
        let key: SessionApiKey = value(API_KEY);
        (format!("{key:?}"), AccessToken::from_authorization(&header), key)
    });
    assert_eq!(left, NOTHING);
}
