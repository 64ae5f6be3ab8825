//! Body to texts: what stands in the body, before anybody asks what it means.

use crate::error::{LimitExceeded, Limited, Rule};
use crate::media::form::{self, Encoded, Pair, Pairs};
use crate::remote_auth::limits::Limits;
use crate::remote_auth::parameter::{Parameter, Secrecy};
use crate::remote_auth::request::UnknownParameter;
use crate::remote_auth::request::{ParameterError, ParameterName, UnlistedName};
use crate::secret::Secret;

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

/// The values as they stand in the body, by parameter.
struct Values<'b>([Option<Encoded<'b>>; Parameter::ALL.len()]);

impl<'b> Values<'b> {
    fn set(&mut self, parameter: Parameter, value: Encoded<'b>) {
        if let Some(place) = self.0.get_mut(parameter as usize) {
            *place = Some(value);
        }
    }

    fn get(&self, parameter: Parameter) -> Option<Encoded<'b>> {
        self.0.get(parameter as usize).copied().flatten()
    }
}

/// A value that had to be decoded.
pub(super) enum Decoded {
    Open(String),
    Secret(Secret),
}

impl Decoded {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Open(text) => text,
            Self::Secret(text) => text.expose(),
        }
    }
}

/// What a body consists of.
pub(super) struct Scan<'b> {
    /// All values that can be decoded.
    values: Values<'b>,
    /// Those of them that have to be.
    encoded: Parameters,
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
            values: Values([None; Parameter::ALL.len()]),
            encoded: Parameters::default(),
            seen: Parameters::default(),
            duplicates: Parameters::default(),
            supplied: Parameters::default(),
            unknown: Vec::new(),
            errors: Vec::new(),
        };
        for (index, pair) in Pairs::of(body).enumerate() {
            if index == limits.request_parameters() {
                return Err(LimitExceeded::new(Limited::RequestParameters, index));
            }
            scan.pair(pair);
        }
        Ok(scan)
    }

    fn pair(&mut self, pair: Pair<'b>) {
        // The names of the table stand for themselves, so one that is written plainly is found at once.
        if let Some(parameter) = Parameter::from_wire(pair.name) {
            return self.known(parameter, pair);
        }
        match form::decode_secret(pair.name) {
            Ok(name) => match Parameter::from_wire(name.expose()) {
                Some(parameter) => self.known(parameter, pair),
                None => self.unknown(name, pair.value),
            },
            Err(rule) => self.error(UnlistedName::new(pair.name.as_bytes()), rule),
        }
    }

    fn known(&mut self, parameter: Parameter, Pair { value, plain, .. }: Pair<'b>) {
        if self.seen.contains(parameter) {
            return self.duplicate(parameter);
        }
        self.seen.insert(parameter);
        // An empty value means that the parameter is not supplied (section 2).
        if value.as_str().is_empty() || parameter == Parameter::Submit {
            return;
        }
        self.supplied.insert(parameter);
        if !plain {
            if let Err(rule) = form::check(value.as_str()) {
                return self.error(parameter, rule);
            }
            self.encoded.insert(parameter);
        }
        self.values.set(parameter, value);
    }

    fn unknown(&mut self, name: Secret, value: Encoded<'_>) {
        let shown = UnlistedName::new(name.expose().as_bytes());
        match form::decode_secret(value.as_str()) {
            Ok(value) => self.unknown.push(UnknownParameter { shown, name, value }),
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
    #[inline]
    pub(super) fn plain(&self, parameter: Parameter) -> Option<&'b str> {
        if self.encoded.contains(parameter) { None } else { self.values.get(parameter).map(Encoded::as_str) }
    }

    /// The value of a parameter, decoded. What is secret is so apart, because the general decoder leaves
    /// copies of it on the heap.
    pub(super) fn decoded(&self, parameter: Parameter) -> Option<Decoded> {
        let value = self.values.get(parameter)?;
        if parameter.secrecy() == Secrecy::Open {
            Some(Decoded::Open(value.decode()))
        } else {
            form::decode_secret(value.as_str()).map(Decoded::Secret).ok()
        }
    }
}
