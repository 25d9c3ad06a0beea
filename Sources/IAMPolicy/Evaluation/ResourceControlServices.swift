/// The services whose resources resource control policies limit.
///
/// Source: "Resource control policies (RCPs)", section "List of AWS services that support RCPs", AWS Organizations User Guide,
/// and the announcements of later additions.
enum ResourceControlServices {
  static let prefixes: Set<String> = [
    "aoss", "cognito-identity", "cognito-idp", "dynamodb", "ecr", "kms", "logs", "s3", "secretsmanager",
    "sqs", "sts",
  ]
}
