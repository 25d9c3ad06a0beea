public import IAMIdentifiers

/// Why a store cannot be used.
public enum StoreError: DescribedError, Hashable {
  case missing(path: String)
  case notAStore(path: String)
  case newerSchema(path: String, version: String)
  case unwritable(path: String, reason: String)
  case unreadable(path: String, reason: String)
  case busy(path: String)
  case full(path: String)
  case damaged(path: String, reason: String)
  case failed(path: String, reason: String)

  public var code: String {
    switch self {
    case .missing: "store-missing"
    case .notAStore: "store-not-recognised"
    case .newerSchema: "store-newer"
    case .unwritable: "store-unwritable"
    case .unreadable: "store-unreadable"
    case .busy: "store-busy"
    case .full: "disk-full"
    case .damaged: "store-damaged"
    case .failed: "store-failed"
    }
  }

  public var place: String? {
    switch self {
    case .missing(let path), .notAStore(let path), .newerSchema(let path, _), .unwritable(let path, _),
      .unreadable(let path, _), .busy(let path), .full(let path), .damaged(let path, _), .failed(let path, _):
      path
    }
  }

  public var problem: String {
    switch self {
    case .missing: "there is no store here"
    case .notAStore: "this is not a store of accessreview"
    case .newerSchema(_, let version): "this store was written by a newer accessreview (it has \(version))"
    case .unwritable(_, let reason): "the store cannot be written: \(reason)"
    case .unreadable(_, let reason): "the store cannot be read: \(reason)"
    case .busy: "another program is writing to the store"
    case .full: "the disk is full"
    case .damaged(_, let reason): "the store is damaged: \(reason)"
    case .failed(_, let reason): "the store failed: \(reason)"
    }
  }

  public var remedy: String {
    switch self {
    case .missing: "Run `accessreview import` first, or name another store with --db or $ACCESSREVIEW_DB."
    case .notAStore: "Name another file with --db or $ACCESSREVIEW_DB; this one was left as it is."
    case .newerSchema: "Use the newer accessreview, or import into a new store."
    case .unwritable: "Check the permissions of the file and of its folder, or name another store with --db."
    case .unreadable: "Check the permissions of the file, or name another store with --db."
    case .busy: "Wait until it has ended, then run this again."
    case .full: "Make room, then run the same command again: nothing is lost and nothing is doubled."
    case .damaged: "Restore the store from a copy, or import the same files into a new one."
    case .failed: "Run the command again; if it fails again, report it with this message."
    }
  }
}
