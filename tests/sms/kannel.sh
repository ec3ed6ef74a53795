#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The second driver with Debian's Kannel and its fake operator, in the
# configuration we ship (sms/kannel.conf, with other ports and a fake SMSC):
#
#   fakesmsc ── bearerbox ── smsbox ── hailong-sms ── hailong-server
#
# Many messages come in while the gateway is killed and started again: each is
# in the collector, once. Their confirmations go out, and their delivery reports
# come back. --count N: so many messages; how fast is told, not judged.
set -uo pipefail

bin=${HAILONG_BIN:?}
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
count=1500
[[ ${1:-} != --count ]] || count=$2
fake=/usr/lib/kannel/test/fakesmsc
folder=$(mktemp -d) || exit 1
secret=0123456789-abcdef_XYZ
declare -A pids=()

fail() {
	printf '%s\n' "$*" >&2
	tail -n 5 "$folder"/*.out >&2
	exit 1
}

# shellcheck disable=SC2317 # called by the trap
clean() {
	local names=(fake2 fake smsbox bearerbox gateway server) name

	for name in "${names[@]}"; do
		[[ -z ${pids[$name]:-} ]] || kill "${pids[$name]}" 2>/dev/null
		[[ -z ${pids[$name]:-} ]] || wait "${pids[$name]}" 2>/dev/null
	done
	rm -rf "$folder"
}
trap clean EXIT

# start NAME COMMAND…
start() {
	"${@:2}" >"$folder/$1.out" 2>&1 &
	pids[$1]=$!
}

# until_true WHAT COMMAND…: waits, patiently.
until_true() {
	for _ in {1..2400}; do
		"${@:2}" && return
		sleep 0.1
	done
	fail "never: $1"
}

# free ports, a block of them: nothing else of ours listens that high
base=$((20000 + RANDOM % 8000))
listens() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

metric() {
	curl -fsS "http://127.0.0.1:$((base + 5))/metrics" |
		sed -n "s/^$1 //p"
}
stored() { metric 'hailong_sms_messages_total{result="stored"}'; }
has_stored() { (($(stored) >= $1)); }
# rows QUERY: of the collector's or the gateway's figures, by our own programs
gateway_status() { "$bin/hailong-sms" --config "$folder/sms.ini" status; }

collector() {
	cat >"$folder/server.ini" <<-END
		[server]
		listen = 127.0.0.1:$((base + 5))
		[database]
		url = sqlite:$folder/hailong.db
		[log]
		level = warning
	END
	"$bin/hailong-server" --config "$folder/server.ini" init >/dev/null ||
		fail init
	"$bin/hailong-server" --config "$folder/server.ini" device add --kind sms |
		sed 's/.*"token":"\([^"]*\)".*/\1/' >"$folder/token"
	chmod 600 "$folder/token"
	start server "$bin/hailong-server" --config "$folder/server.ini" serve
	until_true "the collector listens" listens $((base + 5))
}

gateway() {
	start gateway "$bin/hailong-sms" --config "$folder/sms.ini"
	until_true "the gateway listens" listens $((base + 4))
}

kannel() {
	mkdir "$folder/store"
	# the operator's group becomes a fake one
	sed -e '/^smsc = smpp/,/^throughput/d' \
		-e "s/^group = smsc$/&\\nsmsc = fake\\nsmsc-id = operator\\nport = $base\\nconnect-allow-ip = 127.0.0.1/" \
		-e "s/13000/$((base + 1))/; s/13001/$((base + 2))/" \
		-e "s/13013/$((base + 3))/; s/13080/$((base + 4))/" \
		-e "s/kannel:change-me@/kannel:$secret@/" \
		-e "s,/var/log/kannel,$folder,; s,/var/spool/kannel,$folder/store," \
		"$root/sms/kannel.conf" >"$folder/kannel.conf"
	start bearerbox bearerbox -v 4 "$folder/kannel.conf"
	until_true "bearerbox listens" listens $((base + 2))
	start smsbox smsbox -v 4 "$folder/kannel.conf"
	until_true "smsbox listens" listens $((base + 3))
}

cat >"$folder/sms.ini" <<-END
	[collector]
	url = http://127.0.0.1:$((base + 5))
	token_file = $folder/token
	[spool]
	path = $folder/spool.db
	[kannel]
	listen = 127.0.0.1:$((base + 4))
	send_url = http://127.0.0.1:$((base + 3))/cgi-bin/sendsms
	user = hailong
	password_file = $folder/password
	secret_file = $folder/secret
	from = 8088
END
echo change-me >"$folder/password"
echo "$secret" >"$folder/secret"
chmod 600 "$folder/password" "$folder/secret"
collector
gateway
kannel

# Whoever does not say the secret hands nothing over, and keeps no connection.
door="http://127.0.0.1:$((base + 4))/in?id=01938f5e-7c1a-7f00-9a51-3f0d3c1f8a01"
# says STATUS CURL-WORD…
says() {
	local status

	status=$(curl -s -o /dev/null -w '%{http_code}' -d 'LH1 1' \
		-H 'X-Kannel-From: +84912345678' "${@:2}" "$door")
	[[ $status == "$1" ]] || fail "${*:2}: $status instead of $1"
}
says 401
says 401 -u "kannel:"
says 401 -u "kannel:${secret}x"
says 401 -u "kannel:${secret%?}"
says 401 -u ":$secret"
says 401 -u "hailong:$secret"
says 401 -H "Authorization: Bearer $secret"
says 401 -H "Authorization: Basic $secret"
says 200 -u "kannel:$secret" -H 'X-Kannel-Coding: 1' # no words

# A request that drips is ended, though a byte comes now and then.
drips() {
	exec 4<>"/dev/tcp/127.0.0.1/$((base + 4))"
	printf 'POST /in HTTP/1.1\r\nX: ' >&4
	for _ in {1..1200}; do
		sleep 0.2
		printf x >&4 || break
	done 2>/dev/null
	exec 4>&-
}
(trap '' PIPE && drips) &
dripping=$!
is_over() { ! kill -0 "$dripping" 2>/dev/null; }
until_true "a request that drips ends" is_over

# An idle connection of smsbox would keep out one that brings a message.
[[ $(curl -s -i -u "kannel:$secret" -d x \
	"http://127.0.0.1:$((base + 4))/in?id=x") == \
	*"Connection: close"* ]] || fail "a connection is kept"

# A burst, and how long it takes into the collector.
texts=()
for i in {10..59}; do # the very same text again would be a repeat
	for score in 1 2 3 4 5; do
		texts+=("+849123456$i 8088 text LH1 $score cam on")
	done
done
before=${EPOCHREALTIME/./}
start fake "$fake" -H 127.0.0.1 -r "$base" -i 0 -m "$count" "${texts[@]}"
until_true "$count messages in the collector" has_stored "$count"
took=$(((${EPOCHREALTIME/./} - before) / 1000))
printf '%d messages in %d ms, %d a second\n' "$count" "$took" \
	$((count * 1000 / (took + 1)))

# The same with the gateway killed in the middle. The fake operator leaves, and
# another comes: what it did not take from us must not be lost either.
kill "${pids[fake]}" && wait "${pids[fake]}" 2>/dev/null
start fake2 "$fake" -H 127.0.0.1 -r "$base" -i 0.001 -m "$count" "${texts[@]}"
until_true "some more" has_stored $((count + count / 4))
kill -9 "${pids[gateway]}"
wait "${pids[gateway]}" 2>/dev/null
sleep 1
gateway
until_true "$((2 * count)) messages in the collector" has_stored $((2 * count))
sleep 2
[[ $(stored) == $((2 * count)) ]] ||
	fail "$(stored) messages stored instead of $((2 * count))"

# Each of the 50 citizens has had 20 confirmations, the most in a day.
nothing_to_send() {
	curl -fsS -H "Authorization: Bearer $(<"$folder/token")" \
		"http://127.0.0.1:$((base + 5))/api/v1/sms/outbox?max=1" |
		grep -q '"messages": *\[\]'
}
until_true "the confirmations have left" nothing_to_send
sent=$(grep -c 'Got message .*ghi nhan' "$folder/fake.out" "$folder/fake2.out" |
	awk -F: '{ n += $2 } END { print n }')
printf '%d confirmations on the air\n' "$sent"
# one may have been on its way when the gateway was killed: never sent again
unknown=$(metric 'hailong_sms_sent_total{state="unknown"}')
((sent <= 1000 && sent + unknown >= 1000)) ||
	fail "$sent confirmations and $unknown unknown instead of 1000"
[[ $(gateway_status) == *kannel*ready* ]] || fail "$(gateway_status)"
until_true "delivery reports in the collector" eval \
	'(($(metric "hailong_sms_sent_total{state=\"delivered\"}") > 0))'
grep -F "$secret" "$folder"/{gateway,server}.out && fail "the secret in a log"
grep -qF 912345 "$folder"/{gateway,server,smsbox,bearerbox}.out \
	"$folder"/{smsbox,bearerbox}.log && fail "a number in a log"
echo ok
