# Topic policies.
collect_sns() {
  local topic
  ask sns list-topics "$1" '' ''
  names TopicArn topics
  while IFS= read -r topic; do
    ask sns get-topic-attributes "$1" "$topic" 'NotFound NotFoundException' --topic-arn="$topic"
  done <"$work/topics"
}
