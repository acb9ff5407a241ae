#!/bin/sh
# Pages over HTTP, beside other servers with the same bytes. One worker each,
# in turns; the median rate of RUNS runs, and the p99 of that run.
#
# usage: bench/web.sh [PROGRAM [RUNS [SECONDS]]]
#
# Wants a release build, wrk, nginx, fossil and node. Prints a table for
# bench/RESULTS.md. Everything listens on loopback, ports 18480 to 18483.
set -eu
cd "$(dirname "$0")/.."
program=$(realpath "${1:-build-release/src/proc/rapporteur}")
runs=${2:-5}
seconds=${3:-5}
port=18480
dir=$(mktemp -d /tmp/rp-bench.XXXXXX)
chmod 711 "$dir" # nginx, started by root, reads as somebody else
pids=
end() {
	for p in $pids; do kill "$p" 2>/dev/null || :; done
	wait
	rm -rf "$dir"
}
trap end EXIT
trap 'exit 1' INT TERM
ulimit -n 8192

# Ours, with the demonstration body and budgets that do not bite.
many=
for kind in submissions reads; do
	for part in all 48 56 64 ipv4 24; do
		many="$many --set ${kind}_per_$part=100000000"
	done
done
# shellcheck disable=SC2086
set -- --set data_dir="$dir" --set listen=127.0.0.1:$port $many
"$program" migrate "$@"
"$program" demo "$@" >/dev/null
"$program" serve "$@" 2>"$dir/log" &
pids="$pids $!"
until grep -q event=ready "$dir/log"; do sleep 0.1; done

# The addresses: of a consultation with responses that are public.
ours=http://127.0.0.1:$port
path=$(sqlite3 "$dir/rapporteur.db" "
	SELECT '/en/' || g.slug || '/consultations/' || c.number
	FROM consultation c JOIN working_group g ON g.id = c.group_id
	JOIN response r ON r.consultation_id = c.id
	WHERE r.state = 'published' GROUP BY c.id ORDER BY count(*) DESC LIMIT 1")
number=$(sqlite3 "$dir/rapporteur.db" "
	SELECT r.number FROM response r
	JOIN consultation c ON c.id = r.consultation_id
	JOIN working_group g ON g.id = c.group_id
	WHERE r.state = 'published'
	AND '$path' = '/en/' || g.slug || '/consultations/' || c.number
	ORDER BY r.number LIMIT 1")
page=$path/responses/
curl -sf "$ours$page" >"$dir/page.html"
curl -sf -H 'Accept-Encoding: gzip' "$ours$page" >"$dir/page.gz"

# Peers: the same bytes.
mkdir "$dir/www"
cp "$dir/page.html" "$dir/www/page.html"
cp "$dir/page.gz" "$dir/www/page.gz"
cat >"$dir/nginx.conf" <<-END
	daemon off; worker_processes 1; pid $dir/nginx.pid; error_log $dir/e;
	events { worker_connections 4096; }
	http {
		access_log off; keepalive_requests 1000000000;
		open_file_cache max=100; sendfile on; tcp_nopush on;
		server { listen 127.0.0.1:18481; root $dir/www; }
	}
END
chmod 755 "$dir/www"
nginx -e "$dir/e" -c "$dir/nginx.conf" &
pids="$pids $!"
node -e '
	const body = require("fs").readFileSync(process.argv[1]);
	require("http").createServer((q, r) => {
		r.setHeader("Content-Type", "text/html; charset=utf-8");
		r.setHeader("Content-Length", body.length);
		r.end(body);
	}).listen(18482, "127.0.0.1");' "$dir/page.html" &
pids="$pids $!"
(
	cd "$dir"
	HOME=$dir USER=bench fossil init wiki.fossil >/dev/null
	HOME=$dir USER=bench fossil wiki create Page page.html -M text/x-markdown \
		-R wiki.fossil >/dev/null
	HOME=$dir USER=bench exec fossil server --localhost --port 18483 \
		wiki.fossil >/dev/null 2>&1
) &
pids="$pids $!"
sleep 1

# A query that is new each time is a page that is in no cache.
cat >"$dir/afresh.lua" <<-'END'
	local n = 0
	request = function()
		n = n + 1
		return wrk.format("GET", wrk.path .. "?x=" .. n)
	end
END

measure() { # NAME CONNECTIONS URL [WRK-OPTION...]
	name=$1 connections=$2 url=$3
	shift 3
	wrk -t1 -c"$connections" -d"${seconds}s" --latency "$@" "$url" \
		>"$dir/out"
	awk -v name="$name" -v c="$connections" '
		/99%/ { p = $2 } /Requests\/sec/ { r = $2 }
		/Non-2xx/ { bad = $NF }
		END { printf "%s\t%s\t%s\t%s\t%d\n", name, c, r, p, bad }' \
		"$dir/out" >>"$dir/all"
}

for run in $(seq "$runs"); do
	for c in 64 1000; do
		measure nginx $c http://127.0.0.1:18481/page.html
		measure 'nginx, gzip bytes' $c http://127.0.0.1:18481/page.gz
		measure 'cached page' $c "$ours$page"
		measure 'cached page, gzip' $c "$ours$page" \
			-H 'Accept-Encoding: gzip'
		measure 'response afresh' $c "$ours$page$number" \
			-s "$dir/afresh.lua"
		measure 'list afresh' $c "$ours$page" -s "$dir/afresh.lua"
		measure node $c http://127.0.0.1:18482/
		# A fork for each request: 64 at once are enough of it.
		if [ "$run" = 1 ] && [ "$c" = 64 ]; then
			measure fossil $c http://127.0.0.1:18483/wiki?name=Page
		fi
	done
done
printf 'The page has %s octets, %s as gzip.\n\n' \
	"$(wc -c <"$dir/page.html")" "$(wc -c <"$dir/page.gz")"
echo '| what | connections | requests/s | of nginx | p99 |'
echo '|---|---:|---:|---:|---:|'
sort -t'	' -k2,2n -k1,1 -k3,3n "$dir/all" | awk -F'	' '
	{ k = $1 "\t" $2; n[k]++; r[k, n[k]] = $3; p[k, n[k]] = $4
	  if (n[k] == 1) order[++m] = k; bad[k] += $5 }
	END {
		for (i = 1; i <= m; i++) {
			k = order[i]; split(k, f, "\t")
			at = int((n[k] + 1) / 2)
			base = "nginx\t" f[2]
			nb = r[base, int((n[base] + 1) / 2)]
			printf "| %s | %s | %.0f | %.2f | %s |%s\n", f[1], f[2],
				r[k, at], r[k, at] / nb, p[k, at],
				bad[k] ? " " bad[k] " refused" : ""
		}
	}'
