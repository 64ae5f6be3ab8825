//! Finds an item of a list by its key.

use core::hash::{BuildHasherDefault, Hasher};
use core::iter::successors;
use std::collections::HashMap;
use std::hash::DefaultHasher;

/// The places of items in a list, by their keys. The list and the keys are elsewhere: here are hashes of 32
/// bits only, so that no secret is copied when the table grows, and the table stays small enough for
/// the processor's cache. Without a random seed it does the same in every run, and nothing iterates
/// over it.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    latest: HashMap<u32, u32, BuildHasherDefault<Spread>>,
    /// Of the item at a place: the place of the one before it whose key has the same hash.
    earlier: Vec<Option<Earlier>>,
}

/// A place, plus one: so that none takes no room.
type Earlier = core::num::NonZeroU32;

impl Index {
    /// The place of the item with a key, if there is one; `is_it` says whether the item at a place,
    /// whose key has the same hash, is the one.
    pub(super) fn find(&self, key: &str, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let first = self.latest.get(&hash(key)).copied();
        let earlier = |place: &u32| {
            let earlier = self.earlier.get(*place as usize).copied().flatten()?;
            Some(earlier.get() - 1)
        };
        successors(first, earlier).map(|place| place as usize).find(|place| is_it(*place))
    }

    /// Adds the item that comes next in the list, whose key no other one has.
    pub(super) fn push(&mut self, key: &str) {
        // Serial numbers have 32 bits, and there are no more items than transactions.
        let place = self.earlier.len() as u32;
        let earlier = self.latest.insert(hash(key), place);
        self.earlier.push(earlier.and_then(|place| Earlier::new(place + 1)));
    }
}

fn hash(key: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    hasher.write(key.as_bytes());
    hasher.finish() as u32
}

/// Spreads the 32 bits of a hash over 64, since a table looks at the highest and at the lowest ones.
#[derive(Clone, Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn write_u32(&mut self, hash: u32) {
        // 2^64 divided by the golden ratio (Fibonacci hashing).
        self.0 = u64::from(hash).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32((self.0 as u32).rotate_left(8) ^ u32::from(*byte));
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two in a hundred thousand keys have the same hash of 32 bits, as a rule: both are found.
    #[test]
    fn every_key_is_found_where_it_was_put() {
        let keys: Vec<String> = (0..200_000).map(|number| format!("cart-{number}")).collect();
        let mut index = Index::default();
        for key in &keys {
            index.push(key);
        }
        assert!(index.latest.len() < keys.len(), "no hash was had twice");
        for (place, key) in keys.iter().enumerate() {
            assert_eq!(index.find(key, |place| keys[place] == *key), Some(place));
        }
        for absent in ["cart-", "cart-200000", ""] {
            assert_eq!(index.find(absent, |place| keys[place] == absent), None);
        }
    }
}
