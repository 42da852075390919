#!/bin/sh
# A distribution for the tests: apt-get, apt-cache, dpkg-deb, dpkg-query and ldd
# are links to this file. Beside them lie `names` (its packages), `commands` (what
# was asked of it), and, where a test wants that, `broken` (no source answers),
# `stuck` (nothing comes), `ended` (somebody stops it), `lacking` (a library that
# no package has).
set -eu
here=$(dirname "$0")
while [ "${1-}" = -q ] || [ "${1-}" = -o ]; do
    [ "$1" = -q ] || shift
    shift
done
echo "$(basename "$0") $*" >> "$here/commands"
case "$(basename "$0") $1" in
"apt-get update")
    [ ! -e "$here/stuck" ] || exec tail -f /dev/null
    [ ! -e "$here/ended" ] || kill $$
    [ ! -e "$here/broken" ] || echo "W: Failed to fetch http://mirror.example/InRelease" >&2
    ;;
"apt-cache pkgnames") cat "$here/names" ;;
"apt-get download")
    shift
    for name in "$@"; do
        case "$name" in
        --print-uris) ;;
        *) if [ "$1" = --print-uris ]; then
            echo "'http://mirror.example/$name.deb' $name.deb 1000000 SHA256:00"
        else
            echo "$name" > "$name.deb"
        fi ;;
        esac
    done
    ;;
"dpkg-query -W") printf 'installed libc6\ninstalled libssl3\nconfig-files libicu72\n' ;;
"dpkg-deb --field")
    case "$(cat "$2")" in
    postgresql-client-*) echo "libpq5 (>= 15.20), libssl3" ;;
    postgresql-*) echo "locales | locales-all, tzdata, libc6 (>= 2.34), libicu72, libllvm14, libssl3" ;;
    libpq5) echo "libkrb5-3:any, libpq5" ;;
    esac
    ;;
"dpkg-deb --extract")
    name=$(cat "$2")
    case "$name" in
    postgresql-client-*) ;;
    postgresql-*)
        lib=$3/usr/lib/postgresql/${name#postgresql-}
        mkdir -p "$lib/bin" "$lib/lib/bitcode"
        printf '#!/bin/sh\necho "postgres (PostgreSQL) %s.99 (Test)"\n' "${name#postgresql-}" > "$lib/bin/postgres"
        cp "$lib/bin/postgres" "$lib/bin/initdb"
        chmod 755 "$lib/bin/postgres" "$lib/bin/initdb"
        touch "$lib/lib/llvmjit.so" "$lib/lib/llvmjit_types.bc" "$lib/lib/bitcode/x.bc" "$lib/lib/plpgsql.so"
        ;;
    *)
        mkdir -p "$3/usr/lib/x86_64-linux-gnu"
        touch "$3/usr/lib/x86_64-linux-gnu/$name"
        ;;
    esac
    ;;
ldd*)
    for name in libicu72 libpq5 libkrb5-3; do
        case ":${LD_LIBRARY_PATH-}" in
        :*/x86_64-linux-gnu*) [ ! -e "${LD_LIBRARY_PATH%%:*}/$name" ] || continue ;;
        esac
        printf '\t%s.so => not found\n' "$name"
    done
    printf '\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007ff0bfc20000)\n'
    [ ! -e "$here/lacking" ] || printf '\tliblacking.so.1 => not found\n'
    ;;
esac
