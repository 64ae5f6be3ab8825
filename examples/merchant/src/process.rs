//! What a process that holds card numbers owes to its machine.

/// Forbids core files: while a payment is taken, its card number is in memory, and the file of a crash
/// would keep it.
///
/// # Errors
///
/// The system refuses.
pub fn forbid_core_files() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    }
    // The limit does not hold where cores go to a program; this does. It also keeps debuggers of the
    // same user out.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}
