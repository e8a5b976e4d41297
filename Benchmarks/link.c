/* link CLIENT SERVER [KEY=VALUE...]   joins device link0 of two network namespaces by an IP path
 *
 * Both directions have delay (ms, one way), rate (Mbit/s) and queue (bytes before it, drop-tail).
 * From client to server packets also meet, in this order: loss (share), burst (share that begins a
 * burst of lost packets, 5 on average), police (Mbit/s) with bucket (bytes), reorder (share that
 * comes 10 ms late).
 *
 * Ends by SIGTERM, and then prints of the client's direction: the bytes that entered, the packets
 * that were lost, and the mean and greatest wait in the queue in ms. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <inttypes.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { PACKETS = 1 << 16, SIZE = 2048 };

struct packet {
    int64_t due;
    int length;
    unsigned char *bytes;
};

struct direction {
    int from, to, is_plain;
    struct packet *ring; /* in the order of `due` */
    size_t head, count;
    int64_t free_at, bucket_at;
    double bucket;
    int in_burst;
    uint64_t bytes_in, packets_out, lost;
    double waited, longest;
};

static double delay = 10, rate = 100, queue = 1e6, loss, burst, police, bucket = 1e5, reorder;
static volatile sig_atomic_t is_over;
static uint64_t seed = 88172645463325252u;

static void stop(int signal) { is_over = signal; }

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static double chance(void) {
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return (double)(seed >> 11) / 9007199254740992.0;
}

static int open_device(const char *space) {
    char path[256];
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    snprintf(path, sizeof path, "/run/netns/%s", space);
    int home = open("/proc/self/ns/net", O_RDONLY), other = open(path, O_RDONLY);
    if (home < 0 || other < 0 || setns(other, CLONE_NEWNET) < 0) perror(path), exit(1);
    int device = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
    strcpy(request.ifr_name, "link0");
    if (device < 0 || ioctl(device, TUNSETIFF, &request) < 0) perror("/dev/net/tun"), exit(1);
    if (setns(home, CLONE_NEWNET) < 0) perror("setns"), exit(1);
    close(home), close(other);
    return device;
}

static int is_lost(struct direction *d, int length, int64_t time) {
    if (d->is_plain) return 0;
    if (loss > 0 && chance() < loss) return 1;
    if (burst > 0) {
        d->in_burst = d->in_burst ? chance() >= 0.2 : chance() < burst;
        if (d->in_burst) return 1;
    }
    if (police <= 0) return 0;
    d->bucket += (double)(time - d->bucket_at) * police / 8000;
    d->bucket_at = time;
    if (d->bucket > bucket) d->bucket = bucket;
    if (d->bucket < length) return 1;
    d->bucket -= length;
    return 0;
}

static void accept_packet(struct direction *d, const unsigned char *bytes, int length) {
    int64_t time = now();
    d->bytes_in += (uint64_t)length;
    int64_t wait = d->free_at > time ? d->free_at - time : 0;
    if (is_lost(d, length, time) || d->count == PACKETS
        || (double)wait * rate / 8000 + length > queue) {
        d->lost++;
        return;
    }
    d->free_at = time + wait + (int64_t)(length * 8000 / rate);
    d->waited += (double)wait / 1e6;
    if ((double)wait / 1e6 > d->longest) d->longest = (double)wait / 1e6;
    d->packets_out++;
    int64_t due = d->free_at + (int64_t)(delay * 1e6);
    if (!d->is_plain && reorder > 0 && chance() < reorder) due += 10000000;
    size_t place = d->count++;
    unsigned char *memory = d->ring[(d->head + place) % PACKETS].bytes;
    for (; place > 0; place--) {
        struct packet *before = &d->ring[(d->head + place - 1) % PACKETS];
        if (before->due <= due) break;
        d->ring[(d->head + place) % PACKETS] = *before;
    }
    memcpy(memory, bytes, (size_t)length);
    d->ring[(d->head + place) % PACKETS] = (struct packet){due, length, memory};
}

/* Delivers what is due; returns how long nothing will be, in nanoseconds. */
static int64_t deliver(struct direction *d) {
    while (d->count > 0) {
        struct packet *first = &d->ring[d->head];
        int64_t left = first->due - now();
        if (left > 0) return left;
        if (write(d->to, first->bytes, (size_t)first->length) < 0) d->lost++;
        d->head = (d->head + 1) % PACKETS;
        d->count--;
    }
    return 100000000;
}

static void take(const char *argument) {
    const struct { const char *name; double *value; } keys[] = {
        {"delay=", &delay}, {"rate=", &rate}, {"queue=", &queue}, {"loss=", &loss},
        {"burst=", &burst}, {"police=", &police}, {"bucket=", &bucket}, {"reorder=", &reorder}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t length = strlen(keys[i].name);
        if (strncmp(argument, keys[i].name, length)) continue;
        *keys[i].value = atof(argument + length);
        return;
    }
    fprintf(stderr, "link: unknown '%s'\n", argument);
    exit(64);
}

int main(int argc, char **argv) {
    static struct direction both[2];
    unsigned char bytes[SIZE];
    if (argc < 3) return fputs("usage: link CLIENT SERVER [KEY=VALUE...]\n", stderr), 64;
    for (int i = 3; i < argc; i++) take(argv[i]);
    both[0].from = both[1].to = open_device(argv[1]);
    both[1].from = both[0].to = open_device(argv[2]);
    both[1].is_plain = 1;
    for (int i = 0; i < 2; i++) {
        both[i].ring = calloc(PACKETS, sizeof *both[i].ring);
        unsigned char *memory = malloc((size_t)PACKETS * SIZE);
        if (!both[i].ring || !memory) return perror("link"), 1;
        for (size_t j = 0; j < PACKETS; j++) both[i].ring[j].bytes = memory + j * SIZE;
        both[i].bucket = bucket;
        both[i].bucket_at = now();
    }
    signal(SIGTERM, stop), signal(SIGINT, stop);
    prctl(PR_SET_TIMERSLACK, 1);
    struct sched_param urgent = {.sched_priority = 10};
    sched_setscheduler(0, SCHED_FIFO, &urgent);
    while (!is_over) {
        int64_t idle = 100000000;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 64; j++) {
                ssize_t length = read(both[i].from, bytes, sizeof bytes);
                if (length <= 0) break;
                accept_packet(&both[i], bytes, (int)length);
            }
            int64_t left = deliver(&both[i]);
            if (left < idle) idle = left;
        }
        struct pollfd devices[2] = {{both[0].from, POLLIN, 0}, {both[1].from, POLLIN, 0}};
        struct timespec wait = {.tv_nsec = idle};
        ppoll(devices, 2, &wait, NULL);
    }
    struct direction *d = &both[0];
    printf("%" PRIu64 " %" PRIu64 " %.1f %.1f\n", d->bytes_in, d->lost,
        d->packets_out ? d->waited / (double)d->packets_out : 0, d->longest);
    return 0;
}
