// The part of the system's libzstd that Files uses.
#include <zstd.h>
