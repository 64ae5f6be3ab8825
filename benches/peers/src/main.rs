//! Compares `cashflows-codec` with every other way to write it, and with bounds on the machine's speed: in one process,
//! interleaved, outputs compared. `benches/README.md` explains the output.

mod allocator;
mod answers;
mod archive;
mod batch;
mod callgrind;
mod calls;
mod corpus;
mod digest;
mod form;
mod goals;
mod group;
mod lines;
mod measure;
mod report;

use group::Group;

const USAGE: &str = include_str!("../../usage.txt");

/// The options of the command line.
#[derive(Default)]
struct Options {
    json: bool,
    callgrind: bool,
    rounds: usize,
    /// All groups, if none is named.
    only: Vec<String>,
    /// The group and case for callgrind's child process.
    count: Option<(String, String)>,
}

impl Options {
    /// Reads the command line, or reports its error.
    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self { rounds: 31, ..Self::default() };
        while let Some(argument) = arguments.next() {
            let mut next = || arguments.next().ok_or(format!("{argument} takes a value"));
            match argument.as_str() {
                "--json" => options.json = true,
                "--callgrind" => options.callgrind = true,
                "--rounds" => options.rounds = rounds(&next()?)?,
                "--only" => options.only.push(group_name(next()?)?),
                "--count" => options.count = Some((group_name(next()?)?, next()?)),
                _ => return Err(format!("there is no option {argument}")),
            }
        }
        if options.callgrind && !callgrind::is_installed() {
            return Err("--callgrind takes valgrind, which is not installed".to_owned());
        }
        Ok(options)
    }

    fn ask_for(&self, group: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == group)
    }
}

fn rounds(number: &str) -> Result<usize, String> {
    let rounds = number.parse().ok().filter(|&rounds| rounds > 0);
    rounds.ok_or(format!("--rounds takes a number of at least 1, not {number}"))
}

fn group_name(name: String) -> Result<String, String> {
    let names: Vec<&str> = GROUPS.iter().map(|(group, _)| *group).collect();
    if names.contains(&name.as_str()) {
        Ok(name)
    } else {
        Err(format!("there is no group {name}; there are: {}", names.join(", ")))
    }
}

/// A group's name, and its constructor.
type Named = (&'static str, fn() -> Group);

/// Every group, by name, made in its turn: the inputs of all groups together would crowd the cache.
const GROUPS: &[Named] = &[
    ("line", lines::mixed),
    ("documented line", lines::documented),
    ("100 MB of lines", lines::bulk),
    ("threads", lines::threads),
    ("view of a line", lines::view),
    ("100 MB by view", archive::bulk),
    ("tally", archive::tally),
    ("tally by threads", archive::threads),
    ("encode 12", form::encode_12),
    ("encode 30", form::encode_30),
    ("decode 12", form::decode_12),
    ("decode 30", form::decode_30),
    ("digest", digest::digest),
    ("upload", batch::upload),
    ("report", batch::report),
    ("paid job", answers::paid_job),
    ("card job", calls::card_job),
    ("signature", calls::signature),
];

fn main() {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(wrong) => {
            eprintln!("{wrong}\n\n{USAGE}");
            std::process::exit(2);
        }
    };
    if let Some((group, case)) = &options.count {
        return callgrind::child(make(group), case);
    }
    let mut results = Vec::new();
    for (name, make) in GROUPS.iter().filter(|(name, _)| options.ask_for(name)) {
        let group = make();
        group.compare_outputs();
        eprintln!("measuring {name}");
        let mut result = measure::group(&group, options.rounds);
        if options.callgrind && group.is_countable() {
            result.count_instructions();
        }
        results.push(result);
    }
    let goals = goals::judge(&results);
    if options.json { report::json(&results, &goals) } else { report::tables(&results, &goals) }
}

fn make(name: &str) -> Group {
    let (_, make) = GROUPS.iter().find(|(group, _)| *group == name).expect("a group of this name");
    make()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Options, String> {
        Options::read(line.split(' ').map(str::to_owned))
    }

    #[test]
    fn what_is_asked_for_is_done_and_what_is_wrong_is_named() {
        let options = read("--json --rounds 3 --only upload --only report").expect("options");
        assert!(options.json && !options.callgrind && options.rounds == 3);
        assert!(options.ask_for("upload") && options.ask_for("report") && !options.ask_for("line"));
        for (line, wrong) in [
            ("--jsn", "there is no option --jsn"),
            ("--rounds", "--rounds takes a value"),
            ("--rounds 0", "--rounds takes a number of at least 1, not 0"),
            ("--only lines", "there is no group lines; there are: line, "),
        ] {
            assert!(read(line).err().is_some_and(|error| error.starts_with(wrong)), "{line}");
        }
    }

    #[test]
    fn the_usage_names_every_group() {
        let usage = USAGE.split_whitespace().collect::<Vec<_>>().join(" ");
        let names: Vec<&str> = GROUPS.iter().map(|(group, _)| *group).collect();
        assert!(usage.contains(&format!("groups: {} Exit", names.join(", "))), "{usage}");
    }
}
