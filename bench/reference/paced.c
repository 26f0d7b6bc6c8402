/* Sends HTTP requests at a fixed rate and tells how long the answers took, from the moment each was due: a request that
 * waits because an earlier one is late counts as waiting (no coordinated omission).
 *
 * paced --port N --path PATH --field "Cookie: name=" --file FILE --rate N --seconds N [--connections N] [--idle N]
 *       [--method POST --body '{"n":"%s"}' --status 200]
 * Each request takes the next line of FILE: behind --field in the header, or in place of %s in the body. With --idle,
 * so many more connections are opened, used once and kept. Prints one JSON object. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { most_connections = 4096, answer_room = 65536 };

struct connection {
    int descriptor, is_busy;
    long long due;
    size_t length;
    char answer[answer_room];
};

static const char *path = "/", *field = "", *file, *method = "GET", *body = "", *expected = "200";
static int port, width = 64, idle;
static double rate = 1000, seconds = 5;
static char **lines;
static size_t line_count, next_line;
static struct connection *connections[most_connections];
static int set;
static long long *waits;
static size_t wait_count, wait_room, failures, sent;

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void read_lines(void)
{
    char *line = NULL;
    size_t room = 0, most = 0;
    ssize_t length;
    FILE *input = file ? fopen(file, "r") : NULL;
    if (file && !input) {
        perror(file);
        exit(66);
    }
    while (input && (length = getline(&line, &room, input)) > 0) {
        line[strcspn(line, "\n")] = 0;
        if (line_count == most) lines = realloc(lines, (most = most ? 2 * most : 1024) * sizeof *lines);
        lines[line_count++] = strdup(line);
    }
    if (input) fclose(input);
}

static void dial(struct connection *c)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int one = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    c->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    c->length = 0;
    c->is_busy = 0;
    if (connect(c->descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("connect");
        exit(69);
    }
    setsockopt(c->descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    fcntl(c->descriptor, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(set, EPOLL_CTL_ADD, c->descriptor, &event);
}

static void begin(struct connection *c, long long due)
{
    char text[16384], content[8192] = "", credential[8192] = "";
    const char *line = line_count ? lines[next_line++ % line_count] : "";
    if (*body) {
        const char *gap = strstr(body, "%s");
        if (gap) snprintf(content, sizeof content, "%.*s%s%s", (int)(gap - body), body, line, gap + 2);
        else snprintf(content, sizeof content, "%s", body);
    }
    if (*field) snprintf(credential, sizeof credential, "%s%s\r\n", field, strstr(body, "%s") ? "" : line);
    int length = snprintf(text, sizeof text, "%s %s HTTP/1.1\r\nHost: localhost\r\n%s", method, path, credential);
    if (*body)
        length += snprintf(text + length, sizeof text - (size_t)length,
                           "Content-Type: application/json\r\nContent-Length: %zu\r\n", strlen(content));
    length += snprintf(text + length, sizeof text - (size_t)length, "\r\n%s", content);
    c->due = due;
    c->is_busy = 1;
    c->length = 0;
    sent++;
    if (write(c->descriptor, text, (size_t)length) != length) failures++;
}

/* Whether the answer is whole: its header, and as many octets as that announces. */
static int is_whole(struct connection *c)
{
    c->answer[c->length] = 0;
    char *end = strstr(c->answer, "\r\n\r\n");
    if (!end) return 0;
    char *announced = strcasestr(c->answer, "\r\nContent-Length:");
    size_t count = announced && announced < end ? strtoul(announced + 17, NULL, 10) : 0;
    return c->length >= (size_t)(end + 4 - c->answer) + count;
}

static void take(struct connection *c)
{
    ssize_t count = read(c->descriptor, c->answer + c->length, answer_room - 1 - c->length);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
        if (c->is_busy) failures++;
        close(c->descriptor);
        dial(c);
        return;
    }
    c->length += (size_t)count;
    if (!c->is_busy || !is_whole(c)) return;
    c->is_busy = 0;
    if (strncmp(c->answer + 9, expected, 3) != 0) failures++;
    if (wait_count == wait_room) waits = realloc(waits, (wait_room = wait_room ? 2 * wait_room : 65536) * sizeof *waits);
    waits[wait_count++] = now() - c->due;
}

static void wait_until(long long moment)
{
    struct epoll_event events[64];
    struct timespec left = {0};
    long long rest = moment - now();
    if (rest > 0) left = (struct timespec){rest / 1000000000, rest % 1000000000};
    int count = epoll_pwait2(set, events, 64, &left, NULL);
    for (int i = 0; i < count; i++) take(events[i].data.ptr);
}

static void run(void)
{
    long long start = now(), end = start + (long long)(seconds * 1e9), step = (long long)(1e9 / rate), due = start;
    size_t next = 0;
    while (now() < end) {
        while (due <= now() && due < end) {
            int tried = 0;
            while (tried < width && connections[next % (size_t)width]->is_busy) next++, tried++;
            if (tried == width) break;
            begin(connections[next++ % (size_t)width], due);
            due += step;
        }
        wait_until(due <= now() ? now() + 100000 : due < end ? due : end);
    }
    for (long long last = now() + 2000000000; now() < last && wait_count + failures < sent;) wait_until(now() + 1000000);
}

static int compare(const void *left, const void *right)
{
    long long a = *(const long long *)left, b = *(const long long *)right;
    return (a > b) - (a < b);
}

static double share(double part)
{
    return wait_count ? (double)waits[(size_t)(part * (double)(wait_count - 1))] / 1000 : 0;
}

int main(int count, char **words)
{
    for (int i = 1; i + 1 < count; i += 2) {
        const char *name = words[i], *value = words[i + 1];
        if (!strcmp(name, "--port")) port = atoi(value);
        else if (!strcmp(name, "--path")) path = value;
        else if (!strcmp(name, "--field")) field = value;
        else if (!strcmp(name, "--file")) file = value;
        else if (!strcmp(name, "--rate")) rate = atof(value);
        else if (!strcmp(name, "--seconds")) seconds = atof(value);
        else if (!strcmp(name, "--connections")) width = atoi(value);
        else if (!strcmp(name, "--idle")) idle = atoi(value);
        else if (!strcmp(name, "--method")) method = value;
        else if (!strcmp(name, "--body")) body = value;
        else if (!strcmp(name, "--status")) expected = value;
    }
    if (port <= 0 || rate <= 0 || width < 1 || idle < 0 || width + idle > most_connections) return 64;
    read_lines();
    set = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < width + idle; i++) dial(connections[i] = calloc(1, sizeof **connections));
    for (int i = 0; i < width + idle; i++) {
        begin(connections[i], now());
        while (connections[i]->is_busy) wait_until(now() + 1000000000);
    }
    wait_count = failures = sent = 0;
    long long start = now();
    run();
    double took = (double)(now() - start) / 1e9;
    qsort(waits, wait_count, sizeof *waits, compare);
    printf("{\"sent\": %zu, \"answered\": %zu, \"failed\": %zu, \"rate\": %.1f, \"asked_rate\": %.1f, \"p50_us\": %.0f, "
           "\"p90_us\": %.0f, \"p99_us\": %.0f, \"p999_us\": %.0f, \"max_us\": %.0f}\n",
           sent, wait_count, failures, (double)wait_count / (took < seconds ? took : seconds), rate, share(0.5),
           share(0.9), share(0.99), share(0.999), share(1));
    return 0;
}
