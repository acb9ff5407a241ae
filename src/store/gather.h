/*
 * gather - SQLite's log, written in few pieces.
 *
 * SQLite writes each page of a commit by two calls, its header and then the
 * page, one after the other in the file. A database opened through this VFS
 * keeps what it writes to its log in memory as long as the pieces follow each
 * other, and writes them at once: when they are RP_GATHER_MAX octets, and
 * before anything that would notice, which is every other call on the log.
 * Above all before xSync: with synchronous=FULL SQLite syncs the log before it
 * tells other processes of the commit. With any lower setting it does not, so
 * this is not for them.
 *
 * A write that fails may be reported by a later call on the log, at the latest
 * by the one that syncs it: the transaction fails all the same. All other files
 * are those of the default VFS.
 */
#ifndef RP_STORE_GATHER_H
#define RP_STORE_GATHER_H

#include <sqlite3.h>

/* SQLite's VFS for Unix takes no more than 131,071 octets in one call. */
#define RP_GATHER_MAX (124 * 1024)

/*
 * One for each connection. To be registered only while it is opened; it must
 * live as long as the connection and may then be freed.
 */
struct rp_gather {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	char name[40];
};

/* On top of what is the default VFS now. */
void rp_gather_init(struct rp_gather *g);

#endif
