/// A trail's configuration in short, as a world's `declared` has it, written out as the collected outputs of the calls.
struct DeclaredTrailFile {
  let json: JSON
  let world: World

  private var name: String { json["trail"]?.string ?? "t" }
  private var owner: String { json["owner"]?.string ?? world.account }
  private var arn: JSON { .string("arn:\(world.partition):cloudtrail:us-east-1:\(owner):trail/\(name)") }

  var document: JSON {
    var settings: [String: JSON] = [
      "Name": .string(name), "TrailARN": arn, "HomeRegion": "us-east-1",
      "IsMultiRegionTrail": json["multiRegion"] ?? true, "S3BucketName": json["bucket"] ?? "b",
      "IsOrganizationTrail": json["organisation"] ?? false,
    ]
    if json["advanced"] == nil, json["basic"] == nil {
      settings["HasCustomEventSelectors"] = json["custom"] ?? false
    }
    var document: [String: JSON] = ["describeTrails": ["trailList": [.object(settings)]]]
    let account = json["organisation"] == true ? json["account"] : .string(world.account)
    if let account { document["account"] = account }
    if let selectors { document["getEventSelectors"] = selectors }
    if let status = json["status"] { document["getTrailStatus"] = status }
    return .object(document)
  }

  private var selectors: JSON? {
    if let basic = json["basic"] { return ["TrailARN": arn, "EventSelectors": basic] }
    guard let advanced = json["advanced"]?.array else { return nil }
    let management: [JSON] = json["management"] == false ? [] : [["eventCategory": "Management"]]
    return [
      "TrailARN": arn,
      "AdvancedEventSelectors": .array((management + advanced).map { ["FieldSelectors": fields($0)] }),
    ]
  }

  /// A text or a list is what the field must equal; an object has operators.
  private func fields(_ selector: JSON) -> JSON {
    .array(
      (selector.object ?? [:]).sorted { $0.key < $1.key }.map { field, condition in
        var written: [String: JSON] = ["Field": .string(field)]
        switch condition {
        case .object(let operators): for (name, values) in operators { written[name] = values }
        case .array: written["Equals"] = condition
        default: written["Equals"] = [condition]
        }
        return .object(written)
      })
  }
}
