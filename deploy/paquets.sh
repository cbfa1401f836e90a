#!/bin/sh
# Install the Debian packages that wheels lack, when allowed; otherwise say exactly what to type.
# Usage: deploy/paquets.sh demo | test
set -eu

manquants=""
besoin() { # besoin PACKAGE TEST...
    paquet=$1
    shift
    "$@" >/dev/null 2>&1 || manquants="$manquants $paquet"
}
bibliotheque() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q "$1"; }

besoin libpango-1.0-0 bibliotheque libpango-1.0.so.0
besoin libpangoft2-1.0-0 bibliotheque libpangoft2-1.0.so.0
besoin libharfbuzz-subset0 bibliotheque libharfbuzz-subset.so.0
if [ "${1:-demo}" = test ]; then
    besoin chromium command -v chromium
    besoin nodejs command -v node
    besoin npm command -v npm
    besoin default-jre-headless command -v java
    besoin clamav-daemon sh -c 'command -v clamd || test -x /usr/sbin/clamd'
fi
[ -n "$manquants" ] || exit 0

commande="apt-get install -y --no-install-recommends$manquants"
if [ "$(id -u)" = 0 ]; then
    super=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    super="sudo"
else
    echo "Il manque des paquets du système. Tapez, puis recommencez :" >&2
    echo "  sudo apt-get update && sudo $commande" >&2
    exit 1
fi
echo "Installation de$manquants"
# Services must not start at install: nothing here is a server of the system.
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
if ! $super $commande >/dev/null 2>&1; then
    $super apt-get update -qq
    $super $commande >/dev/null
fi
