#include "parameters.hpp"

#include <array>

using namespace simdjson;

namespace trail {

namespace {

// Longer values are no names, ids or policies (the largest policy has 10,240 characters, URL-encoded thrice that).
constexpr size_t longest_value = 65536;

constexpr std::array<view, 14> lifecycle_names = {
  "roleName",     "userName",   "groupName",           "policyName",
  "policyArn",    "path",       "policyDocument",      "assumeRolePolicyDocument",
  "versionId",    "newUserName", "permissionsBoundary", "instanceProfileName",
  "accessKeyId",  "newPath"};

constexpr std::array<view, 9> lifecycle_response_paths = {
  "role.roleId", "role.arn",      "role.createDate",   "user.userId", "user.arn",
  "policy.arn",  "policy.policyId", "policyVersion.versionId", "instanceProfile.arn"};

constexpr std::array<view, 4> trail_names = {"name", "trailName", "isMultiRegionTrail", "regionName"};

template <size_t count>
bool among(view name, const std::array<view, count> &list) {
  for (view entry : list)
    if (entry == name) return true;
  return false;
}

bool names_a_role(view path) {
  const size_t dot = path.rfind('.');
  view leaf = dot == view::npos ? path : path.substr(dot + 1);
  if (ends_with(leaf, "Roles[]")) return true;
  if (ends_with(leaf, "[]")) leaf.remove_suffix(2);
  if (ends_with(leaf, "Role") || ends_with(leaf, "RoleName") || ends_with(leaf, "RoleArn") || ends_with(leaf, "roleARN") ||
      ends_with(leaf, "RoleARN") || leaf == "role" || leaf == "roleName" || leaf == "roleArn")
    return true;
  if (ends_with(leaf, "nstanceProfile") || ends_with(leaf, "nstanceProfileName")) return true;
  const bool is_part = leaf == "name" || leaf == "arn" || leaf == "Name" || leaf == "Arn";
  return is_part && dot != view::npos && ends_with(path.substr(0, dot), "nstanceProfile");
}

bool is_role_arn(view value) {
  return starts_with(value, "arn:") && (contains(value, ":role/") || contains(value, ":instance-profile/"));
}

bool controls_trails(ParameterList list) {
  return list == ParameterList::trail_control || list == ParameterList::trail_control_and_roles;
}

bool is_kept(ParameterList list, view path, view value) {
  switch (list) {
  case ParameterList::none: return false;
  case ParameterList::lifecycle: return among(path, lifecycle_names);
  case ParameterList::lifecycle_response: return among(path, lifecycle_response_paths);
  case ParameterList::trail_control: return among(path, trail_names);
  case ParameterList::trail_control_and_roles:
    if (among(path, trail_names)) return true;
    break;
  case ParameterList::passed_roles: break;
  }
  return is_role_arn(value) || (names_a_role(path) && value.size() <= 512);
}

}  // namespace

ParameterList parameter_list(view source, uint32_t extraction) {
  if (source == "iam.amazonaws.com") return ParameterList::lifecycle;
  if (source == "cloudtrail.amazonaws.com")
    return extraction < 2 ? ParameterList::trail_control : ParameterList::trail_control_and_roles;
  if (source == "sts.amazonaws.com") return ParameterList::none;
  return ParameterList::passed_roles;
}

bool may_pass_role(view request) {
  return contains(request, "ole") || contains(request, "nstanceProfile") || contains(request, ":instance-profile/");
}

void collect_parameters(
  ParameterList list, view path, dom::element element, const std::function<void(view, view)> &keep, int levels) {
  if (levels < 0) return;
  switch (element.type()) {
  case dom::element_type::OBJECT: {
    dom::object object;
    if (element.get(object)) return;
    for (auto field : object) {
      std::string inner(path);
      if (!inner.empty()) inner += '.';
      inner += field.key;
      collect_parameters(list, inner, field.value, keep, levels - 1);
    }
    return;
  }
  case dom::element_type::ARRAY: {
    dom::array array;
    if (list == ParameterList::lifecycle || element.get(array)) return;
    const std::string inner = std::string(path) + "[]";
    for (auto item : array) collect_parameters(list, inner, item, keep, levels - 1);
    return;
  }
  case dom::element_type::BOOL: {
    bool flag;
    if (controls_trails(list) && among(path, trail_names) && !element.get(flag))
      keep(path, flag ? "true" : "false");
    return;
  }
  case dom::element_type::STRING: {
    view value;
    if (element.get(value) || value.size() > longest_value) return;
    if (is_kept(list, path, value)) keep(path, value);
    return;
  }
  default: return;
  }
}

}  // namespace trail
