#!/bin/sh
# The nightly job: newer layers, a run into a folder of its own, and only then the link that the web server follows.
#   nightly.sh WORKSPACE SITE
# Two jobs at once: the second ends at once with code 75. A job that fails leaves the pages of the night before.
set -eu

workspace=${1:?the workspace file}
site=${2:?the folder of the site}
keep=${TESOMA_KEEP_RUNS:-7}
mkdir -p "$site/runs"

exec 9>"$site/.lock"
if ! flock --nonblock 9; then
    echo "nightly: another job is at work in $site" >&2
    exit 75
fi

run="$site/runs/$(date --utc +%Y-%m-%dT%H%M%SZ)"
# Without a network the layers of the night before are used; `check` tells of those that are missing or wrong.
tesoma-geo fetch --overwrite --workspace "$workspace" || echo "nightly: not all layers are newer" >&2
tesoma-geo check --workspace "$workspace" >/dev/null
tesoma-geo run --workspace "$workspace" --out "$run" --metrics "$site/tesoma.prom"

# One rename: nobody ever sees a site that is half there.
ln --symbolic "runs/$(basename "$run")" "$site/.next.$$"
mv --no-target-directory "$site/.next.$$" "$site/current"

# The newest runs are kept, the one that is shown always.
day='[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
find "$site/runs" -mindepth 1 -maxdepth 1 -name "${day}T[0-9][0-9][0-9][0-9][0-9][0-9]Z" -printf '%f\n' |
    sort --reverse | tail --lines=+"$((keep + 1))" |
    while read -r old; do
        [ "$(readlink "$site/current")" = "runs/$old" ] || rm -r -- "$site/runs/$old"
    done
