//! The table of faults in the documentation of `Outcome` is what happens.
#![cfg(feature = "batch")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "clippy takes only what has the attribute for a test")]

use crate::support::bodies::{Pairs, smallest};
use cashflows_codec::remote_auth::OperationKind::Sale;
use cashflows_codec::remote_auth::ReturnFlags;
use cashflows_codec::remote_auth::batch::{BatchRequest, BatchResponse};
use cashflows_codec::remote_auth::response::Response;
use cashflows_codec::remote_auth::{NextStep, Outcome, Request, SentAs};

const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/x-vcg-remote-api; boundary=b";

/// What is wrong, what the service sees of it, and what it knows about the money: of a response also what it
/// does next.
type Row = (&'static str, String, String);

/// A response to a request that asked for the acquirer reference.
fn response(fault: &'static str, body: &[u8]) -> Row {
    let decoded = Response::decode(body);
    let seen = match &decoded {
        Err(error) => error.to_string(),
        Ok(response) => {
            let resolved = response.extras().resolve(ReturnFlags::none().with_acquirer_reference());
            let ambiguity = resolved.err().map(|error| format!("; {error}")).unwrap_or_default();
            let code = response.response_code().map(|code| format!(", code `{code}`")).unwrap_or_default();
            let findings: String =
                response.findings().iter().map(|finding| format!("; finding: {finding}")).collect();
            format!("status `{}`{code}{findings}{ambiguity}", response.status())
        }
    };
    let outcome = Outcome::of(&decoded);
    let body = body.trim_ascii_start();
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    match outcome {
        Outcome::Authorised => assert!(body.starts_with(b"A|"), "{fault}"),
        Outcome::Refused => assert!(b"DRBCVE".contains(&body[0]) && body[1] == b'|', "{fault}"),
        Outcome::NeverSent | Outcome::Unknown => {}
    }
    (fault, seen, format!("{outcome} | {}", NextStep::of(&decoded)))
}

/// An HTTP response, to a first sending and to a retry of a sale.
fn http_response(fault: &'static str, status: u16, body: &[u8]) -> Row {
    let decoded = Response::decode_http(status, body);
    let seen = match &decoded {
        Err(error) => error.to_string(),
        Ok(response) => format!("status `{}`", response.status()),
    };
    let words = |sending| {
        let outcome = Outcome::of_response_to(sending, &decoded);
        format!("{outcome} | {}", NextStep::of_response_to(sending, &decoded))
    };
    (fault, seen, format!("{} | {}", words(SentAs::FIRST), words(SentAs::retry(Sale))))
}

/// A payment request that reaches a gateway.
fn request(fault: &'static str, bend: impl FnOnce(String) -> String) -> Row {
    let body = Pairs::encode(&smallest(Sale));
    let body = bend(String::from_utf8(body).unwrap());
    (fault, Request::decode(body.as_bytes()).unwrap_err().to_string(), "no request".to_owned())
}

/// A response to an upload or a query.
fn batch_response(fault: &'static str, content_type: &str, body: impl Into<bytes::Bytes>) -> Row {
    let seen = match BatchResponse::decode(content_type, body) {
        Err(error) => error.to_string(),
        Ok(BatchResponse::Unlisted(word)) => format!("the unlisted result `{word}`"),
        Ok(BatchResponse::Report(report)) => {
            assert!(report.rows().flatten().all(|row| !row.result().is_released()), "{fault}");
            report.findings().last().unwrap().to_string()
        }
        Ok(other) => panic!("{fault}: {other:?}"),
    };
    (fault, seen, "none released".to_owned())
}

fn rows() -> Vec<Row> {
    let report = "result=release_report&batch_id=26&batch_status=complete&item_count=1&item_succ=0&item_fail=1\
                  &attached_type=onhold_v0";
    let report = format!(
        "--b\r\nContent-Type: {FORM}\r\n\r\n{report}\r\n--b\r\nContent-Type: text/csv\r\n\r\n01S00001724,batchrel_new\r\n--b--\r\n"
    );
    let half = &report.as_bytes()[..report.len() / 2];
    vec![
        response("an empty body", b""),
        response("a line end and nothing else", b"\r\n"),
        response("half a line", b"A|01S00001724|23"),
        response("a line that ends before its code", b"A|01S00001724|232|"),
        response("an HTML error page", b"<html><body>502 Bad Gateway</body></html>"),
        response("an authorisation after an HTML page", b"<br/>\nA|01S00001724|232|031971|Authorised"),
        response("two lines", b"A|01S00001724|232|031971|Authorised\nD|01S00001724|232|D102|Declined"),
        response("a body in Latin-1", b"A|01S00001724|232|031971|Autoris\xe9"),
        response("a refusal in Latin-1", b"D|01S00001723|400|D102|Refus\xe9"),
        response("a byte of zero", b"A|01S00001724|232|031971|Authorised\0"),
        response("a byte order mark before it", b"\xef\xbb\xbfA|01S00001724|232|031971|Authorised"),
        response("line ends before it", b"\r\nA|01S00001724|232|031971|Authorised"),
        response("a tab behind it", b"A|01S00001724|232|031971|Authorised\t"),
        response("an approval with an empty code", b"A|01V0135F755|000||Authorised"),
        response("an approval with a malformed id", b"A|01S-0135|232|031971|Authorised"),
        response("an approval with malformed checks", b"A|01S00001724|2x0|031971|Authorised"),
        response("a body of 200 MB", &vec![b'A'; 200_000_000]),
        response("an unlisted status letter", b"X|01S00001724|232|031971|Authorised"),
        response("a lower-case status letter", b"a|01S00001724|232|031971|Authorised"),
        response("a code in lower case", b"V|99E00000001|000|v249|Duplicate"),
        response("a code of an unlisted family", b"V|99E00000001|000|X233|Duplicate"),
        response("an approval with `null` as its id", b"A|null|232|031971|Authorised"),
        response(
            "two lines with a vertical tab between",
            b"V|99E00000001|000|V226|No\x0bA|01S00001724|232|031971|Authorised",
        ),
        response("an unlisted code of a refusal", b"D|01S00001723|400|D199|Not Authorised"),
        response("an unlisted code of a system error", b"S|01S00001723|000|S999|Error"),
        response("a refusal with a code of another layer", b"D|01S00001723|000|S103|Not Authorised"),
        response("a decline without a code", b"D|01S00001723|000|-|Not Authorised"),
        response("a validation without a code", b"V|99E5D84B40F|000|-|Invalid request"),
        response("a refusal with a malformed code", b"D|01S00001723|000|Dx02|Not Authorised"),
        response("the letter of the blocked code as status", b"E|01S00632BE2|000|E001|Transaction error"),
        response("a bar at the end", b"A|01S00001724|232|031971|Authorised|"),
        response("null in the place of an extra", b"A|01S00001724|232|031971|Authorised|null"),
        response(
            "two extras where one was asked",
            b"A|01S00001724|232|031971|Authorised|74698692333601146452212|1000000000030419",
        ),
        response("four extras", b"A|01S00001724|232|031971|Authorised|a|b|c|d"),
        response(
            "a duplicate that is still processed, with an internal digit that nobody documents",
            b"V|99E5D84B40F|000|V949|Duplicate",
        ),
        response("a duplicate", b"V|99E00000001|000|V233|Duplicate transaction"),
        response("concurrent authorisations", b"V|99E00000001|000|V254|Concurrent Authorisations"),
        response("a soft decline", b"D|01S00001723|000|D149|Soft decline"),
        http_response("an authorisation with status 500", 500, b"A|01S00001724|232|031971|Authorised"),
        http_response("a rejection with status 400", 400, b"V|99E5D84B40F|000|V226|Invalid request"),
        http_response("no line with status 400", 400, b"<html>Bad Request</html>"),
        http_response("nothing with status 401", 401, b""),
        http_response("half a line with status 403", 403, b"A|01S0000"),
        http_response(
            "a hidden line with status 403",
            403,
            b"<pre>A|01S00001724|232|031971|Authorised</pre>",
        ),
        http_response("a compressed body with status 403", 403, b"\x1f\x8b\x08\x00"),
        http_response("no line with status 302", 302, b""),
        http_response("no line with status 429", 429, b"Too Many Requests"),
        http_response("no line with status 500", 500, b"<html>Internal Server Error</html>"),
        http_response("no line with status 200", 200, b"<html>Please wait</html>"),
        request("a duplicate parameter", |body| format!("{body}&tran_amount=1.00")),
        request("an escape of zero, `%00`", |body| body.replace("cart-1", "cart%00")),
        request("an overlong UTF-8 escape, `%C0%AF`", |body| body.replace("cart-1", "cart%C0%AF")),
        request("half an escape", |body| body.replace("cart-1", "cart%4")),
        request("a body of 200 MB", |body| body.repeat(200_000_000 / body.len())),
        batch_response("an unlisted batch result", FORM, "result=release_later&batch_id=26"),
        batch_response("an unlisted result in a row", PARTS, report.clone()),
        batch_response("half a report", PARTS, half.to_vec()),
        batch_response("an HTML error page", "text/html", "<html>502</html>"),
        batch_response("a body of 200 MB", PARTS, vec![b'-'; 200_000_000]),
    ]
}

#[test]
fn faults_table_matches_decoding() {
    let happens = rows().into_iter().map(|(fault, seen, known)| format!("| {fault} | {seen} | {known} |"));
    let documented =
        include_str!("../../src/remote_auth/outcome/faults.md").lines().filter(|line| line.starts_with("| "));
    let headings =
        ["| the response is", "| the HTTP response is", "| the request has", "| the batch response is"];
    let documented = documented.filter(|line| !headings.iter().any(|heading| line.starts_with(heading)));
    let documented: Vec<&str> = documented.filter(|line| !line.starts_with("| ---")).collect();
    assert_eq!(documented, happens.collect::<Vec<_>>());
}

/// A batch request of 200 MB is refused with the gateway's own word.
#[test]
fn batch_decode_refuses_huge_upload() {
    let error = BatchRequest::decode(PARTS, &vec![b'-'; 200_000_000]).unwrap_err();
    assert_eq!(error.refusal().as_str(), "request_toobig");
}
