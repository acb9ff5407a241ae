#include "proc/systemd.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/str.h"

#define SOCKETS_MAX 16

int
rp_systemd_sockets(const char *listen_pid, const char *listen_fds, pid_t pid)
{
	int64_t whose, n;

	if (listen_pid == NULL || listen_fds == NULL ||
	    !rp_text_i64(rp_text_z(listen_pid), &whose) || whose != pid ||
	    !rp_text_i64(rp_text_z(listen_fds), &n) || n < 0 || n > SOCKETS_MAX)
		return 0;
	return (int)n;
}

void
rp_systemd_notify(const char *socket_path, const char *state)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t n = socket_path ? strlen(socket_path) : 0;
	int fd;

	if (n == 0 || n >= sizeof(to.sun_path))
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	memcpy(to.sun_path, socket_path, n);
	if (to.sun_path[0] == '@')
		to.sun_path[0] = '\0';
	/* If it is not heard, the manager says so when it has waited. */
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	close(fd);
}
