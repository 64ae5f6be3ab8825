//! What responses mean: outcomes, recurring origins, extras.
#![expect(clippy::unwrap_used, reason = "clippy takes only what has the attribute for a test")]

use crate::support::replies::{Reply, replies};
use cashflows_codec::remote_auth::request::{OriginalClass, RetryNumber, Void};
use cashflows_codec::remote_auth::response::{
    Decision, DecodeError, Lines, Resolved, Response, ResponseFinding, View,
};
use cashflows_codec::remote_auth::{
    Exchange, NextStep, NotRecurring, OperationKind, Outcome, RecurringOrigin, Request, ReturnFlags, SentAs,
    TransportFailure,
};
use cashflows_codec::value::{Checks, Money};

/// Section 6 of the protocol page, as text: the outcome of a first sending, and the next step. The letter of the
/// code counts in any case, that of the status does not.
fn documented(status: char, code: &str) -> (Outcome, NextStep) {
    let code = &*code.to_ascii_uppercase();
    let (family, number) = (code.chars().next().unwrap(), &code[2..]);
    match (status, family, number) {
        ('A', ..) => (Outcome::Authorised, NextStep::Nothing),
        ('S', ..) if matches!(code, "S001" | "S101") => (Outcome::NeverSent, NextStep::Resubmit),
        (_, 'V', "33") => (Outcome::Unknown, NextStep::LookUp),
        ('E', 'E', _) => (Outcome::Refused, NextStep::Nothing),
        ('D' | 'R' | 'B' | 'C' | 'V', 'V', "49" | "54") => (Outcome::Unknown, NextStep::Retry),
        ('D' | 'R' | 'B' | 'C' | 'V', 'D', "49") => (Outcome::Refused, NextStep::Authenticate),
        ('D' | 'R' | 'B' | 'C' | 'V', 'V', "58" | "59") => (Outcome::Refused, NextStep::Authenticate),
        ('D' | 'R' | 'B' | 'C' | 'V', 'S', _) if !matches!(code, "S001" | "S101") => {
            (Outcome::Unknown, NextStep::Retry)
        }
        // Of a family on no list nobody knows what it says.
        ('D' | 'R' | 'B' | 'C' | 'V', family, _) if !"DRECSV".contains(family) => {
            (Outcome::Unknown, NextStep::Retry)
        }
        ('D' | 'R' | 'B' | 'C' | 'V', ..) => (Outcome::Refused, NextStep::Nothing),
        _ => (Outcome::Unknown, NextStep::Retry),
    }
}

#[test]
fn outcome_of_every_status_and_code_is_the_documented_one() {
    let letters = || (b'A'..=b'Z').chain(b'a'..=b'z').map(char::from);
    for family in letters() {
        for digit in 0..=9 {
            for number in [0, 1, 2, 3, 4, 33, 49, 54, 58, 59, 90, 99] {
                let code = format!("{family}{digit}{number:02}");
                for status in letters() {
                    let response = Response::decode(&format!("{status}|01S00001723|000|{code}|m")).unwrap();
                    let found = (response.outcome(), response.next_step());
                    assert_eq!(found, documented(status, &code), "{status} {code}");
                }
            }
        }
    }
}

/// The table of responses, by a response, a view, a line of many, and with an HTTP status.
#[test]
fn outcomes_and_findings_match_the_table_of_responses() {
    for Reply { body, outcome, next, findings } in replies() {
        let shown = body.escape_ascii();
        let (decoded, view) = (Response::decode(&body), View::decode(&body));
        for (found, step) in [
            (Outcome::of(&decoded), NextStep::of(&decoded)),
            (Outcome::of(&view), NextStep::of(&view)),
            (
                Outcome::of_response_to(SentAs::FIRST, &view),
                NextStep::of_response_to(SentAs::FIRST, &decoded),
            ),
        ] {
            assert_eq!((found.as_str(), step.as_str()), (outcome, next), "{shown}");
            assert_eq!((outcome.parse(), next.parse()), (Ok(found), Ok(step)));
        }
        let words =
            |findings: Vec<ResponseFinding>| findings.iter().map(ToString::to_string).collect::<Vec<_>>();
        let expected = findings.map(|findings| findings.into_iter().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(decoded.as_ref().ok().map(|response| words(response.findings())), expected, "{shown}");
        assert_eq!(view.ok().map(|view| words(view.findings())), expected, "{shown}");
        if let Ok(response) = &decoded {
            assert_eq!((response.outcome().as_str(), response.next_step().as_str()), (outcome, next));
            for status in [200, 201, 302, 400, 401, 404, 500, 503] {
                assert_eq!(Response::decode_http(status, &body).as_ref(), Ok(response), "{status} {shown}");
            }
        }
        // A line of many is the same, where it is one.
        if !body.is_empty() && !body.contains(&b'\n') {
            let lines: Vec<_> = Lines::new(&body).collect();
            let line = lines.first().unwrap().as_ref();
            assert_eq!(line.map(|line| line.view().to_owned()).ok(), decoded.ok(), "{shown}");
        }
    }
}

fn credit() -> Request {
    let body = crate::support::bodies::smallest(OperationKind::Credit);
    Request::decode(&body.encode()).unwrap().request.clone()
}

/// The responses to a retry: what ends one, by operation and by what the acquirer is known to do.
#[test]
fn outcome_of_retry_is_final_for_approvals_and_replayed_declines() {
    use OperationKind::{Continuous, Credit, Refund, Sale, Verify, Void};
    let lost: Result<Response, TransportFailure> = Err(TransportFailure::Lost);
    let none: Result<Response, TransportFailure> = Err(TransportFailure::NotConnected);
    let read = |line: &str| Ok(Response::decode(line).unwrap());
    let open = ("unknown", "retry");
    for (answer, first, by_reference) in [
        (read("A|01V0135F755|000|-|Authorised"), ("authorised", "none"), ("authorised", "none")),
        (read("D|01S00001723|400|D102|Not Authorised"), ("refused", "none"), ("refused", "none")),
        (read("D|01S00001723|400|-|Not Authorised"), ("refused", "none"), ("refused", "none")),
        // Nobody can say that it names a transaction.
        (read("D|01S-0001|400|D102|Not Authorised"), ("refused", "none"), open),
        (read("D|null|000|D102|Not Authorised"), ("refused", "none"), open),
        (read("D|00000000000|000|D102|Not Authorised"), ("refused", "none"), open),
        (read("D|99e00000001|000|D102|Not Authorised"), ("refused", "none"), open),
        (read("A|01S-0001|400|031971|Authorised"), ("authorised", "none"), ("authorised", "none")),
        (read("A|null|400|031971|Authorised"), ("authorised", "none"), ("authorised", "none")),
        // The letter of a code counts in any case, and one of a family on no list says nothing.
        (read("D|01S00001723|000|v205|Invalid CVV"), ("refused", "none"), open),
        (read("D|01S00001723|000|s201|Error"), open, open),
        (read("D|01S00001723|000|X205|Unlisted"), open, open),
        (read("D|01S00001723|000|d102|Not Authorised"), ("refused", "none"), ("refused", "none")),
        (read("B|01S00632BE2|000|D090|Not authorised"), ("refused", "none"), ("refused", "none")),
        (read("E|01S00632BE2|000|E001|Transaction error"), ("refused", "none"), ("refused", "none")),
        (
            read("D|01S00001723|000|D149|Soft decline"),
            ("refused", "authenticate"),
            ("refused", "authenticate"),
        ),
        // What names no transaction is about the request.
        (read("D|99E00000001|000|D207|Live/test mismatch"), ("refused", "none"), open),
        // So is every validation, whatever its id.
        (read("V|01S0000000A|000|V226|Invalid request"), ("refused", "none"), open),
        (read("V|01V0000000A|000|V242|Already cancelled"), ("refused", "none"), open),
        (read("V|01R0000000A|000|V222|Amount exceeds original"), ("refused", "none"), open),
        (read("D|01V0000000A|000|V242|Already cancelled"), ("refused", "none"), open),
        (read("V|01S0000000A|000|D102|Not Authorised"), ("refused", "none"), open),
        (read("V|01S0000000A|000|V258|Requires 3DS"), ("refused", "authenticate"), open),
        (read("V|01S0000000A|000|V233|Duplicate transaction"), ("unknown", "look_up"), open),
        (read("V|01S0000000A|000|V254|Concurrent"), open, open),
        (read("S|01S00001723|000|S001|Connection failure"), ("never_sent", "resubmit"), open),
        (read("D|01S00001723|000|S101|Connection failure"), ("refused", "none"), open),
        (none, ("never_sent", "resubmit"), open),
        (lost, open, open),
    ] {
        let words = |sending| {
            let outcome = Outcome::of_response_to(sending, &answer);
            let next = NextStep::of_response_to(sending, &answer);
            let exchange = Exchange::new(sending, answer.clone());
            assert_eq!((exchange.outcome(), exchange.next_step()), (outcome, next), "{answer:?}");
            (outcome.as_str(), next.as_str())
        };
        assert_eq!(words(SentAs::FIRST), first, "{answer:?}");
        assert_eq!((Outcome::of(&answer).as_str(), NextStep::of(&answer).as_str()), first);
        for operation in [Sale, Verify, Continuous] {
            assert_eq!(words(SentAs::retry(operation)), by_reference, "{operation} {answer:?}");
        }
        let unkeyed = if by_reference.0 == "authorised" { by_reference } else { open };
        // A credit that nobody knows by its reference is never sent again.
        let looked_up = |(outcome, next): (&'static str, &'static str)| {
            (outcome, if next == "retry" { "look_up" } else { next })
        };
        assert_eq!(words((&credit()).into()), looked_up(first), "{answer:?}");
        assert_eq!(words(SentAs::from(&credit()).known_by_reference()), first, "{answer:?}");
        for operation in [Void, Refund, Credit] {
            let unkeyed = if operation == Credit { looked_up(unkeyed) } else { unkeyed };
            assert_eq!(words(SentAs::retry(operation)), unkeyed, "{operation} {answer:?}");
            assert_eq!(words(SentAs::retry(operation).known_by_reference()), by_reference, "{operation}");
        }
    }
}

#[test]
fn sent_as_of_request_follows_its_retry_number() {
    let void = Void::new("01S0135F74D".parse().unwrap(), OriginalClass::Ecom, Money::gbp(20_15));
    let first = Request::Void(void);
    let numbered = |number| first.clone().with_retry_number(RetryNumber::new(number));
    assert_eq!(SentAs::from(&first), SentAs::FIRST);
    assert_eq!(SentAs::from(&numbered(0)), SentAs::FIRST);
    assert_eq!(SentAs::from(&numbered(1)), SentAs::retry(OperationKind::Void));
    assert!(SentAs::from(&numbered(9)).is_retry() && !SentAs::FIRST.is_retry());
}

#[test]
fn decode_response_judges_a_retry_by_its_number() {
    let void = Void::new("01S0135F74D".parse().unwrap(), OriginalClass::Ecom, Money::gbp(20_15));
    let first = Request::Void(void);
    let retry = first.clone().with_retry_number(RetryNumber::new(1));
    let (rejected, unknown) = ((Outcome::Refused, NextStep::Nothing), (Outcome::Unknown, NextStep::Retry));
    let (no_access, body) =
        ((Outcome::Refused, NextStep::CheckAccess), "V|01V0000000A|000|V242|Already cancelled");
    for (status, body, of_first, of_retry) in [
        (200, body, rejected, unknown),
        (500, body, rejected, unknown),
        (401, "<html>", no_access, unknown),
        (503, "<html>", unknown, unknown),
        (
            200,
            "A|01V0000000A|000|-|Authorised",
            (Outcome::Authorised, NextStep::Nothing),
            (Outcome::Authorised, NextStep::Nothing),
        ),
    ] {
        for (request, expected) in [(&first, of_first), (&retry, of_retry), (&credit(), looked_up(of_first))]
        {
            let exchange = request.decode_response(status, body);
            assert_eq!((exchange.outcome(), exchange.next_step()), expected, "{status} {body}");
            assert_eq!(exchange.sent, SentAs::from(request));
            assert_eq!(exchange.response, Response::decode_http(status, body));
        }
    }
}

/// A credit is looked up where another request is retried.
fn looked_up((outcome, next): (Outcome, NextStep)) -> (Outcome, NextStep) {
    (outcome, if next == NextStep::Retry { NextStep::LookUp } else { next })
}

#[test]
fn outcome_of_many_lines_counts_unreadable_ones_as_unknown() {
    let buffer = "A|01S00001724|232|031971|Authorised\n<html>\nD|01S00001723|400|D102|Not Authorised\n";
    let outcomes: Vec<_> = Lines::new(buffer).map(|line| Outcome::of(&line)).collect();
    assert_eq!(outcomes, [Outcome::Authorised, Outcome::Unknown, Outcome::Refused]);
    let error = Lines::new("<html>").next().unwrap().unwrap_err();
    assert_eq!((Outcome::of(&error), NextStep::of(&error)), (Outcome::Unknown, NextStep::Retry));
}

#[test]
fn recurring_origin_needs_a_full_cvv_match() {
    for (line, origin) in [
        ("A|05P00001724|232|031971|Authorised", Ok("05P00001724")),
        ("A|01S01356909|200|AUTHOK|Authorised", Ok("01S01356909")),
        ("D|01S00001723|244|D102|Not Authorised", Ok("01S00001723")),
        ("A|01V0135F755|000|-|Authorised", Err(NotRecurring::CvvNotMatched)),
        ("A|01S01356909|122|AUTHOK|Authorised", Err(NotRecurring::CvvNotMatched)),
        ("A|01S01356909|322|AUTHOK|Authorised", Err(NotRecurring::CvvNotMatched)),
        ("D|01S00001723|400|D102|Not Authorised", Err(NotRecurring::CvvNotMatched)),
        ("V|99E5D84B40F|000|V226|Invalid request", Err(NotRecurring::NamesNoTransaction)),
        ("V|99E5D84B40F|200|V226|Invalid request", Err(NotRecurring::NamesNoTransaction)),
    ] {
        let response = Response::decode(line.as_bytes()).unwrap();
        let found = response.recurring_origin();
        let id = found.as_ref().map(|origin| origin.original_id()).map_err(|error| *error);
        assert_eq!(id.as_ref().map(|id| id.as_str()), origin.as_ref().copied(), "{line}");
        assert_eq!(
            RecurringOrigin::from_stored(response.transaction_id().unwrap(), response.checks()),
            found
        );
    }
}

const ARN: &str = "74698692333601146452212";

/// Flags from a bit for each: ARN, token, scheme id.
fn flags([arn, token, scheme]: [bool; 3]) -> ReturnFlags {
    let mut flags = ReturnFlags::none();
    if arn {
        flags = flags.with_acquirer_reference();
    }
    if token {
        flags = flags.with_token();
    }
    if scheme {
        flags = flags.with_scheme_transaction_id();
    }
    assert_eq!([flags.acquirer_reference, flags.token, flags.scheme_transaction_id], [arn, token, scheme]);
    flags
}

/// An authorisation with extras.
fn with(extras: &[&str]) -> Response {
    let decision = Decision::Authorised(Some("031971".parse().unwrap()));
    let (id, message) = ("01S00001724".parse().unwrap(), "Authorised".parse().unwrap());
    Response::new(decision, id, Checks::NONE, message).with_extras(extras).unwrap()
}

fn shown(resolved: Resolved) -> String {
    let Resolved { arn, token, scheme_transaction_id, .. } = resolved;
    let found = [
        arn.map(|arn| format!("arn={arn}")),
        token.map(|token| format!("token={}", token.secret_str())),
        scheme_transaction_id.map(|id| format!("scheme={id}")),
    ];
    found.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Which of ARN, token and scheme id there are; `?` and what is certain where the extras are
/// ambiguous.
fn resolve(extras: &[&str], asked: ReturnFlags) -> String {
    let response = with(extras);
    assert_eq!(response.outcome(), Outcome::Authorised);
    match response.extras().resolve(asked) {
        Ok(resolved) => shown(resolved),
        Err(error) => {
            assert_eq!((error.asked, error.count), (asked, response.extras().len()));
            format!("? {}", shown(error.certain)).trim_end().to_owned()
        }
    }
}

#[test]
fn resolve_needs_one_possible_assignment() {
    const TOKEN: &str = "1000000000030419";
    const SCHEME: &str = "MCC6830070529";
    const VISA: &str = "483297487231504";
    let none = ReturnFlags::none();
    let (arn, token, scheme) =
        (none.with_acquirer_reference(), none.with_token(), none.with_scheme_transaction_id());
    let (arn_token, arn_scheme, token_scheme) =
        (arn.with_token(), arn.with_scheme_transaction_id(), token.with_scheme_transaction_id());
    let all = arn_token.with_scheme_transaction_id();
    let every = [none, arn, token, scheme, arn_token, arn_scheme, token_scheme, all];
    let certain = format!("? arn={ARN}");
    // What stands for nothing is nothing, whatever was asked for.
    for extras in [&[][..], &[""], &["-"], &["null"], &["NULL"], &["", "", ""], &["-", "null", " "]] {
        for asked in every {
            assert_eq!(resolve(extras, asked), "", "{extras:?} {asked}");
        }
    }
    for (extras, asked, expected) in [
        // Nothing was asked for.
        (&[ARN][..], none, "?".to_owned()),
        (&["a", "b", "c", "d"], none, "?".into()),
        // One thing asked for: it is that, unless its form is certain for another.
        (&[ARN], arn, format!("arn={ARN}")),
        (&[TOKEN], arn, "?".into()),
        (&["tok-1"], arn, "?".into()),
        (&[TOKEN], token, format!("token={TOKEN}")),
        (&["tok-1"], token, "token=tok-1".into()),
        (&[ARN], token, "?".into()),
        (&[VISA], token, "?".into()),
        (&[SCHEME], token, "?".into()),
        (&["two words"], token, "?".into()),
        (&[SCHEME], scheme, format!("scheme={SCHEME}")),
        (&[VISA], scheme, format!("scheme={VISA}")),
        (&["1f3a"], scheme, "scheme=1f3a".into()),
        (&[TOKEN], scheme, "?".into()),
        (&["MCC 683 007"], scheme, "?".into()),
        (&[ARN, SCHEME], arn, certain.clone()),
        (&[ARN, ARN], arn, "?".into()),
        // Two.
        (&[TOKEN], arn_token, format!("token={TOKEN}")),
        (&[ARN, TOKEN], arn_token, format!("arn={ARN} token={TOKEN}")),
        (&[TOKEN, ARN], arn_token, format!("arn={ARN} token={TOKEN}")),
        (&[ARN, TOKEN, ""], arn_token, format!("arn={ARN} token={TOKEN}")),
        (&[ARN, ""], arn_token, format!("arn={ARN}")),
        (&["", TOKEN], arn_token, format!("token={TOKEN}")),
        (&[ARN, TOKEN, SCHEME], arn_token, format!("? arn={ARN} token={TOKEN}")),
        (&[SCHEME], arn_scheme, format!("scheme={SCHEME}")),
        (&[ARN, SCHEME], arn_scheme, format!("arn={ARN} scheme={SCHEME}")),
        (&["tok-1"], token_scheme, "token=tok-1".into()),
        (&[TOKEN], token_scheme, format!("token={TOKEN}")),
        (&[SCHEME], token_scheme, format!("scheme={SCHEME}")),
        (&["1f3a"], token_scheme, "?".into()),
        (&[TOKEN, SCHEME], token_scheme, format!("token={TOKEN} scheme={SCHEME}")),
        (&[SCHEME, TOKEN], token_scheme, format!("token={TOKEN} scheme={SCHEME}")),
        (&[SCHEME, "1f3a"], token_scheme, format!("token=1f3a scheme={SCHEME}")),
        (&["1f3a", "2b4c"], token_scheme, "?".into()),
        (&[SCHEME, VISA], token_scheme, "?".into()),
        // All three.
        (&[ARN, "tok-1"], all, format!("arn={ARN} token=tok-1")),
        (&[ARN, SCHEME], all, format!("arn={ARN} scheme={SCHEME}")),
        (&[ARN, "", SCHEME], all, format!("arn={ARN} scheme={SCHEME}")),
        (&[ARN, "1f3a"], all, certain.clone()),
        (&[SCHEME, TOKEN, ARN], all, format!("arn={ARN} token={TOKEN} scheme={SCHEME}")),
        (&[ARN, TOKEN, SCHEME], all, format!("arn={ARN} token={TOKEN} scheme={SCHEME}")),
        // A response with more than can be asked for is still a response.
        (&[ARN, TOKEN, SCHEME, "new"], all, format!("? arn={ARN} token={TOKEN} scheme={SCHEME}")),
        (&["new", TOKEN, SCHEME, "newer"], all, format!("? token={TOKEN} scheme={SCHEME}")),
    ] {
        assert_eq!(resolve(extras, asked), expected, "{extras:?} {asked}");
    }
}

#[test]
fn decision_refusal_has_the_status_of_its_family() {
    for (code, status) in [
        ("D102", 'D'),
        ("D090", 'B'),
        ("D991", 'B'),
        ("E001", 'B'),
        ("R001", 'R'),
        ("C002", 'C'),
        ("S203", 'S'),
        ("V226", 'V'),
        ("X123", 'D'),
    ] {
        let decision = Decision::refusal(code.parse().unwrap());
        assert_eq!(decision.status().letter(), status, "{code}");
        assert_eq!(Decision::new(decision.status(), Some(code)), Ok(decision), "{code}");
    }
}

#[test]
fn outcome_of_takes_results_responses_and_views() {
    let body = "S|01S00001723|000|S001|Connection failure";
    let (response, view) = (Response::decode(body), View::decode(body));
    assert_eq!(Outcome::of(&response), Outcome::NeverSent);
    assert_eq!(Outcome::of(&view), Outcome::NeverSent);
    assert_eq!(Outcome::of(&response.unwrap()), Outcome::NeverSent);
    assert_eq!(Outcome::of(&view.unwrap()), Outcome::NeverSent);
    let error: DecodeError = Response::decode("").unwrap_err();
    assert_eq!(Outcome::of(&error), Outcome::Unknown);
}

#[test]
fn return_flags_display_lists_parameters() {
    for (asked, words) in [
        ([false, false, false], "nothing"),
        ([false, true, false], "return_token"),
        ([true, false, true], "return_acq_ref, return_scheme_transaction_id"),
        ([true, true, true], "return_acq_ref, return_token, return_scheme_transaction_id"),
    ] {
        assert_eq!(flags(asked).to_string(), words);
    }
}

#[test]
fn extras_debug_shows_only_their_count() {
    const TOKEN: &str = "1000000000030419";
    let line = format!("A|01S00001724|232|031971|Authorised|{ARN}|{TOKEN}");
    let response = Response::decode(line.as_bytes()).unwrap();
    let extras = response.extras();
    let asked = ReturnFlags::none().with_acquirer_reference().with_token();
    let error = extras.resolve(ReturnFlags::none()).unwrap_err();
    for shown in [
        format!("{response:?} {response:#?}"),
        format!("{extras:?} {extras:#?}"),
        format!("{:?}", extras.resolve(asked)),
        format!("{error} {error:?}"),
    ] {
        assert!(!shown.contains(TOKEN), "{shown}");
    }
    assert_eq!(format!("{extras:?}"), "Extras { count: 2, .. }");
    let declined = Response::decode(b"D|01S00001723|400|D102|Not Authorised").unwrap();
    assert_eq!(format!("{:?}", declined.response_code()), "Some(ResponseCode(D102))");
}

#[test]
fn with_extras_refuses_separators_controls_and_length() {
    let response = with(&["kept"]);
    for (extras, message) in [
        (vec!["a|b".to_owned()], "extra must not contain | or control characters"),
        (vec!["a\nb".to_owned()], "extra must not contain | or control characters"),
        (vec!["x".repeat(256)], "extra must have at most 255 characters"),
        (vec!["x".repeat(192); 4], "extras must have at most 768 characters"),
    ] {
        assert_eq!(response.clone().with_extras(extras).unwrap_err().to_string(), message);
    }
    assert_eq!(response.clone().with_extras(vec!["x".repeat(191); 4]).unwrap().extras().len(), 4);
    assert_eq!(response.with_extras([""; 0]).unwrap().extras().len(), 0);
}

/// A card number in the place of an id, a code or a message is masked, however its digits are grouped.
#[test]
fn debug_masks_card_numbers_in_every_place() {
    use cashflows_codec::value::{AuthorisationCode, OriginalId, TransactionId};
    let plain =
        ["4000000000000002", "5400200400099009", "340000000000009", "4222222222222", "6304000000000000018"];
    let grouped = ["4000 0000 0000 0002", "4000-0000-0000-0002", "3400-000000-00009"];
    for number in plain.into_iter().chain(grouped) {
        for line in [
            format!("A|{number}|200|031971|Authorised"),
            format!("D|{number}|200|D102|{number}"),
            format!("A|01S00001724|200|{number}|Authorised"),
            format!("X|01S00001724|200|{number}|Unlisted"),
        ] {
            let (response, view) = (Response::decode(&line).unwrap(), View::decode(&line).unwrap());
            let shown = format!(
                "{response:?} {response:#?} {view:?} {:?} {:?} {:?}",
                view.decision(),
                view.transaction_id(),
                view.authorisation_code(),
            );
            assert!(!shown.contains(number), "{shown}");
            // What is asked for is what came.
            assert_eq!(response.encode(), line);
        }
    }
    let id: TransactionId = "4000000000000002".parse().unwrap();
    assert_eq!(format!("{id:?}"), r#"TransactionId("400000******0002")"#);
    assert_eq!(format!("{:?}", OriginalId::try_from(id).unwrap()), r#"OriginalId("400000******0002")"#);
    let code: AuthorisationCode = "4000 0000 0000 0002".parse().unwrap();
    assert_eq!(format!("{code:?}"), r#"AuthorisationCode("4000 00** **** 0002")"#);
    let usual = Response::decode("A|01S00001724|232|031971|Authorised").unwrap();
    assert!(format!("{usual:?}").contains("01S00001724") && format!("{usual:?}").contains("031971"));
}
