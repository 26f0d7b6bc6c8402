/* Loaded into `authfcgi serve`: has it start its workers under another program, such as callgrind. BENCH_UNDER is that
 * program and its arguments, one a line; BENCH_PROGRAM is the service's program. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>

enum { most_words = 64 };

typedef int spawn_function(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *,
                           char *const[], char *const[]);

int posix_spawn(pid_t *process, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const words[], char *const variables[])
{
    spawn_function *next = (spawn_function *)dlsym(RTLD_NEXT, "posix_spawn");
    const char *under = getenv("BENCH_UNDER");
    char *program = getenv("BENCH_PROGRAM"), *all[most_words + 1], *kept[1024], *copy, *word, *rest = NULL;
    int count = 0, left = 0;
    if (!under || !program || !words[0] || !words[1] || strcmp(words[1], "worker") != 0)
        return next(process, path, actions, attributes, words, variables);
    copy = strdup(under);
    for (word = strtok_r(copy, "\n", &rest); word && count < most_words; word = strtok_r(NULL, "\n", &rest))
        all[count++] = word;
    all[count++] = program;
    for (int i = 1; words[i] && count < most_words; i++) all[count++] = words[i];
    all[count] = NULL;
    for (int i = 0; variables[i] && left < 1023; i++)
        if (strncmp(variables[i], "LD_PRELOAD=", 11) != 0) kept[left++] = variables[i];
    kept[left] = NULL;
    int status = posix_spawnp(process, all[0], actions, attributes, all, kept);
    free(copy);
    return status;
}
