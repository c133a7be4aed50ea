struct In {
    long runs, worlds, stride;  // stride = runs * worlds
    const double *values, *pins, *hazard;
    const int8_t *possible;
    const int32_t *due;
    const double *noise, *choice;  // (quarters, names, stride), or nothing: made here
    const uint64_t *address;       // (runs)
    uint64_t seed;
};
struct Out {
    double *start, *state, *environment;
    int8_t *moves, *met, *begins, *active;
};
