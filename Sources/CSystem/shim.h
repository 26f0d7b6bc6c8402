// What Glibc's module does not give to Swift: macros and variadic functions,
// each as a function of the same meaning.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <limits.h>
#include <malloc.h>
#include <spawn.h>
#include <linux/memfd.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>

// _GNU_SOURCE must not be defined here: Swift's own Glibc module is made without it, and the same structure of the
// system would have two layouts. So what only it declares is declared here.
extern char **environ;
int accept4(int, struct sockaddr *__restrict, socklen_t *__restrict, int);
int memfd_create(const char *, unsigned int);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
struct system_credentials { pid_t process; uid_t user; gid_t group; };

// Every function below that returns an int or a long answers 0 or more, or the negated errno.

static inline int system_result(int result) { return result < 0 ? -errno : result; }
static inline long system_count(long result) { return result < 0 ? -(long)errno : result; }

// environ is a mutable global, which Swift 6 does not let anyone name.
static inline char *const *system_environment(void) { return environ; }

// epoll: the structure is packed and the flags are an enumeration.
static const uint32_t system_epoll_listener = EPOLLIN | EPOLLEXCLUSIVE;
static const uint32_t system_epoll_level = EPOLLIN;
static const uint32_t system_epoll_request = EPOLLIN | EPOLLRDHUP | EPOLLET;
static const uint32_t system_epoll_answer = EPOLLOUT | EPOLLONESHOT;

static inline int system_epoll_create(void) { return system_result(epoll_create1(EPOLL_CLOEXEC)); }
static inline int system_epoll_control(int set, int operation, int descriptor, uint32_t events, uint64_t key) {
    struct epoll_event event = {.events = events, .data = {.u64 = key}};
    return system_result(epoll_ctl(set, operation, descriptor, &event));
}
static inline int system_epoll_add(int set, int descriptor, uint32_t events, uint64_t key) {
    return system_epoll_control(set, EPOLL_CTL_ADD, descriptor, events, key);
}
static inline int system_epoll_rearm(int set, int descriptor, uint32_t events, uint64_t key) {
    return system_epoll_control(set, EPOLL_CTL_MOD, descriptor, events, key);
}
static inline int system_epoll_remove(int set, int descriptor) {
    return system_epoll_control(set, EPOLL_CTL_DEL, descriptor, 0, 0);
}
// One event: 1 with its key, 0 after the time (milliseconds, -1: for ever).
static inline int system_epoll_wait(int set, uint64_t *key, int milliseconds) {
    struct epoll_event event;
    int count = epoll_wait(set, &event, 1, milliseconds);
    if (count > 0) *key = event.data.u64;
    return system_result(count);
}

static inline int system_event_descriptor(void) { return system_result(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)); }
static inline int system_event_signal(int descriptor) {
    uint64_t one = 1;
    return (int)system_count(write(descriptor, &one, sizeof one));
}

// Of the calling thread alone, where Linux differs from POSIX (setpriority(2), bugs). There is no way back.
static inline int system_give_way(int niceness) { return system_result(setpriority(PRIO_PROCESS, 0, niceness)); }

// The heap has so many areas at most, and what is free at the end of one goes back to the system when it is `most` octets
// or more, but for `kept` (mallopt(3)).
static inline void system_limit_heap(int areas, int most, int kept) {
    mallopt(M_ARENA_MAX, areas);
    mallopt(M_TRIM_THRESHOLD, most);
    mallopt(M_TOP_PAD, kept);
}

// Pages of the heap that hold nothing go back to the system.
static inline void system_give_memory_back(void) { malloc_trim(0); }

// fcntl is variadic.
static inline int system_duplicate_from(int descriptor, int least) {
    return system_result(fcntl(descriptor, F_DUPFD_CLOEXEC, least));
}
static inline int system_close_on_exec(int descriptor) { return system_result(fcntl(descriptor, F_SETFD, FD_CLOEXEC)); }
static inline int system_nonblocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -errno : system_result(fcntl(descriptor, F_SETFL, flags | O_NONBLOCK));
}

// Sockets.
static inline int system_accept(int listener) { return system_result(accept4(listener, NULL, NULL, SOCK_CLOEXEC)); }
static inline long system_peek(int descriptor, void *octets, size_t count) {
    return system_count(recv(descriptor, octets, count, MSG_PEEK | MSG_DONTWAIT));
}
static inline long system_receive(int descriptor, void *octets, size_t count) {
    return system_count(recv(descriptor, octets, count, MSG_DONTWAIT));
}
static inline long system_send(int descriptor, const void *octets, size_t count) {
    return system_count(send(descriptor, octets, count, MSG_NOSIGNAL));
}
static inline int system_set_option(int descriptor, int level, int name, int value) {
    return system_result(setsockopt(descriptor, level, name, &value, sizeof value));
}
static inline int system_get_option(int descriptor, int level, int name) {
    int value = 0;
    socklen_t size = sizeof value;
    return getsockopt(descriptor, level, name, &value, &size) < 0 ? -errno : value;
}
static inline int system_set_timeouts(int descriptor, long milliseconds) {
    struct timeval time = {.tv_sec = milliseconds / 1000, .tv_usec = milliseconds % 1000 * 1000};
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) < 0) return -errno;
    return system_result(setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time));
}
static inline int system_peer(int descriptor, uid_t *user, gid_t *group) {
    struct system_credentials peer;
    socklen_t size = sizeof peer;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) return -errno;
    *user = peer.user;
    *group = peer.group;
    return 0;
}
// 1 when the process that connected had this supplementary group.
static inline int system_peer_has_group(int descriptor, gid_t group) {
    gid_t groups[1024];
    socklen_t size = sizeof groups;
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, groups, &size) < 0) return -errno;
    for (size_t i = 0; i < size / sizeof *groups; i++)
        if (groups[i] == group) return 1;
    return 0;
}

// A descriptor through a socket: the control message is built by macros.
static inline int system_send_descriptor(int socket, int descriptor) {
    char octet = 0;
    union { struct cmsghdr header; char space[CMSG_SPACE(sizeof(int))]; } control = {0};
    struct iovec data = {.iov_base = &octet, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.space};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return (int)system_count(sendmsg(socket, &message, MSG_NOSIGNAL));
}
static inline int system_receive_descriptor(int socket) {
    char octet;
    union { struct cmsghdr header; char space[CMSG_SPACE(sizeof(int))]; } control = {0};
    struct iovec data = {.iov_base = &octet, .iov_len = 1};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.space};
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) < 0) return -errno;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) return -EBADMSG;
    int descriptor;
    memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
    return descriptor;
}

// A file in memory with these octets, read from its beginning.
static inline int system_memory_file(const void *octets, size_t count) {
    int descriptor = memfd_create("authfcgi", MFD_CLOEXEC);
    if (descriptor < 0) return -errno;
    for (size_t done = 0; done < count;) {
        ssize_t wrote = write(descriptor, (const char *)octets + done, count - done);
        if (wrote < 0) {
            int error = errno;
            close(descriptor);
            return -error;
        }
        done += (size_t)wrote;
    }
    lseek(descriptor, 0, SEEK_SET);
    return descriptor;
}

// A file in memory of this size, all zero, for several processes to share.
static inline int system_shared_file(size_t size) {
    int descriptor = memfd_create("authfcgi-shared", MFD_CLOEXEC);
    if (descriptor < 0) return -errno;
    if (ftruncate(descriptor, (off_t)size) == 0) return descriptor;
    int error = errno;
    close(descriptor);
    return -error;
}
// The file's octets, shared with whoever maps them too; MAP_FAILED is a macro: NULL instead, and errno.
static inline void *system_map_shared(int descriptor, size_t size) {
    void *address = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    return address == MAP_FAILED ? NULL : address;
}

// Signals.
static inline int system_signal_descriptor(const sigset_t *signals) {
    return system_result(signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK));
}
// The next pending signal of a signal descriptor.
static inline int system_signal_read(int descriptor) {
    struct signalfd_siginfo info;
    ssize_t count = read(descriptor, &info, sizeof info);
    return count < 0 ? -errno : count == (ssize_t)sizeof info ? (int)info.ssi_signo : -EIO;
}
static inline int system_ignore_signal(int number) { return signal(number, SIG_IGN) == SIG_ERR ? -errno : 0; }
static inline int system_die_with_parent(int number) {
    return system_result(prctl(PR_SET_PDEATHSIG, (unsigned long)number, 0, 0, 0));
}

// A stream socket: glibc's type of the kind is an enumeration.
static inline int system_socket(int family) { return system_result(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)); }
static inline int system_datagram_socket(void) {
    return system_result(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

// How a child ended, of the status of waitpid: macros.
static inline int system_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }
static inline int system_end_signal(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }

// The soft limit of open descriptors to the hard one. The resource is an enumeration in C.
static inline int system_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -errno;
    limit.rlim_cur = limit.rlim_max;
    return system_result(setrlimit(RLIMIT_NOFILE, &limit));
}

// Leaves no image of the memory behind when this process ends by a fault, nor one of a process that it starts; core(5).
static inline int system_forbid_cores(void) {
    const struct rlimit none = {0, 0};
    return system_result(setrlimit(RLIMIT_CORE, &none));
}

// Has a program start without the descriptors from `least` on; posix_spawn_file_actions_addclosefrom_np(3).
static inline int system_spawn_close_from(posix_spawn_file_actions_t *actions, int least) {
    return -posix_spawn_file_actions_addclosefrom_np(actions, least);
}
