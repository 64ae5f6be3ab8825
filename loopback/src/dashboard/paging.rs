//! A list that may be long: a hundred at a time, the newest first.

use std::ops::Range;

use maud::{Markup, html};

use super::words::count;

/// How many are on a page, however many there are.
const A_PAGE: usize = 100;

/// A page of a list in which the newest are last.
pub(super) struct Paging {
    pub(super) places: Range<usize>,
    pub(super) all: usize,
}

impl Paging {
    /// Those before the place `until`, or the newest.
    pub(super) fn new(all: usize, until: Option<usize>) -> Self {
        let end = until.unwrap_or(all).min(all);
        Self { places: end.saturating_sub(A_PAGE)..end, all }
    }

    /// What a table says of itself.
    pub(super) fn caption(&self) -> String {
        let Range { start, end } = self.places;
        let (first, last, all) = (count(start + 1), count(end), count(self.all));
        if end == self.all && start == 0 {
            format!("All {all}, the newest first")
        } else if end == self.all {
            format!("The newest {} of {all}", count(end - start))
        } else {
            format!("Number {last} down to {first} of {all}")
        }
    }

    /// The ways to the other pages.
    pub(super) fn links(&self, path: &str, label: &str) -> Markup {
        let Range { start, end } = self.places;
        let newer = end + A_PAGE;
        html! {
            @if start > 0 || end < self.all {
                nav.paging aria-label=(label) {
                    @if end < self.all { a href=(path) { "Newest" } }
                    @if newer < self.all { a href={ (path) "?until=" (newer) } rel="prev" { "Newer" } }
                    @if start > 0 { a href={ (path) "?until=" (start) } rel="next" { "Older" } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_leads_to_the_next() {
        let mut seen = Vec::new();
        let mut until = None;
        loop {
            let paging = Paging::new(250, until);
            seen.push(paging.places.clone());
            if paging.places.start == 0 {
                break;
            }
            until = Some(paging.places.start);
        }
        assert_eq!(seen, [150..250, 50..150, 0..50]);
        assert_eq!(Paging::new(250, None).caption(), "The newest 100 of 250");
        assert_eq!(Paging::new(250, Some(50)).caption(), "Number 50 down to 1 of 250");
        assert_eq!(Paging::new(2, Some(9)).caption(), "All 2, the newest first");
        assert!(Paging::new(100, None).links("/", "x").into_string().is_empty());
    }
}
