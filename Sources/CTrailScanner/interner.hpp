// Every distinct value once, named by its position.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "CTrailFacts.h"

namespace trail {

inline uint64_t hash_bytes(const void *data, size_t length) {
  const auto *at = static_cast<const unsigned char *>(data);
  uint64_t hash = 0x9E3779B97F4A7C15ull ^ length * 0xC2B2AE3D27D4EB4Full;
  while (length >= 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    hash = (hash ^ word) * 0x9FB21C651E98DF25ull;
    hash ^= hash >> 32;
    at += 8;
    length -= 8;
  }
  uint64_t tail = 0;
  if (length > 0) std::memcpy(&tail, at, length);
  hash = (hash ^ tail) * 0x9FB21C651E98DF25ull;
  return hash ^ hash >> 29;
}

// Open addressing over positions; the owner compares. Half of a hash is enough: a small table stays in the cache.
class Positions {
public:
  template <class Equal>
  uint32_t find(uint64_t hash, Equal equal) const {
    const auto half = static_cast<uint32_t>(hash >> 32);
    for (size_t at = half & mask; slots[at].position != 0; at = (at + 1) & mask)
      if (slots[at].hash == half && equal(slots[at].position - 1)) return slots[at].position;
    return 0;
  }

  void insert(uint64_t hash, uint32_t position) {
    if ((count + 1) * 2 > slots.size()) grow();
    put({static_cast<uint32_t>(hash >> 32), position + 1});
    ++count;
  }

private:
  struct Slot {
    uint32_t hash = 0, position = 0;
  };
  std::vector<Slot> slots = std::vector<Slot>(256);
  size_t mask = 255, count = 0;

  void put(Slot slot) {
    size_t at = slot.hash & mask;
    while (slots[at].position != 0) at = (at + 1) & mask;
    slots[at] = slot;
  }

  void grow() {
    std::vector<Slot> old(slots.size() * 2);
    old.swap(slots);
    mask = slots.size() - 1;
    for (const Slot &slot : old)
      if (slot.position != 0) put(slot);
  }
};

class Strings {
public:
  Strings() { intern({}); }

  uint32_t intern(std::string_view text) {
    if (text.empty() && !strings.empty()) return 0;
    const uint64_t hash = hash_bytes(text.data(), text.size());
    const uint32_t found = positions.find(hash, [&](uint32_t at) {
      return strings[at].length == text.size() && std::memcmp(strings[at].bytes, text.data(), text.size()) == 0;
    });
    if (found != 0) return found - 1;
    const auto position = static_cast<uint32_t>(strings.size());
    strings.push_back({keep(text), static_cast<uint32_t>(text.size())});
    positions.insert(hash, position);
    return position;
  }

  std::string_view operator[](uint32_t at) const { return {strings[at].bytes, strings[at].length}; }

  std::vector<tf_string> strings;

private:
  Positions positions;
  std::vector<std::unique_ptr<char[]>> chunks;
  size_t left = 0;
  char *next = nullptr;

  const char *keep(std::string_view text) {
    if (text.empty()) return "";
    if (text.size() > left) {
      const size_t size = text.size() > 65536 ? text.size() : 65536;
      chunks.push_back(std::make_unique<char[]>(size));
      next = chunks.back().get();
      left = size;
    }
    char *kept = next;
    std::memcpy(kept, text.data(), text.size());
    next += text.size();
    left -= text.size();
    return kept;
  }
};

// Distinct rows of integers; `Row` has no padding.
template <class Row>
class Rows {
public:
  uint32_t intern(const Row &row) {
    static_assert(std::has_unique_object_representations_v<Row>);
    const uint64_t hash = hash_bytes(&row, sizeof(Row));
    const uint32_t found =
      positions.find(hash, [&](uint32_t at) { return std::memcmp(&rows[at], &row, sizeof(Row)) == 0; });
    if (found != 0) return found - 1;
    const auto position = static_cast<uint32_t>(rows.size());
    rows.push_back(row);
    positions.insert(hash, position);
    return position;
  }

  std::vector<Row> rows;

private:
  Positions positions;
};

}  // namespace trail
