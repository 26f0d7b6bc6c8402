// libcurl, loaded when it is first needed: only who delivers messages needs it, and it brings some twenty libraries along.
#pragma once

#include <curl/curl.h>

// Loads libcurl and has it set itself up (curl_global_init(3)); to be called once, before all else here. NULL, or why it
// cannot be had.
const char *curl_calls_load(void);

CURL *curl_calls_init(void);
void curl_calls_reset(CURL *handle);
CURLcode curl_calls_perform(CURL *handle);
void curl_calls_cleanup(CURL *handle);
const char *curl_calls_reason(CURLcode code);

// NULL when there is no memory; the list is as it was then.
struct curl_slist *curl_calls_append(struct curl_slist *list, const char *line);
void curl_calls_free(struct curl_slist *list);

// curl_easy_setopt and curl_easy_getinfo take any type; each function here takes one.
CURLcode curl_calls_set_long(CURL *handle, CURLoption option, long value);
CURLcode curl_calls_set_text(CURL *handle, CURLoption option, const char *value);
CURLcode curl_calls_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode curl_calls_set_callback(CURL *handle, CURLoption option, size_t (*value)(char *, size_t, size_t, void *));
CURLcode curl_calls_response_code(CURL *handle, long *code);
// The seconds of a Retry-After, an hour at most; 0 for none.
CURLcode curl_calls_retry_after(CURL *handle, long *seconds);
