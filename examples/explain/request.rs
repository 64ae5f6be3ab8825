//! Request bodies.

use cashflows_codec::remote_auth::Request;
use cashflows_codec::remote_auth::request::MaskedForm;
use cashflows_codec::remote_auth::request::RequestError;
use cashflows_codec::remote_auth::{Parameter, ParameterName};
use serde_json::{Map, Value, json};

use super::{Explained, row};

pub(super) fn explain(body: &[u8], with_personal_data: bool) -> Explained {
    match Request::decode(body) {
        Ok(decoded) => {
            let operation = decoded.request.kind().as_str();
            let fields = fields(body, with_personal_data);
            let unknown: Vec<&str> =
                decoded.unlisted.iter().map(|parameter| parameter.name().as_str()).collect();
            let ignored: Vec<&str> = decoded.ignored.iter().map(|parameter| parameter.as_str()).collect();
            let mut text = vec![operation.to_owned()];
            text.extend(fields.iter().map(|(name, value)| row(name, value.escape_debug())));
            text.extend(unknown.iter().map(|name| row(name, "(unknown parameter)")));
            text.extend(ignored.iter().map(|name| row(name, "(not used by this request)")));
            text.extend(decoded.findings.iter().map(|finding| format!("  finding: {finding}")));
            let findings: Vec<Value> = decoded
                .findings
                .iter()
                .map(|finding| json!({ "at": finding.at.to_string(), "message": finding.rule.to_string() }))
                .collect();
            let fields: Map<String, Value> =
                fields.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
            let json = json!({
                "operation": operation, "fields": fields, "unknown": unknown, "ignored": ignored,
                "findings": findings,
            });
            Explained { json, text, readable: true }
        }
        Err(error) => refused(&error),
    }
}

/// The parameters that the table knows, as they were sent, masked.
fn fields(body: &[u8], with_personal_data: bool) -> Vec<(String, String)> {
    // The mark before a text is no part of the first name.
    let masked = MaskedForm::new(body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body));
    let masked = if with_personal_data { masked.with_personal_data() } else { masked };
    let known = |(name, value): (ParameterName<Parameter>, String)| match name {
        ParameterName::Known(parameter) => Some((parameter.to_string(), value)),
        ParameterName::Unlisted(_) => None,
    };
    masked.parameters().filter_map(known).collect()
}

fn refused(error: &RequestError) -> Explained {
    let errors: Vec<Value> = match error {
        RequestError::Parameters(errors) => errors
            .iter()
            .map(|error| {
                json!({
                    "parameter": error.parameter.to_string(),
                    "rule": error.rule.to_string(),
                    "code": error.reason().map(|reason| reason.to_string()),
                })
            })
            .collect(),
        limit => vec![json!({ "parameter": null, "rule": limit.to_string(), "code": null })],
    };
    let mut text = vec!["refused".to_owned()];
    match error {
        RequestError::Parameters(errors) => text.extend(errors.iter().map(|error| {
            let code = error.reason().map_or_else(String::new, |reason| format!(" ({reason})"));
            format!("  {error}{code}")
        })),
        limit => text.push(format!("  {limit}")),
    }
    Explained { json: json!({ "errors": errors }), text, readable: false }
}
