//! Parameters that a merchant adds to a request, though this crate does not know them.

use crate::error::{InvalidValue, Rule};
use crate::media::form::Added;
use crate::remote_auth::Parameter;
use crate::value::rules;

const NAME: &str = "parameter name";
const VALUE: &str = "parameter value";

/// Adds a parameter to those that were added before.
pub(super) fn add(added: &mut Added, name: &str, value: &str) -> Result<(), InvalidValue> {
    let refused = |rule| InvalidValue::new(NAME, rule);
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.[]".contains(&byte);
    let is_name = (1..=64).contains(&name.len()) && name.bytes().all(allowed);
    rules::require(is_name, Rule::ParameterName).map_err(refused)?;
    rules::require(!Parameter::is_taken(name), Rule::Listed).map_err(refused)?;
    let repeated = added.iter().any(|(before, _)| before == name);
    rules::require(!repeated, Rule::Repeated).map_err(refused)?;
    rules::length(value, 1_024).map_err(|rule| InvalidValue::new(VALUE, rule))?;
    added.push(name, value);
    Ok(())
}
