// What bounds the memory and the time that a file can cost.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace trail {

// Content larger than this is read piece by piece.
constexpr size_t whole_limit = 64 << 20;
// Compressed files larger than this, too.
constexpr size_t load_limit = 64 << 20;
// An event is 256 KB, 1 MB in event data stores. Source: "Quotas in AWS CloudTrail", AWS CloudTrail User Guide.
constexpr size_t record_limit = 16 << 20;
// Of records that seem to hold other records, so many bytes of a file are looked at twice.
constexpr uint64_t again_limit = 256 << 20;
constexpr size_t document_limit = 256 << 20;
constexpr size_t most_problems = 1000;
// Rows after which a file's batch is handed on; a file that is read whole may go beyond.
constexpr size_t batch_rows = 65536;

// How nearly every event begins.
constexpr std::string_view beginning = "{\"eventVersion\":";

}  // namespace trail
