/* Cookie values as the service seals them: v1.<key id>.<base64url of nonce, ciphertext, tag>, AES-256-GCM. */
#ifndef BENCH_COOKIE_H
#define BENCH_COOKIE_H

#include "keys.h"

struct sealer {
    char id[17];
    unsigned char key[32];
};

int sealer_open(const char *keys_file, struct sealer *sealer);
int cookie_seal(const struct sealer *sealer, const char *name, const char *realm, const unsigned char secret[32],
                char *text);
/* 0 when the value was sealed for this name and realm. */
int cookie_open(const struct sealer *sealer, const char *name, const char *realm, const char *text, size_t length,
                unsigned char secret[32]);

#endif
