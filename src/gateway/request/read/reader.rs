//! The members of an object, by name, whatever its case.

use std::collections::BTreeMap;

use super::Faults;
use crate::error::{InvalidValue, Rule};
use crate::gateway::request::fault::place_of;
use crate::media::json::{JsonError, JsonProblem, Object, Value};

/// The most members that an object of a request has.
const MOST: usize = 16;

/// Reads members of an object, and keeps what is wrong.
pub(super) struct Reader<'d, 'f> {
    pub(super) object: Object<'d>,
    names: &'static [&'static str],
    given: [Option<Value<'d>>; MOST],
    pub(super) faults: &'f mut Faults,
}

impl<'d, 'f> Reader<'d, 'f> {
    /// Finds the members of an object that have these names. Others are not listed.
    pub(super) fn new(object: Object<'d>, names: &'static [&'static str], faults: &'f mut Faults) -> Self {
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
    pub(super) fn get(&self, name: &str) -> Option<Value<'d>> {
        self.given(name).filter(|value| !self.faults.is_absent(*value))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Tells text without a character, where a member could be.
    pub(super) fn is_empty_text(&self, name: &str) -> bool {
        self.given(name).is_some_and(Value::is_empty_text)
    }

    /// A member that may be there, as `read` reads it.
    pub(super) fn with<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Faults, Value<'d>) -> Result<T, JsonError>,
    ) -> Option<T> {
        let value = self.get(name)?;
        let read = read(self.faults, value);
        self.faults.take(read)
    }

    /// A member that may be there and decides nothing.
    pub(super) fn find<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Faults, Value<'d>) -> Result<T, JsonError>,
    ) -> Option<T> {
        let value = self.get(name)?;
        let read = read(self.faults, value);
        self.faults.find(read)
    }

    /// A member that has to be there, as `read` reads it.
    pub(super) fn require_with<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Faults, Value<'d>) -> Result<T, JsonError>,
    ) -> Option<T> {
        let Some(value) = self.given(name).filter(|value| !value.is_null()) else {
            self.faults.inside(self.object, name, JsonProblem::Missing);
            return None;
        };
        let read = read(self.faults, value);
        self.faults.take(read)
    }

    /// Text with a form that is checked.
    pub(super) fn text<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &str,
    ) -> Option<T> {
        self.with(name, Faults::parse)
    }

    /// The same, which has to be there.
    pub(super) fn require_text<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &str,
    ) -> Option<T> {
        self.require_with(name, Faults::parse)
    }

    /// The same, which decides nothing.
    pub(super) fn find_text<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &str,
    ) -> Option<T> {
        self.find(name, Faults::parse)
    }

    /// A word that decides nothing.
    pub(super) fn find_word<T: Word>(&mut self, name: &str) -> Option<T> {
        self.find(name, Faults::word)
    }

    /// Text or a number, with a form that is checked.
    pub(super) fn number<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &str,
    ) -> Option<T> {
        self.with(name, |_, value| value.parse_number())
    }

    /// The same, which decides nothing.
    pub(super) fn find_number<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &str,
    ) -> Option<T> {
        self.find(name, |_, value| value.parse_number())
    }

    /// A member that is an object, as `read` reads it. An empty list, as PHP writes an empty array, is
    /// none.
    pub(super) fn object<T>(
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

    /// The same of a member that decides nothing.
    pub(super) fn find_object<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(Object<'d>, &mut Faults) -> Option<T>,
    ) -> Option<T> {
        let object = self.find(name, |_, value| value.object())?;
        read(object, self.faults)
    }

    /// The elements of a list, as `read` reads each. Those that count as absent are passed over.
    pub(super) fn list<T>(
        &mut self,
        name: &str,
        read: impl Fn(Value<'d>, &mut Faults) -> Option<T>,
    ) -> Vec<T> {
        let elements = self.with(name, |_, value| value.list());
        self.each(elements, read)
    }

    /// The same of a list that decides nothing.
    pub(super) fn find_list<T>(
        &mut self,
        name: &str,
        read: impl Fn(Value<'d>, &mut Faults) -> Option<T>,
    ) -> Vec<T> {
        let elements = self.find(name, |_, value| value.list());
        self.each(elements, read)
    }

    fn each<T>(
        &mut self,
        elements: Option<impl Iterator<Item = Value<'d>>>,
        read: impl Fn(Value<'d>, &mut Faults) -> Option<T>,
    ) -> Vec<T> {
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
pub(super) struct Others<'d>(BTreeMap<String, Value<'d>>);

impl<'d> Others<'d> {
    /// Adds a member, and says whether it is the first of its name.
    pub(super) fn add(&mut self, name: &str, value: Value<'d>, faults: &mut Faults) -> bool {
        match self.0.insert(name.to_ascii_lowercase(), value) {
            None => true,
            Some(first) => {
                duplicate(first, value, faults);
                false
            }
        }
    }
}

/// A member that its object has had before, in whatever case. Names of the same case are known to be an
/// error already.
pub(super) fn duplicate(first: Value<'_>, again: Value<'_>, faults: &mut Faults) {
    if *first.name() != *again.name() {
        faults.at(again, JsonProblem::Duplicate);
    }
}

/// A word of a closed list.
pub(super) trait Word: Copy + for<'t> TryFrom<&'t str, Error = InvalidValue> + 'static {
    /// Every word of the list.
    const ALL: &'static [Self];

    /// The word on the wire.
    fn wire(self) -> &'static str;
}

macro_rules! words {
    ($($Word:ty)+) => {$(
        impl Word for $Word {
            const ALL: &'static [Self] = <$Word>::ALL;

            fn wire(self) -> &'static str {
                self.as_str()
            }
        }
    )+};
}

words! {
    crate::gateway::request::JobType
    crate::gateway::request::Gender
    crate::gateway::request::LineKind
    crate::gateway::request::RecurrenceKind
    crate::gateway::request::TelephoneKind
    crate::gateway::request::WalletKind
}

impl Faults {
    /// A word of a closed list, in any case.
    pub(super) fn word<T: Word>(&self, value: Value<'_>) -> Result<T, JsonError> {
        let text = self.text(value)?;
        let known = T::ALL.iter().copied().find(|word| word.wire().eq_ignore_ascii_case(&text));
        match known.filter(|_| !self.is_strict()) {
            Some(word) => Ok(word),
            None => self.parse(value),
        }
    }

    /// A code of letters, in any case.
    pub(super) fn code<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
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
