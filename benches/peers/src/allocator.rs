//! Counts allocations, and the most bytes allocated at one time.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

static ON: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static REALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn grow(bytes: usize) {
    PEAK.fetch_max(BYTES.fetch_add(bytes, Relaxed).wrapping_add(bytes), Relaxed);
}

// SAFETY: the system's allocator does the work. This only counts, and only on request, so that no peer pays for the
// counting while it is timed.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if ON.load(Relaxed) {
            ALLOCATIONS.fetch_add(1, Relaxed);
            grow(layout.size());
        }
        // SAFETY: the caller's promise is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        if ON.load(Relaxed) {
            // Blocks allocated before the counting began may be freed now.
            let _ = BYTES.fetch_update(Relaxed, Relaxed, |bytes| Some(bytes.saturating_sub(layout.size())));
        }
        // SAFETY: the caller's promise is the system's.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if ON.load(Relaxed) {
            REALLOCATIONS.fetch_add(1, Relaxed);
            grow(size.saturating_sub(layout.size()));
        }
        // SAFETY: the caller's promise is the system's.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// The heap use of some work.
#[derive(Clone, Copy)]
pub struct Heap {
    pub allocations: usize,
    pub reallocations: usize,
    /// The most bytes at one time.
    pub peak: usize,
}

pub fn count(work: impl FnOnce()) -> Heap {
    for counter in [&ALLOCATIONS, &REALLOCATIONS, &BYTES, &PEAK] {
        counter.store(0, Relaxed);
    }
    ON.store(true, Relaxed);
    work();
    ON.store(false, Relaxed);
    Heap {
        allocations: ALLOCATIONS.load(Relaxed),
        reallocations: REALLOCATIONS.load(Relaxed),
        peak: PEAK.load(Relaxed),
    }
}
