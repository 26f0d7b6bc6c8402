/* Prints what clients of the bench's rows carry, one a line: cookies and tokens of sessions chosen at random.
 *
 * credentials cookie NAME KEYS REALM POPULATION COUNT SEED
 * credentials token HS256|EdDSA KEYS REALM POPULATION COUNT SEED ISSUER
 * credentials registration NAME KEYS REALM FIRST COUNT
 * credentials password WORD MEMORY-KIB PASSES: the PHC string of a password
 *
 * The rows are those of bench/rows: secrets are the SHA-256 of "session <n>" and "registration <n>", account ids
 * begin with 1700000000 + n / 100 in hexadecimal digits and go on with the SHA-256 of "account <n>". */
#include "cookie.h"
#include "token.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static unsigned long long state;

/* xorshift64*: the same numbers on every run. */
static unsigned long long number_below(unsigned long long limit)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (state * 2685821657736338717ULL >> 16) % limit;
}

static void digest(const char *kind, unsigned long long number, unsigned char octets[32])
{
    char text[64];
    int length = snprintf(text, sizeof text, "%s %llu", kind, number);
    crypto_hash_sha256(octets, (unsigned char *)text, (unsigned long long)length);
}

static void print_token(const struct token_key *key, const char *issuer, const char *realm, unsigned long long number)
{
    unsigned char secret[32], random[32];
    char session[64], account[33], identifier[64], payload[1024], text[2048];
    long now = (long)time(NULL);
    digest("session", number, secret);
    digest("account", number, random);
    base64url_encode(secret, 32, session);
    snprintf(account, sizeof account, "%08llx", 1700000000 + number / 100);
    sodium_bin2hex(account + 8, sizeof account - 8, random, 8);
    base64url_encode(random, 16, identifier);
    snprintf(payload, sizeof payload,
             "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"sid\":\"%s\",\"jti\":\"%s\",\"iat\":%ld,\"exp\":%ld,"
             "\"typ\":\"bearer\",\"id\":\"%s\"}",
             issuer, realm, account, session, identifier, now, now + 30 * 86400, account);
    token_make(key, payload, text);
    puts(text);
}

static int print_hash(const char *word, const char *memory, const char *passes)
{
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str_alg(hash, word, strlen(word), strtoull(passes, NULL, 10), strtoull(memory, NULL, 10) * 1024,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return 70;
    puts(hash);
    return 0;
}

int main(int count, char **words)
{
    struct sealer sealer;
    struct token_key key;
    unsigned char secret[32];
    char value[256];
    if (sodium_init() < 0) return 70;
    if (count == 5 && !strcmp(words[1], "password")) return print_hash(words[2], words[3], words[4]);
    if (count < 7) return 64;
    int is_token = !strcmp(words[1], "token"), is_registration = !strcmp(words[1], "registration");
    unsigned long long population = strtoull(words[5], NULL, 10), wanted = strtoull(words[6], NULL, 10);
    state = count > 7 ? strtoull(words[7], NULL, 10) * 0x9E3779B97F4A7C15ULL + 1 : 1;
    if (is_token ? token_key_open(words[3], !strcmp(words[2], "EdDSA"), &key) : sealer_open(words[3], &sealer)) {
        fprintf(stderr, "credentials: no key in %s\n", words[3]);
        return 66;
    }
    for (unsigned long long i = 0; i < wanted; i++) {
        if (is_token) {
            print_token(&key, count > 8 ? words[8] : "", words[4], 1 + number_below(population));
            continue;
        }
        if (is_registration) digest("registration", population + i, secret);
        else digest("session", 1 + number_below(population), secret);
        if (cookie_seal(&sealer, words[2], words[4], secret, value) != 0) return 70;
        puts(value);
    }
    return 0;
}
