# What the trails record, which decides whether "not seen" proves anything. A trail is asked in its home Region, which its
# ARN names, also where that is none of the Regions asked for.
collect_cloudtrail() {
  local arn place
  ask cloudtrail describe-trails "$1" '' ''
  names TrailARN trails
  while IFS= read -r arn; do
    place=${arn#arn:*:cloudtrail:}
    place=${place%%:*}
    case $place in '' | *[!a-z0-9-]*) place=$1 ;; esac
    if [ "$place" != "$1" ]; then
      case " $regions " in *" $place "*) continue ;; esac
      # Every Region shows such a trail; the first asks.
      case "${regions# } " in "$1 "*) ;; *) continue ;; esac
    fi
    ask cloudtrail get-trail-status "$place" "$arn" TrailNotFoundException --name="$arn"
    ask cloudtrail get-event-selectors "$place" "$arn" TrailNotFoundException --trail-name="$arn"
  done <"$work/trails"
}
