#!/bin/sh
# Run each program in turn on the PostgreSQL that was started for all of them
# (pg_cluster.sh with ...); fail if one fails. Without one: skip.
[ -n "${RP_TEST_PG-}" ] || exit 77
export RP_TEST_ENGINE=pg
failed=0
for program; do
	out=$("$program" 2>&1) || {
		echo "$program"
		echo "$out"
		failed=1
	}
done
exit "$failed"
