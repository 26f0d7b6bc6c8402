#include "database.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const char *database_socket, *database_name = "authfcgi", *database_user = "root";

static __thread MYSQL *connection;

static const char session_setup[] =
    "SET sql_mode = 'TRADITIONAL', time_zone = '+00:00', autocommit = 1, tx_isolation = 'READ-COMMITTED'";

static MYSQL *connected(void)
{
    if (connection) return connection;
    MYSQL *made = mysql_init(NULL);
    mysql_options(made, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    if (!mysql_real_connect(made, "localhost", database_user, "", database_name, 0, database_socket,
                            CLIENT_FOUND_ROWS) ||
        mysql_query(made, session_setup) != 0) {
        fprintf(stderr, "MariaDB: %s\n", mysql_error(made));
        mysql_close(made);
        return NULL;
    }
    return connection = made;
}

static int prepare(struct statement *statement)
{
    if (statement->handle) return 0;
    if (!connected()) return -1;
    MYSQL_STMT *handle = mysql_stmt_init(connection);
    if (mysql_stmt_prepare(handle, statement->sql, strlen(statement->sql)) != 0) {
        fprintf(stderr, "MariaDB: %s\n", mysql_stmt_error(handle));
        mysql_stmt_close(handle);
        return -1;
    }
    statement->handle = handle;
    return 0;
}

/* Binds the columns once they are known: of a writing statement that returns rows, when it has run. */
static void bind_columns(struct statement *statement)
{
    MYSQL_RES *fields = mysql_stmt_result_metadata(statement->handle);
    statement->columns = fields ? mysql_num_fields(fields) : 0;
    for (unsigned i = 0; i < statement->columns && i < most_values; i++) {
        enum enum_field_types type = mysql_fetch_field_direct(fields, i)->type;
        int is_time = type == MYSQL_TYPE_DATETIME;
        statement->results[i] = (MYSQL_BIND){
            .buffer_type = is_time ? MYSQL_TYPE_DATETIME : MYSQL_TYPE_STRING,
            .buffer = statement->room[i],
            .buffer_length = is_time ? sizeof(MYSQL_TIME) : value_room,
            .length = &statement->lengths[i],
            .is_null = &statement->nulls[i],
        };
    }
    if (fields) mysql_free_result(fields);
    if (statement->columns) mysql_stmt_bind_result(statement->handle, statement->results);
}

static int execute(struct statement *statement, const struct value *values, unsigned count)
{
    MYSQL_BIND bound[most_values] = {0};
    if (prepare(statement) != 0) return -1;
    for (unsigned i = 0; i < count; i++) {
        bound[i].buffer_type = values[i].data ? values[i].type : MYSQL_TYPE_NULL;
        bound[i].buffer = (void *)values[i].data;
        bound[i].buffer_length = values[i].length;
    }
    if (mysql_stmt_bind_param(statement->handle, bound) == 0 && mysql_stmt_execute(statement->handle) == 0) return 0;
    if (mysql_stmt_errno(statement->handle) == 1062) return -2;
    fprintf(stderr, "MariaDB: %s\n", mysql_stmt_error(statement->handle));
    return -1;
}

int database_execute(struct statement *statement, const struct value *values, unsigned count)
{
    int status = execute(statement, values, count);
    return status != 0 ? status : (int)mysql_stmt_affected_rows(statement->handle);
}

int database_row(struct statement *statement, const struct value *values, unsigned count)
{
    if (execute(statement, values, count) != 0) return -1;
    if (!statement->columns) bind_columns(statement);
    int status = mysql_stmt_fetch(statement->handle);
    mysql_stmt_free_result(statement->handle);
    if (status == MYSQL_NO_DATA) return 0;
    if (status != 0) return -1;
    for (unsigned i = 0; i < statement->columns; i++)
        if (statement->results[i].buffer_type == MYSQL_TYPE_STRING)
            statement->room[i][statement->nulls[i] ? 0 : statement->lengths[i]] = 0;
    return 1;
}

int database_command(const char *sql)
{
    if (connected() && mysql_real_query(connection, sql, strlen(sql)) == 0) return 0;
    if (connection) fprintf(stderr, "MariaDB: %s\n", mysql_error(connection));
    return -1;
}

void database_time(long long microseconds, MYSQL_TIME *moment)
{
    time_t seconds = microseconds / 1000000;
    struct tm parts;
    gmtime_r(&seconds, &parts);
    *moment = (MYSQL_TIME){
        .year = (unsigned)parts.tm_year + 1900,
        .month = (unsigned)parts.tm_mon + 1,
        .day = (unsigned)parts.tm_mday,
        .hour = (unsigned)parts.tm_hour,
        .minute = (unsigned)parts.tm_min,
        .second = (unsigned)parts.tm_sec,
        .second_part = (unsigned long)(microseconds % 1000000),
        .time_type = MYSQL_TIMESTAMP_DATETIME,
    };
}

void database_rfc3339(const struct statement *statement, unsigned column, char text[40])
{
    MYSQL_TIME moment;
    memcpy(&moment, statement->room[column], sizeof moment);
    snprintf(text, 40, "%04u-%02u-%02uT%02u:%02u:%02u.%03luZ", moment.year, moment.month, moment.day, moment.hour,
             moment.minute, moment.second, moment.second_part / 1000);
}
