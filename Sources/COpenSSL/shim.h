#pragma once

// SHA-256 by its own functions, which OpenSSL 3 keeps beside EVP: their state is the caller's memory, which the caller wipes.
#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
