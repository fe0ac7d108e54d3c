// Derived names of persons and payments.

#include "crypto/e2e.h"

#include "base/check.h"
#include "crypto/frame.h"

namespace fenming::crypto {

Digest person_reference(const KeyStore& keys, const Canonical& identity) {
    Frame frame("fenming/person/v1");
    frame.add(index_field_text(identity.field())).add(identity.reveal());
    return keys.mac(MacLabel::e2e).mac(frame.view());
}

std::string end_to_end_id(const KeyStore& keys, const EndToEnd& payment) {
    check(payment.attempt >= 1, "attempts are counted from 1");
    check(!payment.programme.empty() && !payment.period.empty() && !payment.kind.empty(),
          "a payment has a programme, a period and a kind");
    thread_local Frame frame("fenming/e2e/v1");
    frame.restart("fenming/e2e/v1").add(BytesView(payment.person)).add(payment.programme);
    frame.add(payment.period).add(payment.kind).add(payment.cause).add(payment.attempt);
    const Digest mac = keys.mac(MacLabel::e2e).mac(frame.view());
    return to_base32(BytesView(mac).first(20));
}

}  // namespace fenming::crypto
