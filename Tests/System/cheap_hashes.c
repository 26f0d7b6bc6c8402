// Password hashes of 8 KiB, far below what the configuration accepts, for races: those who run reach the database together,
// and not as many at a time as there are cores. Loaded in front of libsodium.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>

typedef int hash(char *text, const char *password, unsigned long long length, unsigned long long passes, size_t memory);

int crypto_pwhash_str(char *text, const char *password, unsigned long long length, unsigned long long passes, size_t memory) {
    hash *original = (hash *)dlsym(RTLD_NEXT, "crypto_pwhash_str");
    (void)passes;
    (void)memory;
    return original(text, password, length, 1, 8192);
}
