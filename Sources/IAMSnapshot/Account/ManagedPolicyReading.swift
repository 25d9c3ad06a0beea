import IAMIdentifiers
import IAMPolicy
import JSONText

extension DocumentReader {
  mutating func managedPolicy(_ json: JSONValue, at place: String) -> ManagedPolicyDetail? {
    let arn = arn("Arn", of: json, at: place)
    let id = uniqueID("PolicyId", of: json, at: place)
    let name = name("PolicyName", of: json, at: place)
    guard arn != nil || id != nil || name != nil else {
      lose(.entryUnreadable, at: place, "the policy has no ARN, no id and no name")
      return nil
    }
    let named = text("DefaultVersionId", of: json, at: place)
    var documents: [JSONValue?] = []
    let versions = objects("PolicyVersionList", of: json, at: place) { reader, version, place in
      documents.append(reader.member("Document", of: version))
      let id = reader.text("VersionId", of: version, at: place)
      return ManagedPolicyDetail.Version(
        versionID: id, created: reader.time("CreateDate", of: version, at: place),
        isDefault: reader.flag("IsDefaultVersion", of: version, at: place) ?? (id != nil && id == named))
    }
    let chosen = defaultVersion(of: versions, named: named, at: place)
    let document = chosen.flatMap { documents[$0] }
    return ManagedPolicyDetail(
      arnText: arn, name: name, idText: id, path: text("Path", of: json, at: place),
      created: time("CreateDate", of: json, at: place), updated: time("UpdateDate", of: json, at: place),
      attachmentCount: integer("AttachmentCount", of: json, at: place),
      boundaryUsageCount: integer("PermissionsBoundaryUsageCount", of: json, at: place),
      isAttachable: flag("IsAttachable", of: json, at: place), versions: versions,
      defaultVersionID: chosen.map { versions[$0].versionID } ?? named,
      defaultVersionCreated: chosen.flatMap { versions[$0].created },
      defaultDocument: document.map { policy($0, at: "\(place).PolicyVersionList[\(chosen ?? 0)].Document") })
  }

  /// The index of the one version that grants; nil, reported, where the page does not tell which it is.
  private mutating func defaultVersion(
    of versions: [ManagedPolicyDetail.Version], named: String?, at place: String
  ) -> Int? {
    let defaults = versions.indices.filter { versions[$0].isDefault }
    if defaults.count == 1, let only = defaults.first {
      if let named, let id = versions[only].versionID, named != id {
        report(
          .defaultVersionUnclear, at: "\(place).DefaultVersionId",
          "another version is marked as default than the one that is named; the mark counts")
      }
      return only
    }
    if let agreed = defaults.first(where: { versions[$0].versionID == named && named != nil }) {
      report(
        .defaultVersionUnclear, at: "\(place).PolicyVersionList",
        "\(defaults.count) versions are marked as default; the one that is also named counts")
      return agreed
    }
    report(
      .defaultVersionUnclear, at: "\(place).PolicyVersionList",
      defaults.isEmpty
        ? "the default version is not in the list" : "\(defaults.count) versions are marked as default")
    return nil
  }
}
