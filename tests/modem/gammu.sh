#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Is the simulator a fair modem? Gammu's own tools must find nothing odd about
# it: gammu reads, sends, asks and gets its delivery report in every dialect;
# gammu-smsd receives and sends. All at the same time, since each waits for
# seconds while it opens its modem.
set -uo pipefail

bin=${HAILONG_BIN:?}
folder=$(mktemp -d) || exit 1
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

fail() {
	printf '%s\n' "$*" >&2
	exit 1
}

# modem NAME DIALECT: starts one; its line is $folder/NAME
modem() {
	"$bin/modem-simulator" --link "$folder/$1" --control "$folder/$1.control" \
		--dialect "$2" &
	for _ in {1..100}; do
		[[ -S $folder/$1.control ]] && return
		sleep 0.1
	done
	fail "$1: no simulator"
}

# tell NAME COMMAND
tell() {
	"$bin/modem-simulator" --control "$folder/$1.control" --send "$2"
}

# has FILE WORDS WHAT
has() {
	grep -qF -- "$2" "$1" || {
		tail -n 12 "$1" >&2
		fail "$3: no \"$2\""
	}
}

talk() {
	local name=$1 out=$folder/$1.out

	modem "$name" "$name"
	tell "$name" 'receive +84912345678 Rất hài lòng' >/dev/null
	tell "$name" 'receive --reverse +84912345678 '"$(printf 'cam on %.0s' {1..40})" \
		>/dev/null
	printf '[gammu]\ndevice = %s\nconnection = at115200\n' "$folder/$name" \
		>"$folder/$name.rc"
	printf '%s\n' identify geteachsms networkinfo 'getussd *101#' \
		'sendsms TEXT +84912345678 -text "Cam on" -report' \
		'deletesms 1 1' >"$folder/$name.batch"
	timeout 600 gammu -c "$folder/$name.rc" batch "$folder/$name.batch" \
		>"$out" 2>&1 || { tail -n 12 "$out" >&2; fail "$name: gammu failed"; }
	has "$out" 490154203237518 "$name identify"
	has "$out" 'Rất hài lòng' "$name geteachsms"
	has "$out" '3 SMS parts in 2 SMS sequences' "$name geteachsms"
	has "$out" 'home network' "$name networkinfo"
	has "$out" 'TKC 45.000d' "$name getussd"
	has "$out" 'message reference=1' "$name sendsms"
	timeout 600 gammu -c "$folder/$name.rc" monitor 1 >"$out" 2>&1
	has "$out" 'Delivery status      : Delivered' "$name monitor"
	tell "$name" status >"$folder/$name.status"
	has "$folder/$name.status" 'used 2' "$name deletesms"
	printf 'ok: gammu, dialect %s\n' "$name"
}

daemon() {
	local d=$folder/smsd text='Cam on Ong/Ba' monitor

	modem line plain
	mkdir -p "$d"/{in,out,sent,error}
	printf '%s\n' '[gammu]' "device = $folder/line" 'connection = at115200' \
		'[smsd]' 'service = files' "logfile = $d/log" "inboxpath = $d/in/" \
		"outboxpath = $d/out/" "sentsmspath = $d/sent/" \
		"errorsmspath = $d/error/" 'commtimeout = 1' 'deliveryreport = log' \
		>"$d/rc"
	tell line 'receive +84912345678 Rất hài lòng' >/dev/null
	gammu-smsd -c "$d/rc" >/dev/null 2>&1 &
	gammu-smsd-inject -c "$d/rc" TEXT +84912345678 -text "$text" \
		>/dev/null 2>&1 || fail "gammu-smsd-inject failed"
	for _ in {1..300}; do
		tell line sent >"$d/air"
		grep -qrF 'Rất hài lòng' "$d/in" && grep -qF "$text" "$d/air" &&
			break
		sleep 0.2
	done
	grep -qrF 'Rất hài lòng' "$d/in" || fail "gammu-smsd received nothing"
	has "$d/air" "$text" gammu-smsd
	monitor=$(gammu-smsd-monitor -c "$d/rc" -n 1 -d 1 2>/dev/null)
	[[ $monitor == *490154203237518* ]] || fail "gammu-smsd-monitor: $monitor"
	echo "ok: gammu-smsd"
}

children=()
for dialect in plain quectel huawei simcom telit; do
	(trap 'kill $(jobs -p) 2>/dev/null' EXIT; talk "$dialect") &
	children+=($!)
done
(trap 'kill $(jobs -p) 2>/dev/null' EXIT; daemon) &
children+=($!)
status=0
for child in "${children[@]}"; do
	wait "$child" || status=1
done
exit $status
