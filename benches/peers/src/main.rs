//! `cashflows-codec` beside every other way to write it, and beside what the machine cannot do
//! faster: one process, interleaved, outputs compared. `benches/README.md` says how to read it.

mod allocator;
mod batch;
mod callgrind;
mod corpus;
mod digest;
mod form;
mod goals;
mod group;
mod lines;
mod measure;
mod report;

use group::Group;

const USAGE: &str = "\
usage: peers [--json] [--callgrind] [--rounds N] [--only GROUP]
  --json       prints JSON instead of tables
  --callgrind  counts instructions as well; needs valgrind
  --rounds N   measures N rounds, 31 unless given
  --only GROUP measures one group";

/// What the command line asks for.
struct Options {
    json: bool,
    callgrind: bool,
    rounds: usize,
    only: Option<String>,
    /// What callgrind's child process is to run: a group and a case.
    count: Option<(String, String)>,
}

impl Options {
    fn read() -> Option<Self> {
        let mut options = Self { json: false, callgrind: false, rounds: 31, only: None, count: None };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--json" => options.json = true,
                "--callgrind" => options.callgrind = true,
                "--rounds" => options.rounds = arguments.next()?.parse().ok()?,
                "--only" => options.only = Some(arguments.next()?),
                "--count" => options.count = Some((arguments.next()?, arguments.next()?)),
                _ => return None,
            }
        }
        Some(options)
    }
}

/// A group's name, and what makes it.
type Named = (&'static str, fn() -> Group);

/// Every group, by name, made when it is its turn: the inputs of all of them would crowd the cache.
const GROUPS: &[Named] = &[
    ("line", lines::mixed),
    ("documented line", lines::documented),
    ("100 MB of lines", lines::bulk),
    ("threads", lines::threads),
    ("encode 12", form::encode_12),
    ("encode 30", form::encode_30),
    ("decode 12", form::decode_12),
    ("decode 30", form::decode_30),
    ("digest", digest::digest),
    ("upload", batch::upload),
    ("report", batch::report),
];

fn main() {
    let Some(options) = Options::read() else {
        eprintln!("{USAGE}");
        std::process::exit(2);
    };
    if let Some((group, case)) = &options.count {
        return callgrind::child(make(group), case);
    }
    let mut results = Vec::new();
    for (name, make) in GROUPS {
        if options.only.as_ref().is_none_or(|only| only == name) {
            let group = make();
            group.compare_outputs();
            eprintln!("measuring {name}");
            let mut result = measure::group(&group, options.rounds);
            if options.callgrind && group.is_countable() {
                result.count_instructions();
            }
            results.push(result);
        }
    }
    let goals = goals::judge(&results);
    if options.json { report::json(&results, &goals) } else { report::tables(&results, &goals) }
}

fn make(name: &str) -> Group {
    let (_, make) = GROUPS.iter().find(|(group, _)| *group == name).expect("a group of this name");
    make()
}
