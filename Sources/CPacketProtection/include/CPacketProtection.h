#ifndef SUDP_CPACKETPROTECTION_H
#define SUDP_CPACKETPROTECTION_H

#include <stddef.h>
#include <stdint.h>

// AES-256-GCM and HMAC by the engine of swift-crypto. A module of its own, as its headers and
// OpenSSL's name different types alike.

// The 16-byte tag ends the packet, the nonce is the IV XOR the 64-bit packet number, the header is
// the additional data.

struct sudp_cipher;

/// Serves both directions; NULL without memory.
struct sudp_cipher *sudp_cipher_new(const uint8_t key[32], const uint8_t iv[12]);
void sudp_cipher_free(struct sudp_cipher *cipher);

/// Encrypts in place; `length` has room for header and tag. Returns 1, or 0 if refused.
int sudp_seal(const struct sudp_cipher *cipher, uint64_t packet_number, uint8_t *packet,
              size_t header_length, size_t length);

/// Decrypts in place; returns 0 when the tag is not that of the packet.
int sudp_open(const struct sudp_cipher *cipher, uint64_t packet_number, uint8_t *packet,
              size_t header_length, size_t length);

/// Seals packets that lie end to end with consecutive packet numbers.
int sudp_seal_train(const struct sudp_cipher *cipher, uint64_t first_packet_number,
                    uint8_t *train, size_t length, size_t segment_length, size_t header_length);

/// HMAC-SHA-256 (RFC 2104); returns 0 without memory.
int sudp_hmac_sha256(const uint8_t *key, size_t key_length, const uint8_t *message,
                     size_t length, uint8_t code[32]);

#endif
