# Entering other accounts through a role.

# Takes the role's credentials of an account, with the credentials that the script began with. They stay in variables.
enter() {
  local answer tab
  tab=$(printf '\t')
  account=$1 entered='' service=sts operation=assume-role region='' parameters=''
  resource="arn:$partition:iam::$account:role/$assumed_role"
  taken=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  answer=$(aws sts assume-role --role-arn="$resource" --role-session-name=accessreview-collect --region="$home" \
    --query='Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output=text </dev/null 2>"$work/error")
  understand "$?" ''
  if [ "$state" != answered ]; then
    record
    return 1
  fi
  role_key=${answer%%"$tab"*}
  answer=${answer#*"$tab"}
  role_secret=${answer%%"$tab"*} role_token=${answer#*"$tab"}
  entered=$account entered_at=$SECONDS
}

# Sessions of a role last an hour by default, and no longer where the role was entered from another role.
renew() {
  [ $((SECONDS - entered_at)) -ge 2700 ] || return 0
  local now=$SECONDS answer tab
  tab=$(printf '\t')
  if answer=$(aws sts assume-role --role-arn="arn:$partition:iam::$entered:role/$assumed_role" --region="$home" \
    --role-session-name=accessreview-collect --output=text \
    --query='Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' </dev/null 2>/dev/null); then
    role_key=${answer%%"$tab"*}
    answer=${answer#*"$tab"}
    role_secret=${answer%%"$tab"*} role_token=${answer#*"$tab"} entered_at=$now
  fi
}

collect_accounts() {
  local own wanted=$only_accounts id
  identify || give_up "the credentials do not work: ${error_text:-the answer has an unknown form}"
  own=$account
  if [ -z "$wanted" ]; then
    call organizations list-accounts '' '' ''
    if [ "$state" != answered ]; then
      give_up "the accounts of the organisation cannot be listed (name them with --accounts): $error_text"
    fi
    living_accounts >"$work/living"
    while IFS= read -r id; do wanted="$wanted $id"; done <"$work/living"
  fi
  # The own account comes first, because the first one is asked about the organisation.
  case " $wanted " in
    *" $own "*)
      call sts get-caller-identity '' '' ''
      collect_account
      ;;
  esac
  for id in $wanted; do
    if [ "$id" = "$own" ] || ! enter "$id"; then continue; fi
    call sts get-caller-identity '' '' ''
    if [ "$state" = answered ]; then collect_account; else record; fi
  done
  entered=''
}

# The accounts of the last answer, but for those that are closed or not open yet, which nobody can enter.
living_accounts() {
  local line id='' closed=''
  while IFS= read -r line; do
    case $line in
      '            "Id": "'*)
        id=${line#*: \"}
        id=${id%%\"*}
        ;;
      '            "Stat'*'": "SUSPENDED"'* | '            "Stat'*'": "PENDING_'* | '            "Stat'*'": "CLOSED"'*) closed=1 ;;
      '        }'*)
        case $id in
          '' | *[!0-9]*) ;;
          *) if [ -n "$closed" ]; then say "Account $id is closed or not open yet, and is left out."; else printf '%s\n' "$id"; fi ;;
        esac
        id='' closed=''
        ;;
    esac
  done <"$work/output"
}
