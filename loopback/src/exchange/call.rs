//! A call of the gateway, and its answer.

use std::time::SystemTime;

use cashflows_codec::simulator::Delivery;
use serde_json::Value;

use super::json::masked_json;
use super::text::{masked, masked_reference, masked_url};
use super::{About, Door, Exchange, Reply};

/// Describes a call and what came back.
pub(crate) fn call(
    at: SystemTime,
    (method, path): (&str, &str),
    body: &[u8],
    delivery: &Delivery,
) -> Exchange {
    let mut exchange = Exchange::new(at, Door::Gateway, format!("{method} {}", masked_url(path)));
    exchange.request = masked_json(body);
    let mut about = Subjects::default();
    about.path(path);
    about.json(body);
    if let Delivery::Payload(payload) = delivery {
        let answer = serde_json::from_slice(payload.body()).unwrap_or_default();
        about.value(&answer);
        if (200..300).contains(&payload.status()) {
            about.job(answer.pointer("/data/reference").filter(|_| method == "POST" && is_jobs(path)));
        }
        exchange.meaning = meaning(payload.status(), &answer, method);
        exchange.passed_over = passed_over(&answer);
        exchange.reply = Reply::Response(payload.status(), shown(payload.content_type(), payload.body()));
    } else {
        exchange.meaning = UNKNOWN.to_owned();
    }
    exchange.about = about.0;
    exchange
}

const UNKNOWN: &str = "unknown: perhaps done, so look before you decide";

/// Whether jobs are created at a path.
pub(crate) fn is_jobs(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    path.strip_suffix('/').unwrap_or(path).ends_with("/payment-jobs")
}

/// What the answer warns of: members that are not known, not used or malformed. They are named, and their
/// values are not.
fn passed_over(answer: &Value) -> Vec<String> {
    let warnings = answer.pointer("/errorReport/warnings").and_then(Value::as_array);
    let text = |warning: &Value, name: &str| warning.get(name).and_then(Value::as_str).map(str::to_owned);
    let ours = |warning: &&Value| text(warning, "code").is_some_and(|code| code.ends_with("Member"));
    let messages = warnings.into_iter().flatten().filter(ours).take(PASSED_OVER);
    messages.filter_map(|warning| text(warning, "message")).map(|message| masked(&message)).collect()
}

/// How many are shown.
const PASSED_OVER: usize = 100;

fn shown(content_type: &str, body: &[u8]) -> String {
    if content_type.contains("json") { masked_json(body) } else { masked(&String::from_utf8_lossy(body)) }
}

/// What the caller knows from it (section 6 of the protocol page).
fn meaning(status: u16, answer: &Value, method: &str) -> String {
    let errors = answer.pointer("/errorReport/errors").and_then(Value::as_array);
    let codes = errors.into_iter().flatten().filter_map(|error| error.get("code")?.as_str());
    let codes: Vec<&str> = codes.collect();
    let data = |name| answer.get("data").and_then(|data| data.get(name)).and_then(Value::as_str);
    match status {
        200..=299 if method == "HEAD" => "there is such an order".to_owned(),
        404 | 405 if method == "HEAD" => "there is perhaps no such order".to_owned(),
        200..=299 if answer.get("data").is_some() => {
            let word = data("paymentStatus").or_else(|| data("status"));
            word.map_or("done".to_owned(), |word| format!("done: {}", masked(word)))
        }
        400 | 401 | 403 | 404 if !codes.is_empty() => {
            format!("refused, and nothing was done: {}", masked(&codes.join(", ")))
        }
        _ => UNKNOWN.to_owned(),
    }
}

/// What a call is about, each once.
#[derive(Default)]
struct Subjects(Vec<About>);

impl Subjects {
    fn add(&mut self, about: About) {
        if !self.0.contains(&about) && self.0.len() < 50 {
            self.0.push(about);
        }
    }

    /// The job in the path.
    fn path(&mut self, path: &str) {
        let mut parts = path.split(['/', '?']);
        if parts.any(|part| part == "payment-jobs")
            && let Some(job) = parts.next().filter(|job| job.parse::<u64>().is_ok())
        {
            self.add(About::Job(job.into()));
        }
    }

    fn job(&mut self, reference: Option<&Value>) {
        if let Some(job) = reference.and_then(Value::as_str) {
            self.add(About::Job(job.into()));
        }
    }

    fn json(&mut self, body: &[u8]) {
        if let Ok(value) = serde_json::from_slice(body) {
            self.value(&value);
        }
    }

    /// Order numbers and transactions, wherever they stand.
    fn value(&mut self, value: &Value) {
        match value {
            Value::Array(elements) => elements.iter().for_each(|element| self.value(element)),
            Value::Object(members) => {
                for (name, value) in members {
                    match (name.to_ascii_lowercase().as_str(), value) {
                        ("ordernumber", Value::String(text)) => {
                            self.add(About::Reference(masked_reference(text).into()));
                        }
                        (
                            "paymentmethodtransactionid" | "paymentmethodvoidtransactionid",
                            Value::String(text),
                        ) => {
                            self.add(About::Transaction(masked_reference(text).into()));
                        }
                        (_, value) => self.value(value),
                    }
                }
            }
            _ => {}
        }
    }
}
