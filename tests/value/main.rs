//! Values that more than one protocol carries, through the public API.

mod bounds;
mod reason;
