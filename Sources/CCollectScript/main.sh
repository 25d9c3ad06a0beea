# From here on something happens.

if [ "$#" -gt 1 ]; then
  say "usage: bash collect.sh [FOLDER]"
  exit 2
fi
command -v aws >/dev/null 2>&1 || stop "there is no aws on PATH. Install the AWS CLI, version 2."
folder=${1:-accessreview-$(date -u +%Y%m%dT%H%M%SZ)}
case $folder in /*) ;; *) folder=./$folder ;; esac
if [ -e "$folder" ]; then stop "$folder is there already. Nothing is taken up where it was left: name a new folder."; fi
mkdir -p -- "$folder/.work" || stop "cannot make the folder $folder"

# The CLI must neither page nor ask, and wait where AWS says that it is too fast. Errors come in the form that every
# version knows, whatever the configuration says.
export AWS_CLI_ERROR_FORMAT=legacy
export AWS_PAGER='' AWS_CLI_AUTO_PROMPT=off AWS_RETRY_MODE=standard PYTHONIOENCODING=utf-8
export AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-10}"
work=$folder/.work
export TMPDIR="$work"
account='' file='' entered='' profile='' home='' partition='' regions='' organisation_asked='' organisation_here='' broken=''
role_key='' role_secret='' role_token='' entered_at=0
: >"$work/incomplete"
stopped() {
  # shellcheck disable=SC2046
  kill $(jobs -p) 2>/dev/null
  stop "stopped; do not use $folder, which lacks what was not fetched yet"
}
trap stopped HUP INT TERM

collect_accounts

lines=$(find "$folder" -name '*.jsonl' -exec cat {} + | wc -l)
lines=$((lines))
if [ -s "$work/incomplete" ]; then
  failed=$(wc -l <"$work/incomplete")
  say ""
  say "$lines answers are in $folder; $((failed)) things could not be fetched, and what rests on them stays unknown:"
  sort "$work/incomplete" | uniq -c >"$work/sorted"
  while IFS= read -r line; do say "  $line"; done <"$work/sorted"
  status=3
else
  say "$lines answers are in $folder, and nothing is missing."
  status=0
fi
rm -rf -- "$folder/.work"
say "Next: accessreview import $folder"
exit "$status"
