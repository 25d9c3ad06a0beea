// Where the content of a file comes from, piece by piece.
#pragma once

#include <zlib.h>

#include <string>
#include <vector>

#include "sha256.hpp"

namespace trail {

// Pieces of content until there are no more, and why they ended.
class Source {
public:
  enum class End { whole, truncated, damaged, unreadable };

  virtual ~Source() = default;
  // Appends the next piece; false at the end.
  virtual bool next(std::string &window) = 0;
  End end = End::whole;
};

// Content that lies in memory already.
class MemorySource : public Source {
public:
  MemorySource(const char *bytes, size_t length) : bytes(bytes), length(length) {}
  bool next(std::string &window) override;

private:
  const char *bytes;
  size_t length;
};

// A file as it is, or each of its gzip members inflated; hashes what it gives.
class FileSource : public Source {
public:
  FileSource(int file, bool inflates);
  ~FileSource() override;
  bool next(std::string &window) override;

  Sha256 hash;
  uint64_t given = 0;

private:
  int file;
  bool inflates, ended = false, inside_member = false, any_member = false;
  z_stream stream{};
  std::vector<unsigned char> raw = std::vector<unsigned char>(1 << 18);
  std::vector<char> out;

  bool refill();
  void give(const char *bytes, size_t length, std::string &window);
};

}  // namespace trail
