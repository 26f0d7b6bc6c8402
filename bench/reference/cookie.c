#include "cookie.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

enum { nonce_length = 12, tag_length = 16, secret_length = 32, sealed_length = 60 };

static __thread EVP_CIPHER_CTX *context;
static EVP_CIPHER *cipher;

int sealer_open(const char *keys_file, struct sealer *sealer)
{
    struct key key;
    if (key_read(keys_file, 0, &key) != 0) return -1;
    memcpy(sealer->id, key.id, sizeof sealer->id);
    cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    return cipher ? key_derive(&key, "authfcgi cookie v1", sealer->key) : -1;
}

/* Each text behind its length, 32 bits, big-endian. */
static size_t append(unsigned char *out, const char *text)
{
    size_t length = strlen(text);
    out[0] = out[1] = 0;
    out[2] = (unsigned char)(length >> 8);
    out[3] = (unsigned char)length;
    memcpy(out + 4, text, length);
    return length + 4;
}

static int authenticated(const char *id, const char *name, const char *realm, unsigned char *out)
{
    size_t length = append(out, "v1");
    length += append(out + length, id);
    length += append(out + length, name);
    length += append(out + length, realm);
    return (int)length;
}

int cookie_seal(const struct sealer *sealer, const char *name, const char *realm, const unsigned char secret[32],
                char *text)
{
    unsigned char octets[sealed_length], context_octets[512];
    int count;
    if (!context) context = EVP_CIPHER_CTX_new();
    if (RAND_bytes(octets, nonce_length) != 1) return -1;
    if (EVP_EncryptInit_ex(context, cipher, NULL, sealer->key, octets) != 1) return -1;
    int length = authenticated(sealer->id, name, realm, context_octets);
    if (EVP_EncryptUpdate(context, NULL, &count, context_octets, length) != 1) return -1;
    if (EVP_EncryptUpdate(context, octets + nonce_length, &count, secret, secret_length) != 1) return -1;
    if (EVP_EncryptFinal_ex(context, octets + nonce_length + count, &count) != 1) return -1;
    if (EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, tag_length, octets + nonce_length + secret_length) != 1)
        return -1;
    char *out = text + strlen(strcpy(text, "v1."));
    out += strlen(strcpy(out, sealer->id));
    *out++ = '.';
    base64url_encode(octets, sealed_length, out);
    return 0;
}

int cookie_open(const struct sealer *sealer, const char *name, const char *realm, const char *text, size_t length,
                unsigned char secret[32])
{
    unsigned char octets[sealed_length], context_octets[512], rest[16];
    size_t id_length = strlen(sealer->id);
    int count;
    if (length < 4 + id_length || memcmp(text, "v1.", 3) != 0) return -1;
    if (memcmp(text + 3, sealer->id, id_length) != 0 || text[3 + id_length] != '.') return -1;
    if (base64url_decode(text + 4 + id_length, length - 4 - id_length, octets, sizeof octets) != sealed_length)
        return -1;
    if (!context) context = EVP_CIPHER_CTX_new();
    if (EVP_DecryptInit_ex(context, cipher, NULL, sealer->key, octets) != 1) return -1;
    if (EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, tag_length, octets + nonce_length + secret_length) != 1)
        return -1;
    int context_length = authenticated(sealer->id, name, realm, context_octets);
    if (EVP_DecryptUpdate(context, NULL, &count, context_octets, context_length) != 1) return -1;
    if (EVP_DecryptUpdate(context, secret, &count, octets + nonce_length, secret_length) != 1) return -1;
    return EVP_DecryptFinal_ex(context, rest, &count) == 1 ? 0 : -1;
}
