# Policies of functions.
collect_lambda() {
  local arn
  ask lambda list-functions "$1" '' ''
  names FunctionArn functions
  while IFS= read -r arn; do
    ask lambda get-policy "$1" "$arn" ResourceNotFoundException --function-name="$arn"
  done <"$work/functions"
}
