#define CURL_DISABLE_TYPECHECK
#include "curl_calls.h"

#include <dlfcn.h>
#include <stddef.h>

// The name of its interface since 2006 (libcurl 7.16), as Debian's libcurl4 has it.
static const char library[] = "libcurl.so.4";

static CURLcode (*global_init)(long);
static CURL *(*easy_init)(void);
static void (*easy_reset)(CURL *);
static CURLcode (*easy_perform)(CURL *);
static void (*easy_cleanup)(CURL *);
static const char *(*easy_strerror)(CURLcode);
static CURLcode (*easy_setopt)(CURL *, CURLoption, ...);
static CURLcode (*easy_getinfo)(CURL *, CURLINFO, ...);
static struct curl_slist *(*slist_append)(struct curl_slist *, const char *);
static void (*slist_free_all)(struct curl_slist *);

const char *curl_calls_load(void) {
    const struct {
        const char *name;
        void **place;
    } calls[] = {
        {"curl_global_init", (void **)&global_init},
        {"curl_easy_init", (void **)&easy_init},
        {"curl_easy_reset", (void **)&easy_reset},
        {"curl_easy_perform", (void **)&easy_perform},
        {"curl_easy_cleanup", (void **)&easy_cleanup},
        {"curl_easy_strerror", (void **)&easy_strerror},
        {"curl_easy_setopt", (void **)&easy_setopt},
        {"curl_easy_getinfo", (void **)&easy_getinfo},
        {"curl_slist_append", (void **)&slist_append},
        {"curl_slist_free_all", (void **)&slist_free_all},
    };
    void *loaded = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (loaded == NULL) return dlerror();
    for (size_t index = 0; index < sizeof calls / sizeof *calls; index++) {
        *calls[index].place = dlsym(loaded, calls[index].name);
        if (*calls[index].place == NULL) return dlerror();
    }
    CURLcode code = global_init(CURL_GLOBAL_DEFAULT);
    return code == CURLE_OK ? NULL : easy_strerror(code);
}

CURL *curl_calls_init(void) { return easy_init(); }
void curl_calls_reset(CURL *handle) { easy_reset(handle); }
CURLcode curl_calls_perform(CURL *handle) { return easy_perform(handle); }
void curl_calls_cleanup(CURL *handle) { easy_cleanup(handle); }
const char *curl_calls_reason(CURLcode code) { return easy_strerror(code); }

struct curl_slist *curl_calls_append(struct curl_slist *list, const char *line) { return slist_append(list, line); }
void curl_calls_free(struct curl_slist *list) { slist_free_all(list); }

CURLcode curl_calls_set_long(CURL *handle, CURLoption option, long value) { return easy_setopt(handle, option, value); }
CURLcode curl_calls_set_text(CURL *handle, CURLoption option, const char *value) {
    return easy_setopt(handle, option, value);
}
CURLcode curl_calls_set_pointer(CURL *handle, CURLoption option, void *value) { return easy_setopt(handle, option, value); }
CURLcode curl_calls_set_callback(CURL *handle, CURLoption option, size_t (*value)(char *, size_t, size_t, void *)) {
    return easy_setopt(handle, option, value);
}

CURLcode curl_calls_response_code(CURL *handle, long *code) { return easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code); }

CURLcode curl_calls_retry_after(CURL *handle, long *seconds) {
    curl_off_t value = 0;
    CURLcode code = easy_getinfo(handle, CURLINFO_RETRY_AFTER, &value);
    *seconds = value > 3600 ? 3600 : (long)value;
    return code;
}
