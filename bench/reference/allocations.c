/* Counts what a program allocates: LD_PRELOAD=allocations.so; bench_allocations() says how often so far. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

/* The C library's own names for them (malloc/malloc.c). */
extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t),
    *__libc_memalign(size_t, size_t);

static uint64_t count;

static void one_more(void)
{
    __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
}

uint64_t bench_allocations(void)
{
    return __atomic_load_n(&count, __ATOMIC_RELAXED);
}

void *malloc(size_t size)
{
    one_more();
    return __libc_malloc(size);
}

void *calloc(size_t members, size_t size)
{
    one_more();
    return __libc_calloc(members, size);
}

void *realloc(void *memory, size_t size)
{
    one_more();
    return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    one_more();
    return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size)
{
    one_more();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size)
{
    one_more();
    *memory = __libc_memalign(alignment, size);
    return *memory == NULL ? ENOMEM : 0;
}
