/* A thread's connection to MariaDB and its prepared statements, over libmariadb and nothing else. */
#ifndef BENCH_DATABASE_H
#define BENCH_DATABASE_H

#include <mysql.h>
#include <stddef.h>

enum { most_values = 17, value_room = 512 };

/* What a statement is run with: pointers into the caller's memory, NULL for SQL's NULL. */
struct value {
    enum enum_field_types type;
    const void *data;
    unsigned long length;
};

/* A statement prepared on this thread's connection, with room for one row. */
struct statement {
    const char *sql;
    MYSQL_STMT *handle;
    unsigned columns;
    MYSQL_BIND results[most_values];
    char room[most_values][value_room];
    unsigned long lengths[most_values];
    my_bool nulls[most_values];
};

extern const char *database_socket, *database_name, *database_user;

#define BLOB(data, length) {MYSQL_TYPE_BLOB, data, length}
#define KEY(text) {MYSQL_TYPE_BLOB, text, strlen(text)}
#define TEXT(text) {MYSQL_TYPE_STRING, text, strlen(text)}
#define TIME(time) {MYSQL_TYPE_DATETIME, time, 0}
#define INTEGER(integer) {MYSQL_TYPE_LONGLONG, integer, 0}
#define NOTHING {MYSQL_TYPE_NULL, NULL, 0}

/* Runs a writing statement; rows matched, -1 on failure, -2 for a key that is there already. */
int database_execute(struct statement *statement, const struct value *values, unsigned count);
/* Runs a reading statement and fetches its first row: 1, 0 without a row, -1 on failure. */
int database_row(struct statement *statement, const struct value *values, unsigned count);
/* Runs a statement without values by the text protocol. */
int database_command(const char *sql);

/* Microseconds since 1970 as MariaDB takes them, and a moment of a row as RFC 3339 has it. */
void database_time(long long microseconds, MYSQL_TIME *time);
void database_rfc3339(const struct statement *statement, unsigned column, char text[40]);

#endif
