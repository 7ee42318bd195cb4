#ifndef RETAIN_BYTE_MASKS_H
#define RETAIN_BYTE_MASKS_H

// Sixty-four comparisons of bytes as one 64-bit mask: on x86-64 that is what `vpmovmskb` is for, and Swift
// has no word for it.

#include <stdint.h>
#include <string.h>
#if defined(__AVX2__)
#include <immintrin.h>
#endif

/// Bit i is set where byte i of the 64 bytes has its top bit set.
static inline uint64_t retain_mask64_top_bits(const void *bytes) {
#if defined(__AVX2__)
    __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
    __m256i high = _mm256_loadu_si256((const __m256i *)bytes + 1);
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 | (uint32_t)_mm256_movemask_epi8(low);
#else
    uint64_t mask = 0;
    for (int place = 0; place < 8; place++) {
        uint64_t word;
        memcpy(&word, (const char *)bytes + 8 * place, 8);
        uint64_t tops = word & 0x8080808080808080u;
        // Each bit reaches the top byte in its own place; no two products meet.
        mask |= ((tops >> 7) * 0x0102040810204080u >> 56) << (8 * place);
    }
    return mask;
#endif
}

/// Bit i is set where byte i of the 64 bytes is `value`.
static inline uint64_t retain_mask64_equal(const void *bytes, uint8_t value) {
#if defined(__AVX2__)
    __m256i pattern = _mm256_set1_epi8((char)value);
    __m256i low = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)bytes), pattern);
    __m256i high = _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)bytes + 1), pattern);
    return (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 | (uint32_t)_mm256_movemask_epi8(low);
#else
    uint64_t zeros[8];
    for (int place = 0; place < 8; place++) {
        uint64_t word;
        memcpy(&word, (const char *)bytes + 8 * place, 8);
        word ^= 0x0101010101010101u * value;
        // The top bit of each byte that is zero, exactly ("Hacker's Delight", 6-1).
        zeros[place] = ~(((word & 0x7f7f7f7f7f7f7f7fu) + 0x7f7f7f7f7f7f7f7fu) | word | 0x7f7f7f7f7f7f7f7fu);
    }
    return retain_mask64_top_bits(zeros);
#endif
}

#endif
