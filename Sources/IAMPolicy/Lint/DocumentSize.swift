import JSONText

/// How large a document is, measured as AWS does.
///
/// Sources: "IAM and AWS STS quotas", IAM User Guide: white space does not count. "Quotas and service limits for AWS
/// Organizations", AWS Organizations User Guide: white space between the elements counts unless the console saves the policy. Service control policies may be twice as large since May 2026.
struct DocumentSize {
  private let json: JSONValue
  private let kind: PolicyKind
  private let writtenCharacters: Int?

  /// - Parameter writtenCharacters: with white space; nil where not known.
  init(_ json: JSONValue, kind: PolicyKind, writtenCharacters: Int?) {
    self.json = json
    self.kind = kind
    self.writtenCharacters = writtenCharacters
  }

  /// Where a document may be kept, and how many characters it may have there; the roomiest first.
  private var quotas: [(place: String, characters: Int)] {
    switch kind {
    case .identity:
      [
        ("inline in a role", 10_240), ("a managed policy", 6_144), ("inline in a group", 5_120),
        ("inline in a user", 2_048),
      ]
    case .boundary: [("a managed policy", 6_144)]
    case .trust: [("a trust policy at the raised quota", 4_096), ("a trust policy", 2_048)]
    case .scp: [("a service control policy", 10_240)]
    case .rcp: [("a resource control policy", 5_120)]
    case .resource: []
    }
  }

  var findings: [LintFinding] {
    let text = json.canonicalText
    var findings: [LintFinding] = []
    if let odd = text.unicodeScalars.first(where: { $0.value > 0xFF }), kind != .resource {
      findings.append(
        LintFinding(
          .documentCharacters, in: nil, element: "Statement",
          "The document holds U+\(String(odd.value, radix: 16, uppercase: true)), and IAM takes no character above U+FF",
          remedy: "Write it in Latin letters."))
    }
    let countsSpace = kind == .scp || kind == .rcp
    let size = text.unicodeScalars.count { countsSpace || !$0.properties.isWhitespace }
    // The smallest quotas are of kinds of places that hardly anybody means; the two largest tell whether it fits at all.
    let exceeded = quotas.prefix(2).filter { size > $0.characters }
    guard let worst = exceeded.first else { return findings + (countsSpace ? written : []) }
    let fits = quotas.first { size <= $0.characters }
    findings.append(
      LintFinding(
        .sizeOverQuota, severity: fits == nil ? .error : .warning, in: nil, element: "Statement",
        "The document has \(size) characters, and \(worst.place) may have \(worst.characters)",
        remedy: fits.map { "It fits \($0.place) only; make it shorter for other places." }
          ?? "Split it, or make it shorter."))
    return findings
  }

  /// What fits as the console saves it, and does not as it was written.
  private var written: [LintFinding] {
    guard let size = writtenCharacters, let quota = quotas.first, size > quota.characters else { return [] }
    return [
      LintFinding(
        .sizeOverQuota, severity: .warning, in: nil, element: "Statement",
        "The document has \(size) characters with its white space, which counts where the AWS CLI or an SDK saves it, and "
          + "\(quota.place) may have \(quota.characters)",
        remedy: "Save it without white space, or in the console, which removes it.")
    ]
  }
}
