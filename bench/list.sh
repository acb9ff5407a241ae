#!/bin/sh
# Lists and search over many responses: bench/list.sh BUILD [RESPONSES] [URL]
# URL: a PostgreSQL database that is empty; without it SQLite in a new folder.
# The folder is kept and used again if LIST_DIR names one that is there. KIND is
# an expression for the pages to ask for; all without it.
set -eu
build=$1 n=${2:-1000000} url=${3-}
dir=${LIST_DIR-$(mktemp -d)} port=${PORT-18159}
run="$build/src/proc/rapporteur"
set -- --set "data_dir=$dir" --set "listen=127.0.0.1:$port" \
	--set reads_per_ipv4=100000000 --set reads_per_24=100000000 \
	--set reads_per_all=100000000
[ -z "$url" ] || set -- "$@" --set "database=$url"
if [ ! -e "$dir/seeded" ]; then
	mkdir -p "$dir"
	"$run" demo "$@" >"$dir/demo"
	time "$build/bench/list_seed" "${url:-sqlite:$dir/rapporteur.db}" 1 "$n"
	touch "$dir/seeded"
fi
"$run" serve "$@" 2>"$dir/log" &
server=$!
trap 'kill $server' EXIT
sleep 3
web=
for p in $(pgrep -P "$server"); do
	[ "$(cat "/proc/$p/comm")" != web ] || web=$p
done
python3 "$(dirname "$0")/list.py" "$port" wg-names 1 "${ROUNDS-200}" "$web" \
	"${KIND-}"
