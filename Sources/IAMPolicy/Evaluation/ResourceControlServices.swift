public import IAMIdentifiers

/// The services whose resources resource control policies limit, by the prefix of their actions.
///
/// Source: "Resource control policies (RCPs)", section "List of AWS services that support RCPs", AWS Organizations User Guide, as
/// it stood on 2026-09-26.
public enum ResourceControlServices {
  /// Whether resource control policies can limit an action at all.
  public static func support(_ action: ActionName) -> Bool {
    prefixes.contains(action.service.lowercased()) && action.lowercased != "kms:retiregrant"
  }

  static let prefixes: Set<String> = [
    "aoss", "appconfig", "appstream", "autoscaling", "autoscaling-plans", "budgets", "clouddirectory",
    "cloudfront", "cloudsearch", "cloudtrail-data", "codeartifact", "codebuild", "codecommit",
    "codepipeline", "cognito-identity", "cognito-idp", "comprehend", "comprehendmedical",
    "compute-optimizer", "cost-optimization-hub", "dax", "dsql", "dynamodb", "ecr", "ecr-public", "events",
    "firehose", "fis", "fms", "gamelift", "health", "inspector-scan", "kendra", "kinesisvideo", "kms",
    "logs", "memorydb", "networkmonitor", "notifications", "opensearch", "pca-connector-ad", "personalize",
    "polly", "pricing", "resource-groups", "rolesanywhere", "s3", "secretsmanager", "servicediscovery",
    "signin", "sqs", "sts", "support", "swf", "textract", "timestream-influxdb", "transcribe", "transfer",
    "translate", "wafv2", "workspaces", "xray",
  ]
}
