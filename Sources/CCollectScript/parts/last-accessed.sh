# When each role last tried each service and action. IAM makes a report for every role, which takes a while, so all are
# ordered before the first is fetched.
collect_last_accessed() {
  say "  iam: last accessed reports"
  local arn job tab
  tab=$(printf '\t')
  call iam get-account-authorization-details '' '' '' --filter=Role
  names Arn arns
  if [ "$state" != answered ]; then record; fi
  LC_ALL=C sed -n '/^arn:[^:]*:iam::[0-9]*:role\//p' "$work/arns" >"$work/roles"
  : >"$work/jobs"
  while IFS= read -r arn; do
    call iam generate-service-last-accessed-details '' "$arn" NoSuchEntity --arn="$arn" --granularity=ACTION_LEVEL
    if [ "$state" = answered ]; then
      printf '%s\t%s\n' "$(member JobId)" "$arn" >>"$work/jobs"
    else
      record
    fi
  done <"$work/roles"
  while IFS="$tab" read -r job arn; do fetch_last_accessed "$job" "$arn"; done <"$work/jobs"
}

# The CLI does not join the pages of these reports. Each is a line; the last is the one that says so itself.
fetch_last_accessed() {
  local marker='' tries=0
  while :; do
    if [ -n "$marker" ]; then
      call iam get-service-last-accessed-details '' "$2" '' --job-id="$1" --marker="$marker"
    else
      call iam get-service-last-accessed-details '' "$2" '' --job-id="$1"
      if [ "$state" = answered ] && [ "$(member JobStatus)" = IN_PROGRESS ]; then
        tries=$((tries + 1))
        if [ "$tries" -lt 60 ]; then
          sleep 2
          continue
        fi
        state=failed error_code=CLIError error_text='the report is not ready after two minutes'
      fi
    fi
    if [ "$state" = answered ] && [ "$(member JobStatus)" = FAILED ]; then
      state=failed error_code=CLIError error_text='IAM could not make the report'
    fi
    marker=
    if [ "$state" = cut ]; then
      marker=$(member Marker)
      # The page is whole, and the next one follows.
      if [ -n "$marker" ]; then state=answered; fi
    fi
    record
    [ -n "$marker" ] || return 0
  done
}
