#include "byte_masks.h"
#include "processor.h"
