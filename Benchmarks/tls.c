/* tls listen ADDRESS PORT CERTIFICATE KEY   takes one connection, reads it to its end in memory
 * tls connect ADDRESS PORT BYTES BATCH      sends so many bytes in writes of BATCH bytes
 *
 * What TLS 1.3 with AES-256-GCM reaches over kernel TCP from memory to memory: records of 16 KiB,
 * one thread a side, no pipes. The certificate is not verified. */
#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { RECORD = 16 << 10, READ = 1 << 20 };
static unsigned char block[READ];

static int failed(const char *what) {
    if (ERR_peek_error()) ERR_print_errors_fp(stderr);
    fprintf(stderr, "tls: %s: %s\n", what, strerror(errno));
    return 1;
}

static SSL_CTX *context(const SSL_METHOD *method) {
    SSL_CTX *made = SSL_CTX_new(method);
    if (!made || SSL_CTX_set_min_proto_version(made, TLS1_3_VERSION) != 1
        || SSL_CTX_set_ciphersuites(made, "TLS_AES_256_GCM_SHA384") != 1)
        exit(failed("context"));
    SSL_CTX_set_read_ahead(made, 1);
    SSL_CTX_set_default_read_buffer_len(made, 256 << 10);
    return made;
}

static int receive(int listener, const char *certificate, const char *key) {
    SSL_CTX *settings = context(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(settings, certificate) != 1
        || SSL_CTX_use_PrivateKey_file(settings, key, SSL_FILETYPE_PEM) != 1)
        return failed("certificate");
    SSL_CTX_set_num_tickets(settings, 0);
    int socket = accept(listener, NULL, NULL);
    SSL *tls = SSL_new(settings);
    if (socket < 0 || SSL_set_fd(tls, socket) != 1 || SSL_accept(tls) != 1)
        return failed("accept");
    uint64_t total = 0;
    int count;
    while ((count = SSL_read(tls, block, sizeof block)) > 0) total += (uint64_t)count;
    if (SSL_get_error(tls, count) != SSL_ERROR_ZERO_RETURN) return failed("read");
    fprintf(stderr, "%ju\n", (uintmax_t)total);
    return 0;
}

static int send_all(int socket, uint64_t left, int batch) {
    SSL *tls = SSL_new(context(TLS_client_method()));
    BIO *network = BIO_new_socket(socket, BIO_NOCLOSE);
    BIO *gathering = BIO_new(BIO_f_buffer());
    BIO_set_write_buffer_size(gathering, batch);
    SSL_set_bio(tls, network, batch > RECORD ? BIO_push(gathering, network) : network);
    if (SSL_connect(tls) != 1) return failed("connect");
    while (left > 0) {
        int count = left < RECORD ? (int)left : RECORD;
        if (SSL_write(tls, block, count) != count) return failed("write");
        left -= (uint64_t)count;
    }
    SSL_shutdown(tls);
    if (batch > RECORD) (void)BIO_flush(gathering);
    shutdown(socket, SHUT_WR);
    while (read(socket, block, sizeof block) > 0) {}
    return 0;
}

int main(int argc, char **argv) {
    if (argc != 6) return fputs("usage: see the first lines of tls.c\n", stderr), 64;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[3]))};
    inet_pton(AF_INET, argv[2], &address.sin_addr);
    int one = 1, socket_ = socket(AF_INET, SOCK_STREAM, 0);
    if (!strcmp(argv[1], "listen")) {
        setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        if (bind(socket_, (void *)&address, sizeof address) || listen(socket_, 1))
            return failed("listen");
        return receive(socket_, argv[4], argv[5]);
    }
    if (connect(socket_, (void *)&address, sizeof address)) return failed("connect");
    return send_all(socket_, strtoull(argv[4], NULL, 10), atoi(argv[5]));
}
