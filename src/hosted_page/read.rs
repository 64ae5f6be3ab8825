//! Requests are read with everything that is wrong with them at once.

use super::error::InvalidRequest;
use crate::error::InvalidValue;
use crate::media::json::{Document, JsonError, JsonLimits, KeptMembers, Object, Value};

/// Reads a body whose outermost value is an object.
pub(super) fn request<T>(
    body: &[u8],
    limits: &JsonLimits,
    read: impl FnOnce(&mut Reader<'_, '_>) -> Option<T>,
) -> Result<T, InvalidRequest> {
    let document = Document::read_with_duplicates(body, limits).map_err(InvalidRequest::one)?;
    let mut errors = document.duplicates();
    let read = match document.root().object() {
        Ok(object) => read(&mut Reader::new(object, &mut errors)),
        Err(error) => {
            errors.push(error);
            None
        }
    };
    match read {
        Some(read) if errors.is_empty() => Ok(read),
        _ => Err(InvalidRequest::new(errors)),
    }
}

/// Reads the members of an object and keeps what is wrong with them.
pub(super) struct Reader<'d, 'e> {
    object: Object<'d>,
    errors: &'e mut Vec<JsonError>,
    /// The names that were asked for.
    known: Vec<&'static str>,
}

impl<'d, 'e> Reader<'d, 'e> {
    fn new(object: Object<'d>, errors: &'e mut Vec<JsonError>) -> Self {
        Self { object, errors, known: Vec::new() }
    }

    fn keep<T>(&mut self, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| self.errors.push(error)).ok()
    }

    /// A member, if it is there and not null.
    fn get(&mut self, name: &'static str) -> Option<Value<'d>> {
        self.known.push(name);
        self.object.get(name)
    }

    fn read<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value<'d>) -> Result<T, JsonError>,
    ) -> Option<T> {
        let value = self.get(name)?;
        self.keep(read(value))
    }

    /// A text that has to be there.
    pub(super) fn required<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
    ) -> Option<T> {
        let value = self.require(name)?;
        self.keep(value.parse())
    }

    /// A whole number greater than nothing, which has to be there.
    pub(super) fn amount(&mut self, name: &'static str) -> Option<core::num::NonZeroU64> {
        let value = self.require(name)?;
        let number = value.whole_number().and_then(|number| {
            core::num::NonZeroU64::new(number).ok_or_else(|| value.error(crate::error::Rule::Zero))
        });
        self.keep(number)
    }

    fn require(&mut self, name: &'static str) -> Option<Value<'d>> {
        self.known.push(name);
        let value = self.object.require(name);
        self.keep(value)
    }

    /// A text, if it is there.
    pub(super) fn optional<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
    ) -> Option<T> {
        self.read(name, Value::parse)
    }

    /// A boolean, if it is there.
    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.read(name, Value::boolean)
    }

    /// An object, if it is there, with what nobody asked of it.
    pub(super) fn object<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Reader<'d, '_>) -> T,
    ) -> Option<(T, KeptMembers)> {
        let object = self.read(name, Value::object)?;
        let mut reader = Reader::new(object, self.errors);
        let read = read(&mut reader);
        Some((read, reader.unlisted()))
    }

    /// An object of texts, if it is there.
    pub(super) fn texts(&mut self, name: &'static str) -> Option<KeptMembers> {
        let object = self.read(name, Value::object)?;
        for (_, value) in object.members() {
            self.keep(value.text().map(drop));
        }
        Some(KeptMembers::of(object))
    }

    /// What nobody asked for.
    pub(super) fn unlisted(&self) -> KeptMembers {
        KeptMembers::others(self.object, |name| self.known.contains(&name))
    }
}
