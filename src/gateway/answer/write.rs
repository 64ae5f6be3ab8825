//! How members of answers are written.

use core::fmt::{self, Write};

use arrayvec::ArrayString;

use crate::media::json::{Members, Sink, WriteJson};

/// A list, which is there even if nothing is in it.
pub(super) fn list<S: Sink>(members: &mut Members<'_, S>, name: &'static str, list: &[impl WriteJson]) {
    members.member(name).array(|items| list.iter().for_each(|value| value.write(items.item())));
}

/// Words, in a list that is there even if nothing is in it.
pub(super) fn words<S: Sink>(members: &mut Members<'_, S>, name: &'static str, words: &[impl AsRef<str>]) {
    members.member(name).array(|items| words.iter().for_each(|word| items.item().text(word.as_ref())));
}

/// A number, as text.
pub(super) fn number<S: Sink>(members: &mut Members<'_, S>, name: &'static str, number: impl fmt::Display) {
    // The longest has 20 digits and a point.
    let mut text = ArrayString::<24>::new();
    let fits = write!(text, "{number}");
    debug_assert!(fits.is_ok(), "longer than any number");
    members.member(name).plain_text(&text);
}

/// A number, as text, if there is one.
pub(super) fn optional_number<S: Sink>(
    members: &mut Members<'_, S>,
    name: &'static str,
    value: Option<impl fmt::Display>,
) {
    if let Some(value) = value {
        number(members, name, value);
    }
}

/// Something, if it is there.
pub(super) fn optional<S: Sink>(
    members: &mut Members<'_, S>,
    name: &'static str,
    value: Option<&impl WriteJson>,
) {
    if let Some(value) = value {
        value.write(members.member(name));
    }
}
