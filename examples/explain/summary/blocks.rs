//! Files as blocks of whole lines.

use std::fs::File;
use std::io::{self, Read};

/// So much is read at a time.
pub(super) const SIZE: usize = 4 * 1_024 * 1_024;

/// Whole lines of one file.
pub(super) struct Block {
    /// Its place among all blocks.
    pub(super) place: usize,
    pub(super) file: usize,
    /// Where it begins in the file.
    pub(super) offset: u64,
    pub(super) bytes: Vec<u8>,
    /// How many bytes of the file it stands for, which are more where a line is so long that its end is
    /// not kept.
    pub(super) read: usize,
}

/// The blocks of files, or of standard input, where there is none.
pub(super) struct Blocks<'a> {
    files: &'a [String],
    size: usize,
    file: usize,
    place: usize,
    open: Option<Open>,
}

struct Open {
    input: Box<dyn Read>,
    size: usize,
    offset: u64,
    /// The beginning of a line whose end is not read yet.
    rest: Vec<u8>,
}

impl<'a> Blocks<'a> {
    /// Blocks of at most `size` bytes.
    pub(super) const fn of(files: &'a [String], size: usize) -> Self {
        Self { files, size, file: 0, place: 0, open: None }
    }

    fn open(&self) -> io::Result<Option<Box<dyn Read>>> {
        match self.files.get(self.file) {
            Some(name) => {
                let named = |error: io::Error| io::Error::new(error.kind(), format!("{name}: {error}"));
                Ok(Some(Box::new(File::open(name).map_err(named)?)))
            }
            None if self.files.is_empty() && self.file == 0 => Ok(Some(Box::new(io::stdin()))),
            None => Ok(None),
        }
    }

    fn next_block(&mut self) -> io::Result<Option<Block>> {
        loop {
            if self.open.is_none() {
                let Some(input) = self.open()? else { return Ok(None) };
                self.open = Some(Open { input, size: self.size, offset: 0, rest: Vec::new() });
            }
            let Some(open) = &mut self.open else { return Ok(None) };
            let offset = open.offset;
            if let Some((bytes, read)) = open.next()? {
                let block = Block { place: self.place, file: self.file, offset, bytes, read };
                self.place += 1;
                return Ok(Some(block));
            }
            self.open = None;
            self.file += 1;
        }
    }
}

impl Open {
    /// The next lines, and how many bytes of the file they are.
    fn next(&mut self) -> io::Result<Option<(Vec<u8>, usize)>> {
        let mut bytes = std::mem::take(&mut self.rest);
        fill(&mut self.input, &mut bytes, self.size)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        let mut read = bytes.len();
        match bytes.iter().rposition(|&byte| byte == b'\n') {
            Some(end) => {
                self.rest = bytes.split_off(end + 1);
                read = bytes.len();
            }
            // The last line of the file.
            None if bytes.len() < self.size => {}
            // No reply is as long as this: it is enough to know where the next line begins.
            None => read += self.skip_line()?,
        }
        self.offset += read as u64;
        Ok(Some((bytes, read)))
    }

    /// Reads on to the end of the line. How many bytes are left of it.
    fn skip_line(&mut self) -> io::Result<usize> {
        let mut skipped = 0;
        loop {
            let mut bytes = Vec::new();
            fill(&mut self.input, &mut bytes, self.size)?;
            let end = bytes.iter().position(|&byte| byte == b'\n');
            match end {
                Some(end) => {
                    self.rest = bytes.split_off(end + 1);
                    return Ok(skipped + end + 1);
                }
                None if bytes.is_empty() => return Ok(skipped),
                None => skipped += bytes.len(),
            }
        }
    }
}

/// Reads until there are so many bytes, or no more. The rest of a line before them is never longer.
fn fill(input: &mut impl Read, bytes: &mut Vec<u8>, size: usize) -> io::Result<()> {
    let room = size.saturating_sub(bytes.len());
    bytes.reserve_exact(room);
    input.take(room as u64).read_to_end(bytes).map(|_| ())
}

impl Iterator for Blocks<'_> {
    type Item = io::Result<Block>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_block().transpose()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// What a file of this text is cut into: offset, text, bytes of the file.
    fn cut(text: &str, size: usize) -> Vec<(u64, String, usize)> {
        static FILES: AtomicUsize = AtomicUsize::new(0);
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        let file = std::env::temp_dir().join(format!("explain-blocks-{}-{number}", std::process::id()));
        std::fs::write(&file, text).unwrap();
        let files = [file.to_string_lossy().into_owned()];
        let blocks = Blocks::of(&files, size).map(|block| {
            let block = block.unwrap();
            assert_eq!(block.file, 0);
            (block.offset, String::from_utf8(block.bytes).unwrap(), block.read)
        });
        let blocks: Vec<_> = blocks.collect();
        std::fs::remove_file(file).unwrap();
        blocks
    }

    #[test]
    fn blocks_are_whole_lines_and_all_of_them() {
        let text = "one\ntwo\r\n\nthree\nlast";
        for size in 6..40 {
            let blocks = cut(text, size);
            let whole: String = blocks.iter().map(|(_, bytes, _)| bytes.as_str()).collect();
            assert_eq!(whole, text, "{size}");
            let mut offset = 0;
            for (index, (begins, bytes, read)) in blocks.iter().enumerate() {
                assert!(bytes.len() <= size && *read == bytes.len() && *begins == offset);
                assert!(bytes.ends_with('\n') || index + 1 == blocks.len(), "{size}: {blocks:?}");
                offset += *read as u64;
            }
        }
        assert!(cut("", 8).is_empty());
    }

    #[test]
    fn a_line_that_is_longer_than_a_block_is_one_line_of_its_length() {
        let blocks = cut("ab\n0123456789ABCDEF\ncd\n", 8);
        assert_eq!(
            blocks,
            [(0, "ab\n".to_owned(), 3), (3, "01234567".to_owned(), 17), (20, "cd\n".to_owned(), 3),]
        );
        assert_eq!(cut("0123456789ABCDEF", 8), [(0, "01234567".to_owned(), 16)]);
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let files = ["/not/there".to_owned()];
        let error = Blocks::of(&files, 8).next().unwrap().err().unwrap();
        assert!(error.to_string().starts_with("/not/there: "), "{error}");
    }
}
