# How one call becomes one line.

say() { printf '%s\n' "$*" | LC_ALL=C tr -d '\000-\011\013-\037\177' >&2; }
stop() {
  say "collect-script: $*"
  exit 1
}

# Stops before anything was fetched, and takes the empty folder away again.
give_up() {
  rm -rf -- "$folder/.work"
  rmdir -- "$folder" 2>/dev/null
  stop "$@"
}

# The text as a string of JSON. Control characters become spaces.
json() {
  local text=$1
  case $text in
    # Into a variable, because some seds end what they write with a line end of their own.
    *[!A-Za-z0-9:/._-]*) text=$(printf '%s' "$text" | LC_ALL=C tr '\001-\037\177' ' ' | LC_ALL=C sed 's/[\\"]/\\&/g') ;;
  esac
  printf '"%s"' "$text"
}

json_or_null() { if [ -n "$1" ]; then json "$1"; else printf 'null'; fi; }

# The CLI with the credentials of the account at hand. Secrets are never arguments, which others on the machine could see.
aws_here() {
  if [ -n "$entered" ]; then
    renew
    (
      unset AWS_PROFILE AWS_DEFAULT_PROFILE
      export AWS_ACCESS_KEY_ID="$role_key" AWS_SECRET_ACCESS_KEY="$role_secret" AWS_SESSION_TOKEN="$role_token"
      exec aws "$@"
    )
  elif [ -n "$profile" ]; then
    aws --profile="$profile" "$@"
  else
    aws "$@"
  fi </dev/null
}

# call SERVICE OPERATION REGION RESOURCE CODES [--name=value…]
#
# Leaves the CLI's answer in $work/output and says in $state what it was: answered, none (an error of CODES, which say
# that there is no such thing), cut (pages are missing) or failed. REGION is empty for global services.
call() {
  service=$1 operation=$2 region=$3 resource=$4
  local codes=$5 argument name
  shift 5
  parameters=
  for argument in "$@"; do
    name=${argument%%=*}
    case $argument in
      *=*) parameters="$parameters,$(json "${name#--}"):$(json "${argument#*=}")" ;;
      *) parameters="$parameters,$(json "${name#--}"):true" ;;
    esac
  done
  parameters=${parameters#,}
  taken=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  aws_here "$service" "$operation" --region="${region:-$home}" --output=json "$@" >"$work/output" 2>"$work/error"
  understand "$?" "$codes"
}

# Tells from the exit status and $work/error what became of a call.
understand() {
  error_code='' error_text=''
  if [ "$1" -eq 0 ]; then
    state=answered
    # All pages were asked for. Should a token be left all the same, the answer is not whole.
    if LC_ALL=C grep -q -E '^    "(NextToken|nextToken|Marker|NextMarker)": "|^    "(IsTruncated|Truncated)": true' "$work/output"; then
      state='cut'
    fi
    return 0
  fi
  state=failed
  error_text=$(LC_ALL=C tr '\000-\037\177' ' ' <"$work/error")
  error_text=${error_text#"${error_text%%[! ]*}"}
  error_text=${error_text%"${error_text##*[! ]}"}
  case $error_text in
    *'An error occurred ('*') when calling the '*)
      local rest=${error_text#*An error occurred (}
      error_code=${rest%%)*}
      rest=${rest#*) when calling the }
      rest=${rest#* operation}
      case $rest in ' (reached max retries: '*) rest=${rest#*)} ;; esac
      error_text=${rest#: }
      ;;
    *) error_code=CLIError ;;
  esac
  case " $2 " in *" ${error_code:-CLIError} "*) state=none ;; esac
}

# Writes the last call as a line of the file of its account, Region and service. The JSON is the CLI's own: line ends stand
# between its tokens only, so that without them it is one line.
record() {
  local complete=true error=null place="$folder/${account:-unknown}${region:+/$region}" name=${file:-$service}.jsonl
  case $state in cut | failed) complete=false ;; esac
  if [ -n "$error_code" ]; then
    error="{\"code\":$(json "$error_code"),\"message\":$(json "$error_text")}"
  fi
  mkdir -p -- "$place" || stop "cannot make the folder $place"
  {
    printf '{"accessreview":1,"command":%s,' "$(json "$service $operation")" &&
      printf '"account":%s,"region":%s,' "$(json_or_null "$account")" "$(json_or_null "$region")" &&
      printf '"resource":%s,"parameters":{%s},' "$(json_or_null "$resource")" "$parameters" &&
      printf '"takenAt":"%s","complete":%s,"error":%s,"output":' "$taken" "$complete" "$error" &&
      case $state in
        none | failed) printf 'null' ;;
        # The CLI writes nothing for an answer without members.
        *) if [ -s "$work/output" ]; then LC_ALL=C tr -d '\r\n' <"$work/output"; else printf '{}'; fi ;;
      esac &&
      printf '}\n'
  } >>"$place/$name" || stop "cannot write to $place/$name"
  if [ "$complete" = false ]; then note "${error_code:-pages are missing}" "$error_text"; fi
}

ask() {
  call "$@"
  record
}

# Remembers for the end what could not be fetched.
note() {
  say "  ${account:-unknown account}${region:+ $region}: $service $operation${resource:+ $resource}: $1${2:+ ($2)}"
  printf '%s%s: %s %s: %s\n' "${account:-unknown account}" "${region:+ $region}" "$service" "$operation" "$1" \
    >>"$folder/.work/incomplete"
}

# A member of the last answer's outermost object, or of the object in it.
member() { LC_ALL=C sed -n "s/^    \"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" "$work/output"; }
inner_member() { LC_ALL=C sed -n "s/^        \"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" "$work/output"; }

# names MEMBER FILE: that member of every object of the last answer's list. items MEMBER FILE: the strings of the list itself.
# The CLI indents by four, and no string holds an end of line, so that the depth of a line is sure.
names() {
  LC_ALL=C sed -n "s/^            \"$1\": \"\(.*\)\",\{0,1\}\$/\1/p" "$work/output" | unescaped >"$work/$2"
  if [ ! -s "$work/$2" ] && [ "$state" != failed ] && LC_ALL=C grep -q "\"$1\": " "$work/output"; then
    note 'the answer has an unknown form' ''
  fi
}
items() {
  LC_ALL=C sed -n 's/^        "\(.*\)",\{0,1\}$/\1/p' "$work/output" | unescaped >"$work/$2"
  if [ ! -s "$work/$2" ] && [ "$state" != failed ] && LC_ALL=C grep -q "\"$1\": \[\$" "$work/output"; then
    note 'the answer has an unknown form' ''
  fi
}
unescaped() { LC_ALL=C sed 's/\\\(["\\/]\)/\1/g'; }
