/* The service's key files, read the way it reads them. */
#ifndef BENCH_KEYS_H
#define BENCH_KEYS_H

#include <stddef.h>

struct key {
    char id[17];
    unsigned char secret[64];
    size_t length;
    int is_ed25519;
};

/* The first key of a file. With `ed25519`, the first line `id:ed25519:base64`; else the first `id:base64`. */
int key_read(const char *path, int ed25519, struct key *key);

/* HKDF-SHA-256 without salt, 32 octets for a use such as "authfcgi cookie v1". */
int key_derive(const struct key *key, const char *use, unsigned char derived[32]);

/* Base64 of RFC 4648 section 5, without padding. Both return a length, or -1. */
int base64url_encode(const unsigned char *octets, size_t count, char *text);
int base64url_decode(const char *text, size_t count, unsigned char *octets, size_t room);

#endif
