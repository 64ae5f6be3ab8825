//! Errors and warnings of the gateway (sections 5 and 7).

use core::fmt;

use crate::gateway::error_word::{ErrorWord, WarningWord};
use crate::media::json::{JsonError, Object, Part, ReadJson, Value, message, write_text};
use crate::value::open::Shown;

/// The code of an error or a warning: a word, sometimes with `_` and a number behind (section 7).
///
/// ```
/// use cashflows_codec::gateway::response::{ErrorWord, ReportCode};
///
/// let code = ReportCode::from("InvalidPaymentStatus_2");
/// assert_eq!(code.error(), ErrorWord::InvalidPaymentStatus);
/// assert_eq!(code.as_str(), "InvalidPaymentStatus_2");
/// assert!(matches!(ReportCode::from("Invalid_Status").error(), ErrorWord::Unlisted(_)));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ReportCode(Box<str>);

impl ReportCode {
    /// The code, as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The word, without the number.
    fn word(&self) -> &str {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match self.0.rsplit_once('_') {
            Some((word, number)) if is_number(number) => word,
            _ => &self.0,
        }
    }

    /// The word, as that of an error.
    #[must_use]
    pub fn error(&self) -> ErrorWord {
        self.word().into()
    }

    /// The word, as that of a warning.
    #[must_use]
    pub fn warning(&self) -> WarningWord {
        self.word().into()
    }
}

impl From<&str> for ReportCode {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<ErrorWord> for ReportCode {
    fn from(word: ErrorWord) -> Self {
        word.as_str().into()
    }
}

impl From<WarningWord> for ReportCode {
    fn from(word: WarningWord) -> Self {
        word.as_str().into()
    }
}

impl ReadJson for ReportCode {
    fn read(value: Value<'_>) -> Result<Self, JsonError> {
        value.text_or_number().map(|text| Self::from(&*text))
    }
}

impl AsRef<str> for ReportCode {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl Part for ReportCode {}
write_text! { ReportCode }

impl fmt::Debug for ReportCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReportCode({:?})", Shown(&self.0))
    }
}

message! {
    /// One error or warning.
    ///
    /// A message may quote what was sent: it is printed with long numbers masked.
    #[derive(Clone, Default, PartialEq, Eq)]
    pub struct ReportEntry, fn empty {
        /// The code. Some errors have none.
        "code" => code: Option<ReportCode>,
        /// The message in English. The sentences of the page's table are a second key to the
        /// [word](Self::error); others vary in their wording.
        "message" => message: Option<Box<str>>,
        /// The message in the language of the report.
        "translatedMessage" => translated_message: Option<Box<str>>,
    }
}

impl ReportEntry {
    /// An entry with a code, and with the sentence that the page prints for its word, if it prints one.
    ///
    /// ```
    /// use cashflows_codec::gateway::response::{ErrorWord, ReportEntry};
    ///
    /// let entry = ReportEntry::new(ErrorWord::OrderReferenceNotUnique);
    /// assert_eq!(entry.code.as_ref().map(|code| code.as_str()), Some("OrderReferenceNotUnique"));
    /// assert_eq!(entry.message.as_deref(), Some("The supplied order reference is not unique."));
    /// ```
    #[must_use]
    pub fn new(code: impl Into<ReportCode>) -> Self {
        let code = code.into();
        let message = code.error().message().or_else(|| code.warning().message()).map(Box::from);
        Self { code: Some(code), message, ..Self::empty() }
    }

    /// Adds a message, in the place of the page's sentence.
    #[must_use]
    pub fn with_message(mut self, message: &str) -> Self {
        self.message = Some(message.into());
        self
    }

    /// The listed word of the error: that of the code, else that of the sentence, of which the page prints
    /// 29 and lost 16 of the words.
    ///
    /// None if neither is listed, and if the sentence is that of two words: then
    /// [`ErrorWord::from_sentence`] has both.
    ///
    /// ```
    /// use cashflows_codec::gateway::response::{ErrorWord, ReportEntry};
    ///
    /// let lost = ReportEntry::new("SomeWord").with_message("Payment job is already final.");
    /// assert_eq!(lost.error(), Some(ErrorWord::PaymentJobAlreadyFinal));
    /// assert_eq!(ReportEntry::new("SomeWord").error(), None);
    /// ```
    #[must_use]
    pub fn error(&self) -> Option<ErrorWord> {
        let listed = self.code.as_ref().map(ReportCode::error);
        listed.filter(|word| !matches!(word, ErrorWord::Unlisted(_))).or_else(|| {
            let mut words = ErrorWord::from_sentence(self.message.as_deref()?);
            words.next().filter(|_| words.next().is_none()).cloned()
        })
    }

    /// The listed word of the warning: that of the code, else that of the sentence.
    #[must_use]
    pub fn warning(&self) -> Option<WarningWord> {
        let listed = self.code.as_ref().map(ReportCode::warning);
        listed
            .filter(|word| !matches!(word, WarningWord::Unlisted(_)))
            .or_else(|| WarningWord::from_sentence(self.message.as_deref()?).cloned())
    }

    /// The listed words of the error: that of the code, and those of the sentence.
    fn words(&self) -> impl Iterator<Item = ErrorWord> {
        let of_code = self.code.as_ref().map(ReportCode::error);
        let of_code = of_code.filter(|word| !matches!(word, ErrorWord::Unlisted(_)));
        let of_sentence = self.message.iter().flat_map(|message| ErrorWord::from_sentence(message));
        of_code.into_iter().chain(of_sentence.cloned())
    }

    /// Returns true if the error is that the request was refused before anything was done: by a validation, or with
    /// a word or sentence of the page's table. `parameters` prove nothing.
    fn refuses(&self) -> bool {
        let validation = self.code.as_ref().is_some_and(|code| code.word() == VALIDATION);
        let is_read = !["code", "message", "translatedMessage"].iter().any(|name| self.is_malformed(name));
        is_read && (validation || self.words().next().is_some()) && !self.speaks_of_communication()
    }

    /// Returns true if a message says that the gateway could not speak to those behind it ("Error while
    /// communicating."), or is malformed and may say so.
    fn speaks_of_communication(&self) -> bool {
        if !self.rest.findings().is_empty() {
            return true;
        }
        let texts = [self.message.as_deref(), self.translated_message.as_deref()];
        let code = self.code.as_ref().map(ReportCode::as_str);
        texts.into_iter().chain([code]).flatten().any(is_about_communication)
    }
}

/// The code of an error that says what is wrong with the members of a request.
const VALIDATION: &str = "InvalidRequest";

/// Returns true if a text is about communication, in any words.
pub(super) fn is_about_communication(text: &str) -> bool {
    text.to_ascii_lowercase().contains("communicat")
}

impl fmt::Debug for ReportEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportEntry")
            .field("code", &self.code)
            .field("message", &self.message.as_deref().map(Shown))
            .field("translated_message", &self.translated_message.as_deref().map(Shown))
            .field("unlisted", &self.rest)
            .finish()
    }
}

message! {
    /// The error report of an answer (section 5): errors, and warnings, which may stand beside a success.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct ErrorReport {
        /// The errors.
        "errors" => errors: Vec<ReportEntry>,
        /// The warnings, which stopped nothing.
        "warnings" => warnings: Vec<ReportEntry>,
        /// The language of the translated messages.
        "language" => language: Option<Box<str>>,
        /// True if the gateway calls it fatal.
        "isFatalError" => is_fatal_error: Option<bool>,
    }
}

impl ErrorReport {
    /// Adds an error.
    #[must_use]
    pub fn with_error(mut self, error: ReportEntry) -> Self {
        self.errors.push(error);
        self
    }

    /// Adds a warning.
    #[must_use]
    pub fn with_warning(mut self, warning: ReportEntry) -> Self {
        self.warnings.push(warning);
        self
    }

    /// Returns true if it names errors, and only such as say for certain that nothing was done.
    pub(in crate::gateway) fn is_certain(&self) -> bool {
        !self.errors.is_empty() && self.errors.iter().all(ReportEntry::refuses)
    }

    /// Returns true if an error is one that a call hears after an earlier one of its kind has worked.
    pub(in crate::gateway) fn may_follow_success(&self) -> bool {
        self.errors.iter().flat_map(ReportEntry::words).any(|word| word.may_follow_success())
    }

    /// Returns true if it names errors, none of which speaks of communication.
    pub(in crate::gateway) fn is_refusal(&self) -> bool {
        !self.errors.is_empty() && !self.errors.iter().any(ReportEntry::speaks_of_communication)
    }

    /// The codes of the errors, in words.
    pub(super) fn codes(&self) -> impl fmt::Display {
        struct Codes<'r>(&'r [ReportEntry]);

        impl fmt::Display for Codes<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                if self.0.is_empty() {
                    return f.write_str("no error");
                }
                for (place, error) in self.0.iter().enumerate() {
                    let separator = if place > 0 { ", " } else { "" };
                    match &error.code {
                        Some(ReportCode(code)) => write!(f, "{separator}{:?}", Shown(code))?,
                        None => write!(f, "{separator}an error without a code")?,
                    }
                }
                Ok(())
            }
        }

        Codes(&self.errors)
    }

    /// The report of an answer's object, if there is one.
    pub(super) fn of(envelope: Object<'_>) -> Result<Option<Self>, JsonError> {
        envelope.get("errorReport").map(Self::read).transpose()
    }
}
