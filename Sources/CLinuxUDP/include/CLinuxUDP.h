#ifndef CLINUXUDP_H
#define CLINUXUDP_H

#include <time.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// The C library declares these only under _GNU_SOURCE, which a module cannot set for its imports.

/// One message of a batch, laid out as the kernel's struct mmsghdr.
struct sudp_batch_message {
    struct msghdr header;
    unsigned int byte_count;
};

/// The kernel's struct in6_pktinfo.
struct sudp_in6_pktinfo {
    struct in6_addr ipi6_addr;
    unsigned int ipi6_ifindex;
};

static inline int sudp_recvmmsg(int descriptor, struct sudp_batch_message *messages,
                                unsigned int count, int flags) {
    return (int)syscall(SYS_recvmmsg, descriptor, messages, count, flags, NULL);
}

/// Waits for events; a negative timeout waits without end.
static inline int sudp_ppoll(struct pollfd *descriptors, unsigned int count,
                             int64_t timeout_nanoseconds) {
    struct timespec timeout = {timeout_nanoseconds / 1000000000, timeout_nanoseconds % 1000000000};
    return (int)syscall(SYS_ppoll, descriptors, count, timeout_nanoseconds < 0 ? NULL : &timeout,
                        NULL, (size_t)8);
}

/// Names the calling thread and lets its timers fire on time.
static inline void sudp_describe_thread(const char *name, unsigned long timer_slack_nanoseconds) {
    prctl(PR_SET_NAME, name, 0, 0, 0);
    prctl(PR_SET_TIMERSLACK, timer_slack_nanoseconds, 0, 0, 0);
}

// Function-like macros, which Swift cannot import.

static inline struct cmsghdr *sudp_first_control(struct msghdr *message) {
    return CMSG_FIRSTHDR(message);
}

static inline struct cmsghdr *sudp_next_control(struct msghdr *message, struct cmsghdr *control) {
    return CMSG_NXTHDR(message, control);
}

static inline const void *sudp_control_data(const struct cmsghdr *control) {
    return CMSG_DATA(control);
}

/// The length of the control message's data in bytes; 0 when its header is damaged.
static inline size_t sudp_control_data_size(const struct cmsghdr *control) {
    return control->cmsg_len < CMSG_LEN(0) ? 0 : control->cmsg_len - CMSG_LEN(0);
}

/// Appends a control message; msg_controllen counts what is in use, `capacity` is the memory there.
static inline void sudp_append_control(struct msghdr *message, size_t capacity, int level, int type,
                                       const void *data, size_t size) {
    if (message->msg_controllen + CMSG_SPACE(size) > capacity) return;
    struct cmsghdr *control =
        (struct cmsghdr *)((unsigned char *)message->msg_control + message->msg_controllen);
    memset(control, 0, CMSG_SPACE(size));
    control->cmsg_level = level;
    control->cmsg_type = type;
    control->cmsg_len = CMSG_LEN(size);
    memcpy(CMSG_DATA(control), data, size);
    message->msg_controllen += CMSG_SPACE(size);
}

#endif
