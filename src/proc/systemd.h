/*
 * systemd - what the service manager hands in and wants to hear.
 *
 * Two small protocols, without its library: sockets on descriptors 3 and up
 * (sd_listen_fds(3)) and states to the socket in NOTIFY_SOCKET (sd_notify(3)).
 * The environment is an argument.
 */
#ifndef RP_PROC_SYSTEMD_H
#define RP_PROC_SYSTEMD_H

#include <sys/types.h>

/*
 * How many sockets were handed to the process `pid`: they are descriptors 3,
 * 4, ... Zero without them, or if they are meant for another process.
 */
int rp_systemd_sockets(const char *listen_pid, const char *listen_fds,
    pid_t pid);

/* Send "READY=1" or such to `socket_path` ("@..." is abstract). NULL: no. */
void rp_systemd_notify(const char *socket_path, const char *state);

#endif
