extension Glob {
  /// One place of a pattern, in whole characters.
  private enum Place: Equatable {
    /// The bytes of one character.
    case character(UInt32)
    case one, within, any

    var isStar: Bool { self == .within || self == .any }

    /// Whether one character can stand at both places.
    func meets(_ other: Place) -> Bool {
      switch (self, other) {
      case (.character(let left), .character(let right)): left == right
      case (.character(let character), let open), (let open, .character(let character)):
        open == .any || character != UInt32(Glob.colon)
      default: true
      }
    }
  }

  private var places: [Place] {
    var places: [Place] = []
    places.reserveCapacity(tokens.count)
    for token in tokens {
      switch token {
      case .byte(let byte):
        if Glob.isContinuation(byte), case .character(let bytes)? = places.last {
          places[places.count - 1] = .character(bytes << 8 | UInt32(byte))
        } else {
          places.append(.character(UInt32(byte)))
        }
      case .one: places.append(.one)
      case .within: places.append(.within)
      case .any, .variable: places.append(.any)
      }
    }
    return places
  }

  /// True where some text is described by both patterns; a variable may be any text.
  ///
  /// Follows both at once, at a cost of the product of the two lengths.
  func overlaps(_ other: Glob) -> Bool {
    let (mine, theirs) = (places, other.places)
    // How far this pattern may be when the other one is at a place.
    var here = [Bool](repeating: false, count: mine.count + 1)
    here[0] = true
    for their in theirs {
      var next = [Bool](repeating: false, count: mine.count + 1)
      var isAlive = false
      for place in here.indices where here[place] {
        if their.isStar { next[place] = true }
        if place < mine.count {
          if mine[place].isStar { here[place + 1] = true }
          if mine[place].meets(their) {
            switch (mine[place].isStar, their.isStar) {
            case (false, true): here[place + 1] = true
            case (true, false): next[place] = true
            case (false, false): next[place + 1] = true
            case (true, true): break
            }
          }
        }
        isAlive = isAlive || next[place] || (place < mine.count && next[place + 1])
      }
      guard isAlive else { return false }
      here = next
    }
    for place in mine.indices where here[place] && mine[place].isStar { here[place + 1] = true }
    return here[mine.count]
  }
}
