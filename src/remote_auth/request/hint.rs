//! What the compiler says to guesses that are near: no type has these traits, and what is missing is
//! named where it is.

/// Nothing has it.
#[diagnostic::on_unimplemented(
    message = "a sale has no result of 3-D Secure of its own",
    label = "it goes with the card",
    note = "give it to the card, `Card::new(…).with_three_ds(…)`, and the card to `Sale::ecom`"
)]
pub trait GoesWithTheCard {}

/// Nothing has it.
#[diagnostic::on_unimplemented(
    message = "a continuous payment has no card security code",
    label = "nobody may have stored one",
    note = "the authority to charge again is the earlier transaction, `Continuous::new(origin, …)`"
)]
pub trait NotInContinuousPayments {}
