/* The calls that look a session up: /user/session by cookie, /api/auth/me and /auth/verify by token or cookie. */
#include "database.h"
#include "responder.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum column { created, seen, expires, id, nickname, nickname_typed, phone, phone_typed, email, email_typed, first_name,
              last_name, display_name, attributes, phone_verified, email_verified };

static __thread struct statement find = {
    .sql = "SELECT session.created_at, session.seen_at, session.expires_at, account.id, nickname, nickname_typed, phone,"
           " phone_typed, email, email_typed, first_name, last_name, display_name, attributes, phone_verified_at,"
           " email_verified_at "
           "FROM session JOIN account ON account.id = session.account "
           "WHERE session.digest = ? AND session.realm = ? AND session.kind = 'login' AND session.ended_at IS NULL"
           " AND session.expires_at > ? AND session.seen_at > ? AND account.status = 'active'"};

/* Looks a session up by its secret; its digest is set, and its row is in `find`. */
static int look_up(const unsigned char secret[32], long long idle, unsigned char digest[32])
{
    MYSQL_TIME now, oldest;
    long long time = now_microseconds();
    crypto_hash_sha256(digest, secret, 32);
    database_time(time, &now);
    database_time(time - idle, &oldest);
    struct value values[] = {BLOB(digest, 32), KEY(settings.realm), TIME(&now), TIME(&oldest)};
    return database_row(&find, values, 4);
}

static void hexadecimal(char *text, const void *octets, size_t count)
{
    sodium_bin2hex(text, 2 * count + 1, octets, count);
}

/* A JSON string of a column, or null. */
static int json_text(char *out, enum column column)
{
    char *start = out;
    if (find.nulls[column]) return sprintf(out, "null");
    *out++ = '"';
    for (const char *c = find.room[column]; *c; c++) {
        if (*c == '"' || *c == '\\') *out++ = '\\';
        *out++ = *c;
    }
    *out++ = '"';
    *out = 0;
    return (int)(out - start);
}

static int by_cookie(FCGX_Request *request, unsigned char digest[32])
{
    unsigned char secret[32];
    size_t length;
    const char *value = request_cookie(request, "compass.session", &length);
    if (!value || cookie_open(&settings.cookies, "compass.session", settings.realm, value, length, secret) != 0)
        return 0;
    return look_up(secret, 24 * 3600 * 1000000LL, digest);
}

static int by_token(FCGX_Request *request, unsigned char digest[32])
{
    unsigned char secret[32], account[12];
    const char *value = FCGX_GetParam("HTTP_AUTHORIZATION", request->envp);
    if (!value || strncmp(value, "Bearer ", 7) != 0) return 0;
    if (token_check(&settings.tokens, value + 7, settings.issuer, settings.realm, now_microseconds() / 1000000, secret,
                    account) != 0)
        return 0;
    return look_up(secret, 30 * 24 * 3600 * 1000000LL, digest);
}

static void refuse(struct answer *answer)
{
    answer->status = "401 Unauthorized";
    strcpy(answer->body, "{\"error\":\"No active session found\"}");
}

void answer_session(FCGX_Request *request, struct answer *answer)
{
    unsigned char digest[32];
    char hex[65], began[40], ends[40], last[40];
    if (by_cookie(request, digest) != 1) return refuse(answer);
    database_rfc3339(&find, created, began);
    database_rfc3339(&find, expires, ends);
    database_rfc3339(&find, seen, last);
    hexadecimal(hex, digest, 12);
    char *out = answer->body;
    out += sprintf(out, "{\"message\":\"Session is active\",\"session\":{\"id\":\"%s\",\"created_at\":\"%s\","
                        "\"expires_at\":\"%s\",\"last_seen_at\":\"%s\"},", hex, began, ends, last);
    hexadecimal(hex, find.room[id], 12);
    out += sprintf(out, "\"user\":{\"id\":\"%s\",\"email\":", hex);
    out += json_text(out, email_typed);
    out += sprintf(out, ",\"phone_number\":");
    out += json_text(out, phone_typed);
    out += sprintf(out, ",\"first_name\":");
    out += json_text(out, first_name);
    out += sprintf(out, ",\"last_name\":");
    out += json_text(out, last_name);
    sprintf(out, ",\"verified\":%s}}", find.nulls[phone_verified] && find.nulls[email_verified] ? "false" : "true");
}

void answer_me(FCGX_Request *request, struct answer *answer)
{
    unsigned char digest[32];
    char hex[65];
    if (by_token(request, digest) != 1) return refuse(answer);
    hexadecimal(hex, find.room[id], 12);
    char *out = answer->body;
    out += sprintf(out, "{\"status\":true,\"message\":\"User data fetched successfully\",\"data\":{\"id\":\"%s\","
                        "\"fullName\":", hex);
    out += json_text(out, display_name);
    out += sprintf(out, ",\"email\":");
    out += json_text(out, email_typed);
    sprintf(out, "}}");
}

void answer_verify(FCGX_Request *request, struct answer *answer)
{
    unsigned char digest[32];
    char account[25], session[17];
    if (by_cookie(request, digest) != 1 && by_token(request, digest) != 1) return refuse(answer);
    hexadecimal(account, find.room[id], 12);
    hexadecimal(session, digest, 8);
    answer->status = "204 No Content";
    sprintf(answer->fields, "X-Auth-User: %s\r\nX-Auth-Email: %s\r\nX-Auth-Realm: %s\r\nX-Auth-Session: %s\r\n",
            account, find.room[email], settings.realm, session);
}
