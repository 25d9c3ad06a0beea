# Policies of functions. What else a list of functions holds is dropped at once: environment variables may be secrets.
collect_lambda() {
  local arn
  ask lambda list-functions "$1" '' '' --query='{Functions: Functions[].{FunctionArn: FunctionArn, Role: Role}}'
  names FunctionArn functions
  while IFS= read -r arn; do
    ask lambda get-policy "$1" "$arn" ResourceNotFoundException --function-name="$arn"
  done <"$work/functions"
}
