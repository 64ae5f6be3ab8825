//! Heap memory of the crate: none for reading a documented line, one block for a body, and never more for one more of
//! many. An allocator counts it; `tests/cost/instructions` counts instructions in the same way.
#![allow(unsafe_code, reason = "counting allocations takes an allocator, which is unsafe to implement")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "../support/jobs.rs"]
mod job_support;
#[path = "../support/load.rs"]
mod load_support;

mod attempts;
mod bytes;
mod jobs;
mod ledger;
mod responses;
mod written;

use core::cell::Cell;
use core::hint::black_box;
use std::alloc::{GlobalAlloc, Layout, System};

/// Counts by thread, since the test harness has other threads.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

thread_local!(static HEAP: Cell<Heap> = const { Cell::new(Heap::NONE) });

/// Blocks taken from the heap. A growing block counts as a new one: the provided `realloc` allocates, copies and frees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Heap {
    allocations: usize,
    /// The bytes of all blocks, freed ones included.
    bytes: usize,
    /// The bytes of the largest block.
    largest: usize,
    /// The bytes in use. Wraps if a thread frees blocks of another.
    live: usize,
    /// The most bytes in use at one time.
    peak: usize,
}

impl Heap {
    const NONE: Self = Self { allocations: 0, bytes: 0, largest: 0, live: 0, peak: 0 };

    fn with(self, size: usize) -> Self {
        let live = self.live.wrapping_add(size);
        Self {
            allocations: self.allocations + 1,
            bytes: self.bytes + size,
            largest: self.largest.max(size),
            live,
            peak: self.peak.max(live),
        }
    }
}

// SAFETY: the system's allocator does the work; this only counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HEAP.set(HEAP.get().with(layout.size()));
        // SAFETY: the caller's promise is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        let heap = HEAP.get();
        HEAP.set(Heap { live: heap.live.wrapping_sub(layout.size()), ..heap });
        // SAFETY: the caller's promise is the system's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Counts the heap memory that `work` takes until its result is dropped, and returns the result.
fn heap<T>(work: impl FnOnce() -> T) -> (Heap, T) {
    let before = HEAP.replace(Heap::NONE);
    let result = black_box(work());
    let heap = HEAP.get();
    HEAP.set(Heap { live: before.live.wrapping_add(heap.live), ..Heap::NONE });
    (heap, result)
}

/// Counts the heap memory that `work` takes.
fn cost<T>(work: impl FnOnce() -> T) -> Heap {
    heap(work).0
}

/// The number in a variable that `tests/cost/instructions` sets; by default a small one.
fn number(variable: &str, otherwise: u32) -> u32 {
    std::env::var(variable).map_or(otherwise, |number| number.parse().unwrap())
}

/// The bytes in use by this thread.
fn live() -> usize {
    HEAP.get().live
}
