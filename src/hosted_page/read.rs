//! Requests as the provider reads them, with everything that is wrong with them at once.
//!
//! Names are read in any case, empty text is none, and a number or boolean in the place of text is its
//! text. What the customer is like, the description and the metadata decide nothing: where they are
//! malformed they are passed over.

use core::num::NonZeroU64;

use super::error::InvalidRequest;
use crate::error::{InvalidValue, Rule};
use crate::media::json::{
    DecodedRequest, Document, JsonError, JsonLimits, JsonProblem, JsonShape, KeptMembers, Object, Passed,
    Value,
};

/// Reads a body whose outermost value is an object.
pub(super) fn request<T>(
    body: &[u8],
    limits: &JsonLimits,
    read: impl FnOnce(&mut Reader<'_, '_>) -> Option<T>,
) -> Result<DecodedRequest<T>, InvalidRequest> {
    let document = Document::read_with_duplicates(body, limits).map_err(InvalidRequest::one)?;
    let mut report = Report { errors: document.duplicates(), passed: Passed::default() };
    let read = match document.root().object() {
        Ok(object) => Reader::whole(object, &mut report, read),
        Err(error) => {
            report.errors.push(error);
            None
        }
    };
    match read {
        Some(read) if report.errors.is_empty() => Ok(DecodedRequest::new(read, report.passed)),
        _ => Err(InvalidRequest::new(report.errors)),
    }
}

/// The errors, and the members that were passed over.
struct Report {
    errors: Vec<JsonError>,
    passed: Passed,
}

/// Reads the members of an object and keeps what is wrong with them.
pub(super) struct Reader<'d, 'e> {
    object: Object<'d>,
    report: &'e mut Report,
    /// The names that were asked for.
    known: Vec<&'static str>,
}

impl<'d, 'e> Reader<'d, 'e> {
    /// Reads an object. What was not asked for is not listed.
    fn whole<T>(object: Object<'d>, report: &'e mut Report, read: impl FnOnce(&mut Self) -> T) -> T {
        let mut reader = Self { object, report, known: Vec::new() };
        let read = read(&mut reader);
        let Self { object, report, known } = reader;
        for (name, value) in object.members() {
            if !is_known(&known, &name) {
                report.passed.unlisted.push(value.error(JsonProblem::Missing).member().clone());
            }
        }
        read
    }

    fn keep<T>(&mut self, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| self.report.errors.push(error)).ok()
    }

    fn find<T>(&mut self, read: Result<T, JsonError>) -> Option<T> {
        read.map_err(|error| self.report.passed.finding(&error)).ok()
    }

    /// A member, whatever its value. One that appears twice, in whatever case, is an error.
    fn given(&mut self, name: &'static str) -> Option<Value<'d>> {
        self.known.push(name);
        let mut named = self
            .object
            .members()
            .filter(|(given, _)| given.eq_ignore_ascii_case(name))
            .map(|(_, value)| value);
        let first = named.next()?;
        for again in named.filter(|again| *again.name() != *first.name()) {
            self.report.errors.push(again.error(JsonProblem::Duplicate));
        }
        Some(first)
    }

    /// A member, if it is there and neither null nor empty.
    fn get(&mut self, name: &'static str) -> Option<Value<'d>> {
        self.given(name).filter(|value| !value.is_null() && !value.is_empty_text())
    }

    fn require(&mut self, name: &'static str) -> Option<Value<'d>> {
        let value = self.given(name).filter(|value| !value.is_null());
        if value.is_none() {
            self.report.errors.push(self.object.missing(name));
        }
        value
    }

    /// A text that has to be there.
    pub(super) fn required<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
    ) -> Option<T> {
        let value = self.require(name)?;
        self.keep(parse(value))
    }

    /// A code of letters in any case, which has to be there.
    pub(super) fn required_code<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
    ) -> Option<T> {
        let value = self.require(name)?;
        self.keep(code(value))
    }

    /// A code of letters in any case that decides nothing, if it is there.
    pub(super) fn found_code<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
    ) -> Option<T> {
        let value = self.get(name)?;
        self.find(code(value))
    }

    /// A whole number greater than nothing, which has to be there.
    pub(super) fn amount(&mut self, name: &'static str) -> Option<NonZeroU64> {
        let value = self.require(name)?;
        self.keep(whole_number(value))
    }

    /// A text, if it is there.
    pub(super) fn optional<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
    ) -> Option<T> {
        let value = self.get(name)?;
        self.keep(parse(value))
    }

    /// A text that decides nothing, if it is there.
    pub(super) fn found<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(
        &mut self,
        name: &'static str,
    ) -> Option<T> {
        let value = self.get(name)?;
        self.find(parse(value))
    }

    /// A boolean, if it is there.
    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        let value = self.get(name)?;
        self.keep(value.boolean_or_text())
    }

    /// An object, if it is there. An empty list, as PHP writes an empty array, is none.
    pub(super) fn object<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Reader<'d, '_>) -> T,
    ) -> Option<T> {
        let value = self.get(name)?;
        let object = value.object();
        let object = if value.is_empty_list() { self.find(object) } else { self.keep(object) }?;
        Some(Reader::whole(object, self.report, read))
    }

    /// An object that decides nothing, if it is there.
    pub(super) fn found_object<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Reader<'d, '_>) -> T,
    ) -> Option<T> {
        let value = self.get(name)?;
        let object = self.find(value.object())?;
        Some(Reader::whole(object, self.report, read))
    }

    /// An object of texts that decide nothing, if it is there.
    pub(super) fn texts(&mut self, name: &'static str) -> Option<KeptMembers> {
        let value = self.get(name)?;
        let object = self.find(value.object())?;
        for (_, value) in object.members() {
            self.find(value.scalar_text().map(drop));
        }
        Some(KeptMembers::of(object))
    }

    /// The members that were not asked for.
    pub(super) fn unlisted(&self) -> KeptMembers {
        KeptMembers::others(self.object, |name| is_known(&self.known, name))
    }
}

fn is_known(known: &[&str], name: &str) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn parse<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(value: Value<'_>) -> Result<T, JsonError> {
    T::try_from(&value.scalar_text()?).map_err(|invalid| value.error(invalid.rule()))
}

fn code<T: for<'t> TryFrom<&'t str, Error = InvalidValue>>(value: Value<'_>) -> Result<T, JsonError> {
    parse(value).or_else(|error| T::try_from(&value.scalar_text()?.to_ascii_uppercase()).map_err(|_| error))
}

/// A number, or its digits as text.
fn whole_number(value: Value<'_>) -> Result<NonZeroU64, JsonError> {
    let whole = || value.error(JsonProblem::Not(JsonShape::Whole));
    let text = value.text_or_number().map_err(|_| whole())?;
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: u64 = text.parse().ok().filter(|_| digits).ok_or_else(whole)?;
    NonZeroU64::new(number).ok_or_else(|| value.error(Rule::Zero))
}
