#ifndef RETAIN_SYSTEM_H
#define RETAIN_SYSTEM_H

/// Lets the disk begin to write what the file holds, while the caller goes on; promises nothing.
///
/// `sync_file_range` is Linux's own, and Swift's view of the C library leaves it out.
void retain_begin_flush(int file);

#endif
