//! Request bodies with secrets and personal data masked.

use core::fmt::{self, Write as _};

use crate::media::form;
use crate::remote_auth::{Parameter, ParameterName, UnlistedName};
use crate::secret::{MASK, Wiped};
use crate::value::{Masked, MaskedText, Secrecy, rules};

/// A raw form body, readable or not, fit for a log: card data and personal data are masked.
///
/// The [`Secrecy`] of each parameter decides how it is masked. Card numbers show their first six and last
/// four digits. Passwords, security codes, tokens, cryptograms, and the values of parameters that the table
/// does not have, are hidden. Names, addresses and the like show a part.
///
/// An open value is shown only if it has the form of its parameter: digits for `auth_id`, an amount for
/// `tran_amount`, a word of its list for `tran_type`. Otherwise it can be the rest of a body with a wrong
/// separator, and is replaced by `***`. Text without a form (`tran_ref`, `tran_desc`, `descriptor`,
/// `return_acq_ref`, `submit`, names and addresses) ends at the name of a secret or personal parameter,
/// and card numbers in it are masked: in references and ids by
/// [`MaskedText::reference`](crate::value::MaskedText::reference), in other text by
/// [`MaskedText::new`](crate::value::MaskedText::new). A value that cannot be decoded is hidden, and so is text in
/// which such a name is written with escapes.
///
/// ```
/// use cashflows_codec::remote_auth::request::MaskedForm;
///
/// let body = b"auth_pass=hunter2&card_num=4000000000000002&pan=4000000000000002&tran_ref=17&cust_name=Luke+S&cust_tel=%zz";
/// let masked = MaskedForm::new(body);
/// assert_eq!(
///     masked.to_string(),
///     "auth_pass=***&card_num=400000******0002&pan=***&tran_ref=17&cust_name=L*** ***&cust_tel=***",
/// );
/// // For readers who may see personal data.
/// assert_eq!(
///     masked.with_personal_data().to_string(),
///     "auth_pass=***&card_num=400000******0002&pan=***&tran_ref=17&cust_name=Luke S&cust_tel=***",
/// );
/// // With a wrong separator.
/// let masked = MaskedForm::new(b"tran_desc=Tea;auth_id=1234567;card_cvv=739&tran_amount=1.00;card_cvv=739");
/// assert_eq!(masked.to_string(), "tran_desc=Tea;auth_id=1234567;card_cvv=***&tran_amount=***");
/// ```
#[derive(Clone, Copy)]
pub struct MaskedForm<'a> {
    body: &'a [u8],
    personal_data: bool,
}

impl<'a> MaskedForm<'a> {
    /// The form of `body`.
    #[must_use]
    pub const fn new(body: &'a [u8]) -> Self {
        Self { body, personal_data: false }
    }

    /// Shows personal data whole: names, addresses, e-mail and IP addresses, telephone and account
    /// numbers, dates of birth. Card numbers in them stay masked, and so does all in `Debug`.
    #[must_use]
    pub const fn with_personal_data(mut self) -> Self {
        self.personal_data = true;
        self
    }

    /// The parameters that have a value, with the value masked.
    pub fn parameters(&self) -> impl Iterator<Item = (ParameterName<Parameter>, String)> + use<'a> {
        let mut shown = Vec::new();
        let all = self.each(|name, text, value| {
            // A value that is shown whole fits, so that growing the text leaves no copy of it behind.
            let mut text = String::with_capacity(text.len());
            write!(text, "{value}")?;
            shown.push((name, text));
            Ok(())
        });
        debug_assert!(all.is_ok(), "a String takes all");
        shown.into_iter()
    }

    /// Calls `show` with each parameter that has a value, the value's text and what is shown of it.
    fn each(
        &self,
        mut show: impl FnMut(ParameterName<Parameter>, &str, Shown<'_>) -> fmt::Result,
    ) -> fmt::Result {
        let body = form::readable(self.body);
        let with_value = form::pairs(body.as_str()).filter(|(_, value)| !value.is_empty());
        for (name, encoded) in with_value {
            let name = parameter_name(name);
            // Before it is decoded: half an escape would take the first letter of the name.
            let (readable, hidden) = match split_at_hidden_name(encoded) {
                Some((before, hidden)) => (before, Some(hidden)),
                None => (encoded, None),
            };
            match (&name, form::decode_secret(readable)) {
                (&ParameterName::Known(parameter), Ok(value)) => {
                    let text = value.expose();
                    show(name, text, Shown::of(parameter, text, hidden, self.personal_data))?;
                }
                _ => show(name, "", Shown::Nothing)?,
            }
        }
        Ok(())
    }
}

/// The shown form of a value.
enum Shown<'v> {
    Nothing,
    ByItsKind(Masked<'v>),
    Text(MaskedText<'v>),
    /// Text up to the name of a parameter that is secret or personal, and that name.
    UpTo(MaskedText<'v>, &'v str),
}

impl<'v> Shown<'v> {
    /// The shown form of a text, which may end at the name of another parameter.
    fn of(parameter: Parameter, text: &'v str, hidden: Option<&'v str>, personal_data: bool) -> Self {
        let secrecy = parameter.secrecy();
        let (text, hidden) = match split_at_hidden_name(text) {
            Some((before, name)) => (before, Some(name)),
            None => (text, hidden),
        };
        let is_whole = hidden.is_none();
        if secrecy.is_secret() && is_whole {
            return Self::ByItsKind(Masked { text, secrecy });
        }
        let is_right = (parameter.is_text() || is_whole && parameter.fits(text)) && !has_escaped_name(text);
        if !is_right || secrecy.is_secret() {
            return Self::Nothing;
        }
        let is_free = secrecy.is_personal() || parameter.is_text() && parameter != Parameter::TranRef;
        let masked = if is_free { MaskedText::new(text) } else { MaskedText::reference(text) };
        match hidden {
            None if secrecy.is_personal() && !personal_data => Self::ByItsKind(Masked { text, secrecy }),
            None => Self::Text(masked),
            Some(_) if secrecy.is_personal() && !personal_data => Self::Nothing,
            Some(name) => Self::UpTo(masked, name),
        }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str(MASK),
            Self::ByItsKind(masked) => masked.fmt(f),
            Self::Text(text) => text.fmt(f),
            Self::UpTo(text, name) => write!(f, "{text}{name}={MASK}"),
        }
    }
}

/// The text before the first name of a parameter that is secret or personal, and that name.
fn split_at_hidden_name(text: &str) -> Option<(&str, &str)> {
    text.match_indices('_').find_map(|(underscore, _)| {
        hidden_names().find_map(|name| {
            let start = underscore.checked_sub(name.find('_')?)?;
            let found = text.get(start..start + name.len())?;
            found.eq_ignore_ascii_case(name).then_some((text.get(..start)?, found))
        })
    })
}

/// Returns true if a text has the name of a secret or personal parameter with letters written as escapes, of forms (`%63`)
/// or of JSON (`\u0063`), or has escapes of escapes to a depth that is not looked into.
fn has_escaped_name(text: &str) -> bool {
    const DEPTH: usize = 3;
    if !text.contains(['%', '\\']) {
        return false;
    }
    let mut layer = Wiped::new(text.to_owned());
    for _ in 0..DEPTH {
        let Some(unescaped) = unescaped(&layer) else { return false };
        if split_at_hidden_name(&unescaped).is_some() {
            return true;
        }
        layer = unescaped;
    }
    unescaped(&layer).is_some()
}

/// The text with its escapes of ASCII characters resolved once, if it has any.
fn unescaped(text: &str) -> Option<Wiped<String>> {
    let mut plain = Wiped::new(String::with_capacity(text.len()));
    let mut rest = text;
    let mut found = false;
    while let Some((before, escape)) = rest.find(['%', '\\']).and_then(|at| rest.split_at_checked(at)) {
        plain.push_str(before);
        let digits = ["%", "\\u00"].into_iter().find_map(|lead| {
            let (digits, after) = escape.strip_prefix(lead)?.split_at_checked(2)?;
            let byte = u8::from_str_radix(digits, 16).ok().filter(u8::is_ascii)?;
            Some((byte, after))
        });
        let (character, after) = match digits {
            Some((byte, after)) => (char::from(byte), after),
            None => (escape.chars().next()?, escape.get(1..)?),
        };
        found |= digits.is_some();
        plain.push(character);
        rest = after;
    }
    plain.push_str(rest);
    found.then_some(plain)
}

/// The names of the secret and the personal parameters, of batches too.
fn hidden_names() -> impl Iterator<Item = &'static str> {
    let hidden = Parameter::ALL.iter().filter(|parameter| parameter.secrecy() != Secrecy::Open);
    hidden.map(|parameter| parameter.as_str()).chain(["profile_pass"])
}

fn parameter_name(encoded: &str) -> ParameterName<Parameter> {
    let known = form::decode_secret(encoded).ok().and_then(|name| Parameter::from_wire(name.expose()));
    let unlisted = || ParameterName::Unlisted(UnlistedName::new::<Parameter>(encoded.as_bytes()));
    known.map_or_else(unlisted, ParameterName::Known)
}

impl fmt::Display for MaskedForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        self.each(|name, _, value| {
            write!(f, "{separator}{name}=")?;
            separator = "&";
            write!(OneLine(f), "{value}")
        })
    }
}

impl fmt::Debug for MaskedForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MaskedForm({})", Self::new(self.body))
    }
}

/// Escapes characters that would begin a line of the log, or change the order in which it is read.
struct OneLine<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|character| self.write_char(character))
    }

    fn write_char(&mut self, character: char) -> fmt::Result {
        match character {
            unprintable if unprintable.is_control() || rules::is_layout(unprintable) => {}
            other => return self.0.write_char(other),
        }
        write!(self.0, "{}", character.escape_default())
    }
}
