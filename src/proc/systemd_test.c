#include "proc/systemd.h"

#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/check.h"

static void
test_sockets(void)
{
	RP_CHECK(rp_systemd_sockets("17", "2", 17) == 2);
	RP_CHECK(rp_systemd_sockets("17", "2", 18) == 0);
	RP_CHECK(rp_systemd_sockets(NULL, "2", 17) == 0);
	RP_CHECK(rp_systemd_sockets("17", NULL, 17) == 0);
	RP_CHECK(rp_systemd_sockets("17", "-1", 17) == 0);
	RP_CHECK(rp_systemd_sockets("17", "99", 17) == 0);
	RP_CHECK(rp_systemd_sockets("17x", "1", 17) == 0);
}

static void
test_notify(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	char name[64], got[32];
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	int n = snprintf(name, sizeof(name), "@systemd_test.%d", (int)getpid());

	memcpy(at.sun_path + 1, name + 1, (size_t)n - 1);
	RP_CHECK(bind(fd, (struct sockaddr *)&at,
		     (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
				 (size_t)n)) == 0);
	rp_systemd_notify(NULL, "READY=1");
	rp_systemd_notify("", "READY=1");
	rp_systemd_notify("/nonexistent/socket", "READY=1");
	rp_systemd_notify(name, "READY=1");
	RP_CHECK(recv(fd, got, sizeof(got), MSG_DONTWAIT) == 7);
	RP_CHECK(memcmp(got, "READY=1", 7) == 0);
	RP_CHECK(recv(fd, got, sizeof(got), MSG_DONTWAIT) < 0);
	close(fd);
}

RP_CHECK_MAIN({ "sockets", test_sockets }, { "notify", test_notify })
