// SHA-256 by libcrypto.
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <memory>

namespace trail {

class Sha256 {
public:
  Sha256() : context(EVP_MD_CTX_new()), digest(EVP_MD_fetch(nullptr, "SHA256", nullptr)) { restart(); }
  ~Sha256() {
    EVP_MD_CTX_free(context);
    EVP_MD_free(digest);
  }
  Sha256(const Sha256 &) = delete;
  Sha256 &operator=(const Sha256 &) = delete;

  void restart() { EVP_DigestInit_ex(context, digest, nullptr); }
  void add(const void *bytes, size_t length) { EVP_DigestUpdate(context, bytes, length); }
  void finish(uint8_t hash[32]) { EVP_DigestFinal_ex(context, hash, nullptr); }

private:
  EVP_MD_CTX *context;
  EVP_MD *digest;
};

}  // namespace trail
