//! Protects the card numbers in the process's memory.

/// Forbids core files: during a payment its card number is in memory, and would be in the file of a crash.
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
    // The limit does not apply to cores that are piped to a program; this does. It also keeps debuggers of the same
    // user out.
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}
