/* token.h: names that cannot be guessed */
#ifndef ORGSIM_WORKSHOP_TOKEN_H
#define ORGSIM_WORKSHOP_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

/* Characters: of the room's, which may have to be typed from a wall (50 bits), and of the facilitator's (130 bits). */
#define TOKEN_ROOM 10
#define TOKEN_HOST 26
#define TOKEN_MOST TOKEN_HOST

/* n characters of 32 that are not mistaken for each other, from the system's randomness, and a zero. 0 or ORGSIM_ERROR_IO. */
int token_make(char *token, size_t n);

/* Compares in a time that does not tell how much was right. */
bool token_same(const char *a, const char *b);

#endif
