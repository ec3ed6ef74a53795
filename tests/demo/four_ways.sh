# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# ./server/demo --check goes on here, with everything but the kiosk running:
# one answer through each of the four ways in, each waited for until the scores
# have grown by exactly one, then the staff page, the scores and the recount.
# Sourced by server/demo, whose functions and variables it uses ($url, $data,
# start, wait_for, modem, hailong_server, fail, say).
# shellcheck disable=SC2154

readonly channels=(kiosk web sms api)
# Between a touch and the collector the kiosk may ask, thank and wait; the rest
# takes a second. Long enough for a slow machine, never waited for otherwise.
readonly patience=120
kiosk_desk=TPD1 # one field, land: it asks nothing after the face
declare -A before=() took=()

# count CHANNEL: its valid answers of today (and of tomorrow, should the night
# pass meanwhile).
count() {
	hailong_server scores --period "$today" --by channel --format json |
		jq "[.[] | select(.scope.channel == \"$1\") | .valid] | add // 0"
}

# has_grown CHANNEL: by one. By more is an error at once: something counts twice.
has_grown() {
	local now

	now=$(count "$1") || fail "the scores cannot be read"
	((now <= before[$1] + 1)) ||
		fail "one answer by $1 was counted $((now - before[$1])) times"
	((now == before[$1] + 1))
}

# expect_counted CHANNEL PROGRAM BEGAN
expect_counted() {
	wait_for "$patience" "$2" "the answer by $1 to be counted" has_grown "$1"
	took[$1]=$((SECONDS - $3))
	say "ok: $1 (${took[$1]} s)"
}

# The samples come and go: the four answers shall be seen alone.
try_samples() {
	[[ $(hailong_server check) == *"(with samples)"* ]] || return 0
	hailong_server check || fail "the samples' tallies are wrong"
	hailong_server sample --remove || fail "the samples stay"
}

by_kiosk() {
	local began=$SECONDS display

	say "Kiosk: presses 'Rất hài lòng' on a display without a screen ..."
	new_token "kiosk-$kiosk_desk" kiosk --desk "$kiosk_desk"
	sed "s/kiosk-$desk/kiosk-$kiosk_desk/" "$data/kiosk.ini" \
		>"$data/kiosk-check.ini"
	: >"$data/display"
	start xvfb Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp \
		3>"$data/display"
	wait_for 300 xvfb "the display" grep -q . "$data/display"
	display=:$(<"$data/display")
	start kiosk env -u WAYLAND_DISPLAY DISPLAY="$display" GDK_BACKEND=x11 \
		"$bin/hailong-kiosk" --config "$data/kiosk-check.ini"
	wait_for 600 kiosk "the kiosk" grep -q ' ready$' "$data/kiosk.log"
	# its desk's own settings, which say that there is nothing more to ask
	wait_for 600 kiosk "the kiosk's settings" \
		test -s "$data/kiosk-$kiosk_desk.db.settings"
	DISPLAY=$display timeout 600 "$root/tests/kiosk/press" 'Rất hài lòng' ||
		fail "the kiosk's window cannot be pressed"
	expect_counted kiosk kiosk "$began"
	stop kiosk
	stop xvfb
}

by_form() {
	local began=$SECONDS id

	say "Form: fills in $url/f/$desk ..."
	curl -fsSL -m 20 -o "$data/form.html" "$url/f/$desk" ||
		fail "no form at $url/f/$desk"
	id=$(sed -n 's/.*name="id" value="\([0-9a-f-]\{36\}\)".*/\1/p' \
		"$data/form.html")
	[[ -n $id ]] || fail "the form has no id ($data/form.html)"
	curl -fsS -m 20 -o "$data/thanks.html" --data-urlencode "id=$id" \
		-d overall=4 -d field=ho-tich -d attitude=5 -d lang=vi \
		--data-urlencode "comment=Cán bộ nhiệt tình" "$url/f/$desk" ||
		fail "the form was not taken"
	expect_counted web collector "$began"
}

has_replied() {
	modem sent 2>/dev/null | grep -qF -- "$1"
}

by_sms() {
	local began=$SECONDS number

	# another one each time, so that a folder used twice sees a new citizen
	number=+8491$(shuf -i 1000000-9999999 -n 1)
	say "SMS: 'LH1 5 cam on' from a phone, through the simulated modem ..."
	modem "receive $number $desk 5 cam on" >/dev/null ||
		fail "the simulated modem takes no SMS"
	expect_counted sms sms "$began"
	wait_for "$patience" sms "the confirmation SMS" has_replied "$number"
	say "    reply: $(modem sent | grep -F -- "$number" | tail -n 1)"
}

# post_answer STATUS: sends the same answer; expects that result.
post_answer() {
	curl -sS -m 20 -o "$data/api.result.json" -H @- \
		-H 'Content-Type: application/json' \
		--data-binary "@$data/api.json" "$url/api/v1/answers" \
		<<<"Authorization: Bearer $(<"$data/import.token")" ||
		fail "the interface does not answer"
	jq -e ".results[0].status == \"$1\"" "$data/api.result.json" \
		>/dev/null || fail "expected $1: $(<"$data/api.result.json")"
}

by_api() {
	local began=$SECONDS

	say "Interface: POST /api/v1/answers, twice the same ..."
	new_token import import
	cat >"$data/api.json" <<-EOF
	{"answers":[{"id":"$(</proc/sys/kernel/random/uuid)","form":"one-stop",
	"form_version":1,"desk":"$desk","field":"chung-thuc","lang":"vi",
	"answered_at":"$(date +%Y-%m-%dT%H:%M:%S%:z)","scores":{"overall":5}}]}
	EOF
	post_answer stored
	post_answer duplicate
	expect_counted api collector "$began"
}

# The staff page behind its login; the password comes out of its file.
see_staff_page() {
	local page

	curl -fsS -m 20 -o /dev/null -c "$data/cookies" -d login="$login" \
		--data-urlencode "password@$data/password" "$url/login" ||
		fail "the staff login is refused"
	page=$(curl -fsS -m 20 -b "$data/cookies" "$url/staff/") ||
		fail "no staff page behind the login"
	grep -q '</html>' <<<"$page" || fail "the staff page is cut off"
	say "ok: staff page behind its login (${#page} characters)"
}

print_table() {
	local channel

	printf '\n%-8s %7s %7s %8s\n' channel before after 'took (s)'
	for channel in "${channels[@]}"; do
		printf '%-8s %7d %7d %8d  ok\n' "$channel" \
			"${before[$channel]}" "$(count "$channel")" "${took[$channel]}"
	done
}

four_ways() {
	local channel

	today=$(TZ=Asia/Ho_Chi_Minh date +%F)
	today+=..$(TZ=Asia/Ho_Chi_Minh date -d '+1 day' +%F)
	[[ $temporary == yes ]] && try_samples
	for channel in "${channels[@]}"; do
		before[$channel]=$(count "$channel") || fail "no scores"
	done
	by_kiosk
	by_form
	by_sms
	by_api
	# each once, still: nothing was counted twice by a later one
	for channel in "${channels[@]}"; do
		has_grown "$channel" || fail "$channel: not one answer more"
	done
	see_staff_page
	say
	hailong_server scores --period "$today" --by channel ||
		fail "no scores by channel"
	say
	say "Fields with answers (- none said):"
	hailong_server scores --period "$today" --by field >"$data/fields" ||
		fail "no scores by field"
	grep -v no_data "$data/fields"
	print_table
	hailong_server check || fail "tallies and recount differ"
	say "All four ways work ($SECONDS s in all)."
}
