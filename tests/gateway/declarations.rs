//! The declarations of messages, into which rustfmt does not look.

use std::fs;
use std::path::Path;

/// The files of a folder that declare messages, and what they say.
fn declaring(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            declaring(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            if ["\nmessage! {", "\nrecord! {"].iter().any(|start| text.contains(start)) {
                found.push((path.display().to_string(), text));
            }
        }
    }
}

#[test]
fn declarations_are_laid_out_as_rustfmt_would() {
    let mut files = Vec::new();
    declaring(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 8, "where are they?");
    let mut rows = 0;
    for (path, text) in files {
        let mut is_inside = false;
        for (number, line) in (1..).zip(text.lines()) {
            is_inside = (is_inside || ["message! {", "record! {"].contains(&line)) && line != "}";
            if !is_inside {
                continue;
            }
            let (place, row) = (format!("{path}:{number}"), line.trim_start());
            assert!(line.chars().count() <= 110, "{place} is too wide");
            assert!(line.trim_end() == line && !line.contains('\t'), "{place} has odd blanks");
            if !row.starts_with("//") && row.contains("\" => ") && row.ends_with(',') {
                assert_eq!(line.len() - row.len(), 8, "{place} is not indented as a row");
                assert!(
                    !row.contains("  ") && !row.contains(" ,") && !row.contains(" :"),
                    "{place} has odd blanks"
                );
                rows += 1;
            }
        }
    }
    assert!(rows > 100, "{rows} rows");
}
