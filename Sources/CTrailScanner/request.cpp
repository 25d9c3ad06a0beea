// What was asked for and given: resources, parameters, and the sessions of roles.
#include "record.hpp"

#include "fields.hpp"
#include "parameters.hpp"

using namespace simdjson;

namespace trail {

RecordReader::RecordReader(uint32_t extraction, const ts_place *rows, size_t count) : extraction(extraction) {
  for (size_t i = 0; i < count; ++i) {
    if (rows[i].since > extraction) continue;
    places.emplace_back(rows[i]);
    if (places.back().is_additional) additional_places.push_back(places.size() - 1);
  }
}

// Whether the call may have places there; where its source is not read yet, it may.
bool RecordReader::wants_additional(view source) const {
  return std::any_of(additional_places.begin(), additional_places.end(), [&](size_t at) {
    return source.empty() || places[at].is_of_source(source);
  });
}

namespace {

// Types that stand in an event beside the one by which its data events are selected.
// Source: "Logging data events", AWS CloudTrail User Guide (the table of resources.type values).
bool is_container(view type) {
  return type == "AWS::S3::Bucket" || type == "AWS::KMS::Key" || type == "AWS::IAM::Role" ||
         type == "AWS::S3::AccessPoint";
}

}  // namespace

uint32_t RecordReader::read_resources(ondemand::value value, ts_batch &batch, view &data_type) {
  ondemand::array array;
  if (value.get_array().get(array)) return 0;
  set.clear();
  view container;
  for (auto item : array) {
    ondemand::object object;
    if (item.get_object().get(object)) continue;
    view type, identifier;
    for (auto field : object) {
      ondemand::raw_json_string raw;
      if (field.key().get(raw)) break;
      const char *key = raw.raw();
      if (IS("type")) type = text_of(field.value());
      else if (IS("ARN") || IS("ARNPrefix")) identifier = text_of(field.value());
    }
    if (data_type.empty() && !type.empty() && !is_container(type)) data_type = type;
    if (container.empty()) container = type;
    if (identifier.empty()) continue;
    set.push_back(batch.resources.intern({batch.strings.intern(type), batch.strings.intern(resource_pattern(identifier))}));
  }
  if (data_type.empty()) data_type = container;
  return set.empty() ? 0 : batch.intern_set(set);
}

uint32_t RecordReader::shape(ts_batch &batch, view deciding) {
  if (names.empty() && deciding.empty()) return 0;
  // The order in which names come is the service's whim, and another one after a tool rewrote the file.
  const auto count = static_cast<uint32_t>(names.size());
  text.assign(reinterpret_cast<const char *>(&count), sizeof count);
  text.append(reinterpret_cast<const char *>(names.data()), names.size() * sizeof(uint32_t));
  text.append(deciding);
  const auto known = static_cast<uint32_t>(batch.shape_keys.strings.size());
  const uint32_t at = batch.shape_keys.intern(text);
  if (at == known) {
    std::vector<view> sorted;
    for (uint32_t name : names) sorted.push_back(batch.strings[name]);
    std::sort(sorted.begin(), sorted.end());
    std::string joined;
    for (view name : sorted) {
      if (!joined.empty()) joined += ',';
      joined += name;
    }
    batch.shape_of_key.push_back(batch.shapes.intern({batch.strings.intern(joined), batch.strings.intern(deciding)}));
  }
  return batch.shape_of_key[at];
}

const std::vector<WantedPlace> &RecordReader::places_of(uint32_t call, ts_batch &batch) const {
  while (batch.places_of_call.size() <= call) {
    const tf_call row = batch.calls.rows[batch.places_of_call.size()];
    auto &found = batch.places_of_call.emplace_back();
    for (const Place &place : places)
      if (place.is_of(batch.strings[row.source], batch.strings[row.name]))
        found.push_back({&place, batch.strings.intern(place.root())});
  }
  return batch.places_of_call[call];
}

void RecordReader::read_places(const std::vector<WantedPlace> &wanted, view request, view additional) {
  lines.clear();
  dom::element root;
  bool is_parsed = false;
  for (const auto &[place, name] : wanted) {
    // That a name at the top is not there, the names say.
    if (place->is_additional || std::find(names.begin(), names.end(), name) == names.end()) continue;
    // What the parser does not take (a lone surrogate, a thousand levels) stays undecided.
    if (!is_parsed && details.parse(request.data(), request.size(), false).get(root)) break;
    is_parsed = true;
    read_place(*place, root, lines);
  }
  is_parsed = false;
  for (const auto &[place, name] : wanted) {
    if (!place->is_additional) continue;
    const view data = additional.empty() ? view("null") : additional;
    // Oversized, it stands as {"omitted": true}. Source: "CloudTrail record contents", AWS CloudTrail User Guide.
    if (!is_parsed && (details.parse(data.data(), data.size(), additional.empty()).get(root) || !root["omitted"].error()))
      break;
    is_parsed = true;
    read_place(*place, root, lines);
  }
  if (lines.empty()) return;
  std::sort(lines.begin(), lines.end());
  for (const std::string &line : lines) {
    if (!deciding.empty()) deciding += '\n';
    deciding += line;
  }
}

void RecordReader::read_entry(view name, view request, view response, ts_batch &batch, tf_row &row) {
  tf_entry entry{};
  Strings &strings = batch.strings;
  dom::element root;
  const auto string_at = [&](const char *pointer) -> view {
    view found;
    return root.at_pointer(pointer).get(found) ? view() : found;
  };
  if (!request.empty() && !details.parse(request.data(), request.size(), false).get(root)) {
    entry.role_arn = strings.intern(string_at(name == "AssumeRoot" ? "/targetPrincipal" : "/roleArn"));
    entry.name = strings.intern(string_at("/roleSessionName"));
    entry.external_id = strings.intern(string_at("/externalId"));
    entry.source_identity = strings.intern(string_at("/sourceIdentity"));
  }
  if (!response.empty() && !details.parse(response.data(), response.size(), false).get(root)) {
    const view assumed = string_at("/assumedRoleUser/assumedRoleId");
    entry.role_id = strings.intern(assumed.substr(0, assumed.find(':')));
    entry.issued_key = strings.intern(string_at("/credentials/accessKeyId"));
    if (entry.source_identity == 0) entry.source_identity = strings.intern(string_at("/sourceIdentity"));
  }
  batch.entries.push_back(entry);
  row.entry = static_cast<uint32_t>(batch.entries.size());
}

void RecordReader::read_parameters(
  view source, view request, view response, ts_batch &batch, tf_row &row) {
  const ParameterList list = parameter_list(source, extraction);
  if (list == ParameterList::none) return;
  if (list == ParameterList::passed_roles && !may_pass_role(request)) return;
  dom::element root;
  if (details.parse(request.data(), request.size(), false).get(root)) return;
  const auto keep = [&](view path, view value) {
    batch.parameters.push_back({batch.strings.intern(path), batch.strings.intern(value)});
  };
  collect_parameters(list, "", root, keep, levels(extraction));
  if (list != ParameterList::lifecycle || response.empty()) return;
  if (details.parse(response.data(), response.size(), false).get(root)) return;
  collect_parameters(ParameterList::lifecycle_response, "", root, keep, levels(extraction));
}

}  // namespace trail
