import ActionCatalog
import IAMIdentifiers
import Testing

@Suite("A catalogue with the service reference over it")
struct OverlayTests {
  let storage: ServiceReference

  init() throws { storage = try ServiceReference(json: ServiceReferenceTests.storage.utf8) }

  func overlay(_ services: [ServiceReference], wholly: Bool = false) throws -> CatalogOverlay {
    try CatalogOverlay(
      date: "2026-11-24", services: services.map { CatalogOverlay.Service($0, isWhollyListed: wholly) })
  }

  func operation(_ service: String, _ name: String, _ actions: [String]) -> ServiceReference {
    let operation = ServiceReference.Operation(
      name: name, authorizedActions: actions.compactMap { ActionName($0) })
    return ServiceReference(service: service, actions: [], operations: [operation])
  }

  func action(_ text: String) throws -> ActionName { try #require(ActionName(text)) }

  @Test("An overlay of nothing changes nothing")
  func nothing() throws {
    let catalog = ActionCatalog(overlaying: try overlay([]))
    let builtIn = ActionCatalog.builtIn
    #expect(catalog.version == builtIn.version && catalog.count == builtIn.count)
    #expect(catalog.overlay == nil && catalog.disagreements.isEmpty)
    #expect(CatalogDifference(from: builtIn, to: catalog).isEmpty)
  }

  @Test("A reference that says what the table says changes the version alone")
  func same() throws {
    let list = ServiceReference(service: "s3", actions: [])
    let catalog = ActionCatalog(overlaying: try overlay([list]))
    #expect(CatalogDifference(from: .builtIn, to: catalog).isEmpty)
    #expect(catalog.version.hasPrefix(ActionCatalog.builtIn.version + ", service reference of 2026-11-24 ("))
    #expect(catalog.version != ActionCatalog(overlaying: try overlay([storage])).version)
  }

  @Test("Actions are added in their order, and numbered anew")
  func added() throws {
    let catalog = ActionCatalog(overlaying: try overlay([storage]))
    let fold = try action("s3:FoldObject")
    let number = try #require(catalog.index(of: fold))
    #expect(catalog.count == ActionCatalog.builtIn.count + 1)
    #expect(catalog.name(at: number) == fold)
    #expect(catalog.indices(ofService: "s3").contains(number))
    #expect(catalog.name(at: number - 1) < fold && fold < catalog.name(at: number + 1))
    #expect(catalog.entry(at: number).accessLevels == .write)
    #expect(catalog.entry(at: number).visibility == .unknown)
    for number in 0..<catalog.count { #expect(catalog.index(of: catalog.name(at: number)) == number) }
    let call = Call(eventSource: "s3.amazonaws.com", eventName: "FoldObject")
    #expect(catalog.resolve(call).actions == [fold] && catalog.resolve(call).rule == .sameName)
  }

  @Test("A service that nobody knew is a service, and its name an event source")
  func newService() throws {
    let name = try action("fold:DoIt")
    let new = ServiceReference(service: "fold", actions: [ServiceReference.Action(name: name)])
    let catalog = ActionCatalog(overlaying: try overlay([new]))
    #expect(catalog.services.contains("fold") && catalog.indices(ofService: "fold").count == 1)
    let resolution = catalog.resolve(Call(eventSource: "fold.amazonaws.com", eventName: "DoIt"))
    #expect(resolution.actions == [name] && resolution.prefixes == ["fold"])
    #expect(CatalogDifference(from: .builtIn, to: catalog).added == [name])
  }

  @Test("Levels and resource types are the reference's, where it says them")
  func levels() throws {
    let get = ServiceReference.Action(
      name: try action("s3:getobject"), accessLevels: .list, resourceTypes: ["object", "thing"],
      supportsLastAccessed: true)
    let bare = ServiceReference.Action(name: try action("s3:PutObject"))
    let catalog = ActionCatalog(
      overlaying: try overlay([ServiceReference(service: "s3", actions: [get, bare])]))
    let entry = try #require(catalog.entry(for: get.name))
    #expect(entry.accessLevels == .list && entry.name.description == "s3:GetObject")
    #expect(entry.resourceTypes.map(\.name) == ["object", "thing"])
    #expect(entry.visibility == .data)
    #expect(catalog.entry(for: bare.name) == ActionCatalog.builtIn.entry(for: bare.name))
    #expect(catalog.referenceEntry(of: try action("S3:GetObject"))?.supportsLastAccessed == true)
    #expect(catalog.referenceEntry(of: try action("ec2:RunInstances")) == nil)
    let difference = CatalogDifference(from: .builtIn, to: catalog)
    #expect(difference.changedLevels.map(\.action) == [get.name])
    #expect(difference.changedLevels.first?.from == .read && difference.changedLevels.first?.to == .list)
  }

  @Test("Missing actions are kept, and retired only where the service is listed wholly")
  func retired() throws {
    let put = try action("s3:PutObject")
    let part = ActionCatalog(overlaying: try overlay([storage]))
    #expect(part.entry(for: put)?.isRetired == false)
    let whole = ActionCatalog(overlaying: try overlay([storage], wholly: true))
    #expect(whole.entry(for: put)?.isRetired == true)
    #expect(whole.entry(for: try action("s3:GetObject"))?.isRetired == false)
    #expect(whole.entry(for: try action("ec2:RunInstances"))?.isRetired == false)
    let codestar = ServiceReference(
      service: "codestar", actions: [ServiceReference.Action(name: try action("codestar:CreateProject"))])
    let back = ActionCatalog(overlaying: try overlay([codestar]))
    #expect(back.entry(for: try action("codestar:CreateProject"))?.isRetired == false)
  }

  @Test("The reference outranks names, never the mapping, a denial or the event's type")
  func order() throws {
    let references = [
      operation("glue", "GetTable", ["glue:GetDatabase"]), operation("s3", "HeadObject", ["s3:ListBucket"]),
    ]
    let catalog = ActionCatalog(overlaying: try overlay(references))
    var call = Call(eventSource: "glue.amazonaws.com", eventName: "GetTable")
    #expect(catalog.resolve(call).rule == .serviceReference)
    #expect(catalog.resolve(call).actions.map(\.description) == ["glue:GetDatabase"])
    call.eventType = "AwsServiceEvent"
    #expect(catalog.resolve(call).rule == .eventType)
    call = Call(
      eventSource: "glue.amazonaws.com", eventName: "GetTable", errorCode: "AccessDenied",
      errorMessage: "… is not authorized to perform: glue:GetTable")
    #expect(catalog.resolve(call).actions.map(\.description) == ["glue:GetTable"])
    let head = Call(eventSource: "s3.amazonaws.com", eventName: "HeadObject")
    #expect(catalog.resolve(head).actions.map(\.description) == ["s3:GetObject"])
    #expect(
      catalog.disagreements.map { "\($0.service) \($0.operation) \($0.rule.rawValue)" } == [
        "glue GetTable same-name", "s3 HeadObject override",
      ])
  }

  @Test(
    "A row of the mapping that does not know of a listed action disagrees, and a name, which gives way, does not",
    arguments: [
      ("s3", "HeadObject", ["s3:GetObject", "s3:GetObjectVersion"], false),
      ("s3", "HeadObject", ["s3:GetObject", "s3:PutBucketAcl"], true),
      ("s3", "GetBucketPolicy", ["s3:GetBucketPolicy", "s3:PutBucketAcl"], false),
    ])
  func misses(_ service: String, _ name: String, _ listed: [String], _ disagrees: Bool) throws {
    let catalog = ActionCatalog(overlaying: try overlay([operation(service, name, listed)]))
    #expect(catalog.disagreements.map(\.operation) == (disagrees ? [name] : []))
  }

  @Test(
    "The primary action is the one with the call's name, else what the catalogue says, else the only one",
    arguments: [
      ("GetTable", ["glue:GetDatabase", "glue:GetTable"], ["glue:GetTable"], ["glue:GetDatabase"]),
      ("GetTable20260101", ["glue:GetDatabase", "glue:GetTable"], ["glue:GetTable"], ["glue:GetDatabase"]),
      ("GetTablesV2", ["glue:GetDatabase", "glue:GetTables"], ["glue:GetTables"], ["glue:GetDatabase"]),
      ("FoldTable", ["glue:GetDatabase"], ["glue:GetDatabase"], []),
      ("FoldTable", ["glue:GetDatabase", "glue:GetTable"], [], ["glue:GetDatabase", "glue:GetTable"]),
      ("FoldTable", ["glue:GetTable", "nobody:Knows"], ["glue:GetTable"], []),
    ])
  func primary(_ name: String, _ listed: [String], _ actions: [String], _ conditional: [String]) throws {
    let catalog = ActionCatalog(overlaying: try overlay([operation("glue", name, listed)]))
    let resolution = catalog.resolve(Call(eventSource: "glue.amazonaws.com", eventName: name))
    #expect(resolution.rule == .serviceReference)
    #expect(resolution.actions.map(\.description) == actions)
    #expect(resolution.conditionalActions.map(\.description).sorted() == conditional)
  }

  @Test("An operation of which the reference says nothing is as before")
  func unmapped() throws {
    let catalog = ActionCatalog(overlaying: try overlay([operation("glue", "GetTable", ["nobody:Knows"])]))
    #expect(catalog.resolve(Call(eventSource: "glue", eventName: "GetTable")).rule == .sameName)
  }

  @Test("Stored bytes are one agreed spelling, and give the overlay back")
  func bytes() throws {
    let other = operation("glue", "GetTable", ["glue:GetTable", "iam:PassRole"])
    let one = try overlay([storage, other])
    let same = try overlay([other, storage])
    #expect(one == same && one.bytes == same.bytes)
    #expect(try CatalogOverlay(bytes: one.bytes) == one)
    #expect(try CatalogOverlay(bytes: overlay([]).bytes).isEmpty)
    let odd = try CatalogOverlay(
      date: "a\tb\nc", services: [CatalogOverlay.Service(storage, isWhollyListed: true)])
    #expect(try CatalogOverlay(bytes: odd.bytes) == odd)
    #expect(throws: CatalogError.repeatedService("s3")) { try overlay([storage, storage]) }
  }

  @Test("Bytes that are cut, changed or something else are an error with a line", arguments: 0..<400)
  func damaged(_ seed: Int) throws {
    let bytes = try overlay([storage], wholly: true).bytes
    var damaged = bytes
    let place = seed * 7919 % bytes.count
    switch seed % 3 {
    case 0: damaged.removeSubrange(place...)
    case 1: damaged[place] = UInt8(truncatingIfNeeded: seed)
    default: damaged.insert(contentsOf: [0x0A, 0x09], at: place)
    }
    // Damage may leave an overlay; what it must not do is harm.
    if let read = try? CatalogOverlay(bytes: damaged), seed % 50 == 1 {
      #expect(ActionCatalog(overlaying: read).count >= ActionCatalog.builtIn.count)
    }
    #expect(throws: CatalogError.self) { try CatalogOverlay(bytes: Array("x\n".utf8)) }
  }
}
