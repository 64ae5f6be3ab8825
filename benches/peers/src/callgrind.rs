//! Counts instructions: runs this program again under callgrind, for one case.

use std::env;
use std::process::Command;

use crate::group::Group;

/// Tells whether valgrind is installed.
pub fn is_installed() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The instructions of one run of a case. Valgrind prints its own errors.
///
/// Valgrind knows neither SHA-NI nor AVX-512, so code that detects them takes its slower way. A `rep movsb`, as in a
/// large memcpy, counts once for each byte.
pub fn instructions(group: &str, case: &str) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*counted*"])
        .arg(env::current_exe().ok()?)
        .args(["--count", group, case])
        .output()
        .ok()?;
    let log = String::from_utf8_lossy(&output.stderr);
    let collected = log.lines().find_map(|line| line.split_once("Collected :"));
    let count = collected.and_then(|(_, count)| count.trim().parse().ok()).filter(|&count| count > 0);
    if count.is_none() {
        eprintln!("{group}, {case} could not be counted:\n{log}");
    }
    count
}

/// The child process: warms up, then runs the case once in a function that callgrind knows.
pub fn child(group: Group, name: &str) {
    let case = group.cases.iter().find(|case| case.name == name).expect("a case of this name");
    (case.run)(1);
    counted(&case.run);
}

#[inline(never)]
fn counted(run: &dyn Fn(usize)) {
    run(1);
}
