//! The batch bodies (section 7).
//!
//! | module | job |
//! | --- | --- |
//! | [`contents`] | what a body consists of, and the content type that says so |
//! | [`form`] | the form, both ways |
//! | [`rows`] | the lines of the attachment, both ways |
//! | [`request`] | submissions and queries, both ways |
//! | [`response`] | refusals and reports, both ways |

mod contents;
mod form;
mod request;
mod response;
mod rows;
