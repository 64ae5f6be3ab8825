//! What an object has besides the members that were read.

use core::fmt;

use super::error::JsonError;
use super::finding::Finding;
use super::kept::{KeptMembers, KeptValue};
use super::text::Text;
use super::value::{Object, Value};
use super::write::{Members, Sink};

/// The members of an object that were not read: those that are not listed, and those that are malformed
/// and decide nothing. All are kept as they came.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Rest {
    unlisted: KeptMembers,
    /// Most objects have none.
    malformed: Option<Box<Malformed>>,
}

/// Malformed members, in the order of their names: where they stood in the body says nothing.
#[derive(Clone, PartialEq, Eq)]
struct Malformed {
    members: KeptMembers,
    findings: Vec<Finding>,
}

impl Rest {
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
    malformed: Vec<(Text<'d>, Value<'d>, JsonError)>,
}

impl<'d> Reading<'d> {
    pub(crate) const fn new(object: Object<'d>) -> Self {
        Self { object, unlisted: Vec::new(), malformed: Vec::new() }
    }

    /// Keeps a member that is not listed.
    pub(crate) fn unlisted(&mut self, name: Text<'d>, value: Value<'d>) {
        self.unlisted.push((name, value));
    }

    /// Puts into its place what a member was read as; keeps a malformed one.
    #[inline]
    pub(crate) fn put<T>(
        &mut self,
        place: &mut T,
        (name, value): (Text<'d>, Value<'d>),
        read: Result<T, JsonError>,
    ) {
        match read {
            Ok(read) => *place = read,
            Err(error) => self.malformed(name, value, error),
        }
    }

    #[cold]
    fn malformed(&mut self, name: Text<'d>, value: Value<'d>, error: JsonError) {
        self.malformed.push((name, value, error));
    }

    /// The rest, when all members were read.
    pub(crate) fn finish(self) -> Rest {
        let Self { object, unlisted, malformed } = self;
        Rest { unlisted: KeptMembers::found(&unlisted), malformed: Malformed::found(object, malformed) }
    }
}

impl Malformed {
    fn found(object: Object<'_>, mut found: Vec<(Text<'_>, Value<'_>, JsonError)>) -> Option<Box<Self>> {
        if found.is_empty() {
            return None;
        }
        found.sort_by(|(name, ..), (other, ..)| name.cmp(other));
        let path = object.path();
        let findings = found.iter().map(|(_, _, error)| Finding::inside(&path, error)).collect();
        let members: Vec<_> = found.into_iter().map(|(name, value, _)| (name, value)).collect();
        Some(Box::new(Self { members: KeptMembers::found(&members), findings }))
    }
}
