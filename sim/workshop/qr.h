/* qr.h: an address as a QR code, where libqrencode is there */
#ifndef ORGSIM_WORKSHOP_QR_H
#define ORGSIM_WORKSHOP_QR_H

#include "base/text.h"

/* 0; ORGSIM_ERROR_TOOL: built without libqrencode; ORGSIM_ERROR_MEMORY. Nothing is added after an error. */
int qr_svg(struct text *text, const char *address);

/* For a terminal: two modules above each other in a character, dark on light whatever the terminal's colours. */
int qr_terminal(struct text *text, const char *address);

#endif
