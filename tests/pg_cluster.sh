#!/bin/sh
# A temporary PostgreSQL cluster on a Unix socket, for tests.
#
# usage: pg_cluster.sh start DIR [durable]   print its URL
#        pg_cluster.sh stop DIR              stop it and remove DIR
#        pg_cluster.sh restart|kill|pause|resume DIR
#        pg_cluster.sh with PROGRAM...       run PROGRAM with RP_TEST_PG set
#
# DIR must not exist. Without `durable` nothing is synced. Started by root, the
# server runs as postgres or nobody. `with` uses RP_TEST_PG if it is set; where
# PostgreSQL is not installed the program runs without it and skips.
set -eu

bin=${PG_BINDIR:-/usr/lib/postgresql/15/bin}
[ -x "$bin/initdb" ] || bin=$(dirname "$(command -v initdb || echo /none)")

as_owner() {
	if [ "$(id -u)" != 0 ]; then
		"$@"
	else
		id postgres >/dev/null 2>&1 && owner=postgres || owner=nobody
		setpriv --reuid="$owner" --regid="$(id -gn "$owner")" \
			--clear-groups --inh-caps=-all env HOME=/ LC_ALL=C "$@"
	fi
}

start() {
	dir=$1
	sync=off
	[ "${2-}" != durable ] || sync=on
	mkdir "$dir"
	if [ "$(id -u)" = 0 ]; then
		id postgres >/dev/null 2>&1 && chown postgres "$dir" ||
			chown nobody "$dir"
	fi
	cd "$dir"
	as_owner "$bin/initdb" -D "$dir/data" -U rapporteur --auth=trust \
		--locale=C --encoding=UTF8 --no-sync >"$dir.log" 2>&1 ||
		{ cat "$dir.log" >&2; exit 1; }
	rm -f "$dir.log"
	cat >"$dir/data/postgresql.auto.conf" <<-END
		listen_addresses = ''
		unix_socket_directories = '$dir'
		fsync = $sync
		full_page_writes = $sync
		synchronous_commit = on
		shared_buffers = 32MB
		max_connections = 40
		max_wal_size = 256MB
		log_min_messages = fatal
	END
	run start
	echo "postgresql:///postgres?host=$dir&user=rapporteur"
}

run() {
	as_owner "$bin/pg_ctl" -D "$dir/data" -s -w -t 60 \
		-l "$dir/log" "$@" >/dev/null
}

with() {
	if [ -n "${RP_TEST_PG-}" ] || [ ! -x "$bin/initdb" ]; then
		exec "$@"
	fi
	# Socket names are short: not in TMPDIR.
	parent=$(mktemp -d /tmp/rp-pg.XXXXXX)
	chmod 755 "$parent"
	dir=$parent/c
	trap 'run stop -m immediate || :; rm -rf "$parent"' EXIT
	trap 'exit 1' INT TERM HUP
	here=$PWD
	start "$dir" >"$parent/url"
	cd "$here"
	RP_TEST_PG=$(cat "$parent/url") "$@"
}

verb=$1
shift
case $verb in
start) start "$@" ;;
with) with "$@" ;;
stop)
	dir=$1
	cd "$dir"
	run stop -m immediate || :
	cd /
	rm -rf "$dir"
	;;
restart) dir=$1 && cd "$dir" && run restart -m fast ;;
kill) dir=$1 && cd "$dir" && run stop -m immediate ;;
pause) kill -STOP "$(head -n 1 "$1/data/postmaster.pid")" ;;
resume) kill -CONT "$(head -n 1 "$1/data/postmaster.pid")" ;;
*)
	echo "pg_cluster.sh: start, stop, restart, kill, with" >&2
	exit 2
	;;
esac
