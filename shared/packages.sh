# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
# The Debian 12 packages the house needs, in one place, for server/demo and
# tests/run (bash; sourced). "a|b" is satisfied by either; a is installed.
#
#   packages_want "${packages_build[@]}"    installs what is missing, saying so;
#                                           nothing to do takes no time
#
# Only Debian's own packages, never with what they merely recommend. As root or
# through sudo; without either the missing ones are named and it returns 1.

packages_build=(
	gcc libc6-dev cmake make 'pkgconf|pkg-config' gettext tzdata
	libjansson-dev libyajl-dev libsodium-dev libutf8proc-dev libsqlite3-dev
	'libcurl4-openssl-dev|libcurl4-gnutls-dev' # shared
	libmicrohttpd-dev libpq-dev libqrencode-dev libsystemd-dev liboath-dev libarchive-dev libexpat1-dev libfreexl-dev libcairo2-dev libpango1.0-dev fonts-liberation2 libxlsxwriter-dev r-mathlib # server
	libgtk-4-dev                                               # kiosk
	libgammu-dev                                               # sms
)
# what server/demo runs beside our programs
packages_demo=(curl fonts-noto-core)
# server/demo --check: a display without a screen, a finger, a reader of JSON
packages_check=(xvfb xdotool jq)
packages_test=(
	ninja-build libcmocka-dev clang clang-format
	postgresql                                          # tests/db
	'nginx-light|nginx' haproxy slowhttptest prometheus openssl # tests/edge
	poppler-utils                                       # tests/command
	librsvg2-dev libzbar-dev                            # tests/view
	dbus-daemon at-spi2-core python3 python3-pyatspi    # tests/kiosk
	libwlroots-dev wayland-protocols                    # tests/kiosk: a screen with fingers
	gammu gammu-smsd                                    # tests/modem
	kannel kannel-extras                                # tests/sms
)

# Prints those of the packages that are not installed.
packages_missing() {
	local installed entry names

	names=${*//|/ }
	# shellcheck disable=SC2086 # words are wanted
	installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $names \
		2>/dev/null | sed -n 's/ installed$//p')
	for entry; do
		# the names as lines are the patterns: any of them will do
		grep -qxF -- "${entry//|/$'\n'}" <<<"$installed" ||
			printf '%s\n' "${entry%%|*}"
	done
}

packages_refuse() {
	printf '%s\n' "$1" "As root, install what is missing:" \
		"  apt-get install --no-install-recommends ${*:2}" >&2
	return 1
}

packages_install() {
	local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -y -qq
		-o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
	local log

	if [[ $EUID != 0 ]]; then
		if ! command -v sudo >/dev/null; then
			packages_refuse "You are not root, and there is no sudo." "$@"
			return
		fi
		if ! [[ -t 0 ]] && ! sudo -n true 2>/dev/null; then
			packages_refuse "sudo wants a password, and nobody can type it." "$@"
			return
		fi
		apt=(sudo "${apt[@]}")
	fi
	log=$(mktemp)
	"${apt[@]}" update >"$log" 2>&1 ||
		echo "apt-get update failed; going on with the lists there are" >&2
	if ! "${apt[@]}" install --no-install-recommends "$@" \
		>>"$log" 2>&1 </dev/null; then
		tail -n 15 "$log" >&2
		rm -f "$log"
		packages_refuse "The packages cannot be installed (see above)." "$@"
		return
	fi
	rm -f "$log"
}

packages_want() {
	local missing began=$SECONDS

	if ! command -v dpkg-query >/dev/null; then
		echo "This is no Debian: the packages are yours to see to." >&2
		return
	fi
	mapfile -t missing < <(packages_missing "$@")
	((${#missing[@]})) || return 0
	printf 'Installing from Debian (a few minutes the first time): %s\n' \
		"${missing[*]}"
	packages_install "${missing[@]}" || return
	printf 'Installed in %d s.\n' $((SECONDS - began))
}
