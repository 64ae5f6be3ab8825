//! An allocator that searches every block for secrets before it is freed.
//!
//! A block that grows or shrinks is freed too: the provided `realloc` allocates, copies and frees.

use core::cell::Cell;
use core::hint::black_box;
use std::alloc::{GlobalAlloc, Layout, System};

use crate::support::secrets::PIECES;

struct Watching;

#[global_allocator]
static WATCHING: Watching = Watching;

thread_local! {
    /// The pieces found so far, one bit each; `None` outside a watch. By thread: the test harness has other threads.
    static FOUND: Cell<Option<u64>> = const { Cell::new(None) };
}

// SAFETY: the system's allocator does the work. The searched block is still allocated, and all its bytes were
// initialised at its allocation.
unsafe impl GlobalAlloc for Watching {
    /// Zeroed, so that no part of an earlier block is found in a later one.
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is the system's.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if let Some(found) = FOUND.get() {
            // SAFETY: see above.
            let block = unsafe { core::slice::from_raw_parts(pointer, layout.size()) };
            FOUND.set(Some(found | pieces_in(block)));
        }
        // SAFETY: the caller's promise is the system's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The pieces in a block, one bit each.
fn pieces_in(block: &[u8]) -> u64 {
    let mut found = 0;
    for at in 0..block.len() {
        if BEGINS[block[at] as usize] {
            found |= pieces_at(&block[at..]);
        }
    }
    found
}

fn pieces_at(bytes: &[u8]) -> u64 {
    let begins = PIECES.iter().map(|piece| bytes.starts_with(piece.as_bytes()));
    begins.enumerate().map(|(index, begins)| u64::from(begins) << index).sum()
}

/// The bytes with which pieces begin. They are few, and there are megabytes to search.
static BEGINS: [bool; 256] = {
    let mut begins = [false; 256];
    let mut index = 0;
    while index < PIECES.len() {
        begins[PIECES[index].as_bytes()[0] as usize] = true;
        index += 1;
    }
    begins
};

/// Overwrites the next part of the stack. The system reuses the stack of a finished test, and values with gaps, built
/// there, would carry old bytes to the heap.
#[inline(never)]
fn overwrite_stack() {
    black_box([0_u8; 512 * 1_024]);
}

/// The pieces of secrets in memory freed by `work`, and by dropping its result.
pub fn left_behind<T>(work: impl FnOnce() -> T) -> Vec<&'static str> {
    overwrite_stack();
    FOUND.set(Some(0));
    drop(black_box(work()));
    let found = FOUND.take().unwrap();
    PIECES.iter().enumerate().filter(|(index, _)| found >> index & 1 == 1).map(|(_, piece)| *piece).collect()
}
