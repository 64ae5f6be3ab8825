//! A body of JSON as the places of its values.

use super::error::{JsonError, JsonProblem, MemberPath, PathWriter};
use super::text::Text;
use super::value::Value;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    True,
    False,
    Number,
    /// A string or name without escapes.
    Text,
    /// A string or name with escapes.
    Escaped,
    Object,
    List,
}

/// One value, or the name of a member, which stands before its value.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// Where it is in the text; of a string, what is between the quotes.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The node after it and all that is inside of it.
    pub(super) next: u32,
}

/// A body that is JSON.
pub(crate) struct Document<'b> {
    pub(super) text: &'b str,
    pub(super) nodes: Vec<Node>,
}

impl<'b> Document<'b> {
    pub(super) fn new(text: &'b str) -> Self {
        // The vendor's bodies have a value or name for every 15 bytes or so.
        Self { text, nodes: Vec::with_capacity(text.len() / 16) }
    }

    /// The outermost value.
    pub(crate) fn root(&self) -> Value<'_> {
        Value::new(self, 0)
    }

    pub(super) fn node(&self, index: u32) -> Node {
        let none = Node { kind: Kind::Null, start: 0, end: 0, next: index.saturating_add(1) };
        self.nodes.get(index as usize).copied().unwrap_or(none)
    }

    /// The text at a place, as it stands there.
    pub(super) fn slice(&self, index: u32) -> &str {
        let node = self.node(index);
        self.text.get(node.start as usize..node.end as usize).unwrap_or_default()
    }

    /// The text of a string, a number or a name.
    pub(super) fn text_of(&self, index: u32) -> Text<'_> {
        match self.node(index).kind {
            Kind::Escaped => Text::decode(self.slice(index)),
            _ => Text::Plain(self.slice(index)),
        }
    }

    /// What is directly inside of a container: the elements of a list, or names and values in turn.
    pub(super) fn children(&self, container: u32) -> Children<'_> {
        let node = self.node(container);
        match node.kind {
            Kind::Object | Kind::List => Children { document: self, next: container + 1, end: node.next },
            _ => Children { document: self, next: node.next, end: node.next },
        }
    }

    /// An error about a value, or about the value of a name.
    #[cold]
    pub(super) fn error(&self, index: u32, problem: JsonProblem) -> JsonError {
        JsonError::new(self.path(index).finish(), self.node(index).start as usize, problem)
    }

    /// An error about a member that an object does not have.
    #[cold]
    pub(super) fn error_inside(&self, object: u32, name: &str, problem: JsonProblem) -> JsonError {
        let mut path = self.path(object);
        path.member(name);
        JsonError::new(path.finish(), self.node(object).start as usize, problem)
    }

    /// An error for every member that its object has had before, in the order of the body.
    pub(crate) fn duplicates(&self) -> Vec<JsonError> {
        let mut repeated = self.repeated_names();
        repeated.sort_unstable_by_key(|&(_, name)| name);
        repeated.into_iter().map(|repeated| self.duplicate(repeated)).collect()
    }

    /// The first of [`duplicates`](Self::duplicates).
    pub(super) fn first_duplicate(&self) -> Option<JsonError> {
        let first = self.repeated_names().into_iter().min_by_key(|&(_, name)| name);
        first.map(|repeated| self.duplicate(repeated))
    }

    fn duplicate(&self, (object, name): (u32, u32)) -> JsonError {
        let mut path = self.path(object);
        path.member(&self.text_of(name));
        JsonError::new(path.finish(), self.node(name).start as usize, JsonProblem::Duplicate)
    }

    /// Each object with each name in it that it has had before.
    fn repeated_names(&self) -> Vec<(u32, u32)> {
        let (mut names, mut repeated) = (Vec::new(), Vec::new());
        for (object, node) in (0..).zip(&self.nodes) {
            if node.kind == Kind::Object {
                names.clear();
                names.extend(self.children(object).step_by(2).map(|name| (self.text_of(name), name)));
                find_repeated(&mut names, |name| repeated.push((object, name)));
            }
        }
        repeated
    }

    /// The path of a value, or of the value of a name.
    fn path(&self, target: u32) -> PathWriter {
        let mut path = PathWriter::default();
        let mut here = 0;
        while here != target {
            let holds = |&(_, child): &(usize, u32)| target < self.node(child).next;
            let Some((place, child)) = self.children(here).enumerate().find(holds) else { break };
            match (self.node(here).kind, place % 2) {
                (Kind::Object, 0) => path.member(&self.text_of(child)),
                (Kind::Object, _) => path.member(&self.text_of(child - 1)),
                _ => path.element(place),
            }
            here = child;
        }
        path
    }

    /// The path of what would have been read next into the last container, where reading ended.
    pub(super) fn path_of_unread(&self, container: u32) -> MemberPath {
        let mut path = self.path(container);
        let (count, last) = self.children(container).fold((0, 0), |(count, _), child| (count + 1, child));
        match self.node(container).kind {
            Kind::List => path.element(count),
            _ if count % 2 == 1 => path.member(&self.text_of(last)),
            _ => {}
        }
        path.finish()
    }
}

/// Among the names of one object, those that appeared before.
fn find_repeated(names: &mut [(Text<'_>, u32)], mut found: impl FnMut(u32)) {
    // Objects are small as a rule; sorting a large one keeps the work in proportion to the body.
    const FEW: usize = 32;
    if names.len() <= FEW {
        for (place, (name, index)) in names.iter().enumerate() {
            if names.iter().take(place).any(|(before, _)| **before == **name) {
                found(*index);
            }
        }
        return;
    }
    names.sort_unstable_by(|(name, index), (other, its)| (&**name, index).cmp(&(&**other, its)));
    for ((name, _), (next, index)) in names.iter().zip(names.iter().skip(1)) {
        if **name == **next {
            found(*index);
        }
    }
}

/// See [`Document::children`].
#[derive(Clone)]
pub(super) struct Children<'d> {
    document: &'d Document<'d>,
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        self.next = self.document.node(index).next;
        Some(index)
    }
}
