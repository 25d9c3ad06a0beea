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

  init(path: String) throws {
    self.path = path
    bytes = try InputFile.bytes(of: path, limit: PolicyFile.largest)
    do {
      enclosed = try EnclosedDocument(in: PolicyFile.json(bytes))
      document = try PolicyDocument(json: enclosed.json)
    } catch let error as any DescribedError {
      let name = path == "-" ? "standard input" : path
      throw PolicyFileError(
        code: error.code, place: error.place.map { "\(name), \($0)" } ?? name, problem: error.problem,
        remedy: error.remedy)
    }
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
  /// - Parameter body: false where something in the file was not understood.
  /// - Throws: an exit status: 1 where no file could be read, 3 where one could not, or something in it not.
  static func forEach(_ paths: [String], _ body: (PolicyFile) throws -> Bool) throws -> FileTally {
    var tally = FileTally()
    for path in paths {
      let file: PolicyFile
      do { file = try PolicyFile(path: path) } catch let error as any DescribedError {
        Console.error("accessreview: \(TerminalLine.escaped(error.description))")
        tally.failed += 1
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
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while let last = text.unicodeScalars.last, last.value <= 0x20 { text.unicodeScalars.removeLast() }
    return String(text)
  }
}
