import AccessReview
import Mustache

/// The inside of a picture: SVG made from numbers alone, and the only markup that is not a template's.
///
/// No text of the review can get in here: everything is built from integers and the constants below. Titles and
/// labels stand in the templates around it.
struct Graphic: MustacheCustomRenderable {
  let renderText: String
  var isNull: Bool { renderText.isEmpty }

  /// A stacked bar of verdicts. The whole is as wide as `scale` of what is counted.
  ///
  /// - Parameter gap: thousandths of the whole that parts stay apart, so that even one of a thousand can be seen.
  static func bar(_ counts: VerdictCounts, scale: Int, gap: Int = 8) -> Graphic {
    guard scale > 0 else { return Graphic(renderText: "") }
    let parts = Verdict.allCases.filter { counts[$0] > 0 }
    let least = 3
    var markup = ""
    var start = 0
    for verdict in parts {
      let whole = counts[verdict] * 1000 / scale
      let width = max(least, whole - gap)
      markup += rectangle(verdict, x: min(start, 1000 - least), width: min(width, max(least, 1000 - start)))
      start += max(whole, least + gap)
    }
    return Graphic(renderText: markup)
  }

  /// A bar of one verdict, `value` of `scale` wide.
  static func bar(_ verdict: Verdict, _ value: Int, scale: Int) -> Graphic {
    var counts = VerdictCounts()
    counts[verdict] = max(0, value)
    return bar(counts, scale: max(scale, 1))
  }

  /// A part of a bar; by the style sheet unused ones are higher, so that they differ without colour as well.
  private static func rectangle(_ verdict: Verdict, x: Int, width: Int) -> String {
    #"<rect class="v\#(verdict.position)" x="\#(tenths(x))%" width="\#(tenths(width))%"/>"#
  }

  /// A column for each day, in a box as many units wide as there are days and 14 high.
  static func days(_ states: [String]) -> Graphic {
    var paths: [(style: String, data: String)] = [("day", ""), ("day quiet", ""), ("day gap", "")]
    for (day, state) in states.enumerated() {
      let x = "\(day).08"
      switch state {
      case "covered": paths[0].data += "M\(x) 0h.84v14h-.84z"
      case "partial": paths[0].data += "M\(x) 5h.84v9h-.84z"
      case "quiet": paths[1].data += "M\(x) 10h.84v4h-.84z"
      default: paths[2].data += "M\(day) 6h1v2h-1z"
      }
    }
    return Graphic(
      renderText: paths.filter { !$0.data.isEmpty }
        .map { #"<path class="\#($0.style)" d="\#($0.data)"/>"# }.joined())
  }

  /// The names of the months below a strip of days, which are spelled `2026-10-31`.
  static func months(_ days: [String]) -> Graphic {
    var markup = ""
    var last = ""
    for (position, day) in days.enumerated() {
      let parts = day.split(separator: "-")
      guard parts.count == 3, let number = Int(parts[1]), let name = Words.monthName(number) else { continue }
      guard name != last else { continue }
      last = name
      // A name at the right edge would be cut off, and one close to the next would run into it.
      let isLongEnough = days.count - position >= days.count / 12 + 1
      guard isLongEnough, position == 0 || parts[2] == "01" else { continue }
      if position == 0, days.count > 40, (Int(parts[2]) ?? 1) > 22 { continue }
      let label = days.count > 200 ? String(name.prefix(3)) : name
      markup += #"<text x="\#(tenths(position * 1000 / days.count))%" y="11">\#(label)</text>"#
    }
    return Graphic(renderText: markup)
  }

  /// A column for each week, 36 high, refused calls on top, weeks with a gap hatched.
  static func weeks(_ weeks: [RoleResult.Week]) -> Graphic {
    let most = weeks.map { max(0, $0.uses) }.max() ?? 0
    var markup = ""
    for (position, week) in weeks.enumerated() {
      let x = tenths(position * 1000 / weeks.count)
      let width = tenths(650 / weeks.count)
      if week.gapDays > 0 { markup += #"<rect class="g" x="\#(x)%" y="0" width="\#(width)%" height="36"/>"# }
      let share = most > 0 ? Int(Double(max(0, week.uses)) * 310 / Double(most)) : 0
      let height = week.uses > 0 ? max(10, share) : 0
      if height > 0 {
        markup += """
          <rect class="w" x="\(x)%" y="\(tenths(360 - height))" width="\(width)%" height="\(tenths(height))"/>
          """
      }
      if week.denied > 0 {
        markup += #"<rect class="d" x="\#(x)%" y="\#(tenths(310 - height))" width="\#(width)%" height="4"/>"#
      }
    }
    return Graphic(renderText: markup + #"<line x1="0" x2="100%" y1="36" y2="36"/>"#)
  }

  /// 123 as `12.3`, 120 as `12`.
  private static func tenths(_ value: Int) -> String {
    value % 10 == 0 ? "\(value / 10)" : "\(value / 10).\(abs(value % 10))"
  }
}
