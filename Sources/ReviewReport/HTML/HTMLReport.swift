public import AccessReview

/// A review as one self-contained HTML document: no network, readable without script, printable.
///
/// It decides nothing: verdicts, findings and their order are the review's. The same result gives the same text.
public struct HTMLReport: Sendable {
  private let result: ReviewResult

  /// The report of a review.
  public init(_ result: ReviewResult) { self.result = result }

  /// The document.
  public func render() -> String {
    let context = SectionContext(result)
    let frame: Fields = [
      "title": .text(context.phrases.title),
      "policy": .text(Self.policy),
      "seen": .text(Words.sentence(context.phrases.seen)),
      "contents": .list(Self.contents.map { ["anchor": .text($0.anchor), "name": .text($0.name)] }),
    ]
    var document = PageTemplate.head.render(frame)
    document += "<style>\(StyleSheet.text)</style>\n"
    document += PageTemplate.body.render(frame)
    document += FirstScreen(context).render()
    document += BeginHere(context).render()
    document += RoleList(context).render()
    document += DormantRoles(context).render()
    document += TrustAndOrphans(context).render()
    document += BroadGrants(context).render()
    document += Unknowns(context).render()
    document += Provenance(context).render()
    document += PageTemplate.end.render(frame)
    document += "<script>\(Script.text)</script>\n</body></html>\n"
    return document
  }

  /// Nothing may be loaded, sent or run but the style and the script of this program.
  private static let policy = """
    default-src 'none'; style-src 'sha256-\(StyleSheet.hash)'; script-src 'sha256-\(Script.hash)'; \
    base-uri 'none'; form-action 'none'
    """

  private static let contents: [(anchor: String, name: String)] = [
    ("main", "In short"), ("begin", "Begin here"), ("roles", "Roles"), ("dormant", "Dormant and never used"),
    ("trust", "Trust and orphans"), ("policies", "Policies"), ("unknown", "What we could not know"),
    ("made", "How this was made"),
  ]
}
