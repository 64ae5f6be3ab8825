//! The table of responses in `tests/data/replies.tsv`: all code that interprets a response agrees with it. Tests of
//! other crates include this file by path.

/// A response to a first sending.
pub struct Reply {
    pub body: Vec<u8>,
    pub outcome: &'static str,
    pub next: &'static str,
    /// `None` for an unreadable body.
    pub findings: Option<Vec<&'static str>>,
}

pub fn replies() -> Vec<Reply> {
    let table = include_str!("../data/replies.tsv").lines().filter(|line| !line.starts_with('#'));
    let replies: Vec<Reply> = table
        .map(|row| {
            let [body, outcome, next, findings] = row.split('\t').collect::<Vec<_>>()[..] else {
                panic!("not a row: {row}")
            };
            let findings = match findings {
                "unreadable" => None,
                findings => Some(findings.split("; ").filter(|finding| !finding.is_empty()).collect()),
            };
            Reply { body: unescaped(body), outcome, next, findings }
        })
        .collect();
    assert!(replies.len() > 50, "a table that was not read tests nothing");
    replies
}

fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next().expect("an escape") {
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'\\' => b'\\',
                b'x' => {
                    let digits = [rest.next(), rest.next()].map(|digit| char::from(digit.expect("a digit")));
                    u8::from_str_radix(&String::from_iter(digits), 16).expect("hexadecimal digits")
                }
                other => panic!("an escape of {other}"),
            },
            byte => byte,
        });
    }
    bytes
}
