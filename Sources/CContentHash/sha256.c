#include "CContentHash.h"

#include <openssl/evp.h>

ch_sha256 *ch_sha256_create(void) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  EVP_DigestInit_ex(context, EVP_sha256(), NULL);
  return (ch_sha256 *)context;
}

void ch_sha256_add(ch_sha256 *hash, const void *bytes, size_t length) {
  EVP_DigestUpdate((EVP_MD_CTX *)hash, bytes, length);
}

void ch_sha256_finish(ch_sha256 *hash, uint8_t *out) { EVP_DigestFinal_ex((EVP_MD_CTX *)hash, out, NULL); }

void ch_sha256_destroy(ch_sha256 *hash) { EVP_MD_CTX_free((EVP_MD_CTX *)hash); }
