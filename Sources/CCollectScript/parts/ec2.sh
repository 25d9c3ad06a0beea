# VPC endpoints with their policies.
collect_ec2() {
  ask ec2 describe-vpc-endpoints "$1" '' ''
}
