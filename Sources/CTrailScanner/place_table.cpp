// The table of places that are kept. Its rows answer the conditions of Sources/CActionCatalogData/calls.tsv.
#include <algorithm>
#include <array>

#include "places.hpp"

namespace trail {

namespace {

using row = ts_place;

constexpr ts_reduction presence = TS_KEEP_PRESENCE, word = TS_KEEP_WORD, verb = TS_KEEP_VERB, version = TS_KEEP_VERSION,
                       arn = TS_KEEP_ARN, path = TS_KEEP_PATH, content = TS_KEEP_CONTENT;

constexpr const char *bedrock =
  "bedrock bedrock-agent bedrock-agent-runtime bedrock-data-automation bedrock-data-automation-runtime bedrock-runtime";
constexpr const char *cloudwatch = "cloudwatch cloudwatch-omni monitoring";
constexpr const char *dynamodb = "dynamodb streams.dynamodb";
constexpr const char *s3 = "s3 s3-control";
constexpr const char *servicecatalog = "servicecatalog servicecatalog-appregistry";
constexpr const char *states = "states stepfunctions";

// Since which extraction; event sources without their domain; event name without its date, or `*` for every one; place: dots
// between names, `[]` after a list's, `{}` after a map's, `additionalEventData.` before what stands there and not in
// requestParameters; what is kept of it. A row of a new version makes files be read again.
constexpr std::array table = {
  row{2, "apigateway", "CreateDomainName", "createDomainNameInput.mutualTlsAuthentication", presence},
  row{2, "apigateway", "CreateRestApi", "createRestApiInput.policy", presence},
  row{2, "apigateway", "UpdateRestApi", "patchOperations[].path", path},
  row{2, "apigateway", "UpdateRestApi", "updateRestApiInput.patchOperations[].path", path},
  row{2, "backup", "*", "backupPlanTags", content},
  row{2, "backup", "*", "backupVaultTags", content},
  row{2, "backup", "*", "frameworkTags", content},
  row{2, "backup", "*", "reportPlanTags", content},
  row{2, "backup", "*", "tags", content},
  row{2, "backup", "*", "tieringConfigurationTags", content},
  row{2, "batch", "CreateComputeEnvironment", "computeResources.capacityTags", presence},
  row{2, "batch", "UpdateComputeEnvironment", "computeResources.capacityTags", presence},
  row{2, bedrock, "*", "additionalEventData.callWithBearerToken", word},
  row{2, bedrock, "CreateCustomModel", "customModelDataSource.modelPackageArnDataSource", presence},
  row{2, bedrock, "CreateKnowledgeBase", "storageConfiguration.type", word},
  row{2, bedrock, "InvokeAgent", "streamingConfigurations.streamFinalResponse", word},
  row{2, bedrock, "InvokeInlineAgent", "streamingConfigurations.streamFinalResponse", word},
  row{2, bedrock, "UpdateKnowledgeBase", "storageConfiguration.type", word},
  row{2, cloudwatch, "*", "actionConfiguration.alarmTagsPropagation.enabled", word},
  row{2, cloudwatch, "PutManagedInsightRules", "managedRules[].tags", presence},
  row{2, "dsql", "*", "multiRegionProperties.clusters", presence},
  row{2, "dsql", "*", "multiRegionProperties.witnessRegion", presence},
  row{2, "dsql", "*", "tags", content},
  row{2, dynamodb, "*", "globalTableWitnessUpdates[].create", presence},
  row{2, dynamodb, "*", "globalTableWitnessUpdates[].delete", presence},
  row{2, dynamodb, "*", "replicaUpdates[].create", presence},
  row{2, dynamodb, "*", "replicaUpdates[].delete", presence},
  row{2, dynamodb, "*", "replicaUpdates[].disassociate", presence},
  row{2, dynamodb, "*", "tags", content},
  row{2, dynamodb, "BatchExecuteStatement", "requestItems[].statement", verb},
  row{2, dynamodb, "BatchExecuteStatement", "statements[].statement", verb},
  row{2, dynamodb, "ExecuteStatement", "statement", verb},
  row{2, dynamodb, "ExecuteTransaction", "requestItems[].statement", verb},
  row{2, dynamodb, "ExecuteTransaction", "transactStatements[].statement", verb},
  row{2, dynamodb, "TransactWriteItems", "requestItems[].operation", word},
  row{2, dynamodb, "TransactWriteItems", "transactItems[].conditionCheck", presence},
  row{2, dynamodb, "TransactWriteItems", "transactItems[].delete", presence},
  row{2, dynamodb, "TransactWriteItems", "transactItems[].put", presence},
  row{2, dynamodb, "TransactWriteItems", "transactItems[].update", presence},
  row{2, "ec2", "CreateCapacityReservation", "CreateCapacityReservationRequest.TagSpecification", presence},
  row{2, "ec2", "CreateClientVpnEndpoint", "CreateClientVpnEndpointRequest.TagSpecification", presence},
  row{2, "ec2", "CreateFleet", "CreateFleetRequest.TagSpecification", presence},
  row{2, "ec2", "CreateFlowLogs", "CreateFlowLogsRequest.TagSpecification", presence},
  row{2, "ec2", "CreateLaunchTemplate", "CreateLaunchTemplateRequest.TagSpecification", presence},
  row{2, "ec2", "CreateManagedPrefixList", "CreateManagedPrefixListRequest.TagSpecification", presence},
  row{2, "ec2", "CreateNatGateway", "CreateNatGatewayRequest.TagSpecification", presence},
  row{2, "ec2", "CreateTransitGateway", "CreateTransitGatewayRequest.TagSpecification", presence},
  row{2, "ec2", "CreateTransitGatewayRouteTable", "CreateTransitGatewayRouteTableRequest.TagSpecification", presence},
  row{2, "ec2", "CreateTransitGatewayVpcAttachment", "CreateTransitGatewayVpcAttachmentRequest.TagSpecification", presence},
  row{2, "ec2", "CreateVpcEndpoint", "CreateVpcEndpointRequest.TagSpecification", presence},
  row{2, "ec2", "CreateVpcEndpointServiceConfiguration", "CreateVpcEndpointServiceConfigurationRequest.TagSpecification", presence},
  row{2, "efs elasticfilesystem", "*", "tags", content},
  row{2, "elasticache", "*", "tags", content},
  row{2, "elasticmapreduce emr", "*", "tags", content},
  row{2, "firehose", "*", "tags", content},
  row{2, "glue", "CreateBlueprint", "tags", content},
  row{2, "glue", "CreateCatalog", "tags", content},
  row{2, "glue", "CreateConnection", "tags", content},
  row{2, "glue", "CreateCrawler", "tags", content},
  row{2, "glue", "CreateCustomEntityType", "tags", content},
  row{2, "glue", "CreateDataQualityRuleset", "tags", content},
  row{2, "glue", "CreateDatabase", "tags", content},
  row{2, "glue", "CreateDevEndpoint", "tags", content},
  row{2, "glue", "CreateIntegration", "tags", content},
  row{2, "glue", "CreateIntegrationResourceProperty", "tags", content},
  row{2, "glue", "CreateJob", "tags", content},
  row{2, "glue", "CreateMLTransform", "tags", content},
  row{2, "glue", "CreateRegistry", "tags", content},
  row{2, "glue", "CreateSchema", "tags", content},
  row{2, "glue", "CreateSession", "tags", content},
  row{2, "glue", "CreateTrigger", "tags", content},
  row{2, "glue", "CreateUsageProfile", "tags", content},
  row{2, "glue", "CreateWorkflow", "tags", content},
  row{2, "glue", "RegisterConnectionType", "tags", content},
  row{2, "ingest.timestream query.timestream timestream", "*", "tags", content},
  row{2, "kinesis", "CreateStream", "tags", content},
  row{2, "kinesis", "RegisterStreamConsumer", "tags", content},
  row{2, "kms", "*", "tags", content},
  row{2, "lambda", "*", "layers", arn},
  row{2, "lambda", "*", "tags", content},
  row{2, "logs", "*", "unmask", word},
  row{2, "logs", "DeleteAccountPolicy", "policyType", word},
  row{2, "logs", "DescribeAccountPolicies", "policyType", word},
  row{2, "logs", "PutAccountPolicy", "policyType", word},
  row{2, "logs", "PutDeliverySource", "resourceArn", arn},
  row{2, "memory-db memorydb", "*", "tags", content},
  row{2, "oam", "CreateLink", "resourceTypes[]", word},
  row{2, "oam", "GetLink", "includeTags", word},
  row{2, "oam", "GetSink", "includeTags", word},
  row{2, "oam", "UpdateLink", "includeTags", word},
  row{2, "oam", "UpdateLink", "resourceTypes[]", word},
  row{2, "rds", "*", "tagSpecifications", content},
  row{2, "rds", "*", "tags", content},
  row{2, "redshift", "*", "tags", content},
  row{2, "redshift", "CreateScheduledAction", "targetAction.pauseCluster", presence},
  row{2, "redshift", "CreateScheduledAction", "targetAction.resizeCluster", presence},
  row{2, "redshift", "CreateScheduledAction", "targetAction.resumeCluster", presence},
  row{2, "redshift", "GetClusterCredentials", "autoCreate", word},
  row{2, s3, "*", "CreateBucketConfiguration.Tags", presence},
  row{1, s3, "*", "acl", word},
  row{1, s3, "*", "x-amz-acl", word},
  row{2, s3, "*", "x-amz-bucket-object-lock-enabled", word},
  row{2, s3, "CopyObject", "x-amz-copy-source", version},
  row{2, s3, "CopyObject", "x-amz-object-annotation-directive", word},
  row{2, s3, "DeleteObject", "x-amz-bypass-governance-retention", word},
  row{2, s3, "DeleteObjects", "x-amz-bypass-governance-retention", word},
  row{2, s3, "PutObjectRetention", "x-amz-bypass-governance-retention", word},
  row{2, s3, "UploadPartCopy", "x-amz-copy-source", version},
  row{2, "s3express", "*", "CreateBucketConfiguration.Tags", presence},
  row{2, "s3tables", "*", "tags", content},
  row{2, "s3vectors", "*", "tags", content},
  row{2, "s3vectors", "ListVectors", "returnData", word},
  row{2, "s3vectors", "ListVectors", "returnMetadata", word},
  row{2, "s3vectors", "QueryVectors", "returnMetadata", word},
  row{2, "secretsmanager", "*", "tags", content},
  row{2, "secretsmanager", "CreateSecret", "addReplicaRegions", content},
  row{2, servicecatalog, "AssociateResource", "options[]", word},
  row{2, servicecatalog, "CreateProduct", "provisioningArtifactParameters.info.ImportFromPhysicalId", presence},
  row{2, servicecatalog, "CreateProvisioningArtifact", "parameters.info.ImportFromPhysicalId", presence},
  row{2, "sns", "*", "tags", content},
  row{2, "sqs", "*", "tags", content},
  row{2, "ssm", "RegisterDefaultHostManagementConfiguration", "permissionModel", word},
  row{2, states, "CreateStateMachine", "publish", word},
  row{2, states, "TestState", "revealSecrets", word},
  row{2, states, "UpdateStateMachine", "publish", word},
  row{2, "tag tagging", "UntagResources", "resourceARNList[]", arn},
  row{2, "waf-regional", "AssociateWebACL", "resourceArn", arn},
  row{2, "wafv2", "AssociateWebACL", "resourceArn", arn},
  row{2, "wafv2", "CreateRuleGroup", "monetizationConfig.connectedAccountConfigs[].connectedAccountArn", presence},
  row{2, "wafv2", "CreateWebACL", "monetizationConfig.connectedAccountConfigs[].connectedAccountArn", presence},
  row{2, "wafv2", "DisassociateWebACL", "resourceArn", arn},
  row{2, "wafv2", "GetWebACLForResource", "resourceArn", arn},
  row{2, "wafv2", "ListResourcesForWebACL", "resourceType", word},
  row{2, "wafv2", "PutLoggingConfiguration", "loggingConfiguration.logDestinationConfigs[]", arn},
  row{2, "wafv2", "UpdateRuleGroup", "monetizationConfig.connectedAccountConfigs[].connectedAccountArn", presence},
  row{2, "wafv2", "UpdateWebACL", "monetizationConfig.connectedAccountConfigs[].connectedAccountArn", presence},
};

// What else is kept of events has changed in these versions: 2, the roles that CloudTrail's own calls pass, and what lies
// deeper than eight names.
constexpr uint32_t other_facts = 2;

}  // namespace

const ts_place *place_table(size_t &count) {
  count = table.size();
  return table.data();
}

uint32_t newest_extraction() {
  uint32_t newest = other_facts;
  for (const ts_place &row : table) newest = std::max(newest, row.since);
  return newest;
}

}  // namespace trail
