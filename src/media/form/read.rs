//! Reads a form body: what stands in it, before anybody asks what it means.

use core::marker::PhantomData;

use super::{Encoded, Malformed, Pair, Pairs, ParameterName, Table, UnlistedName, check, decode_secret};
use crate::error::{LimitExceeded, LimitKind};
use crate::secret::Secret;

/// A set of parameters, by their place in the table.
#[derive(Clone, Copy, Default)]
struct Places(u64);

impl Places {
    fn contains(self, place: usize) -> bool {
        self.0 >> place & 1 == 1
    }

    /// Adds a place; whether it was new.
    fn insert(&mut self, place: usize) -> bool {
        let new = !self.contains(place);
        self.0 |= 1 << place;
        new
    }
}

/// A parameter that the table does not know, and its value, which may be anything and so counts as a
/// secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unlisted {
    pub(crate) shown: UnlistedName,
    pub(crate) name: Secret,
    pub(crate) value: Secret,
}

/// A value that had to be decoded.
pub(crate) enum Decoded {
    Open(String),
    Secret(Secret),
}

impl Decoded {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Open(text) => text,
            Self::Secret(text) => text.expose(),
        }
    }
}

/// The content of a body: the values of a table's parameters, still encoded, and the rest beside
/// them.
pub(crate) struct Fields<'b, P, const N: usize> {
    /// All values that can be decoded.
    values: [Option<Encoded<'b>>; N],
    /// Those of them that have to be.
    encoded: Places,
    seen: Places,
    repeated: Places,
    supplied: Places,
    table: PhantomData<P>,
    /// The parameters that the table does not know, in the order of the body.
    pub(crate) unlisted: Vec<Unlisted>,
    /// The errors of the form itself, in the order of the body.
    pub(crate) errors: Vec<(ParameterName<P>, Malformed)>,
}

impl<'b, P: Table, const N: usize> Fields<'b, P, N> {
    /// Reads all pairs of a body, of which there may be `max`.
    pub(crate) fn of(body: &'b str, max: usize) -> Result<Self, LimitExceeded> {
        const { assert!(N <= u64::BITS as usize) };
        let mut fields = Self {
            values: [None; N],
            encoded: Places::default(),
            seen: Places::default(),
            repeated: Places::default(),
            supplied: Places::default(),
            table: PhantomData,
            unlisted: Vec::new(),
            errors: Vec::new(),
        };
        for (index, pair) in Pairs::of(body).enumerate() {
            if index == max {
                return Err(LimitExceeded::new(LimitKind::Parameters, max));
            }
            fields.pair(pair);
        }
        Ok(fields)
    }

    fn pair(&mut self, pair: Pair<'b>) {
        // The names of the table stand for themselves, so one that is written plainly is found at once.
        if let Some(parameter) = P::from_name(pair.name) {
            return self.listed(parameter, pair);
        }
        match decode_secret(pair.name) {
            Ok(name) => match P::from_name(name.expose()) {
                Some(parameter) => self.listed(parameter, pair),
                None => self.unlisted(name, pair.value),
            },
            Err(malformed) => {
                self.error(ParameterName::Unlisted(UnlistedName::new::<P>(pair.name.as_bytes())), malformed)
            }
        }
    }

    fn listed(&mut self, parameter: P, Pair { value, plain, .. }: Pair<'b>) {
        let place = parameter.index();
        if !self.seen.insert(place) {
            // Reported once, however many there are.
            if self.repeated.insert(place) {
                self.error(ParameterName::Known(parameter), Malformed::Repeated);
            }
            return;
        }
        // An empty value means that the parameter is not supplied.
        if value.as_str().is_empty() {
            return;
        }
        self.supplied.insert(place);
        if !plain {
            if let Err(malformed) = check(value.as_str()) {
                return self.error(ParameterName::Known(parameter), malformed);
            }
            self.encoded.insert(place);
        }
        if let Some(kept) = self.values.get_mut(place) {
            *kept = Some(value);
        }
    }

    fn unlisted(&mut self, name: Secret, value: Encoded<'_>) {
        let shown = UnlistedName::new::<P>(name.expose().as_bytes());
        match decode_secret(value.as_str()) {
            Ok(value) => self.unlisted.push(Unlisted { shown, name, value }),
            Err(malformed) => self.error(ParameterName::Unlisted(shown), malformed),
        }
    }

    /// Notes an error, but not twice in a row. To look at all that came before would make a body of
    /// nothing but errors cost the square of its size.
    fn error(&mut self, name: ParameterName<P>, malformed: Malformed) {
        let error = (name, malformed);
        if self.errors.last() != Some(&error) {
            self.errors.push(error);
        }
    }

    /// Takes the values of some parameters out, unread, and names those that had one: as if they had
    /// not been supplied. `which` has a bit for each place of the table.
    pub(crate) fn set_aside(&mut self, which: u64) -> Vec<P> {
        let mut found = self.supplied.0 & which;
        let mut aside = Vec::new();
        self.supplied.0 &= !which;
        while found != 0 {
            let place = found.trailing_zeros() as usize;
            found &= found - 1;
            if let Some(value) = self.values.get_mut(place) {
                *value = None;
            }
            aside.extend(P::ALL.get(place));
        }
        aside
    }

    /// Returns true if a parameter has a value, be it a wrong one.
    #[inline]
    pub(crate) fn supplies(&self, parameter: P) -> bool {
        self.supplied.contains(parameter.index())
    }

    /// The value of a parameter, if it stands for itself.
    #[inline]
    pub(crate) fn plain(&self, parameter: P) -> Option<&'b str> {
        let place = parameter.index();
        if self.encoded.contains(place) { None } else { self.value(place).map(Encoded::as_str) }
    }

    /// The value of a parameter, decoded. What is secret is so apart, because the general decoder leaves
    /// copies of it on the heap.
    pub(crate) fn decoded(&self, parameter: P) -> Option<Decoded> {
        let value = self.value(parameter.index())?;
        if parameter.is_secret() {
            decode_secret(value.as_str()).map(Decoded::Secret).ok()
        } else {
            Some(Decoded::Open(value.decode()))
        }
    }

    #[inline]
    fn value(&self, place: usize) -> Option<Encoded<'b>> {
        self.values.get(place).copied().flatten()
    }
}
