//! The words by which the gateway says how a batch, or one row of it, went.

use arrayvec::ArrayString;

use crate::error::{InvalidValue, Rule};
use crate::remote_auth::batch::parameter::BatchParameter;

/// Text that can be a word of an open list: 1 to 32 ASCII letters, digits, `_`, `-` and `.`.
type Word = ArrayString<32>;

/// Keeps a word that no list has.
fn word(text: &str) -> Result<Word, Rule> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    match Word::from(text) {
        Ok(word) if !text.is_empty() && text.bytes().all(is_word) => Ok(word),
        _ => Err(Rule::Word),
    }
}

/// Defines the type of a word that is on no list: only this module makes one.
macro_rules! unlisted_word {
    ($(#[$doc:meta])* $Unlisted:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $Unlisted(Word);

        impl $Unlisted {
            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl core::fmt::Debug for $Unlisted {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_tuple(stringify!($Unlisted)).field(&self.as_str()).finish()
            }
        }

        impl core::fmt::Display for $Unlisted {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

/// Defines an open list of words as an enum whose last variant keeps any other word.
macro_rules! open_words {
    (
        $(#[$doc:meta])*
        $Name:ident, $Unlisted:ident = $name:expr;
        $($(#[$word_doc:meta])* $Word:ident = $wire:literal,)+
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $Name {
            $($(#[$word_doc])* $Word,)+
            /// Any other word.
            Unlisted($Unlisted),
        }

        unlisted_word! {
            #[doc = concat!("A word that is none of the listed ones of [`", stringify!($Name), "`].")]
            $Unlisted
        }

        impl $Name {
            /// Every listed word.
            pub const ALL: &'static [Self] = &[$(Self::$Word),+];

            /// The listed word that a text is.
            #[inline]
            pub(crate) fn listed(text: &str) -> Option<Self> {
                match text {
                    $($wire => Some(Self::$Word),)+
                    _ => None,
                }
            }

            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$Word => $wire,)+
                    Self::Unlisted(word) => word.as_str(),
                }
            }
        }

        impl TryFrom<&str> for $Name {
            type Error = InvalidValue;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                Self::listed(text).map_or_else(
                    || {
                        let unlisted = word(text).map(|word| Self::Unlisted($Unlisted(word)));
                        unlisted.map_err(|rule| InvalidValue::new($name, rule))
                    },
                    Ok,
                )
            }
        }

        parsed_value!($Name);

        impl core::fmt::Display for $Name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

word_value! {
    /// Why the gateway did not take a batch request (`result`, section 7).
    Refusal = BatchParameter::Result.as_str();
    /// The request cannot be parsed.
    InvalidRequest = "invalid_request",
    /// The profile id or the password is not right.
    InvalidCredentials = "invalid_credentials",
    /// The request is larger than 64 KiB.
    RequestTooBig = "request_toobig",
    /// The file name of the attachment is not right.
    InvalidFileName = "invalid_filename",
    /// The gateway failed; the request can be sent again.
    InternalFailure = "internal_failure",
    /// There is no batch with the id of the query.
    ReleaseNotFound = "release_notfound",
}

unlisted_word! {
    /// A `result` that is neither a [`Refusal`] nor `release_report`: nobody says what it means.
    UnlistedResult
}

/// The `result` of a reply, before anything is known of the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResultWord {
    Refusal(Refusal),
    Report,
    Unlisted(UnlistedResult),
}

impl ResultWord {
    pub(crate) const REPORT: &'static str = "release_report";
}

impl TryFrom<&str> for ResultWord {
    type Error = InvalidValue;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        if text == Self::REPORT {
            return Ok(Self::Report);
        }
        Refusal::try_from(text).map(Self::Refusal).or_else(|_| {
            word(text)
                .map(|word| Self::Unlisted(UnlistedResult(word)))
                .map_err(|rule| InvalidValue::new(BatchParameter::Result.as_str(), rule))
        })
    }
}

open_words! {
    /// How far the gateway is with a batch (`batch_status`, section 7).
    BatchStatus, UnlistedStatus = BatchParameter::BatchStatus.as_str();
    /// Taken, not begun.
    Pending = "pending",
    /// Under way.
    Processing = "processing",
    /// Done: the report has counts and rows.
    Complete = "complete",
}

open_words! {
    /// What became of one transaction of a batch (section 7).
    ///
    /// ```
    /// use cashflows_codec::remote_auth::batch::RowResult;
    ///
    /// let result: RowResult = "batchrel_expired".parse()?;
    /// assert_eq!(result, RowResult::Expired);
    /// assert!(!result.is_released());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    RowResult, UnlistedRowResult = "row result";
    /// Released for authorisation.
    Released = "batchrel_ok",
    /// Not on hold: released before, perhaps settled.
    NotOnHold = "batchrel_notonhold",
    /// No transaction has the reference.
    InvalidReference = "batchrel_invalref",
    /// On hold for more than 7 days: it has to be authorised again.
    Expired = "batchrel_expired",
    /// The gateway failed; the reference can be sent again.
    InternalError = "batchrel_error",
}

impl RowResult {
    /// Whether the transaction was released: `batchrel_ok`, and nothing else.
    #[must_use]
    pub fn is_released(&self) -> bool {
        matches!(self, Self::Released)
    }
}

open_words! {
    /// The format of an attachment (`attached_type`, section 7).
    AttachedType, UnlistedAttachedType = BatchParameter::AttachedType.as_str();
    /// The only documented one.
    OnHoldV0 = "onhold_v0",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listed_words_are_listed_and_others_are_kept() {
        fn read<T>(listed: &[T], as_str: fn(&T) -> &str)
        where
            T: Copy + PartialEq + core::fmt::Debug + for<'a> TryFrom<&'a str>,
        {
            for value in listed {
                assert_eq!(T::try_from(as_str(value)).ok(), Some(*value));
            }
            let unlisted = T::try_from("news_v1.2-b").ok().unwrap();
            assert!(!listed.contains(&unlisted));
            assert_eq!(as_str(&unlisted), "news_v1.2-b");
            for wrong in ["", "two words", "a,b", "a|b", "a\n", "é", &"x".repeat(33)] {
                assert_eq!(T::try_from(wrong).ok(), None, "{wrong}");
            }
        }
        read(BatchStatus::ALL, BatchStatus::as_str);
        read(RowResult::ALL, RowResult::as_str);
        read(AttachedType::ALL, AttachedType::as_str);
    }

    #[test]
    fn results_are_refusals_reports_or_unlisted() {
        for refusal in Refusal::ALL {
            assert_eq!(ResultWord::try_from(refusal.as_str()), Ok(ResultWord::Refusal(*refusal)));
        }
        assert_eq!(ResultWord::try_from("release_report"), Ok(ResultWord::Report));
        assert!(
            matches!(ResultWord::try_from("later"), Ok(ResultWord::Unlisted(word)) if word.as_str() == "later")
        );
        assert_eq!(ResultWord::try_from("").map_err(|error| error.rule()), Err(Rule::Word));
    }
}
