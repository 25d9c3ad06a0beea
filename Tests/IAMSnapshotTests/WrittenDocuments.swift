import IAMSnapshot
import Testing

/// Reads a text that holds one document, and the codes and places of its problems.
func reading(_ json: String) throws -> SnapshotReading {
  try #require(try SnapshotDocument.recognise(bytes: json.utf8))
}

func accountPages(_ json: String) throws -> [AccountPage] {
  try reading(json).documents.compactMap { if case .accountPage(let page) = $0 { page } else { nil } }
}

func accountPage(_ json: String) throws -> AccountPage { try #require(try accountPages(json).first) }

func trailConfiguration(_ json: String) throws -> TrailConfiguration {
  let found = try reading(json).documents.compactMap { document -> TrailConfiguration? in
    if case .trailConfiguration(let configuration) = document { configuration } else { nil }
  }
  return try #require(found.first)
}

func organisationPolicies(_ json: String) throws -> OrganisationPolicies {
  let found = try reading(json).documents.compactMap { document -> OrganisationPolicies? in
    if case .organisationPolicies(let policies) = document { policies } else { nil }
  }
  return try #require(found.first)
}

extension SnapshotReading {
  /// `code place` of each problem.
  var marks: [String] { problems.map { "\($0.code) \($0.place)" } }
}

/// A role's entry in an account page.
func role(_ name: String, id: String? = nil, account: String = "111122223333", _ more: String = "") -> String
{
  """
  {"Path":"/","RoleName":"\(name)","RoleId":"\(id ?? "AROA\(name.uppercased())")",
   "Arn":"arn:aws:iam::\(account):role/\(name)","CreateDate":"2025-01-02T03:04:05+00:00"
   \(more.isEmpty ? "" : ",")\(more)}
  """
}

/// A customer managed policy's entry, with one version.
func managedPolicy(_ name: String, attachments: Int = 0, account: String = "111122223333") -> String {
  """
  {"PolicyName":"\(name)","PolicyId":"ANPA\(name.uppercased())","Arn":"arn:aws:iam::\(account):policy/\(name)",
   "DefaultVersionId":"v1","AttachmentCount":\(attachments),"PolicyVersionList":[{"VersionId":"v1",
   "IsDefaultVersion":true,"Document":{"Statement":[]},"CreateDate":"2025-01-02T03:04:05Z"}]}
  """
}

/// An account page.
func page(
  users: [String] = [], groups: [String] = [], roles: [String] = [], policies: [String] = [],
  _ more: String = ""
) -> String {
  func list(_ entries: [String]) -> String { "[\(entries.joined(separator: ","))]" }
  return """
    {"UserDetailList":\(list(users)),"GroupDetailList":\(list(groups)),"RoleDetailList":\(list(roles)),
     "Policies":\(list(policies))\(more.isEmpty ? "" : ",")\(more)}
    """
}

/// The answers that a text holds.
func answers(_ json: String) throws -> [CallAnswer] {
  try reading(json).documents.compactMap { if case .answer(let answer) = $0 { answer } else { nil } }
}

/// A line as a collecting script writes it.
func line(
  _ command: String, _ output: String, resource: String? = nil, account: String? = "111122223333",
  region: String? = "eu-central-1", takenAt: String = "2026-10-31T10:00:00Z", complete: Bool = true,
  error: String = "null", parameters: String = "{}"
) -> String {
  func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
  return """
    {"accessreview":1,"command":"\(command)","account":\(text(account)),"region":\(text(region)),
     "resource":\(text(resource)),"parameters":\(parameters),"takenAt":"\(takenAt)","complete":\(complete),
     "error":\(error),"output":\(output)}
    """
}
