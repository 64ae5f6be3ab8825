//! What is asked of the gateway, and what of it is not used.

mod ignored;
mod parts;
mod refusals;
