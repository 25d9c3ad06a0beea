# The organisation: its tree, and what its policies take away.
collect_organizations() {
  say "  organizations"
  local filter id
  ask organizations describe-organization '' '' AWSOrganizationsNotInUseException
  [ "$state" = answered ] || return 0
  # Only the management account and delegated administrators may ask more. Whether the first account is one, it shows.
  if [ "$(inner_member MasterAccountId)" = "$account" ]; then organisation_here=yes; fi
  [ -n "$organisation_here" ] || return 0
  ask organizations list-roots '' '' ''
  names Id roots
  if [ "$state" != answered ]; then
    say "  The organisation's policies are shown to its management account and to delegated administrators only."
    return 0
  fi
  ask organizations list-accounts '' '' ''
  for filter in SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY; do
    ask organizations list-policies '' "$filter" '' --filter="$filter"
    names Id policies
    while IFS= read -r id; do
      ask organizations describe-policy '' "$id" PolicyNotFoundException --policy-id="$id"
      ask organizations list-targets-for-policy '' "$id" PolicyNotFoundException --policy-id="$id"
    done <"$work/policies"
  done
  while IFS= read -r id; do organisation_below "$id" 1; done <"$work/roots"
}

# A root or organisational unit, and everything in it.
organisation_below() {
  local id
  organisation_policies "$1"
  ask organizations list-accounts-for-parent '' "$1" ParentNotFoundException --parent-id="$1"
  names Id "accounts-$2"
  while IFS= read -r id; do organisation_policies "$id"; done <"$work/accounts-$2"
  ask organizations list-organizational-units-for-parent '' "$1" ParentNotFoundException --parent-id="$1"
  names Id "units-$2"
  while IFS= read -r id; do organisation_below "$id" $(($2 + 1)); done <"$work/units-$2"
}

organisation_policies() {
  local filter
  for filter in SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY; do
    ask organizations list-policies-for-target '' "$1" 'PolicyTypeNotEnabledException TargetNotFoundException' \
      --target-id="$1" --filter="$filter"
  done
}
