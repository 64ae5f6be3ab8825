//! A request as it may be shown.

use core::fmt::{self, Write as _};

use crate::media::form;
use crate::remote_auth::{Parameter, ParameterName, UnlistedName};
use crate::value::{Masked, Secrecy};

/// A raw form body, readable or not, fit for a log: card data and personal data are masked.
///
/// Each parameter is masked as its [`Secrecy`] says. Card numbers show their first six and last four
/// digits; passwords, security codes, tokens and cryptograms show nothing, nor does the value of any
/// parameter that the table does not know. Names, addresses and the like show a part. Values that
/// should be harmless are searched for card numbers, as [`MaskedText`](crate::value::MaskedText) does
/// it, and what cannot be decoded is not shown.
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
/// // To whom it may be shown.
/// assert_eq!(
///     masked.with_personal_data().to_string(),
///     "auth_pass=***&card_num=400000******0002&pan=***&tran_ref=17&cust_name=Luke S&cust_tel=***",
/// );
/// ```
#[derive(Clone, Copy)]
pub struct MaskedForm<'a> {
    body: &'a [u8],
    personal_data: bool,
}

impl<'a> MaskedForm<'a> {
    /// Shows `body`.
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

    /// Every parameter that has a value, with the value masked where it has to be.
    pub fn parameters(&self) -> impl Iterator<Item = (ParameterName<Parameter>, String)> + use<'a> {
        let mut shown = Vec::new();
        let all = self.each(|name, value| {
            // What is masked may be longer than what it masks, but what is shown whole is not: so no
            // copy of it is left behind.
            let mut text = String::with_capacity(value.text.len());
            write!(text, "{value}")?;
            shown.push((name, text));
            Ok(())
        });
        debug_assert!(all.is_ok(), "a String takes all");
        shown.into_iter()
    }

    /// Calls `show` with each parameter that has a value.
    fn each(&self, mut show: impl FnMut(ParameterName<Parameter>, Masked<'_>) -> fmt::Result) -> fmt::Result {
        let body = form::readable(self.body);
        let with_value = form::pairs(body.as_str()).filter(|(_, value)| !value.is_empty());
        for (name, value) in with_value {
            let name = parameter_name(name);
            match (self.secrecy(&name), form::decode_secret(value)) {
                (secrecy, Ok(value)) => show(name, Masked { text: value.expose(), secrecy })?,
                (_, Err(_)) => show(name, Masked { text: "", secrecy: Secrecy::Hidden })?,
            }
        }
        Ok(())
    }

    const fn secrecy(&self, name: &ParameterName<Parameter>) -> Secrecy {
        match name {
            ParameterName::Unlisted(_) => Secrecy::Hidden,
            ParameterName::Known(parameter) => match parameter.secrecy() {
                personal if personal.is_personal() && self.personal_data => Secrecy::Open,
                secrecy => secrecy,
            },
        }
    }
}

fn parameter_name(encoded: &str) -> ParameterName<Parameter> {
    let known = form::decode_secret(encoded).ok().and_then(|name| Parameter::from_wire(name.expose()));
    let unlisted = || ParameterName::Unlisted(UnlistedName::new::<Parameter>(encoded.as_bytes()));
    known.map_or_else(unlisted, ParameterName::Known)
}

impl fmt::Display for MaskedForm<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        self.each(|name, value| {
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

/// Escapes what would begin a line of the log, or change the order in which one is read.
struct OneLine<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        text.chars().try_for_each(|character| self.write_char(character))
    }

    fn write_char(&mut self, character: char) -> fmt::Result {
        match character {
            '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            control if control.is_control() => {}
            other => return self.0.write_char(other),
        }
        write!(self.0, "{}", character.escape_default())
    }
}
