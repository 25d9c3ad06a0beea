import ActionCatalog
import Testing

@Suite("Where calls carry a role")
struct PassRoleTests {
  let catalog = ActionCatalog.builtIn

  @Test(
    "A call that passes a role is read at the right place",
    arguments: [
      ("ec2", "RunInstances", "iamInstanceProfile.arn", PassRoleParameter.Kind.instanceProfileARN),
      ("ec2", "RunInstances", "iamInstanceProfile.name", .instanceProfileName),
      (
        "ec2", "AssociateIamInstanceProfile", "AssociateIamInstanceProfileRequest.IamInstanceProfile.Name",
        .instanceProfileName
      ),
      ("lambda", "CreateFunction20150331", "role", .roleARN),
      ("lambda", "UpdateFunctionConfiguration20150331v2", "role", .roleARN),
      ("ecs", "RegisterTaskDefinition", "taskRoleArn", .roleARNOrName),
      ("ecs", "RegisterTaskDefinition", "executionRoleArn", .roleARNOrName),
      ("ecs", "RunTask", "overrides.taskRoleArn", .roleARNOrName),
      ("ecs", "CreateService", "role", .roleARNOrName),
      ("elasticmapreduce", "RunJobFlow", "jobFlowRole", .instanceProfileARNOrName),
      ("elasticmapreduce", "RunJobFlow", "serviceRole", .roleARNOrName),
      ("ssm", "CreateActivation", "iamRole", .roleARNOrName),
      ("iam", "AddRoleToInstanceProfile", "roleName", .roleName),
      ("cloudformation", "CreateStack", "roleARN", .roleARN),
      ("states", "CreateStateMachine", "roleArn", .roleARN),
      ("glue", "CreateJob", "role", .roleARNOrName),
      ("codebuild", "CreateProject", "serviceRole", .roleARNOrName),
      ("events", "PutTargets", "targets[].roleArn", .roleARN),
      ("scheduler", "CreateSchedule", "target.roleArn", .roleARN),
      ("eks", "CreateCluster", "roleArn", .roleARN), ("eks", "CreateNodegroup", "nodeRole", .roleARNOrName),
      ("batch", "CreateComputeEnvironment", "serviceRole", .roleARNOrName),
      ("rds", "AddRoleToDBCluster", "roleArn", .roleARN),
      ("rds", "CreateDBInstance", "monitoringRoleArn", .roleARN),
      ("sagemaker", "CreateNotebookInstance", "roleArn", .roleARN),
      ("ecr", "CreateRepositoryCreationTemplate", "customRoleArn", .roleARN),
      ("cognito-idp", "CreateUserPool", "smsConfiguration.snsCallerArn", .roleARN),
      ("ssm", "StartAutomationExecution", "parameters.AutomationAssumeRole[]", .roleARN),
      ("states", "TestState", "roleArn", .roleARN),
      ("sns", "Subscribe", "attributes.SubscriptionRoleArn", .roleARN),
      ("sns", "SetTopicAttributes", "attributeValue", .roleARN),
      ("apigateway", "PutIntegration", "putIntegrationInput.credentials", .roleARN),
      ("apigateway", "UpdateAccount", "patchOperations[].value", .roleARN),
      ("cognito-identity", "SetIdentityPoolRoles", "roles.authenticated", .roleARN),
    ])
  func places(_ source: String, _ name: String, _ place: String, _ kind: PassRoleParameter.Kind) {
    let found = catalog.passRoleParameters(eventSource: "\(source).amazonaws.com", eventName: name)
    #expect(found.contains(PassRoleParameter(place: place, kind: kind)), "\(found)")
  }

  @Test(
    "A call in which a role is only the subject passes none",
    arguments: [
      ("sts", "AssumeRole"), ("kms", "CreateGrant"), ("iam", "CreateRole"), ("iam", "AttachRolePolicy"),
      ("s3", "GetObject"), ("lambda", "Invoke"), ("ec2", "DescribeInstances"),
      ("chime", "CreateRoomMembership"),
    ])
  func none(_ source: String, _ name: String) {
    #expect(catalog.passRoleParameters(eventSource: "\(source).amazonaws.com", eventName: name).isEmpty)
  }
}
