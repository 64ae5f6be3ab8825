//! Assigns extras to kinds.

use thiserror::Error;

use crate::remote_auth::return_flags::ReturnFlags;
use crate::value::{Arn, CardToken, SchemeTransactionId};

/// The extras by kind. One that is `None` was not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The acquirer reference number.
    pub arn: Option<Arn>,
    /// The card token.
    pub token: Option<CardToken>,
    /// The card scheme's transaction id.
    pub scheme_transaction_id: Option<SchemeTransactionId>,
}

/// Extras that cannot be told apart without a guess, by what the request asked for (see
/// [`Extras::resolve`](crate::remote_auth::response::Extras::resolve)).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{count} extras do not follow from what was asked for: {asked}")]
#[non_exhaustive]
pub struct AmbiguousExtras {
    /// The extras that the request asked for.
    pub asked: ReturnFlags,
    /// The number of extras that came.
    pub count: usize,
    /// The extras that are certain. One that is `None` may have been sent.
    ///
    /// If several ways to tell the extras apart fit, an extra is certain if it is the same in all of them. If none
    /// fits, it is certain if it was asked for and is the only one with a
    /// [form](crate::remote_auth::response::Extras::resolve) that only its kind has.
    pub certain: Resolved,
}

/// A kind of extra.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Arn,
    Token,
    Scheme,
}

/// The extra of each kind: ARN, token, scheme id.
type Assigned<'a> = [Option<&'a str>; 3];

const KINDS: [Kind; 3] = [Kind::Arn, Kind::Token, Kind::Scheme];

impl Kind {
    /// The kind that a form is certain for.
    fn certain(extra: &str) -> Option<Self> {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let is_network = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
        match (extra.len(), extra.split_at_checked(3)) {
            (23, _) if is_digits(extra) => Some(Self::Arn),
            (16, _) if is_digits(extra) => Some(Self::Token),
            (15, _) if is_digits(extra) => Some(Self::Scheme),
            (_, Some((network, digits)))
                if !digits.is_empty() && is_network(network) && is_digits(digits) =>
            {
                Some(Self::Scheme)
            }
            _ => None,
        }
    }

    /// Returns true if an extra can be of this kind: it has the form of the kind's value, and its form is not certain for
    /// another kind.
    fn takes(self, extra: &str) -> bool {
        let has_the_form = match self {
            Self::Arn => Arn::check(extra).is_ok(),
            Self::Token => CardToken::check(extra).is_ok(),
            Self::Scheme => SchemeTransactionId::check(extra).is_ok(),
        };
        has_the_form && Self::certain(extra).is_none_or(|certain| certain == self)
    }

    const fn is_asked_for(self, asked: ReturnFlags) -> bool {
        match self {
            Self::Arn => asked.acquirer_reference,
            Self::Token => asked.token,
            Self::Scheme => asked.scheme_transaction_id,
        }
    }
}

pub(super) fn resolve<'a>(
    extras: impl Iterator<Item = &'a str> + Clone,
    asked: ReturnFlags,
) -> Result<Resolved, AmbiguousExtras> {
    let mut ways = Ways { asked, found: None, count: 0, common: [None; 3] };
    ways.search(extras.clone(), [None; 3]);
    let count = extras.clone().count();
    match (ways.count, ways.found) {
        (1, Some(way)) => Ok(resolved(way)),
        (0, _) => Err(AmbiguousExtras { asked, count, certain: resolved(by_form(extras, asked)) }),
        _ => Err(AmbiguousExtras { asked, count, certain: resolved(ways.common) }),
    }
}

/// The ways to say which is which that go against no certain form.
struct Ways<'a> {
    asked: ReturnFlags,
    found: Option<Assigned<'a>>,
    count: usize,
    /// The assignments that all ways share.
    common: Assigned<'a>,
}

impl<'a> Ways<'a> {
    /// Tries every kind for the next extra. With more extras than kinds there is no way, which is found
    /// at the fourth.
    fn search(&mut self, mut extras: impl Iterator<Item = &'a str> + Clone, way: Assigned<'a>) {
        let Some(extra) = extras.next() else { return self.note(way) };
        for (place, kind) in KINDS.into_iter().enumerate() {
            let mut next = way;
            if let Some(free @ None) = next.get_mut(place)
                && kind.is_asked_for(self.asked)
                && kind.takes(extra)
            {
                *free = Some(extra);
                self.search(extras.clone(), next);
            }
        }
    }

    fn note(&mut self, way: Assigned<'a>) {
        self.common = match self.found {
            None => way,
            Some(_) => {
                let mut common = self.common;
                for (common, way) in common.iter_mut().zip(way) {
                    *common = common.filter(|extra| way == Some(extra));
                }
                common
            }
        };
        self.found = Some(way);
        self.count += 1;
    }
}

/// The extras that were asked for and are certain by their form, if each is the only one of its kind.
fn by_form<'a>(extras: impl Iterator<Item = &'a str> + Clone, asked: ReturnFlags) -> Assigned<'a> {
    KINDS.map(|kind| {
        let mut certain = extras.clone().filter(|extra| Kind::certain(extra) == Some(kind));
        certain.next().filter(|_| kind.is_asked_for(asked) && certain.next().is_none())
    })
}

fn resolved([arn, token, scheme]: Assigned<'_>) -> Resolved {
    Resolved {
        arn: arn.and_then(|text| text.try_into().ok()),
        token: token.and_then(|text| text.try_into().ok()),
        scheme_transaction_id: scheme.and_then(|text| text.try_into().ok()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::Extras;
    use super::*;

    /// Everything that three extras can be: for each the number of a kind, or none.
    fn obvious(extras: &[String], asked: ReturnFlags) -> Result<[Option<String>; 3], ()> {
        let mut fitting = Vec::new();
        for code in 0..3_usize.pow(extras.len() as u32) {
            let kinds: Vec<usize> =
                (0..extras.len() as u32).map(|place| code / 3_usize.pow(place) % 3).collect();
            let mut way = [None, None, None];
            let mut fits = true;
            for (extra, kind) in extras.iter().zip(kinds) {
                let is_asked = [asked.acquirer_reference, asked.token, asked.scheme_transaction_id][kind];
                let is_digits = extra.chars().all(|it| it.is_ascii_digit());
                let network: String = extra.chars().take_while(char::is_ascii_alphabetic).collect();
                let rest = &extra[network.len()..];
                let is_network =
                    network.len() == 3 && !rest.is_empty() && rest.chars().all(|it| it.is_ascii_digit());
                let certain = match extra.len() {
                    23 if is_digits => Some(0),
                    16 if is_digits => Some(1),
                    15 if is_digits => Some(2),
                    _ if is_network => Some(2),
                    _ => None,
                };
                let is_value = [
                    extra.len() == 23 && is_digits,
                    CardToken::try_from(extra.as_str()).is_ok(),
                    SchemeTransactionId::try_from(extra.as_str()).is_ok(),
                ];
                fits &= is_asked
                    && way[kind].is_none()
                    && certain.is_none_or(|certain| certain == kind)
                    && is_value[kind];
                way[kind] = Some(extra.clone());
            }
            if fits {
                fitting.push(way);
            }
        }
        match fitting.as_slice() {
            [way] => Ok(way.clone()),
            _ => Err(()),
        }
    }

    fn extra() -> impl Strategy<Value = String> {
        prop_oneof!["[0-9]{15,16}", "[0-9]{22,24}", "[A-Z]{2,4}[0-9]{1,10}", "[a-z0-9]{1,6}", "[ -{é]{1,5}"]
            .prop_filter("no extras", |it| !matches!(it.trim(), "" | "-") && !it.eq_ignore_ascii_case("null"))
    }

    proptest! {
        #[test]
        fn resolve_matches_exhaustive_search(extras in vec(extra(), 0..5), asked: [bool; 3]) {
            let mut flags = ReturnFlags::none();
            flags = if asked[0] { flags.with_acquirer_reference() } else { flags };
            flags = if asked[1] { flags.with_token() } else { flags };
            flags = if asked[2] { flags.with_scheme_transaction_id() } else { flags };
            let wire: String = extras.iter().map(|extra| format!("|{extra}")).collect();
            let found = resolve(Extras::from_wire(wire.as_bytes()).iter(), flags);
            let texts = |resolved: Resolved| [
                resolved.arn.map(|arn| arn.to_string()),
                resolved.token.map(|token| token.secret_str().to_owned()),
                resolved.scheme_transaction_id.map(|id| id.to_string()),
            ];
            let obvious = obvious(&extras, flags);
            // What is certain is so in whatever way is found once more is known.
            if let Err(error) = &found {
                for (certain, asked) in texts(error.certain.clone()).into_iter().zip(asked) {
                    prop_assert!(certain.is_none_or(|certain| asked && extras.contains(&certain)));
                }
            }
            prop_assert_eq!(found.map(texts).map_err(|_| ()), obvious);
        }
    }
}
