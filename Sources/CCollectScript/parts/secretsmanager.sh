# Policies of secrets; never what is secret.
collect_secretsmanager() {
  local secret
  ask secretsmanager list-secrets "$1" '' ''
  names ARN secrets
  while IFS= read -r secret; do
    ask secretsmanager get-resource-policy "$1" "$secret" ResourceNotFoundException --secret-id="$secret"
  done <"$work/secrets"
}
