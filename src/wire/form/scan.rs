//! Body to form: what stands in the body, before anybody asks what it means.

use zeroize::Zeroizing;

use super::Form;
use super::text::Text;
use crate::error::{LimitExceeded, Limited, ParameterError, ParameterName, Rule, UnlistedName};
use crate::limits::Limits;
use crate::parameter::{Parameter, Secrecy};
use crate::request::UnknownParameter;
use crate::secret::Secret;
use crate::urlencoded;

/// A set of parameters.
#[derive(Clone, Copy, Default)]
pub(super) struct Parameters(u64);

impl Parameters {
    pub(super) fn contains(self, parameter: Parameter) -> bool {
        self.0 >> parameter as u32 & 1 == 1
    }

    fn insert(&mut self, parameter: Parameter) {
        self.0 |= 1 << parameter as u32;
    }
}

/// The secret parameters, which the general decoder never sees.
#[derive(Default)]
struct Secrets {
    auth_pass: Option<Secret>,
    card_num: Option<Secret>,
    card_token: Option<Secret>,
    card_cvv: Option<Secret>,
    card_tavv: Option<Secret>,
    acs_cavv: Option<Secret>,
}

impl Secrets {
    fn set(&mut self, parameter: Parameter, value: Secret) {
        let place = match parameter {
            Parameter::AuthPass => &mut self.auth_pass,
            Parameter::CardNum => &mut self.card_num,
            Parameter::CardToken => &mut self.card_token,
            Parameter::CardCvv => &mut self.card_cvv,
            Parameter::CardTavv => &mut self.card_tavv,
            Parameter::AcsCavv => &mut self.acs_cavv,
            // The form's own test holds the two lists of secrets against each other.
            _ => return,
        };
        *place = Some(value);
    }
}

/// What a body consists of.
pub(super) struct Scan {
    /// Where one name or value is decoded: as large as the body, wiped like all the rest.
    scratch: Zeroizing<Vec<u8>>,
    /// The harmless pairs, well-formed, under their table names.
    open: Zeroizing<Vec<u8>>,
    secrets: Secrets,
    seen: Parameters,
    /// Every parameter that has a value, be it a wrong one.
    pub(super) supplied: Parameters,
    pub(super) unknown: Vec<UnknownParameter>,
    pub(super) errors: Vec<ParameterError>,
}

impl Scan {
    /// Reads all pairs.
    pub(super) fn of(body: &[u8], limits: &Limits) -> Result<Self, LimitExceeded> {
        if body.len() > limits.request_bytes() {
            return Err(LimitExceeded::new(Limited::RequestBytes, limits.request_bytes()));
        }
        if urlencoded::pairs(body).take(limits.request_parameters().saturating_add(1)).count()
            > limits.request_parameters()
        {
            return Err(LimitExceeded::new(Limited::RequestParameters, limits.request_parameters()));
        }
        let mut scan = Self {
            scratch: Zeroizing::new(Vec::with_capacity(body.len())),
            // No pair grows when it is copied: names are copied decoded, values as they are.
            open: Zeroizing::new(Vec::with_capacity("&".len() + body.len())),
            secrets: Secrets::default(),
            seen: Parameters::default(),
            supplied: Parameters::default(),
            unknown: Vec::new(),
            errors: Vec::new(),
        };
        for (name, value) in urlencoded::pairs(body) {
            scan.pair(name, value);
        }
        Ok(scan)
    }

    fn pair(&mut self, encoded_name: &[u8], encoded_value: &[u8]) {
        match urlencoded::decode(encoded_name, &mut self.scratch) {
            Ok(name) => match Parameter::from_wire(name) {
                Some(parameter) => self.known(parameter, encoded_value),
                None => {
                    let (shown, name) = (UnlistedName::new(name.as_bytes()), Secret::from(name));
                    self.unknown(shown, name, encoded_value);
                }
            },
            Err(rule) => self.error(UnlistedName::new(encoded_name), rule),
        }
    }

    fn known(&mut self, parameter: Parameter, encoded_value: &[u8]) {
        if self.seen.contains(parameter) {
            return self.error(parameter, Rule::Duplicate);
        }
        self.seen.insert(parameter);
        // An empty value means that the parameter is not supplied (section 2).
        if encoded_value.is_empty() || parameter == Parameter::Submit {
            return;
        }
        self.supplied.insert(parameter);
        match urlencoded::decode(encoded_value, &mut self.scratch) {
            Err(rule) => self.error(parameter, rule),
            Ok(value) if parameter.secrecy() != Secrecy::Open => {
                self.secrets.set(parameter, value.into());
            }
            Ok(_) => {
                for part in [b"&", parameter.as_str().as_bytes(), b"=", encoded_value] {
                    self.open.extend_from_slice(part);
                }
            }
        }
    }

    fn unknown(&mut self, shown: UnlistedName, name: Secret, encoded_value: &[u8]) {
        match urlencoded::decode(encoded_value, &mut self.scratch) {
            Ok(value) => self.unknown.push(UnknownParameter { shown, name, value: value.into() }),
            Err(rule) => self.error(shown, rule),
        }
    }

    fn error(&mut self, name: impl Into<ParameterName>, rule: Rule) {
        let error = ParameterError::new(name, rule);
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    /// The form: the harmless values by `serde_urlencoded`, the secrets as they were taken out.
    pub(super) fn form(&self) -> Form<'_> {
        let read = serde_urlencoded::from_bytes(&self.open);
        debug_assert!(read.is_ok(), "every pair was checked");
        let Secrets { auth_pass, card_num, card_token, card_cvv, card_tavv, acs_cavv } = &self.secrets;
        Form {
            auth_pass: secret(auth_pass),
            card_num: secret(card_num),
            card_token: secret(card_token),
            card_cvv: secret(card_cvv),
            card_tavv: secret(card_tavv),
            acs_cavv: secret(acs_cavv),
            ..read.unwrap_or_default()
        }
    }
}

fn secret(secret: &Option<Secret>) -> Option<Text<'_>> {
    secret.as_ref().map(|secret| Text::from(secret.expose()))
}
