//! Body to form: what stands in the body, before anybody asks what it means.

use super::Form;
use super::text::Text;
use crate::error::{LimitExceeded, Limited, ParameterError, ParameterName, Rule, UnlistedName};
use crate::limits::Limits;
use crate::parameter::{Parameter, Secrecy};
use crate::request::UnknownParameter;
use crate::secret::{Secret, Wiped};
use crate::urlencoded::{self, Decoded};

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

/// The values that stand for themselves, by parameter, as they stand in the body.
struct Plain<'b>([Option<&'b str>; Parameter::ALL.len()]);

impl<'b> Plain<'b> {
    fn set(&mut self, parameter: Parameter, value: &'b str) {
        if let Some(place) = self.0.get_mut(parameter as usize) {
            *place = Some(value);
        }
    }

    fn get(&self, parameter: Parameter) -> Option<&'b str> {
        self.0.get(parameter as usize).copied().flatten()
    }
}

/// The secret values that had to be decoded: the general decoder never sees them.
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
pub(super) struct Scan<'b> {
    /// Where one name or value is decoded: as large as the body, wiped like all the rest.
    scratch: Wiped<Vec<u8>>,
    plain: Plain<'b>,
    /// The harmless pairs that have to be decoded, well-formed, under their table names.
    encoded: Wiped<Vec<u8>>,
    secrets: Secrets,
    seen: Parameters,
    duplicates: Parameters,
    /// Every parameter that has a value, be it a wrong one.
    pub(super) supplied: Parameters,
    pub(super) unknown: Vec<UnknownParameter>,
    pub(super) errors: Vec<ParameterError>,
}

impl<'b> Scan<'b> {
    /// Reads all pairs.
    pub(super) fn of(body: &'b str, limits: &Limits) -> Result<Self, LimitExceeded> {
        let mut scan = Self {
            scratch: Wiped::new(Vec::with_capacity(body.len())),
            plain: Plain([None; Parameter::ALL.len()]),
            // No pair grows when it is copied: names are copied decoded, values as they are.
            encoded: Wiped::new(Vec::with_capacity("&".len() + body.len())),
            secrets: Secrets::default(),
            seen: Parameters::default(),
            duplicates: Parameters::default(),
            supplied: Parameters::default(),
            unknown: Vec::new(),
            errors: Vec::new(),
        };
        for (index, (name, value)) in urlencoded::pairs(body).enumerate() {
            if index == limits.request_parameters() {
                return Err(LimitExceeded::new(Limited::RequestParameters, index));
            }
            scan.pair(name, value);
        }
        Ok(scan)
    }

    fn pair(&mut self, encoded_name: &str, encoded_value: &'b str) {
        // The names of the table stand for themselves, so one that is written plainly is found at once.
        if let Some(parameter) = Parameter::from_wire(encoded_name) {
            return self.known(parameter, encoded_value);
        }
        match urlencoded::decode(encoded_name, &mut self.scratch) {
            Ok(name) => match Parameter::from_wire(name.as_str()) {
                Some(parameter) => self.known(parameter, encoded_value),
                None => {
                    let (shown, name) = (UnlistedName::new(name.as_str().as_bytes()), name.as_str().into());
                    self.unknown(shown, name, encoded_value);
                }
            },
            Err(rule) => self.error(UnlistedName::new(encoded_name.as_bytes()), rule),
        }
    }

    fn known(&mut self, parameter: Parameter, encoded_value: &'b str) {
        if self.seen.contains(parameter) {
            return self.duplicate(parameter);
        }
        self.seen.insert(parameter);
        // An empty value means that the parameter is not supplied (section 2).
        if encoded_value.is_empty() || parameter == Parameter::Submit {
            return;
        }
        self.supplied.insert(parameter);
        match urlencoded::decode(encoded_value, &mut self.scratch) {
            Err(rule) => self.error(parameter, rule),
            Ok(Decoded::Plain(value)) => self.plain.set(parameter, value),
            Ok(Decoded::Written(value)) if parameter.secrecy() != Secrecy::Open => {
                self.secrets.set(parameter, value.into());
            }
            Ok(Decoded::Written(_)) => {
                for part in ["&", parameter.as_str(), "=", encoded_value] {
                    self.encoded.extend_from_slice(part.as_bytes());
                }
            }
        }
    }

    fn unknown(&mut self, shown: UnlistedName, name: Secret, encoded_value: &str) {
        match urlencoded::decode(encoded_value, &mut self.scratch) {
            Ok(value) => self.unknown.push(UnknownParameter { shown, name, value: value.as_str().into() }),
            Err(rule) => self.error(shown, rule),
        }
    }

    /// Reports a duplicate, once however many there are.
    fn duplicate(&mut self, parameter: Parameter) {
        if !self.duplicates.contains(parameter) {
            self.duplicates.insert(parameter);
            self.error(parameter, Rule::Duplicate);
        }
    }

    /// Reports an error, but not twice in a row. To look at all that came before would make a body of
    /// nothing but errors cost the square of its size.
    fn error(&mut self, name: impl Into<ParameterName>, rule: Rule) {
        let error = ParameterError::new(name, rule);
        if self.errors.last() != Some(&error) {
            self.errors.push(error);
        }
    }

    /// The value of a parameter, if it stands for itself.
    pub(super) fn plain(&self, parameter: Parameter) -> Option<&'b str> {
        self.plain.get(parameter)
    }

    /// All values that had to be decoded: the harmless ones by `serde_urlencoded`, the secrets as
    /// they were taken out.
    pub(super) fn form(&self) -> Form<'_> {
        let read = serde_urlencoded::from_bytes(&self.encoded);
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
