/// What a line of input came to.
enum LineOutcome {
  case empty
  case answered
  /// The line is not what was asked for; an error stands in its place.
  case refused
}

extension LineReader {
  /// Writes an answer to each line on standard output, in memory that does not grow with the input.
  ///
  /// - Parameter answer: writes a line with its line feed; it is given the line's number from 1 on.
  /// - Returns: whether no line was refused.
  mutating func answerEach(_ answer: (Line, Int, inout [UInt8]) throws -> LineOutcome) throws -> Bool {
    var results = ResultStream()
    var isWhole = true
    try forEach { number, line in
      if try results.appending({ try answer(line, number, &$0) }) == .refused { isWhole = false }
    } whenDrained: {
      try results.flush()
    }
    return isWhole
  }
}

extension LineReader.Line {
  /// Answers by what is made of the object in the line; in the place of a line that is none comes an error, in that of
  /// an empty one nothing.
  ///
  /// - Parameter body: writes the answer; false where the object is not what was asked for.
  func answer(
    _ number: Int, into output: inout [UInt8], _ body: (RawObject, inout [UInt8]) -> Bool
  ) -> LineOutcome {
    guard case .bytes(let bytes) = self else {
      LineRefusal(number, "the line is longer than \(LineReader.longest >> 20) MiB").write(to: &output)
      return .refused
    }
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return .empty }
    do throws(JSONScanner.Mistake) {
      return body(try RawObject(bytes), &output) ? .answered : .refused
    } catch {
      LineRefusal(number, "\(error.problem), at byte \(error.byteOffset)").write(to: &output)
      return .refused
    }
  }
}

/// What stands in the place of a line that could not be answered.
struct LineRefusal {
  let number: Int
  /// The value by which whoever asked knows the line, as JSON; nil where it has none.
  let id: ArraySlice<UInt8>?
  let problem: String

  init(_ number: Int, _ problem: String, id: ArraySlice<UInt8>? = nil) {
    (self.number, self.id, self.problem) = (number, id, problem)
  }

  func write(to output: inout [UInt8]) {
    var line = JSONLine()
    line.member("line", number)
    if let id { line.member("id", json: id) }
    line.member("error", problem)
    output += line.closed
    output.append(0x0A)
  }
}
