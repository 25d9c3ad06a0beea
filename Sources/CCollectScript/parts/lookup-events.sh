# CloudTrail's event history: management events of 90 days, for those who have no trail of their own. Without any filter
# and to the last page, so that it is whole for the time that it names.
collect_lookup_events() {
  local file=lookup-events now oldest from to day
  now=$(date -u +%s)
  # Events come late, by minutes; the last hour is left alone.
  to=$((now - 3600))
  # The oldest day that the history still has wholly, and for as long as the fetching may take.
  oldest=$(((now - 90 * 86400 + 10800) / 86400 + 1))
  from=$((oldest * 86400))
  call cloudtrail lookup-events "$1" '' '' --max-items=5000 --start-time="$(instant "$from")" --end-time="$(instant "$to")"
  if [ "$state" != cut ]; then
    record
    return
  fi
  # Too many for one answer: day by day.
  for ((day = oldest; day * 86400 <= to; day++)); do
    from=$((day * 86400))
    if [ $((from + 86399)) -lt "$to" ]; then now=$((from + 86399)); else now=$to; fi
    file=lookup-events-$(instant "$from")
    file=${file%T*}
    ask cloudtrail lookup-events "$1" '' '' --start-time="$(instant "$from")" --end-time="$(instant "$now")"
  done
}

# Seconds since 1970 as a time of day in UTC. date does this with options that differ between systems; the calendar does not.
instant() {
  local days=$(($1 / 86400)) rest=$(($1 % 86400)) era year month
  # Years that begin in March have their leap day at the end; 400 of them have 146097 days.
  days=$((days + 719468))
  era=$((days / 146097))
  days=$((days % 146097))
  year=$(((days - days / 1460 + days / 36524 - days / 146096) / 365))
  days=$((days - (365 * year + year / 4 - year / 100)))
  month=$(((5 * days + 2) / 153))
  days=$((days - (153 * month + 2) / 5 + 1))
  year=$((year + era * 400))
  month=$((month + 3))
  if [ "$month" -gt 12 ]; then
    month=$((month - 12))
    year=$((year + 1))
  fi
  printf '%04d-%02d-%02dT%02d:%02d:%02dZ' "$year" "$month" "$days" $((rest / 3600)) $((rest / 60 % 60)) $((rest % 60))
}
