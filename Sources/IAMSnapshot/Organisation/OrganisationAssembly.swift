public import IAMIdentifiers
import IAMPolicy
import JSONText

extension OrganisationPolicies {
  /// Puts the outputs of `aws organizations` together, whatever files they came in.
  ///
  /// Of each question the newest answer at or before a time counts, else the earliest after it; answers without a time
  /// are the oldest. What no answer tells makes a level unknown, never empty.
  ///
  /// - Parameter asOf: nil for the newest of all.
  /// - Returns: nil where no answer speaks of an organisation's parts.
  public static func assemble(_ answers: [CallAnswer], asOf: UTCTime?) -> OrganisationPolicies? {
    let assembly = OrganisationAssembly(answers.filter { $0.call.subject == .organisation }, asOf: asOf)
    let facts = assembly.facts
    return facts.accounts.isEmpty && facts.parents.isEmpty ? nil : facts.policiesByAccount
  }
}

private struct OrganisationAssembly {
  /// A question: a call, whom it was asked about, by what it was filtered.
  private struct Question: Hashable {
    let call: CollectedCall
    let resource: String
    let filter: String
  }

  /// All pages of the answer that counts.
  private struct Answer {
    let outputs: [JSONValue]
    /// False where a page is missing, the call failed, or answers of one time differ.
    let isComplete: Bool
    let takenAt: UTCTime?

    func items(_ name: String) -> [JSONValue] { outputs.flatMap { $0[name]?.array ?? [] } }
  }

  private var answers: [Question: Answer] = [:]

  init(_ all: [CallAnswer], asOf: UTCTime?) {
    let groups = Dictionary(grouping: all) { answer in
      Question(
        call: answer.call, resource: answer.resource ?? "", filter: answer.filter ?? Self.type(of: answer))
    }
    for (question, all) in groups {
      // A call that was refused takes nothing away from what an earlier one told.
      let given = all.filter { if case .refused = $0.outcome { false } else { true } }
      let group = given.isEmpty ? all : given
      func time(_ answer: CallAnswer) -> Int64 { answer.takenAt?.seconds ?? .min }
      let before = group.filter { asOf == nil || time($0) <= asOf?.seconds ?? .max }
      let chosen = before.map(time).max() ?? group.map(time).min()
      let mine = Set(group.filter { time($0) == chosen })
      let whole = Set(mine.filter(\.isComplete).map(\.outcome))
      let outputs = mine.compactMap { answer in answer.output.map { ($0.canonicalText, $0) } }
      answers[question] = Answer(
        outputs: outputs.sorted { $0.0 < $1.0 }.map(\.1),
        isComplete: whole.count == 1 && !given.isEmpty,
        takenAt: mine.compactMap(\.takenAt).first)
    }
  }

  /// The type of the policies in a list, which is what the list was filtered by.
  private static func type(of answer: CallAnswer) -> String {
    guard answer.call == .policiesOfTarget || answer.call == .policies else { return "" }
    return answer.output?["Policies"]?.array?.first?["Type"]?.string ?? ""
  }

  private func all(_ call: CollectedCall) -> [(question: Question, answer: Answer)] {
    answers.filter { $0.key.call == call }.map { ($0.key, $0.value) }
      .sorted { ($0.question.resource, $0.question.filter) < ($1.question.resource, $1.question.filter) }
  }

  var facts: OrganisationFacts {
    var facts = OrganisationFacts()
    facts.takenAt = answers.values.compactMap(\.takenAt).max()
    identity(&facts)
    tree(&facts)
    documents(&facts)
    attachments(&facts)
    return facts
  }

  private func identity(_ facts: inout OrganisationFacts) {
    let outputs = answers.values.flatMap(\.outputs)
    facts.managementAccount = outputs.compactMap { OrganisationIdentity.managementAccount(in: $0) }.min()
    for (_, answer) in all(.organization) {
      for organization in answer.outputs.compactMap({ $0["Organization"] }) {
        facts.organizationID = organization["Id"]?.string ?? facts.organizationID
        let named = organization["MasterAccountId"]?.string ?? organization["ManagementAccountId"]?.string
        facts.managementAccount = named.flatMap { AccountID($0) } ?? facts.managementAccount
        if organization["FeatureSet"]?.string == "CONSOLIDATED_BILLING" { facts.types = [] }
      }
    }
    let roots = all(.roots).flatMap { $0.answer.items("Roots") }
    let types = roots.compactMap { $0["PolicyTypes"]?.array }
    if facts.types == nil, !types.isEmpty {
      facts.types = Set(types.joined().compactMap { $0["Type"]?.string })
    }
    if facts.organizationID == nil {
      // arn:aws:organizations::111122223333:account/o-…/444455556666
      facts.organizationID = outputs.compactMap { OrganisationIdentity.organizationID(in: $0) }.min()
    }
  }

  private func tree(_ facts: inout OrganisationFacts) {
    // Of what was above a part at different times the newest counts.
    var newest: [String: UTCTime?] = [:]
    func note(_ child: String, under parent: String, _ answer: Answer) {
      if let account = AccountID(child) { facts.accounts.insert(account) }
      let time = answer.takenAt
      if let known = newest[child], known != time {
        guard let time, known.map({ $0 < time }) ?? true else { return }
        facts.parents[child] = nil
      }
      newest[child] = .some(time)
      facts.parents[child, default: []].insert(parent)
    }
    for (question, answer) in all(.accounts) + all(.accountsOfParent) {
      for account in answer.items("Accounts") {
        guard let id = account["Id"]?.string else { continue }
        if let account = AccountID(id) { facts.accounts.insert(account) }
        if question.call == .accountsOfParent { note(id, under: question.resource, answer) }
        for path in (account["Paths"]?.array ?? []).compactMap(\.string) {
          for (parent, child) in OrganisationFacts.steps(ofPath: path) { note(child, under: parent, answer) }
        }
      }
    }
    for (question, answer) in all(.unitsOfParent) {
      for unit in answer.items("OrganizationalUnits") {
        if let id = unit["Id"]?.string { note(id, under: question.resource, answer) }
      }
    }
    for (question, answer) in all(.children) {
      for id in answer.items("Children").compactMap({ $0["Id"]?.string }) {
        note(id, under: question.resource, answer)
      }
    }
    for (question, answer) in all(.parents) {
      for id in answer.items("Parents").compactMap({ $0["Id"]?.string }) {
        note(question.resource, under: id, answer)
      }
    }
  }

  private func documents(_ facts: inout OrganisationFacts) {
    for (_, answer) in all(.policies) + all(.policiesOfTarget) {
      for policy in answer.items("Policies") { note(policy, &facts) }
    }
    for (_, answer) in all(.policy) {
      for policy in answer.outputs.compactMap({ $0["Policy"] }) {
        guard let summary = policy["PolicySummary"], let id = note(summary, &facts) else { continue }
        // Of two documents without a time nobody knows which counts.
        if answer.isComplete {
          facts.policies[id]?.document = policy["Content"].map { RawPolicy(document: $0) }
        }
      }
    }
  }

  @discardableResult
  private func note(_ summary: JSONValue, _ facts: inout OrganisationFacts) -> String? {
    guard let id = summary["Id"]?.string else { return nil }
    var policy = facts.policies[id] ?? OrganisationFacts.Policy()
    policy.type = summary["Type"]?.string ?? policy.type
    policy.name = summary["Name"]?.string ?? policy.name
    facts.policies[id] = policy
    return id
  }

  private func attachments(_ facts: inout OrganisationFacts) {
    for type in [OrganisationFacts.serviceControl, OrganisationFacts.resourceControl] {
      var attached = attachedByPolicy(type, facts)
      for (question, answer) in all(.policiesOfTarget) where question.filter == type {
        attached[question.resource] =
          answer.isComplete ? Set(answer.items("Policies").compactMap { $0["Id"]?.string }) : nil
      }
      facts.attached[type] = attached
    }
  }

  /// What is attached where, known from the other side: the list of all policies, and the targets of each.
  private func attachedByPolicy(_ type: String, _ facts: OrganisationFacts) -> [String: Set<String>] {
    guard let list = all(.policies).first(where: { $0.question.filter == type })?.answer, list.isComplete,
      list.takenAt != nil
    else { return [:] }
    var attached: [String: Set<String>] = [:]
    for part in facts.parents.flatMap({ $0.value.union([$0.key]) }) { attached[part] = [] }
    for account in facts.accounts { attached[account.description] = [] }
    for id in list.items("Policies").compactMap({ $0["Id"]?.string }) {
      guard
        let targets = all(.targetsOfPolicy).first(where: { $0.question.resource == id })?.answer,
        targets.isComplete
      else { return [:] }
      for target in targets.items("Targets").compactMap({ $0["TargetId"]?.string }) {
        attached[target, default: []].insert(id)
      }
    }
    return attached
  }
}

/// What ARNs tell of an organisation: the account that owns them is the management account.
///
/// Source: "Resource types defined by AWS Organizations", Service Authorization Reference.
enum OrganisationIdentity {
  static func managementAccount(in output: JSONValue) -> AccountID? {
    arns(in: output).compactMap(\.accountID).first
  }

  static func organizationID(in output: JSONValue) -> String? {
    arns(in: output).lazy.compactMap { arn in
      arn.resource.split(separator: "/").first { $0.hasPrefix("o-") }.map(String.init)
    }.first
  }

  private static func arns(in output: JSONValue) -> [ARN] {
    let items = (output.members ?? []).flatMap { member -> [JSONValue] in
      member.value.array ?? [member.value, member.value["PolicySummary"] ?? .null]
    }
    return items.compactMap { $0["Arn"]?.string.flatMap { ARN($0) } }.filter { $0.service == "organizations" }
  }
}
