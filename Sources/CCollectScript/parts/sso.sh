# IAM Identity Center: which permission sets there are, what they grant, and to whom in which account.
collect_sso() {
  [ -n "$organisation_here" ] || return 0
  local instance
  ask sso-admin list-instances "$1" '' ''
  names InstanceArn instances
  while IFS= read -r instance; do permission_sets "$1" "$instance"; done <"$work/instances"
}

permission_sets() {
  local arn
  ask sso-admin list-permission-sets "$1" "$2" '' --instance-arn="$2"
  items PermissionSets permission-sets
  while IFS= read -r arn; do permission_set "$1" --instance-arn="$2" "$arn"; done <"$work/permission-sets"
}

permission_set() {
  local gone=ResourceNotFoundException id
  ask sso-admin describe-permission-set "$1" "$3" "$gone" "$2" --permission-set-arn="$3"
  ask sso-admin get-inline-policy-for-permission-set "$1" "$3" "$gone" "$2" --permission-set-arn="$3"
  ask sso-admin get-permissions-boundary-for-permission-set "$1" "$3" "$gone" "$2" --permission-set-arn="$3"
  ask sso-admin list-managed-policies-in-permission-set "$1" "$3" "$gone" "$2" --permission-set-arn="$3"
  ask sso-admin list-customer-managed-policy-references-in-permission-set "$1" "$3" "$gone" "$2" --permission-set-arn="$3"
  ask sso-admin list-accounts-for-provisioned-permission-set "$1" "$3" "$gone" "$2" --permission-set-arn="$3"
  items AccountIds provisioned
  while IFS= read -r id; do
    ask sso-admin list-account-assignments "$1" "$3" "$gone" "$2" --permission-set-arn="$3" --account-id="$id"
  done <"$work/provisioned"
}
