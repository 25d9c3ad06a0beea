# The account of the credentials that the CLI finds.
collect_accounts() {
  identify || give_up "the credentials do not work: ${error_text:-the answer has an unknown form}"
  collect_account
}
