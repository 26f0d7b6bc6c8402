#pragma once

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take any type; each function here takes one.
static inline CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_set_callback(CURL *handle, CURLoption option,
                                          size_t (*value)(char *, size_t, size_t, void *)) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ccurl_response_code(CURL *handle, long *code) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code);
}
// The seconds of a Retry-After; 0 for none.
static inline CURLcode ccurl_retry_after(CURL *handle, long *seconds) {
    curl_off_t value = 0;
    CURLcode code = curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &value);
    *seconds = value > 3600 ? 3600 : (long)value;
    return code;
}
