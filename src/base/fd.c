#include "base/fd.h"

#include <errno.h>
#include <unistd.h>

bool
rp_fd_write(int fd, rp_bytes b)
{
	while (b.n > 0) {
		ssize_t n = write(fd, b.p, b.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		b.p += n;
		b.n -= (size_t)n;
	}
	return true;
}
