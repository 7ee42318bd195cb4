#if defined(__linux__)
#define _GNU_SOURCE
#include <fcntl.h>
#endif
#include "CFlush.h"

void retain_begin_flush(int file) {
#if defined(__linux__)
    sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
    (void)file;
#endif
}
