//! The letter that says whether a transaction was authorised.

open_list! {
    /// The status of a response (section 3): one ASCII letter. `A` means authorised, anything else
    /// means that it was not; an unlisted letter is kept and never an approval.
    ///
    /// ```
    /// use cashflows_codec::value::Status;
    ///
    /// assert_eq!(Status::try_from('A')?, Status::Authorised);
    /// assert!(matches!(Status::try_from('a')?, Status::Unlisted(_)));
    /// assert!(Status::try_from('1').is_err());
    /// # Ok::<(), cashflows_codec::InvalidValue>(())
    /// ```
    Status = "status", character where char::is_ascii_alphabetic, else Letter;
    /// `A`
    Authorised = 'A' "authorised",
    /// `D`
    Declined = 'D' "declined",
    /// `R`: to be treated as declined.
    Referral = 'R' "referral",
    /// `B`. Of a reply, the letter `E` with a code of its own family is read as this too: the table of
    /// codes lists `Ex01` as blocked.
    Blocked = 'B' "blocked",
    /// `C`
    Cancelled = 'C' "cancelled",
    /// `V`
    ValidationError = 'V' "validation_error",
    /// `S`
    SystemError = 'S' "system_error",
}

impl Status {
    /// The letter on the wire.
    #[must_use]
    pub const fn letter(self) -> char {
        self.character()
    }
}

stored_as_text!(Status);
