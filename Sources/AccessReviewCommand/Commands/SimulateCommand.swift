import AccessReview
import ActionCatalog
import ArgumentParser
import Foundation
import IAMIdentifiers
import IAMPolicy

/// `accessreview simulate`
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Decide whether requests are allowed, and say why.",
    discussion: """
      With --principal, about one request of a role or user of the newest snapshot, with the policies that were imported. \
      Condition keys that are not given with --context are unknown; what then depends on them is said. So is which kinds of \
      policies were not imported, and which of those may change the decision. A request that comes through a VPC endpoint \
      names it, so that its policy decides too: --context aws:SourceVpce=vpce-0a1b2c3d4e5f67890.

        accessreview simulate --principal shop-checkout --action s3:GetObject \\
          --resource arn:aws:s3:::orders/1.json --context aws:SourceIp=203.0.113.7

      With --requests, about many: JSON Lines from a file, or from standard input for -, each line a request with all its \
      policies. It needs no store, and no memory that grows with the input.

        accessreview simulate --requests requests.jsonl > decisions.jsonl

        id           text or a number, given back as it was
        principal    ARN of a user, role, session (assumed-role), federated
                     user, root user or identity provider; a service such
                     as lambda.amazonaws.com; * for nobody in particular
        action       such as s3:GetObject
        resource     an ARN; left out or * for actions without one; with
                     * or ? in it, all that such a pattern describes
        resourceAccount         its account, where the ARN does not say it
        context      condition keys: a value or a list of values for each;
                     keys that are left out are absent from the request
        identityPolicies        of the user and its groups, or of the role
        permissionsBoundaries   left out where there is none
        sessionPolicy           passed when the session was made
        resourcePolicy          of the resource: bucket, key, trust policy …
        serviceControlPolicies  a list of policies for each level, from the
                                root to the account
        resourceControlPolicies likewise, for the resource's account
        endpointPolicies        of the VPC endpoint the request goes through
        keyGrants    grants on a KMS key, as `aws kms list-grants` has them

      A policy is a document, its text, or {"name": …, "policy": document}. What is left out does not exist. Each line comes \
      back as

        id           as given; null where there is none
        decision     Allowed, ImplicitlyDenied or ExplicitlyDenied
        explanation  reason; layers, each with its result and the statements
                     about the request: policy, statementIndex (from 0),
                     sid, effect, whether it applies, namesPart where it
                     names only a part of the resources, and unmet
                     conditions; dependsOn, where something is not
                     understood, or it depends on the resource

      In the place of a line that is no request comes an object with line, id and error, and the exit status is 3. Whatever \
      the decisions, the exit status is 0 otherwise.
      """)

  @Option(
    help: ArgumentHelp("Requests to decide on, as JSON Lines; - for standard input.", valueName: "file"))
  var requests: String?

  @Option(help: ArgumentHelp("Name, ARN or unique id of a role or user.", valueName: "role"))
  var principal: String?

  @Option(help: "The action that is asked for.")
  var action: String?

  @Option(
    help: """
      The ARN of the resource, or with * or ? in it a pattern: is all that it describes allowed? Default: *, which only \
      statements about every resource match.
      """)
  var resource: String?

  @Option(help: "The account that owns the resource. Default: the ARN's, else the principal's.")
  var resourceAccount: String?

  @Option(
    name: .customLong("context"),
    help: ArgumentHelp(
      "A condition key and its value; may be given several times, also for one key.", valueName: "key=value"))
  var context: [String] = []

  @Option(help: "\(SummaryFormat.allCases.map(\.rawValue).joined(separator: " or ")) (with --principal).")
  var format: SummaryFormat = .text

  @OptionGroup var store: CatalogStoreOptions

  func validate() throws {
    guard (requests == nil) != (principal == nil) else {
      throw ValidationError("Give --requests FILE, or --principal ROLE and --action ACTION.")
    }
    if requests != nil, action != nil || resource != nil || resourceAccount != nil || !context.isEmpty {
      throw ValidationError("--action, --resource and --context go with --principal.")
    }
    if principal != nil, action == nil { throw ValidationError("--principal wants --action as well.") }
    for pair in context where !pair.dropFirst().contains("=") {
      throw ValidationError(
        "--context wants a condition key and a value, such as aws:SourceIp=203.0.113.7; this is '\(pair)'.")
    }
  }

  func run() throws {
    if let requests {
      try stream(requests)
    } else if let principal, let action {
      try decide(principal, action)
    }
  }

  private func stream(_ path: String) throws {
    let simulator = RequestSimulator(facts: CatalogFacts(try store.catalog()))
    let isWhole = try InputFile.reading(path) { reader in
      try reader.answerEach { line, number, output in
        simulator.simulate(line, number: number, into: &output)
      }
    }
    if !isWhole { throw ExitCode(ExitStatus.incomplete.rawValue) }
  }

  // MARK: - One request

  private func decide(_ text: String, _ actionText: String) throws {
    guard let action = ActionName(actionText) else {
      throw UsageError(
        problem: "'\(TextTable.cut(actionText))' is no action", remedy: "Give one such as s3:GetObject.")
    }
    var account: AccountID?
    if let resourceAccount {
      account = AccountID(resourceAccount)
      if account == nil {
        throw UsageError(
          problem: "'\(TextTable.cut(resourceAccount))' is no account id", remedy: "Give its 12 digits.")
      }
    }
    let given = try given
    let catalog = try store.catalog()
    let principal = try find(text)
    let (request, policies, layers) = principal.request(
      action, on: resource ?? "*", ownedBy: account, context: given)
    let answer = StoredDecision(
      of: principal, request, policies, layers: layers, isKnownAction: catalog.index(of: action) != nil,
      facts: CatalogFacts(catalog))
    switch format {
    case .text: Console.output(answer.text)
    case .json:
      var results = ResultStream()
      try results.line(answer.json.closed)
      try results.flush()
    }
  }

  private var given: [String: [String]] {
    get throws {
      let given = keys
      for (key, values) in given where key.lowercased() == "aws:sourcevpce" {
        // An empty value: the request comes through no endpoint.
        guard values.count == 1, values[0].isEmpty || values[0].hasPrefix("vpce-") else {
          throw UsageError(
            problem: "'\(TextTable.cut(values.joined(separator: ", ")))' is no VPC endpoint",
            remedy: "Give one id, such as --context aws:SourceVpce=vpce-0a1b2c3d4e5f67890.")
        }
      }
      return given
    }
  }

  private var keys: [String: [String]] {
    var given: [String: [String]] = [:]
    for pair in context {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else { continue }
      // Keys are compared without regard to case.
      let key = given.keys.first { $0.lowercased() == parts[0].lowercased() } ?? parts[0]
      given[key, default: []].append(parts[1])
    }
    return given
  }

  private func find(_ text: String) throws -> StoredPrincipal {
    let (found, names) = try StoredPrincipal.find(text, in: try store.options.open(.read))
    if found.count == 1, let only = found.first { return only }
    guard found.isEmpty else {
      throw UsageError(
        problem: "'\(TextTable.cut(text))' names several principals",
        remedy: "Name one by its id:\n  "
          + found.map { "\($0.id)  \($0.arn)" }.joined(separator: "\n  "))
    }
    throw UsageError(unknownPrincipal: text, among: names)
  }
}
