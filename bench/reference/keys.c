#include "keys.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

int key_read(const char *path, int ed25519, struct key *key)
{
    char line[512];
    FILE *file = fopen(path, "r");
    if (!file) return -1;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = 0;
        char *colon = strchr(line, ':');
        if (line[0] == '#' || !colon) continue;
        char *field = colon + 1;
        int is_seed = strncmp(field, "ed25519:", 8) == 0;
        if (is_seed != ed25519) continue;
        if (is_seed) field += 8;
        *colon = 0;
        if (strlen(line) >= sizeof key->id) continue;
        strcpy(key->id, line);
        key->is_ed25519 = is_seed;
        fclose(file);
        return sodium_base642bin(key->secret, sizeof key->secret, field, strlen(field), "", &key->length, NULL,
                                 sodium_base64_VARIANT_ORIGINAL);
    }
    fclose(file);
    return -1;
}

int key_derive(const struct key *key, const char *use, unsigned char derived[32])
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, "SHA256", 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key->secret, key->length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)use, strlen(use)),
        OSSL_PARAM_construct_end(),
    };
    int is_done = EVP_KDF_derive(context, derived, 32, parameters) == 1;
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return is_done ? 0 : -1;
}

int base64url_encode(const unsigned char *octets, size_t count, char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    char *out = text;
    for (size_t i = 0; i < count; i += 3) {
        size_t left = count - i;
        unsigned v = octets[i] << 16 | (left > 1 ? octets[i + 1] << 8 : 0) | (left > 2 ? octets[i + 2] : 0);
        *out++ = digits[v >> 18];
        *out++ = digits[v >> 12 & 63];
        if (left > 1) *out++ = digits[v >> 6 & 63];
        if (left > 2) *out++ = digits[v & 63];
    }
    *out = 0;
    return (int)(out - text);
}

int base64url_decode(const char *text, size_t count, unsigned char *octets, size_t room)
{
    size_t length = 0;
    unsigned bits = 0, held = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned char c = (unsigned char)text[i];
        int v = c >= 'A' && c <= 'Z'   ? c - 'A'
                : c >= 'a' && c <= 'z' ? c - 'a' + 26
                : c >= '0' && c <= '9' ? c - '0' + 52
                : c == '-'             ? 62
                : c == '_'             ? 63
                                       : -1;
        if (v < 0) return -1;
        bits = bits << 6 | (unsigned)v;
        held += 6;
        if (held >= 8) {
            held -= 8;
            if (length == room) return -1;
            octets[length++] = (unsigned char)(bits >> held);
        }
    }
    return (count % 4 == 1 || (bits & ((1u << held) - 1))) ? -1 : (int)length;
}
