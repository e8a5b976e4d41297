/* handshakes memory COUNT CERTIFICATE KEY   both ends in this thread, bytes moved by hand
 * handshakes tcp COUNT CERTIFICATE KEY      a client process and this server over loopback
 *
 * Prints the processor time in microseconds that the server end of libssl, and nothing else, needs
 * for a full TLS 1.3 handshake without tickets. The certificate is not verified. */
#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int failed(const char *what) {
    if (ERR_peek_error()) ERR_print_errors_fp(stderr);
    fprintf(stderr, "handshakes: %s: %s\n", what, strerror(errno));
    return 1;
}

static double microseconds(void) {
    struct timespec spent;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return (double)spent.tv_sec * 1e6 + (double)spent.tv_nsec / 1e3;
}

static SSL_CTX *context(const SSL_METHOD *method) {
    SSL_CTX *made = SSL_CTX_new(method);
    if (!made || SSL_CTX_set_min_proto_version(made, TLS1_3_VERSION) != 1
        || SSL_CTX_set_ciphersuites(made, "TLS_AES_256_GCM_SHA384") != 1
        || SSL_CTX_set1_groups_list(made, "X25519") != 1)
        exit(failed("context"));
    SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_OFF);
    return made;
}

static SSL *end(SSL_CTX *settings) {
    SSL *tls = SSL_new(settings);
    BIO *input = BIO_new(BIO_s_mem()), *output = BIO_new(BIO_s_mem());
    if (!tls || !input || !output) exit(failed("session"));
    SSL_set_bio(tls, input, output);
    return tls;
}

static void move(SSL *from, SSL *to) {
    char bytes[8192];
    int count;
    while ((count = BIO_read(SSL_get_wbio(from), bytes, sizeof bytes)) > 0)
        BIO_write(SSL_get_rbio(to), bytes, count);
}

static double in_memory(SSL_CTX *settings, int count) {
    SSL_CTX *others = context(TLS_client_method());
    double spent = 0, start;
    for (int i = 0; i < count; i++) {
        SSL *client = end(others);
        SSL_connect(client);
        start = microseconds();
        SSL *server = end(settings);
        move(client, server);
        SSL_accept(server);
        spent += microseconds() - start;
        move(server, client);
        SSL_connect(client);
        start = microseconds();
        move(client, server);
        if (SSL_accept(server) != 1) exit(failed("handshake"));
        SSL_free(server);
        spent += microseconds() - start;
        SSL_free(client);
    }
    return spent;
}

static void open_all(const struct sockaddr_in *address, int count) {
    SSL_CTX *settings = context(TLS_client_method());
    for (int i = 0; i < count; i++) {
        int socket_ = socket(AF_INET, SOCK_STREAM, 0);
        SSL *tls = SSL_new(settings);
        if (connect(socket_, (const void *)address, sizeof *address)
            || SSL_set_fd(tls, socket_) != 1 || SSL_connect(tls) != 1)
            exit(failed("connect"));
        SSL_free(tls);
        close(socket_);
    }
}

static double over_tcp(SSL_CTX *settings, int count) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (void *)&address, size) || listen(listener, 64)
        || getsockname(listener, (void *)&address, &size))
        exit(failed("listen"));
    pid_t client = fork();
    if (client == 0) {
        open_all(&address, count);
        exit(0);
    }
    alarm(300); /* a client that failed would be waited for */
    double start = microseconds();
    for (int i = 0; i < count; i++) {
        int socket_ = accept(listener, NULL, NULL);
        SSL *tls = SSL_new(settings);
        if (socket_ < 0 || SSL_set_fd(tls, socket_) != 1 || SSL_accept(tls) != 1)
            exit(failed("accept"));
        SSL_free(tls);
        close(socket_);
    }
    double spent = microseconds() - start;
    waitpid(client, NULL, 0);
    return spent;
}

int main(int argc, char **argv) {
    int count = argc == 5 ? atoi(argv[2]) : 0;
    if (count < 1) return fputs("usage: see the first lines of handshakes.c\n", stderr), 64;
    SSL_CTX *settings = context(TLS_server_method());
    SSL_CTX_set_num_tickets(settings, 0);
    if (SSL_CTX_use_certificate_chain_file(settings, argv[3]) != 1
        || SSL_CTX_use_PrivateKey_file(settings, argv[4], SSL_FILETYPE_PEM) != 1)
        return failed("certificate");
    double spent = strcmp(argv[1], "tcp") ? in_memory(settings, count) : over_tcp(settings, count);
    printf("%.0f\n", spent / count);
    return 0;
}
