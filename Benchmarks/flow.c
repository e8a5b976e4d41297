/* flow take PORT                           accepts one TCP connection and drains it to its end
 * flow give ADDRESS PORT ALGORITHM SECONDS sends over TCP for that long, then resets
 *
 * `take` prints how many bytes came. */
#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static unsigned char block[128 << 10];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int take(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int on = 1, waiting = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(waiting, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(waiting, (struct sockaddr *)&address, sizeof address) || listen(waiting, 1))
        return perror("flow take"), 1;
    int stream = accept(waiting, NULL, NULL);
    uint64_t total = 0;
    ssize_t count;
    while ((count = read(stream, block, sizeof block)) > 0) total += (uint64_t)count;
    printf("%" PRIu64 "\n", total);
    return 0;
}

static int give(const char *host, int port, const char *algorithm, double seconds) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int stream = socket(AF_INET, SOCK_STREAM, 0);
    struct timeval step = {.tv_usec = 100000};
    struct linger reset = {1, 0};
    inet_pton(AF_INET, host, &address.sin_addr);
    if (setsockopt(stream, IPPROTO_TCP, TCP_CONGESTION, algorithm, (socklen_t)strlen(algorithm))
        || connect(stream, (struct sockaddr *)&address, sizeof address))
        return perror("flow give"), 1;
    setsockopt(stream, SOL_SOCKET, SO_SNDTIMEO, &step, sizeof step);
    setsockopt(stream, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    for (double end = now() + seconds; now() < end;) send(stream, block, sizeof block, 0);
    close(stream);
    return 0;
}

int main(int argc, char **argv) {
    if (argc == 3 && !strcmp(argv[1], "take")) return take(atoi(argv[2]));
    if (argc == 6 && !strcmp(argv[1], "give"))
        return give(argv[2], atoi(argv[3]), argv[4], atof(argv[5]));
    fputs("usage: flow take PORT | flow give ADDRESS PORT ALGORITHM SECONDS\n", stderr);
    return 64;
}
