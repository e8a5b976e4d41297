/* ends feed BYTES   writes that many bytes to standard output
 * ends drain        reads standard input to its end and prints how many bytes came, on stderr */
#define _GNU_SOURCE
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 256 << 10, PIPE = 1 << 20 };
static unsigned char block[BLOCK];

static int feed(uint64_t left) {
    uint64_t state = 88172645463325252u;
    for (size_t i = 0; i < sizeof block; i++) {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        block[i] = (unsigned char)state;
    }
    fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE);
    while (left > 0) {
        ssize_t written = write(STDOUT_FILENO, block, left < BLOCK ? left : BLOCK);
        if (written <= 0) return perror("ends feed"), 1;
        left -= (uint64_t)written;
    }
    return 0;
}

static int drain(void) {
    uint64_t total = 0;
    ssize_t count;
    fcntl(STDIN_FILENO, F_SETPIPE_SZ, PIPE);
    while ((count = read(STDIN_FILENO, block, sizeof block)) > 0) total += (uint64_t)count;
    if (count < 0) return perror("ends drain"), 1;
    fprintf(stderr, "%" PRIu64 "\n", total);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && !strcmp(argv[1], "feed")) return feed(strtoull(argv[2], NULL, 10));
    if (argc == 2 && !strcmp(argv[1], "drain")) return drain();
    fputs("usage: ends feed BYTES | ends drain\n", stderr);
    return 64;
}
