/* A FastCGI responder that does what the service does for some calls, and nothing else.
 *
 * responder --listen SOCKET --loop epoll|accept --threads N --realm NAME --cookie-keys FILE
 *           [--token-keys FILE --algorithm HS256|EdDSA --issuer URL] [--database SOCKET NAME USER] */
#include "responder.h"

#include "database.h"

#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

struct settings settings;

static const struct {
    const char *path;
    void (*handler)(FCGX_Request *, struct answer *);
} routes[] = {
    {"/user/session", answer_session},   {"/api/auth/me", answer_me},       {"/auth/verify", answer_verify},
    {"/api/send-otp", answer_send_otp}, {"/api/register", answer_register},
};

void answer_request(FCGX_Request *request)
{
    static __thread struct answer answer;
    char text[5120];
    const char *path = FCGX_GetParam("SCRIPT_NAME", request->envp);
    const char *id = FCGX_GetParam("REQUEST_ID", request->envp);
    answer.status = "200 OK";
    answer.type = "application/json; charset=utf-8";
    answer.fields[0] = answer.body[0] = 0;
    if (path && strcmp(path, "/healthz") == 0) {
        strcpy(answer.body, "{\"status\":\"ok\"}");
    } else {
        size_t i = 0, count = sizeof routes / sizeof routes[0];
        while (i < count && (!path || strcmp(path, routes[i].path) != 0)) i++;
        if (i < count) routes[i].handler(request, &answer);
        else answer.status = "404 Not Found";
    }
    int length = snprintf(text, sizeof text,
                          "Status: %s\r\nContent-Type: %s\r\nX-Request-Id: %s\r\nCache-Control: no-store\r\n"
                          "X-Content-Type-Options: nosniff\r\n%s",
                          answer.status, answer.type, id ? id : "", answer.fields);
    if (strncmp(answer.status, "204", 3) == 0) length += snprintf(text + length, sizeof text - (size_t)length, "\r\n");
    else
        length += snprintf(text + length, sizeof text - (size_t)length, "Content-Length: %zu\r\n\r\n%s",
                           strlen(answer.body), answer.body);
    FCGX_PutStr(text, length, request->out);
}

const char *request_cookie(FCGX_Request *request, const char *name, size_t *length)
{
    const char *at = FCGX_GetParam("HTTP_COOKIE", request->envp);
    size_t name_length = strlen(name);
    while (at && *at) {
        at += strspn(at, " ;");
        if (strncmp(at, name, name_length) == 0 && at[name_length] == '=') {
            at += name_length + 1;
            *length = strcspn(at, ";");
            return at;
        }
        at = strchr(at, ';');
    }
    return NULL;
}

void request_body(FCGX_Request *request, char *body, size_t room)
{
    int count = FCGX_GetStr(body, (int)room - 1, request->in);
    body[count > 0 ? count : 0] = 0;
}

int body_member(const char *body, const char *name, char *text, size_t room)
{
    char pattern[32];
    snprintf(pattern, sizeof pattern, "\"%s\":\"", name);
    const char *at = strstr(body, pattern);
    if (!at) return -1;
    at += strlen(pattern);
    size_t length = strcspn(at, "\"");
    if (length >= room) return -1;
    memcpy(text, at, length);
    text[length] = 0;
    return 0;
}

long long now_microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int listen_on(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    unlink(path);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) return -1;
    chmod(path, 0666);
    return listen(listener, 4096) == 0 ? listener : -1;
}

int main(int count, char **words)
{
    const char *path = NULL, *loop = "epoll", *cookies = NULL, *tokens = NULL, *algorithm = "HS256";
    int threads = 8;
    settings.realm = "bench";
    settings.issuer = "";
    for (int i = 1; i + 1 < count; i += 2) {
        if (!strcmp(words[i], "--listen")) path = words[i + 1];
        else if (!strcmp(words[i], "--loop")) loop = words[i + 1];
        else if (!strcmp(words[i], "--threads")) threads = atoi(words[i + 1]);
        else if (!strcmp(words[i], "--realm")) settings.realm = words[i + 1];
        else if (!strcmp(words[i], "--cookie-keys")) cookies = words[i + 1];
        else if (!strcmp(words[i], "--token-keys")) tokens = words[i + 1];
        else if (!strcmp(words[i], "--algorithm")) algorithm = words[i + 1];
        else if (!strcmp(words[i], "--issuer")) settings.issuer = words[i + 1];
        else if (!strcmp(words[i], "--database")) database_socket = words[i + 1];
        else if (!strcmp(words[i], "--name")) database_name = words[i + 1];
        else if (!strcmp(words[i], "--user")) database_user = words[i + 1];
    }
    setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "10", 0);
    setenv("LIBFCGI_IS_AF_UNIX_KEEPER_POLL_TIMEOUT", "10", 0);
    int is_ready = path && sodium_init() >= 0 && FCGX_Init() == 0 && mysql_library_init(0, NULL, NULL) == 0;
    if (!is_ready || (cookies && sealer_open(cookies, &settings.cookies) != 0) ||
        (tokens && token_key_open(tokens, !strcmp(algorithm, "EdDSA"), &settings.tokens) != 0)) {
        fprintf(stderr, "responder: a word or a key file is missing\n");
        return 64;
    }
    settings.has_tokens = tokens != NULL;
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_IGN);
    int listener = listen_on(path);
    if (listener < 0) {
        perror(path);
        return 71;
    }
    if (!strcmp(loop, "accept")) loop_accept(listener, threads);
    else loop_epoll(listener, threads);
    return 0;
}
