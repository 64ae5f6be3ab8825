//! Every file that a page of the project names is there.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders that have pages, and in which a path in a page can begin.
const FOLDERS: [&str; 8] = ["src/", "tests/", "docs/", "examples/", "loopback/", "fuzz/", "benches/", ".ci/"];

#[test]
fn every_file_that_a_page_names_is_there() {
    let mut pages = files(Path::new(""), false);
    pages.extend(FOLDERS.iter().flat_map(|folder| files(Path::new(folder), true)));
    pages.retain(|page| page.extension().is_some_and(|extension| extension == "md"));
    for page in ["SECURITY.md", "CONTRIBUTING.md", "README.md", "docs/after-a-crash.md"] {
        assert!(pages.contains(&page.into()), "{page}");
    }
    let named = pages.iter().flat_map(|page| {
        let text = fs::read_to_string(page).unwrap();
        named(page, &text).into_iter().map(|path| (page, path)).collect::<Vec<_>>()
    });
    // The pages of a package can name what is in its own folder.
    let is_missing =
        |(page, path): &(&PathBuf, PathBuf)| !path.exists() && !page.with_file_name(path).exists();
    let missing: Vec<_> = named.filter(is_missing).collect();
    assert_eq!(missing, []);
}

#[test]
fn a_missing_file_is_found() {
    let page = Path::new("docs/page.md");
    let text = "[a](other.md#part) [b](https://example.com/x) [c](#part) `src/a.rs`, `cargo test --test ab --lib`\n\
        `tests/run 12` `a/b` `text/csv` `examples/x/README.md`: ```tests/no```";
    let expected =
        ["docs/other.md", "src/a.rs", "tests/ab/main.rs", "tests/run", "examples/x/README.md", "tests/no"];
    assert_eq!(named(page, text), expected.map(PathBuf::from));
    assert!(!Path::new("docs/other.md").exists());
}

/// The files of a folder, without what tools put there.
fn files(folder: &Path, below: bool) -> Vec<PathBuf> {
    let here = if folder == Path::new("") { Path::new(".") } else { folder };
    let Ok(entries) = fs::read_dir(here) else { return Vec::new() };
    let paths = entries.map(|entry| folder.join(entry.unwrap().file_name()));
    let is_ours = |path: &PathBuf| !path.ends_with("target") && !path.ends_with("node_modules");
    let of = |path: PathBuf| match path.is_dir() {
        true if below => files(&path, below),
        _ => vec![path],
    };
    paths.filter(is_ours).flat_map(of).collect()
}

/// What a page names: where its links lead, the paths in its code, and the tests that it calls.
fn named(page: &Path, text: &str) -> Vec<PathBuf> {
    let links = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
    let links = links.filter(|link| !link.contains("://") && !link.starts_with('#'));
    let folder = page.parent().unwrap();
    let mut named: Vec<_> = links
        .map(|link| folder.join(link.split('#').next().unwrap()))
        .filter(|path| path != folder)
        .collect();
    for code in text.split('`').skip(1).step_by(2) {
        let mut previous = "";
        for word in code.split_whitespace() {
            let word = word.trim_matches(|character: char| "\"'(),;:".contains(character));
            let is_path = FOLDERS.iter().any(|folder| word.starts_with(folder) && word != *folder);
            if is_path && !word.contains(['{', '*', '…', '<', '$']) {
                named.push(word.into());
            }
            if previous == "--test" {
                named.push(test(word));
            }
            previous = word;
        }
    }
    named
}

fn test(name: &str) -> PathBuf {
    let folder = Path::new("tests").join(name);
    let file = folder.with_extension("rs");
    if file.exists() { file } else { folder.join("main.rs") }
}
