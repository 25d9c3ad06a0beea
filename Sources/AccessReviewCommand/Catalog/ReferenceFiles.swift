import ActionCatalog
import CloudTrail
import Foundation
import IAMIdentifiers

/// AWS's service reference, as files that somebody downloaded.
struct ReferenceFiles {
  /// What stands for the day where nobody says it.
  static let unknownDay = "an unknown day"

  let services: [ServiceReference]
  /// Files that list services and say nothing of them.
  let indices: Int

  /// Reads files, and all files in folders but those whose names begin with a dot.
  ///
  /// - Throws: `InputError` or `ReferenceError` that names the file; one file that is not understood is enough.
  init(paths: [String]) throws {
    let discovery = FileDiscovery(paths: paths)
    if let (path, problem) = discovery.unreadable.first {
      throw InputError(place: path, problem: problem.problem)
    }
    var services: [(reference: ServiceReference, path: String)] = []
    var indices: [(path: String, error: CatalogError)] = []
    for file in discovery.files.sorted(by: { $0.path < $1.path }) {
      let bytes = try ReferenceFiles.bytes(of: file)
      do throws(CatalogError) {
        let reference = try ServiceReference(json: bytes)
        if let other = services.first(where: { $0.reference.service == reference.service }) {
          throw CatalogError.repeatedService("\(reference.service) (also in \(other.path))")
        }
        services.append((reference, file.path))
      } catch .serviceIndex(let count) {
        indices.append((file.path, .serviceIndex(services: count)))
      } catch {
        throw ReferenceError(path: file.path, error: error)
      }
    }
    if services.isEmpty {
      if let index = indices.first { throw ReferenceError(path: index.path, error: index.error) }
      throw InputError(
        place: paths.first, problem: "there are no files in it",
        remedy: "Name the folder that holds the services' JSON files.")
    }
    self.services = services.map(\.reference)
    self.indices = indices.count
  }

  /// Laid over the built-in catalogue.
  ///
  /// - Parameter takenAt: when the files were downloaded; they do not say it themselves.
  func overlay(takenAt: UTCTime?) throws(CatalogError) -> CatalogOverlay {
    try CatalogOverlay(
      date: takenAt?.day.description ?? ReferenceFiles.unknownDay,
      services: services.map { CatalogOverlay.Service($0) })
  }

  private static func bytes(of file: FileDiscovery.Found) throws -> [UInt8] {
    guard file.bytes <= ServiceReference.longestFile else {
      throw ReferenceError(
        path: file.path, error: .tooLarge(bytes: file.bytes, limit: ServiceReference.longestFile))
    }
    do {
      let handle =
        file.path == "-"
        ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: file.path))
      return Array(try handle.read(upToCount: ServiceReference.longestFile + 1) ?? Data())
    } catch {
      throw InputError(place: file.path, problem: "it cannot be read: \(error.localizedDescription)")
    }
  }
}

/// Why a file is no service reference that can be laid over the catalogue.
struct ReferenceError: DescribedError {
  let path: String
  let error: CatalogError
  var code: String { error.code }
  var problem: String { error.problem.prefix(1).lowercased() + error.problem.dropFirst() + "" }
  var place: String? { error.place.map { "\(path), \($0)" } ?? path }
  var remedy: String { error.remedy }
}
