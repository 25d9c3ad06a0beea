# One account after the other, each with a profile of the CLI.
collect_accounts() {
  printf '%s\n' "$only_profiles" >"$work/profiles"
  while IFS= read -r profile; do
    if identify; then
      collect_account
    else
      # Not for an account's folder: nobody knows which account it is.
      resource=$profile
      record
    fi
  done <"$work/profiles"
}
