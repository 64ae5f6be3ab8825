//! Words for the state of a batch and the results of its rows.

use super::BatchParameter;
use crate::error::{InvalidValue, Rule};
use crate::value::open::Word;
use crate::value::{OpenList, Unlisted};

word_value! {
    /// The reason why the gateway did not take a batch request (`result`, section 7).
    BatchRefusal = BatchParameter::Result.as_str();
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

/// An unlisted `result` is neither a refusal nor `release_report`. Its meaning is unknown.
impl OpenList for BatchRefusal {
    type Kept = Word;

    fn unlisted(text: &str) -> Result<Unlisted<Self>, InvalidValue> {
        match ResultWord::try_from(text)? {
            ResultWord::Unlisted(unlisted) => Ok(unlisted),
            ResultWord::Refusal(_) | ResultWord::Report => {
                Err(InvalidValue::new(BatchParameter::Result.as_str(), Rule::Listed))
            }
        }
    }
}

/// The `result` of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ResultWord {
    Refusal(BatchRefusal),
    Report,
    Unlisted(Unlisted<BatchRefusal>),
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
        BatchRefusal::try_from(text).map(Self::Refusal).or_else(|_| {
            Word::new(text)
                .map(|word| Self::Unlisted(Unlisted(word)))
                .map_err(|rule| InvalidValue::new(BatchParameter::Result.as_str(), rule))
        })
    }
}

open_list! {
    /// The state of a batch at the gateway (`batch_status`, section 7).
    BatchStatus = BatchParameter::BatchStatus.as_str(), word;
    /// Taken, not begun.
    Pending = "pending",
    /// Under way.
    Processing = "processing",
    /// Done: the report has counts and rows.
    Complete = "complete",
}

open_list! {
    /// The result of one transaction of a batch (section 7).
    ///
    /// ```
    /// use cashflows_codec::remote_auth::batch::RowResult;
    ///
    /// let result: RowResult = "batchrel_expired".parse()?;
    /// assert_eq!(result, RowResult::Expired);
    /// assert!(!result.is_released());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    RowResult = "row result", word;
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
    /// Returns true for `batchrel_ok` only.
    #[must_use]
    pub fn is_released(&self) -> bool {
        matches!(self, Self::Released)
    }
}

open_list! {
    /// The format of an attachment (`attached_type`, section 7).
    AttachedType = BatchParameter::AttachedType.as_str(), word;
    /// The only documented one.
    OnHoldV0 = "onhold_v0",
}

stored_as_text!(BatchStatus, RowResult, AttachedType);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Rule;

    #[test]
    fn open_lists_keep_unlisted_words() {
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
    fn unlisted_types_refuse_listed_words() {
        for listed in BatchStatus::ALL {
            let error = Unlisted::<BatchStatus>::try_from(listed.as_str()).unwrap_err();
            assert_eq!(error.to_string(), "batch_status is listed and has a name of its own");
        }
        let queued: Unlisted<BatchStatus> = "queued".parse().unwrap();
        assert_eq!(BatchStatus::Unlisted(queued), "queued".parse().unwrap());
        assert_eq!(format!("{queued} {queued:?}"), r#"queued "queued""#);
    }

    #[test]
    fn result_word_is_refusal_report_or_unlisted() {
        for refusal in BatchRefusal::ALL {
            assert_eq!(ResultWord::try_from(refusal.as_str()), Ok(ResultWord::Refusal(*refusal)));
        }
        assert_eq!(ResultWord::try_from("release_report"), Ok(ResultWord::Report));
        assert!(
            matches!(ResultWord::try_from("later"), Ok(ResultWord::Unlisted(word)) if word.as_str() == "later")
        );
        for listed in ["invalid_request", ResultWord::REPORT] {
            assert_eq!(
                listed.parse::<Unlisted<BatchRefusal>>().map_err(|error| error.rule()),
                Err(Rule::Listed)
            );
        }
        assert_eq!(ResultWord::try_from("").map_err(|error| error.rule()), Err(Rule::Word));
    }
}
