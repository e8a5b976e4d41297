#ifndef SUDP_COPENSSL_SHIM_H
#define SUDP_COPENSSL_SHIM_H

#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__)
#include <sys/auxv.h>
#endif

// Header protection: all samples of up to 64 packets go through one AES-ECB call.

static inline int sudp_mask_train(EVP_CIPHER_CTX *context, uint8_t *train, size_t length,
                                  size_t segment_length, size_t packet_number_offset)
{
    enum { batch = 64 };
    uint8_t masks[batch * 16];
    uint8_t *packets[batch];
    size_t offset = 0;

    while (offset < length) {
        int count = 0;
        int written = 0;
        for (; offset < length && count < batch; offset += segment_length) {
            size_t left = length - offset;
            size_t packet_length = left < segment_length ? left : segment_length;
            if (packet_length < packet_number_offset + 20)
                continue;
            packets[count] = train + offset;
            memcpy(masks + 16 * count, train + offset + packet_number_offset + 4, 16);
            count++;
        }
        if (count > 0 && EVP_EncryptUpdate(context, masks, &written, masks, 16 * count) != 1)
            return 0;
        for (int i = 0; i < count; i++) {
            packets[i][0] ^= masks[16 * i] & 0x1f;
            for (size_t j = 0; j < 4; j++)
                packets[i][packet_number_offset + j] ^= masks[16 * i + 1 + (int)j];
        }
    }
    return 1;
}

// CRC-32C by the processor's own instruction.

#if defined(__x86_64__)
static inline int sudp_has_crc32c(void)
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_2) != 0;
}

__attribute__((target("sse4.2")))
static inline uint32_t sudp_crc32c(uint32_t state, const uint8_t *bytes, size_t length)
{
    uint64_t crc = state;
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        crc = __builtin_ia32_crc32di(crc, word);
    }
    for (; length > 0; bytes++, length--)
        crc = __builtin_ia32_crc32qi((uint32_t)crc, *bytes);
    return (uint32_t)crc;
}
#elif defined(__aarch64__)
static inline int sudp_has_crc32c(void)
{
    return (getauxval(AT_HWCAP) & (1UL << 7)) != 0;
}

__attribute__((target("crc")))
static inline uint32_t sudp_crc32c(uint32_t state, const uint8_t *bytes, size_t length)
{
    for (; length >= 8; bytes += 8, length -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = __builtin_arm_crc32cd(state, word);
    }
    for (; length > 0; bytes++, length--)
        state = __builtin_arm_crc32cb(state, *bytes);
    return state;
}
#else
static inline int sudp_has_crc32c(void) { return 0; }

static inline uint32_t sudp_crc32c(uint32_t state, const uint8_t *bytes, size_t length)
{
    (void)bytes;
    (void)length;
    return state;
}
#endif

// Macros that Swift does not import.

static inline int sudp_SSL_CTX_require_tls13(SSL_CTX *context)
{
    return SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1
        && SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1;
}

static inline int sudp_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *groups)
{
    return SSL_CTX_set1_groups_list(context, groups) == 1;
}

static inline void sudp_SSL_CTX_set_modes(SSL_CTX *context)
{
    SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_clear_options(context, SSL_OP_ENABLE_MIDDLEBOX_COMPAT);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

// Tickets are names of sessions that the server remembers: those with early data for one use.
static inline void sudp_SSL_CTX_remember_sessions(SSL_CTX *context, long count)
{
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_SERVER);
    SSL_CTX_sess_set_cache_size(context, count);
}

// Tickets go to the callback and nowhere else.
static inline void sudp_SSL_CTX_hand_out_sessions(
    SSL_CTX *context, int (*callback)(SSL *ssl, SSL_SESSION *session))
{
    SSL_CTX_set_session_cache_mode(
        context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(context, callback);
}

static inline int sudp_SSL_CTX_add1_chain_cert(SSL_CTX *context, X509 *certificate)
{
    return SSL_CTX_add1_chain_cert(context, certificate) == 1;
}

static inline void sudp_SSL_CTX_set_servername_callback(
    SSL_CTX *context, int (*callback)(SSL *ssl, int *alert, void *argument))
{
    SSL_CTX_set_tlsext_servername_callback(context, callback);
}

static inline int sudp_SSL_set_tlsext_host_name(SSL *ssl, const char *name)
{
    return SSL_set_tlsext_host_name(ssl, name) == 1;
}

static inline const char *sudp_SSL_get_negotiated_group_name(SSL *ssl)
{
    return SSL_group_to_name(ssl, (int)SSL_get_negotiated_group(ssl));
}

static inline EVP_PKEY *sudp_EVP_PKEY_generate_p256(void) { return EVP_EC_gen("P-256"); }

static inline EVP_PKEY *sudp_EVP_PKEY_generate_ed25519(void)
{
    return EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
}

// The byte count of the address that `text` is, 4 or 16, or 0 when it is none.
static inline int sudp_address_parse(const char *text, uint8_t address[16])
{
    if (inet_pton(AF_INET, text, address) == 1)
        return 4;
    return inet_pton(AF_INET6, text, address) == 1 ? 16 : 0;
}

static inline int sudp_address_text(const uint8_t *address, int length, char text[46])
{
    return inet_ntop(length == 4 ? AF_INET : AF_INET6, address, text, 46) != NULL;
}

static inline void sudp_X509_NAME_print_line(BIO *output, const X509_NAME *name)
{
    X509_NAME_print_ex(output, name, 0, XN_FLAG_ONELINE);
}

#endif
