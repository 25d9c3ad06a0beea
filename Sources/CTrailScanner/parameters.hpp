// The closed list of request and response fields whose values are kept; of all others only the names are.
//
// Requests and responses hold secrets, prompts and personal data, so the list says what may be kept, never what
// must be left out.
#pragma once

#include <simdjson.h>

#include <functional>

#include "text.hpp"

namespace trail {

enum class ParameterList {
  none,
  lifecycle,           // requests that make, change or delete principals and their policies
  lifecycle_response,  // the ids that they gave
  trail_control,       // requests that change what a trail records
  trail_control_and_roles,
  passed_roles,        // roles and instance profiles that a call hands to a service
};

ParameterList parameter_list(view source, uint32_t extraction);

// False where nothing in the request's text looks like a role.
bool may_pass_role(view request);

// How many levels of a request are looked at.
inline int levels(uint32_t extraction) { return extraction < 2 ? 8 : 16; }

// Calls `keep` with the path (`a.b[].c`) and value of each listed field, so many levels down.
void collect_parameters(
  ParameterList list, view path, simdjson::dom::element element, const std::function<void(view, view)> &keep,
  int levels);

}  // namespace trail
