#!/bin/sh
# The same grouping by other compilers, options and machines: one line each, and
# 1 if their numbers differ.
#
# usage: bench/themes_machine.sh FILE [THEMES]
# Arm is tried where gcc-aarch64-linux-gnu and qemu-user are there.
set -eu
cd "$(dirname "$0")/.."
top=$(mktemp -d)
trap 'rm -rf "$top"' EXIT
sources="bench/themes_machine.c src/base/arena.c src/base/buf.c src/base/err.c
	src/base/map.c src/base/rand.c src/base/str.c src/themes/agreement.c
	src/themes/consensus.c src/themes/corpus.c src/themes/ensemble.c
	src/themes/fit.c src/themes/fit_assign.c src/themes/fit_tree.c
	src/themes/kernel.c src/themes/kmeans.c src/themes/mixture.c
	src/themes/numeric.c src/themes/random.c src/themes/stop.c
	src/themes/tree.c"

try() {
	name=$1 run=$2
	shift 2
	# What is not called need not be there.
	"$@" -std=gnu17 -D_GNU_SOURCE -ffp-contract=off -Isrc \
		-include src/base/banned.h -ffunction-sections -Wl,--gc-sections \
		-o "$top/run" $sources -lm
	printf '%s: ' "$name"
	$run "$top/run" $given | tee -a "$top/all"
}

given="$*"
try 'gcc -O2' '' gcc -O2 -ftree-vectorize
try 'gcc -O0' '' gcc -O0
try 'gcc -O3, vectors of eight' '' gcc -O3 -mavx2
try 'gcc -O2, plain twins' '' gcc -O2 -U__SSE2__
if command -v clang >/dev/null; then
	try 'clang -O2' '' clang -O2
fi
if command -v aarch64-linux-gnu-gcc >/dev/null &&
	command -v qemu-aarch64 >/dev/null; then
	try 'Arm, gcc -O2' qemu-aarch64 aarch64-linux-gnu-gcc -static -O2 \
		-ftree-vectorize
else
	echo 'Arm: no gcc-aarch64-linux-gnu and qemu-user'
fi
test "$(sort -u "$top/all" | wc -l)" -eq 1
