import IAMIdentifiers

/// Actions by which a role can raise its own rights, or act as another.
///
/// Sources: "Actions, resources, and condition keys for AWS services", Service Authorization Reference; Rhino Security
/// Labs, "AWS IAM Privilege Escalation – Methods and Mitigation".
enum PrivilegeEscalation {
  /// Each of them suffices by itself.
  static let single: Set<ActionName> = Set(
    [
      "iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion", "iam:PutUserPolicy", "iam:PutGroupPolicy",
      "iam:PutRolePolicy", "iam:AttachUserPolicy", "iam:AttachGroupPolicy", "iam:AttachRolePolicy",
      "iam:AddUserToGroup", "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile",
      "iam:UpdateAssumeRolePolicy", "iam:DeleteRolePermissionsBoundary", "iam:DeleteUserPermissionsBoundary",
      "iam:PutRolePermissionsBoundary", "iam:PutUserPermissionsBoundary", "iam:AddRoleToInstanceProfile",
      "iam:CreateOpenIDConnectProvider", "iam:UpdateOpenIDConnectProviderThumbprint",
      "iam:CreateSAMLProvider",
      "iam:UpdateSAMLProvider", "iam:CreateServiceSpecificCredential", "sts:AssumeRoot",
      "sso:PutInlinePolicyToPermissionSet",
      "sso:AttachManagedPolicyToPermissionSet", "sso:CreateAccountAssignment", "kms:PutKeyPolicy",
      "kms:CreateGrant",
      "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration", "glue:UpdateDevEndpoint",
      "glue:UpdateJob",
      "ssm:SendCommand", "ssm:StartSession", "ec2-instance-connect:SendSSHPublicKey",
      "cloudformation:UpdateStack",
      "cloudformation:SetStackPolicy",
    ].compactMap { ActionName($0) })

  /// With `iam:PassRole`, each of them starts something that runs as another role.
  static let withPassRole: Set<ActionName> = Set(
    [
      "ec2:RunInstances", "lambda:CreateFunction", "glue:CreateDevEndpoint", "glue:CreateJob",
      "cloudformation:CreateStack",
      "datapipeline:CreatePipeline", "sagemaker:CreateNotebookInstance", "sagemaker:CreateTrainingJob",
      "sagemaker:CreateProcessingJob", "codebuild:CreateProject", "ecs:RegisterTaskDefinition",
      "autoscaling:CreateLaunchConfiguration", "bedrock-agentcore:CreateCodeInterpreter",
      "states:CreateStateMachine",
      "apprunner:CreateService", "scheduler:CreateSchedule", "eks:CreatePodIdentityAssociation",
    ].compactMap { ActionName($0) })

  /// Actions that keep or break the evidence itself.
  static let evidence: Set<ActionName> = Set(
    [
      "cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:PutEventSelectors",
      "cloudtrail:UpdateTrail",
    ]
    .compactMap { ActionName($0) })

  /// Whether an action lets a role take over others.
  static func actsAsAnother(_ action: ActionName) -> Bool {
    single.contains(action) || withPassRole.contains(action)
  }

  /// Whether an action, in the hands of a role that holds some others, leads to more rights.
  static func leadsFurther(_ action: ActionName, passesRoles: Bool) -> Bool {
    single.contains(action) || evidence.contains(action) || (passesRoles && withPassRole.contains(action))
  }
}
