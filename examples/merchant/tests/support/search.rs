//! Searches files for card numbers.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The secrets that must not be found.
#[derive(Debug, Default)]
pub struct Secrets {
    numbers: HashSet<u64>,
    texts: Vec<String>,
}

/// A place of a secret.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    pub file: PathBuf,
    pub place: usize,
    pub what: &'static str,
}

impl Secrets {
    /// Card numbers of 16 digits, and texts.
    pub fn new<'a>(
        numbers: impl IntoIterator<Item = &'a str>,
        texts: impl IntoIterator<Item = String>,
    ) -> Self {
        let numbers = numbers.into_iter().filter_map(|number| number.parse().ok()).collect();
        Self { numbers, texts: texts.into_iter().collect() }
    }

    /// Searches every file in a folder, and returns the number of bytes.
    pub fn search(&self, folder: &Path) -> Result<(Vec<Found>, usize), Failure> {
        let mut found = Vec::new();
        let mut searched = 0;
        for entry in std::fs::read_dir(folder)? {
            let file = entry?.path();
            if file.is_file() {
                let bytes = std::fs::read(&file)?;
                searched += bytes.len();
                let places = self.places(&bytes);
                found.extend(places.into_iter().map(|(place, what)| Found {
                    file: file.clone(),
                    place,
                    what,
                }));
            }
        }
        Ok((found, searched))
    }

    fn has(&self, number: u64) -> bool {
        // Sixteen digits: a look-up for every byte of a file would take long.
        (1_000_000_000_000_000..10_000_000_000_000_000).contains(&number) && self.numbers.contains(&number)
    }

    /// Number of the card numbers in some memory, as text.
    #[allow(dead_code, reason = "only one of the tests asks a process")]
    pub fn numbers_in(&self, memory: &[Vec<u8>]) -> usize {
        let mut found = HashSet::new();
        for bytes in memory {
            found.extend(self.written(bytes, &[]).map(|(_, number)| number));
        }
        found.len()
    }

    /// Finds numbers as text (also in groups, and with two bytes a digit) and as integers of eight bytes.
    fn places(&self, bytes: &[u8]) -> Vec<(usize, &'static str)> {
        let mut places = Vec::new();
        for (what, between) in
            [("digits", &[][..]), ("digits in groups", b" -"), ("digits of two bytes", b"\0")]
        {
            for (place, _) in self.written(bytes, between) {
                // Digits in a row count as digits in groups too.
                if !places.iter().any(|(known, _)| *known == place) {
                    places.push((place, what));
                }
            }
        }
        for (place, window) in bytes.windows(8).enumerate() {
            let Ok(eight) = <[u8; 8]>::try_from(window) else { continue };
            if self.has(u64::from_be_bytes(eight)) || self.has(u64::from_le_bytes(eight)) {
                places.push((place, "an integer"));
            }
        }
        for text in &self.texts {
            let found =
                bytes.windows(text.len()).enumerate().filter(|(_, window)| *window == text.as_bytes());
            places.extend(found.map(|(place, _)| (place, "a text")));
        }
        places
    }

    /// Finds 16 digits in a row, with at most one of `between` after each.
    fn written(&self, bytes: &[u8], between: &'static [u8]) -> impl Iterator<Item = (usize, u64)> {
        let mut digits: Vec<(usize, u64)> = Vec::new();
        let mut gap = 0;
        let mut found = Vec::new();
        for (place, byte) in bytes.iter().enumerate() {
            if byte.is_ascii_digit() {
                gap = 0;
                digits.push((place, u64::from(byte - b'0')));
            } else if between.contains(byte) && gap == 0 {
                gap = 1;
                continue;
            } else {
                digits.clear();
                continue;
            }
            if let Some(last) = digits.len().checked_sub(16).and_then(|from| digits.get(from..)) {
                let number = last.iter().fold(0, |number, (_, digit)| number * 10 + digit);
                if self.has(number) {
                    found.push((last.first().map_or(0, |(place, _)| *place), number));
                }
            }
            if digits.len() > 64 {
                digits.drain(..48);
            }
        }
        found.into_iter()
    }
}

/// The search must be able to find a secret.
pub fn control(folder: &Path) -> Result<(), Failure> {
    const NUMBER: &str = "4000123412341234";
    let secrets = Secrets::new([NUMBER], ["hunter2-hunter2".to_owned()]);
    let wide: Vec<u8> = NUMBER.bytes().flat_map(|digit| [digit, 0]).collect();
    let number: u64 = NUMBER.parse()?;
    let planted = [
        format!("card_num={NUMBER}&x").into_bytes(),
        format!("99{NUMBER}99").into_bytes(),
        b"4000 1234-1234 1234".to_vec(),
        wide,
        number.to_be_bytes().to_vec(),
        number.to_le_bytes().to_vec(),
        b"pass=hunter2-hunter2&".to_vec(),
    ];
    let folder = folder.join("control");
    std::fs::create_dir(&folder)?;
    for planted in planted {
        std::fs::write(folder.join("planted"), [&[7; 100], planted.as_slice(), &[7; 100]].concat())?;
        if secrets.search(&folder)?.0.is_empty() {
            return Err("the search did not find what was planted".into());
        }
    }
    std::fs::write(folder.join("planted"), b"400012******1234 4000123412341235")?;
    if !secrets.search(&folder)?.0.is_empty() {
        return Err("the search found what was not there".into());
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
