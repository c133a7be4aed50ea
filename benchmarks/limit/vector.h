// Lanes of runs as vectors of the compiler's own, and the functions of them. Written for speed at double precision:
// the exponential and the hyperbolic tangent are short enough to be fused with what stands around them.
#include <cmath>
#include <cstdint>
#include <cstring>
#if defined(__AVX512F__) && LANES == 8
#include <immintrin.h>
#define SCALE(x, n) _mm512_scalef_pd(x, n)  // x times two to the power of n's whole part
#endif

#define INLINE static inline __attribute__((always_inline))

typedef double V __attribute__((vector_size(8 * LANES)));
typedef long M __attribute__((vector_size(8 * LANES)));
typedef unsigned long U __attribute__((vector_size(8 * LANES)));
typedef signed char B __attribute__((vector_size(LANES)));

typedef V Block[VECTORS];

INLINE V all(double x) { return V{} + x; }
INLINE U words(uint64_t x) { return U{} + x; }
INLINE U words(const uint64_t *at) { U x; std::memcpy(&x, at, sizeof x); return x; }
INLINE V load(const double *at) { V x; std::memcpy(&x, at, sizeof x); return x; }
INLINE void store(double *at, V x) { std::memcpy(at, &x, sizeof x); }
INLINE void store(int8_t *at, V x) { B y = __builtin_convertvector(x, B); std::memcpy(at, &y, sizeof y); }
INLINE void store(int8_t *at, M x) { B y = __builtin_convertvector(-x, B); std::memcpy(at, &y, sizeof y); }
INLINE M truth(const int8_t *at) { M x; for (int k = 0; k < LANES; k++) x[k] = at[k] ? -1L : 0L; return x; }
INLINE V whole(const int32_t *at) { V x; for (int k = 0; k < LANES; k++) x[k] = at[k]; return x; }
INLINE V larger(V a, V b) { return a > b ? a : b; }
INLINE V smaller(V a, V b) { return a < b ? a : b; }
INLINE V magnitude(V a) { return (V)((M)a & 0x7fffffffffffffffL); }
INLINE M number(V x) { return ((M)x & 0x7fffffffffffffffL) <= 0x7ff0000000000000L; }  // whatever the compiler assumes
INLINE V real(U x) { return __builtin_convertvector((M)x, V); }  // below 2^63

// Series long enough for double precision on a short range, and what brings an argument there.
// Two to the power of factor x / log(2), as scale times series: the nearest fraction of an octave in a table of two
// vectors, and a short series for what is left.
struct Power { V scale, series; };
INLINE Power power(V x, double factor) {
    V low, high;
    for (int k = 0; k < LANES; k++) {
        low[k] = __builtin_exp2(k / (2.0 * LANES));
        high[k] = __builtin_exp2(0.5 + k / (2.0 * LANES));
    }
#ifndef SCALE
    x = larger(smaller(x, all(350.0)), all(-350.0));
#endif
    const double magic = 6755399441055744.0 / (2 * LANES);  // in a sum with it the last bits count fractions
    V sum = x * (factor * 1.4426950408889634) + magic, n = sum - magic, r = x * factor - n * 0.6931471805599453;
    V s = LANES < 8 ? 1. / 720 + r * (1. / 5040) : all(1. / 720);
    s = 1.0 + r * (1.0 + r * (1. / 2 + r * (1. / 6 + r * (1. / 24 + r * (1. / 120 + r * s)))));
    V table = __builtin_shuffle(low, high, (M)sum);  // it looks at no more than the last bits
#ifdef SCALE
    return {SCALE(table, n), s};
#else
    return {(V)((M)table + (((M)sum >> __builtin_ctz(2 * LANES)) << 52)), s};
#endif
}
INLINE V fast_exp(V x) { Power p = power(x, 1.0); return p.scale * p.series; }
INLINE V fast_tanh(V x) { Power p = power(x, 2.0); return 1.0 - 2.0 / (p.scale * p.series + 1.0); }
INLINE V fast_log(V x) {
    M e = ((M)x >> 52) - 1023;
    V m = (V)(((M)x & 0xfffffffffffffL) | 0x3ff0000000000000L);
    M high = m > 1.4142135623730951;
    m = high ? m * 0.5 : m;
    e = e - high;
    V s = (m - 1.0) / (m + 1.0), s2 = s * s, s4 = s2 * s2, s8 = s4 * s4;
    V low = (1. + s2 * (1. / 3)) + s4 * (1. / 5 + s2 * (1. / 7));
    V mid = (1. / 9 + s2 * (1. / 11)) + s4 * (1. / 13 + s2 * (1. / 15));
    V top = (1. / 17 + s2 * (1. / 19)) + s4 * (1. / 21);
    return __builtin_convertvector(e, V) * 0.6931471805599453 + 2.0 * s * (low + s8 * (mid + s8 * top));
}
INLINE V wave(V x, long quarter) {  // sine of x plus so many quarters of a turn, x >= 0
    M n = __builtin_convertvector(x * 0.6366197723675814 + 0.5, M);
    V r = x - __builtin_convertvector(n, V) * 1.5707963267948966, r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
    V odd = (1. + r2 * (-1. / 6)) + r4 * (1. / 120 + r2 * (-1. / 5040)) +
            r8 * ((1. / 362880 + r2 * (-1. / 39916800)) + r4 * (1. / 6227020800 + r2 * (-1. / 1307674368000)));
    V even = (1. + r2 * (-1. / 2)) + r4 * (1. / 24 + r2 * (-1. / 720)) +
             r8 * ((1. / 40320 + r2 * (-1. / 3628800)) + r4 * (1. / 479001600 + r2 * (-1. / 87178291200)) +
                   r8 * (1. / 20922789888000));
    n = n + quarter;
    V half = ((n & 1) == 1) ? even : r * odd;
    return (V)((M)half ^ ((n & 2) << 62));
}
INLINE V fast_sin(V x) { return wave(x, 0); }
INLINE V fast_cos(V x) { return wave(x, 1); }
INLINE V fast_atanh(V x) { return 0.5 * fast_log((1.0 + x) / (1.0 - x)); }
INLINE V fast_pow(V x, V y) { return fast_exp(y * fast_log(x)); }
INLINE V root(V x) {
    double a[LANES];
    std::memcpy(a, &x, sizeof x);
    for (int k = 0; k < LANES; k++) a[k] = __builtin_sqrt(a[k]);
    std::memcpy(&x, a, sizeof x);
    return x;
}
