#include "providers/telegram/secret.h"

#include "core/crypto.h"

namespace providers::telegram {

bool verifySecret(QByteArrayView header, QByteArrayView secret)
{
    // Digests are of one length, so that not even the length is told.
    return core::equalInConstantTime(core::sha256(header), core::sha256(secret)) &&
           !secret.isEmpty();
}

} // namespace providers::telegram
