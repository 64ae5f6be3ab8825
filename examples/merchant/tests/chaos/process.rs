//! The service as a process, to be killed.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, SystemTime};

use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};

use crate::Failure;

/// The command that starts the service, always the same.
#[derive(Clone, Debug)]
pub struct Launcher {
    pub folder: PathBuf,
    pub address: SocketAddr,
    pub acquirer: String,
    pub gateway: String,
    pub password: String,
    pub key: String,
    pub faster: u32,
    pub faster_from: SystemTime,
}

/// A running service.
#[derive(Debug)]
pub struct Running(Child);

impl Launcher {
    pub fn database(&self) -> PathBuf {
        self.folder.join("merchant.db")
    }

    /// Starts the service, and waits until it accepts clients.
    pub fn start(&self) -> Result<Running, Failure> {
        let from = self.faster_from.duration_since(SystemTime::UNIX_EPOCH)?.as_millis();
        let log: File =
            OpenOptions::new().create(true).append(true).open(self.folder.join("merchant.log"))?;
        let mut child = Command::new(env!("CARGO_BIN_EXE_merchant"))
            .current_dir(&self.folder)
            .env("MERCHANT_PASSWORD", &self.password)
            .env("MERCHANT_GATEWAY_KEY", &self.key)
            .args(["--gateway", &self.gateway, "--look-every", "20s", "--pay-within", "10min"])
            .args(["--listen", &self.address.to_string()])
            .args(["--database", "merchant.db", "--acquirer", &self.acquirer, "--log", "debug"])
            .args(["--faster", &self.faster.to_string(), "--faster-from", &from.to_string()])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let stdout = child.stdout.take().ok_or("no output")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        if line.starts_with("merchant: http://") {
            return Ok(Running(child));
        }
        let status = child.wait()?;
        Err(format!("the service does not start ({status}): read merchant.log").into())
    }
}

impl Running {
    /// `kill -9`.
    pub fn kill(mut self) -> Result<(), Failure> {
        self.0.kill()?;
        self.0.wait()?;
        Ok(())
    }

    /// A signal that writes a core file, unless that is forbidden.
    pub fn abort(self) -> Result<(), Failure> {
        self.signal(Signal::ABORT).map(drop)
    }

    /// The memory that a core file would hold now, if this machine allows to read it.
    pub fn memory(&self) -> Option<Vec<Vec<u8>>> {
        let process = PathBuf::from(format!("/proc/{}", self.0.id()));
        let maps = std::fs::read_to_string(process.join("maps")).ok()?;
        let memory = File::open(process.join("mem")).ok()?;
        let writable = maps.lines().filter(|line| line.contains(" rw"));
        let read = |line: &str| {
            let (from, to) = line.split_whitespace().next()?.split_once('-')?;
            let (from, to) = (u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?);
            let mut bytes = vec![0; usize::try_from(to.checked_sub(from)?).ok()?];
            memory.read_exact_at(&mut bytes, from).ok()?;
            Some(bytes)
        };
        let read: Vec<_> = writable.filter_map(read).collect();
        (!read.is_empty()).then_some(read)
    }

    /// The signal of a service manager.
    pub fn stop(self) -> Result<ExitStatus, Failure> {
        self.signal(Signal::TERM)
    }

    fn signal(mut self, signal: Signal) -> Result<ExitStatus, Failure> {
        kill_process(Pid::from_child(&self.0), signal)?;
        Ok(self.0.wait()?)
    }
}

/// Allows core files for new processes, and returns whether this machine writes them.
pub fn allow_core_files(folder: &Path) -> Result<bool, Failure> {
    let most = getrlimit(Resource::Core).maximum;
    setrlimit(Resource::Core, Rlimit { current: most, maximum: most })?;
    let folder = folder.join("control");
    std::fs::create_dir(&folder)?;
    let mut crashing = Command::new("sh").args(["-c", "kill -ABRT $$"]).current_dir(&folder).spawn()?;
    crashing.wait()?;
    // The core file is written by then, unless the machine is very busy.
    std::thread::sleep(Duration::from_millis(200));
    let written = core_files(&folder)? > 0;
    std::fs::remove_dir_all(&folder)?;
    Ok(written)
}

/// Number of core files in a folder.
pub fn core_files(folder: &Path) -> Result<usize, Failure> {
    let names = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
    let names: Vec<_> = names.collect::<Result<_, _>>()?;
    Ok(names.iter().filter(|name| name.to_string_lossy().starts_with("core")).count())
}
