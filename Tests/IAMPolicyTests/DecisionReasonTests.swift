import IAMPolicy
import JSONText
import Testing

@Suite("Reasons of decisions")
struct DecisionReasonTests {
  private static let key = "arn:aws:kms:eu-west-1:111122223333:key/k1"
  private static let ana = "arn:aws:iam::111122223333:user/Ana"
  private static let everything =
    #""identityPolicies": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}]"#

  private static func resourcePolicy(_ principal: String, effect: String = "Allow") -> String {
    """
    "resourcePolicy": {"Version": "2012-10-17", "Statement": {"Effect": "\(effect)", "Action": "*", "Resource": "*",
    "Principal": \(principal)}}
    """
  }

  private static let grant =
    #""keyGrants": [{"GrantId": "g", "GranteePrincipal": "\#(ana)", "Operations": ["Decrypt"]}]"#
  private static let limit =
    #"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}"#

  @Test(
    "The reason names the layer that decides",
    arguments: [
      (ana, "sqs:SendMessage", "*", everything, "The identity-based policies allow it"),
      (
        ana, "sqs:SendMessage", "*", resourcePolicy(#"{"AWS": "\#(ana)"}"#),
        "The resource-based policy allows it"
      ),
      (ana, "kms:Decrypt", key, grant, "A grant on the key allows it"),
      (
        ana, "kms:Decrypt", key, everything + ", " + resourcePolicy(#"{"AWS": "111122223333"}"#),
        "The policies of both sides allow it"
      ),
      ("*", "sqs:SendMessage", "*", resourcePolicy(#""*""#), "The resource-based policy allows it"),
      (
        "arn:aws:iam::111122223333:root", "sqs:SendMessage", "*", #""identityPolicies": []"#,
        "The root user of the account needs no policy to allow it"
      ),
      (ana, "sqs:SendMessage", "*", #""identityPolicies": []"#, "No identity-based policy allows it"),
      (ana, "kms:Decrypt", key, everything, "The resource's own policy must allow it, and does not"),
      (
        ana, "sqs:SendMessage", "*", everything + #", "permissionsBoundaries": [\#(limit)]"#,
        "The permissions boundary does not allow it"
      ),
      (
        ana, "sqs:SendMessage", "*", everything + #", "serviceControlPolicies": [[\#(limit)]]"#,
        "The service control policies, level 1 do not allow it"
      ),
      (
        ana, "sqs:SendMessage", "*", everything + ", " + resourcePolicy(#""*""#, effect: "Deny"),
        "A statement of the resource-based policy denies it"
      ),
    ])
  func reasons(principal: String, action: String, resource: String, policies: String, reason: String) throws {
    let json = try JSONValue(
      json: """
        {"principal": "\(principal)", "action": "\(action)", "resource": "\(resource)", \(policies)}
        """)
    #expect(try evaluate(json).reason == reason)
  }
}
