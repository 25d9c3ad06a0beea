extension RecordedEvents {
  /// How much of what was asked for is recorded.
  public enum Extent: String, Hashable, Sendable, CaseIterable {
    case all
    case some
    case none
    /// None that is certain; a selector that was not understood may record some or all.
    case unknown

    /// Of conditions that must all hold: what one leaves out is left out, whatever the others say.
    static func meeting(_ extents: some Sequence<Extent>) -> Extent {
      let extents = Set(extents)
      for extent in [Extent.none, .unknown, .some] where extents.contains(extent) { return extent }
      return .all
    }

    /// Of several selectors, or trails: what one records is recorded.
    public static func joining(_ extents: some Sequence<Extent>) -> Extent {
      let extents = Set(extents)
      for extent in [Extent.all, .some, .unknown] where extents.contains(extent) { return extent }
      return .none
    }

    /// Of several parts of what was asked for. No parts are none.
    public static func ofParts(_ extents: some Sequence<Extent>) -> Extent {
      let extents = Set(extents)
      if extents.count == 1, let only = extents.first { return only }
      if extents.contains(.all) || extents.contains(.some) { return .some }
      return extents.contains(.unknown) ? .unknown : .none
    }
  }
}
