import Mustache

/// What a template is given: named texts, flags, lists and pictures.
struct Fields: MustacheParent, ExpressibleByDictionaryLiteral {
  private var values: [String: Value]

  init(dictionaryLiteral elements: (String, Value)...) {
    values = Dictionary(elements, uniquingKeysWith: { _, last in last })
  }

  subscript(name: String) -> Value? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// What the template engine sees under a name.
  ///
  /// Nil, for a name that is not here, makes the engine look further out; so optional values are always set.
  func child(named name: String) -> Any? {
    switch values[name] {
    case .text(let text): VisibleText.of(text)
    case .flag(let flag): flag
    case .list(let list): list
    case .texts(let texts): texts.map { VisibleText.of($0) }
    case .fields(let fields): fields
    case .graphic(let graphic): graphic
    case nil: nil
    }
  }

  /// A value under a name. Texts are foreign until proved otherwise: all are made visible and escaped.
  enum Value {
    case text(String)
    case flag(Bool)
    case list([Fields])
    case texts([String])
    case fields(Fields)
    case graphic(Graphic)

    /// A text that may be missing: its section is then left out.
    static func optional(_ text: String?) -> Value { text.map { .text($0) } ?? .flag(false) }

    /// Fields that may be missing: their section is then left out.
    static func optional(_ fields: Fields?) -> Value { fields.map { .fields($0) } ?? .flag(false) }

    /// A count, with thousands parted.
    static func number(_ number: Int) -> Value { .text(Words.number(number)) }
  }
}

extension Fields {
  /// A table cell with a number: quiet where it is zero, loud where asked.
  static func cell(_ number: Int, isLoud: Bool = false) -> Fields {
    ["style": .optional(number == 0 ? "zero" : isLoud ? "loud" : nil), "n": .number(number)]
  }

  /// An ARN in pieces after which a line may break, and the name at its end.
  static func arn(_ text: String) -> Fields {
    guard text.utf8.count <= 2_048 else { return ["heads": .texts([]), "name": .text(text)] }
    var heads: [String] = []
    var piece = ""
    for character in text {
      piece.append(character)
      if character == ":" || character == "/" {
        // "iam::" is one piece.
        if piece == ":", let last = heads.indices.last { heads[last] += piece } else { heads.append(piece) }
        piece = ""
      }
    }
    if piece.isEmpty, let last = heads.popLast() { piece = last }
    return ["heads": .texts(heads), "name": .text(piece)]
  }
}
