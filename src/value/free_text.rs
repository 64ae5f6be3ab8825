//! Text that the pages give no form.

use super::rules;

text_value! {
    /// Text of any script: 1 to 4,096 characters, LF between lines, no other control character (the
    /// length is ours).
    foreign FreeText(Box<str>) = "text", |text| rules::lines(text, FreeText::MAX);
}

kept_text!(FreeText PrivateText);

impl FreeText {
    const MAX: usize = 4_096;
}

text_value! {
    /// Text about a person, of the form of [`FreeText`].
    personal PrivateText as Address = "text", |text| rules::lines(text, FreeText::MAX);
}
