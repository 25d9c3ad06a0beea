# Key policies and grants of customer managed keys. Those of AWS managed keys are AWS's own.
collect_kms() {
  local key
  ask kms list-keys "$1" '' ''
  names KeyArn keys
  while IFS= read -r key; do
    ask kms describe-key "$1" "$key" NotFoundException --key-id="$key"
    if [ "$(inner_member KeyManager)" = AWS ]; then continue; fi
    ask kms get-key-policy "$1" "$key" NotFoundException --key-id="$key" --policy-name=default
    ask kms list-grants "$1" "$key" NotFoundException --key-id="$key"
  done <"$work/keys"
}
