/* How many passwords a second libsodium alone can verify: hash_rate THREADS SECONDS MEMORY-KIB PASSES */
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char hash[crypto_pwhash_STRBYTES];
static atomic_long done;
static atomic_int is_over;

static void *work(void *unused)
{
    while (!is_over) {
        if (crypto_pwhash_str_verify(hash, "correct horse", 13) == 0) done++;
    }
    return unused;
}

int main(int count, char **words)
{
    pthread_t threads[256];
    struct timespec from, to;
    if (count < 5 || sodium_init() < 0) return 64;
    int width = atoi(words[1]);
    if (width < 1 || width > 256) return 64;
    if (crypto_pwhash_str_alg(hash, "correct horse", 13, strtoull(words[4], NULL, 10),
                              strtoull(words[3], NULL, 10) * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0)
        return 70;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (int i = 0; i < width; i++) pthread_create(&threads[i], NULL, work, NULL);
    usleep((useconds_t)(atof(words[2]) * 1e6));
    clock_gettime(CLOCK_MONOTONIC, &to);
    long counted = done;
    is_over = 1;
    for (int i = 0; i < width; i++) pthread_join(threads[i], NULL);
    printf("%.2f\n", (double)counted / ((double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9));
    return 0;
}
