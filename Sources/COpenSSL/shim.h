#pragma once

#ifndef _GNU_SOURCE  // One definition of the system's types in all C modules.
#define _GNU_SOURCE
#endif

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
