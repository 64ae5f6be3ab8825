//! The members of an object, by name, whatever its case.

use std::collections::BTreeMap;

use crate::error::{InvalidValue, Rule};
use crate::gateway::request::fault::{Faults, Weight, place_of};
use crate::media::json::{JsonError, JsonProblem, Object, Value};

/// The most members that an object of a request has.
const MOST: usize = 16;

/// Reads members of an object, and keeps what is wrong.
pub(in crate::gateway::request) struct Reader<'d, 'f> {
    pub(in crate::gateway::request) object: Object<'d>,
    names: &'static [&'static str],
    given: [Option<Value<'d>>; MOST],
    pub(in crate::gateway::request) faults: &'f mut Faults,
}

impl<'d, 'f> Reader<'d, 'f> {
    /// Finds the members of an object that have these names. Others are not listed.
    pub(in crate::gateway::request) fn new(
        object: Object<'d>,
        names: &'static [&'static str],
        faults: &'f mut Faults,
    ) -> Self {
        faults.reads(object);
        let mut given = [None; MOST];
        let mut others = Others::default();
        for (name, value) in object.members() {
            let is_it = |listed: &&&str| {
                if faults.is_strict() { ***listed == *name } else { listed.eq_ignore_ascii_case(&name) }
            };
            let place = names.iter().zip(&mut given).find(|(listed, _)| is_it(listed));
            match place {
                Some((_, slot @ None)) => *slot = Some(value),
                Some((_, Some(first))) => duplicate(*first, value, faults),
                None if others.add(&name, value, faults) => faults.unlisted(place_of(value)),
                None => {}
            }
        }
        Self { object, names, given, faults }
    }

    /// The member with a name, whatever its value.
    fn given(&self, name: &str) -> Option<Value<'d>> {
        let at = self.names.iter().position(|listed| *listed == name)?;
        self.given.get(at).copied().flatten()
    }

    /// The member with a name, unless it counts as absent.
    pub(in crate::gateway::request) fn get(&self, name: &str) -> Option<Value<'d>> {
        self.given(name).filter(|value| !self.faults.is_absent(*value))
    }

    pub(in crate::gateway::request) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Tells if a member is text without a character.
    pub(in crate::gateway::request) fn is_empty_text(&self, name: &str) -> bool {
        self.given(name).is_some_and(Value::is_empty_text)
    }

    /// Reads an optional member.
    pub(in crate::gateway::request) fn with<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Faults, Value<'d>) -> Result<T, JsonError>,
    ) -> Option<T> {
        let value = self.get(name)?;
        let read = read(self.faults, value);
        self.faults.take(read)
    }

    /// Reads a mandatory member.
    pub(in crate::gateway::request) fn require_with<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Faults, Value<'d>) -> Result<T, JsonError>,
    ) -> Option<T> {
        let Some(value) = self.given(name).filter(|value| !value.is_null()) else {
            self.faults.inside(self.object, name, JsonProblem::Missing);
            return None;
        };
        let read = read(self.faults, value);
        self.faults.take(read)
    }

    /// Reads an object. An empty list, as PHP writes an empty array, is a finding.
    pub(in crate::gateway::request) fn object<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Object<'d>, &mut Faults) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(name)?;
        let object = if value.is_empty_list() {
            self.faults.find(value.object())
        } else {
            self.faults.take(value.object())
        };
        read(object?, self.faults)
    }

    /// Reads each element of a list. Those that count as absent are findings.
    pub(in crate::gateway::request) fn list<T>(
        &mut self,
        name: &str,
        weight: Weight,
        read: impl Fn(Value<'d>, &mut Faults) -> Option<T>,
    ) -> Vec<T> {
        let elements = self.get(name).and_then(|value| self.faults.weigh(weight, value.list()));
        let mut list = Vec::new();
        for element in elements.into_iter().flatten() {
            if self.faults.is_absent(element) {
                self.faults.finding(element.error(Rule::Empty));
            } else {
                list.extend(read(element, self.faults));
            }
        }
        list
    }
}

/// The names of an object that are not listed, in lower case.
#[derive(Default)]
pub(in crate::gateway::request) struct Others<'d>(BTreeMap<String, Value<'d>>);

impl<'d> Others<'d> {
    /// Adds a member, and tells if it is the first of its name.
    pub(in crate::gateway::request) fn add(
        &mut self,
        name: &str,
        value: Value<'d>,
        faults: &mut Faults,
    ) -> bool {
        match self.0.insert(name.to_ascii_lowercase(), value) {
            None => true,
            Some(first) => {
                duplicate(first, value, faults);
                false
            }
        }
    }
}

/// Reports a member that its object has twice, in different cases. Names of the same case are reported already.
pub(in crate::gateway::request) fn duplicate(first: Value<'_>, again: Value<'_>, faults: &mut Faults) {
    if *first.name() != *again.name() {
        faults.at(again, JsonProblem::Duplicate);
    }
}

/// A closed list of words.
pub(in crate::gateway::request) trait Word:
    Copy + for<'t> TryFrom<&'t str, Error = InvalidValue> + 'static
{
    /// Every word of the list.
    const ALL: &'static [Self];

    /// The word on the wire.
    fn wire(self) -> &'static str;
}

impl Faults {
    /// A word of a closed list, in any case.
    pub(in crate::gateway::request) fn word<T: Word>(&self, value: Value<'_>) -> Result<T, JsonError> {
        let text = self.text(value)?;
        let known = T::ALL.iter().copied().find(|word| word.wire().eq_ignore_ascii_case(&text));
        match known.filter(|_| !self.is_strict()) {
            Some(word) => Ok(word),
            None => self.parse(value),
        }
    }

    /// A code of letters, in any case.
    pub(in crate::gateway::request) fn code<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &self,
        value: Value<'_>,
    ) -> Result<T, JsonError> {
        self.parse(value).or_else(|error| {
            let text = self.text(value)?;
            let upper = T::try_from(&text.to_ascii_uppercase()).ok();
            upper.filter(|_| !self.is_strict()).ok_or(error)
        })
    }
}
