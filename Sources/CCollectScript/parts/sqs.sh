# Queue policies. Without a page size SQS names a thousand queues and does not say that there are more. Source: Amazon SQS
# API Reference, ListQueues.
collect_sqs() {
  local queue gone='QueueDoesNotExist AWS.SimpleQueueService.NonExistentQueue'
  ask sqs list-queues "$1" '' '' --page-size=1000
  items QueueUrls queues
  while IFS= read -r queue; do
    ask sqs get-queue-attributes "$1" "$queue" "$gone" --queue-url="$queue" \
      --attribute-names='["QueueArn","Policy"]'
  done <"$work/queues"
}
