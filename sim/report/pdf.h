/* pdf.h: a page on paper, printed by Chromium */
#ifndef ORGSIM_REPORT_PDF_H
#define ORGSIM_REPORT_PDF_H

#include <orgsim/error.h>

/* Prints FOLDER/html to FOLDER/pdf, which appears complete or not at all; gives up when *stop is set (NULL: never). The page may fetch nothing and run nothing: its own policy says so.
 * ORGSIM_ERROR_TOOL: there is no Chromium (named, with its package), or it failed; ORGSIM_ERROR_INTERRUPTED; ORGSIM_ERROR_IO; ORGSIM_ERROR_MEMORY. */
int pdf_print(const char *folder, const char *html, const char *pdf, const volatile int *stop, struct orgsim_where *where) ORGSIM_MUST_CHECK;

#endif
