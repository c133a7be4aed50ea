enum { MOST_WORLDS = 2 };

static void luck(const In &in, long at, long q, Block noise[2][VARIABLES], Block *choice) {
    for (long k = 0; k < VARIABLES && in.noise; k++)
        std::memcpy(noise[q % 2][k], in.noise + (q * VARIABLES + k) * in.stride + at, sizeof(Block));
    for (long k = 0; k < COUNTRIES && in.noise; k++)
        std::memcpy(choice[k], in.choice + (q * COUNTRIES + k) * in.stride + at, sizeof(Block));
    if (in.noise) return;
    for (long k = 0; k < VARIABLES && q % 2 == 0; k++) normal(in, at, q / 2, noise_keys[k], noise[0][k], noise[1][k]);
    for (long k = 0; k < COUNTRIES; k++) uniform(in, at, q, choice_keys[k], choice[k], choice[k]);
}

// A few vectors of runs at a time, in all their worlds, from the start to the horizon: all of it stays in cache.
extern "C" void simulate(const In *given, const Out *out) {
    const In &in = *given;
    static Block fact[MOST_WORLDS][FACTS], world[MOST_WORLDS][2][SLOTS], noise[2][VARIABLES], choice[COUNTRIES];
    for (long at = 0; at < in.runs; at += LANES * VECTORS) {
        for (long k = 0; k < in.worlds; k++) {
            const long here = k * in.runs + at;
            once_a_run(in, here, fact[k], world[k][0]);
            for (long v = 0; v < VARIABLES; v++)
                std::memcpy(out->start + v * in.stride + here, world[k][0][VARIABLES + v], sizeof(Block));
        }
        for (long q = 0; q < QUARTERS; q++) {
            luck(in, at, q, noise, choice);
            for (long k = 0; k < in.worlds; k++)
                once_a_quarter(in, *out, k * in.runs + at, q, fact[k], world[k][q % 2], world[k][1 - q % 2],
                               noise[q % 2], choice);
        }
    }
}
