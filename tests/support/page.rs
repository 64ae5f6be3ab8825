//! Tables of the protocol pages.

use std::collections::BTreeSet;
use std::fs;

/// The cells of each row of a table, by its first line.
pub fn rows(page: &str, head: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(page).unwrap();
    let lines =
        text.lines().skip_while(|line| *line != head).skip(2).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| {
        let line = line.trim_matches('|');
        line.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let rows: Vec<Vec<String>> = lines.map(cells).collect();
    assert!(!rows.is_empty(), "no table {head} in {page}");
    rows
}

/// The ids of the vendor's statements.
pub fn statements(list: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(list).unwrap();
    text.lines().filter_map(|line| line.split_once(',')).map(|(id, _)| id.to_owned()).collect()
}
