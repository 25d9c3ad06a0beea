import ArgumentParser
import IAMIdentifiers
import IAMPolicy
import JSONText

/// A file that holds a policy document, by itself or inside an answer of the AWS CLI.
struct PolicyFile {
  /// Bytes of the largest file that is read: far more than any quota on policies allows.
  private static let largest = 1 << 25

  /// As it was given; `-` for standard input.
  let path: String
  let bytes: [UInt8]
  let enclosed: EnclosedDocument
  let document: PolicyDocument

  /// Characters of the document with its white space; nil where it stands as an object inside an answer, which is not
  /// how it was written.
  let writtenCharacters: Int?

  init(path: String, bytes: [UInt8]) throws(PolicyFileError) {
    self.path = path
    self.bytes = bytes
    let json: JSONValue
    do { json = try PolicyFile.json(bytes) } catch {
      throw PolicyFileError(error, byteOffset: error.byteOffset, path: path, bytes: bytes)
    }
    do {
      enclosed = try EnclosedDocument(in: json)
      document = try PolicyDocument(json: enclosed.json)
    } catch { throw PolicyFileError(error, byteOffset: nil, path: path, bytes: bytes) }
    writtenCharacters = PolicyFile.characters(bytes, json, enclosed)
  }

  private static func characters(_ bytes: [UInt8], _ json: JSONValue, _ enclosed: EnclosedDocument) -> Int? {
    guard enclosed.wasText else {
      guard enclosed.path.isEmpty, bytes.first != UInt8(ascii: "%") else { return nil }
      let text = String(decoding: bytes, as: UTF8.self).unicodeScalars.drop { $0 == "\u{FEFF}" || $0.isSpace }
      return text.count - text.reversed().prefix { $0.isSpace }.count
    }
    var value: JSONValue? = json
    for name in enclosed.path { value = value?[name] }
    guard let text = value?.string, text.unicodeScalars.first != "%" else { return nil }
    return text.unicodeScalars.count
  }

  /// JSON, or JSON that is percent-encoded as a whole, as IAM's API gives documents.
  private static func json(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    do { return try JSONValue(json: bytes) } catch {
      guard bytes.first == UInt8(ascii: "%"),
        let text = String(validating: bytes, as: UTF8.self)?.trimmed.percentDecoded,
        let json = try? JSONValue(json: text)
      else { throw error }
      return json
    }
  }

  /// Goes through files; what cannot be read is told on standard error, and the others are gone through nonetheless.
  ///
  /// - Parameters:
  ///   - body: false where something in the file was not understood.
  ///   - other: takes what could be opened and holds no policy; nil where that counts as not read.
  /// - Throws: an exit status: 1 where no file could be read, 3 where one could not, or something in it not.
  static func forEach(
    _ paths: [String], orElse other: ((PolicyFileError) throws -> Void)? = nil,
    _ body: (PolicyFile) throws -> Bool
  ) throws -> FileTally {
    var tally = FileTally()
    func fail(_ error: some DescribedError) {
      Console.error("accessreview: \(TerminalLine.escaped(error.description))")
      tally.failed += 1
    }
    for path in paths {
      let bytes: [UInt8]
      do { bytes = try InputFile.bytes(of: path, limit: PolicyFile.largest) } catch {
        fail(error)
        continue
      }
      let file: PolicyFile
      do { file = try PolicyFile(path: path, bytes: bytes) } catch {
        if let other {
          tally.read += 1
          try other(error)
        } else {
          fail(error)
        }
        continue
      }
      tally.read += 1
      if try !body(file) { tally.isPartial = true }
    }
    return tally
  }
}

/// How many files could be read.
struct FileTally {
  var read = 0
  var failed = 0
  /// Whether something in a file was not understood.
  var isPartial = false

  /// Ends the command where something was not read.
  func check() throws {
    if failed > 0, read == 0 { throw ExitCode(ExitStatus.failure.rawValue) }
    if failed > 0 || isPartial { throw ExitCode(ExitStatus.incomplete.rawValue) }
  }
}

/// Why a file holds no policy.
struct PolicyFileError: DescribedError {
  let code: String
  let place: String?
  let problem: String
  let remedy: String
  /// Where the file stops being JSON; nil where it is JSON, and something else.
  let byteOffset: Int?
  let path: String
  let bytes: [UInt8]

  init(_ error: some DescribedError, byteOffset: Int?, path: String, bytes: [UInt8]) {
    let name = path == "-" ? "standard input" : path
    code = error.code
    place = error.place.map { "\(name), \($0)" } ?? name
    problem = error.problem
    remedy = byteOffset == nil ? error.remedy : "Correct the JSON there; it may also have been cut off."
    (self.byteOffset, self.path, self.bytes) = (byteOffset, path, bytes)
  }
}

extension Unicode.Scalar {
  fileprivate var isSpace: Bool { value == 0x20 || (0x09...0x0D).contains(value) }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while let last = text.unicodeScalars.last, last.value <= 0x20 { text.unicodeScalars.removeLast() }
    return String(text)
  }
}
