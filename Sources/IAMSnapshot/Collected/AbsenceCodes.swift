/// Error codes that answer the question: what was asked for does not exist.
///
/// Sources: the errors of the calls in `CollectedCall`, in the API references of Amazon S3, AWS KMS, Amazon SQS, Amazon
/// SNS, AWS Lambda, AWS Secrets Manager, Amazon ECR, AWS Organizations, IAM, AWS CloudTrail and IAM Identity Center.
enum AbsenceCodes {
  private static let codes: Set<String> = [
    "NoSuchBucketPolicy", "NoSuchBucket", "NoSuchEntity", "NoSuchEntityException", "NotFoundException",
    "NotFound", "ResourceNotFoundException", "RepositoryPolicyNotFoundException",
    "RegistryPolicyNotFoundException",
    "RepositoryNotFoundException",
    "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", "AWSOrganizationsNotInUseException",
    "TargetNotFoundException", "PolicyNotFoundException", "ChildNotFoundException", "ParentNotFoundException",
    "ReportNotPresent", "CredentialReportNotPresentException", "TrailNotFoundException",
    "TrailNotFound", "PolicyTypeNotEnabledException",
  ]

  static func contains(_ code: String) -> Bool { codes.contains(code) }
}
