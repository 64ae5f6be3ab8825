//! The signature of a body, by a key that the environment has: on the command line others could see it.

use cashflows_codec::gateway::{ApiKey, Signature};
use serde_json::json;

use super::Explained;

pub(super) fn explain(key_name: &str, body: &[u8]) -> Explained {
    let key = std::env::var(key_name)
        .map_err(|_| format!("the environment has no text named {key_name}"))
        .and_then(|key| ApiKey::try_from(key).map_err(|error| error.to_string()));
    match key {
        Ok(key) => {
            let signature = Signature::of(&key, body);
            let digits = signature.secret_str();
            let json = json!({ "hash": digits, "bytes": body.len(), "error": null });
            Explained { json, text: vec![digits.to_owned()], readable: true }
        }
        Err(error) => {
            let json = json!({ "hash": null, "bytes": body.len(), "error": error });
            Explained { json, text: vec![error], readable: false }
        }
    }
}
