/* token.c: names that cannot be guessed */
#include "workshop/token.h"

#include <string.h>
#include <sys/random.h>

#include <orgsim/error.h>

int token_make(char *token, size_t n)
{
    static const char letters[] = "23456789abcdefghjkmnpqrstuvwxyzA"; /* 32: a byte keeps them equally likely */
    unsigned char bytes[TOKEN_MOST];
    token[0] = '\0';
    if (n > sizeof bytes || getrandom(bytes, n, 0) != (ssize_t)n) return ORGSIM_ERROR_IO;
    for (size_t k = 0; k < n; k++) token[k] = letters[bytes[k] % 32];
    token[n] = '\0';
    return 0;
}

bool token_same(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    unsigned differ = n != m;
    for (size_t k = 0; k < n; k++) differ |= (unsigned)(a[k] ^ b[m ? k % m : 0]);
    return !differ;
}
