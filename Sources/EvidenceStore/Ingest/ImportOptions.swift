/// How an import is to be done.
public struct ImportOptions: Sendable {
  /// Whether the user declared the trails to be whole deliveries.
  public let declaresComplete: Bool
  /// The account in a path of the form in which CloudTrail delivers; nil for other paths.
  public let deliveredAccount: @Sendable (_ path: String) -> String?
  /// Events after which a transaction is committed: fewer commits are faster, and lose more to a kill.
  public let eventsInTransaction: Int
  /// Names the rules by which facts were taken out of events; a file read by older rules is read again.
  public let extraction: Int

  /// - Parameter eventsInTransaction: nil for what suits most imports.
  public init(
    declaresComplete: Bool, extraction: Int, eventsInTransaction: Int? = nil,
    deliveredAccount: @escaping @Sendable (_ path: String) -> String?
  ) {
    self.declaresComplete = declaresComplete
    self.extraction = extraction
    self.eventsInTransaction = eventsInTransaction ?? 150_000
    self.deliveredAccount = deliveredAccount
  }
}
