//! Counts the responses of an archive: of files, such as one a day, or of standard input.
//!
//! The memory that it takes does not grow with the archive: this thread reads blocks of whole lines,
//! one thread for each core counts them, and only so many blocks are on their way as there are threads.

mod blocks;
mod progress;
mod report;
mod tally;

use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use cashflows_codec::remote_auth::response::{DecodeError, Lines};

use blocks::{Block, Blocks};
use progress::Progress;
use tally::Tally;

/// How many unreadable lines are shown.
const SHOWN: usize = 10;

/// What is known of one file.
struct Counted {
    name: String,
    bytes: u64,
    tally: Tally,
}

/// An unreadable line, and where it stands.
struct Unreadable {
    file: usize,
    line: u64,
    offset: u64,
    error: DecodeError,
}

struct Summary {
    files: Vec<Counted>,
    /// The first of them.
    unreadable: Vec<Unreadable>,
}

impl Summary {
    fn all(&self) -> Tally {
        let mut all = Tally::default();
        self.files.iter().for_each(|file| all.add(&file.tally));
        all
    }
}

/// Prints the summary. Whether all lines could be read.
pub(super) fn summarise(files: &[String], json: bool) -> io::Result<bool> {
    let mut progress = Progress::begin(files);
    let summary = count(files, blocks::SIZE, &mut progress)?;
    progress.end();
    let all = summary.all();
    if json {
        println!("{}", report::json(&summary, &all));
    } else {
        report::print(&summary, &all, progress.elapsed(), &mut io::stdout().lock())?;
    }
    Ok(all.unreadable == 0)
}

/// A block that was counted: its tally, its unreadable lines, numbered within it.
struct Done {
    place: usize,
    file: usize,
    bytes: usize,
    lines: u64,
    tally: Tally,
    unreadable: Vec<Unreadable>,
}

fn count(files: &[String], size: usize, progress: &mut Progress) -> io::Result<Summary> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let (to_do, blocks) = mpsc::sync_channel::<Block>(threads);
    let blocks = &Mutex::new(blocks);
    // It takes the sender with it: where it returns, there are no more blocks, and the threads end.
    thread::scope(move |scope| {
        let (counted, done) = mpsc::channel::<Done>();
        for _ in 0..threads {
            let counted = counted.clone();
            scope.spawn(move || {
                loop {
                    let block = blocks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok(block) = block else { break };
                    if counted.send(tally(&block)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(counted);
        let mut collected = Collected::new(files);
        for block in Blocks::of(files, size) {
            to_do.send(block?).map_err(|_| io::Error::other("a thread ended"))?;
            done.try_iter().for_each(|done| collected.add(done, progress));
        }
        drop(to_do);
        done.iter().for_each(|done| collected.add(done, progress));
        Ok(collected.summary)
    })
}

fn tally(block: &Block) -> Done {
    let mut tally = Tally::default();
    let mut unreadable = Vec::new();
    let mut lines = Lines::new(&block.bytes).starting_at(1, block.offset);
    for line in lines.by_ref() {
        match line {
            Ok(line) => tally.count(line.view()),
            Err(error) => {
                tally.unreadable += 1;
                if unreadable.len() < SHOWN {
                    let (line, offset) = (error.number, error.offset);
                    unreadable.push(Unreadable { file: block.file, line, offset, error: error.error });
                }
            }
        }
    }
    let lines = lines.number() - 1;
    Done { place: block.place, file: block.file, bytes: block.read, lines, tally, unreadable }
}

/// Puts what was counted together, in the order of the lines.
struct Collected {
    summary: Summary,
    /// How many lines there are before the next block, in its file.
    lines: Vec<u64>,
    next: usize,
    early: BTreeMap<usize, Done>,
}

impl Collected {
    fn new(files: &[String]) -> Self {
        let counted = |name: &String| Counted { name: name.clone(), bytes: 0, tally: Tally::default() };
        let mut files: Vec<Counted> = files.iter().map(counted).collect();
        if files.is_empty() {
            files.push(counted(&"standard input".to_owned()));
        }
        let lines = vec![0; files.len()];
        Self { summary: Summary { files, unreadable: Vec::new() }, lines, next: 0, early: BTreeMap::new() }
    }

    fn add(&mut self, done: Done, progress: &mut Progress) {
        progress.add(done.bytes);
        self.early.insert(done.place, done);
        while let Some(done) = self.early.remove(&self.next) {
            self.next += 1;
            let (Some(file), Some(lines)) =
                (self.summary.files.get_mut(done.file), self.lines.get_mut(done.file))
            else {
                continue;
            };
            file.bytes += done.bytes as u64;
            file.tally.add(&done.tally);
            let numbered =
                |unreadable: Unreadable| Unreadable { line: unreadable.line + *lines, ..unreadable };
            let room = SHOWN - self.summary.unreadable.len();
            self.summary.unreadable.extend(done.unreadable.into_iter().map(numbered).take(room));
            *lines += done.lines;
        }
    }
}

#[cfg(test)]
mod tests {
    use cashflows_codec::remote_auth::{NextStep, Outcome};

    use super::super::tests::replies::{Reply, replies};
    use super::*;

    /// Lines of the table of replies: a body with a line end in it, or with nothing, is not one line.
    #[test]
    fn counts_are_those_of_the_table_of_replies() {
        let name = std::env::temp_dir().join(format!("explain-summary-replies-{}", std::process::id()));
        let replies: Vec<_> = replies().into_iter().filter(|reply| !reply.body.contains(&b'\n')).collect();
        let archive = replies.iter().map(|reply| [&reply.body[..], b"\n"].concat()).collect::<Vec<_>>();
        std::fs::write(&name, archive.concat()).unwrap();
        let files = [name.to_string_lossy().into_owned()];
        let all = count(&files, blocks::SIZE, &mut Progress::begin(&[])).unwrap().all();
        std::fs::remove_file(&name).unwrap();
        let expected = |is: &dyn Fn(&Reply) -> bool| replies.iter().filter(|reply| is(reply)).count() as u64;
        for &outcome in Outcome::ALL {
            assert_eq!(
                all.outcome(outcome),
                expected(&|reply| reply.outcome == outcome.as_str()),
                "{outcome}"
            );
        }
        for &next in NextStep::ALL {
            assert_eq!(all.next(next), expected(&|reply| reply.next == next.as_str()), "{next}");
        }
        assert_eq!(all.unreadable, expected(&|reply| reply.findings.is_none()));
        let has_findings =
            |reply: &Reply| reply.findings.as_ref().is_some_and(|findings| !findings.is_empty());
        assert_eq!(all.with_findings, expected(&has_findings));
    }

    #[test]
    fn counts_and_places_are_the_same_however_the_files_are_cut() {
        let folder = std::env::temp_dir();
        let name = |day: usize| {
            let file = folder.join(format!("explain-summary-{}-{day}", std::process::id()));
            file.to_string_lossy().into_owned()
        };
        let files = [name(1), name(2)];
        let good = "A|01S01356909|200|AUTHOK|Authorised\n";
        let refused = "D|01S00001723|400|D102|Not Authorised\r\n";
        std::fs::write(&files[0], good.repeat(50) + refused + "<html>\n" + good).unwrap();
        std::fs::write(&files[1], refused.repeat(20) + "\n" + refused).unwrap();
        for size in [64, 100, 1_000, blocks::SIZE] {
            let summary = count(&files, size, &mut Progress::begin(&[])).unwrap();
            let all = summary.all();
            assert_eq!((all.lines(), all.unreadable), (75, 2));
            assert_eq!(
                Outcome::ALL.iter().map(|&outcome| all.outcome(outcome)).collect::<Vec<_>>(),
                [51, 22, 0, 2]
            );
            assert_eq!(summary.files[0].tally.lines(), 53);
            let places: Vec<_> =
                summary.unreadable.iter().map(|found| (found.file, found.line, found.offset)).collect();
            assert_eq!(places, [(0, 52, 50 * 36 + 39), (1, 21, 20 * 39)], "{size}");
        }
        files.iter().for_each(|file| std::fs::remove_file(file).unwrap());
    }
}
