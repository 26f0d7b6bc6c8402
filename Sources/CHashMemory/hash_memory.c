// libsodium maps the memory of each hash anew and gives it back afterwards, and offers no other way. Of the time of a hash
// of 19 MiB nearly half goes into that: the system clears every page, and lets one thread of a process do so at a time.
// Therefore mmap and munmap are defined here, in front of the C library's, and pass on every call but those of a hash.
#define _GNU_SOURCE
#include "hash_memory.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#if !defined(__LP64__)
#error "the system call mmap takes its offset in octets on 64-bit systems only"
#endif

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif

// At the head of memory that nobody uses.
struct kept {
    struct kept *next;
    size_t length;
    bool is_used;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept *first;

static _Thread_local bool lends;
static _Thread_local void *lent;
static _Thread_local size_t lent_length;

void hash_memory_begin(void) { lends = true; }

void hash_memory_end(void) {
    lends = false;
    lent = NULL;
}

void hash_memory_release_unused(void) {
    struct kept *unused = NULL;
    pthread_mutex_lock(&lock);
    for (struct kept **place = &first; *place != NULL;) {
        struct kept *memory = *place;
        if (memory->is_used) {
            memory->is_used = false;
            place = &memory->next;
        } else {
            *place = memory->next;
            memory->next = unused;
            unused = memory;
        }
    }
    pthread_mutex_unlock(&lock);
    while (unused != NULL) {
        struct kept *next = unused->next;
        syscall(SYS_munmap, unused, unused->length);
        unused = next;
    }
}

#if !defined(SANITIZED)
static void *map(void *address, size_t length, int protection, int flags, int file, off_t offset) {
    return (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}

// Memory of the system that begins with a huge page: fewer pages are sooner made and sooner found.
static void *map_huge(size_t length) {
    const size_t huge = 2 << 20, page = (size_t)sysconf(_SC_PAGESIZE), whole = (length + page - 1) & ~(page - 1);
    char *start = map(NULL, whole + huge, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return MAP_FAILED;
    const size_t before = -(uintptr_t)start & (huge - 1);
    if (before > 0) syscall(SYS_munmap, start, before);
    syscall(SYS_munmap, start + before + whole, huge - before);
    syscall(SYS_madvise, start + before, length & ~(huge - 1), MADV_HUGEPAGE);
    return start + before;
}

static void *take(size_t length) {
    pthread_mutex_lock(&lock);
    struct kept **place = &first;
    while (*place != NULL && (*place)->length != length) place = &(*place)->next;
    struct kept *memory = *place;
    if (memory != NULL) *place = memory->next;
    pthread_mutex_unlock(&lock);
    if (memory != NULL) memset(memory, 0, sizeof *memory);
    return memory;
}

static void keep(void *memory, size_t length) {
    explicit_bzero(memory, length);
    struct kept *kept = memory;
    *kept = (struct kept){.length = length, .is_used = true};
    pthread_mutex_lock(&lock);
    kept->next = first;
    first = kept;
    pthread_mutex_unlock(&lock);
}

void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset) {
    const int wanted = MAP_PRIVATE | MAP_ANONYMOUS;
    const bool is_of_hash = lends && lent == NULL && address == NULL && (flags & wanted) == wanted
        && protection == (PROT_READ | PROT_WRITE) && length >= sizeof(struct kept);
    if (!is_of_hash) return map(address, length, protection, flags, file, offset);
    void *memory = take(length);
    if (memory == NULL) memory = map_huge(length);
    if (memory != MAP_FAILED) {
        lent = memory;
        lent_length = length;
    }
    return memory;
}

int munmap(void *address, size_t length) {
    const bool is_of_hash = lends && address != NULL && address == lent && length == lent_length;
    if (!is_of_hash) return (int)syscall(SYS_munmap, address, length);
    lent = NULL;
    keep(address, length);
    return 0;
}
#endif
