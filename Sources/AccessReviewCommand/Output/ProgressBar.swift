import AccessReview
import Foundation

/// One line on a terminal that says how far an import is; nothing anywhere else.
struct ProgressBar {
  private let isShown = Console.errorIsTerminal
  private var lastShown = Date.distantPast

  /// Shows how far it is, a few times a second at most.
  mutating func update(_ progress: Importer.Progress) {
    guard isShown, Date().timeIntervalSince(lastShown) > 0.1 else { return }
    lastShown = Date()
    let share = progress.bytes > 0 ? Double(progress.bytesDone) / Double(progress.bytes) : 1
    let width = 30
    let full = min(width, Int(share * Double(width)))
    let bar = String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
    write(
      "\r[\(bar)] \(Int(share * 100)) %  \(progress.filesDone) of \(progress.files) files, \(progress.events) events "
    )
  }

  /// Clears the line.
  func end() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
