//! A body of JSON as the places of its values.

use core::cell::Cell;

use super::error::{JsonError, JsonProblem, MemberPath, PathWriter};
use super::text::Text;

/// The kind of value at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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
    /// Its first byte in the text; of a string, of the text between the quotes.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The node after it and all that is inside of it.
    pub(super) next: u32,
}

/// The place of a value in one of its containers.
#[derive(Clone, Copy)]
struct Step {
    container: u32,
    /// The child of the container that it is, or is inside of.
    child: u32,
    /// The place of the child among them.
    place: usize,
}

/// A body that is JSON.
pub(crate) struct Document<'b> {
    pub(super) text: &'b str,
    pub(super) nodes: Vec<Node>,
    /// How the last path went. Errors are found in about the order of the body, so that the next path goes
    /// on from there: to count from the first member each time would make a body of nothing but errors
    /// cost the square of its size.
    trail: Cell<Vec<Step>>,
}

impl<'b> Document<'b> {
    pub(super) fn new(text: &'b str, max_values: usize) -> Self {
        // The vendor's bodies have a value or name for every 20 bytes.
        Self { text, nodes: Vec::with_capacity(max_values.min(text.len() / 16 + 1)), trail: Cell::default() }
    }

    #[inline]
    pub(super) fn node(&self, index: u32) -> Node {
        let none = Node { kind: Kind::Null, start: 0, end: 0, next: u32::MAX };
        self.nodes.get(index as usize).copied().unwrap_or(none)
    }

    /// The text at a place, as it stands there.
    #[inline]
    pub(super) fn slice(&self, node: Node) -> &str {
        self.text.get(node.start as usize..node.end as usize).unwrap_or_default()
    }

    /// The text of a string, a number or a name.
    #[inline(always)]
    pub(super) fn text_of(&self, node: Node) -> Text<'_> {
        match node.kind {
            Kind::Escaped => Text::decode(self.slice(node)),
            _ => Text::Plain(self.slice(node)),
        }
    }

    /// The value of an object's member whose name is written in another case of ASCII letters.
    #[cold]
    pub(super) fn member_in_another_case(&self, object: u32, name: &str) -> Option<(u32, Node)> {
        self.member_where(object, |found| self.text_of(found).eq_ignore_ascii_case(name))
    }

    /// The value of an object's member.
    pub(super) fn member(&self, object: u32, name: &str) -> Option<(u32, Node)> {
        self.member_where(object, |found| {
            let length = (found.end - found.start) as usize;
            match found.kind {
                Kind::Escaped => *self.text_of(found) == *name,
                _ => length == name.len() && self.slice(found) == name,
            }
        })
    }

    /// The value of an object's first member with such a name.
    #[inline]
    fn member_where(&self, object: u32, is_it: impl Fn(Node) -> bool) -> Option<(u32, Node)> {
        let mut children = self.children(object);
        while let (Some((_, name)), Some(value)) = (children.next(), children.next()) {
            if is_it(name) {
                return Some(value);
            }
        }
        None
    }

    /// The nodes directly inside of a container: the elements of a list, or names and values in turn.
    #[inline]
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

    /// An error about a member of an object, at the place of a node.
    #[cold]
    pub(super) fn error_inside(
        &self,
        object: u32,
        name: &str,
        place: u32,
        problem: JsonProblem,
    ) -> JsonError {
        let mut path = self.path(object);
        path.member(name);
        JsonError::new(path.finish(), self.node(place).start as usize, problem)
    }

    /// An error for every member that its object has had before, in the order of the body.
    #[cfg(any(feature = "hosted-page", test))]
    pub(crate) fn duplicates(&self) -> Vec<JsonError> {
        self.duplicates_where(|_| true).0
    }

    /// An error for every member that its object has had before, in the order of the body: those of the objects in
    /// `chosen`, which is sorted, and the others.
    #[cfg(feature = "gateway")]
    pub(crate) fn duplicates_in(&self, chosen: &[ObjectPlace]) -> (Vec<JsonError>, Vec<JsonError>) {
        self.duplicates_where(|object| chosen.binary_search(&ObjectPlace(object)).is_ok())
    }

    #[cfg(any(feature = "gateway", feature = "hosted-page", test))]
    fn duplicates_where(&self, is_chosen: impl Fn(u32) -> bool) -> (Vec<JsonError>, Vec<JsonError>) {
        let mut repeated = self.repeated_names();
        repeated.sort_unstable_by_key(|&(_, name)| name);
        let (chosen, others): (Vec<_>, Vec<_>) =
            repeated.into_iter().partition(|&(object, _)| is_chosen(object));
        let errors =
            |repeated: Vec<_>| repeated.into_iter().map(|repeated| self.duplicate(repeated)).collect();
        (errors(chosen), errors(others))
    }

    /// The first of [`duplicates`](Self::duplicates).
    pub(super) fn first_duplicate(&self) -> Option<JsonError> {
        let first = self.repeated_names().into_iter().min_by_key(|&(_, name)| name);
        first.map(|repeated| self.duplicate(repeated))
    }

    fn duplicate(&self, (object, name): (u32, u32)) -> JsonError {
        self.error_inside(object, &self.text_of(self.node(name)), name, JsonProblem::Duplicate)
    }

    /// Each object with each name in it that it has had before.
    fn repeated_names(&self) -> Vec<(u32, u32)> {
        let mut repeated = Vec::new();
        for (object, node) in (0..).zip(&self.nodes) {
            if node.kind == Kind::Object && self.may_repeat(object) {
                let mut names: Vec<_> =
                    self.children(object).step_by(2).map(|(name, node)| (self.text_of(node), name)).collect();
                // Equal names stand beside each other, in their order.
                names.sort_unstable_by(|(name, index), (other, its)| (&**name, index).cmp(&(&**other, its)));
                for ((name, _), (next, index)) in names.iter().zip(names.iter().skip(1)) {
                    if **name == **next {
                        repeated.push((object, *index));
                    }
                }
            }
        }
        repeated
    }

    /// Returns true if an object may have a name twice: a quick look, which may be wrong in saying yes.
    ///
    /// Names that are equal have the same length and ends. Where two of a small object have those, they
    /// are compared; a large one, and one with escapes in its names, is looked at by the caller.
    fn may_repeat(&self, object: u32) -> bool {
        const FEW: usize = 64;
        let mut seen = 0_u64;
        for (place, (_, name)) in self.children(object).step_by(2).enumerate() {
            let text = self.slice(name);
            let bit = 1 << (mixed(text) % 64);
            let again =
                || self.children(object).step_by(2).take(place).any(|(_, one)| self.slice(one) == text);
            if name.kind == Kind::Escaped || place >= FEW || (seen & bit != 0 && again()) {
                return true;
            }
            seen |= bit;
        }
        false
    }

    /// The path of a value, or of the value of a name.
    pub(super) fn path(&self, target: u32) -> PathWriter {
        let mut path = PathWriter::default();
        let mut trail = self.trail.take();
        let mut here = 0;
        for level in 0.. {
            if here == target {
                break;
            }
            let mut children = self.children(here);
            let mut passed = 0;
            if let Some(step) = trail.get(level).filter(|step| step.container == here && step.child <= target)
            {
                (children.next, passed) = (step.child, step.place);
            }
            let holds = |&(_, (_, child)): &(usize, (u32, Node))| target < child.next;
            let Some((place, (child, node))) = (passed..).zip(children).find(holds) else { break };
            let step = Step { container: here, child, place };
            match trail.get_mut(level) {
                Some(last) => *last = step,
                None => trail.push(step),
            }
            match (self.node(here).kind, place % 2) {
                (Kind::Object, 0) => path.member(&self.text_of(node)),
                (Kind::Object, _) => path.member(&self.text_of(self.node(child - 1))),
                _ => path.element(place),
            }
            here = child;
        }
        self.trail.set(trail);
        path
    }

    /// The path of what would have been read next into the last container, where reading ended.
    pub(super) fn path_of_unread(&self, container: u32) -> MemberPath {
        let mut path = self.path(container);
        let count = self.children(container).count();
        match (self.node(container).kind, self.children(container).last()) {
            (Kind::List, _) => path.element(count),
            (_, Some((_, name))) if count % 2 == 1 => path.member(&self.text_of(name)),
            _ => {}
        }
        path.finish()
    }
}

/// The place of an object in its document.
#[cfg(feature = "gateway")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ObjectPlace(pub(super) u32);

/// Length and ends of a name, mixed to a number.
#[inline]
fn mixed(name: &str) -> usize {
    let byte = |byte: Option<&u8>| byte.copied().map_or(0, usize::from);
    let bytes = name.as_bytes();
    let middle = bytes.get(bytes.len() / 2);
    (bytes.len() * 7) ^ byte(bytes.first()) ^ (byte(bytes.last()) * 5) ^ (byte(middle) * 11)
}

/// See [`Document::children`].
#[derive(Clone)]
pub(super) struct Children<'d> {
    document: &'d Document<'d>,
    next: u32,
    end: u32,
}

impl Iterator for Children<'_> {
    type Item = (u32, Node);

    #[inline]
    fn next(&mut self) -> Option<(u32, Node)> {
        if self.next >= self.end {
            return None;
        }
        let index = self.next;
        let node = self.document.node(index);
        self.next = node.next;
        Some((index, node))
    }
}
