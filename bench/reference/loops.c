/* Two ways to get requests out of libfcgi: its own accept loop, and an epoll set that all threads share. */
#define _GNU_SOURCE
#include "responder.h"

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static int listening, set;

static void *accepting(void *unused)
{
    FCGX_Request request;
    FCGX_InitRequest(&request, listening, 0);
    while (FCGX_Accept_r(&request) >= 0) {
        answer_request(&request);
        FCGX_Finish_r(&request);
    }
    return unused;
}

static void arm(int operation, int descriptor, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = descriptor};
    epoll_ctl(set, operation, descriptor, &event);
}

static void serve(FCGX_Request *request, int connection)
{
    request->ipcFd = connection;
    request->keepConnection = 1;
    request->listen_sock = -1;
    if (FCGX_Accept_r(request) < 0) {
        request->ipcFd = -1;
        return;
    }
    answer_request(request);
    int keeps = request->keepConnection;
    FCGX_FClose(request->err);
    FCGX_FClose(request->out);
    FCGX_Free(request, 0);
    request->ipcFd = -1;
    if (keeps) arm(EPOLL_CTL_MOD, connection, EPOLLIN | EPOLLONESHOT);
    else close(connection);
}

static void *waiting(void *unused)
{
    FCGX_Request request;
    struct epoll_event event;
    FCGX_InitRequest(&request, -1, 0);
    for (;;) {
        if (epoll_wait(set, &event, 1, -1) != 1) continue;
        if (event.data.fd != listening) {
            serve(&request, event.data.fd);
            continue;
        }
        int connection = accept4(listening, NULL, NULL, SOCK_CLOEXEC);
        if (connection >= 0) arm(EPOLL_CTL_ADD, connection, EPOLLIN | EPOLLONESHOT);
    }
    return unused;
}

static void start(int threads, void *(*run)(void *))
{
    pthread_t thread;
    for (int i = 1; i < threads; i++) pthread_create(&thread, NULL, run, NULL);
    run(NULL);
}

void loop_accept(int listener, int threads)
{
    listening = listener;
    start(threads, accepting);
}

void loop_epoll(int listener, int threads)
{
    listening = listener;
    set = epoll_create1(EPOLL_CLOEXEC);
    arm(EPOLL_CTL_ADD, listener, EPOLLIN | EPOLLEXCLUSIVE);
    start(threads, waiting);
}
