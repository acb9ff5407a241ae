/*
 * fd - all of some octets through a descriptor.
 */
#ifndef RP_BASE_FD_H
#define RP_BASE_FD_H

#include "base/str.h"

/*
 * Write all of `b`, however often the kernel takes a part or a signal comes
 * between. False with errno if it cannot be; then nobody knows how much was.
 */
bool rp_fd_write(int fd, rp_bytes b);

#endif
