/// An error that a person can act on: what went wrong, where, and what to do now.
///
/// Every module has one error type, and all of them meet this protocol, so that whoever prints an error needs
/// to know no module.
public protocol DescribedError: Error, CustomStringConvertible {
  /// A stable, kebab-case name of the kind of problem, for programs.
  var code: String { get }
  /// What is wrong, as a sentence without a full stop.
  var problem: String { get }
  /// The file, record, byte or field; nil where there is no place to name.
  var place: String? { get }
  /// The way out, as a sentence.
  var remedy: String { get }
}

extension DescribedError {
  public var description: String {
    let prefix = place.map { "\($0): " } ?? ""
    return "\(prefix)\(problem). \(remedy)"
  }
}
