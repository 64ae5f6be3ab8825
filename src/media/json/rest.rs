//! What an object has besides the members that were read.

use core::fmt;

use super::error::{JsonError, JsonProblem};
use super::finding::Finding;
use super::kept::{KeptMembers, KeptValue};
use super::text::Text;
use super::value::{Object, Value};
use super::write::{Members, Sink};

/// The members of an object that were not read: those that are not listed, and those that are malformed
/// and decide nothing. All are kept as they came.
#[derive(Clone, Default)]
pub(crate) struct Rest {
    unlisted: KeptMembers,
    /// Most objects have none.
    malformed: Option<Box<Malformed>>,
}

/// Malformed members, in the order of their names: where they stood in the body says nothing.
#[derive(Clone)]
struct Malformed {
    members: KeptMembers,
    findings: Vec<Finding>,
}

/// Compares the members. Findings say where they stood, which a written message does not repeat.
impl PartialEq for Rest {
    fn eq(&self, other: &Self) -> bool {
        let none = KeptMembers::new();
        let [one, two] =
            [self, other].map(|rest| rest.malformed.as_ref().map_or(&none, |found| &found.members));
        self.unlisted == other.unlisted && one == two
    }
}

impl Eq for Rest {}

impl Rest {
    /// No member, and a finding.
    #[cfg(feature = "hosted-page")]
    pub(crate) fn noted(error: &JsonError) -> Self {
        let findings = vec![Finding::new(error.member().clone(), error.problem())];
        Self {
            malformed: Some(Box::new(Malformed { members: KeptMembers::new(), findings })),
            ..Self::default()
        }
    }

    /// The members that are not listed.
    pub(crate) const fn unlisted(&self) -> &KeptMembers {
        &self.unlisted
    }

    /// The findings about malformed members, with paths that begin inside of the object.
    pub(crate) fn findings(&self) -> &[Finding] {
        self.malformed.as_ref().map(|malformed| malformed.findings.as_slice()).unwrap_or_default()
    }

    /// A malformed member, as it came.
    #[inline]
    pub(crate) fn malformed(&self, name: &str) -> Option<KeptValue<'_>> {
        self.malformed.as_ref()?.members.get(name)
    }

    /// Writes the members that are not listed. Malformed ones stand in the places of what they are not.
    pub(crate) fn write_into<S: Sink>(&self, members: &mut Members<'_, S>) {
        self.unlisted.write_into(members);
    }
}

/// Names, as far as they look like names, and masked values.
impl fmt::Debug for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let malformed = self.malformed.iter().flat_map(|malformed| malformed.members.iter());
        KeptMembers::print(self.unlisted.iter().chain(malformed), f)
    }
}

/// The rest of an object that is being read.
pub(crate) struct Reading<'d> {
    object: Object<'d>,
    unlisted: Vec<(Text<'d>, Value<'d>)>,
    malformed: Vec<(&'static str, Value<'d>, JsonError)>,
    /// Findings about members that were read all the same.
    noted: Vec<JsonError>,
}

impl<'d> Reading<'d> {
    pub(crate) const fn new(object: Object<'d>) -> Self {
        Self { object, unlisted: Vec::new(), malformed: Vec::new(), noted: Vec::new() }
    }

    /// Keeps a member that is not listed.
    pub(crate) fn unlisted(&mut self, name: Text<'d>, value: Value<'d>) {
        self.unlisted.push((name, value));
    }

    /// Puts into its place the value that a listed member was read as; keeps a malformed one.
    #[inline]
    pub(crate) fn put<T>(
        &mut self,
        place: &mut T,
        (name, value): (&'static str, Value<'d>),
        read: Result<T, JsonError>,
    ) {
        match read {
            Ok(read) => *place = read,
            Err(error) => self.malformed(name, value, error),
        }
    }

    #[cold]
    fn malformed(&mut self, name: &'static str, value: Value<'d>, error: JsonError) {
        self.malformed.push((name, value, error));
    }

    /// Adds a finding about a member that was read all the same.
    #[cfg(feature = "hosted-page")]
    pub(crate) fn note(&mut self, error: JsonError) {
        self.noted.push(error);
    }

    /// Takes the members with listed names in another case out of the unlisted ones, each with its listed name and a
    /// finding.
    ///
    /// # Errors
    ///
    /// The member is there by its exact name too, or twice in other cases: one that counts would be a guess.
    #[inline]
    pub(crate) fn in_another_case(
        &mut self,
        listed: &[&'static str],
    ) -> Result<Vec<(&'static str, Value<'d>)>, JsonError> {
        if self.unlisted.is_empty() { Ok(Vec::new()) } else { self.recased(listed) }
    }

    #[cold]
    fn recased(&mut self, listed: &[&'static str]) -> Result<Vec<(&'static str, Value<'d>)>, JsonError> {
        let mut found: Vec<(&'static str, Value<'d>)> = Vec::new();
        let mut others = Vec::new();
        for (name, value) in self.unlisted.drain(..) {
            let Some(listed) = listed.iter().copied().find(|listed| listed.eq_ignore_ascii_case(&name))
            else {
                others.push((name, value));
                continue;
            };
            if self.object.has(listed) || found.iter().any(|&(before, _)| before == listed) {
                return Err(value.error(JsonProblem::Duplicate));
            }
            self.noted.push(value.error(JsonProblem::OtherCase));
            found.push((listed, value));
        }
        self.unlisted = others;
        Ok(found)
    }

    /// The rest, when all members were read.
    pub(crate) fn finish(self) -> Rest {
        let Self { object, unlisted, malformed, noted } = self;
        Rest {
            unlisted: KeptMembers::found(&unlisted),
            malformed: Malformed::found(object, malformed, &noted),
        }
    }
}

impl Malformed {
    fn found(
        object: Object<'_>,
        mut found: Vec<(&'static str, Value<'_>, JsonError)>,
        noted: &[JsonError],
    ) -> Option<Box<Self>> {
        if found.is_empty() && noted.is_empty() {
            return None;
        }
        found.sort_by_key(|&(name, ..)| name);
        let path = object.path();
        let errors = found.iter().map(|(_, _, error)| error).chain(noted);
        let findings = errors.map(|error| Finding::inside(&path, error)).collect();
        let members: Vec<_> = found.into_iter().map(|(name, value, _)| (Text::Plain(name), value)).collect();
        Some(Box::new(Self { members: KeptMembers::found(&members), findings }))
    }
}
