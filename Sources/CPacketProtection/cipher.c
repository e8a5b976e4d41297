#include "CPacketProtection.h"

#include <stdlib.h>
#include <string.h>

#include <CCryptoBoringSSL_aead.h>

enum { iv_length = 12, tag_length = 16 };

struct sudp_cipher {
    EVP_AEAD_CTX context;
    uint8_t iv[iv_length];
};

struct sudp_cipher *sudp_cipher_new(const uint8_t key[32], const uint8_t iv[12])
{
    struct sudp_cipher *cipher = malloc(sizeof *cipher);

    if (cipher == NULL)
        return NULL;
    if (EVP_AEAD_CTX_init(&cipher->context, EVP_aead_aes_256_gcm(), key, 32, tag_length, NULL)
        != 1) {
        free(cipher);
        return NULL;
    }
    memcpy(cipher->iv, iv, iv_length);
    return cipher;
}

void sudp_cipher_free(struct sudp_cipher *cipher)
{
    if (cipher == NULL)
        return;
    EVP_AEAD_CTX_cleanup(&cipher->context);
    explicit_bzero(cipher, sizeof *cipher);
    free(cipher);
}

static void make_nonce(uint8_t nonce[12], const uint8_t iv[12], uint64_t packet_number)
{
    memcpy(nonce, iv, iv_length);
    for (int i = 0; i < 8; i++)
        nonce[11 - i] ^= (uint8_t)(packet_number >> (8 * i));
}

int sudp_seal(const struct sudp_cipher *cipher, uint64_t packet_number, uint8_t *packet,
              size_t header_length, size_t length)
{
    uint8_t nonce[iv_length];
    uint8_t *text = packet + header_length;
    size_t text_length = length - header_length - tag_length;
    size_t written = 0;

    make_nonce(nonce, cipher->iv, packet_number);
    return EVP_AEAD_CTX_seal_scatter(&cipher->context, text, text + text_length, &written,
                                     tag_length, nonce, iv_length, text, text_length, NULL, 0,
                                     packet, header_length);
}

int sudp_open(const struct sudp_cipher *cipher, uint64_t packet_number, uint8_t *packet,
              size_t header_length, size_t length)
{
    uint8_t nonce[iv_length];
    uint8_t *text = packet + header_length;
    size_t text_length = length - header_length - tag_length;

    make_nonce(nonce, cipher->iv, packet_number);
    return EVP_AEAD_CTX_open_gather(&cipher->context, text, nonce, iv_length, text, text_length,
                                    text + text_length, tag_length, packet, header_length);
}

int sudp_seal_train(const struct sudp_cipher *cipher, uint64_t first_packet_number,
                    uint8_t *train, size_t length, size_t segment_length, size_t header_length)
{
    for (size_t offset = 0; offset < length; offset += segment_length) {
        size_t left = length - offset;
        if (!sudp_seal(cipher, first_packet_number++, train + offset, header_length,
                       left < segment_length ? left : segment_length))
            return 0;
    }
    return 1;
}
