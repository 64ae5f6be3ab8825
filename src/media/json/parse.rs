//! From text to the places of its values. Nothing here calls itself, so no body is too deep for it.

use super::document::{Document, Kind, Node};
use super::error::{JsonError, JsonProblem};
use super::limits::JsonLimits;
use super::text::unescape;

impl<'b> Document<'b> {
    /// Reads a body. A member that appears twice in one object is an error like any other.
    pub(crate) fn read(body: &'b [u8], limits: &JsonLimits) -> Result<Self, JsonError> {
        let document = Self::read_with_duplicates(body, limits)?;
        document.first_duplicate().map_or(Ok(document), Err)
    }

    /// Reads a body in which members may appear twice: for those who tell every error, of which
    /// [`duplicates`](Self::duplicates) is to be a part.
    pub(crate) fn read_with_duplicates(body: &'b [u8], limits: &JsonLimits) -> Result<Self, JsonError> {
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

struct Parser<'b, 'l> {
    /// While a container is open, the `next` of its node is the container around it.
    document: Document<'b>,
    limits: &'l JsonLimits,
    /// How far the text is read.
    at: usize,
    /// The innermost open container.
    inside: Option<u32>,
    depth: usize,
}

/// What follows a value.
enum Then {
    Value,
    End,
}

impl<'b, 'l> Parser<'b, 'l> {
    fn new(text: &'b str, limits: &'l JsonLimits) -> Self {
        Self { document: Document::new(text), limits, at: 0, inside: None, depth: 0 }
    }

    fn document(&mut self) -> Result<(), JsonProblem> {
        if self.document.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        match self.peek() {
            None => return Err(JsonProblem::Empty),
            Some(b'<') => return Err(JsonProblem::Html),
            Some(_) => {}
        }
        loop {
            let opened = self.value()?;
            if opened && !self.closes_at_once()? {
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
    fn value(&mut self) -> Result<bool, JsonProblem> {
        let first = self.peek().ok_or(JsonProblem::CutShort)?;
        let start = self.at;
        match first {
            b'"' => self.string()?,
            b'{' | b'[' => {
                self.open(if first == b'{' { Kind::Object } else { Kind::List })?;
                return Ok(true);
            }
            b'-' | b'0'..=b'9' => {
                self.at += number(self.rest())?;
                self.push(Kind::Number, start, self.at)?;
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
        match (self.kind_inside(), byte) {
            (Some(Kind::Object), b'}') | (Some(Kind::List), b']') => {
                self.at += 1;
                self.close();
                Ok(true)
            }
            (Some(Kind::Object), _) => self.name().map(|()| false),
            _ => Ok(false),
        }
    }

    /// After a value: closes what ends here, up to where another value follows.
    fn after_value(&mut self) -> Result<Then, JsonProblem> {
        loop {
            let Some(kind) = self.kind_inside() else { return Ok(Then::End) };
            let byte = self.peek().ok_or(JsonProblem::CutShort)?;
            match (kind, byte) {
                (Kind::Object, b',') => {
                    self.at += 1;
                    self.name()?;
                    return Ok(Then::Value);
                }
                (Kind::List, b',') => {
                    self.at += 1;
                    return Ok(Then::Value);
                }
                (Kind::Object, b'}') | (Kind::List, b']') => {
                    self.at += 1;
                    self.close();
                }
                _ => return Err(JsonProblem::Character),
            }
        }
    }

    /// The name of a member, and the colon behind it.
    fn name(&mut self) -> Result<(), JsonProblem> {
        match self.peek() {
            Some(b'"') => self.string()?,
            Some(_) => return Err(JsonProblem::Character),
            None => return Err(JsonProblem::CutShort),
        }
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(_) => return Err(JsonProblem::Character),
            None => return Err(JsonProblem::CutShort),
        }
        Ok(())
    }

    /// A string, whose quote is the next byte.
    fn string(&mut self) -> Result<(), JsonProblem> {
        let start = self.at + 1;
        let mut kind = Kind::Text;
        self.at = start;
        loop {
            self.at += plain_bytes(self.rest());
            match self.rest().first() {
                Some(b'"') => break,
                Some(b'\\') => {
                    kind = Kind::Escaped;
                    self.escape()?;
                }
                Some(_) => return Err(JsonProblem::Character),
                None => return Err(JsonProblem::CutShort),
            }
        }
        self.push(kind, start, self.at)?;
        self.at += 1;
        Ok(())
    }

    /// An escape, whose `\` is the next byte.
    fn escape(&mut self) -> Result<(), JsonProblem> {
        let escape = self.document.text.get(self.at + 1..).unwrap_or_default();
        match unescape(escape) {
            Some((_, rest)) => {
                self.at = self.document.text.len() - rest.len();
                Ok(())
            }
            None if escape.is_empty() => Err(JsonProblem::CutShort),
            None => Err(JsonProblem::Escape),
        }
    }

    fn word(&mut self, word: &'static str, kind: Kind) -> Result<(), JsonProblem> {
        if self.rest().starts_with(word.as_bytes()) {
            let start = self.at;
            self.at += word.len();
            return self.push(kind, start, self.at);
        }
        let cut = word.as_bytes().starts_with(self.rest());
        Err(if cut { JsonProblem::CutShort } else { JsonProblem::Character })
    }

    fn open(&mut self, kind: Kind) -> Result<(), JsonProblem> {
        let max = self.limits.depth();
        if self.depth >= max {
            return Err(JsonProblem::TooDeep { max });
        }
        let index = self.document.nodes.len() as u32;
        self.push(kind, self.at, self.at)?;
        // The outermost one has none around it, and names itself.
        if let Some(node) = self.document.nodes.last_mut() {
            node.next = self.inside.unwrap_or(index);
        }
        self.inside = Some(index);
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    /// Closes the innermost container, which ends before where the text is read to.
    fn close(&mut self) {
        let Some(index) = self.inside else { return };
        let next = self.document.nodes.len() as u32;
        let Some(node) = self.document.nodes.get_mut(index as usize) else { return };
        let around = node.next;
        (node.end, node.next) = (self.at as u32, next);
        self.inside = (around != index).then_some(around);
        self.depth -= 1;
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) -> Result<(), JsonProblem> {
        let max = self.limits.values().min(u32::MAX as usize);
        if self.document.nodes.len() >= max {
            return Err(JsonProblem::TooMany { max });
        }
        // A body has no more than u32::MAX bytes.
        let next = self.document.nodes.len() as u32 + 1;
        self.document.nodes.push(Node { kind, start: start as u32, end: end as u32, next });
        Ok(())
    }

    fn kind_inside(&self) -> Option<Kind> {
        self.inside.map(|index| self.document.node(index).kind)
    }

    /// The next byte that is not white space, which becomes the next byte.
    fn peek(&mut self) -> Option<u8> {
        let blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let byte = self.rest().iter().copied().next()?;
        if byte > b' ' {
            return Some(byte);
        }
        self.at += self.rest().iter().take_while(blank).count();
        self.rest().first().copied()
    }

    fn rest(&self) -> &'b [u8] {
        self.document.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// What goes wrong, with the path of the member that is being read.
    #[cold]
    fn error(mut self, problem: JsonProblem) -> JsonError {
        let innermost = self.inside;
        while self.inside.is_some() {
            self.close();
        }
        let path = innermost.map(|index| self.document.path_of_unread(index)).unwrap_or_default();
        JsonError::new(path, self.at, problem)
    }
}

/// How many bytes there are before a quote, a `\` or a control character.
#[inline]
fn plain_bytes(bytes: &[u8]) -> usize {
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    bytes.iter().position(|&byte| !plain(byte)).unwrap_or(bytes.len())
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
