//! What clients ask for, and how often.

use std::fmt;
use std::str::FromStr;

use crate::draw::Draw;

/// One kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// A sale of Remote Auth.
    Sale,
    /// The retry of a sale that was answered: it must not charge again.
    Retry,
    /// A verification.
    Verify,
    /// A void of a sale.
    Void,
    /// A refund of a sale.
    Refund,
    /// A continuous payment after a verification.
    Continuous,
    /// A job of the gateway that is paid at once.
    Moto,
    /// The same job again: the order number is known, so that it must not charge again.
    Duplicate,
    /// A job is retrieved.
    Retrieve,
    /// A job that waits for a shopper at its page.
    Hosted,
}

impl Operation {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 10] = [
        Self::Sale,
        Self::Retry,
        Self::Verify,
        Self::Void,
        Self::Refund,
        Self::Continuous,
        Self::Moto,
        Self::Duplicate,
        Self::Retrieve,
        Self::Hosted,
    ];

    /// Its name on the command line and in the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Retry => "retry",
            Self::Verify => "verify",
            Self::Void => "void",
            Self::Refund => "refund",
            Self::Continuous => "continuous",
            Self::Moto => "moto",
            Self::Duplicate => "duplicate",
            Self::Retrieve => "retrieve",
            Self::Hosted => "hosted",
        }
    }
}

impl FromStr for Operation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|operation| operation.as_str() == text);
        found.ok_or_else(|| format!("{text} is no operation: see --help"))
    }
}

/// How often each operation comes, by weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mix(Vec<(Operation, u32)>);

impl Default for Mix {
    fn default() -> Self {
        Self(vec![
            (Operation::Sale, 30),
            (Operation::Retry, 5),
            (Operation::Verify, 5),
            (Operation::Void, 5),
            (Operation::Refund, 5),
            (Operation::Continuous, 5),
            (Operation::Moto, 20),
            (Operation::Duplicate, 2),
            (Operation::Retrieve, 15),
            (Operation::Hosted, 8),
        ])
    }
}

impl Mix {
    /// The next operation. One that needs what is not there yet, a sale to be voided say, is replaced by
    /// the client with the one that makes it.
    pub fn pick(&self, draw: &mut Draw) -> Operation {
        let total = self.0.iter().map(|(_, weight)| *weight).sum();
        let mut rest = draw.below(total);
        for (operation, weight) in &self.0 {
            if rest < *weight {
                return *operation;
            }
            rest -= weight;
        }
        Operation::Sale
    }
}

/// `sale=40,void=10`
impl FromStr for Mix {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut mix = Vec::new();
        for part in text.split(',') {
            let (operation, weight) = part.split_once('=').ok_or_else(|| format!("{part} has no weight"))?;
            let weight = weight.parse::<u16>().map_err(|_| format!("{weight} is no weight"))?;
            mix.push((operation.parse()?, u32::from(weight)));
        }
        match mix.iter().any(|(_, weight)| *weight > 0) {
            true => Ok(Self(mix)),
            false => Err("all weights are 0".to_owned()),
        }
    }
}

impl fmt::Display for Mix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> =
            self.0.iter().map(|(operation, weight)| format!("{}={weight}", operation.as_str())).collect();
        f.write_str(&parts.join(","))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_mix_is_drawn_by_weight() {
        let mix: Mix = "sale=3,void=0,moto=1".parse().unwrap();
        let mut draw = Draw::new(7);
        let mut sales = 0;
        for _ in 0..10_000 {
            match mix.pick(&mut draw) {
                Operation::Sale => sales += 1,
                operation => assert_eq!(operation, Operation::Moto),
            }
        }
        assert!((7_300..7_700).contains(&sales), "{sales}");
    }

    #[test]
    fn the_default_mix_has_every_operation() {
        let mix = Mix::default();
        assert_eq!(mix.to_string().parse(), Ok(mix.clone()));
        assert!(Operation::ALL.into_iter().all(|operation| mix.0.iter().any(|(kept, _)| *kept == operation)));
    }

    #[test]
    fn what_is_no_mix_is_refused() {
        for (text, error) in [
            ("", " has no weight"),
            ("sale", "sale has no weight"),
            ("sale=x", "x is no weight"),
            ("sail=1", "sail is no operation: see --help"),
            ("sale=0,void=0", "all weights are 0"),
        ] {
            assert_eq!(text.parse::<Mix>().unwrap_err(), error);
        }
    }
}
