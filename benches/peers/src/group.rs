//! Several ways to do one task with the same inputs.

use std::hint::black_box;

/// The author of a case.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Ours,
    Peer,
    /// A bound on the speed: it does less than the task.
    Floor,
}

impl Role {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Peer => "peer",
            Self::Floor => "floor",
        }
    }
}

/// One way to do the task.
pub struct Case {
    pub name: &'static str,
    pub role: Role,
    /// Does it with all inputs, a number of times.
    pub run: Box<dyn Fn(usize)>,
    /// Does it once with all inputs, and returns the result as bytes, except for floors.
    output: Option<Box<dyn Fn() -> Vec<u8>>>,
}

pub struct Group {
    pub name: &'static str,
    pub cases: Vec<Case>,
    /// The number of inputs.
    pub units: usize,
    countable: bool,
}

impl Group {
    pub const fn new(name: &'static str) -> Self {
        Self { name, cases: Vec::new(), units: 1, countable: true }
    }

    /// For inputs that callgrind would take minutes for.
    pub const fn not_countable(mut self) -> Self {
        self.countable = false;
        self
    }

    pub const fn is_countable(&self) -> bool {
        self.countable
    }

    /// Adds a way to do it, and a function that shows its result in a form shared by all ways.
    pub fn case<I: Sync, T>(
        mut self,
        (role, name): (Role, &'static str),
        inputs: &'static [I],
        work: impl Fn(&'static I) -> T + Copy + 'static,
        show: impl Fn(T) -> Vec<u8> + 'static,
    ) -> Self {
        self.units = inputs.len();
        let run = move |times| {
            for _ in 0..times {
                for input in inputs {
                    black_box(work(black_box(input)));
                }
            }
        };
        let output =
            move || inputs.iter().flat_map(|input| show(work(input)).into_iter().chain([b'\n'])).collect();
        self.cases.push(Case { name, role, run: Box::new(run), output: Some(Box::new(output)) });
        self
    }

    /// Adds a floor, which has no result.
    pub fn floor<I: Sync, T>(
        self,
        name: &'static str,
        inputs: &'static [I],
        work: impl Fn(&'static I) -> T + Copy + 'static,
    ) -> Self {
        let mut group = self.case((Role::Floor, name), inputs, work, |_| Vec::new());
        if let Some(floor) = group.cases.last_mut() {
            floor.output = None;
        }
        group
    }

    /// Panics unless all ways have the same result.
    pub fn compare_outputs(&self) {
        let shown = |case: &Case| case.output.as_ref().map(|output| (case.name, output()));
        let mut outputs = self.cases.iter().filter_map(shown);
        let Some((first, expected)) = outputs.next() else { return };
        for (name, output) in outputs {
            let differ = expected.split(|&byte| byte == b'\n').zip(output.split(|&byte| byte == b'\n'));
            if let Some((ours, theirs)) = differ.into_iter().find(|(ours, theirs)| ours != theirs) {
                panic!("{first}: {}\n{name}: {}", ours.escape_ascii(), theirs.escape_ascii());
            }
            assert_eq!(expected.len(), output.len(), "{first} and {name}");
        }
    }
}
