/* measure LIMIT FILE COMMAND…   runs a command in a process group of its own and writes one line to
 * FILE: exit status, start and end in seconds of the monotonic clock, CPU seconds of all processes
 * it waited for. After LIMIT seconds the group is killed. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t child;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec * 1e-6; }

static void stop(int signal) {
    (void)signal;
    kill(-child, SIGKILL);
}

int main(int argc, char **argv) {
    if (argc < 4) return fputs("usage: measure LIMIT FILE COMMAND...\n", stderr), 64;
    double start = now();
    child = fork();
    if (child < 0) return perror("measure: fork"), 71;
    if (child == 0) {
        setpgid(0, 0);
        execvp(argv[3], argv + 3);
        perror(argv[3]);
        _exit(127);
    }
    setpgid(child, child);
    signal(SIGALRM, stop);
    signal(SIGTERM, stop);
    alarm((unsigned)atoi(argv[1]));
    int status = 0;
    waitpid(child, &status, 0);
    double end = now();
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    FILE *file = fopen(argv[2], "w");
    if (!file) return perror(argv[2]), 73;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    fprintf(file, "%d %.6f %.6f %.6f\n", code, start, end,
        seconds(usage.ru_utime) + seconds(usage.ru_stime));
    fclose(file);
    return code;
}
