#pragma once
// Files beside the database, encrypted chunk by chunk, written and synced before the order that
// names them (E41, S10). A file is named by a random blob id; its row in `file` says what it is.

#include <string>

#include "crypto/blob.h"
#include "crypto/keystore.h"

namespace fenming::store {

struct StoredFile {
    crypto::BlobId blob{};
    crypto::BlobFacts facts;
    [[nodiscard]] std::string public_id() const;  ///< the blob id in hex
};

class FileStore {
public:
    /// `folder` is made at the first write, mode 0700. `keys` must outlive the store.
    FileStore(std::string folder, const crypto::KeyStore& keys);

    /// Encrypts, writes, syncs file and folder. `county` 0 for the city. A disk that fails is a
    /// Fault.
    [[nodiscard]] StoredFile put(BytesView bytes, std::int64_t county) const;
    /// The whole content; missing, cut or changed is a Fault that names the blob id.
    [[nodiscard]] Bytes get(const crypto::BlobId& blob) const;
    [[nodiscard]] Bytes get(std::string_view public_id) const;

private:
    [[nodiscard]] std::string path_of(const crypto::BlobId& blob) const;
    std::string folder_;
    const crypto::KeyStore& keys_;
};

}  // namespace fenming::store
