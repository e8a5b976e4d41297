/* ceiling listen ADDRESS PORT    writes what arrives to standard output
 * ceiling connect ADDRESS PORT   sends standard input
 *
 * What this machine allows a netcat over encrypted UDP: trains of equal packets by GSO and GRO,
 * AES-256-GCM on each, a credit window, nothing else. There is no handshake (the key is fixed), no
 * recovery and no congestion control: a lost packet ends it. A ruler, not a tool. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    PACKET = 1472,
    NUMBER = 8,
    TAG = 16,
    PAYLOAD = PACKET - NUMBER - TAG,
    PACKETS = 65507 / PACKET,
    TRAIN = PACKETS * PACKET,
    PIPE = 1 << 20,
    SOCKET_BUFFER = 4 << 20,
    /* What one packet occupies of a socket buffer, with room to spare. */
    PACKET_MEMORY = 4096,
    SILENCE_MILLISECONDS = 5000,
};

typedef struct {
    EVP_CIPHER_CTX *context;
    int encrypts;
} Protection;

static int socket_descriptor;
static struct sockaddr_in peer;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void check(int ok, const char *what) {
    if (ok) return;
    fprintf(stderr, "ceiling: %s\n", what);
    exit(1);
}

static Protection protection(int encrypts) {
    static const unsigned char key[32] = "thirty-two bytes anyone can read";
    Protection made = { EVP_CIPHER_CTX_new(), encrypts };
    check(EVP_CipherInit_ex(made.context, EVP_aes_256_gcm(), NULL, key, NULL, encrypts), "no AES");
    return made;
}

/* Seals or opens one packet: number, then payload in place from `in` to `out`, then tag. */
static void protect(Protection *it, unsigned char *packet, const unsigned char *in,
    unsigned char *out, int count) {
    unsigned char nonce[12] = { 0 };
    int done;
    memcpy(nonce + 4, packet, NUMBER);
    EVP_CipherInit_ex(it->context, NULL, NULL, NULL, nonce, -1);
    EVP_CipherUpdate(it->context, NULL, &done, packet, NUMBER);
    EVP_CipherUpdate(it->context, out, &done, in, count);
    unsigned char *tag = packet + NUMBER + count;
    if (!it->encrypts) EVP_CIPHER_CTX_ctrl(it->context, EVP_CTRL_AEAD_SET_TAG, TAG, tag);
    check(EVP_CipherFinal_ex(it->context, out + count, &done), "a packet does not authenticate");
    if (it->encrypts) EVP_CIPHER_CTX_ctrl(it->context, EVP_CTRL_AEAD_GET_TAG, TAG, tag);
}

static int wait_for_input(int milliseconds) {
    struct pollfd input = { socket_descriptor, POLLIN, 0 };
    return poll(&input, 1, milliseconds) > 0;
}

static int read_fully(unsigned char *bytes, int wanted) {
    int have = 0;
    while (have < wanted) {
        ssize_t count = read(STDIN_FILENO, bytes + have, (size_t)(wanted - have));
        if (count < 0) fail("read");
        if (count == 0) break;
        have += (int)count;
    }
    return have;
}

static void write_fully(const unsigned char *bytes, int count) {
    while (count > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, (size_t)count);
        if (written <= 0) fail("write");
        bytes += written;
        count -= (int)written;
    }
}

static void send_train(unsigned char *train, int bytes) {
    char control[CMSG_SPACE(sizeof(uint16_t))] = { 0 };
    struct iovec vector = { train, (size_t)bytes };
    struct msghdr message = { .msg_name = &peer,
        .msg_namelen = sizeof peer,
        .msg_iov = &vector,
        .msg_iovlen = 1,
        .msg_control = control,
        .msg_controllen = sizeof control };
    struct cmsghdr *segment = CMSG_FIRSTHDR(&message);
    segment->cmsg_level = IPPROTO_UDP;
    segment->cmsg_type = UDP_SEGMENT;
    segment->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    memcpy(CMSG_DATA(segment), &(uint16_t){ PACKET }, sizeof(uint16_t));
    if (sendmsg(socket_descriptor, &message, 0) != bytes) fail("sendmsg");
}

/* Waits until the receiver allows another train. */
static void await_credit(uint64_t sent, uint64_t *credit) {
    uint64_t allowed;
    while (*credit < sent + PACKETS) {
        check(wait_for_input(SILENCE_MILLISECONDS), "no credit: a packet was lost");
        if (recv(socket_descriptor, &allowed, sizeof allowed, 0) == sizeof allowed
            && allowed > *credit)
            *credit = allowed;
    }
}

/* A bare number that is no packet: credit from the receiver, the last packet from the sender. */
static void send_number(uint64_t number) {
    sendto(socket_descriptor, &number, sizeof number, 0, (struct sockaddr *)&peer, sizeof peer);
}

static void transmit(void) {
    static unsigned char input[PACKETS * PAYLOAD], train[TRAIN];
    Protection sealing = protection(1);
    uint64_t sent = 0, credit = PACKETS;
    for (int have; (have = read_fully(input, sizeof input)) > 0;) {
        int bytes = 0;
        await_credit(sent, &credit);
        for (int offset = 0; offset < have; offset += PAYLOAD) {
            int count = have - offset < PAYLOAD ? have - offset : PAYLOAD;
            unsigned char *packet = train + bytes;
            sent++;
            memcpy(packet, &sent, NUMBER);
            protect(&sealing, packet, input + offset, packet + NUMBER, count);
            bytes += NUMBER + count + TAG;
        }
        send_train(train, bytes);
    }
    /* The receiver answers the end with a credit of UINT64_MAX. */
    for (int tries = 0; tries < 50 && credit != UINT64_MAX; tries++) {
        send_number(sent);
        while (credit != UINT64_MAX && wait_for_input(100))
            recv(socket_descriptor, &credit, sizeof credit, 0);
    }
    check(credit == UINT64_MAX, "the receiver did not confirm the end");
}

static int receive_train(unsigned char *train, int *segment) {
    char control[64];
    struct iovec vector = { train, 1 << 16 };
    struct msghdr message = { .msg_name = &peer,
        .msg_namelen = sizeof peer,
        .msg_iov = &vector,
        .msg_iovlen = 1,
        .msg_control = control,
        .msg_controllen = sizeof control };
    int count = (int)recvmsg(socket_descriptor, &message, 0);
    if (count < 0) fail("recvmsg");
    *segment = count;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c))
        if (c->cmsg_level == IPPROTO_UDP && c->cmsg_type == UDP_GRO)
            memcpy(segment, CMSG_DATA(c), sizeof *segment);
    return count;
}

static void receive(uint64_t window) {
    static unsigned char train[1 << 16], output[1 << 16];
    Protection opening = protection(0);
    uint64_t received = 0, granted = PACKETS, last = UINT64_MAX;
    while (received != last) {
        int segment, bytes = 0;
        check(wait_for_input(2 * SILENCE_MILLISECONDS), "silence: a packet was lost");
        int count = receive_train(train, &segment);
        for (int offset = 0; offset < count; offset += segment) {
            int size = count - offset < segment ? count - offset : segment;
            unsigned char *packet = train + offset;
            if (size == NUMBER) {
                memcpy(&last, packet, NUMBER);
                continue;
            }
            size -= NUMBER + TAG;
            check(size > 0 && !memcmp(packet, &(uint64_t){ ++received }, NUMBER), "packet lost");
            protect(&opening, packet, packet + NUMBER, output + bytes, size);
            bytes += size;
        }
        write_fully(output, bytes);
        if (received + window - granted >= window / 2) {
            granted = received + window;
            send_number(granted);
        }
    }
    for (int answers = 0; answers < 3; answers++) send_number(UINT64_MAX);
}

/* The credit window in packets that the socket's real buffer can hold. */
static uint64_t open_socket(void) {
    int wanted = SOCKET_BUFFER, on = 1, size;
    socklen_t length = sizeof size;
    socket_descriptor = socket(AF_INET, SOCK_DGRAM, 0);
    if (socket_descriptor < 0) fail("socket");
    setsockopt(socket_descriptor, SOL_SOCKET, SO_SNDBUF, &wanted, sizeof wanted);
    setsockopt(socket_descriptor, SOL_SOCKET, SO_RCVBUF, &wanted, sizeof wanted);
    if (setsockopt(socket_descriptor, IPPROTO_UDP, UDP_GRO, &on, sizeof on)) fail("UDP_GRO");
    getsockopt(socket_descriptor, SOL_SOCKET, SO_RCVBUF, &size, &length);
    uint64_t window = (uint64_t)size / PACKET_MEMORY;
    return window < PACKETS ? PACKETS : window;
}

int main(int argc, char **argv) {
    if (argc != 4) return fputs("usage: ceiling listen|connect ADDRESS PORT\n", stderr), 64;
    uint64_t window = open_socket();
    peer.sin_family = AF_INET;
    peer.sin_port = htons((uint16_t)atoi(argv[3]));
    if (inet_pton(AF_INET, argv[2], &peer.sin_addr) != 1) return 64;
    fcntl(STDIN_FILENO, F_SETPIPE_SZ, PIPE);
    fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE);
    if (!strcmp(argv[1], "connect")) return transmit(), 0;
    if (bind(socket_descriptor, (struct sockaddr *)&peer, sizeof peer)) fail("bind");
    receive(window);
    return 0;
}
