//! Counts instructions: runs this program again under callgrind, for one case.

use std::env;
use std::process::Command;

use crate::group::Group;

/// The instructions that one run of a case takes; `None` without valgrind.
pub fn instructions(group: &str, case: &str) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=*counted*"])
        .arg(env::current_exe().ok()?)
        .args(["--count", group, case])
        .output()
        .ok()?;
    let log = String::from_utf8_lossy(&output.stderr);
    let collected = log.lines().find_map(|line| line.split_once("Collected :"))?.1;
    collected.trim().parse().ok()
}

/// What the child process does: warms up, then runs the case once in a function that callgrind knows.
pub fn child(group: Group, name: &str) {
    let case = group.cases.iter().find(|case| case.name == name).expect("a case of this name");
    (case.run)(1);
    counted(&case.run);
}

#[inline(never)]
fn counted(run: &dyn Fn(usize)) {
    run(1);
}
