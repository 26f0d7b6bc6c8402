/* Signed tokens as the service makes them: HS256 and EdDSA by libsodium. */
#ifndef BENCH_TOKEN_H
#define BENCH_TOKEN_H

#include "keys.h"

#include <sodium.h>

struct token_key {
    char header[128];
    size_t header_length;
    int is_ed25519;
    crypto_auth_hmacsha256_state keyed;
    unsigned char secret[64];
    unsigned char public_key[32];
};

int token_key_open(const char *keys_file, int ed25519, struct token_key *key);
int token_make(const struct token_key *key, const char *payload, char *text);
/* 0 when signature, iss, aud, typ and exp are right; then the session's secret and the account are set. */
int token_check(const struct token_key *key, const char *text, const char *issuer, const char *audience, long now,
                unsigned char secret[32], unsigned char account[12]);

#endif
