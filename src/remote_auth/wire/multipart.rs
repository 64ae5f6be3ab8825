//! The batch bodies (section 7).
//!
//! | module | job |
//! | --- | --- |
//! | [`media`] | content types, and the boundary in them |
//! | [`read`] | a body into its parts |
//! | [`outline`] | what the reader of parts may see of a request |
//! | [`write`] | parts into a body of known size |
//! | [`form`] | the form in the first part, both ways |
//! | [`rows`] | the lines of the attachment, both ways |
//! | [`request`] | submissions and queries, both ways |
//! | [`reply`] | refusals and reports, both ways |

mod form;
mod media;
mod outline;
mod read;
mod reply;
mod request;
mod rows;
mod write;
