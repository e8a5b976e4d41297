#include "CPacketProtection.h"

#include <CCryptoBoringSSL_digest.h>
#include <CCryptoBoringSSL_hmac.h>

int sudp_hmac_sha256(const uint8_t *key, size_t key_length, const uint8_t *message,
                     size_t length, uint8_t code[32])
{
    return HMAC(EVP_sha256(), key, key_length, message, length, code, NULL) != NULL;
}
