# Users, groups, roles and policies; the credential report, which alone knows of passwords, MFA and keys' ages.
collect_iam() {
  say "  iam"
  ask iam get-account-authorization-details '' '' ''
  local tries=0
  while call iam generate-credential-report '' '' '' && [ "$state" = answered ] && [ "$(member State)" != COMPLETE ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || break
    sleep 2
  done
  if [ "$state" = answered ]; then ask iam get-credential-report '' '' ''; else record; fi
}
