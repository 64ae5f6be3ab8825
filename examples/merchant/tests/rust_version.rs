//! The package's Rust version is the one that its dependencies need.

use std::process::Command;

use serde_json::Value;

fn version(text: &str) -> Vec<u32> {
    text.split('.').take(2).map(|part| part.parse().unwrap()).collect()
}

#[test]
fn rust_version_is_the_newest_of_the_locked_dependencies() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path", manifest])
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let ours = version(env!("CARGO_PKG_RUST_VERSION"));
    let packages = metadata["packages"].as_array().unwrap();
    let wants = |package: &Value| package["rust_version"].as_str().map(version);
    let newest = packages.iter().filter_map(wants).max().unwrap();
    assert_eq!(newest, ours, "version of the newest dependency, and of Cargo.toml");
    let said = include_str!("../README.md");
    assert!(said.contains(&format!("Rust {}.{}", ours[0], ours[1])), "README.md names another");
}
