//! Families of response codes.

open_list! {
    /// The letter of a response code (section 3). It may differ from the status of the response:
    /// one documented line is `B|…|D090`. It is read in any case, and written in upper case.
    Family = "response code family",
    character where char::is_ascii_alphabetic, else Letter, read as char::to_ascii_uppercase;
    /// `D`
    Declined = 'D' "declined",
    /// `R`
    Referral = 'R' "referral",
    /// `E`: the table calls it blocked.
    Blocked = 'E' "blocked",
    /// `C`
    Cancelled = 'C' "cancelled",
    /// `S`
    SystemError = 'S' "system_error",
    /// `V`
    ValidationError = 'V' "validation_error",
}

impl Family {
    /// The letter on the wire.
    #[must_use]
    pub const fn letter(self) -> char {
        self.character()
    }
}

/// The value of an ASCII digit.
pub(super) fn digit(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}
