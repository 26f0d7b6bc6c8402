#include "token.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int token_key_open(const char *keys_file, int ed25519, struct token_key *key)
{
    struct key read;
    char json[128];
    unsigned char pair[crypto_sign_SECRETKEYBYTES];
    if (key_read(keys_file, ed25519, &read) != 0) return -1;
    key->is_ed25519 = ed25519;
    if (ed25519) {
        if (crypto_sign_seed_keypair(key->public_key, pair, read.secret) != 0) return -1;
        memcpy(key->secret, pair, sizeof pair);
    } else {
        crypto_auth_hmacsha256_init(&key->keyed, read.secret, read.length);
    }
    int length = snprintf(json, sizeof json, "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"JWT\"}",
                          ed25519 ? "EdDSA" : "HS256", read.id);
    key->header_length = (size_t)base64url_encode((unsigned char *)json, (size_t)length, key->header);
    return 0;
}

/* HMAC-SHA-256 from the state that the key alone decides. */
static int hmac(const struct token_key *key, const char *input, size_t count, unsigned char tag[32])
{
    crypto_auth_hmacsha256_state state = key->keyed;
    crypto_auth_hmacsha256_update(&state, (const unsigned char *)input, count);
    return crypto_auth_hmacsha256_final(&state, tag);
}

int token_make(const struct token_key *key, const char *payload, char *text)
{
    unsigned char signature[64];
    char *out = text + strlen(strcpy(text, key->header));
    *out++ = '.';
    out += base64url_encode((const unsigned char *)payload, strlen(payload), out);
    size_t length = (size_t)(out - text);
    int failed = key->is_ed25519
                     ? crypto_sign_detached(signature, NULL, (unsigned char *)text, length, key->secret)
                     : hmac(key, text, length, signature);
    *out++ = '.';
    base64url_encode(signature, key->is_ed25519 ? 64 : 32, out);
    return failed;
}

/* The text of a member of a flat object without escapes, which is what the service writes. */
static const char *member(const char *json, const char *name, size_t *length)
{
    char pattern[32];
    snprintf(pattern, sizeof pattern, "\"%s\":", name);
    const char *at = strstr(json, pattern);
    if (!at) return NULL;
    at += strlen(pattern);
    if (*at == '"') at++;
    *length = strcspn(at, "\",}");
    return at;
}

static int says(const char *json, const char *name, const char *value)
{
    size_t length;
    const char *text = member(json, name, &length);
    return text && length == strlen(value) && memcmp(text, value, length) == 0;
}

int token_check(const struct token_key *key, const char *text, const char *issuer, const char *audience, long now,
                unsigned char secret[32], unsigned char account[12])
{
    unsigned char signature[64], tag[32];
    char json[1024];
    size_t length, wanted = key->is_ed25519 ? 64 : 32;
    const char *dot = strrchr(text, '.');
    if (!dot || strncmp(text, key->header, key->header_length) != 0 || text[key->header_length] != '.') return -1;
    const char *payload = text + key->header_length + 1;
    if (dot <= payload) return -1;
    if (base64url_decode(dot + 1, strlen(dot + 1), signature, sizeof signature) != (int)wanted) return -1;
    if (key->is_ed25519) {
        if (crypto_sign_verify_detached(signature, (const unsigned char *)text, (unsigned long long)(dot - text),
                                        key->public_key) != 0)
            return -1;
    } else if (hmac(key, text, (size_t)(dot - text), tag) != 0 || sodium_memcmp(tag, signature, 32) != 0) {
        return -1;
    }
    int count = base64url_decode(payload, (size_t)(dot - payload), (unsigned char *)json, sizeof json - 1);
    if (count < 0) return -1;
    json[count] = 0;
    if (!says(json, "iss", issuer) || !says(json, "aud", audience) || !says(json, "typ", "bearer")) return -1;
    const char *expires = member(json, "exp", &length);
    if (!expires || strtol(expires, NULL, 10) <= now) return -1;
    const char *session = member(json, "sid", &length);
    if (!session || base64url_decode(session, length, secret, 32) != 32) return -1;
    const char *subject = member(json, "sub", &length);
    return subject && sodium_hex2bin(account, 12, subject, length, NULL, NULL, NULL) == 0 ? 0 : -1;
}
