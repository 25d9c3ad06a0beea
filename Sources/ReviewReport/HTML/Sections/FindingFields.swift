import AccessReview

extension SectionContext {
  /// The findings at some positions in full, for ``FindingTemplate``.
  ///
  /// - Parameter role: the position of the role in whose section they stand, where they do: a finding whose home is
  ///   the section of another role is only named here.
  func findings(_ positions: [Int], in role: Int? = nil, level: Int) -> Fields {
    var full: [Fields] = []
    var shared: [Fields] = []
    for position in positions where result.findings.indices.contains(position) {
      if homes[position] == role {
        full.append(article(position, level: level))
      } else {
        let finding = result.findings[position]
        shared.append([
          "severity": .text(finding.severity.rawValue),
          "title": .fields(title(finding)),
          "anchor": .text(anchors.findings[position]),
        ])
      }
    }
    return [
      "findings": .list(full), "hasShared": .flag(!shared.isEmpty), "shared": .list(shared),
      "hasFindingList": .flag(!full.isEmpty),
    ]
  }

  private func article(_ position: Int, level: Int) -> Fields {
    let finding = result.findings[position]
    let members = finding.members.filter { $0 != finding.roleID }
    return [
      "anchor": .text(anchors.findings[position]),
      "level": .text("\(level)"),
      "severity": .text(finding.severity.rawValue),
      "title": .fields(title(finding)),
      "why": .text(finding.why),
      "hasEvidence": .flag(!finding.evidence.isEmpty),
      "evidence": .list(
        finding.evidence.map { ["text": .text($0.text), "id": $0.id.isEmpty ? .flag(false) : .text($0.id)] }),
      "actions": .optional(actions(finding)),
      "hasMembers": .flag(!members.isEmpty),
      "members": .list(members.map(member)),
      "sure": .text(Words.sentence(finding.confidence.rawValue) + "."),
      "remedy": .text(finding.remedy),
      "id": .text(finding.id),
      "type": .text(finding.type.rawValue),
      "command": .optional(command(finding)),
    ]
  }

  private func member(_ roleID: String) -> Fields {
    let role = anchors.position(of: roleID).map(link)
    return ["role": .optional(role), "gone": .optional(role == nil ? roleID : nil)]
  }

  /// The actions by verdict: "iam:PassRole (write, unused)".
  private func actions(_ finding: Finding) -> String? {
    guard !finding.actions.isEmpty else { return nil }
    let named = finding.actions.map { "\($0.action) (\(Words.plain($0.accessLevel)), \($0.verdict.label))" }
    return Words.list(named, atMost: 60) + "."
  }

  private func command(_ finding: Finding) -> String? {
    finding.roleID.map(Commands.show)
  }

  /// The sentence of a finding, with its role's name as a link where it stands in it.
  func title(_ finding: Finding) -> Fields {
    guard let position = anchors.position(of: finding.roleID),
      let range = Self.range(of: result.roles[position].name, in: finding.title)
    else { return ["before": .text(finding.title), "role": .flag(false), "after": .text("")] }
    return [
      "before": .text(String(finding.title[..<range.lowerBound])),
      "role": .fields(link(position)),
      "after": .text(String(finding.title[range.upperBound...])),
    ]
  }

  /// Where a name stands in a sentence as a word of its own.
  private static func range(of name: String, in sentence: String) -> Range<String.Index>? {
    guard !name.isEmpty, let range = sentence.firstRange(of: name) else { return nil }
    func isPartOfName(_ character: Character?) -> Bool {
      character.map { $0.isLetter || $0.isNumber || "+=@-_/".contains($0) } ?? false
    }
    if range.lowerBound > sentence.startIndex,
      isPartOfName(sentence[sentence.index(before: range.lowerBound)])
    {
      return nil
    }
    if range.upperBound < sentence.endIndex, isPartOfName(sentence[range.upperBound]) { return nil }
    return range
  }
}
