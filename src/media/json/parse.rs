//! From text to the places of its values. Nothing here calls itself, so no body is too deep for it.

use super::document::{Document, Kind, Node};
use super::error::{JsonError, JsonProblem};
use super::limits::JsonLimits;
use super::text::{plain_bytes, unescape};

impl<'b> Document<'b> {
    /// Reads a body. A member that appears twice in one object is an error like any other.
    pub(crate) fn read(body: &'b [u8], limits: &JsonLimits) -> Result<Self, JsonError> {
        let document = Self::read_with_duplicates(body, limits)?;
        document.first_duplicate().map_or(Ok(document), Err)
    }

    /// Reads a body in which members may appear twice: for those who tell every error, of which
    /// [`duplicates`](Self::duplicates) is to be a part.
    pub(crate) fn read_with_duplicates(body: &'b [u8], limits: &JsonLimits) -> Result<Self, JsonError> {
        // Places in it are numbers of 32 bits.
        let max = limits.bytes().min(u32::MAX as usize);
        if body.len() > max {
            return Err(JsonError::whole(max, JsonProblem::TooLarge { max }));
        }
        let text = core::str::from_utf8(body)
            .map_err(|error| JsonError::whole(error.valid_up_to(), JsonProblem::Utf8))?;
        let mut parser = Parser::new(text, limits);
        match parser.document() {
            Ok(()) => Ok(parser.document),
            Err(problem) => Err(parser.error(problem)),
        }
    }
}

struct Parser<'b> {
    /// While a container is open, the `next` of its node is the container around it.
    document: Document<'b>,
    /// The unread rest.
    rest: &'b [u8],
    /// The innermost open container, and what it is.
    inside: Option<(u32, Kind)>,
    depth: usize,
    max_depth: usize,
    max_values: usize,
}

/// The next token behind a value.
enum Then {
    Value,
    End,
}

impl<'b> Parser<'b> {
    fn new(text: &'b str, limits: &JsonLimits) -> Self {
        let max_values = limits.values().min(u32::MAX as usize);
        Self {
            document: Document::new(text, max_values),
            rest: text.as_bytes(),
            inside: None,
            depth: 0,
            max_depth: limits.depth(),
            max_values,
        }
    }

    fn document(&mut self) -> Result<(), JsonProblem> {
        self.rest = self.rest.strip_prefix("\u{feff}".as_bytes()).unwrap_or(self.rest);
        match self.peek() {
            None => return Err(JsonProblem::Empty),
            Some(b'<') => return Err(JsonProblem::Html),
            Some(_) => {}
        }
        loop {
            if self.value()? && !self.closes_at_once()? {
                continue;
            }
            match self.after_value()? {
                Then::Value => {}
                Then::End => break,
            }
        }
        if self.peek().is_some() { Err(JsonProblem::Trailing) } else { Ok(()) }
    }

    /// Reads a value, or the beginning of an object or list: whether it is one of these.
    #[inline]
    fn value(&mut self) -> Result<bool, JsonProblem> {
        match self.peek().ok_or(JsonProblem::CutShort)? {
            b'"' => self.string()?,
            b'{' => return self.open(Kind::Object).map(|()| true),
            b'[' => return self.open(Kind::List).map(|()| true),
            b'-' | b'0'..=b'9' => {
                let length = number(self.rest)?;
                self.push(Kind::Number, length)?;
            }
            b't' => self.word("true", Kind::True)?,
            b'f' => self.word("false", Kind::False)?,
            b'n' => self.word("null", Kind::Null)?,
            _ => return Err(JsonProblem::Character),
        }
        Ok(false)
    }

    /// After the beginning of a container: whether its end follows. If not, a value does.
    fn closes_at_once(&mut self) -> Result<bool, JsonProblem> {
        let byte = self.peek().ok_or(JsonProblem::CutShort)?;
        match (self.inside, byte) {
            (Some((index, Kind::Object)), b'}') | (Some((index, Kind::List)), b']') => {
                self.advance(1);
                self.close(index);
                Ok(true)
            }
            (Some((_, Kind::Object)), _) => self.name().map(|()| false),
            _ => Ok(false),
        }
    }

    /// After a value: closes what ends here, up to where another value follows.
    #[inline]
    fn after_value(&mut self) -> Result<Then, JsonProblem> {
        loop {
            let Some((index, kind)) = self.inside else { return Ok(Then::End) };
            let byte = self.peek().ok_or(JsonProblem::CutShort)?;
            match (kind, byte) {
                (Kind::Object, b',') => {
                    self.advance(1);
                    self.name()?;
                    return Ok(Then::Value);
                }
                (Kind::List, b',') => {
                    self.advance(1);
                    return Ok(Then::Value);
                }
                (Kind::Object, b'}') | (Kind::List, b']') => {
                    self.advance(1);
                    self.close(index);
                }
                _ => return Err(JsonProblem::Character),
            }
        }
    }

    /// The name of a member, and the colon behind it.
    #[inline]
    fn name(&mut self) -> Result<(), JsonProblem> {
        self.expect(b'"')?;
        self.string()?;
        self.expect(b':')?;
        self.advance(1);
        Ok(())
    }

    fn expect(&mut self, expected: u8) -> Result<(), JsonProblem> {
        match self.peek() {
            Some(byte) if byte == expected => Ok(()),
            Some(_) => Err(JsonProblem::Character),
            None => Err(JsonProblem::CutShort),
        }
    }

    /// A string, whose quote is the next byte.
    #[inline]
    fn string(&mut self) -> Result<(), JsonProblem> {
        self.advance(1);
        let length = plain_bytes(self.rest);
        if self.rest.get(length) == Some(&b'"') {
            self.push(Kind::Text, length)?;
            self.advance(1);
            return Ok(());
        }
        self.unusual_string(length)
    }

    /// A string after its quote, of which `length` bytes are plain and are followed by no quote.
    #[cold]
    fn unusual_string(&mut self, length: usize) -> Result<(), JsonProblem> {
        let whole = self.rest;
        self.advance(length);
        loop {
            match self.rest {
                [b'"', ..] => break,
                [b'\\', ..] => self.escape()?,
                [_, ..] => return Err(JsonProblem::Character),
                [] => return Err(JsonProblem::CutShort),
            }
            self.advance(plain_bytes(self.rest));
        }
        let length = whole.len() - self.rest.len();
        self.rest = whole;
        self.push(Kind::Escaped, length)?;
        self.advance(1);
        Ok(())
    }

    /// An escape, whose `\` is the next byte.
    fn escape(&mut self) -> Result<(), JsonProblem> {
        let escape = self.document.text.get(self.at() + 1..).unwrap_or_default();
        match unescape(escape) {
            Some((_, rest)) => {
                self.rest = rest.as_bytes();
                Ok(())
            }
            None if escape.is_empty() => Err(JsonProblem::CutShort),
            None => Err(JsonProblem::Escape),
        }
    }

    fn word(&mut self, word: &'static str, kind: Kind) -> Result<(), JsonProblem> {
        if self.rest.starts_with(word.as_bytes()) {
            return self.push(kind, word.len());
        }
        let cut = word.as_bytes().starts_with(self.rest);
        Err(if cut { JsonProblem::CutShort } else { JsonProblem::Character })
    }

    fn open(&mut self, kind: Kind) -> Result<(), JsonProblem> {
        if self.depth >= self.max_depth {
            return Err(JsonProblem::TooDeep { max: self.max_depth });
        }
        let index = self.document.nodes.len() as u32;
        self.push(kind, 1)?;
        // The outermost one has none around it, and names itself.
        if let Some(node) = self.document.nodes.last_mut() {
            node.next = self.inside.map_or(index, |(around, _)| around);
        }
        self.inside = Some((index, kind));
        self.depth += 1;
        Ok(())
    }

    /// Closes the innermost container, which ends before what is not read yet.
    fn close(&mut self, index: u32) {
        let (end, next) = (self.at() as u32, self.document.nodes.len() as u32);
        let Some(node) = self.document.nodes.get_mut(index as usize) else { return };
        let around = node.next;
        (node.end, node.next) = (end, next);
        self.inside = (around != index).then(|| (around, self.document.node(around).kind));
        self.depth -= 1;
    }

    /// Takes the next bytes for a value or name.
    #[inline]
    fn push(&mut self, kind: Kind, length: usize) -> Result<(), JsonProblem> {
        let index = self.document.nodes.len();
        if index >= self.max_values {
            return Err(JsonProblem::TooMany { max: self.max_values });
        }
        let (start, next) = (self.at() as u32, index as u32 + 1);
        self.document.nodes.push(Node { kind, start, end: start + length as u32, next });
        self.advance(length);
        Ok(())
    }

    /// The next byte that is not white space, which becomes the next byte.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied()
    }

    #[inline]
    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    /// How far the text is read.
    #[inline]
    const fn at(&self) -> usize {
        self.document.text.len() - self.rest.len()
    }

    /// The error, with the path of the member that is being read.
    #[cold]
    fn error(mut self, problem: JsonProblem) -> JsonError {
        // A path that is deeper than the limit helps nobody.
        let is_deep = matches!(problem, JsonProblem::TooDeep { .. });
        let innermost = self.inside.filter(|_| !is_deep);
        while let Some((index, _)) = self.inside {
            self.close(index);
        }
        let path = innermost.map(|(index, _)| self.document.path_of_unread(index)).unwrap_or_default();
        JsonError::new(path, self.at(), problem)
    }
}

/// How many bytes the number at the beginning has (RFC 8259, section 6).
fn number(bytes: &[u8]) -> Result<usize, JsonProblem> {
    let mut digits = Digits { bytes, at: usize::from(bytes.first() == Some(&b'-')) };
    let zero = digits.next_is(b"0");
    if digits.some()? > 1 && zero {
        return Err(JsonProblem::Character);
    }
    if digits.next_is(b".") {
        digits.at += 1;
        digits.some()?;
    }
    if digits.next_is(b"eE") {
        digits.at += 1;
        digits.at += usize::from(digits.next_is(b"+-"));
        digits.some()?;
    }
    Ok(digits.at)
}

struct Digits<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl Digits<'_> {
    fn next_is(&self, any: &[u8]) -> bool {
        self.bytes.get(self.at).is_some_and(|byte| any.contains(byte))
    }

    /// Passes over digits, of which there has to be one at least.
    fn some(&mut self) -> Result<usize, JsonProblem> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        match (count, rest.is_empty()) {
            (0, true) => Err(JsonProblem::CutShort),
            (0, false) => Err(JsonProblem::Character),
            (count, _) => Ok(count),
        }
    }
}
