import Mustache

/// A template of the report. Everything that it is given is escaped, but for ``Graphic``.
struct Template: Sendable {
  let text: String
  private let template: MustacheTemplate

  /// - Precondition: the text is a well-formed template; all of them are literals of this module.
  init(_ text: String) {
    self.text = text
    do {
      template = try MustacheTemplate(string: text)
    } catch {
      preconditionFailure("a template of the report is malformed: \(error)")
    }
  }

  func render(_ fields: Fields) -> String { template.render(fields) }
}

/// Pieces that several templates share, each for a value under the name in its comment.
enum Fragment {
  /// `{{#arn}}…{{/arn}}`
  static let arn = #"<code class="arn">{{#heads}}{{.}}<wbr>{{/heads}}<b>{{name}}</b></code>"#
  /// `{{#role}}…{{/role}}`
  static let roleLink = ##"<a href="#{{anchor}}"><code><b>{{name}}</b></code></a>"##
  /// `{{#title}}…{{/title}}`
  static let title = "{{before}}{{#role}}\(roleLink){{/role}}{{after}}"
  /// `{{#cell}}…{{/cell}}`
  static let cell = #"<td{{#style}} class="{{.}}"{{/style}}>{{n}}</td>"#
}
