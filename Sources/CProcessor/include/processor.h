#ifndef RETAIN_PROCESSOR_H
#define RETAIN_PROCESSOR_H

#include <stdbool.h>

/// Whether this processor and its operating system can run the instructions that the kernels are built for.
bool retain_processor_has_kernel_instructions(void);

#endif
