# Which account is at hand.

# Finds out whose credentials these are, and which Region to ask global services in.
identify() {
  account='' entered=''
  home=${AWS_REGION:-${AWS_DEFAULT_REGION:-}}
  if [ -z "$home" ]; then home=$(aws_here configure get region 2>/dev/null); fi
  case $home in '' | *[!a-z0-9-]*) home=us-east-1 ;; esac
  call sts get-caller-identity '' '' ''
  [ "$state" = answered ] || return 1
  account=$(member Account)
  partition=$(member Arn)
  partition=${partition#arn:}
  partition=${partition%%:*}
  case $account in '' | *[!0-9]*) return 1 ;; esac
}

# Fetches everything of the account at hand.
collect_account() {
  if [ -e "$folder/$account" ]; then
    say "Account $account was fetched already."
    return
  fi
  say "Account $account"
  mkdir -- "$folder/$account" || stop "cannot make the folder $folder/$account"
  record
  ask ec2 describe-regions '' '' ''
  names RegionName regions
  local wanted=$only_regions place pid pids='' running=0
  if [ -z "$wanted" ]; then
    while IFS= read -r place; do
      # These become names of folders.
      case $place in '' | *[!a-z0-9-]*) ;; *) wanted="$wanted $place" ;; esac
    done <"$work/regions"
    if [ -z "$wanted" ]; then
      say "  The Regions of account $account are not known; only $home is asked."
      wanted=$home
    fi
  fi
  regions=$wanted
  # The first account is asked about the organisation, whichever it is: it may be a delegated administrator's.
  if [ -z "$organisation_asked" ]; then organisation_here=yes; else organisation_here=''; fi
  organisation_asked=yes
  collect_organisation
  collect_globally
  # Several Regions at once: the services count their calls by Region.
  for place in $regions; do
    collect_apart "$place" &
    pids="$pids $!" running=$((running + 1))
    if [ "$running" -ge "$at_once" ]; then
      for pid in $pids; do wait "$pid" || broken=1; done
      pids='' running=0
    fi
  done
  for pid in $pids; do wait "$pid" || broken=1; done
  [ -z "$broken" ] || stop "stopped, because files could not be written; do not use $folder"
}

# A Region in a process of its own, with files of its own to work with.
collect_apart() {
  work=$work/$1
  mkdir -p -- "$work" || stop "cannot make the folder $work"
  export TMPDIR="$work"
  collect_in_region "$1"
}
