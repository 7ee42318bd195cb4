// The part of the system's zlib that Files uses.
#include <zlib.h>
