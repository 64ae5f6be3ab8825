//! Values, requests, responses.

use core::fmt::Debug;
use core::hint::black_box;
use core::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

use cashflows_codec::gateway::ApiKey;
use cashflows_codec::hosted_page::{AccessToken, AccountPassword, SessionApiKey, SessionId};
use cashflows_codec::remote_auth::ReturnFlags;
use cashflows_codec::remote_auth::request::{
    Body, Card, Continuous, Credit, MaskedForm, StorableRequest, Verify,
};
use cashflows_codec::remote_auth::*;
use cashflows_codec::remote_auth::{Limits, Request, Response};
use cashflows_codec::value::*;

use super::NOTHING;
use super::watch::left_behind;
use crate::support::bodies::escaped;
use crate::support::secrets::*;

/// Makes a secret in every way from `good`, which each way refuses for `bad`.
fn value_leaves<T>(good: &str, bad: &str) -> Vec<&'static str>
where
    T: TryFrom<String, Error: Debug> + for<'t> TryFrom<&'t str> + Clone + PartialEq + Debug,
{
    let roomy = |text: &str| {
        let mut owned = String::with_capacity(200);
        owned.push_str(text);
        owned
    };
    let (kept, refused) = (roomy(good), roomy(bad));
    left_behind(|| {
        let [owned, borrowed] = [T::try_from(kept).unwrap(), value::<T>(good)];
        assert!(owned == borrowed.clone());
        assert!(T::try_from(bad).is_err());
        let error = T::try_from(refused).unwrap_err();
        (format!("{owned:?} {borrowed:#?} {error:?}"), owned)
    })
}

#[test]
fn values_leave_no_secret() {
    macro_rules! left {
        ($Value:ident, $good:expr, $bad:expr $(, $shown:expr)?) => {
            (stringify!($Value), value_leaves::<$Value>($good, &$bad))
        };
    }
    for (name, left) in secret_values!(left).into_iter().chain(personal_values!(left)) {
        assert_eq!(left, NOTHING, "{name}");
    }
}

#[test]
fn refused_number_is_wiped_with_its_whole_block() {
    let left = left_behind(|| {
        let mut refused = format!("{NUMBER} is no card number");
        assert!(CardNumber::try_from(refused.clone()).is_err());
        refused.truncate(NUMBER.len());
        refused.insert(0, 'x');
        refused.remove(0);
        assert!(CardNumber::try_from(refused).is_ok());
    });
    assert_eq!(left, NOTHING);
}

/// All actions of a merchant with a request.
fn sent(request: &Request) -> Body {
    let retry = request.retry(SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH);
    black_box(format!("{request:?} {:?}", retry.map(|retry| retry.encode(&credentials()))));
    let body = request.clone().encode(&credentials());
    black_box(format!("{body:?} {:#?}", body.clone()));
    body
}

/// All actions of a gateway with a body.
fn received(body: &[u8]) {
    let tight = Limits { request_parameters: 3, ..Limits::default() };
    for limits in [Limits::default(), Limits { request_bytes: 10, ..Limits::default() }, tight] {
        match Request::decode_with(body, &limits) {
            Ok(decoded) => {
                black_box(format!("{decoded:?} {:?}", decoded.clone().request));
                if let Request::Credit(credit) = decoded.request {
                    let _ = black_box(credit.verify(&value(DIGEST_SECRET)));
                    let _ = black_box(credit.verify(&value(PASSWORD)));
                }
            }
            Err(error) => {
                black_box(format!("{error} {error:?} {:?}", error.clone()));
            }
        }
    }
    let masked = MaskedForm::new(body);
    black_box(format!("{masked} {masked:?} {:?}", masked.parameters().collect::<Vec<_>>()));
}

#[test]
fn requests_leave_no_secret() {
    assert_eq!(left_behind(|| requests().iter().map(sent).collect::<Vec<_>>()), NOTHING);
}

#[test]
fn bodies_leave_no_secret() {
    for body in requests().iter().map(sent) {
        let text = core::str::from_utf8(body.as_bytes()).unwrap();
        for bent in [
            text.to_owned(),
            // Every byte escaped; every value wrong, twice, cut short.
            escaped(body.as_bytes()),
            text.replace('&', "|&"),
            format!("{text}&{text}"),
            text[..text.len() / 2].to_owned(),
            // Unknown names, names that are values, escapes and UTF-8 that are broken.
            text.replace("card_", "card-").replace("cust_", "cust-").replace("primary_", "primary-"),
            text.replace('=', "%3D"),
            text.replace('=', "").replace("%3D", "="),
            text.replace('&', "%&"),
            text.replace('&', "%FF&"),
            // Contradictions between parameters.
            text.replace("sale", "void"),
            text.replace("ecom", "cont"),
            format!(
                "{text}&card_num={NUMBER}&card_token={TOKEN}&card_cvv={CVV}&acs_cavv={CAVV}&card_tavv={TAVV}"
            ),
        ] {
            assert_eq!(
                left_behind(|| received(bent.as_bytes())),
                NOTHING,
                "{}",
                MaskedForm::new(bent.as_bytes())
            );
        }
    }
}

/// Masked digits leave no copy, even more of them than a card number has.
#[test]
fn masked_misplaced_number_leaves_no_secret() {
    for number in [
        NUMBER.to_owned(),
        format!("{NUMBER}+1234"),
        format!("{NUMBER}%2D1"),
        format!("{NUMBER}1130"),
        format!("1234567890{NUMBER}"),
        NUMBER.replacen("2991", "2.9.9.1", 1),
    ] {
        for parameter in ["cust_name", "cust_email", "tran_desc"] {
            let form = format!("{parameter}=a@{number}.com");
            assert_eq!(left_behind(|| MaskedForm::new(form.as_bytes()).to_string()), NOTHING, "{form}");
        }
    }
}

/// Open values are checked against the types of their parameters. The check leaves no copy of a secret.
#[test]
fn secret_after_a_wrong_separator_leaves_no_secret() {
    for parameter in Parameter::ALL {
        for behind in
            ["", "1;", "x card_num="].map(|before| format!("{parameter}={before}{NUMBER};card_token={TOKEN}"))
        {
            let masked = MaskedForm::new(behind.as_bytes());
            assert_eq!(left_behind(|| masked.to_string()), NOTHING, "{behind}");
            assert_eq!(left_behind(|| masked.with_personal_data().parameters().count()), NOTHING, "{behind}");
        }
        let alone = format!("{parameter}={NUMBER}");
        assert_eq!(left_behind(|| MaskedForm::new(alone.as_bytes()).to_string()), NOTHING, "{alone}");
    }
}

/// Personal data shown on request is in the output, and in no other memory.
#[test]
fn shown_personal_data_leaves_no_other_copy() {
    let body = Request::from(
        Verify::ecom(Card::new(value(NUMBER), value("1130"), value(CVV)), Currency::EUR, value("cart"))
            .with_customer(customer())
            .with_recipient(recipient()),
    )
    .encode(&credentials());
    let mut shown = String::with_capacity(2_000);
    let left = left_behind(|| {
        use core::fmt::Write;
        write!(shown, "{}", MaskedForm::new(body.as_bytes()).with_personal_data()).unwrap();
    });
    assert!([NAME, EMAIL, IP, ACCOUNT].iter().all(|personal| shown.contains(personal)));
    assert_eq!(left, NOTHING);
}

#[test]
fn last_clone_of_a_body_wipes_it_on_any_thread() {
    for request in requests() {
        let body = request.encode(&credentials()).into_bytes();
        let (sent, part) = (body.clone(), body.slice(10..));
        assert_eq!(left_behind(|| drop([body, sent])), NOTHING);
        let elsewhere = std::thread::spawn(|| left_behind(|| drop(part)));
        assert_eq!(elsewhere.join().unwrap(), NOTHING);
    }
}

#[cfg(feature = "http")]
#[test]
fn http_request_leaves_no_secret() {
    use cashflows_codec::remote_auth::Environment;
    for request in requests() {
        let left = left_behind(|| request.encode(&credentials()).into_http(Environment::Integration));
        assert_eq!(left, NOTHING);
    }
}

#[test]
fn panic_leaves_no_secret() {
    let secret = value::<DigestSecret>(DIGEST_SECRET);
    let left = left_behind(|| {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            let requests = requests();
            let bodies: Vec<_> = requests.iter().map(sent).collect();
            let decoded: Vec<_> = bodies.iter().map(|body| Request::decode(body.as_bytes())).collect();
            let credit = Credit::new(value::<CardToken>(TOKEN), Money::eur(1), value("win"), &secret);
            panic!("the caller's fault, with {} values and {credit:?}", decoded.len());
        }));
        assert!(panicked.is_err());
    });
    assert_eq!(left, NOTHING);
}

#[test]
fn responses_leave_no_secret() {
    let line = format!("A|01S00001724|232|031971|Authorised|74698692333601146452212|{TOKEN}");
    let long = format!("{line}{}", TOKEN.repeat(10));
    let asked = ReturnFlags::none().with_acquirer_reference().with_token();
    for line in [&line, &long] {
        let left = left_behind(|| {
            let response = Response::decode(line.as_bytes()).unwrap();
            let resolved = [ReturnFlags::none(), asked].map(|asked| response.extras().resolve(asked));
            let again = response.clone().with_extras(response.extras().iter()).unwrap();
            black_box(format!("{response:?} {again:#?} {resolved:?} {}", again.encode().len()));
            (resolved, again.encode())
        });
        assert_eq!(left, NOTHING);
        for end in 0..line.len() {
            assert_eq!(left_behind(|| Response::decode(&line.as_bytes()[..end])), NOTHING, "{end}");
        }
    }
    let token = black_box(TOKEN);
    let voided = || Response::decode("A|01V0135F755|000|-|Authorised").unwrap();
    assert_eq!(left_behind(|| voided().with_extras([token; 60])), NOTHING);
    assert_eq!(left_behind(|| voided().with_extras([token, "|"])), NOTHING);
}

/// A text that is short enough to be inline is wiped in place.
#[test]
fn inline_token_is_wiped_in_place() {
    let line = format!("A|01S00001724|232|031971|Authorised|{}", black_box(TOKEN));
    let mut place = ManuallyDrop::new(Response::decode(&line).unwrap());
    let bytes = |place: &ManuallyDrop<Response>| {
        // SAFETY: the text of one extra begins behind its separator, in memory that is not freed.
        let text: *const u8 = black_box(place).extras().iter().next().unwrap().as_ptr();
        move || (0..TOKEN.len()).map(|at| unsafe { text.add(at).read_volatile() }).collect::<Vec<u8>>()
    };
    let bytes = bytes(&place);
    assert_eq!(bytes(), TOKEN.as_bytes());
    // SAFETY: it is not used again.
    unsafe { ManuallyDrop::drop(&mut place) };
    assert_eq!(bytes(), [0; TOKEN.len()]);
}

/// A format's own buffers are not the crate's. Here the format needs none.
#[test]
fn stored_response_leaves_no_secret() {
    let line = format!("A|01S00001724|232|031971|Authorised|74698692333601146452212|{TOKEN}");
    let mut json = Vec::with_capacity(1_000);
    let written = left_behind(|| {
        let response = Response::decode(line.as_bytes()).unwrap();
        serde_json::to_writer(&mut json, &response).unwrap();
    });
    assert_eq!(written, NOTHING);
    let wrong = String::from_utf8(json.clone()).unwrap().replace(r#""D102""#, "7").replace("A", "DD");
    for json in [&json, wrong.as_bytes()] {
        let read =
            left_behind(|| serde_json::from_slice::<Response>(json).map_err(|error| error.to_string()));
        assert_eq!(read, NOTHING);
    }
}

/// A stored request holds no secret, but personal data.
#[test]
fn stored_request_leaves_no_personal_data() {
    // In one line: to unescape a text, a format would copy it.
    let customer = customer().with_address(value("17 Larkspur Mews, Oddington"));
    let origin =
        Response::decode(b"A|05P00001724|232|031971|Authorised").unwrap().recurring_origin().unwrap();
    let request = Request::from(
        Continuous::new(origin, Money::eur(1), value("cart"))
            .with_customer(customer)
            .with_recipient(recipient()),
    );
    let mut json = Vec::with_capacity(2_000);
    let written = left_behind(|| {
        serde_json::to_writer(&mut json, &StorableRequest::try_from(request.clone()).unwrap()).unwrap();
    });
    assert_eq!(written, NOTHING);
    let wrong = String::from_utf8(json.clone()).unwrap().replace("05P00001724", "?");
    for json in [&json, wrong.as_bytes()] {
        let read = left_behind(|| {
            serde_json::from_slice::<StorableRequest>(json).map_err(|error| error.to_string())
        });
        assert_eq!(read, NOTHING);
    }
}
