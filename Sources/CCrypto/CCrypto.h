// The parts of the system's libcrypto that Files uses.
#include <openssl/evp.h>
#include <openssl/hmac.h>
