import CMalloc

/// The C library's allocator, set up for blocks that come and go between threads.
enum Allocator {
    /// Keeps freed memory for the next blocks instead of giving every block back to the kernel,
    /// which would clear its pages again; mallopt(3).
    static func prepare() {
        mallopt(M_MMAP_THRESHOLD, 4 << 20)
        mallopt(M_TRIM_THRESHOLD, 8 << 20)
        mallopt(M_TOP_PAD, 256 << 10)
    }
}
