/* What the parts of the reference responder share. */
#ifndef BENCH_RESPONDER_H
#define BENCH_RESPONDER_H

#include "cookie.h"
#include "token.h"

#include <fcgiapp.h>

/* What everything is answered from; written before the threads start. */
struct settings {
    const char *realm, *issuer;
    struct sealer cookies;
    struct token_key tokens;
    int has_tokens;
};
extern struct settings settings;

/* An answer on its way: status line, further fields, body. */
struct answer {
    const char *status, *type;
    char fields[2048];
    char body[2048];
};

void answer_request(FCGX_Request *request);

/* Handlers: each fills an answer whose `status` is "200 OK" and whose texts are empty. */
void answer_session(FCGX_Request *request, struct answer *answer);
void answer_me(FCGX_Request *request, struct answer *answer);
void answer_verify(FCGX_Request *request, struct answer *answer);
void answer_send_otp(FCGX_Request *request, struct answer *answer);
void answer_register(FCGX_Request *request, struct answer *answer);

/* The value of a cookie within HTTP_COOKIE; NULL when there is none. */
const char *request_cookie(FCGX_Request *request, const char *name, size_t *length);
/* The whole body, at most room - 1 octets, with an end. */
void request_body(FCGX_Request *request, char *body, size_t room);
/* Copies the text of a member of a flat JSON object without escapes; 0 when it is there. */
int body_member(const char *body, const char *name, char *text, size_t room);

long long now_microseconds(void);

/* Loops: threads that take requests from a listening socket for ever. */
void loop_epoll(int listener, int threads);
void loop_accept(int listener, int threads);

#endif
