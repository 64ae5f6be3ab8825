//! The members of an object besides those that were read.

use core::{fmt, mem};

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
    flaws: Vec<Flaw<'d>>,
}

/// A finding, with the listed name under which a malformed value is kept. One that was read all the same has none.
struct Flaw<'d> {
    kept: Option<(&'static str, Value<'d>)>,
    error: JsonError,
}

impl<'d> Reading<'d> {
    /// Reads the members of an object, each by `put`, which is false for a name that it does not list. A listed name in
    /// another case of ASCII letters is read as the listed one, and is a finding.
    ///
    /// # Errors
    ///
    /// Those of `put`; or a listed member is there twice, in different cases: one that counts would be a guess.
    #[inline(always)]
    pub(crate) fn read(
        object: Object<'d>,
        listed: &[&'static str],
        mut put: impl FnMut(&mut Self, &str, Value<'d>) -> Result<bool, JsonError>,
    ) -> Result<Rest, JsonError> {
        let mut reading = Self { object, unlisted: Vec::new(), flaws: Vec::new() };
        for (name, value) in object.members() {
            if !put(&mut reading, &name, value)? {
                reading.unlisted.push((name, value));
            }
        }
        if !reading.unlisted.is_empty() {
            reading.put_in_another_case(listed, &mut put)?;
        }
        let Self { unlisted, flaws, .. } = reading;
        Ok(Rest { unlisted: KeptMembers::found(&unlisted), malformed: Malformed::found(object, flaws) })
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
        self.flaws.push(Flaw { kept: Some((name, value)), error });
    }

    /// Adds a finding about a member that was read all the same.
    pub(crate) fn note(&mut self, error: JsonError) {
        self.flaws.push(Flaw { kept: None, error });
    }

    /// Puts the unlisted members that have a listed name in another case, each with a finding.
    #[cold]
    fn put_in_another_case(
        &mut self,
        listed: &[&'static str],
        put: &mut dyn FnMut(&mut Self, &str, Value<'d>) -> Result<bool, JsonError>,
    ) -> Result<(), JsonError> {
        let mut before = Vec::new();
        for (name, value) in mem::take(&mut self.unlisted) {
            let Some(listed) = listed.iter().find(|listed| listed.eq_ignore_ascii_case(&name)) else {
                self.unlisted.push((name, value));
                continue;
            };
            if self.object.has(listed) || before.contains(listed) {
                return Err(value.error(JsonProblem::Duplicate));
            }
            before.push(*listed);
            self.note(value.error(JsonProblem::OtherCase));
            put(self, listed, value)?;
        }
        Ok(())
    }
}

impl Malformed {
    fn found(object: Object<'_>, mut flaws: Vec<Flaw<'_>>) -> Option<Box<Self>> {
        if flaws.is_empty() {
            return None;
        }
        flaws.sort_by_key(|flaw| (flaw.kept.is_none(), flaw.kept.map(|(name, _)| name)));
        let path = object.path();
        let findings = flaws.iter().map(|flaw| Finding::inside(&path, &flaw.error)).collect();
        let members: Vec<_> = flaws
            .into_iter()
            .filter_map(|flaw| flaw.kept)
            .map(|(name, value)| (Text::Plain(name), value))
            .collect();
        Some(Box::new(Self { members: KeptMembers::found(&members), findings }))
    }
}
